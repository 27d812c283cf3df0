// What a rule engine without memory is given to ask: how often an event happened lately.

import { MOST } from "../workload.mjs";

/** The latest times of every event, as many as any rule counts. */
export class Counts {
  #times = new Map();

  add(name, at) {
    let times = this.#times.get(name);
    if (times === undefined) this.#times.set(name, (times = []));
    times.push(at);
    if (times.length > MOST) times.shift();
  }

  /** How many there were, up to `MOST`, since a moment. */
  since(name, from) {
    const times = this.#times.get(name) ?? [];
    let first = times.length;
    while (first > 0 && times[first - 1] >= from) first -= 1;
    return times.length - first;
  }
}
