// What of `language.js` is used by TypeScript too; the script itself says what each function does.

/** A text by language tag; one that has no language stands under the empty tag. */
export type Text = { [tag: string]: string | { plural: string; other: string; [form: string]: string } };

export function worded(text: Text, context: { locale: string; user?: object; account?: object }, marked?: boolean): string;
export function usable(locale: string): string;
