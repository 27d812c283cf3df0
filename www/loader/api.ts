// The public functions: checks of arguments, and copies of them, nothing else.

import { consentOf } from "./consent";
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

  const call = (kind: Kind, name?: string, data?: Properties): void => page.call(made ?? Date.now(), kind, name, data && text(data));
  /** What a host meant to be a name or an id, as a text. Throws if it is none. */
  const nameOf = (name: unknown): string => {
    const said = String(name);
    if (/^\s*(undefined|null|NaN|true|false|\[object.*)?$/.test(said)) throw `\`${said}\` is no name`;
    return said;
  };
  const named = (kind: Kind, name: unknown, data?: Properties): void => call(kind, nameOf(name), data);
  /** A call about an id that the host's server may have signed; `before` says of what kind it is. */
  const about = (kind: Kind, before: string) => (id: unknown, data?: Properties, hash?: string): void => {
    if (hash) hashes.set(before + String(id), hash);
    named(kind, id, data);
  };
  const calls: Omit<Firstvalue, "status"> = {
    init: page.init,
    consent: (level) => page.agree(consentOf(level)),
    identify: about("identify", ""),
    alias: (userId) => named("alias", userId),
    group: about("group", ACCOUNT),
    reset: () => call("reset"),
    track: (event, properties) => named("track", event, properties),
    outcome(name, value) {
      if (!Number.isFinite(value)) throw "it needs a number";
      call("track", "outcome.recorded", { outcome: nameOf(name), value });
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
  };
  const firstvalue = {
    get status() {
      return page.status;
    },
  } as Firstvalue;
  for (const [name, method] of Object.entries(calls) as [keyof typeof calls, (...args: unknown[]) => unknown][])
    firstvalue[name] = (...args: unknown[]): never => {
      try {
        // What is not data throws here, rather than later where nobody knows whose it was.
        return method(...args) as never;
      } catch (error) {
        return problem("argument", `\`${name}\` was ignored: ${error}`) as never;
      }
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
