// Which addresses a link may have; as `crates/firstvalue-ui/src/content/link.rs` says, and a test compares
// the two.

/** Schemes that a link may name. Whatever else has a scheme is text. */
const SCHEMES = ["https", "http", "mailto", "tel"];

/** Characters that browsers drop while they parse an address, and those that cannot be seen. */
const IGNORED = /[\p{Cc}\p{White_Space}\u00ad\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff]/gu;

/** Where a link may lead. */
export interface Href {
  address: string;
  /** Whether it leaves the host's product, and so opens in a tab of its own. */
  leaves: boolean;
}

/** Reads an address as an author wrote it; nothing if a link must not lead there. */
export function href(written: string): Href | undefined {
  const address = written.replace(IGNORED, "");
  const head = address.split(/[/?#]/)[0]!;
  if (!address || address.includes("\\") || head.includes("&")) return undefined;
  const colon = head.indexOf(":");
  const scheme = head.slice(0, colon).toLowerCase();
  if (colon >= 0 && !SCHEMES.includes(scheme)) return undefined;
  return { address, leaves: (colon >= 0 && scheme.startsWith("http")) || address.startsWith("//") };
}
