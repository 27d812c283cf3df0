// How a target may be written, best first: what is there for tools and people outlives what is there for
// looks or is a matter of order.

/** A way to find an element. */
export interface Target {
  /** What stands in the playbook. */
  css: string;
  /** Text that it must contain besides. */
  text?: string;
  /** Why it will or will not last. */
  stability: "stable" | "fair" | "fragile";
  /** How many elements of the page match. */
  matches: number;
}

/** Attributes that are made for being found. */
const MADE_FOR_IT = ["data-fv", "data-testid", "data-test-id", "data-test", "data-cy", "data-qa"];
/** Attributes that say what an element is. */
const MEANING = ["name", "aria-label", "href", "for", "type", "role"];
/** Names that a tool makes up: those of React's `useId`, hashes, and long numbers. */
const MADE_UP = /^[:«]|\d{4,}|[0-9a-f]{8,}|^(radix|headlessui|react-aria|mui|ember|ng|P\d)[-:]/i;
/** How much text may be part of a target: longer ones are content, and change. */
const LONGEST_TEXT = 40;

const quoted = (value: string): string => (/^[a-z_][\w-]*$/i.test(value) ? value : JSON.stringify(value));
const words = (text: string): string => text.toLowerCase().trim().replace(/\s+/g, " ");

/** Elements that a target matches, as the renderer looks for them. */
function matching(root: ParentNode, css: string, text?: string): Element[] {
  const all = [...root.querySelectorAll(css)];
  return text === undefined ? all : all.filter((element) => words(element.textContent ?? "").includes(words(text)));
}

/** The place of an element among its siblings, from the nearest ancestor that has a name. */
function path(element: Element): string {
  const parts: string[] = [];
  for (let one: Element | null = element; one && one !== document.body; one = one.parentElement) {
    if (one !== element && one.id && !MADE_UP.test(one.id)) return [`#${CSS.escape(one.id)}`, ...parts].join(" > ");
    const alike = [...(one.parentElement?.children ?? [])].filter(({ localName }) => localName === one!.localName);
    const place = alike.length > 1 ? `:nth-of-type(${alike.indexOf(one) + 1})` : "";
    parts.unshift(one.localName + place);
  }
  return parts.join(" > ");
}

/** How an element may be found, best first; of those that are as stable the one with the fewest matches. */
export function targets(element: Element): Target[] {
  const root = element.getRootNode() as Document | ShadowRoot;
  const found: Omit<Target, "matches">[] = [];
  for (const name of MADE_FOR_IT) {
    const value = element.getAttribute(name);
    if (value) found.push({ css: `[${name}=${quoted(value)}]`, stability: "stable" });
  }
  if (element.id) found.push({ css: `#${CSS.escape(element.id)}`, stability: MADE_UP.test(element.id) ? "fragile" : "stable" });
  for (const name of MEANING) {
    const value = element.getAttribute(name);
    if (value) found.push({ css: `${element.localName}[${name}=${quoted(value)}]`, stability: "fair" });
  }
  const text = element.textContent?.trim().replace(/\s+/g, " ") ?? "";
  if (text && text.length <= LONGEST_TEXT) found.push({ css: element.localName, text, stability: "fair" });
  found.push({ css: path(element), stability: "fragile" });
  const rank = ["stable", "fair", "fragile"];
  return found
    .map((target) => ({ ...target, matches: matching(root, target.css, target.text).length }))
    .filter(({ matches }) => matches > 0)
    .sort((a, b) => Number(a.matches > 1) - Number(b.matches > 1) || rank.indexOf(a.stability) - rank.indexOf(b.stability));
}

/** A target as it is written in a playbook. */
export function yaml({ css, text }: Target): string {
  return text === undefined ? `target: ${JSON.stringify(css)}` : `target: { css: ${JSON.stringify(css)}, text: ${JSON.stringify(text)} }`;
}
