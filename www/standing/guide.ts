// Guides that stand on the page, as the collector compiles them.

import { type Text, worded } from "../../crates/firstvalue-ui/js/language.js";
import type { Way } from "../../crates/firstvalue-ui/js/page.js";
import type { State } from "../loader/firstvalue";

export type { Text };

/** What a press does, and with what. */
export interface Press {
  do?: "start" | "link" | "track" | "call";
  with?: string;
}

export interface Action extends Press {
  label: Text;
}

/** One thing that is announced. */
export interface Entry {
  id: string;
  /** As `2026-03-31`. */
  date: string;
  title: Text;
  body?: Text;
  actions?: Action[];
  notice?: "silent" | "popup";
}

/** An article, or what a press on it does. */
export interface Item extends Press {
  title: Text;
  keywords?: Text;
  body?: Text;
  actions?: Action[];
}

export interface Section {
  id?: string;
  title: Text;
  items: Item[];
}

export interface Guide {
  kind: "announcement" | "resource-center" | "value-report";
  title: Text;
  slot?: string;
  theme?: { accent?: string; scheme?: string; radius?: number; density?: string; font?: string };
  panel: {
    launcher?: Way;
    placement?: "left" | "right";
    colours?: { on: string; light: string; dark: string };
    entries?: Entry[];
    sections?: Section[];
    /** Ids of what a report shows; all outcomes if it does not say. */
    outcomes?: string[];
    body?: Text;
    actions?: Action[];
  };
}

/** By id. */
export type Guides = { [id: string]: Guide };

/** A text for the reader; `marked` if it is marked up, so that what users call themselves is text and nothing else. */
export type Say = (text: Text | undefined, marked?: boolean) => string;

/** Says texts in the reader's language, with what is known of them. */
export function sayTo(locale: string, { user, account }: Pick<State, "user" | "account">): Say {
  return (text, marked) => (text ? worded(text, { locale, user, account }, marked) : "");
}

/** A title in the language that its author named first, by which it is known to everybody. */
export function titleOf(text: Text): string {
  const [first = ""] = Object.values(text);
  return typeof first === "string" ? first : first.other;
}

/** Between the id of a guide and the name of a part of it. */
export const part = (guide: string, name: string): string => `${guide}/${name}`;
