// The classic script: `window.firstvalue`, options from the script tag, and the calls of the stub
// (see `firstvalue.d.ts`).

import { api, type Kept } from "./api";
import type { Firstvalue, Forward, Options } from "./firstvalue";

const page = window as unknown as { firstvalue?: { q?: Kept } | Firstvalue };
const before = page.firstvalue;

// A second tag on the same page changes nothing.
if (!before || "q" in before) {
  const script = document.currentScript as HTMLScriptElement | null;
  const { firstvalue, replay } = api(new URL(".", script?.src || location.href).href);
  page.firstvalue = firstvalue;
  const { writeKey, autoPage, automation, loadTimeout, forward, query, ...rest } = { ...script?.dataset };
  // Without one the host itself calls `init`; or it is written in another way.
  if (writeKey || Object.keys(rest).some((name) => /key$/i.test(name))) {
    void firstvalue.init({
      ...(rest as Partial<Options>),
      writeKey: writeKey!,
      autoPage: autoPage !== "false",
      automation: automation === "true",
      ...(loadTimeout && { loadTimeout: +loadTimeout }),
      ...(query && { query: query.split(" ") }),
      ...(forward && { forward: forward.split(" ") as Forward[] }),
    });
  }
  replay((before as { q?: Kept } | undefined)?.q ?? []);
}
