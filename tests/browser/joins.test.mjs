// One person before and after signing in: the browser, the collector and a replay of what was stored find
// the same milestones at the same moments.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { promisify } from "node:util";
import { eventually, launch, root, serveHost, startCollector } from "./harness.mjs";

const PLAYBOOK = `
version: 1
product: Joins
milestones:
  first: { title: First, when: { did: report.created } }
  shared: { title: Shared, when: { sequence: [report.created, report.shared], within: 7d } }
  thrice: { title: Three reports, when: { did: report.created, times: { gte: 3 } } }
`;

let browser, folder, collector, host;

before(async () => {
  browser = await launch();
  folder = await mkdtemp(join(tmpdir(), "firstvalue-joins-"));
  const playbook = join(folder, "playbook.yaml");
  await writeFile(playbook, PLAYBOOK);
  collector = await startCollector({ playbook, writeKey: "key" });
  host = await serveHost(collector);
});

after(async () => {
  await browser?.close();
  await host?.close();
  await collector?.stop();
  if (folder) await rm(folder, { recursive: true, force: true });
});

/** A page in a browser of its own, as on another device. */
async function device() {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(host.origin);
  await page.waitForFunction(() => window.firstvalue?.status?.state === "ready");
  return {
    /** Makes calls one after the other, and waits until all are stored. */
    async say(...calls) {
      await page.evaluate((calls) => calls.forEach(([name, ...words]) => window.firstvalue[name](...words)), calls);
      await page.evaluate(() => window.firstvalue.flush());
    },
    state: () => page.evaluate(() => window.firstvalue.state()),
  };
}

/** Everything that is stored. */
async function stored() {
  const headers = { authorization: `Bearer ${collector.token}` };
  return (await fetch(`${collector.origin}/api/export`, { headers })).text();
}

/** Milestones of a user as `replay` finds them. */
async function replayed(user) {
  const log = join(folder, "log.ndjson");
  await writeFile(log, await stored());
  const binary = process.env.FIRSTVALUE_BIN ?? join(root, "target/debug/firstvalue");
  const words = ["replay", "--playbook", join(folder, "playbook.yaml"), "--events", log, "--format", "json"];
  const { stdout } = await promisify(execFile)(binary, words);
  const lines = stdout.trim().split("\n").map((line) => JSON.parse(line));
  const own = lines.filter((line) => line.user === user && line.milestone);
  return Object.fromEntries(own.map(({ milestone, at, ttv_ms }) => [milestone, [Date.parse(at), ttv_ms]]));
}

/** Milestones of a user as the collector knows them. */
async function known(user) {
  const { milestones } = await collector.api(`/api/users/${user}`);
  return Object.fromEntries(milestones.map(({ id, reached_at, ttv_ms }) => [id, [reached_at, ttv_ms]]));
}

const count = async (wanted) =>
  eventually(async () => (await collector.api("/api/overview")).events.total >= wanted, { what: `${wanted} events` });

test("what was done before signing in counts, to the millisecond, wherever it is decided", async () => {
  const laptop = await device();
  await laptop.say(["track", "report.created"]);
  await laptop.say(["identify", "ann", { role: "admin" }], ["track", "report.shared"]);
  // With the view of the page that the package tells of by itself.
  await count(4);
  const { milestones } = await laptop.state();
  const here = Object.entries(milestones).filter(([, { reachedAt }]) => reachedAt !== null);
  const inBrowser = Object.fromEntries(here.map(([id, { reachedAt, timeToValue }]) => [id, [reachedAt, timeToValue]]));
  assert.deepEqual(Object.keys(inBrowser).sort(), ["first", "shared"]);
  assert.deepEqual(await known("ann"), inBrowser);
  assert.deepEqual(await replayed("ann"), inBrowser);

  // On another device more was done than either knows alone.
  const phone = await device();
  await phone.say(["track", "report.created"], ["track", "report.created"]);
  await phone.say(["identify", "ann"]);
  await count(8);
  const everything = await known("ann");
  assert.deepEqual(Object.keys(everything).sort(), ["first", "shared", "thrice"]);
  assert.deepEqual(everything.first, inBrowser.first);
  assert.deepEqual(await replayed("ann"), everything);
  const overview = await collector.api("/api/overview");
  assert.equal(overview.users.total, 1);
});
