// `cargo xtask bench collector` calls this with the `firstvalue` command and the program of this folder.

import { execFile, spawn } from "node:child_process";
import { mkdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { parseArgs, promisify } from "node:util";
import { load, machine, median } from "../machine.mjs";
import { report } from "./report.mjs";

const { values: options } = parseArgs({
  options: Object.fromEntries(
    ["program", "bench", "folder", "out", "seconds", "rounds", "soak", "events"].map((name) => [name, { type: "string" }]),
  ),
});
const here = fileURLToPath(new URL(".", import.meta.url));
const playbook = join(here, "../../www/demo/playbook.yaml");
const [seconds, rounds, soak, events] = ["seconds", "rounds", "soak", "events"].map((name) => Number(options[name]));
const CONNECTIONS = 256;
const BATCH = 10;
const TOKEN = "bench";

const run = async (program, ...words) => (await promisify(execFile)(program, words, { maxBuffer: 2 ** 26 })).stdout;
const wait = (ms) => new Promise((done) => setTimeout(done, ms));

/** A server in a process of its own, and where it listens. */
async function start(program, ...words) {
  const begun = performance.now();
  const process = spawn(program, words, { stdio: ["ignore", "pipe", "inherit"] });
  const ended = new Promise((done) => process.once("exit", done));
  const lines = createInterface(process.stdout);
  const first = await Promise.race([new Promise((done) => lines.once("line", done)), ended.then(() => "")]);
  const origin = first.replace("listening on ", "");
  if (!origin.startsWith("http://")) throw new Error(`${program} did not start: ${first}`);
  return {
    origin,
    begun,
    pid: process.pid,
    async stop() {
      process.kill("SIGTERM");
      await ended;
    },
  };
}

/** The servers that are compared, each on a folder of its own. */
async function servers() {
  const fresh = async (name) => {
    const folder = join(options.folder, name);
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
    return folder;
  };
  return {
    drop: () => start(options.bench, "floor"),
    append: async () => start(options.bench, "floor", "--file", join(await fresh("floor"), "events.ndjson")),
    collector: async () => collector(await fresh("data")),
  };
}

const collector = (data) =>
  start(
    options.program,
    ...["serve", "--listen", "127.0.0.1:0", "--write-key", "wk", "--admin-token", TOKEN],
    ...["--data", data, "--playbook", playbook, "--assets", join(data, "none")],
  );

async function send(server, ...words) {
  const address = server.origin.replace("http://", "");
  const always = ["load", "--address", address, "--batch", String(BATCH)];
  return JSON.parse(await run(options.bench, ...always, ...words));
}

const asFastAsPossible = (server) => send(server, "--connections", String(CONNECTIONS), "--seconds", String(seconds));
const atRate = (server, rate, time) =>
  send(server, "--connections", String(CONNECTIONS), "--seconds", String(time), "--rate", String(rate));

/** Processor time that a process has taken, in seconds. */
async function processorTime(pid) {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8");
  // The fields after the name, which may hold anything; the system counts in hundredths.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

/**
 * Has the collector decide from now on as events come in, and returns how many it has. Before it has heard of a page and
 * was asked something it would leave that for later, since then everything is read again.
 */
async function decides(server) {
  const { events } = await send(server, "--connections", "1", "--seconds", "0.2");
  await ask(server, "/api/overview");
  return events;
}

/** Memory that a process holds, in bytes. */
async function memory(pid) {
  const status = await readFile(`/proc/${pid}/status`, "utf8");
  return Number(/VmRSS:\s+(\d+)/.exec(status)[1]) * 1_024;
}

/** The most memory that a process ever held, in bytes. */
async function peak(pid) {
  const status = await readFile(`/proc/${pid}/status`, "utf8");
  return Number(/VmHWM:\s+(\d+)/.exec(status)[1]) * 1_024;
}

async function ask(server, path) {
  const begun = performance.now();
  const answer = await fetch(server.origin + path, { headers: { authorization: `Bearer ${TOKEN}` } });
  const body = await answer.json();
  if (!answer.ok) throw new Error(`${path}: ${JSON.stringify(body)}`);
  return { body, milliseconds: performance.now() - begun };
}

/** Events that are taken as fast as each server answers, in turns; and the bytes of an event on disk. */
async function throughput() {
  const all = { drop: [], append: [], collector: [] };
  const microseconds = { drop: [], append: [], collector: [] };
  let bytesOfEvent = 0;
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, begin] of Object.entries(await servers())) {
      const server = await begin();
      const before = name === "collector" ? await decides(server) : 0;
      const taken = await processorTime(server.pid);
      const sent = await asFastAsPossible(server);
      all[name].push(sent);
      const events = before + sent.events;
      if (name === "collector") {
        const { body } = await ask(server, "/api/overview");
        if (body.events.total !== events) {
          throw new Error(`${events} events were acknowledged and ${body.events.total} are there`);
        }
      }
      microseconds[name].push((((await processorTime(server.pid)) - taken) / sent.events) * 1e6);
      await server.stop();
      if (name === "collector") {
        bytesOfEvent = (await stat(join(options.folder, "data/firstvalue.db"))).size / events;
      }
    }
  }
  return { all, microseconds, bytesOfEvent };
}

/** How long requests take when servers have half of what the collector can do. */
async function halfLoad(rate) {
  const all = { append: [], collector: [] };
  for (let round = 0; round < rounds; round += 1) {
    const { append, collector } = await servers();
    for (const [name, begin] of Object.entries({ append, collector })) {
      const server = await begin();
      if (name === "collector") await decides(server);
      all[name].push((await atRate(server, rate, seconds)).latency_ms);
      await server.stop();
    }
  }
  const middle = (name) =>
    Object.fromEntries(Object.keys(all[name][0]).map((share) => [share, median(all[name].map((one) => one[share]))]));
  return { rate, append: middle("append"), collector: middle("collector") };
}

/** Memory over some time at half load: at the beginning, when it has warmed up, and at the end. */
async function soaked(rate) {
  const server = await (await servers()).collector();
  await decides(server);
  const samples = [await memory(server.pid)];
  let going = true;
  const sampling = (async () => {
    while (going) {
      await wait(1_000);
      samples.push(await memory(server.pid));
    }
  })();
  const sent = await atRate(server, rate, soak);
  going = false;
  await sampling;
  await server.stop();
  const tenth = Math.ceil(samples.length / 10);
  return { seconds: soak, events: sent.events, begin: samples[0], afterTenth: samples[tenth - 1], end: samples.at(-1) };
}

/** Time to value over a large history: from a cold start, and from what is kept up to date. */
async function timeToValue() {
  await mkdir(options.folder, { recursive: true });
  const log = join(options.folder, `ledgerly-${events}.ndjson`);
  if (!(await stat(log).then(() => true, () => false))) {
    const generate = join(here, "../replay/generate.mjs");
    await run("node", generate, "--events", String(events), "--out", `${log}.part`);
    await rename(`${log}.part`, log);
  }
  const data = join(options.folder, "history");
  await rm(data, { recursive: true, force: true });
  const importing = performance.now();
  await run(options.program, "import", "--data", data, log);
  const importSeconds = (performance.now() - importing) / 1_000;
  const { size } = await stat(join(data, "firstvalue.db"));

  /** A start of the collector, until it answers. */
  const begin = async () => {
    const server = await collector(data);
    const first = await ask(server, "/api/overview");
    return { server, first, seconds: (performance.now() - server.begun) / 1_000 };
  };
  // The first time everything is read; then it goes on from what was kept when it stopped.
  const { server: reader, seconds: readSeconds } = await begin();
  const readMemory = await peak(reader.pid);
  const stopping = performance.now();
  await reader.stop();
  const stopSeconds = (performance.now() - stopping) / 1_000;
  const { size: kept } = await stat(join(data, "projection.snapshot"));
  const { server, first, seconds: coldSeconds } = await begin();
  const warm = [];
  for (let n = 0; n < 20; n += 1) warm.push((await ask(server, "/api/overview")).milliseconds);
  const held = await memory(server.pid);
  await server.stop();
  await rm(data, { recursive: true, force: true });
  if (first.body.events.total !== events) throw new Error(`${first.body.events.total} of ${events} events are there`);
  warm.sort((a, b) => a - b);
  return {
    events,
    users: first.body.users.total,
    importSeconds,
    bytes: size,
    coldSeconds,
    readSeconds,
    readMemory,
    stopSeconds,
    kept,
    warmMedianMs: median(warm),
    warmLongestMs: warm.at(-1),
    memory: held,
  };
}

const busy = load();
const { all, microseconds, bytesOfEvent } = await throughput();
const medians = (figures) => Object.fromEntries(Object.entries(figures).map(([name, some]) => [name, median(some)]));
const rates = Object.entries(all).map(([name, sent]) => [name, sent.map((one) => one.events_per_second)]);
const eventsPerSecond = medians(Object.fromEntries(rates));
const rate = eventsPerSecond.collector / 2;
const results = {
  machine: machine(),
  load: busy,
  connections: CONNECTIONS,
  batch: BATCH,
  seconds,
  rounds,
  eventsPerSecond,
  microsecondsOfProcessor: medians(microseconds),
  bytesOfEvent,
  halfLoad: await halfLoad(rate),
  soak: await soaked(rate),
  timeToValue: await timeToValue(),
};
for (const name of ["data", "floor"]) await rm(join(options.folder, name), { recursive: true, force: true });

const text = report(results);
await mkdir(options.out, { recursive: true });
await writeFile(join(options.out, "collector.json"), `${JSON.stringify(results, null, 2)}\n`);
await writeFile(join(options.out, "collector.md"), text);
console.log(`\n${text}`);
