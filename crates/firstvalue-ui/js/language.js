// A guide as its author wrote it, made into one for one reader: in their language, with the forms that their
// language has for numbers, and with what is known of them filled in.

import { member } from "./page.js";

/** The texts of a guide; only the first is marked up. */
const TEXTS = ["body", "title", "label", "low", "high"];

/**
 * The language tag of the text that a reader is shown: theirs, one that is less narrow, any other of their
 * language, what has no language, English, whatever there is.
 */
const choose = (text, locale) => {
  const tags = Object.keys(text).sort();
  const parts = locale.toLowerCase().split("-");
  const find = (wanted, length) => tags.find((tag) => tag.toLowerCase().split("-").slice(0, length).join("-") === wanted);
  for (let length = parts.length; length; length--) {
    const tag = find(parts.slice(0, length).join("-"));
    if (tag) return tag;
  }
  return find(parts[0], 1) || (Object.hasOwn(text, "") ? "" : (find("en") ?? tags[0]));
};

/** How a value is written that a text names with a word after a colon. */
const FORMATS = {
  __proto__: null,
  date: (value, locale) =>
    // A day without a time is that day wherever the reader is.
    new Intl.DateTimeFormat(locale, { dateStyle: "long", ...(/^\d{4}-\d\d-\d\d$/.test(value) && { timeZone: "UTC" }) }).format(new Date(value)),
  percent: (value, locale) => new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 1 }).format(value),
};

/** A value in words; nothing if there is none, or none that can be written so. */
const written = (value, format, locale) => {
  try {
    if (value == null || typeof value === "object" || value === "") return undefined;
    if (FORMATS[format]) return FORMATS[format](value, locale);
    // Three letters are a currency.
    if (format) return new Intl.NumberFormat(locale, { style: "currency", currency: format }).format(value);
    return typeof value === "number" ? new Intl.NumberFormat(locale).format(value) : String(value);
  } catch {
    return undefined;
  }
};

/** What is known under a path such as `user.name`. */
const known = (context, path) => path.split(".").reduce(member, context);

/** A text with values in the place of `{{user.name|there}}`, `{{user.trialEnds:date|soon}}` and the like. */
const filled = (text, valueOf, locale, marked) =>
  text.replace(/\{\{([^:|{}]+)(?::([^|{}]+))?(?:\|([^{}]*))?\}\}/g, (_, path, format, otherwise = "") => {
    const value = written(valueOf(path.trim()), format?.trim(), locale);
    // What users call themselves is text and nothing else.
    return marked ? (value?.replace(/[!-/:-@[-`{-~]/g, "\\$&") ?? otherwise) : (value ?? otherwise);
  });

/** A text in the reader's language, `marked` if it is marked up; `context` has a usable locale and what is known of them. */
export const worded = (text, context, marked) => {
  const tag = choose(text, context.locale);
  // Numbers are written as in the language of the text, whose forms the author knows.
  const same = !tag || tag.split("-")[0].toLowerCase() === context.locale.split("-")[0].toLowerCase();
  const locale = same ? context.locale : tag;
  const valueOf = (path) => known(context, path);
  const chosen = text[tag];
  if (typeof chosen !== "object") return filled(chosen, valueOf, locale, marked);
  // What is not known is none.
  const { plural } = chosen;
  const number = Number(valueOf(plural)) || 0;
  const form = member(chosen, number) ?? member(chosen, new Intl.PluralRules(locale).select(number)) ?? chosen.other;
  return filled(form, (path) => (path === plural ? number : valueOf(path)), locale, marked);
};

/** A guide, or a part of one, for one reader: all texts are strings. */
const forReader = (part, context) => {
  if (Array.isArray(part)) return part.map((one) => forReader(one, context));
  if (!part || typeof part !== "object") return part;
  const made = { __proto__: null };
  for (const key of Object.keys(part)) {
    const place = TEXTS.indexOf(key);
    made[key] = place < 0 ? forReader(part[key], context) : worded(part[key], context, !place);
  }
  return made;
};

/** A language tag that `Intl` takes. */
export const usable = (locale) => {
  try {
    return Intl.getCanonicalLocales(locale.replace(/_/g, "-"))[0];
  } catch {
    return "en";
  }
};

/** Reads a guide for the reader that it is shown to, and what is known of them; nothing if that cannot be read. */
export const read = (guide, context) => {
  try {
    context = JSON.parse(context);
    return { guide: forReader(JSON.parse(guide), { ...context, ...context.state, locale: usable(context.locale) }), context };
  } catch {
    return undefined;
  }
};
