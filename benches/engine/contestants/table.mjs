// A table of counters, indexed by the event's name: what one would write by hand for exactly these
// rules, and for no others.

import { MOST } from "../workload.mjs";
import { Deadlines } from "./deadlines.mjs";

/** Rings hold a power of two of times, so that a mask finds the place. */
const SIZE = 2 ** Math.ceil(Math.log2(MOST));

/**
 * Holds the latest times of every event in a ring. An event looks only at the rules that name it,
 * and of these only at those that do not hold: one that holds can only hold for longer. When rules
 * cease to hold stands in a heap.
 */
export class Table {
  #counters = new Map();
  #deadlines;

  constructor(rules) {
    this.truth = new Uint8Array(rules.length);
    this.#deadlines = new Deadlines(rules.length);
    for (const { place, event, atLeast, within } of rules) {
      let counter = this.#counters.get(event);
      if (!counter) {
        counter = { count: 0, times: new Float64Array(SIZE), rules: [] };
        this.#counters.set(event, counter);
      }
      counter.rules.push({ place, atLeast, within, counter });
    }
  }

  apply(name, at) {
    this.#wait(at);
    const counter = this.#counters.get(name);
    if (counter === undefined) return;
    const { times, rules } = counter;
    times[counter.count++ & (SIZE - 1)] = at;
    for (let i = 0; i < rules.length; i += 1) {
      const rule = rules[i];
      if (this.truth[rule.place] === 0) {
        const until = holdsUntil(rule);
        if (until > at) {
          this.truth[rule.place] = 1;
          this.#deadlines.add(until, rule);
        }
      }
    }
  }

  /** Lets time pass: a rule whose turn has come either ceases to hold, or has been prolonged. */
  #wait(now) {
    const deadlines = this.#deadlines;
    while (deadlines.next <= now) {
      const rule = deadlines.first;
      const until = holdsUntil(rule);
      if (until > now) {
        deadlines.postpone(until);
      } else {
        this.truth[rule.place] = 0;
        deadlines.remove();
      }
    }
  }
}

/** The first moment at which a rule does not hold, if nothing happens. */
function holdsUntil({ counter, atLeast, within }) {
  if (counter.count < atLeast) return -Infinity;
  return counter.times[(counter.count - atLeast) & (SIZE - 1)] + within + 1;
}
