// What a host page does to us, by the numbers of the faults: for each it is counted what was tracked, what
// arrived, and what arrived twice.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, afterEach, before, beforeEach, test } from "node:test";
import { eventually, launch, root, serve } from "./harness.mjs";
import { collector, open, outbox, settled, taken } from "./sdk/collector.mjs";

let browser, server, context;

before(async () => {
  browser = await launch();
});
after(() => browser?.close());
beforeEach(async () => {
  context = await browser.newContext();
});
afterEach(async () => {
  await context?.close();
  await server?.close();
});

const down = () => ({ status: 500, body: {} });
const loop = (page, from, to) =>
  page.evaluate(([from, to]) => {
    for (let n = from; n < to; n++) firstvalue.track("loop.done", { n });
  }, [from, to]);
const flush = (page) => page.evaluate(() => firstvalue.flush());
/** What a collector has stored: each id once. A beacon acknowledges nothing, so what it brought comes again. */
const stored = () => [...new Map(server.got.map((message) => [message.messageId, message])).values()];
const numbers = () => stored().filter(({ event }) => event === "loop.done").map(({ properties }) => properties.n).sort((a, b) => a - b);
const upTo = (count) => Array.from({ length: count }, (_, n) => n);
/** Waits for so many, and asks that each has come once. */
async function delivered(page, count) {
  await eventually(() => new Set(numbers()).size >= count, { what: `${count} events`, within: 20_000 });
  await flush(page);
  assert.deepEqual(numbers(), upTo(count), "none is lost, none is there twice");
}

test("X6: where the policy forbids the collector guides work, and what is tracked waits for a page that may send", async () => {
  let lenient = false;
  const policy = { get "content-security-policy"() { return lenient ? "connect-src *" : "connect-src 'self'"; } };
  server = await collector();
  const host = await serve(async (request, response, { pathname }) => {
    if (pathname === "/favicon.ico") return response.writeHead(204).end();
    const reply = await fetch(server.origin + pathname);
    const type = reply.headers.get("content-type") ?? "";
    let body = Buffer.from(await reply.arrayBuffer());
    if (type.startsWith("text/html")) body = String(body).replace('data-write-key="key"', `data-write-key="key" data-playbook="/v1/playbook" data-endpoint="${server.origin.replace("127.0.0.1", "localhost")}"`);
    response.writeHead(reply.status, { "content-type": type, ...policy }).end(body);
  });
  try {
    const { page, threw } = await open(context, `${host.origin}/app`);
    assert.equal((await settled(page)).state, "ready");
    await loop(page, 0, 20);
    await page.evaluate(() => firstvalue.start("well-done"));
    await page.locator("fv-root").getByText("Well done").first().waitFor();
    await flush(page);
    await eventually(async () => (await outbox(page)).filter(({ event }) => event === "loop.done").length === 20, { what: "all of them on the device" });
    assert.deepEqual([threw, server.got], [[], []]);
    lenient = true;
    // Another address of the same machine has a collector that answers anybody.
    await context.route("http://localhost:*/v1/batch", async (route) => {
      const { batch } = JSON.parse(route.request().postData());
      server.got.push(...batch);
      await route.fulfill({ status: 200, json: taken(batch).body, headers: { "access-control-allow-origin": "*" } });
    });
    await page.goto(`${host.origin}/next`);
    await settled(page);
    await delivered(page, 20);
    assert.deepEqual(threw, []);
  } finally {
    await host.close();
  }
});

test("H19, X12, X40: a guide whose element or page the host has taken away is back, and destroy leaves nothing of it", async () => {
  server = await collector({ playbook: "guides.yaml" });
  const { page, threw } = await open(context, `${server.origin}/tour`);
  await settled(page);
  const step = (text) => page.locator("fv-root").getByText(text).first();
  await step("Go there").waitFor();
  await page.evaluate(() => document.querySelector("fv-root").remove());
  await step("Go there").waitFor();
  await loop(page, 0, 5);
  await page.evaluate(() => firstvalue.next());
  await step("Here you are").waitFor();
  await page.evaluate(() => {
    const body = document.createElement("body");
    body.innerHTML = '<button id="host">Another body</button>';
    document.body.replaceWith(body);
  });
  await page.evaluate(() => firstvalue.back());
  await page.evaluate(() => firstvalue.next());
  await step("Here you are").waitFor();
  await loop(page, 5, 10);
  await page.focus("#host");
  await page.evaluate(() => firstvalue.destroy());
  assert.equal(await page.locator("fv-root").count(), 0);
  assert.equal(await page.evaluate(() => document.activeElement.id), "host", "the focus stays where it was");
  assert.deepEqual(threw, []);
  await page.goto(`${server.origin}/next`);
  await settled(page);
  await delivered(page, 10);
});

test("D19, X25: beside a newer version in another tab both go on", async () => {
  server = await collector();
  const { page, threw } = await open(context, `${server.origin}/app`);
  await settled(page);
  await loop(page, 0, 5);
  const newer = await context.newPage();
  // On the same origin, and without us.
  await newer.goto(`${server.origin}/sdk/integrity.json`);
  // A database of its own format, and news that nobody knows yet.
  const upgraded = await newer.evaluate(
    () =>
      new Promise((resolve) => {
        const request = indexedDB.open("firstvalue", 2);
        request.onsuccess = () => (request.result.close(), resolve("upgraded"));
        request.onblocked = () => resolve("blocked");
      }),
  );
  assert.equal(upgraded, "upgraded", "the older one lets go of the database");
  await newer.evaluate(() => {
    const channel = new BroadcastChannel("firstvalue");
    channel.postMessage({ later: [1], shared: [["somebody", [Date.now(), "rewarded", "x", "{}", "id"]]], seen: false });
  });
  await loop(page, 5, 10);
  await flush(page);
  const { page: older } = await open(context, `${server.origin}/older`);
  assert.equal((await settled(older)).state, "ready");
  await loop(older, 10, 15);
  await flush(older);
  await delivered(page, 15);
  assert.deepEqual(threw, []);
});

test("D10, D13, X28: a collector that is away for an hour is left in peace, and then gets everything once", async () => {
  server = await collector();
  await context.clock.install();
  server.answer = down;
  const { page, threw } = await open(context, `${server.origin}/app`);
  await context.clock.runFor(1_000);
  await settled(page);
  await loop(page, 0, 20);
  for (let minute = 0; minute < 60; minute++) {
    await context.clock.runFor(60_000);
    // What was asked in this minute is answered before the next.
    await page.evaluate(() => fetch("/favicon.ico"));
    await eventually(() => server.sending === 0);
  }
  const attempts = server.requests["/v1/batch"];
  assert.ok(attempts > 5 && attempts < 65, `${attempts} attempts in an hour`);
  server.got.length = 0;
  server.answer = taken;
  for (let minute = 0; minute < 6; minute++) {
    await context.clock.runFor(60_000);
    await page.evaluate(() => fetch("/favicon.ico"));
  }
  await eventually(() => new Set(numbers()).size === 20, { what: "all of them" });
  assert.deepEqual(numbers(), upTo(20), "none is lost, none is there twice");
  assert.deepEqual(threw, []);
});

test("P10, X39: consent that is taken back in the middle of a tour and of sending ends both, and forgets", async () => {
  server = await collector({ playbook: "guides.yaml" });
  const { page, threw } = await open(context, `${server.origin}/tour`);
  await settled(page);
  await page.locator("fv-root").getByText("Go there").first().waitFor();
  await flush(page);
  server.got.length = 0;
  let aborted = 0;
  server.answer = () => new Promise(() => {});
  page.on("requestfailed", (request) => (aborted += Number(request.url().endsWith("/v1/batch"))));
  await loop(page, 0, 5);
  await page.evaluate(() => void firstvalue.flush());
  await eventually(() => numbers().length === 5, { what: "the request" });
  await loop(page, 5, 10);
  await page.evaluate(() => firstvalue.consent("none"));
  assert.equal(await page.locator("fv-root").count(), 0, "nothing is shown");
  await eventually(() => aborted === 1, { what: "the end of the request" });
  server.answer = taken;
  await page.goto(`${server.origin}/plain`);
  await settled(page);
  await flush(page);
  assert.deepEqual(numbers(), upTo(5), "what waited is not sent, and what was under way not again");
  assert.deepEqual(threw, []);
});

test("H12: a host with Zone.js has nothing to detect because of us, and what it tracks arrives once", async () => {
  await context.addInitScript({ content: await readFile(join(root, "node_modules/zone.js/bundles/zone.umd.min.js"), "utf8") });
  server = await collector();
  const { page, threw } = await open(context, `${server.origin}/app`);
  assert.equal((await settled(page)).state, "ready");
  const tasks = await page.evaluate(async () => {
    const tasks = [];
    // As Angular's zone, which looks for changes after each task and each series of microtasks in it.
    const zone = Zone.current.fork({
      name: "angular",
      onScheduleTask: (delegate, _, target, task) => (tasks.push(`${task.type} ${task.source}`), delegate.scheduleTask(target, task)),
    });
    zone.run(() => {
      for (let n = 0; n < 20; n++) firstvalue.track("loop.done", { n });
    });
    await new Promise((resolve) => requestIdleCallback(() => setTimeout(resolve)));
    // And 100 changes of the page.
    for (let n = 0; n < 100; n++) document.body.append(document.createElement("i"));
    await firstvalue.flush();
    return tasks;
  });
  assert.deepEqual(tasks, [], "nothing of ours runs in the host's zone");
  await delivered(page, 20);
  assert.deepEqual(threw, []);
});

test("N6, X38: a page that changes a thousand times a second is looked at ten times, and nothing is lost", async () => {
  server = await collector();
  await context.addInitScript(() => {
    window.looks = 0;
    const { querySelectorAll } = Document.prototype;
    Document.prototype.querySelectorAll = function (selector) {
      window.looks += Number(selector === "#offer");
      return querySelectorAll.call(this, selector);
    };
  });
  const { page, threw } = await open(context, `${server.origin}/app`);
  await settled(page);
  const { looks, took } = await page.evaluate(async () => {
    const [before, began] = [window.looks, performance.now()];
    for (let n = 0; n < 1_000; n++) {
      document.body.append(Object.assign(document.createElement("i"), { className: `n${n}` }));
      if (n % 100 === 0) firstvalue.track("loop.done", { n: n / 100 });
      if (n % 20 === 0) await new Promise(requestAnimationFrame);
    }
    document.body.append(Object.assign(document.createElement("p"), { id: "offer", textContent: "Offer" }));
    firstvalue.track("report.created");
    return { looks: window.looks - before, took: performance.now() - began };
  });
  assert.ok(looks <= took / 100 + 2, `${looks} looks in ${took} ms`);
  await eventually(() => page.evaluate(() => firstvalue.state().milestones["saw-offer"].reachedAt), { what: "what it is looked at for" });
  await delivered(page, 10);
  assert.deepEqual(threw, []);
});

test("X11: values that lie too deep, or are very large, end nothing", async () => {
  server = await collector();
  const { page, said, threw } = await open(context, `${server.origin}/app`);
  await settled(page);
  await page.evaluate(() => {
    const deep = (levels) => JSON.parse('{"a":'.repeat(levels) + "1" + "}".repeat(levels));
    for (const levels of [100, 1_000, 3_000]) {
      firstvalue.track("report.created", deep(levels));
      firstvalue.identify("ann", { deep: deep(levels) });
      firstvalue.group("acme", { deep: deep(levels) });
    }
    firstvalue.track("report.created", { text: "x".repeat(5_000_000) });
    firstvalue.track("report.created", { many: Array.from({ length: 20_000 }, (_, n) => ({ n })) });
  });
  await loop(page, 0, 20);
  await delivered(page, 20);
  assert.equal(await page.evaluate(() => firstvalue.status.state), "ready");
  // What can be read counts, and what is due is shown.
  assert.ok(await page.evaluate(() => firstvalue.state().milestones["first-report"].reachedAt));
  await page.evaluate(() => firstvalue.start("well-done"));
  await page.locator("fv-root").getByText("Well done").first().waitFor();
  assert.deepEqual([said, threw], [[], []]);
});

for (const [title, without] of [
  ["neither random numbers nor ids", () => void (delete Crypto.prototype.getRandomValues, delete Crypto.prototype.randomUUID)],
  ["no `crypto` at all", () => void Object.defineProperty(window, "crypto", { value: undefined })],
]) {
  test(`X18: a page that has ${title}`, async () => {
    server = await collector();
    await context.addInitScript(without);
    const { page, threw } = await open(context, `${server.origin}/app`);
    assert.equal((await settled(page)).state, "ready");
    await loop(page, 0, 100);
    await delivered(page, 100);
    const ids = stored().map(({ messageId }) => messageId);
    for (const id of ids) assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    const anonymous = new Set(stored().map(({ anonymousId }) => anonymousId));
    assert.deepEqual([anonymous.size, threw], [1, []]);
  });
}
