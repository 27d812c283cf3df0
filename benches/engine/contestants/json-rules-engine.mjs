// json-rules-engine: all rules are run at every event, as its documentation shows it.

import { Engine } from "json-rules-engine";
import { Counts } from "./counts.mjs";

/**
 * The counts come from a table, so that what is timed is the engine and not a search. Facts are not
 * cached, since no two rules ask for the same one.
 */
export class JsonRulesEngine {
  #counts = new Counts();
  #engine = new Engine();
  #now = 0;

  constructor(rules) {
    this.truth = new Uint8Array(rules.length);
    const times = ({ event, within }) => this.#counts.since(event, this.#now - within);
    this.#engine.addFact("times", times, { cache: false });
    for (const { place, event, atLeast, within } of rules) {
      this.#engine.addRule({
        conditions: {
          all: [{ fact: "times", params: { event, within }, operator: "greaterThanInclusive", value: atLeast }],
        },
        event: { type: "holds", params: { place } },
      });
    }
  }

  remember(name, at) {
    this.#counts.add(name, at);
  }

  async apply(name, at) {
    this.#counts.add(name, at);
    this.#now = at;
    const { events } = await this.#engine.run();
    this.truth.fill(0);
    for (const { params } of events) this.truth[params.place] = 1;
  }
}
