// The ES module. Importing it does nothing; without a document (rendering on a server) its
// functions do nothing either.

import { api } from "./api";
import type { Firstvalue } from "./firstvalue";

/** The interface to Firstvalue. */
export const firstvalue: Firstvalue = api(new URL(".", import.meta.url).href).firstvalue;
