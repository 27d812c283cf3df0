// The ES module. Importing it does nothing; without a document (rendering on a server) its
// functions do nothing either.

import { api, type Kept } from "./api";
import { hashes } from "./devices";
import type { Consent, Firstvalue, Options } from "./firstvalue";
import { follow } from "./handlers";
import { take } from "./queue";
import { ACCOUNT } from "./signed";

type Call = (...args: unknown[]) => unknown;

const page = globalThis as { firstvalue?: Partial<Firstvalue> & { q?: Kept } };

/** That of a script tag, or of a copy of this module in another bundle that has been started. The stub of one is none. */
const there = (): Firstvalue | undefined => {
  const { firstvalue } = page;
  return typeof firstvalue?.init === "function" && !("q" in firstvalue) ? (firstvalue as Firstvalue) : undefined;
};

/** One of our own, until another one comes to the page before this is started: that is the one then. */
function own(): Firstvalue {
  const { firstvalue, replay } = api(new URL(".", import.meta.url).href);
  const calls = firstvalue as unknown as { [call: string]: Call };
  let settled = false;
  let agreed: Consent | undefined;

  /** Looks whether another one has come, which gets what was called here. */
  const look = (): void => {
    const other = settled ? undefined : there();
    // The host may have put this one there.
    if (!other || other === self) return;
    settled = true;
    Object.defineProperties(firstvalue, Object.getOwnPropertyDescriptors(other));
    follow(other.on as never);
    if (agreed) void other.consent(agreed);
    for (const [, kind, name, body] of take()) calls[kind]?.(name, body && JSON.parse(body), hashes.get(`${kind === "group" ? ACCOUNT : ""}${name}`));
  };
  const self: Firstvalue = {
    get status() {
      look();
      return firstvalue.status;
    },
  } as Firstvalue;
  const others: { [call: string]: Call } = {
    consent: (level) => firstvalue.consent((agreed = level as Consent)),
    init(options) {
      if (settled || typeof document !== "object") return firstvalue.init(options as Options);
      settled = true;
      const kept = page.firstvalue?.q;
      // Not before: a script tag that is still to come would take it for its own, which nobody starts.
      page.firstvalue = self;
      const started = firstvalue.init(options as Options);
      if (Array.isArray(kept)) replay(kept);
      return started;
    },
  };
  for (const name of Object.keys(calls).filter((name) => name !== "status"))
    (self as unknown as typeof calls)[name] = (...args) => {
      look();
      return (others[name] ?? calls[name]!)(...args);
    };
  return self;
}

/** The interface to Firstvalue: on a page that has one already, that. */
export const firstvalue: Firstvalue = there() ?? own();
