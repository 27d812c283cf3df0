// What becomes of events when the way to the collector is bad, or many pages are open. Numbers of
// events are counted at the collector: none is lost, and each counts once.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, afterEach, before, beforeEach, test } from "node:test";
import { dist, eventually, launch } from "./harness.mjs";
import { collector, open, outbox, settled, taken } from "./sdk/collector.mjs";

let browser, server, context;

before(async () => {
  browser = await launch();
});
after(() => browser?.close());
beforeEach(async () => {
  server = await collector({ attributes: 'data-query="utm_source"' });
  context = await browser.newContext();
});
afterEach(async () => {
  await context?.close();
  await server?.close();
});

async function ready(path = "/app") {
  const { page, threw } = await open(context, server.origin + path);
  assert.equal((await settled(page)).state, "ready");
  return Object.assign(page, { threw });
}
const track = (page, event, properties) => page.evaluate(([event, properties]) => firstvalue.track(event, properties), [event, properties]);
const flush = (page) => page.evaluate(() => firstvalue.flush());
const reached = (page, milestone) => page.evaluate((id) => firstvalue.state().milestones[id].reachedAt, milestone);
const busy = (headers) => () => ({ status: 429, body: {}, headers });
/** The ids of what was sent under a name, each as often as it was sent. */
const ids = (event) => server.got.filter((message) => message.event === event).map(({ messageId }) => messageId);

test("D11, X27: a collector that says how long to wait is left alone for so long", async () => {
  const page = await ready();
  await flush(page);
  server.answer = busy({ "retry-after": "2" });
  const before = server.requests["/v1/batch"];
  await track(page, "report.created");
  await flush(page);
  const asked = Date.now();
  server.answer = taken;
  await flush(page);
  await flush(page);
  assert.equal(server.requests["/v1/batch"], before + 1, "not even when the host asks");
  await eventually(() => server.requests["/v1/batch"] > before + 1, { what: "the next attempt" });
  assert.ok(Date.now() - asked > 1_500);
});

test("D11, X27: a wait that cannot be read is no wait, and one of a year is no year", async () => {
  for (const wait of ["soon", "0", "-5"]) {
    server.answer = busy({ "retry-after": wait });
    const page = await ready();
    await track(page, "report.created");
    await flush(page);
    server.answer = taken;
    await flush(page);
    assert.ok(ids("report.created").length >= 2, wait);
    await page.close();
  }
});

test("D12: a batch that is too large is halved until it is taken, and what is too large by itself is given up", async () => {
  const page = await ready();
  await flush(page);
  server.answer = (batch) =>
    batch.length > 3 || batch.some(({ properties }) => properties.n === 7) ? { status: 413, body: {} } : taken(batch);
  const problems = await page.evaluate(async () => {
    const problems = [];
    firstvalue.on("error", ({ code }) => problems.push(code));
    for (let n = 0; n < 12; n++) firstvalue.track("loop.done", { n });
    await firstvalue.flush();
    return problems;
  });
  assert.deepEqual(problems, ["rejected"]);
  const small = server.got.length;
  await flush(page);
  assert.equal(server.got.length, small, "nothing is left to be sent");
  assert.equal(new Set(ids("loop.done")).size, 12);
});

test("D20, P6: messages of a device are numbered without a gap, through reloads and in every tab", async () => {
  const [one, other] = [await ready("/one?utm_source=news&token=secret#there"), await ready("/other")];
  for (let n = 0; n < 3; n++) for (const page of [one, other]) await track(page, "loop.done", { n });
  await Promise.all([one, other].map(flush));
  await one.reload();
  await settled(one);
  await track(one, "loop.done", { n: 3 });
  await flush(one);
  // What the user keeps to themselves leaves no gap.
  await one.evaluate(async () => {
    await firstvalue.consent("local");
    firstvalue.track("local.done");
    firstvalue.state();
    await firstvalue.consent("full");
    firstvalue.track("loop.done", { n: 4 });
  });
  await flush(one);
  await eventually(() => new Set(ids("loop.done")).size === 8, { what: "all of them" });
  const once = [...new Map(server.got.map((message) => [message.messageId, message])).values()];
  const pages = once.reduce((pages, message) => pages.set(pageOf(message), [...(pages.get(pageOf(message)) ?? []), message]), new Map());
  assert.deepEqual([...pages.keys()].sort(), [1, 2, 3], "pages of the device are counted");
  for (const messages of pages.values()) {
    const numbers = messages.map(({ context }) => context.sequence % 1_000_000);
    assert.deepEqual(numbers.sort((a, b) => a - b), Array.from(numbers, (_, place) => place + 1), "each number once, and none left out");
  }
  // And what is recorded of the address.
  const searches = new Set(once.map(({ context }) => context.page.search));
  assert.deepEqual([...searches].sort(), ["?utm_source=news", undefined]);
  assert.ok(!JSON.stringify(once).includes("secret"));
});
const pageOf = ({ context }) => Math.floor(context.sequence / 1_000_000);

test("D5: an event has one id however often it is sent", async () => {
  server.answer = () => ({ status: 500, body: {} });
  const page = await ready();
  await track(page, "report.created");
  for (let n = 0; n < 3; n++) await flush(page);
  await page.reload();
  await settled(page);
  server.answer = taken;
  await flush(page);
  assert.ok(ids("report.created").length >= 4);
  assert.equal(new Set(ids("report.created")).size, 1);
});

test("D10, D16: a tab whose attempts failed sends by itself again when another one has sent for it", async () => {
  const page = await ready("/one");
  await flush(page);
  server.answer = () => ({ status: 500, body: {} });
  await track(page, "loop.done");
  await flush(page);
  server.answer = taken;
  const other = await ready("/other");
  await flush(other);
  // Asked by the host, it finds that there is nothing left to do.
  await flush(page);
  server.got.length = 0;
  await track(page, "report.created");
  await eventually(() => ids("report.created").length, { what: "the next one" });
});

test("X26: a sign-in page that answers for the collector acknowledges nothing", async () => {
  server.answer = () => ({ status: 200, body: "<html>Wireless</html>" });
  const page = await ready();
  await track(page, "report.created");
  await flush(page);
  server.answer = taken;
  await eventually(() => ids("report.created").length > 1, { what: "the event again" });
});

test("X26: what is tracked offline arrives when the network is back", async () => {
  const page = await ready();
  await flush(page);
  await context.setOffline(true);
  for (let n = 0; n < 20; n++) await track(page, "loop.done", { n });
  await flush(page);
  await context.setOffline(false);
  await eventually(() => new Set(ids("loop.done")).size === 20, { what: "all of them", within: 20_000 });
  assert.equal(ids("loop.done").length, 20);
  assert.deepEqual(page.threw, []);
});

test("H9, X14: fetch and beacons that the host has broken lose nothing", async () => {
  const page = await ready();
  await page.evaluate(() => {
    window.original = window.fetch;
    window.fetch = () => {
      throw new Error("host");
    };
    navigator.sendBeacon = () => {
      throw new Error("host");
    };
    for (let n = 0; n < 5; n++) firstvalue.track("loop.done", { n });
  });
  await flush(page);
  await page.reload();
  await settled(page);
  await eventually(() => new Set(ids("loop.done")).size === 5, { what: "all of them" });
  assert.deepEqual(page.threw, []);
});

test("H9, X15, X16: libraries that change how objects are written change no event", async () => {
  await context.addInitScript(() => {
    const toJSON = () => "broken";
    // As Prototype.js and MooTools have done.
    Array.prototype.toJSON = toJSON;
    Object.defineProperty(Object.prototype, "toJSON", { value: toJSON, writable: true, configurable: true });
    for (const [name, value] of Object.entries({ once: true, signal: AbortSignal.abort(), keepalive: true, method: "TRACE" })) {
      Object.defineProperty(Object.prototype, name, { value, writable: true, configurable: true });
    }
  });
  const page = await ready();
  await page.evaluate(() => firstvalue.track("report.created", { list: [1, { deep: [true] }], at: new Date(0) }));
  await flush(page);
  await eventually(() => server.count("report.created"), { what: "the event" });
  const { properties } = server.got.find(({ event }) => event === "report.created");
  assert.deepEqual(properties, { list: [1, { deep: [true] }], at: "1970-01-01T00:00:00.000Z" });
  assert.ok(await reached(page, "first-report"));
  assert.deepEqual(page.threw, []);
});

test("what a user does in one tab counts in the others, and is told where it was done", async () => {
  const [one, other] = [await ready("/one"), await ready("/other")];
  for (const page of [one, other]) {
    await page.evaluate(() => {
      window.told = [];
      firstvalue.on("milestone", ({ milestone }) => window.told.push(milestone));
    });
  }
  await track(one, "report.created");
  await eventually(() => reached(other, "first-report"), { what: "the milestone in the other tab" });
  assert.deepEqual(await one.evaluate(() => window.told), ["first-report"]);
  assert.deepEqual(await other.evaluate(() => window.told), []);
  await track(other, "report.created");
  await eventually(async () => (await reached(one, "first-report")) === (await reached(other, "first-report")), { what: "agreement" });
  await flush(one);
  await flush(other);
  assert.equal(ids("report.created").length, 2);
});

test("P8: who signs in or out in one tab has done so in the others", async () => {
  const [one, other] = [await ready("/one"), await ready("/other")];
  await one.evaluate(() => firstvalue.identify("u1", { plan: "pro" }));
  await eventually(() => other.evaluate(() => firstvalue.state().userId === "u1"), { what: "the user" });
  await track(other, "report.created");
  await flush(other);
  assert.equal(server.got.find(({ event }) => event === "report.created").userId, "u1");
  await other.evaluate(() => firstvalue.reset());
  const anonymous = (page) => page.evaluate(() => [firstvalue.state().userId, firstvalue.state().anonymousId]);
  await eventually(async () => (await anonymous(one))[0] === null, { what: "nobody" });
  assert.deepEqual(await anonymous(one), await anonymous(other));
});

test("P8: also in a tab that does without WebAssembly, and in one that is just being opened", async () => {
  let come;
  const comes = new Promise((resolve) => (come = resolve));
  const blocked = (path) => context.route(`**${path}`, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, headers: { ...response.headers(), "content-security-policy": "script-src 'self' 'unsafe-inline'" } });
  });
  await blocked("/alone");
  const one = await ready("/one");
  await one.evaluate(() => firstvalue.identify("u1"));
  await flush(one);
  const { page: alone } = await open(context, `${server.origin}/alone`);
  assert.equal((await settled(alone)).state, "blocked");
  await context.route("**/firstvalue_core_bg.wasm", async (route) => {
    await comes;
    await route.continue();
  });
  const { page: opening } = await open(context, `${server.origin}/opening`);
  // It knows who is there, and waits.
  await eventually(() => opening.evaluate(() => indexedDB.databases().then(({ length }) => length > 0 && window.firstvalue?.status.state === "loading")), { what: "its beginning" });
  await one.evaluate(() => {
    firstvalue.reset();
    firstvalue.identify("u2");
  });
  await flush(one);
  for (const page of [alone, opening]) await track(page, "report.created");
  come();
  await settled(opening);
  for (const page of [alone, opening]) await flush(page);
  assert.deepEqual(server.got.filter(({ event }) => event === "report.created").map(({ userId }) => userId), ["u2", "u2"]);
});

test("X19: who signs in where nothing more can be written down stays signed in, also without WebAssembly", async () => {
  await server.close();
  server = await collector({ headers: { "content-security-policy": "script-src 'self' 'unsafe-inline'" } });
  const { page } = await open(context, `${server.origin}/app`);
  await settled(page);
  await flush(page);
  await page.evaluate(() => {
    let text = "x".repeat(1 << 20);
    for (let n = 0; text; n++) {
      try {
        localStorage.setItem(`host${n}`, text);
      } catch {
        text = text.slice(0, text.length >> 1);
      }
    }
    firstvalue.identify("somebody-with-a-long-name@acme.example");
  });
  await flush(page);
  await page.goto(`${server.origin}/next`);
  await settled(page);
  await track(page, "report.created");
  await flush(page);
  assert.deepEqual(server.got.filter(({ event }) => event === "report.created").map(({ userId }) => userId), ["somebody-with-a-long-name@acme.example"]);
});

test("a guide that is due in two tabs is shown in the one that is used", async () => {
  const [one, other] = [await ready("/one"), await ready("/other")];
  const dialog = (page) => page.getByRole("dialog", { name: "Well done" });
  for (let n = 0; n < 3; n++) await track(one, "report.created");
  await dialog(one).waitFor();
  await eventually(() => other.evaluate(() => firstvalue.state().guides["well-done"].shown === 1), { what: "knowledge of it" });
  // A tab that is opened meanwhile does not show it either.
  const third = await ready("/third");
  assert.equal(await third.evaluate(() => firstvalue.state().running), null);
  for (const page of [one, one]) await page.evaluate(() => firstvalue.next());
  await eventually(() => other.evaluate(() => firstvalue.state().guides["well-done"].completed), { what: "its end" });
  for (const page of [other, third]) assert.equal(await page.locator("fv-root").count(), 0);
  await flush(one);
  assert.equal(ids("guide.shown").length, 1);
});

test("D16: four tabs deliver everything once, one after the other", async () => {
  const pages = [];
  for (let n = 0; n < 4; n++) pages.push(await ready(`/${n}`));
  await Promise.all(pages.map((page, tab) => page.evaluate((tab) => {
    for (let n = 0; n < 200; n++) firstvalue.track("loop.done", { tab, n });
  }, tab)));
  await eventually(() => new Set(ids("loop.done")).size === 800, { what: "all of them", within: 30_000 });
  await Promise.all(pages.map(flush));
  assert.equal(ids("loop.done").length, 800, "each once");
  assert.equal(server.most, 1, "one request at a time");
});

test("X24: tabs that are opened together send what an earlier page has left once", async () => {
  server.answer = () => ({ status: 500, body: {} });
  const page = await ready();
  // Its last try would arrive at a moment of its own.
  await page.evaluate(() => (navigator.sendBeacon = () => true));
  for (let n = 0; n < 30; n++) await track(page, "loop.done", { n });
  await flush(page);
  await page.goto("about:blank");
  await page.close();
  await eventually(() => server.sending === 0, { what: "the end of its requests" });
  server.got.length = 0;
  server.answer = taken;
  await Promise.all(Array.from({ length: 20 }, (_, n) => ready(`/${n}`)));
  await eventually(() => new Set(ids("loop.done")).size === 30, { what: "all of them" });
  await Promise.all(context.pages().map(flush));
  assert.equal(ids("loop.done").length, 30, "each once");
  assert.equal(server.requests["/v1/playbook"], 21, "each tab asks for the playbook once");
  assert.equal(server.most, 1, "one request at a time");
});

test("D14: what could not be delivered for a week is given up, and that is told", async () => {
  server.answer = () => ({ status: 500, body: {} });
  const page = await ready();
  await track(page, "report.created");
  await flush(page);
  await page.close();
  const later = await context.newPage();
  await later.addInitScript(() => {
    const { now } = Date;
    Date.now = () => now() + 8 * 86_400_000;
  });
  await later.goto(`${server.origin}/app`);
  await settled(later);
  const problems = await later.evaluate(async () => {
    const problems = [];
    firstvalue.on("error", ({ code, message }) => problems.push(`${code}: ${message}`));
    await firstvalue.flush();
    return problems;
  });
  assert.deepEqual(problems, ["rejected: 2 lost: not delivered within seven days"]);
  await eventually(async () => (await outbox(later)).every(({ event }) => event !== "report.created"), { what: "its removal" });
  server.answer = taken;
  server.got.length = 0;
  await later.reload();
  await settled(later);
  await flush(later);
  assert.equal(server.count("report.created"), 0);
});

test("D8, D9, P7: what is sent as a page is left fits what the browser still takes, and asks nobody's leave", async () => {
  await server.close();
  const script = await readFile(join(dist, "sdk/firstvalue.iife.js"), "utf8");
  server = await collector({
    script: `${script}; firstvalue.init({ writeKey: "key", endpoint: location.origin.replace("127.0.0.1", "localhost"), assets: location.origin + "/sdk/" });`,
  });
  const page = await ready("/built");
  server.answer = () => ({ status: 503, body: {} });
  await page.evaluate(() => {
    for (let n = 0; n < 300; n++) firstvalue.track("report.created", { n, text: "x".repeat(1_000) });
  });
  await eventually(async () => (await outbox(page)).length >= 300, { what: "all of them on the device", within: 20_000 });
  await page.evaluate(() => {
    // The host has beacons of its own on the way.
    for (let n = 0; n < 2; n++) navigator.sendBeacon("/elsewhere", "x".repeat(30_000));
    firstvalue.track("report.created", { n: 300 });
    location.href = "/next";
  });
  await page.waitForURL("**/next");
  await settled(page);
  const beacons = server.batches.filter(({ mode }) => mode === "no-cors");
  for (const { bytes } of beacons) assert.ok(bytes <= 60_000, `${bytes} bytes`);
  server.got.length = 0;
  server.answer = taken;
  await eventually(() => new Set(ids("report.created")).size === 301, { what: "all of them", within: 20_000 });
  assert.equal(server.preflights, 0);
  for (const { type, cookie } of server.batches) assert.deepEqual([type, cookie], ["text/plain;charset=UTF-8", undefined]);
});

test("D1: an event is kept also when the state is asked for before it is", async () => {
  const page = await ready();
  await flush(page);
  server.answer = () => ({ status: 503, body: {} });
  for (let n = 0; n < 5; n++) {
    await page.evaluate(async (n) => {
      firstvalue.track("loop.done", { n });
      // While calls gather after that.
      await new Promise((resolve) => setTimeout(resolve, 10 * n));
      firstvalue.track("loop.done", { n });
      firstvalue.state();
    }, n);
    await eventually(async () => (await outbox(page)).length === 2 * n + 2, { what: "both on the device" });
  }
});

test("D8: a request too large to outlive its page takes nothing along", async () => {
  const page = await ready();
  await flush(page);
  let large = 0;
  server.answer = (batch) => {
    large = Math.max(large, server.last.bytes);
    return new Promise(() => {});
  };
  await page.evaluate(() => {
    for (let n = 0; n < 200; n++) firstvalue.track("report.created", { n, text: "x".repeat(1_000) });
    void firstvalue.flush();
  });
  await eventually(() => large > 65_536, { what: "a large request" });
  server.got.length = server.batches.length = 0;
  await page.goto(`${server.origin}/next`);
  await eventually(() => server.batches.some(({ mode }) => mode === "no-cors"), { what: "a beacon with the first of them" });
  server.answer = taken;
  await settled(page);
  await eventually(() => new Set(ids("report.created")).size === 200, { what: "all of them", within: 20_000 });
});

test("X27: after attempts that failed less is sent at once, as a slow network needs it, and more again when that arrives", async () => {
  const page = await ready();
  await flush(page);
  // As if no more came through in the time that an attempt may take.
  server.answer = (batch) => (server.last.bytes > 30_000 ? { status: 503, body: {} } : taken(batch));
  await page.evaluate(() => {
    for (let n = 0; n < 100; n++) firstvalue.track("report.created", { n, text: "x".repeat(1_000) });
  });
  const left = async () => (await flush(page), (await outbox(page)).length);
  await eventually(async () => (await left()) === 0, { what: "all of them", within: 20_000 });
  assert.equal(new Set(ids("report.created")).size, 100);
  server.answer = taken;
  server.batches.length = 0;
  for (let round = 0; round < 5; round++) {
    await page.evaluate(() => {
      for (let n = 0; n < 150; n++) firstvalue.track("loop.done", { n, text: "x".repeat(1_000) });
    });
    await flush(page);
  }
  assert.ok(Math.max(...server.batches.map(({ bytes }) => bytes)) > 150_000, "once it arrives, in few requests");
});

test("D7, D16: of what several tabs have kept, only what was acknowledged is forgotten", async () => {
  const [page, other] = [await ready(), await ready()];
  await flush(page);
  await flush(other);
  const none = async () => (await outbox(page)).length === 0;
  await eventually(none, { what: "an empty outbox" });
  // Every third is not taken yet, and the tabs take turns.
  server.answer = (batch) => taken(batch.filter(({ properties }) => !(properties.n % 3)));
  for (let n = 0; n < 12; n++) await track(n % 2 ? page : other, "report.created", { n });
  await Promise.all([flush(page), flush(other)]);
  const left = async () => (await outbox(page)).map(({ properties }) => properties.n).sort((a, b) => a - b);
  await eventually(async () => `${await left()}` === "1,2,4,5,7,8,10,11", { what: "the others" });
  server.answer = taken;
  await eventually(none, { what: "an empty outbox", within: 20_000 });
});

test("D2: what a page that is still being left writes while the next one takes over is not lost", async () => {
  const page = await ready();
  await flush(page);
  const { context: about, anonymousId } = server.got[0];
  await page.goto(`${server.origin}/sdk/firstvalue.js`);
  await page.evaluate(([about, anonymousId]) => {
    const message = (n) => ({ type: "track", event: "loop.done", properties: { n }, messageId: `01890000-0000-7000-8000-00000000000${n}`, timestamp: new Date().toISOString(), context: about, anonymousId });
    localStorage.setItem("firstvalue.tail.other", JSON.stringify(message(1)));
    localStorage.setItem("later", JSON.stringify(message(2)));
  }, [about, anonymousId]);
  await page.addInitScript(() => {
    const { getItem } = Storage.prototype;
    // As the other page does, in another process: right after its journal was read.
    Storage.prototype.getItem = function (name) {
      const text = getItem.call(this, name);
      const more = text && name === "firstvalue.tail.other" && getItem.call(this, "later");
      if (more) {
        this.removeItem("later");
        this.setItem(name, `${text}\n${more}`);
      }
      return text;
    };
  });
  for (const path of ["/next", "/last"]) {
    await page.goto(server.origin + path);
    await settled(page);
    await flush(page);
  }
  await eventually(() => ids("loop.done").length === 2, { what: "both" });
  assert.equal(new Set(ids("loop.done")).size, 2, "each is sent once");
  await eventually(() => page.evaluate(() => !Object.keys(localStorage).some((key) => key.includes("tail"))), { what: "an empty journal" });
});

test("D3: what a page leaves behind at the last moment is little, and goes when it is kept elsewhere", async () => {
  const page = await ready();
  server.answer = () => ({ status: 503, body: {} });
  await page.evaluate(() => {
    localStorage.setItem("host", "mine");
    for (let n = 0; n < 300; n++) firstvalue.track("report.created", { n, text: "x".repeat(1_000) });
    dispatchEvent(new PageTransitionEvent("pagehide"));
    window.left = Object.entries(localStorage).map(([key, text]) => (key.startsWith("firstvalue.") ? text.length : 0));
    firstvalue.track("report.created", { n: 300 });
  });
  const left = await page.evaluate(() => window.left.reduce((sum, length) => sum + length));
  assert.ok(left > 1_000 && left < 34_000, `${left} characters`);
  // The page is still there: what is not in the journal is kept as usual.
  await eventually(async () => (await outbox(page)).length >= 300, { what: "all of them on the device", within: 20_000 });
  await page.goto(`${server.origin}/next`);
  await settled(page);
  server.got.length = 0;
  server.answer = taken;
  await eventually(() => new Set(ids("report.created")).size === 301, { what: "all of them", within: 20_000 });
  const keys = () => page.evaluate(() => Object.keys(localStorage).sort());
  await eventually(async () => (await keys()).join() === "firstvalue.id,host", { what: "an empty journal" });
});
