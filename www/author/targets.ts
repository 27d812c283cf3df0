// How a target may be written, best first: what is there for tools and people outlives what is there for
// looks or is a matter of order.

import { nameOf, suits } from "../../crates/firstvalue-ui/js/page.js";

/** A way to find an element, as it stands in the playbook. */
interface Way {
  css?: string;
  "test-id"?: string;
  role?: string;
  name?: string;
  /** Text that it must contain besides. */
  text?: string;
}

/** A way to find an element, and what is to be said of it. */
export interface Target {
  way: Way;
  /** Why it will or will not last. */
  stability: "stable" | "fair" | "fragile";
  /** How many elements of the page match. */
  matches: number;
}

// Those that follow are the model's tables; a test of `firstvalue-model` holds them against its own.

/** The attributes in which test ids are written. */
const TEST_IDS = ["data-testid", "data-test-id", "data-test", "data-cy", "data-qa"];
/** The roles of elements that people look for, where they do not say that they have another. */
const ROLES: [selector: string, role: string][] = [
  ["button,summary,input:is([type=button],[type=submit],[type=reset],[type=image])", "button"],
  ["a[href],area[href]", "link"],
  ["h1,h2,h3,h4,h5,h6", "heading"],
  ["input[type=checkbox]", "checkbox"],
  ["input[type=radio]", "radio"],
  ["input[type=range]", "slider"],
  ["input[type=number]", "spinbutton"],
  ["select:not([multiple],[size]),input[list]", "combobox"],
  ["input[type=search]:not([list])", "searchbox"],
  ["textarea,input:is(:not([type]),[type=text],[type=email],[type=tel],[type=url]):not([list])", "textbox"],
  ['img:not([alt=""])', "img"],
  ["nav", "navigation"],
];
/** Attributes that say what an element is. */
const MEANING = ["name", "aria-label", "href", "for", "type", "role"];
/** Names that a tool makes up: those of React's `useId`, hashes, and long numbers. */
const MADE_UP = /^[:«]|\d{4,}|[0-9a-f]{8,}|^(radix|headlessui|react-aria|mui|ember|ng|P\d)[-:]/i;
/** How much text may be part of a target: longer ones are content, and change. */
const LONGEST_TEXT = 40;

const quoted = (value: string): string => (/^[a-z_][\w-]*$/i.test(value) ? value : JSON.stringify(value));
const words = (text: string): string => text.toLowerCase().trim().replace(/\s+/g, " ");

const roleOf = (element: Element): string | undefined => element.getAttribute("role") ?? ROLES.find(([selector]) => element.matches(selector))?.[1];
const has = (element: Element, id: string): boolean => TEST_IDS.some((name) => element.getAttribute(name) === id);

/** How many elements match, as the renderer looks for them. */
function matches(root: ParentNode, { css, "test-id": id, role, name, text }: Way): number {
  return [...root.querySelectorAll(css ?? "*")].filter(
    (element) =>
      (id === undefined || has(element, id)) &&
      (role === undefined || roleOf(element) === role) &&
      suits(element, { text, name }),
  ).length;
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
  const ours = element.getAttribute("data-fv");
  if (ours) found.push({ way: { css: `[data-fv=${quoted(ours)}]` }, stability: "stable" });
  const id = TEST_IDS.map((name) => element.getAttribute(name)).find((id) => id);
  if (id) found.push({ way: { "test-id": id }, stability: "stable" });
  if (element.id) found.push({ way: { css: `#${CSS.escape(element.id)}` }, stability: MADE_UP.test(element.id) ? "fragile" : "stable" });
  const text = element.textContent?.trim().replace(/\s+/g, " ") ?? "";
  const role = roleOf(element);
  const name = nameOf(element);
  // As it is written, where it is the text that is read.
  if (role && name && name.length <= LONGEST_TEXT) found.push({ way: { role, name: words(text) === name ? text : (element.getAttribute("aria-label") ?? name) }, stability: "fair" });
  for (const name of MEANING) {
    const value = element.getAttribute(name);
    if (value) found.push({ way: { css: `${element.localName}[${name}=${quoted(value)}]` }, stability: "fair" });
  }
  if (text && text.length <= LONGEST_TEXT) found.push({ way: { css: element.localName, text }, stability: "fair" });
  found.push({ way: { css: path(element) }, stability: "fragile" });
  const rank = ["stable", "fair", "fragile"];
  return found
    .map((target) => ({ ...target, matches: matches(root, target.way) }))
    .filter(({ matches }) => matches > 0)
    .sort((a, b) => Number(a.matches > 1) - Number(b.matches > 1) || rank.indexOf(a.stability) - rank.indexOf(b.stability));
}

/** A text in YAML: in quotes where it could be read as something else. */
const scalar = (text: string): string => (/^[a-z][a-z -]*[a-z]$/i.test(text) && !/^(true|false|null|yes|no|on|off)$/i.test(text) ? text : JSON.stringify(text));

/** A target as it is written in a playbook. */
export function yaml({ way }: Target): string {
  const { css, ...rest } = way;
  if (css !== undefined && rest.text === undefined) return `target: ${JSON.stringify(css)}`;
  const keys = Object.entries(way).map(([key, value]) => `${key}: ${key === "css" || key === "text" ? JSON.stringify(value) : scalar(value)}`);
  return `target: { ${keys.join(", ")} }`;
}
