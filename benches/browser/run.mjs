// `cargo xtask bench browser` calls this with the folder of our packages, a compiled playbook, and where
// results go.

import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { launch } from "../../tests/browser/harness.mjs";
import { load, machine, median } from "../machine.mjs";
import { CONTESTANTS, NOTHING, version } from "./contestants.mjs";
import { EVENTS, measure } from "./measure.mjs";
import { report } from "./report.mjs";
import { serve } from "./server.mjs";

const { values: options } = parseArgs({
  options: { sdk: { type: "string" }, playbook: { type: "string" }, out: { type: "string" }, quick: { type: "boolean", default: false }, only: { type: "string" } },
});
const ROUNDS = options.quick ? 1 : 5;
const contestants = Object.entries(CONTESTANTS).filter(([name]) => !options.only || options.only === name);
const all = { nothing: NOTHING, ...Object.fromEntries(contestants) };
const playbook = await readFile(options.playbook);

const before = load();
const browser = await launch({ ignoreDefaultArgs: ["--enable-automation"], args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-blink-features=AutomationControlled"] });
const servers = {};
for (const [name, contestant] of Object.entries(all)) servers[name] = await serve(contestant, options.sdk, playbook);
const rounds = Object.fromEntries(Object.keys(all).map((name) => [name, []]));
for (let round = 0; round < ROUNDS; round++) {
  // Everybody takes turns, each round from another one on.
  const names = Object.keys(all);
  for (const name of [...names.slice(round % names.length), ...names.slice(0, round % names.length)]) {
    console.log(`  round ${round + 1} of ${ROUNDS}: ${name}`);
    rounds[name].push(await measure(browser, servers[name], median));
  }
}
const chromium = browser.version();
await browser.close();
await Promise.all(Object.values(servers).map((server) => server.close()));

/** A figure of a contestant, the median of its rounds. */
const of = (name, figure) => median(rounds[name].map(figure));
/** The same without what the page takes by itself. */
const net = (name, figure) => Math.max(of(name, figure) - of("nothing", figure), 0);
const rows = [];
for (const [name, contestant] of contestants) {
  const perEvent = (kind) => (net(name, (it) => it[kind].cpu) * 1_000) / EVENTS[kind];
  rows.push({
    name,
    version: await version(contestant),
    bytes: net(name, (it) => it.bytes),
    files: of(name, (it) => it.files),
    ready: net(name, (it) => it.ready),
    load: net(name, (it) => it.load),
    heap: net(name, (it) => it.heap),
    caller: of(name, (it) => it.caller),
    paced: perEvent("paced"),
    burst: perEvent("burst"),
    pacedLost: EVENTS.paced - of(name, (it) => it.paced.delivered),
    burstLost: EVENTS.burst - of(name, (it) => it.burst.delivered),
    again: of(name, (it) => it.paced.again + it.burst.again),
    sent: of(name, (it) => it.paced.sent) / EVENTS.paced,
  });
}
const results = { machine: machine(), load: before, chromium, rounds: ROUNDS, rows, measured: rounds };
await mkdir(options.out, { recursive: true });
await writeFile(join(options.out, "browser.json"), `${JSON.stringify(results, null, 2)}\n`);
await writeFile(join(options.out, "browser.md"), report(results));
console.log(report(results));
