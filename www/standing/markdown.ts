// Marked-up text as elements, as `crates/firstvalue-ui/src/components/text.rs` draws it. There is no way from here
// to an HTML string.

import { type Branch, parse } from "../../crates/firstvalue-ui/js/markdown.js";
import { make } from "./dom";

/** Attributes that are written down as they are. */
const GIVEN = ["href", "src", "poster", "width", "height"] as const;

/** The blocks of a text. */
export const markdown = (text: string): HTMLElement[] => parse(text).map(element);

function element(of: Branch): HTMLElement {
  const made = make(of.tag, {}, ...of.children.map((child) => (typeof child === "string" ? child : element(child))));
  const write = (name: string, value: string | undefined): void => void (value !== undefined && made.setAttribute(name, value));
  for (const key of GIVEN) write(key, of[key]);
  if (of.tag === "a") {
    write("rel", "noopener noreferrer");
    write("target", of.leaves ? "_blank" : undefined);
  } else if (of.tag === "img") {
    write("alt", of.label);
    write("loading", "lazy");
  } else if (of.tag === "video") {
    write("aria-label", of.label);
    write("preload", "none");
    write("controls", "");
  }
  return made;
}
