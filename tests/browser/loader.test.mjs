// The supervisor: whatever becomes of the WebAssembly package, the host's page works, one line says
// why, and events arrive.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { dist, eventually, launch } from "./harness.mjs";
import { collector, open, settled, taken } from "./sdk/collector.mjs";

const WASM = "firstvalue_core_bg.wasm";

let browser;

before(async () => {
  browser = await launch();
});

after(() => browser?.close());

/** Opens a host page with a fault in it, and checks all that must hold in spite of that. */
async function survives({ state, code, prepare, look, ...options }) {
  const server = await collector(options);
  const context = await browser.newContext();
  try {
    await prepare?.(context);
    const { page, said, threw } = await open(context, `${server.origin}/app`);
    await page.evaluate(() => {
      window.firstvalue ??= { q: [] };
      const { track, q } = window.firstvalue;
      if (track) track("early.done", { n: 1.5 });
      else q.push([Date.now(), "track", "early.done", { n: 1.5 }]);
    });
    const status = await settled(page);
    assert.deepEqual([status.state, status.code], [state, code], status.reason);
    assert.ok(status.reason);

    await page.evaluate(() => {
      window.firstvalue.identify("u1", { plan: "pro" });
      window.firstvalue.track("late.done");
      window.firstvalue.start("well-done");
    });
    const events = await eventually(() => server.events().length >= 3 && server.events(), { what: "the events" });
    assert.deepEqual(
      events.map(({ type, event, userId, properties, traits }) => [type, event, userId, properties ?? traits]),
      [
        ["track", "early.done", undefined, { n: 1.5 }],
        ["identify", undefined, "u1", { plan: "pro" }],
        ["track", "late.done", "u1", undefined],
      ],
    );
    assert.equal(new Set(events.map(({ anonymousId }) => anonymousId)).size, 1);
    assert.ok(server.last.type.startsWith("text/plain"));

    await page.click("#host");
    assert.equal(await page.textContent("#host"), "clicked");
    assert.equal(await page.locator("fv-root").count(), 0);
    assert.equal(await page.evaluate(() => window.firstvalue.state()), null);
    assert.equal(said.filter((line) => line.startsWith("firstvalue")).length, 1, said.join("\n"));
    assert.deepEqual(threw, []);
    await look?.(page);

    // Who the user is, and what was not delivered, is known to the next page.
    server.answer = () => ({ status: 500, body: {} });
    await page.evaluate(() => window.firstvalue.track("last.done"));
    await page.goto(`${server.origin}/next`);
    server.got.length = 0;
    server.answer = (batch) => ({ status: 200, body: { events: batch.map(({ messageId }) => ({ messageId, status: "ok" })) } });
    const last = await eventually(() => server.events().find(({ event }) => event === "last.done"), { what: "the last event" });
    assert.deepEqual([last.userId, last.anonymousId], ["u1", events[0].anonymousId]);
  } finally {
    await context.close();
    await server.close();
  }
}

/** A host page without a fault but those of `options`, and that for which it was `prepare`d. */
async function host(options, prepare) {
  const server = await collector(options);
  const context = await browser.newContext();
  await prepare?.(context);
  const { page } = await open(context, `${server.origin}/app`);
  return { server, context, page };
}

const answer = (status, body, headers = {}) => (name, response) =>
  name === WASM && !!response.writeHead(status, { "content-type": "application/wasm", ...headers }).end(body);

test("X1: the package is missing", () => survives({ state: "failed", code: "load_failed", sdk: answer(404, "no") }));

test("X1: a page stands where the package should be", () =>
  survives({ state: "failed", code: "load_failed", sdk: answer(200, "<html></html>", { "content-type": "text/html" }) }));

test("X1: the package is cut off", () => {
  const half = readFileSync(join(dist, "sdk", WASM)).subarray(0, 20_000);
  return survives({ state: "failed", code: "load_failed", sdk: answer(200, half) });
});

test("H4, X2: the package never comes", () =>
  survives({
    state: "failed",
    code: "load_timeout",
    attributes: 'data-load-timeout="400"',
    sdk: (name) => name === WASM,
  }));

test("X1: the glue is missing", () =>
  survives({
    state: "failed",
    code: "load_failed",
    sdk: (name, response) => name === "firstvalue_core.js" && !!response.writeHead(404).end(),
  }));

test("X1: the package is blocked on its way", () =>
  survives({
    state: "failed",
    code: "load_failed",
    prepare: (context) => context.route(`**/${WASM}`, (route) => route.abort()),
  }));

test("H3, X5: the policy does not allow WebAssembly", () =>
  survives({
    state: "blocked",
    code: "wasm_blocked",
    headers: { "content-security-policy": "script-src 'self' 'unsafe-inline'" },
    prepare: (context) =>
      context.addInitScript(() => {
        window.violations = 0;
        document.addEventListener("securitypolicyviolation", ({ blockedURI }) => (window.violations += Number(blockedURI === "wasm-eval")));
      }),
    look: async (page) => assert.equal(await page.evaluate(() => window.violations), 1, "the page is asked once"),
  }));

test("X5, N1: without WebAssembly the pages that are shown are still told", async () => {
  const server = await collector({ headers: { "content-security-policy": "script-src 'self' 'unsafe-inline'" } });
  const context = await browser.newContext();
  try {
    const { page } = await open(context, `${server.origin}/app`);
    assert.equal((await settled(page)).state, "blocked");
    await page.evaluate(() => history.pushState({}, "", "/reports"));
    await page.evaluate(() => {
      firstvalue.track("report.created");
      return firstvalue.flush();
    });
    assert.deepEqual(server.got.map(({ type, context }) => [type, context.page.path]), [["page", "/app"], ["page", "/reports"], ["track", "/reports"]]);
  } finally {
    await context.close();
    await server.close();
  }
});

test("X3: a package that is served as any other file works, and nobody is warned", async () => {
  const bytes = readFileSync(join(dist, "sdk", WASM));
  const server = await collector({ sdk: answer(200, bytes, { "content-type": "application/octet-stream" }) });
  const context = await browser.newContext();
  const { page, said, threw } = await open(context, `${server.origin}/app`);
  assert.deepEqual(await settled(page), { state: "ready" });
  assert.deepEqual([said, threw], [[], []]);
  await context.close();
  await server.close();
});

test("X4: a script that is not the one that the host has named is not run, and the page works", async () => {
  const server = await collector({ attributes: 'integrity="sha384-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA" crossorigin' });
  const context = await browser.newContext();
  const { page, threw } = await open(context, `${server.origin}/app`);
  await eventually(() => server.requests["/sdk/firstvalue.iife.js"], { what: "the request for the script" });
  await page.waitForLoadState();
  assert.equal(await page.evaluate(() => typeof window.firstvalue), "undefined");
  await page.click("#host");
  assert.equal(await page.textContent("#host"), "clicked");
  assert.deepEqual([threw, server.got], [[], []]);
  await context.close();
  await server.close();
});

/** Has the package break down, so many times: what it calls throws where nothing may. There is no other way in. */
const breakDown = (page, times) =>
  page.evaluate((times) => {
    const { now } = Date;
    Date.now = () => {
      if (times && /firstvalue_core/.test(new Error().stack)) {
        times--;
        throw new Error("broken");
      }
      return now();
    };
  }, times);

test("H5, H6, X8, X10: the package breaks down, and is brought in again", async () => {
  const server = await collector();
  const context = await browser.newContext();
  const { page, said, threw } = await open(context, `${server.origin}/app`);
  assert.equal((await settled(page)).state, "ready");
  await page.evaluate(() => window.firstvalue.track("before.done"));
  await breakDown(page, 1);
  const status = await page.evaluate(async () => {
    window.firstvalue.track("after.done");
    await window.firstvalue.flush();
    return window.firstvalue.status;
  });
  assert.deepEqual([status.state, status.code], ["failed", "trap"]);
  await page.evaluate(() => {
    for (let n = 0; n < 2; n++) window.firstvalue.track("report.created");
    return window.firstvalue.flush();
  });
  assert.deepEqual([server.count("before.done"), server.count("after.done")], [1, 1]);
  await page.waitForFunction(() => window.firstvalue.status.state === "ready");
  const reached = () => page.evaluate(() => Object.entries(window.firstvalue.state().milestones).flatMap(([id, { reachedAt }]) => (reachedAt ? id : [])));
  assert.deepEqual(await reached(), ["first-report"], "what happened meanwhile counts, and once");
  await page.evaluate(() => window.firstvalue.track("report.created", { title: "Überblick 概要", rows: 1.5 }));
  assert.deepEqual(await reached(), ["first-report", "three-reports"], "it decides again");
  assert.equal(said.length, 1, said.join("\n"));
  assert.deepEqual(threw, []);
  await context.close();
  await server.close();
});

test("H5: a package that breaks down again is left alone in this tab, and no event is lost", async () => {
  const server = await collector();
  const context = await browser.newContext();
  const { page, said, threw } = await open(context, `${server.origin}/app`);
  assert.equal((await settled(page)).state, "ready");
  await breakDown(page, 2);
  server.answer = () => ({ status: 500, body: {} });
  await page.evaluate(() => {
    for (let n = 0; n < 10; n++) window.firstvalue.track("kept.done", { n });
    return window.firstvalue.flush();
  });
  await eventually(() => said.length === 2, { what: "the second breakdown" });
  await page.goto("about:blank");
  const loaded = server.requests["/sdk/firstvalue_core_bg.wasm"];
  server.got.length = 0;
  server.answer = taken;
  await page.goto(`${server.origin}/next`);
  assert.deepEqual(await settled(page), { state: "failed", code: "trap", reason: "it has broken down twice" });
  await eventually(() => server.count("kept.done") >= 10, { what: "what was kept" });
  await page.evaluate(() => window.firstvalue.flush());
  assert.deepEqual(server.got.filter(({ event }) => event === "kept.done").map(({ properties }) => properties.n), Array.from({ length: 10 }, (_, n) => n), "none is lost, none is there twice");
  assert.equal(server.requests["/sdk/firstvalue_core_bg.wasm"], loaded);
  assert.deepEqual(threw, []);

  const { page: other } = await open(context, `${server.origin}/app`);
  assert.equal((await settled(other)).state, "ready", "another tab begins anew");
  await context.close();
  await server.close();
});

test("H2, X7: a strict policy with WebAssembly is enough", async () => {
  const policy = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; require-trusted-types-for 'script'; trusted-types 'none'";
  const server = await collector({ headers: { "content-security-policy": policy } });
  const context = await browser.newContext();
  await context.addInitScript(() => {
    window.violations = [];
    document.addEventListener("securitypolicyviolation", (event) => window.violations.push(event.violatedDirective + " " + event.sourceFile));
  });
  const { page } = await open(context, `${server.origin}/app`);
  assert.equal((await settled(page)).state, "ready");
  const ours = await page.evaluate(() => window.violations.filter((violation) => violation.includes("/sdk/")));
  assert.deepEqual(ours, []);
  await context.close();
  await server.close();
});

test("D21: calls of the stub keep their order and their time", async () => {
  const server = await collector();
  const context = await browser.newContext();
  await context.addInitScript(() => {
    window.firstvalue = { q: [] };
    for (const call of ["identify", "track", "on"]) {
      window.firstvalue[call] = (...args) => window.firstvalue.q.push([Date.now() - 5_000, call, ...args]);
    }
    window.firstvalue.track("stub.done", { n: 1 });
    window.firstvalue.identify("u1");
    window.reached = [];
    window.firstvalue.on("milestone", ({ milestone }) => window.reached.push(milestone));
    window.firstvalue.track("report.created");
  });
  const { page } = await open(context, `${server.origin}/app`);
  await settled(page);
  await eventually(() => server.count("report.created"), { what: "the event" });
  assert.deepEqual(server.events().map(({ type, event }) => event ?? type), ["stub.done", "identify", "report.created"]);
  const age = Date.parse(server.last.sentAt) - Date.parse(server.events()[0].timestamp);
  assert.ok(age >= 5_000, `${age} ms`);
  await page.waitForFunction(() => window.reached.includes("first-report"));
  await context.close();
  await server.close();
});

test("H1, X9: handlers that throw and arguments that are no data harm nobody", async () => {
  const server = await collector();
  const context = await browser.newContext();
  const { page, threw } = await open(context, `${server.origin}/app`);
  await settled(page);
  const problems = await page.evaluate(async () => {
    const problems = [];
    window.firstvalue.on("error", ({ code }) => problems.push(code));
    const off = window.firstvalue.on("event", () => {
      throw new Error("host");
    });
    const round = {};
    round.round = round;
    window.firstvalue.track("round.done", round);
    window.firstvalue.track("");
    window.firstvalue.track("right.done");
    await window.firstvalue.flush();
    off();
    window.firstvalue.track("quiet.done");
    await window.firstvalue.flush();
    return problems;
  });
  assert.deepEqual(problems, ["argument", "argument", "handler"]);
  assert.deepEqual(server.events().map(({ event }) => event), ["right.done", "quiet.done"]);
  assert.deepEqual(threw, []);
  await context.close();
  await server.close();
});

test("what is taken away leaves no listener and no element", async () => {
  const server = await collector();
  const context = await browser.newContext();
  await context.addInitScript(() => {
    // Playwright listens as well, so only calls from our files count.
    const ours = () => new Error().stack.includes("/sdk/");
    window.listening = 0;
    const { addEventListener, removeEventListener } = EventTarget.prototype;
    EventTarget.prototype.addEventListener = function (...args) {
      if (ours()) window.listening++;
      return addEventListener.apply(this, args);
    };
    EventTarget.prototype.removeEventListener = function (...args) {
      if (ours()) window.listening--;
      return removeEventListener.apply(this, args);
    };
  });
  const { page } = await open(context, `${server.origin}/app`);
  await settled(page);
  const before = await page.evaluate(() => window.listening);
  assert.ok(before > 5, `${before} listeners`);
  await page.evaluate(() => window.firstvalue.destroy());
  assert.equal(await page.evaluate(() => window.listening), 0);
  assert.equal(await page.evaluate(() => window.firstvalue.status.state), "off");
  assert.equal(await page.locator("fv-root").count(), 0);
  await context.close();
  await server.close();
});

test("H10: nothing of the page's own is another, and there is one new name", async () => {
  const server = await collector();
  const context = await browser.newContext();
  await context.addInitScript(() => {
    const kinds = [Array, CSSStyleSheet, Document, Element, Event, EventTarget, Function, History, HTMLElement, Map, Navigator, Node, Object, Promise, Storage, String, XMLHttpRequest];
    const objects = [window, Object, Promise, Reflect, JSON, ...kinds.map((kind) => kind.prototype)];
    const look = () => objects.map((it) => Object.getOwnPropertyDescriptors(it));
    const before = look();
    /** What has come, gone, or is another function, by name. */
    window.changed = () =>
      look().flatMap((now, place) => {
        const then = before[place];
        const isSame = (key, part) => typeof then[key]?.[part] !== "function" || then[key][part] === now[key]?.[part];
        return Reflect.ownKeys({ ...then, ...now }).filter((key) => !(key in then && key in now && ["value", "get", "set"].every((part) => isSame(key, part))));
      });
  });
  const { page } = await open(context, `${server.origin}/app`);
  await settled(page);
  await page.evaluate(() => (firstvalue.track("report.created"), firstvalue.start("well-done")));
  await page.locator("fv-root").getByText("Well done").first().waitFor();
  const during = await page.evaluate(() => window.changed().map(String).filter((key) => key !== "changed"));
  assert.deepEqual(during, ["firstvalue"]);
  const marks = () =>
    page.evaluate(() => [
      ...[document.documentElement, document.head, document.body].map((it) => it.getAttributeNames().join()),
      document.querySelectorAll("style, link").length,
      document.adoptedStyleSheets.length,
    ]);
  assert.deepEqual(await marks(), ["lang", "", "", 0, 0]);
  await page.evaluate(() => firstvalue.destroy());
  assert.deepEqual(await marks(), ["lang", "", "", 0, 0]);
  await context.close();
  await server.close();
});

test("H18: a second script tag, another `init` and a bundle with the module are the one that is there", async () => {
  const server = await collector();
  const context = await browser.newContext();
  const { page, threw } = await open(context, `${server.origin}/app`);
  await settled(page);
  await page.evaluate(async () => {
    const first = firstvalue;
    const script = Object.assign(document.createElement("script"), { src: "/sdk/firstvalue.iife.js?again" });
    script.dataset.writeKey = "other";
    await new Promise((done) => ((script.onload = done), document.body.append(script)));
    const { firstvalue: imported } = await import("/sdk/firstvalue.js");
    if (window.firstvalue !== first || imported !== first) throw new Error("another one");
    await imported.init({ writeKey: "third" });
    imported.track("report.created");
    await imported.flush();
  });
  await eventually(() => server.count("report.created"), { what: "the event" });
  assert.deepEqual([server.count("report.created"), server.last.writeKey, threw], [1, "key", []]);
  await context.close();
  await server.close();
});

test("H18: two bundles that hold the module have one instance once it is started", async () => {
  const script = `
    import { firstvalue as one } from "/sdk/firstvalue.js?one";
    await one.init({ writeKey: "key", endpoint: location.origin });
    const { firstvalue: other } = await import("/sdk/firstvalue.js?other");
    window.isOne = one === other && one === window.firstvalue;`;
  const server = await collector({ script });
  const context = await browser.newContext();
  const { page, threw } = await open(context, `${server.origin}/built`);
  await page.waitForFunction(() => "isOne" in window);
  assert.ok(await page.evaluate(() => window.isOne));
  assert.deepEqual(threw, []);
  await context.close();
  await server.close();
});

/** Runs a module on a page, until it is done; what came, by its name, and what was thrown. */
async function run(script, options = {}) {
  const server = await collector({ script: `${script}; window.isDone = true;`, ...options });
  const context = await browser.newContext();
  const { page, threw } = await open(context, `${server.origin}/built`);
  await page.waitForFunction(() => window.isDone);
  const once = new Map(server.got.map((message) => [message.messageId, message]));
  const events = [...once.values()].map(({ event, type, userId }) => event ?? (type === "page" ? type : userId));
  const told = await page.evaluate(() => window.told);
  await context.close();
  await server.close();
  assert.deepEqual(threw, []);
  return { events, told };
}

test("H18: a script tag that comes after the module is the one, and gets what was called in the module", async () => {
  const { events, told } = await run(`
    import { firstvalue as ours } from "/sdk/firstvalue.js";
    window.told = [];
    const end = ours.on("event", ({ event }) => told.push(event));
    ours.track("early.done", { n: 1 });
    ours.identify("u1");
    const script = Object.assign(document.createElement("script"), { src: "/sdk/firstvalue.iife.js" });
    script.dataset.writeKey = "key";
    await new Promise((done) => ((script.onload = done), document.body.append(script)));
    await firstvalue.init({});
    await ours.init({ writeKey: "other", endpoint: location.origin });
    ours.track("late.done");
    await firstvalue.flush();
    end();
    ours.track("last.done");
    await ours.flush();
    if (ours.state().userId !== "u1" || ours.status !== firstvalue.status) throw new Error("another one");`);
  assert.deepEqual(events, ["page", "early.done", "u1", "late.done", "last.done"]);
  assert.deepEqual(told.filter(Boolean), ["early.done", "late.done"]);
});

test("H18: a module that is started takes over what the stub of the script tag has kept", async () => {
  const { events } = await run(`
    window.firstvalue = { q: [] };
    for (const call of ["init", "track"]) firstvalue[call] = (...args) => void firstvalue.q.push([Date.now(), call, ...args]);
    firstvalue.track("early.done");
    const { firstvalue: ours } = await import("/sdk/firstvalue.js");
    await ours.init({ writeKey: "key", endpoint: location.origin });
    firstvalue.track("late.done");
    await ours.flush();`);
  assert.deepEqual(events, ["page", "early.done", "late.done"]);
});

test("what was ended begins anew with another init, and what was tracked before arrives once", async () => {
  const { events, told } = await run(`
    import { firstvalue } from "/sdk/firstvalue.js";
    const begin = () => firstvalue.init({ writeKey: "key", endpoint: location.origin, forward: ["dataLayer"], autoPage: false });
    const shown = () => new Promise((done) => (firstvalue.on("step", done), firstvalue.start("well-done")));
    window.told = [];
    // As a framework does that tries whether its components clean up after themselves.
    begin();
    firstvalue.track("first.done");
    firstvalue.destroy();
    told.push((await begin()).state);
    firstvalue.track("second.done");
    await shown();
    firstvalue.destroy();
    firstvalue.track("lost.done");
    told.push(firstvalue.status.state, (await begin()).state);
    firstvalue.track("report.created");
    await firstvalue.flush();
    await shown();
    told.push(document.querySelectorAll("fv-root").length, dataLayer.filter(({ event }) => event === "milestone.reached").length, !!firstvalue.state().milestones["first-report"].reachedAt);`);
  assert.deepEqual(events.filter((event) => !event.startsWith("guide.")).sort(), ["first.done", "report.created", "second.done"]);
  assert.deepEqual(told, ["ready", "off", "ready", 1, 1, true]);
});

test("D21: what is tracked just before all is taken away is kept, also without WebAssembly", async () => {
  const { context, server, page } = await host({ headers: { "content-security-policy": "script-src 'self' 'unsafe-inline'" } });
  await settled(page);
  await page.evaluate(() => {
    firstvalue.track("last.done");
    firstvalue.destroy();
  });
  await page.goto(`${server.origin}/next`);
  await settled(page);
  await page.evaluate(() => firstvalue.flush());
  assert.equal(new Set(server.got.filter(({ event }) => event === "last.done").map(({ messageId }) => messageId)).size, 1);
  await context.close();
  await server.close();
});

test("what begins anew on another path has shown that page and no other", async () => {
  const { context, server, page } = await host({});
  await settled(page);
  await page.evaluate(async () => {
    await firstvalue.flush();
    firstvalue.destroy();
    history.pushState(null, "", "/second");
    await firstvalue.init({ writeKey: "key" });
    await firstvalue.flush();
  });
  const paths = new Map(server.got.map(({ messageId, properties }) => [messageId, properties?.path]));
  assert.deepEqual([...paths.values()], ["/app", "/second"]);
  await context.close();
  await server.close();
});

test("D2: what is tracked while the package is on its way counts though the page is left before it is there", async () => {
  const { context, server, page } = await host({}, async (context) => {
    let slow = true;
    await context.route("**/firstvalue_core_bg.wasm", async (route) => {
      if (slow) {
        slow = false;
        await new Promise(() => {});
      }
      await route.continue();
    });
  });
  await page.waitForFunction(() => window.firstvalue?.status?.state === "loading");
  await page.evaluate(() => firstvalue.track("report.created"));
  await page.goto(`${server.origin}/next`);
  await settled(page);
  assert.ok(await page.evaluate(() => firstvalue.state().milestones["first-report"].reachedAt));
  await page.evaluate(() => firstvalue.flush());
  assert.equal(new Set(server.got.filter(({ event }) => event === "report.created").map(({ messageId }) => messageId)).size, 1);
  await context.close();
  await server.close();
});

test("the module does nothing where there is no page", async () => {
  const { firstvalue } = await import(pathToFileURL(join(dist, "sdk/firstvalue.js")));
  firstvalue.track("server.done");
  assert.equal(firstvalue.status.state, "off");
  assert.equal((await firstvalue.init({ writeKey: "key" })).state, "off");
  assert.equal(firstvalue.state(), null);
});
