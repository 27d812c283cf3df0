// What the host wants to be told.

import type { Happenings } from "./firstvalue";

type Handler = (detail: unknown) => void;

/** The handlers of one page. */
export function handlers() {
  const all: { [happening: string]: Handler[] | undefined } = { __proto__: null } as never;

  /** Adds one; the function that is returned takes it away. */
  const add = (happening: string, handler: Handler): (() => void) => {
    all[happening] = [...(all[happening] ?? []), handler];
    return () => {
      all[happening] = all[happening]!.filter((one) => one !== handler);
    };
  };

  /**
   * Tells all of them, and the document. What one throws is told to those for `error`, and goes no further.
   * Of events, which are many, the document is not told.
   */
  const tell = <K extends keyof Happenings>(happening: K, detail: () => Happenings[K]): void => {
    if (happening !== "event") document.dispatchEvent(new CustomEvent(`firstvalue:${happening}`, { detail: detail() }));
    for (const handler of all[happening] ?? []) {
      try {
        handler(detail());
      } catch (error) {
        if (happening !== "error") {
          tell("error", () => ({ code: "handler", message: `a handler of \`${happening}\` threw: ${error}` }));
        }
      }
    }
  };
  return { add, tell };
}
