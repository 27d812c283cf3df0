// The public functions: checks of arguments, and copies of them, nothing else.

import { guides, state } from "./decisions";
import { hashes } from "./devices";
import type { Firstvalue, Properties } from "./firstvalue";
import { type Kind, text } from "./entry";
import { add, problem } from "./handlers";
import { hasPages } from "./options";
import { ACCOUNT } from "./signed";
import * as page from "./supervisor";
import { tap } from "./tap";

/** Calls as the stub kept them until this script came; see `firstvalue.d.ts`. */
export type Kept = [at: number, call: string, ...args: unknown[]][];

/** The interface of one page; `base` is the folder from which this script came. */
export function api(base: string): { firstvalue: Firstvalue; replay(kept: Kept): void } {
  /** When the call was made that is being replayed. */
  let made: number | undefined;

  const call = (kind: Kind, name?: string, data?: Properties): void => {
    try {
      // What is not data throws here, rather than later where nobody knows whose it was.
      page.call(made ?? Date.now(), kind, name, data && text(data));
    } catch (error) {
      problem("argument", `\`${kind}\` was ignored: ${error}`);
    }
  };
  const named = (kind: Kind, name: unknown, data?: Properties): void => {
    if (name != null && name !== "") call(kind, String(name), data);
    else problem("argument", `\`${kind}\` was ignored: without a name`);
  };
  /** A call about an id that the host's server may have signed; `before` says of what kind it is. */
  const about = (kind: Kind, before: string) => (id: unknown, data?: Properties, hash?: string): void => {
    if (hash) hashes.set(before + String(id), hash);
    named(kind, id, data);
  };
  const firstvalue: Firstvalue = {
    init: page.init,
    consent: (level) => page.agree(level),
    identify: about("identify", ""),
    alias: (userId) => named("alias", userId),
    group: about("group", ACCOUNT),
    reset: () => call("reset"),
    track: (event, properties) => named("track", event, properties),
    outcome(name, value) {
      if (name && Number.isFinite(value)) call("track", "outcome.recorded", { outcome: String(name), value });
      else problem("argument", "`outcome` was ignored: it needs a name and a number");
    },
    page: (name, properties) => call("page", name && String(name), properties),
    start: (guideId) => named("start", guideId),
    stop: () => call("stop"),
    next: () => guides?.next(),
    back: () => guides?.back(),
    on: add as Firstvalue["on"],
    tap: (analytics) => tap(analytics, firstvalue, hasPages),
    state: state,
    flush: page.flush,
    debug: page.debug,
    destroy: page.destroy,
    get status() {
      return page.status;
    },
  };
  const replay = (kept: Kept): void => {
    for (const [at, name, ...args] of kept) {
      const method = firstvalue[name as keyof Firstvalue] as unknown;
      // Whoever wrote the stub may have kept something else.
      made = new Date(at).getTime() || undefined;
      if (typeof method === "function") method(...args);
    }
    made = undefined;
  };
  page.supervise(base, firstvalue);
  return { firstvalue, replay };
}
