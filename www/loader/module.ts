// The ES module. Importing it does nothing; without a document (rendering on a server) its
// functions do nothing either.

import { api } from "./api";
import type { Firstvalue } from "./firstvalue";

const page = globalThis as { firstvalue?: Firstvalue };
const there = page.firstvalue;

/** The interface to Firstvalue: on a page that has it already, by a script tag or in another bundle, the one that is there. */
export const firstvalue: Firstvalue =
  there && !("q" in there) ? there : api(new URL(".", import.meta.url).href).firstvalue;

if (typeof document === "object") page.firstvalue = firstvalue;
