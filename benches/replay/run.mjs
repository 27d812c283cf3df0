// `cargo xtask bench replay` calls this with the `firstvalue` command and a Python that has DuckDB.

import { execFile } from "node:child_process";
import { createReadStream } from "node:fs";
import { mkdir, readFile, rename, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { parseArgs, promisify } from "node:util";
import { machine, median } from "../machine.mjs";

const { values: options } = parseArgs({
  options: Object.fromEntries(["events", "program", "python", "folder", "out"].map((name) => [name, { type: "string" }])),
});
const here = fileURLToPath(new URL(".", import.meta.url));
const playbook = join(here, "../../www/demo/playbook.yaml");
const events = Number(options.events);
const ROUNDS = 3;

/** DuckDB's version, as it says itself. */
const duckdb = async () => (await run(options.python, "-c", "import duckdb; print(duckdb.__version__)")).trim();

const run = async (program, ...words) => (await promisify(execFile)(program, words)).stdout;

/** The log, made once. */
async function makeLog() {
  const file = join(options.folder, `ledgerly-${events}.ndjson`);
  const isThere = await stat(file).then(() => true, () => false);
  if (!isThere) {
    await run("node", join(here, "generate.mjs"), "--events", String(events), "--out", `${file}.part`);
    await rename(`${file}.part`, file);
  }
  return file;
}

async function take(answer, ...command) {
  return JSON.parse(await run(options.python, join(here, "measure.py"), answer, ...command));
}

/** What `firstvalue replay` printed, in the form of DuckDB's answer. */
async function answerOf(file) {
  const times = {};
  for await (const line of createInterface(createReadStream(file))) {
    const { milestone, ttv_ms: time } = JSON.parse(line);
    if (milestone) (times[milestone] ??= []).push(time);
  }
  const said = Object.entries(times).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(said.map(([milestone, all]) => [milestone, { users: all.length, median: median(all) }]));
}

await mkdir(options.folder, { recursive: true });
const log = await makeLog();
const { size } = await stat(log);
const answers = { firstvalue: join(options.folder, "firstvalue.ndjson"), duckdb: join(options.folder, "duckdb.json") };
const rounds = { firstvalue: [], duckdb: [] };
for (let round = 0; round < ROUNDS; round += 1) {
  const replay = ["replay", "--playbook", playbook, "--events", log, "--format", "json"];
  rounds.firstvalue.push(await take(answers.firstvalue, options.program, ...replay));
  rounds.duckdb.push(await take(answers.duckdb, options.python, join(here, "duckdb_answer.py"), log));
}

const ours = await answerOf(answers.firstvalue);
const theirs = JSON.parse(await readFile(answers.duckdb, "utf8"));
if (JSON.stringify(ours) !== JSON.stringify(theirs)) {
  throw new Error(`they do not agree: ${JSON.stringify({ ours, theirs })}`);
}

const middle = (all, key) => median(all.map((round) => round[key]));
const figures = Object.fromEntries(
  Object.entries(rounds).map(([name, all]) => [
    name,
    {
      seconds: middle(all, "seconds"),
      cpuSeconds: middle(all, "cpuSeconds"),
      peakBytes: middle(all, "peakBytes"),
      eventsPerSecond: events / middle(all, "seconds"),
    },
  ]),
);
const results = { machine: machine(), duckdb: await duckdb(), events, bytes: size, rounds: ROUNDS, answer: ours, figures };

const whole = (number) => Math.round(number).toLocaleString("en-GB");
const row = (name, { seconds, cpuSeconds, peakBytes, eventsPerSecond }) =>
  `| ${name} | ${seconds.toFixed(1)} | ${cpuSeconds.toFixed(1)} | ${whole(eventsPerSecond)} | ${whole(peakBytes / 2 ** 20)} |`;
const text = `# Replay

Measured by \`cargo xtask bench replay\` on ${results.machine}; medians of ${ROUNDS} runs over ${whole(events)} events
(${whole(size / 1e6)} MB of NDJSON). Both give the same answer. What is measured, and what it means, is in
[the README](../README.md).

| | seconds | CPU seconds | events per second | peak memory, MB |
| --- | --: | --: | --: | --: |
${row("`firstvalue replay`", figures.firstvalue)}
${row(`DuckDB ${results.duckdb}`, figures.duckdb)}

| milestone | users | median time to value, h |
| --- | --: | --: |
${Object.entries(ours).map(([milestone, { users, median: time }]) => `| ${milestone} | ${whole(users)} | ${(time / 3.6e6).toFixed(1)} |`).join("\n")}
`;
await mkdir(options.out, { recursive: true });
await writeFile(join(options.out, "replay.json"), `${JSON.stringify(results, null, 2)}\n`);
await writeFile(join(options.out, "replay.md"), text);
console.log(`\n${text}`);
