// The rules and the log that everybody who is compared gets: `src/workload.rs` says the same.

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const START = 1_760_000_000_000;
/** The windows that rules look at. */
const WINDOWS = [DAY, 7 * DAY, 14 * DAY, 28 * DAY];
/** How often an event of a name comes, on average. */
const EVERY = 6 * 60 * MINUTE;
/** What rules count up to. */
export const MOST = 10;

/** Numbers that look like chance. */
export function hash(number) {
  let mixed = Math.imul(number, 0x9e3779b1);
  mixed ^= mixed >>> 15;
  mixed = Math.imul(mixed, 0x85ebca6b);
  mixed ^= mixed >>> 13;
  mixed = Math.imul(mixed, 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

/** The names of events. */
export function eventNames(names) {
  return Array.from({ length: names }, (_, number) => `feature-${String(number).padStart(4, "0")}.used`);
}

/** So many rules over so many names: whether `event` happened at least `atLeast` times `within` so long. */
export function makeRules(rules, names) {
  const events = eventNames(names);
  return Array.from({ length: rules }, (_, place) => {
    const nth = Math.floor(place / names);
    return {
      place,
      event: events[place % names],
      atLeast: 1 + (nth % MOST),
      within: WINDOWS[nth % WINDOWS.length] + nth * MINUTE,
    };
  });
}

/** The log, piece by piece: events of every name come every six hours on average. */
export class Log {
  #names;
  #mean;
  #event = 0;
  #at = START;

  constructor(names) {
    this.#names = names;
    this.#mean = Math.floor(EVERY / names);
  }

  /** The next events: the numbers of their names, and when they happened. */
  next(events) {
    const names = new Uint16Array(events);
    const times = new Float64Array(events);
    for (let place = 0; place < events; place += 1) {
      this.#at += 1 + (hash(2 * this.#event + 1) % (2 * this.#mean));
      names[place] = hash(2 * this.#event) % this.#names;
      times[place] = this.#at;
      this.#event += 1;
    }
    return { names, times };
  }
}
