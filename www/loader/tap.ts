// Calls that the host makes to another object of this kind.

import type { Analytics, Firstvalue, Properties } from "./firstvalue";

/** The calls that are heard, and how many arguments may stand before the name or id: a page has a category. */
const CALLS = { track: 0, identify: 0, group: 0, alias: 0, page: 1, reset: 0 };

/** What is listened to. */
const tapped = new WeakSet<object>();

/** Has what is called there be called here, from now on. What we have told it ourselves is not. */
export function tap(analytics: Analytics, firstvalue: Firstvalue, hasPages: () => boolean): void {
  const object = analytics as unknown as { [call: string]: ((...args: unknown[]) => unknown) | undefined };
  if (tapped.has(object)) return;
  tapped.add(object);
  for (const [call, before] of Object.entries(CALLS) as [keyof typeof CALLS, number][]) {
    const original = object[call];
    if (typeof original !== "function") continue;
    object[call] = function (this: unknown, ...args: unknown[]) {
      const texts = args.filter((arg) => typeof arg === "string" || typeof arg === "number") as string[];
      // After these there are options.
      const data = args.slice(0, before + 2).find((arg) => arg && typeof arg === "object") as Properties | undefined;
      const name = texts[texts.length > 1 ? before : 0];
      // Traits without an id are of whoever is known; a page may have no name.
      const told = call === "page" ? !hasPages() : call === "reset" || (name !== undefined && !/^(guide\.|milestone\.reached$)/.test(name));
      if (told) (firstvalue[call] as (name?: string, data?: Properties) => void)(name, data);
      return original.apply(this, args);
    };
  }
}
