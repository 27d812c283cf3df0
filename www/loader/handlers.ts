// What the host wants to be told.

import type { Happenings, Problem } from "./firstvalue";

type Handler = (detail: unknown) => void;

const all: { [happening: string]: Handler[] | undefined } = { __proto__: null } as never;

/** Has what is told there told to those that were added here, too. */
export const follow = (on: (happening: string, handler: Handler) => unknown): void => {
  for (const happening in all) on(happening, (detail) => all[happening]!.forEach((handler) => handler(detail)));
};

/** Adds a handler; the function that is returned takes it away. */
export const add = (happening: string, handler: Handler): (() => void) => {
  if (!/^(milestone|guide|step|action|event|error)$/.test(happening)) problem("argument", `there is no happening \`${happening}\``);
  all[happening] = [...(all[happening] ?? []), handler];
  return () => {
    all[happening] = all[happening]!.filter((one) => one !== handler);
  };
};

/**
 * Tells all of them, and the document. What one throws is told to those for `error`, and goes no further.
 * Of events, which are many, the document is not told.
 */
export const tell = <K extends keyof Happenings>(happening: K, detail: () => Happenings[K]): void => {
  if (happening !== "event") document.dispatchEvent(new CustomEvent(`firstvalue:${happening}`, { detail: detail() }));
  for (const handler of all[happening] ?? []) {
    try {
      handler(detail());
    } catch (error) {
      if (happening !== "error") problem("handler", `a handler of \`${happening}\` threw: ${error}`);
    }
  }
};

/** What was written to the console, by code. */
const written = new Set<Problem["code"]>();

/** Tells handlers for `error`; where there are none, the console, once of each code. What the browser refuses is no mistake. */
export const problem = (code: Problem["code"], message: string): void => {
  // On a server.
  if (typeof document !== "object") return;
  if (!all["error"]?.length && code !== "storage" && !written.has(code)) {
    written.add(code);
    console.warn(`firstvalue: ${message}`);
  }
  tell("error", () => ({ code, message }));
};
