// json-logic-js: all rules are applied at every event.

import jsonLogic from "json-logic-js";
import { Counts } from "./counts.mjs";

/** The counts come from a table, so that what is timed is the engine and not a search. */
export class JsonLogic {
  #counts = new Counts();
  #now = 0;
  #rules;

  constructor(rules) {
    this.truth = new Uint8Array(rules.length);
    this.#rules = rules.map(({ event, atLeast, within }) => ({ ">=": [{ times: [event, within] }, atLeast] }));
  }

  remember(name, at) {
    this.#counts.add(name, at);
  }

  apply(name, at) {
    this.#counts.add(name, at);
    this.#now = at;
    // The library keeps operations for everybody; contestants take turns.
    jsonLogic.add_operation("times", (event, within) => this.#counts.since(event, this.#now - within));
    for (let place = 0; place < this.#rules.length; place += 1) {
      this.truth[place] = jsonLogic.apply(this.#rules[place]) ? 1 : 0;
    }
  }
}
