// The engine with explanations: a core package of its own, which goes on from what the page's package would
// keep at this moment, decides nothing for the page, and is thrown away again.

import type { Core, CoreExports } from "../loader/core";
import * as journal from "../loader/journal";
import { utcOffset } from "../loader/message";
import { load } from "../loader/packages";
import type { Page } from "../loader/page";
import type { Inside, Subject } from "./inside";

/** Milliseconds until the package is given up. */
const PATIENCE = 10_000;

/** Why a condition holds or does not; `firstvalue-engine` has the same under this name. */
export interface Explanation {
  condition: string;
  value: unknown;
  compared_with: string;
  holds: boolean;
  changes_at: number | null;
  parts: Explanation[];
}

/** One reason why a guide does not start, and until when if that is for time to say. */
export interface Block {
  text: string;
  until: number | null;
}

/** What `crates/firstvalue-sdk/src/tracker/explain.rs` writes. */
export interface Explained {
  traits: object;
  accountTraits: object | null;
  isHeldOut: boolean;
  isAtRest: boolean;
  neverOver: string[];
  milestones: { id: string; title: string; reachedAt: number | null; why: Explanation | null }[];
  guides: { id: string; target: string | null; blocks: Block[]; why: Explanation | null }[];
}

/** The package with its one more function. */
interface Explaining extends Core {
  explain(now: number): string;
}

const nothing = (): void => {};
const page: Page = { alarm: nothing, elements: nothing, isBusy: () => true, close: nothing };
/** Nobody is told anything. */
const supervisor = { page: () => page, call: nothing, record: nothing, running: nothing, present: nothing, hide: nothing, emit: nothing };

/** Gets the package, and gives what explains by it; `elements` are those that are visible, as JSON. */
export async function explainer({ assets }: Subject): Promise<(inside: Inside, elements: string) => Explained | undefined> {
  const { Core } = await load<CoreExports>(assets, "firstvalue_explain", PATIENCE);
  return ([options, , path, playbook, records = []], elements) => {
    const identity = records.find(([key]) => key === "who")?.[1];
    if (!playbook || typeof identity !== "string") return undefined;
    const running = options?.storage === "memory" ? "" : journal.running();
    const core = new Core(supervisor, JSON.stringify({ path, identity: JSON.parse(identity), running })) as Explaining;
    try {
      for (const [key, value] of records) if (typeof value === "object") core.kept(key, value);
      core.open();
      if (!core.playbook(playbook)) return undefined;
      const now = Date.now();
      core.apply(now, utcOffset(now), "elements", undefined, elements, "");
      core.apply(now, utcOffset(now), "tick", undefined, undefined, "");
      return JSON.parse(core.explain(now)) as Explained;
    } finally {
      core.free();
    }
  };
}
