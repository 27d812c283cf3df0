// What browsers and pages do to those who live in them: crashes, stores that fail, clocks that jump,
// pages that are stopped. What was tracked is counted at the collector.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { after, afterEach, before, beforeEach, test } from "node:test";
import { chromium } from "playwright-core";
import { executable, eventually, FLAGS, launch } from "./harness.mjs";
import { collector, open, outbox, settled, taken } from "./sdk/collector.mjs";

let browser, server, context;

before(async () => {
  browser = await launch();
});
after(() => browser?.close());
beforeEach(async () => {
  server = await collector();
  context = await browser.newContext();
});
afterEach(async () => {
  await context?.close();
  await server?.close();
});

const down = () => ({ status: 500, body: {} });
const flush = (page) => page.evaluate(() => firstvalue.flush());
const loop = (page, from, to) =>
  page.evaluate(([from, to]) => {
    for (let n = from; n < to; n++) firstvalue.track("loop.done", { n });
  }, [from, to]);
/** The numbers that were sent, each once. */
const numbers = () => {
  const once = new Map(server.events().map(({ event, messageId, properties }) => [messageId, event === "loop.done" ? properties.n : -1]));
  return [...once.values()].filter((n) => n >= 0).sort((a, b) => a - b);
};
const upTo = (count) => Array.from({ length: count }, (_, n) => n);
/** How many messages are kept. */
const kept = async (page) => (await outbox(page)).length;

/** A browser that can be killed, with a profile that outlives it. */
async function mortal(profile) {
  const child = spawn(executable, ["--headless", ...FLAGS, "--remote-debugging-port=0", `--user-data-dir=${profile}`, "about:blank"], {
    detached: true,
    stdio: ["ignore", "ignore", "pipe"],
  });
  const endpoint = await new Promise((resolve) =>
    createInterface(child.stderr).on("line", (line) => {
      const found = /listening on (ws:\S+)/.exec(line);
      if (found) resolve(found[1]);
    }),
  );
  const browser = await chromium.connectOverCDP(endpoint);
  const ended = new Promise((resolve) => child.once("exit", resolve));
  return {
    context: browser.contexts()[0],
    async kill() {
      process.kill(-child.pid, "SIGKILL");
      await ended;
    },
  };
}

test("D4, X22: a browser that is killed has lost nothing that was kept, and sends it once it is back", async () => {
  const profile = await mkdtemp(join(tmpdir(), "firstvalue-profile-"));
  try {
    server.answer = down;
    let life = await mortal(profile);
    let { page } = await open(life.context, `${server.origin}/app`);
    await settled(page);
    await loop(page, 0, 50);
    await eventually(async () => (await kept(page)) >= 50, { what: "all of them on the device" });
    await life.kill();
    server.got.length = 0;
    server.answer = taken;
    life = await mortal(profile);
    ({ page } = await open(life.context, `${server.origin}/app`));
    await settled(page);
    await eventually(() => numbers().length === 50, { what: "all of them", within: 20_000 });
    assert.deepEqual(numbers(), upTo(50));
    await life.kill();
  } finally {
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  }
});

test("X22: a page that crashes has lost nothing that was kept", async () => {
  server.answer = down;
  const { page } = await open(context, `${server.origin}/app`);
  await settled(page);
  await loop(page, 0, 20);
  await eventually(async () => (await kept(page)) >= 20, { what: "all of them on the device" });
  const crashed = new Promise((resolve) => page.once("crash", resolve));
  page.goto("chrome://crash").catch(() => {});
  await crashed;
  server.got.length = 0;
  server.answer = taken;
  const { page: next } = await open(context, `${server.origin}/next`);
  await settled(next);
  await eventually(() => numbers().length === 20, { what: "all of them" });
});

test("D2, X22: tabs that are closed, reloaded and left right after an event lose none", async () => {
  const leave = {
    close: (page) => page.close({ runBeforeUnload: false }),
    reload: (page) => page.reload(),
    leave: (page) => page.goto("about:blank"),
  };
  server.answer = down;
  let count = 0;
  for (const how of Object.keys(leave)) {
    for (let n = 0; n < 3; n++) {
      const { page } = await open(context, `${server.origin}/app`);
      await settled(page);
      await page.evaluate((n) => {
        firstvalue.track("loop.done", { n });
        addEventListener("pagehide", () => firstvalue.track("loop.done", { n: n + 1 }));
        document.addEventListener("visibilitychange", () => firstvalue.track("hidden.done"));
      }, count);
      count += 2;
      await leave[how](page);
      if (!page.isClosed()) await page.close();
    }
  }
  server.got.length = 0;
  server.answer = taken;
  const { page } = await open(context, `${server.origin}/app`);
  await settled(page);
  await eventually(() => numbers().length >= count, { what: "all of them", within: 20_000 });
  assert.deepEqual(numbers(), upTo(count), "none is lost, none is there twice");
});

for (const [what, script] of [
  ["IndexedDB cannot be opened", () => (IDBFactory.prototype.open = () => { throw new DOMException("no", "SecurityError"); })],
  ["IndexedDB never answers", () => (IDBFactory.prototype.open = () => ({}))],
  ["IndexedDB fails", () => {
    IDBFactory.prototype.open = () => {
      const request = {};
      setTimeout(() => request.onerror?.(new Event("error")));
      return request;
    };
  }],
  ["nothing in IndexedDB ever ends", () => {
    const request = () => ({});
    const store = { get: request, getAll: request, getAllKeys: request, put: request, delete: request };
    IDBDatabase.prototype.transaction = () => ({ objectStore: () => store, commit() {}, abort() {} });
  }],
  ["writing to IndexedDB fails", () => (IDBObjectStore.prototype.put = () => { throw new DOMException("full", "QuotaExceededError"); })],
  ["localStorage is forbidden", () => Object.defineProperty(window, "localStorage", { get: () => { throw new DOMException("no", "SecurityError"); } })],
  ["localStorage is full", () => (Storage.prototype.setItem = () => { throw new DOMException("full", "QuotaExceededError"); })],
  ["there are no locks and no channels", () => {
    Object.defineProperty(Navigator.prototype, "locks", { get: () => undefined });
    delete window.BroadcastChannel;
  }],
  ["there is no crypto", () => Object.defineProperty(window, "crypto", { get: () => undefined })],
]) {
  test(`D15, X19, X20: where ${what}, everything else works`, async () => {
    await context.addInitScript(script);
    const { page, threw } = await open(context, `${server.origin}/app`);
    assert.equal((await settled(page)).state, "ready");
    await loop(page, 0, 10);
    await page.evaluate(() => firstvalue.track("report.created"));
    await eventually(() => numbers().length === 10, { what: "the events" });
    assert.ok(await page.evaluate(() => firstvalue.state().milestones["first-report"].reachedAt));
    assert.deepEqual(threw, []);
  });
}

test("X21: in a frame without an origin events are delivered, and nothing is thrown", async () => {
  const page = await context.newPage();
  const threw = [];
  page.on("pageerror", (error) => threw.push(error.message));
  await page.goto(`${server.origin}/plain`);
  await page.evaluate((origin) => {
    const frame = document.createElement("iframe");
    frame.sandbox = "allow-scripts";
    frame.srcdoc = `<script src="${origin}/sdk/firstvalue.iife.js" data-write-key="framed" data-endpoint="${origin}"></script><script>firstvalue.track("framed.done")</script>`;
    document.body.append(frame);
  }, server.origin);
  await eventually(() => server.count("framed.done"), { what: "the event of the frame" });
  assert.deepEqual(threw, []);
});

test("D20, X17: a clock that is turned back, or is a year off, changes no order", async () => {
  const { page } = await open(context, `${server.origin}/app`);
  await settled(page);
  for (const [n, shift] of [0, -3_600_000, 31_536_000_000, -31_536_000_000, 0].entries()) {
    await page.evaluate(([n, shift]) => {
      window.clock ??= Date.now;
      Date.now = () => window.clock() + shift;
      firstvalue.track("loop.done", { n });
    }, [n, shift]);
    await page.evaluate(() => firstvalue.state());
  }
  await flush(page);
  await eventually(() => numbers().length === 5, { what: "all of them" });
  const order = server.events().filter(({ event }) => event === "loop.done").map(({ properties }) => properties.n);
  assert.deepEqual(order, upTo(5));
});

test("X29: an answer that is lost has the same event sent again, under the same id", async () => {
  let lost = 0;
  server.answer = (batch) => (lost++ < 2 ? { status: 502, body: {} } : taken(batch));
  const { page } = await open(context, `${server.origin}/app`);
  await settled(page);
  await loop(page, 0, 5);
  await eventually(() => lost > 2, { what: "the answer", within: 20_000 });
  assert.deepEqual(numbers(), upTo(5));
});

test("D17, X23: a tab that the browser has frozen keeps nobody from sending", async () => {
  server.answer = () => new Promise(() => {});
  const { page: frozen } = await open(context, `${server.origin}/frozen`);
  await settled(frozen);
  await loop(frozen, 0, 5);
  await eventually(() => numbers().length === 5, { what: "its attempt" });
  const session = await context.newCDPSession(frozen);
  await session.send("Page.setWebLifecycleState", { state: "frozen" });
  server.answer = taken;
  const { page } = await open(context, `${server.origin}/app`);
  await settled(page);
  server.got.length = 0;
  await loop(page, 5, 10);
  await eventually(() => numbers().length === 10, { what: "what both have tracked" });
});
