// What must hold whatever the browser, in Firefox: delivery, the host, privacy and navigation. Chromium is
// asked more of the same in the files that have the numbers.

import assert from "node:assert/strict";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, afterEach, before, test } from "node:test";
import { launch, open } from "./firefox.mjs";
import { dist, eventually } from "./harness.mjs";
import { POLICY } from "./policy.mjs";
import { collector, outbox, settled, taken } from "./sdk/collector.mjs";

let browser, server;
const opened = [];

before(async () => {
  browser = await launch();
});
after(() => browser?.close());
afterEach(async () => {
  for (const page of opened.splice(0)) await page.end();
  await server?.close();
});

/** A page on which Firstvalue is ready; in the context of another one if that is named. */
async function ready(path = "/app", { beside, ...options } = {}) {
  const page = await open(browser, server.origin + path, { context: beside?.browserContext(), ...options });
  if (!beside) opened.push(page);
  assert.equal((await settled(page)).state, "ready");
  return page;
}
const flush = (page) => page.evaluate(() => firstvalue.flush());
const down = () => ({ status: 503, body: {} });
/** The numbers that were sent, each once. */
const numbers = () => [...new Set(server.events().flatMap(({ event, properties }) => (event === "loop.done" ? properties.n : [])))].sort((a, b) => a - b);
const upTo = (count) => Array.from({ length: count }, (_, n) => n);
const dialog = (page, name) => page.waitForSelector(`fv-root >>> ::-p-aria([name="${name}"][role="dialog"])`);
/** What the page at `/built` runs to have Firstvalue, with settings as they are written. */
const built = async (settings) => `${await readFile(join(dist, "sdk/firstvalue.iife.js"), "utf8")}; firstvalue.init({ writeKey: "key", ${settings} });`;

test("D2: what is tracked right before the page is left arrives", async () => {
  server = await collector();
  const page = await ready();
  await page.evaluate(() => {
    window.addEventListener("pagehide", () => window.firstvalue.track("hidden.done"));
    window.firstvalue.track("click.done");
    location.href = "/next";
  });
  await eventually(() => server.count("click.done") && server.count("hidden.done"), { what: "the events" });
  assert.deepEqual(page.threw, []);
});

test("D2: whichever way a page is left while nothing can be sent, what was tracked last is not lost", async () => {
  server = await collector();
  // What the driver closes may end without being told so (`pagehide`); Chromium's tests have that.
  const leave = {
    "for another page": (page) => page.goto(`${server.origin}/sdk/firstvalue.js`),
    "for another site": (page) => page.goto(`${server.origin.replace("127.0.0.1", "localhost")}/sdk/firstvalue.js`),
    "for nothing": (page) => page.goto("about:blank"),
    "by a reload": (page) => page.reload(),
  };
  server.answer = down;
  // Holds the context while other pages of it come and go.
  const first = await ready();
  let count = 0;
  for (const how of Object.values(leave)) {
    for (let round = 0; round < 3; round++) {
      const page = await ready("/app", { beside: first });
      await page.evaluate((n) => {
        firstvalue.track("loop.done", { n });
        addEventListener("pagehide", () => firstvalue.track("loop.done", { n: n + 1 }));
        document.addEventListener("visibilitychange", () => firstvalue.track("hidden.done"));
      }, count);
      count += 2;
      await how(page);
      await page.close();
      assert.deepEqual(page.threw, []);
    }
  }
  server.got.length = 0;
  server.answer = taken;
  const page = await ready("/app", { beside: first });
  // What a page that was still being closed wrote last is for the next one.
  const arrived = async () => {
    await page.reload();
    await settled(page);
    await flush(page);
    return numbers().length >= count;
  };
  await eventually(arrived, { what: "all of them", within: 30_000 });
  assert.deepEqual(numbers(), upTo(count), "none is lost, none is there twice");
  assert.ok(server.count("hidden.done"), "nor what was tracked when it was hidden");
  const tails = () => page.evaluate(() => Object.keys(localStorage).filter((key) => key.includes("tail")));
  await eventually(async () => (await tails()).length === 0, { what: "an empty journal" });
});

test("D8, D9, P7: what is sent asks nobody's leave, also as a page is left", async () => {
  server = await collector({ script: await built('endpoint: location.origin.replace("127.0.0.1", "localhost"), assets: location.origin + "/sdk/"') });
  const page = await ready("/built");
  await page.evaluate(() => firstvalue.track("report.created", { n: -1 }));
  await flush(page);
  assert.equal(server.count("report.created"), 1);
  server.answer = down;
  await page.evaluate(() => {
    for (let n = 0; n < 300; n++) firstvalue.track("report.created", { n, text: "x".repeat(1_000) });
  });
  await eventually(async () => (await outbox(page)).length >= 300, { what: "all of them on the device", within: 20_000 });
  await page.evaluate(() => {
    firstvalue.track("report.created", { n: 300 });
    location.href = "/next";
  });
  await page.waitForFunction(() => location.pathname === "/next");
  await settled(page);
  const beacons = server.batches.filter(({ mode }) => mode === "no-cors");
  assert.ok(beacons.length, "a last try");
  for (const { bytes } of beacons) assert.ok(bytes <= 60_000, `${bytes} bytes`);
  server.got.length = 0;
  server.answer = taken;
  const ids = () => new Set(server.got.filter(({ event }) => event === "report.created").map(({ messageId }) => messageId));
  await eventually(() => ids().size === 301, { what: "all of them", within: 20_000 });
  assert.equal(server.preflights, 0);
  for (const { type, cookie } of server.batches) assert.deepEqual([type.toLowerCase(), cookie], ["text/plain;charset=utf-8", undefined]);
});

test("H2: a strict policy with WebAssembly is enough, from the first script to the end of a guide", async () => {
  server = await collector({ headers: { "content-security-policy": `${POLICY}; report-uri /violations` }, script: await built('assets: location.origin + "/sdk/"') });
  const init = () => {
    window.violations = [];
    document.addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI, sourceFile }) => window.violations.push(`${effectiveDirective} ${blockedURI} ${sourceFile}`));
  };
  const page = await ready("/built", { init });
  await page.evaluate(() => {
    for (let n = 0; n < 3; n++) firstvalue.track("report.created");
  });
  await dialog(page, "Well done");
  await page.evaluate(() => firstvalue.next());
  await dialog(page, "One more thing");
  await page.evaluate(() => firstvalue.next());
  await eventually(() => server.count("guide.completed") === 1, { what: "the end" });
  assert.deepEqual(await page.evaluate(() => window.violations), []);
  assert.equal(server.requests["/violations"], undefined, "nothing was reported");
  assert.deepEqual([page.said, page.threw], [[], []]);
  // The page itself has a script that is not allowed there: what is forbidden is heard of, and none of it is ours.
  const other = await ready("/app", { init });
  await eventually(() => server.requests["/violations"], { what: "a report" });
  const heard = await other.evaluate(() => window.violations);
  assert.ok(heard.length);
  assert.deepEqual(heard.filter((violation) => violation.includes("/sdk/")), []);
});

test("N1: every route is a page once", async () => {
  server = await collector();
  const page = await ready("/app?token=secret#top", { init: () => (window.push = history.pushState) });
  const native = await page.evaluate(async () => {
    history.pushState({}, "", "/reports/1");
    history.replaceState({}, "", "/reports/2?q=1");
    history.replaceState({ only: "state" }, "");
    // As a router does that has kept it from before.
    window.push.call(history, {}, "", "/reports/3");
    const frame = document.body.appendChild(document.createElement("iframe"));
    for (const path of ["/sdk/firstvalue.js", "/sdk/loader.js"]) {
      await new Promise((resolve) => {
        frame.onload = resolve;
        frame.src = path;
      });
    }
    frame.remove();
    return [history.pushState, history.replaceState].every((one) => /native code/.test(one));
  });
  const path = (what) => page.waitForFunction((what) => location.pathname === what, {}, what);
  await page.evaluate(() => history.go(-2));
  await path("/app");
  await page.evaluate(() => history.forward());
  await path("/reports/2");
  await flush(page);
  assert.ok(native);
  const paths = server.got.filter(({ type }) => type === "page").map(({ properties }) => properties.path);
  assert.deepEqual(paths, ["/app", "/reports/1", "/reports/2", "/reports/3", "/app", "/reports/2"]);
  assert.doesNotMatch(JSON.stringify(server.got), /secret/);
});

test("D18: a page that is gone back to knows what was done meanwhile, and was not kept from being held", async () => {
  server = await collector();
  const page = await ready();
  await page.evaluate(() => {
    window.held = "still here";
    addEventListener("pageshow", ({ persisted }) => (window.persisted = persisted));
  });
  await page.goto(`${server.origin}/next`);
  await settled(page);
  await page.evaluate(() => firstvalue.track("report.created"));
  await flush(page);
  await page.evaluate(() => history.back());
  await page.waitForFunction(() => location.pathname === "/app" && window.persisted);
  assert.equal(await page.evaluate(() => window.held), "still here");
  await page.waitForFunction(() => firstvalue.state().milestones["first-report"].reachedAt);
  await page.evaluate(() => firstvalue.track("menu.opened"));
  await flush(page);
  assert.equal(server.count("menu.opened"), 1);
});

test("P2: Global Privacy Control keeps everything on the device, unless the host says that the user has agreed", async () => {
  server = await collector();
  // It is a setting of the whole browser.
  const careful = await launch({ prefs: { "privacy.globalprivacycontrol.enabled": true } });
  try {
    const page = await open(careful, `${server.origin}/app`);
    assert.equal((await settled(page)).state, "ready");
    assert.equal(await page.evaluate(() => navigator.globalPrivacyControl), true);
    await page.evaluate(() => firstvalue.track("report.created"));
    await flush(page);
    assert.equal(server.requests["/v1/batch"], undefined);
    assert.ok(await page.evaluate(() => firstvalue.state().milestones["first-report"].reachedAt));
    await page.evaluate(() => firstvalue.consent("full"));
    await page.evaluate(() => firstvalue.track("menu.opened"));
    await flush(page);
    assert.deepEqual(server.events().map(({ event, type }) => event ?? type), ["menu.opened"]);
  } finally {
    await careful.close();
  }
});

test("D4, X22: a browser that is killed has lost nothing that was kept, and sends it once it is back", async () => {
  server = await collector();
  const profile = await mkdtemp(join(tmpdir(), "firstvalue-profile-"));
  let life;
  const begin = async () => {
    life = await launch({ profile });
    const page = await open(life, `${server.origin}/app`, { context: life.defaultBrowserContext() });
    assert.equal((await settled(page)).state, "ready");
    return page;
  };
  /** With all of its processes. */
  const kill = async () => {
    const child = life.process();
    const ended = new Promise((resolve) => child.once("exit", resolve));
    process.kill(-child.pid, "SIGKILL");
    await ended;
  };
  try {
    server.answer = down;
    const page = await begin();
    await page.evaluate(() => {
      for (let n = 0; n < 50; n++) firstvalue.track("loop.done", { n });
    });
    await eventually(async () => (await outbox(page)).length >= 50, { what: "all of them on the device" });
    await kill();
    server.got.length = 0;
    server.answer = taken;
    await begin();
    await eventually(() => numbers().length === 50, { what: "all of them", within: 20_000 });
    assert.deepEqual(numbers(), upTo(50));
    await kill();
  } finally {
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  }
});
