// The engine of this repository, compiled for WebAssembly as the core package is.

import { eventNames } from "../workload.mjs";

/** Events are handed over by name, which copies the name into the memory of the package. */
export class ByName {
  constructor(rules, names, { Contestant }) {
    this.truth = new Uint8Array(rules.length);
    this.contestant = new Contestant(rules.length, names);
  }

  apply(name, at) {
    this.note(this.contestant.apply(name, at));
  }

  note(changes) {
    for (let place = 0; place < changes; place += 1) {
      const change = this.contestant.change(place);
      this.truth[change >> 1] = change & 1;
    }
  }

  reset() {
    this.truth.fill(0);
    this.contestant.reset();
  }
}

/** Events are handed over by number, found in a map by their name. */
export class ByNumber extends ByName {
  constructor(rules, names, module) {
    super(rules, names, module);
    this.numbers = new Map(eventNames(names).map((name, number) => [name, number]));
  }

  apply(name, at) {
    this.note(this.contestant.apply_numbered(this.numbers.get(name), at));
  }
}
