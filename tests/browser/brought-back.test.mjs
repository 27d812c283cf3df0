// Pages that the browser holds back while another one is shown, and brings back: what was done meanwhile is known
// there, and nothing counts twice.

import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, test } from "node:test";
import { eventually, launch } from "./harness.mjs";
import { collector, open, settled, taken } from "./sdk/collector.mjs";

let browser, server, context;

before(async () => {
  browser = await launch({ ignoreDefaultArgs: ["--disable-back-forward-cache"] });
});
after(() => browser?.close());
beforeEach(async () => {
  context = await browser.newContext();
});
afterEach(async () => {
  await context?.close();
  await server?.close();
});

const flush = (page) => page.evaluate(() => firstvalue.flush());
const track = (page, event) => page.evaluate((event) => firstvalue.track(event), event);
/** How many reports the user has created, as the page knows it: a part of the health score of the playbook. */
const reports = (page) => page.evaluate(() => ((firstvalue.state().health - 75) / 25) * 4);
const sent = (event) => server.got.filter((message) => message.event === event);

/**
 * A page that is left for another one, where `meanwhile` happens, and brought back. `prepare` runs in it at first, with
 * what is `given`.
 */
async function broughtBack({ prepare = () => {}, given, ready = settled, meanwhile }) {
  const { page } = await open(context, `${server.origin}/app`);
  await ready(page);
  await page.evaluate(prepare, given);
  await page.evaluate(() => {
    window.held = "still here";
    addEventListener("pageshow", ({ persisted }) => (window.persisted = persisted));
  });
  await page.goto(`${server.origin}/next`);
  await settled(page);
  await meanwhile(page);
  await page.evaluate(() => history.back());
  await page.waitForURL("**/app", { waitUntil: "commit" });
  const [is, because] = await page.evaluate(() => [window.held, performance.getEntriesByType("navigation")[0]?.notRestoredReasons?.toJSON()]);
  assert.equal(is, "still here", `the browser holds the page: ${JSON.stringify(because)}`);
  await page.waitForFunction(() => window.persisted === true);
  return page;
}

/** One report, and all of it sent. */
const report = async (page) => {
  await track(page, "report.created");
  await flush(page);
};

test("D18: a page that is brought back knows what was done meanwhile, and was not kept from being held", async () => {
  server = await collector();
  const page = await broughtBack({ meanwhile: report });
  await eventually(() => page.evaluate(() => firstvalue.state().milestones["first-report"].reachedAt), { what: "the milestone" });
  await page.evaluate(() => {
    for (let n = 0; n < 3; n++) firstvalue.track("loop.done", { n });
  });
  await flush(page);
  assert.deepEqual(sent("loop.done").map(({ properties }) => properties.n), [0, 1, 2]);
});

test("D18: what is recorded in the moment in which it is brought back hides nothing of what was done meanwhile", async () => {
  server = await collector();
  for (const delay of [0, 1, 2, 3]) {
    context = await browser.newContext();
    const page = await broughtBack({
      prepare: (delay) => addEventListener("pageshow", () => setTimeout(() => firstvalue.track("report.created"), delay), { once: true, capture: true }),
      given: delay,
      meanwhile: report,
    });
    await eventually(async () => (await reports(page)) === 2, { what: "both" });
    await flush(page);
    await page.goto(`${server.origin}/another`);
    await settled(page);
    assert.equal(await reports(page), 2, `also for the next page, after ${delay} ms`);
    await context.close();
  }
});

test("D18: what it left to the next page counts once", async () => {
  server = await collector();
  const page = await broughtBack({
    // The second comes while the first is being written, and so is written down at the last moment.
    prepare: () => {
      document.addEventListener("visibilitychange", () => document.hidden && firstvalue.track("report.created"), { capture: true, once: true });
      addEventListener("pagehide", () => firstvalue.track("report.created"), { capture: true, once: true });
    },
    meanwhile: async (page) => {
      await eventually(async () => (await reports(page)) === 2, { what: "both" });
      await flush(page);
    },
  });
  await track(page, "after.done");
  await flush(page);
  assert.equal(await reports(page), 2);
  assert.equal(new Set(sent("report.created").map(({ messageId }) => messageId)).size, 2);
});

test("D18: left before it was ready, it begins once it is brought back", async () => {
  server = await collector();
  let holds = true;
  await context.route("**/firstvalue_core_bg.wasm", async (route) => {
    if (holds) await new Promise(() => {});
    await route.continue();
  });
  const page = await broughtBack({
    ready: async (page) => {
      await page.waitForFunction(() => window.firstvalue?.status?.state === "loading");
      holds = false;
    },
    meanwhile: report,
  });
  assert.equal((await settled(page)).state, "ready");
  await eventually(async () => (await reports(page)) === 1, { what: "what was done meanwhile" });
});

test("P8: what was withdrawn meanwhile is withdrawn", async () => {
  server = await collector();
  const page = await broughtBack({ meanwhile: (page) => page.evaluate(() => firstvalue.consent("local")) });
  server.got.length = 0;
  await track(page, "report.created");
  await flush(page);
  assert.deepEqual(server.got, []);
  assert.equal(await reports(page), 1, "it counts on the device");
});

test("P8: who signed in meanwhile is who is there, also without WebAssembly", async () => {
  server = await collector({ headers: { "content-security-policy": "script-src 'self' 'unsafe-inline'" } });
  const page = await broughtBack({
    prepare: () => firstvalue.identify("u1"),
    meanwhile: async (page) => {
      await page.evaluate(() => {
        firstvalue.reset();
        firstvalue.identify("u2");
      });
      await flush(page);
    },
  });
  await track(page, "report.created");
  await flush(page);
  assert.deepEqual(sent("report.created").map(({ userId }) => userId), ["u2"]);
});

test("P8: what is tracked in the moment in which it is brought back is the doing of who signed in meanwhile", async () => {
  server = await collector();
  const page = await broughtBack({
    prepare: () => {
      firstvalue.identify("u1");
      addEventListener("pageshow", () => firstvalue.track("report.created"), { once: true, capture: true });
    },
    meanwhile: async (page) => {
      await page.evaluate(() => {
        firstvalue.reset();
        firstvalue.identify("u2");
      });
      await flush(page);
    },
  });
  await eventually(async () => (await page.evaluate(() => firstvalue.state()?.userId)) === "u2", { what: "the user" });
  await flush(page);
  assert.deepEqual(sent("report.created").map(({ userId }) => userId), ["u2"]);
  assert.equal(await reports(page), 1, "it counts for them");
});

test("P10: what another tab has withdrawn while it was away is withdrawn, and what was said there since is not lost", async () => {
  server = await collector();
  const tab = async (path) => {
    const { page } = await open(context, server.origin + path);
    await settled(page);
    return page;
  };
  const page = await broughtBack({
    async meanwhile(page) {
      const other = await tab("/other");
      // The page that has taken its place hears it; the one that is held back does not.
      await other.evaluate(() => firstvalue.consent("local"));
      await eventually(() => page.evaluate(() => firstvalue.flush().then(() => !!localStorage.getItem("firstvalue.silent"))), { what: "the news" });
      await page.bringToFront();
    },
  });
  server.got.length = 0;
  await track(page, "report.created");
  await flush(page);
  assert.deepEqual(server.got, []);
  // Somebody agrees anew in another tab, while the collector does not answer.
  const agreed = await tab("/agreed");
  await agreed.evaluate(() => firstvalue.consent("full"));
  server.answer = () => ({ status: 500, body: {} });
  await track(agreed, "said.done");
  await flush(agreed);
  await page.bringToFront();
  await page.goto(`${server.origin}/elsewhere`);
  await page.evaluate(() => history.back());
  await page.waitForURL("**/app", { waitUntil: "commit" });
  server.answer = taken;
  server.got.length = 0;
  await agreed.bringToFront();
  await eventually(async () => (await flush(agreed), sent("said.done").length > 0), { what: "what was said" });
});

test("a guide that was sent away on the next page is not there when the one before is brought back", async () => {
  server = await collector();
  const away = async (page) => {
    await page.getByRole("dialog", { name: "Well done" }).waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await flush(page);
  };
  const page = await broughtBack({
    ready: async (page) => {
      await settled(page);
      for (let n = 0; n < 3; n++) await track(page, "report.created");
      await page.getByRole("dialog", { name: "Well done" }).waitFor();
    },
    meanwhile: away,
  });
  await eventually(() => page.evaluate(() => firstvalue.state().guides["well-done"].dismissed), { what: "knowledge of it" });
  assert.equal(await page.evaluate(() => firstvalue.state().running), null);
  assert.equal(await page.getByRole("dialog").count(), 0);
  await flush(page);
  const ends = server.events().filter(({ event }) => /shown|dismissed|completed/.test(event));
  assert.deepEqual(ends.map(({ event }) => event), ["guide.shown", "guide.step_shown", "guide.step_shown", "guide.dismissed"]);
});
