// The public functions: checks of arguments, and copies of them, nothing else.

import type { Firstvalue, Properties } from "./firstvalue";
import { type Kind, text } from "./entry";
import { ACCOUNT } from "./signed";
import { supervise } from "./supervisor";
import { tap } from "./tap";

/** Calls as the stub kept them until this script came; see `firstvalue.d.ts`. */
export type Kept = [at: number, call: string, ...args: unknown[]][];

/** The interface of one page; `base` is the folder from which this script came. */
export function api(base: string): { firstvalue: Firstvalue; replay(kept: Kept): void } {
  const page = supervise(base, () => firstvalue);
  /** When the call was made that is being replayed. */
  let made: number | undefined;

  const call = (kind: Kind, name?: string, data?: Properties): void => {
    try {
      // What is not data throws here, rather than later where nobody knows whose it was.
      page.call(made ?? Date.now(), kind, name, data && text(data));
    } catch (error) {
      page.problem(`\`${kind}\` was ignored: ${error}`);
    }
  };
  const named = (kind: Kind, name: unknown, data?: Properties): void => {
    if (name != null && name !== "") call(kind, String(name), data);
    else page.problem(`\`${kind}\` was ignored: without a name`);
  };
  /** A call about an id that the host's server may have signed; `before` says of what kind it is. */
  const about = (kind: Kind, before: string) => (id: unknown, data?: Properties, hash?: string): void => {
    if (hash) page.sign(before + String(id), hash);
    named(kind, id, data);
  };
  const firstvalue: Firstvalue = {
    init: page.init,
    consent: page.consent,
    identify: about("identify", ""),
    alias: (userId) => named("alias", userId),
    group: about("group", ACCOUNT),
    reset: () => call("reset"),
    track: (event, properties) => named("track", event, properties),
    outcome(name, value) {
      if (name && Number.isFinite(value)) call("track", "outcome.recorded", { outcome: String(name), value });
      else page.problem("`outcome` was ignored: it needs a name and a number");
    },
    page: (name, properties) => call("page", name && String(name), properties),
    start: (guideId) => named("start", guideId),
    stop: () => call("stop"),
    next: () => page.turn(true),
    back: () => page.turn(false),
    on: page.add as Firstvalue["on"],
    tap: (analytics) => tap(analytics, firstvalue, page.hasPages),
    state: page.state,
    flush: page.flush,
    debug: page.debug,
    destroy: page.destroy,
    get status() {
      return page.status();
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
  return { firstvalue, replay };
}
