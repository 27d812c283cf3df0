// The ES module. Importing it does nothing; without a document (rendering on a server) its
// functions do nothing either.

import { api } from "./api";
import type { Firstvalue } from "./firstvalue";

const page = globalThis as { firstvalue?: Firstvalue };

/** That of a script tag, or of a copy of this module in another bundle that has been started. */
const there = page.firstvalue && !("q" in page.firstvalue) ? page.firstvalue : undefined;

function own(): Firstvalue {
  const { firstvalue } = api(new URL(".", import.meta.url).href);
  const { init } = firstvalue;
  firstvalue.init = (options) => {
    // Not before: a script tag that is still to come would take it for its own, which nobody starts.
    if (typeof document === "object") page.firstvalue ??= firstvalue;
    return init(options);
  };
  return firstvalue;
}

/** The interface to Firstvalue: on a page that has one already, that. */
export const firstvalue: Firstvalue = there ?? own();
