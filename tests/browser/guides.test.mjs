// Guides from end to end: the core package decides and remembers, the renderer draws and reports.

import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, test } from "node:test";
import { eventually, launch } from "./harness.mjs";
import { collector, open, settled } from "./sdk/collector.mjs";

let browser, server, context;

before(async () => {
  browser = await launch();
});
after(() => browser?.close());
beforeEach(async () => {
  server = await collector({ playbook: "guides.yaml" });
  context = await browser.newContext();
});
afterEach(async () => {
  await context?.close();
  await server?.close();
});

async function ready(path) {
  const { page } = await open(context, server.origin + path);
  assert.equal((await settled(page)).state, "ready");
  return page;
}
const button = (page, name) => page.locator("fv-root").getByRole("button", { name });
const shown = (page, what) => page.locator("fv-root").getByText(what).first().waitFor();
const running = (page) => page.evaluate(() => firstvalue.state().running);
const track = (page, event) => page.evaluate((event) => firstvalue.track(event), event);
/** What was sent of guides, in order. */
async function sent(page) {
  await page.evaluate(() => firstvalue.flush());
  const events = server.events().filter(({ event }) => event?.startsWith("guide."));
  return events.map(({ event, properties: { guide, step, ...more } }) => [event, guide, ...Object.values(more)].join(" "));
}
/** Time to write down what must survive the page. */
const written = (page) => page.waitForTimeout(150);

test("a checklist knows what was done before and sees what is done now", async () => {
  const before = await ready("/elsewhere");
  await track(before, "report.created");
  await before.evaluate(() => firstvalue.flush());
  await written(before);
  await before.close();
  const page = await ready("/list");
  await shown(page, "1 of 2");
  await track(page, "report.shared");
  await shown(page, "2 of 2");
  await button(page, "Done").last().click();
  await eventually(async () => (await running(page))?.guide === "well-done", { what: "the next guide" });
  assert.deepEqual((await sent(page)).slice(0, 3), [
    "guide.shown getting-started",
    "guide.step_shown getting-started",
    "guide.completed getting-started",
  ]);
});

test("a checklist makes room for others while it is folded up, and stays so across pages", async () => {
  let page = await ready("/list");
  await button(page, "Getting started").click();
  await eventually(() => button(page, "Getting started").evaluate((fold) => fold.ariaExpanded === "false"));
  await track(page, "report.shared");
  await shown(page, "Well done");
  await button(page, "Got it").click();
  await eventually(() => button(page, "Getting started").evaluate((fold) => fold.ariaExpanded === "false"), { what: "the checklist again" });
  await written(page);
  await page.reload();
  await settled(page);
  await eventually(() => button(page, "Getting started").evaluate((fold) => fold.ariaExpanded === "false"), { what: "the checklist as it was" });
  // Again on a page at which another version of the playbook arrives when it stands there.
  let arrive;
  const arrives = new Promise((resolve) => (arrive = resolve));
  await page.route("**/v1/playbook*", async (route) => {
    await arrives;
    const reply = await route.fetch();
    await route.fulfill({ response: reply, body: `${await reply.text()} ` });
  });
  await page.reload();
  await settled(page);
  await eventually(() => button(page, "Getting started").evaluate((fold) => fold.ariaExpanded === "false"), { what: "the checklist at rest" });
  const arrived = page.waitForResponse("**/v1/playbook*");
  arrive();
  await (await arrived).finished();
  await written(page);
  assert.equal(await button(page, "Getting started").evaluate((fold) => fold.ariaExpanded), "false");
  const counts = (await sent(page)).filter((what) => what === "guide.shown getting-started");
  assert.equal(counts.length, 1, "it is one showing");
  await page.close();
});

test("nothing is written while a guide only waits until it would not interrupt", async () => {
  const page = await ready("/elsewhere");
  await page.evaluate(() => {
    const dialog = document.createElement("dialog");
    document.body.append(dialog);
    dialog.showModal();
    history.pushState(null, "", "/survey");
  });
  await page.evaluate(() => firstvalue.flush());
  await page.waitForTimeout(1_000);
  const writes = await page.evaluate(async () => {
    let writes = 0;
    const { put } = IDBObjectStore.prototype;
    IDBObjectStore.prototype.put = function (...what) {
      writes++;
      return put.apply(this, what);
    };
    // It is looked again every second.
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    return writes;
  });
  assert.equal(writes, 0);
  await page.evaluate(() => document.querySelector("dialog").close());
  await shown(page, "How likely?");
});

test("a task starts the guide that shows how, and the checklist is back after it", async () => {
  const page = await ready("/list");
  await button(page, "Share it").click();
  await button(page, "Show me").click();
  await shown(page, "How to share");
  await button(page, "Got it").click();
  await button(page, "Getting started").click();
  await shown(page, "Share it");
  assert.equal((await running(page)).guide, "getting-started");
});

test("answers are sent as events, also those of a survey that is left", async () => {
  const page = await ready("/survey");
  await shown(page, "How likely?");
  const heard = await page.evaluate(() => {
    window.heard = [];
    firstvalue.on("event", ({ event, properties }) => event === "guide.answered" && heard.push(properties));
  });
  assert.equal(heard, undefined);
  await page.locator("fv-root .option").nth(3).click();
  await button(page, "Next").click();
  await shown(page, "Why?");
  await page.locator("fv-root textarea").fill("Too slow");
  await button(page, "Close").click();
  await eventually(async () => (await running(page)) === null);
  assert.deepEqual((await sent(page)).filter((what) => !what.includes("shown")), [
    "guide.answered how-likely 3 nps likely",
    "guide.answered how-likely Too slow text why",
    "guide.dismissed how-likely",
  ]);
  assert.deepEqual(await page.evaluate(() => heard[0]), { answer: 3, form: "nps", guide: "how-likely", question: "likely", step: 0 });
});

test("the page load that an advancing click causes does not lose the advance", async () => {
  const page = await ready("/tour");
  await shown(page, "Go there");
  // Nobody reads a step in less; a click while that it was shown is still being written goes one step back.
  await written(page);
  await page.locator("#onwards").click();
  await page.waitForURL("**/arrived");
  await settled(page);
  await shown(page, "Here you are");
  assert.deepEqual(await running(page), { guide: "tour", step: 1 });
  await button(page, "Next").click();
  await shown(page, "Create one");
  await track(page, "report.created");
  await shown(page, "That was it");
  await button(page, "Done").click();
  await eventually(async () => (await running(page)) === null);
  assert.deepEqual((await sent(page)).at(-1), "guide.completed tour");
});

test("a first tour loads the smaller renderer, and what that cannot draw the larger one", async () => {
  const page = await ready("/tour");
  const loaded = () => Object.keys(server.requests).filter((path) => /ui.*wasm/.test(path));
  await shown(page, "Go there");
  assert.deepEqual(loaded(), ["/sdk/firstvalue_ui_bg.wasm"]);
  await page.evaluate(() => firstvalue.start("how-likely"));
  await shown(page, "How likely?");
  assert.deepEqual(loaded(), ["/sdk/firstvalue_ui_bg.wasm", "/sdk/firstvalue_ui_all_bg.wasm"]);
  assert.equal(await page.locator("fv-root").count(), 1, "the first one is gone");
  await page.evaluate(() => firstvalue.start("tour"));
  await shown(page, "Go there");
  assert.equal(loaded().length, 2, "the larger one draws tours too");
});

test("a guide that is put off does not come at once, and its button may record and call", async () => {
  const page = await ready("/later");
  await shown(page, "Not now?");
  await button(page, "Later").click();
  await eventually(async () => (await running(page)) === null);
  await page.evaluate(() => {
    window.called = [];
    firstvalue.on("action", ({ name }) => called.push(name));
    firstvalue.start("put-off");
  });
  await button(page, "Share").click();
  await eventually(async () => (await running(page)) === null);
  await page.evaluate(() => firstvalue.start("call"));
  await button(page, "Chat").click();
  await eventually(() => page.evaluate(() => called.length === 1), { what: "the call" });
  assert.deepEqual(await page.evaluate(() => called), ["open-chat"]);
  await page.evaluate(() => firstvalue.flush());
  const events = server.events().map(({ event }) => event);
  assert.deepEqual(events.slice(0, 3), ["guide.shown", "guide.step_shown", "guide.snoozed"]);
  assert.ok(events.includes("report.shared"));
  const putOff = server.events().find(({ event }) => event === "guide.snoozed");
  assert.deepEqual(putOff.properties, { for: 30 * 86_400_000, guide: "put-off", step: 0 });
});

test("a step waits for any condition, and says what is known of the user", async () => {
  const page = await ready("/waits?");
  await page.evaluate(() => {
    window.told = [];
    firstvalue.on("guide", (detail) => told.push(detail));
    firstvalue.identify("u1", { name: "Ada *L*" });
    firstvalue.group("a1", { seats: 1200 });
    firstvalue.start("waits");
  });
  await shown(page, "Hello Ada *L*");
  await shown(page, "1,200 seats");
  await track(page, "report.created");
  await page.evaluate(() => firstvalue.flush());
  assert.equal((await running(page)).step, 0, "once is not enough");
  await track(page, "report.created");
  await shown(page, "You did it");
  await page.evaluate(() => history.pushState({}, "", "/elsewhere"));
  await shown(page, "And are elsewhere");
  const known = await page.evaluate(() => [...told.map(({ guide }) => guide), ...Object.keys(firstvalue.state().guides)]);
  assert.deepEqual(known.filter((guide) => guide.includes("#")), [], "what steps wait for is nobody's business");
  // What holds already is not waited for.
  await page.evaluate(() => firstvalue.start("waits"));
  await shown(page, "And are elsewhere");
});

test("a survey goes on by what was answered before the page was loaded again", async () => {
  const page = await ready("/survey");
  await shown(page, "How likely?");
  await page.locator("fv-root .option").nth(3).click();
  await button(page, "Next").click();
  await shown(page, "Why?");
  await written(page);
  await page.reload();
  await settled(page);
  await shown(page, "Why?");
  await button(page, "Back").click();
  await shown(page, "How likely?");
  assert.equal(await page.locator("fv-root :checked").evaluate((input) => input.nextSibling.textContent), "3");
});

test("a tour branches by what is known, also by what leads on itself, and back over the branch that was taken", async () => {
  const page = await ready("/branches");
  await page.evaluate(() => firstvalue.start("branches"));
  await shown(page, "What now?");
  assert.equal(await page.locator("fv-root").getByText("1 of").count(), 0, "nobody knows how many steps there will be");
  await button(page, "Next").click();
  await shown(page, "Create one");
  await button(page, "Back").click();
  await shown(page, "What now?");
  await track(page, "report.created");
  await button(page, "Next").click();
  await shown(page, "Share it");
  await button(page, "Back").click();
  await shown(page, "What now?");
  await button(page, "Next").click();
  await shown(page, "Share it");
  assert.deepEqual(await running(page), { guide: "branches", step: 2 });
  await written(page);
  await page.reload();
  await settled(page);
  await shown(page, "Share it");
  await button(page, "Back").click();
  await shown(page, "What now?");
  await button(page, "Next").click();
  await shown(page, "Share it");
  await button(page, "Share").click();
  await shown(page, "Well done");
  await button(page, "Done").click();
  await eventually(async () => (await running(page)) === null);
  await sent(page);
  const steps = server.events().filter(({ event }) => event === "guide.step_shown");
  assert.deepEqual(steps.map(({ properties }) => properties.step), [0, 1, 0, 2, 0, 2, 2, 0, 2, 4]);
  // Whoever has done it all is led to the end, and a step that nothing follows says so.
  await page.evaluate(() => firstvalue.start("branches"));
  await shown(page, "What now?");
  await button(page, "Next").click();
  await shown(page, "Well done");
});

/** A product whose router takes its time, and whose pages look alike. */
const ROUTED = `import { firstvalue } from "/sdk/firstvalue.js";
const main = document.body.appendChild(document.createElement("main"));
const show = () => (main.innerHTML = '<p id="host">' + location.pathname + "</p>");
show();
const push = async (path) => {
  pushed.push(path);
  await new Promise((resolve) => setTimeout(resolve, 60));
  if (path === "/money" && pushed.length > 5) throw new Error("no such page");
  history.pushState({}, "", path);
  show();
};
Object.assign(window, { firstvalue, pushed: [], at: [] });
firstvalue.on("step", () => at.push(document.querySelector("#host").textContent));
firstvalue.init({ writeKey: "key", router: { push } });`;

test("a tour takes the user from page to page by the host's router, and back, and shows no step before it is there", async () => {
  await server.close();
  server = await collector({ playbook: "guides.yaml", script: ROUTED });
  const page = await ready("/built");
  await page.evaluate(() => firstvalue.start("routes"));
  await shown(page, "Come along");
  for (const [press, title] of [["Next", "Your people"], ["Next", "Your money"], ["Back", "Your people"], ["Back", "Come along"], ["Next", "Your people"]]) {
    await button(page, press).click();
    await shown(page, title);
  }
  await eventually(() => page.evaluate(() => at.length === 6), { what: "six steps" });
  assert.deepEqual(await page.evaluate(() => pushed), ["/people?tab=all", "/money", "/people?tab=all", "/built", "/people?tab=all"]);
  const at = await page.evaluate(() => window.at);
  assert.deepEqual([at[1], at[3], at[4], at[5]], ["/people", "/people", "/built", "/people"], "each is shown where it belongs");
  // A router that fails is not waited for: the page is loaded.
  await button(page, "Next").click();
  await page.waitForURL("**/money");
  await settled(page);
  await shown(page, "Your money");
  await button(page, "Prices").click();
  await page.waitForURL("**/prices");
  await shown(page, "And the prices");
});

test("without a router a tour loads the page of its next step, and goes on there", async () => {
  const page = await ready("/anywhere");
  await page.evaluate(() => firstvalue.start("routes"));
  await shown(page, "Come along");
  assert.equal(new URL(page.url()).pathname, "/anywhere", "nobody is taken away by a guide that begins");
  for (const [title, path] of [["Your people", "/people?tab=all"], ["Your money", "/money"]]) {
    await written(page);
    await button(page, "Next").click();
    await page.waitForURL(`**${path}`);
    await settled(page);
    await shown(page, title);
  }
  await button(page, "Back").click();
  await page.waitForURL("**/people?tab=all");
  await settled(page);
  await shown(page, "Your people");
  assert.deepEqual(await running(page), { guide: "routes", step: 1 });
});

test("X1: without the renderer each guide that is due fails, and none is shown later where it is not", async () => {
  let fails = true;
  await context.route("**/firstvalue_ui*.wasm", (route) => (fails ? route.fulfill({ status: 500 }) : route.continue()));
  const { page, said } = await open(context, `${server.origin}/list`);
  await eventually(async () => (await settled(page)).code === "guides_off", { what: "the failure" });
  await track(page, "report.shared");
  await eventually(async () => (await sent(page)).length === 2, { what: "that of the other guide" });
  assert.deepEqual(await sent(page), ["guide.failed getting-started renderer", "guide.failed well-done renderer"]);
  assert.equal(await running(page), null);
  assert.equal(said.length, 1, said.join("\n"));
  fails = false;
  await page.goto(`${server.origin}/elsewhere`);
  await settled(page);
  assert.equal(await running(page), null);
});

test("what a listener of the host's throws while a guide takes the focus is the host's", async () => {
  const { page, said, threw } = await open(context, `${server.origin}/elsewhere`);
  await settled(page);
  await page.addScriptTag({
    content: `addEventListener("focusin", ({ target }) => {
      if (target.localName === "fv-root") throw new TypeError("of the host");
    }, true);`,
  });
  await page.evaluate(() => (field.focus(), firstvalue.start("how-to-share")));
  await shown(page, "How to share");
  await eventually(() => threw.length, { what: "what is thrown" });
  assert.deepEqual(await settled(page), { state: "ready" });
  await shown(page, "How to share");
  assert.deepEqual(said, []);
});
