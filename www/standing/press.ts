// What buttons in a panel do.

import { address } from "../../crates/firstvalue-ui/js/markdown.js";
import { open, travel } from "../../crates/firstvalue-ui/js/page.js";
import { button, make } from "./dom";
import type { Action, Press, Say } from "./guide";

/** Who carries out what is pressed. */
export interface Presses {
  start(guide: string): void;
  track(event: string): void;
  call(name: string): void;
  /** The panel makes way for what was asked for. */
  close(): void;
}

/** Does what a button says. */
export function carryOut({ do: what, with: that = "" }: Press, presses: Presses): void {
  if (what === "start") {
    presses.close();
    presses.start(that);
  } else if (what === "call") {
    presses.close();
    presses.call(that);
  } else if (what === "track") presses.track(that);
  else if (what === "link") {
    // The host may show it without loading the page.
    if (!address(that)?.leaves) presses.close();
    open(that);
    // Should the host not leave this page, what stands on it stays.
    travel("");
  }
}

/** The author's buttons; the first is the one that most people want. */
export function actions(all: Action[] | undefined, say: Say, presses: Presses): Node[] {
  if (!all?.length) return [];
  const buttons = all.map((action, place) => {
    const made = button("button", () => carryOut(action, presses), say(action.label));
    made.toggleAttribute("data-primary", !place);
    return made;
  });
  return [make("div", { className: "actions" }, ...buttons)];
}
