// Guides that stand on the page, as the collector compiles them.

/** A text by language tag; what has no language stands under the empty one. */
export type Text = { [tag: string]: string };

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
  kind: "announcement" | "resource-center";
  title: Text;
  slot?: string;
  theme?: { accent?: string; scheme?: string };
  panel: {
    launcher?: { css: string; text?: string };
    placement?: "left" | "right";
    colours?: { on: string; light: string; dark: string };
    entries?: Entry[];
    sections?: Section[];
  };
}

/** By id. */
export type Guides = { [id: string]: Guide };

/** A text for a locale (`pt-BR`), chosen as everywhere: that tag, its language, none, English, any. */
export function inLocale(text: Text | undefined, locale: string): string {
  if (!text) return "";
  const tag = [locale, locale.split("-")[0]!, "", "en"].find((tag) => Object.hasOwn(text, tag));
  return text[tag ?? Object.keys(text).sort()[0]!] ?? "";
}

/** Between the id of a guide and the name of a part of it. */
export const part = (guide: string, name: string): string => `${guide}/${name}`;
