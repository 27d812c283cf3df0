// Runs in Chromium: lets contestants decide the same log, checks that they agree, and times them.

import { ByName, ByNumber } from "./contestants/firstvalue.mjs";
import { JsonLogic } from "./contestants/json-logic-js.mjs";
import { JsonRulesEngine } from "./contestants/json-rules-engine.mjs";
import { Rescan } from "./contestants/rescan.mjs";
import { Table } from "./contestants/table.mjs";
import { eventNames, hash, Log, makeRules } from "./workload.mjs";

const CONTESTANTS = {
  "wasm, by name": ByName,
  "wasm, by number": ByNumber,
  "JavaScript table": Table,
  "json-logic-js": JsonLogic,
  "json-rules-engine": JsonRulesEngine,
  "rescan": Rescan,
};
/** A round takes at most this long, in milliseconds, where the number of events is ours to choose. */
const ROUND = 40;
const MOST_EVENTS = 50_000;

const module = await import("/wasm/bench_engine.js");
await module.default();

/** One user of one contestant, and the rest of their log. */
class Run {
  constructor(name, { rules, names }) {
    this.name = name;
    this.names = eventNames(names);
    this.contestant = new CONTESTANTS[name](makeRules(rules, names), names, module);
    this.log = new Log(names);
  }

  /** Brings events that are not timed; who keeps no state between events need not decide them. */
  async feed(events) {
    for (let fed = 0; fed < events; fed += 1_000_000) {
      await this.bring(this.log.next(Math.min(1_000_000, events - fed)), "remember");
    }
  }

  /** Brings events, and gives how many milliseconds that took. */
  async bring({ names, times }, way = "apply") {
    const { contestant } = this;
    const texts = Array.from(names, (number) => this.names[number]);
    const started = performance.now();
    if (way === "remember" && contestant.remember) {
      for (let i = 0; i < texts.length; i += 1) contestant.remember(texts[i], times[i]);
    } else if (contestant instanceof JsonRulesEngine) {
      for (let i = 0; i < texts.length; i += 1) await contestant.apply(texts[i], times[i]);
    } else {
      for (let i = 0; i < texts.length; i += 1) contestant.apply(texts[i], times[i]);
    }
    return performance.now() - started;
  }

  /** How many events a round may have. */
  async probe() {
    for (let events = 1; ; events *= 2) {
      const spent = await this.bring(this.log.next(events));
      if (spent > ROUND / 4 || events >= MOST_EVENTS) {
        this.events = Math.max(1, Math.min(MOST_EVENTS, Math.round((events * ROUND) / spent)));
        return;
      }
    }
  }
}

/** What holds after each event, in one number for each contestant. */
export async function check(workload, events, contestants) {
  const digests = {};
  for (const name of contestants) {
    const run = new Run(name, workload);
    const { names, times } = run.log.next(events);
    const { contestant } = run;
    let digest = 0;
    let changes = 0;
    let before = contestant.truth.slice();
    for (let i = 0; i < events; i += 1) {
      await contestant.apply(run.names[names[i]], times[i]);
      let holding = 0;
      contestant.truth.forEach((holds, rule) => {
        if (holds) holding ^= hash(rule);
        if (holds !== before[rule]) changes += 1;
      });
      before = contestant.truth.slice();
      digest = hash(digest ^ holding);
    }
    digests[name] = { digest, changes };
  }
  return digests;
}

/**
 * Nanoseconds per event by contestant, one figure for each round. Contestants take turns, so that
 * whatever else the machine does meets all of them.
 */
export async function race(workload, { history, rounds, contestants }) {
  const runs = [];
  for (const name of contestants) {
    const run = new Run(name, workload);
    await run.feed(history);
    await run.probe();
    runs.push(run);
  }
  const ns = Object.fromEntries(contestants.map((name) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const run of runs) {
      const spent = await run.bring(run.log.next(run.events));
      ns[run.name].push((spent * 1e6) / run.events);
    }
  }
  return ns;
}

/** Like `race`, just after so much history: of so many users one after the other. */
export async function raceAfter(workload, { history, events, users, rounds, contestants }) {
  const ns = Object.fromEntries(contestants.map((name) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const name of contestants) {
      let spent = 0;
      for (let user = 0; user < users; user += 1) {
        const run = new Run(name, workload);
        await run.feed(history);
        spent += await run.bring(run.log.next(events));
        run.contestant.contestant?.free();
      }
      ns[name].push((spent * 1e6) / (events * users));
    }
  }
  return ns;
}
