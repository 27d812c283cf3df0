// What is in the panel of an announcement: what is new, the newest first.

import { make } from "./dom";
import { type Entry, inLocale } from "./guide";
import { markdown } from "./markdown";
import { actions, type Presses } from "./press";
import type { Words } from "./words";

/** How much of a heading must be in view for its entry to count as read. */
const IN_VIEW = 0.9;

/** A feed, which is drawn once: what is read meanwhile stays marked as new until it is opened again. */
export function feed(
  body: HTMLElement,
  entries: { entry: Entry; isNew: boolean }[],
  { locale, words, presses, read }: { locale: string; words: Words; presses: Presses; read(entry: Entry): void },
): () => void {
  if (!entries.length) body.append(make("p", { className: "empty" }, words.empty));
  const unread = new Map<Element, Entry>();
  for (const { entry, isNew } of entries) {
    const title = make("h3", {}, inLocale(entry.title, locale));
    const date = make("time", { dateTime: entry.date }, day(entry.date, locale));
    const about = make("p", { className: "about" }, date);
    if (isNew) unread.set(title, entry);
    if (isNew && entry.notice !== "silent") about.append(make("span", { className: "new" }, words.new));
    const text = make("div", { className: "text" }, ...markdown(inLocale(entry.body, locale)));
    body.append(make("article", {}, about, title, text, ...actions(entry.actions, locale, presses)));
  }
  const observer = new IntersectionObserver(
    (seen) => {
      for (const { target, intersectionRatio } of seen) {
        const entry = intersectionRatio >= IN_VIEW && unread.get(target);
        if (!entry) continue;
        unread.delete(target);
        observer.unobserve(target);
        read(entry);
      }
    },
    { root: body, threshold: IN_VIEW },
  );
  for (const title of unread.keys()) observer.observe(title);
  return () => observer.disconnect();
}

/** A day as the language writes it. */
function day(date: string, locale: string): string {
  try {
    return new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeZone: "UTC" }).format(new Date(date));
  } catch {
    return date;
  }
}
