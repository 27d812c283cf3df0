// What of `markdown.js` is used by TypeScript too; the script itself says what each function does.

/** An element of a text; which of the others it has depends on its tag. */
export interface Branch {
  tag: "p" | "ul" | "ol" | "li" | "strong" | "em" | "code" | "br" | "a" | "img" | "video";
  children: (Branch | string)[];
  href?: string;
  leaves?: boolean;
  src?: string;
  poster?: string;
  width?: string;
  height?: string;
  label?: string;
}

export function parse(text: string): Branch[];
export function address(written: string): { href: string; leaves: boolean } | undefined;
