// The plainest way: keep everything that happened, and look through it for every rule.

export class Rescan {
  #rules;
  #history = [];

  constructor(rules) {
    this.truth = new Uint8Array(rules.length);
    this.#rules = rules;
  }

  remember(name, at) {
    this.#history.push({ name, at });
  }

  apply(name, at) {
    this.#history.push({ name, at });
    for (const { place, event, atLeast, within } of this.#rules) {
      const from = at - within;
      let times = 0;
      for (const past of this.#history) {
        if (past.name === event && past.at >= from) times += 1;
      }
      this.truth[place] = times >= atLeast ? 1 : 0;
    }
  }
}
