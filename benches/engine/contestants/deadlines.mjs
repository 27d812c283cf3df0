// A binary heap of moments, the earliest first.

export class Deadlines {
  #times;
  #rules = [];

  /** Room for so many. */
  constructor(most) {
    this.#times = new Float64Array(most);
  }

  /** The earliest moment, and whose it is. */
  get next() {
    return this.#rules.length === 0 ? Infinity : this.#times[0];
  }

  get first() {
    return this.#rules[0];
  }

  add(time, rule) {
    const times = this.#times;
    const rules = this.#rules;
    let place = rules.length;
    rules.push(rule);
    while (place > 0) {
      const parent = (place - 1) >> 1;
      if (times[parent] <= time) break;
      times[place] = times[parent];
      rules[place] = rules[parent];
      place = parent;
    }
    times[place] = time;
    rules[place] = rule;
  }

  /** Puts the first off until then. */
  postpone(time) {
    this.#sink(time, this.#rules[0]);
  }

  /** Takes the first away. */
  remove() {
    const rule = this.#rules.pop();
    const length = this.#rules.length;
    if (length > 0) this.#sink(this.#times[length], rule);
  }

  #sink(time, rule) {
    const times = this.#times;
    const rules = this.#rules;
    const { length } = rules;
    let place = 0;
    for (;;) {
      let child = 2 * place + 1;
      if (child >= length) break;
      if (child + 1 < length && times[child + 1] < times[child]) child += 1;
      if (times[child] >= time) break;
      times[place] = times[child];
      rules[place] = rules[child];
      place = child;
    }
    times[place] = time;
    rules[place] = rule;
  }
}
