// `cargo xtask bench engine` calls this with the program, the folder of the WebAssembly package, and
// where results go.

import { execFile } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs, promisify } from "node:util";
import { machine, median } from "../machine.mjs";
import { open } from "./chromium.mjs";
import { report } from "./report.mjs";

const { values: options } = parseArgs({
  options: {
    program: { type: "string" },
    wasm: { type: "string" },
    out: { type: "string" },
    quick: { type: "boolean", default: false },
  },
});

const OURS = ["wasm, by name", "wasm, by number"];
const QUICKEST = [...OURS, "JavaScript table"];
const EVERYBODY = [...QUICKEST, "json-logic-js", "json-rules-engine", "rescan"];
const ROUNDS = options.quick ? 3 : 11;

/** Calls the native program. */
async function native(task, ...numbers) {
  const { stdout } = await promisify(execFile)(options.program, [task, ...numbers.map(String)]);
  return JSON.parse(stdout);
}

const medians = (ns) => Object.fromEntries(Object.entries(ns).map(([name, rounds]) => [name, median(rounds)]));

/** Everybody must say the same, or nothing is timed. */
async function agree(page) {
  for (const [rules, names, events] of [[10, 1, 1_000], [200, 20, 2_000], [100, 100, 1_000]]) {
    const answers = await page.call("check", { rules, names }, events, EVERYBODY);
    answers.native = await native("check", rules, names, events);
    const digests = new Set(Object.values(answers).map(({ digest }) => digest));
    if (digests.size !== 1) throw new Error(`they do not agree: ${JSON.stringify(answers)}`);
  }
}

/** Ten rules for each name of an event: what an event touches stays the same. */
async function byRules(page) {
  const sizes = options.quick ? [10, 100, 1_000] : [10, 100, 1_000, 10_000];
  const rows = [];
  for (const rules of sizes) {
    const workload = { rules, names: rules / 10 };
    const inPage = await page.call("race", workload, { history: 10_000, rounds: ROUNDS, contestants: EVERYBODY });
    const { ns } = await native("time", rules, rules / 10, 10_000, 200_000, 1, ROUNDS);
    const { changes } = await native("check", rules, rules / 10, 100_000);
    rows.push({ rules, changesPerEvent: changes / 100_000, native: median(ns), ...medians(inPage) });
    console.error(`  ${rules} rules`);
  }
  return rows;
}

/** A thousand rules, of which more and more name the event. */
async function byRulesOfEvent(page) {
  const rows = [];
  for (const each of [1, 10, 100, 1_000]) {
    const names = 1_000 / each;
    const workload = { rules: 1_000, names };
    const inPage = await page.call("race", workload, { history: 10_000, rounds: ROUNDS, contestants: QUICKEST });
    const { ns } = await native("time", 1_000, names, 10_000, 200_000 / Math.ceil(each / 10), 1, ROUNDS);
    const { changes } = await native("check", 1_000, names, 20_000);
    rows.push({ each, changesPerEvent: changes / 20_000, native: median(ns), ...medians(inPage) });
    console.error(`  ${each} rules that name the event`);
  }
  return rows;
}

/** A thousand rules after more and more history. */
async function byHistory(page) {
  const sizes = [1e3, 1e4, 1e5, 1e6, ...(options.quick ? [] : [1e7])];
  const rows = [];
  for (const history of sizes) {
    const workload = { rules: 1_000, names: 100 };
    const events = Math.min(history, 100_000);
    const users = Math.max(1, 50_000 / events);
    const rounds = history > 1e5 ? 5 : ROUNDS;
    const inPage = await page.call("raceAfter", workload, { history, events, users, rounds, contestants: QUICKEST });
    if (history <= (options.quick ? 1e4 : 1e5)) {
      const short = { history, rounds: 3, contestants: ["rescan"] };
      Object.assign(inPage, await page.call("race", workload, short));
    }
    const { ns } = await native("time", 1_000, 100, history, events, users, rounds);
    rows.push({ history, native: median(ns), ...medians(inPage) });
    console.error(`  ${history} events of history`);
  }
  return rows;
}

const page = await open(options.wasm);
try {
  await agree(page);
  console.error("  everybody agrees");
  const results = {
    machine: machine(),
    chromium: page.version,
    rounds: ROUNDS,
    byRules: await byRules(page),
    byRulesOfEvent: await byRulesOfEvent(page),
    byHistory: await byHistory(page),
  };
  const text = report(results);
  await mkdir(options.out, { recursive: true });
  await writeFile(join(options.out, "engine.json"), `${JSON.stringify(results, null, 2)}\n`);
  await writeFile(join(options.out, "engine.md"), text);
  console.log(`\n${text}`);
} finally {
  await page.close();
}
