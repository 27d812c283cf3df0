// One user on several devices: what they did on one is known on the next, from a real collector.

import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { eventually, launch, root, serve, startCollector } from "./harness.mjs";
import { open, settled } from "./sdk/collector.mjs";

const SECRET = "is_test";
const sign = (user) => createHmac("sha256", SECRET).update(user).digest("hex");

let browser, collector, host;

before(async () => {
  browser = await launch();
  collector = await startCollector({ playbook: join(root, "tests/browser/sdk/playbook.yaml"), more: { "identity-secret": SECRET } });
  host = await serve((request, response, { searchParams }) => {
    const tag = `<script src="${collector.origin}/sdk/firstvalue.iife.js" data-write-key="${collector.writeKey}" data-user-hash="${searchParams.get("hash") ?? ""}" async></script>`;
    response.writeHead(200, { "content-type": "text/html" }).end(`<!doctype html><title>Host</title><body>${tag}`);
  });
});
after(async () => {
  await browser?.close();
  await host?.close();
  await collector?.stop();
});

/** A page on a new device. */
async function device(query = "") {
  const context = await browser.newContext();
  const { page, threw } = await open(context, `${host.origin}/app${query}`);
  assert.equal((await settled(page)).state, "ready");
  return Object.assign(page, { threw });
}
const reached = (page, milestone) => page.evaluate((id) => firstvalue.state().milestones[id].reachedAt, milestone);
const identify = (page, user, hash) => page.evaluate(([user, hash]) => firstvalue.identify(user, {}, hash), [user, hash]);
const create = (page, times) =>
  page.evaluate(async (times) => {
    for (let n = 0; n < times; n++) firstvalue.track("report.created");
    await firstvalue.flush();
  }, times);

test("who signs in on another device goes on from what they did, to the millisecond", async () => {
  const first = await device();
  await identify(first, "ann", sign("ann"));
  await create(first, 2);
  const at = await reached(first, "first-report");
  const second = await device();
  await identify(second, "ann", sign("ann"));
  await eventually(async () => (await reached(second, "first-report")) === at, { what: "the milestone" });
  assert.equal(await reached(second, "three-reports"), null);
  // With one here there are three in all.
  await create(second, 1);
  await eventually(() => reached(second, "three-reports"), { what: "the third" });
  for (const page of [first, second]) {
    assert.deepEqual(page.threw, []);
    await page.context().close();
  }
});

test("who answers in the collector's place takes nothing away", async () => {
  const page = await device();
  // As in a café's network before one has signed in there.
  await page.route("**/v1/state?*", (route) => route.fulfill({ contentType: "text/html", body: "<!doctype html><title>Welcome</title>" }));
  await identify(page, "cyd");
  await create(page, 1);
  const at = await reached(page, "first-report");
  const answered = page.waitForResponse("**/v1/state?*");
  await identify(page, "cyd", sign("cyd"));
  await answered;
  await create(page, 2);
  assert.equal(await reached(page, "first-report"), at);
  assert.notEqual(await reached(page, "three-reports"), null);
  await page.context().close();
});

test("what was done here before and while the collector answers counts as well, once", async () => {
  const first = await device();
  await identify(first, "bob", sign("bob"));
  await create(first, 1);
  await first.context().close();
  const second = await device();
  // The collector takes its time to answer.
  await second.route("**/v1/state?*", async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    await route.continue();
  });
  await second.evaluate((hash) => {
    firstvalue.identify("bob", {}, hash);
    setTimeout(() => firstvalue.track("report.created"), 600);
  }, sign("bob"));
  await second.waitForResponse("**/v1/state?*");
  await second.evaluate(() => firstvalue.flush());
  assert.equal(await reached(second, "three-reports"), null, "two are not three");
  await create(second, 1);
  await eventually(() => reached(second, "three-reports"), { what: "the third" });
  await second.context().close();
});

test("who was here before another one of whom the collector knew is still known", async () => {
  const first = await device();
  await identify(first, "eve", sign("eve"));
  await create(first, 1);
  const second = await device();
  await identify(second, "ben");
  await create(second, 1);
  const at = await reached(second, "first-report");
  await second.evaluate(() => firstvalue.reset());
  await identify(second, "eve", sign("eve"));
  await eventually(() => reached(second, "first-report"), { what: "what she did on the other device" });
  await second.evaluate(() => firstvalue.reset());
  await identify(second, "ben");
  assert.equal(await reached(second, "first-report"), at);
  await second.reload();
  await settled(second);
  assert.equal(await reached(second, "first-report"), at, "also on the next page");
  for (const page of [first, second]) await page.context().close();
});

test("a milestone that is reached while the collector answers is told once", async () => {
  const first = await device();
  await identify(first, "eve", sign("eve"));
  await first.evaluate(() => firstvalue.flush());
  await first.context().close();
  const second = await device();
  let answer;
  const asked = new Promise((resolve) => {
    void second.route("**/v1/state?*", async (route) => {
      resolve();
      await new Promise((go) => (answer = go));
      await route.continue();
    });
  });
  await second.evaluate(() => {
    window.told = [];
    firstvalue.on("milestone", ({ milestone }) => told.push(milestone));
  });
  const answered = second.waitForResponse("**/v1/state?*");
  await identify(second, "eve", sign("eve"));
  await asked;
  await second.evaluate(() => firstvalue.track("report.created"));
  await eventually(() => reached(second, "first-report"), { what: "the milestone" });
  answer();
  await answered;
  await create(second, 2);
  await eventually(() => reached(second, "three-reports"), { what: "the next" });
  assert.deepEqual(await second.evaluate(() => told), ["first-report", "three-reports"]);
  await second.context().close();
});

test("the signature that the page was made with is that of who signs in there", async () => {
  const first = await device();
  await identify(first, "eva", sign("eva"));
  await create(first, 1);
  const at = await reached(first, "first-report");
  await first.context().close();
  const second = await device(`?hash=${sign("eva")}`);
  await identify(second, "eva");
  await eventually(async () => (await reached(second, "first-report")) === at, { what: "the milestone" });
  await second.context().close();
});

test("a page that is left before the collector has answered leaves the question to the next", async () => {
  const first = await device();
  await identify(first, "ada", sign("ada"));
  await create(first, 1);
  const at = await reached(first, "first-report");
  await first.context().close();
  const second = await device();
  let asked = 0;
  await second.context().route("**/v1/state?*", (route) => (asked++ ? route.continue() : new Promise(() => {})));
  await identify(second, "ada", sign("ada"));
  await eventually(() => asked, { what: "the question" });
  await second.reload();
  await settled(second);
  await identify(second, "ada", sign("ada"));
  await eventually(async () => (await reached(second, "first-report")) === at, { what: "the milestone" });
  await second.context().close();
});

test("a wrong signature, or none, learns nothing", async () => {
  const first = await device();
  await identify(first, "eve", sign("eve"));
  await create(first, 1);
  await first.context().close();
  for (const hash of [undefined, sign("ann"), "zz"]) {
    const second = await device();
    await identify(second, "eve", hash);
    await second.evaluate(() => firstvalue.flush());
    if (hash) await second.waitForFunction(() => performance.getEntriesByType("resource").some(({ name }) => name.includes("/v1/state")));
    assert.equal(await reached(second, "first-report"), null);
    assert.deepEqual(second.threw, []);
    await second.context().close();
  }
});
