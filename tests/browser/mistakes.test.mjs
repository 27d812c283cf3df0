// What hosts get wrong: nothing is thrown into the page, the first mistake of a kind is told on the console, and what
// can be understood is.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, test } from "node:test";
import { dist, eventually, launch, root } from "./harness.mjs";
import { collector, open, settled } from "./sdk/collector.mjs";

const browser = await launch();
after(() => browser.close());

/** A page whose script tag has these attributes, or that calls `init` by itself; `stub` is done before. */
async function host(t, { attributes, init, answer, stub } = {}) {
  const script = init && `${await readFile(join(dist, "sdk/firstvalue.iife.js"), "utf8")}; window.started = ${init};`;
  const server = await collector({ ...(attributes && { attributes }), ...(script && { script }) });
  const context = await browser.newContext();
  if (answer) server.answer = answer;
  if (stub) await context.addInitScript(stub);
  const opened = await open(context, `${server.origin}${init ? "/built" : "/app"}`);
  t.after(async () => {
    await context.close();
    await server.close();
    assert.deepEqual(opened.threw, []);
  });
  const names = () => server.got.map(({ event, type, userId }) => event ?? userId ?? type);
  return { ...opened, server, names, flush: () => opened.page.evaluate(() => firstvalue.flush()) };
}

test("a host that hands over nothing, or what is no name, is told once and goes on", async (t) => {
  const { page, said, names, flush } = await host(t);
  await settled(page);
  await page.evaluate(() => {
    for (const nothing of [undefined, null, NaN, true, {}, "", " ", "undefined", Object.create(null)]) {
      firstvalue.identify(nothing);
      firstvalue.track(nothing);
      firstvalue.group(nothing);
    }
    firstvalue.track({ toString: () => { throw new Error("host"); } });
    firstvalue.page(Object.create(null));
    firstvalue.outcome(Object.create(null), 2);
    firstvalue.start(Symbol());
    firstvalue.tap(undefined);
    firstvalue.tap(null);
    firstvalue.tap(Object.freeze({ track() {}, identify() {} }));
    firstvalue.track("report.created", { owner: "Ada" });
    firstvalue.identify(17);
  });
  await flush();
  assert.deepEqual(names().filter((name) => name !== "page"), ["report.created", "17"]);
  assert.equal(said.length, 1, said.join("\n"));
  assert.match(said[0], /^firstvalue: `identify` was ignored: `undefined` is no name$/);
});

test("each mistake is told to who listens, and then not on the console", async (t) => {
  const { page, said } = await host(t);
  await settled(page);
  const told = await page.evaluate(() => {
    const told = [];
    const end = firstvalue.on("error", ({ code, message }) => told.push([code, message]));
    firstvalue.track();
    firstvalue.identify({});
    end();
    return told;
  });
  assert.deepEqual(told, [
    ["argument", "`track` was ignored: `undefined` is no name"],
    ["argument", "`identify` was ignored: `[object Object]` is no name"],
  ]);
  assert.deepEqual(said, []);
});

test("an object that is tapped twice is heard once", async (t) => {
  const { page, names, flush } = await host(t);
  await settled(page);
  await page.evaluate(() => {
    const analytics = { track() {}, identify() {} };
    firstvalue.tap(analytics);
    firstvalue.tap(analytics);
    analytics.track("report.created");
  });
  await flush();
  assert.deepEqual(names().filter((name) => name === "report.created"), ["report.created"]);
});

test("addresses may be URL objects", async (t) => {
  const { page, said } = await host(t, { init: 'firstvalue.init({ writeKey: "key", endpoint: new URL(location.origin), assets: new URL("/sdk/", location.href) })' });
  assert.equal((await settled(page)).state, "ready");
  assert.deepEqual(said, []);
});

test("the address of the playbook may be a URL object, and that of our files without a slash before it", async (t) => {
  const init = 'firstvalue.init({ writeKey: "key", endpoint: location.origin, assets: "sdk", playbook: new URL("/v1/playbook", location.href) })';
  const { page, said } = await host(t, { init });
  assert.deepEqual(await settled(page), { state: "ready" });
  assert.notEqual(await page.evaluate(() => firstvalue.state().milestones["first-report"]), undefined);
  assert.deepEqual(said, []);
});

test("a happening that there is none of is told", async (t) => {
  const { page, said } = await host(t);
  await settled(page);
  await page.evaluate(() => firstvalue.on("milestones", () => {})());
  assert.deepEqual(said, ["firstvalue: there is no happening `milestones`"]);
});

test("a word in the address that asks for nothing of ours changes nothing", async (t) => {
  const { page, server } = await host(t);
  for (const word of ["1", "off", "inspector"]) {
    await page.goto(`${server.origin}/app?firstvalue=${word}`);
    assert.deepEqual(await settled(page), { state: "ready" }, word);
  }
});

test("an endpoint without a scheme is told", async (t) => {
  const { page, said } = await host(t, { init: 'firstvalue.init({ writeKey: "key", endpoint: "collector.example.com", assets: location.origin + "/sdk/" })' });
  await settled(page);
  assert.match(said[0], /^firstvalue: `endpoint` does not begin with https:\/\/: collector\.example\.com$/);
});

for (const level of ["granted", "None", "false"]) {
  test(`P1: consent that is none of the three (${level}) is none`, async (t) => {
    const { page, said, server } = await host(t, { attributes: `data-consent="${level}"` });
    await page.waitForFunction(() => firstvalue.status.code);
    const kept = () => page.evaluate(async () => [firstvalue.status.code, localStorage.length, (await indexedDB.databases()).length]);
    assert.deepEqual(await kept(), ["no_consent", 0, 0]);
    assert.deepEqual(server.got, []);
    assert.deepEqual(said, [`firstvalue: consent \`${level}\` counts as \`none\`: it is \`none\`, \`local\` or \`full\``]);
  });
}

test("P1: what is none of the three takes consent back", async (t) => {
  const { page } = await host(t);
  await settled(page);
  await page.evaluate(() => firstvalue.consent("denied"));
  await eventually(() => page.evaluate(() => localStorage.length === 0 && firstvalue.status.code === "no_consent"), { what: "the end" });
});

test("a script tag whose attributes lack the write key says so", async (t) => {
  const { page, said } = await host(t, { attributes: 'data-endpoint="https://collector.example"', stub: () => Object.defineProperty(HTMLElement.prototype, "dataset", { get() { return { writekey: "key" }; } }) });
  assert.equal((await settled(page)).code, "no_write_key");
  assert.deepEqual(said, ["firstvalue: `init` needs a `writeKey`"]);
  // Whoever looks for the reason finds the debugger.
  await page.evaluate(() => firstvalue.debug());
  await page.locator("fv-debugger").getByRole("button", { name: "Copy as text" }).waitFor();
});

test("what others put on script tags is no mistake of a host that calls `init` itself", async (t) => {
  const { page, said } = await host(t, { stub: () => Object.defineProperty(HTMLElement.prototype, "dataset", { get: () => ({ nscript: "afterInteractive", cfasync: "false" }) }) });
  await page.waitForFunction(() => window.firstvalue?.init);
  assert.deepEqual(await page.evaluate(() => firstvalue.status), { state: "idle" });
  assert.deepEqual(said, []);
});

test("a key that the collector does not know is told", async (t) => {
  const { said, page, flush } = await host(t, { answer: () => ({ status: 401, body: {} }) });
  await settled(page);
  await page.evaluate(() => firstvalue.track("report.created"));
  await flush();
  await flush();
  assert.equal(said.length, 1, said.join("\n"));
  assert.match(said[0], /^firstvalue: \d lost: the collector answered 401$/);
});

test("P6: a parameter that is named alone is no part of another's name", async (t) => {
  const { page, server, flush } = await host(t, { init: 'history.replaceState(null, "", "?s=SECRET&utm_source=news&ce=TOKEN"), firstvalue.init({ writeKey: "key", query: "utm_source", assets: location.origin + "/sdk/", endpoint: location.origin })' });
  await settled(page);
  await flush();
  assert.deepEqual([...new Set(server.got.map(({ context }) => context.page.search))], ["?utm_source=news"]);
});

test("of a hook that gives no message nothing is sent, and that is told", async (t) => {
  const { page, said, names, flush } = await host(t, {
    init: `firstvalue.init({ writeKey: "key", assets: location.origin + "/sdk/", endpoint: location.origin, beforeSend: (message) =>
      ({ "one.done": true, "two.done": Promise.resolve(message), "three.done": 0 })[message.event] ?? message })`,
  });
  await settled(page);
  await page.evaluate(() => ["one", "two", "three", "four"].forEach((name) => firstvalue.track(`${name}.done`)));
  await flush();
  assert.deepEqual(names().filter((name) => name.endsWith(".done")), ["four.done"]);
  assert.deepEqual(said, ["firstvalue: `beforeSend` threw: TypeError: it gives no message"]);
});

test("what the host ends itself is no failure", async (t) => {
  const { page, said } = await host(t, { init: 'firstvalue.init({ writeKey: "key", assets: location.origin + "/sdk/", endpoint: location.origin }), firstvalue.destroy()' });
  assert.deepEqual(await page.evaluate(() => firstvalue.status.state), "off");
  assert.deepEqual(said, []);
});

test("an address at which there is no playbook is told", async (t) => {
  const { page, said } = await host(t, { init: 'firstvalue.init({ writeKey: "key", playbook: "/elsewhere", assets: location.origin + "/sdk/", endpoint: location.origin })' });
  assert.equal((await settled(page)).state, "ready");
  assert.deepEqual(said, ["firstvalue: the playbook cannot be read, or is of another version"]);
});

test("where the playbook of an earlier page is in force, it is no mistake that none comes", async (t) => {
  const { page, said } = await host(t);
  await settled(page);
  await page.evaluate(() => firstvalue.flush());
  await page.route("**/v1/playbook*", (route) => route.abort());
  const failed = page.waitForEvent("requestfailed");
  await page.reload();
  await failed;
  await settled(page);
  await page.evaluate(() => firstvalue.track("report.created"));
  assert.ok(await page.evaluate(() => firstvalue.state().milestones["first-report"].reachedAt));
  assert.deepEqual(said, []);
});

test("a time limit that is no number is the usual one", async (t) => {
  const { page, said } = await host(t, { attributes: 'data-load-timeout="10s"' });
  assert.equal((await settled(page)).state, "ready");
  assert.deepEqual(said, []);
});

test("the stubs of the documents keep all calls that need no answer, until the script comes", async (t) => {
  const documents = ["README.md", "www/loader/firstvalue.d.ts"];
  const stubs = await Promise.all(documents.map(async (file) => /for \(const call of (\[.*?\])\)/s.exec(await readFile(join(root, file), "utf8"))[1]));
  const calls = JSON.parse(stubs[0]);
  assert.deepEqual(JSON.parse(stubs[1]), calls);
  const { page, names, flush } = await host(t, {
    stub: `window.firstvalue = { q: [] }; window.heard = []; window.analytics = { track() {}, identify() {} };
      for (const call of ${stubs[0]}) firstvalue[call] = (...args) => void firstvalue.q.push([Date.now(), call, ...args]);
      firstvalue.on("event", ({ event }) => heard.push(event)); firstvalue.track("early.done"); firstvalue.tap(analytics);`,
  });
  await settled(page);
  await page.evaluate(() => analytics.track("tapped.done"));
  await flush();
  assert.deepEqual(names().filter((name) => name.endsWith(".done")), ["early.done", "tapped.done"]);
  assert.deepEqual((await page.evaluate(() => heard)).filter(Boolean), ["early.done", "tapped.done"]);
  const missing = await page.evaluate((calls) => calls.filter((call) => typeof firstvalue[call] !== "function"), calls);
  assert.deepEqual(missing, []);
});
