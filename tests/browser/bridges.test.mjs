// What the host has already: it is told what happens here, and what it is told counts here.

import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { eventually, launch } from "./harness.mjs";
import { collector, open, settled } from "./sdk/collector.mjs";

let browser, server, context;

before(async () => {
  browser = await launch();
});
after(() => browser?.close());
afterEach(async () => {
  await context?.close();
  await server?.close();
});

async function ready(attributes, script) {
  server = await collector({ attributes });
  context = await browser.newContext();
  if (script) await context.addInitScript(script);
  const { page, threw } = await open(context, `${server.origin}/app`);
  assert.equal((await settled(page)).state, "ready");
  return Object.assign(page, { threw });
}
const sent = async (page) => {
  await page.evaluate(() => firstvalue.flush());
  return server.events().map(({ type, event, userId, groupId, properties, traits }) => [event ?? type, groupId ?? userId ?? null, properties ?? traits ?? null]);
};

test("milestones and guides are told to what the host has, and none of it can harm another", async () => {
  const page = await ready('data-forward="segment rudderstack posthog dataLayer"', () => {
    window.told = [];
    window.analytics = { track: () => { throw new Error("host"); } };
    window.posthog = { capture: (event, { guide, milestone }) => window.told.push(`posthog ${event} ${guide ?? milestone}`) };
  });
  await page.evaluate(() => {
    delete window.analytics;
    window.analytics = { track: (event, { guide, milestone }) => window.told.push(`segment ${event} ${guide ?? milestone}`) };
    for (let n = 0; n < 3; n++) firstvalue.track("report.created");
  });
  await page.getByRole("dialog", { name: "Well done" }).waitFor();
  await eventually(() => page.evaluate(() => window.dataLayer?.some(({ event }) => event === "guide.step_shown")), { what: "the guide" });
  const expected = ["milestone.reached first-report", "milestone.reached three-reports", "guide.shown well-done", "guide.step_shown well-done"];
  const told = await page.evaluate(() => window.told);
  for (const name of ["segment", "posthog"]) assert.deepEqual(told.filter((line) => line.startsWith(name)), expected.map((line) => `${name} ${line}`));
  const layer = await page.evaluate(() => window.dataLayer.map(({ event, guide, milestone }) => `${event} ${guide ?? milestone}`));
  assert.deepEqual(layer, expected);
  assert.deepEqual(page.threw, []);
});

test("what cannot be forwarded stops nothing else", async () => {
  server = await collector({ attributes: 'data-forward="dataLayer"', sdk: (name, response) => name === "firstvalue_forward.js" && !!response.writeHead(404).end() });
  context = await browser.newContext();
  const { page, threw } = await open(context, `${server.origin}/app`);
  assert.equal((await settled(page)).state, "ready");
  assert.deepEqual(threw, []);
});

test("the document hears of everything but events", async () => {
  const page = await ready("", () => {
    window.heard = [];
    for (const happening of ["milestone", "guide", "step", "event"]) {
      document.addEventListener(`firstvalue:${happening}`, ({ detail }) => window.heard.push([happening, detail.milestone ?? detail.guide]));
    }
  });
  await page.evaluate(() => {
    for (let n = 0; n < 3; n++) firstvalue.track("report.created");
  });
  await eventually(() => page.evaluate(() => window.heard.some(([happening]) => happening === "step")), { what: "the step" });
  assert.deepEqual(await page.evaluate(() => window.heard), [
    ["milestone", "first-report"],
    ["milestone", "three-reports"],
    ["guide", "well-done"],
    ["guide", "well-done"],
    ["step", "well-done"],
  ]);
});

test("what the host tells another object counts here, and its own answers come back to it", async () => {
  const page = await ready("");
  const answers = await page.evaluate(() => {
    const analytics = {
      calls: [],
      track(event) { this.calls.push(event); return `tracked ${event}`; },
      identify() { return "identified"; },
      group() {},
      page() {},
      reset() {},
    };
    window.theirs = analytics;
    firstvalue.tap(analytics);
    const answers = [analytics.track("report.created", { rows: 1 }, { integrations: {} }), analytics.identify("u1", { plan: "pro" })];
    analytics.identify({ plan: "free" });
    analytics.group("acme", { seats: 2 });
    analytics.page("Docs", "Start");
    // What we forward comes by here again.
    analytics.track("milestone.reached", { milestone: "first-report" });
    analytics.track("guide.shown", { guide: "well-done" });
    analytics.reset();
    analytics.track("menu.opened");
    // What comes after the properties says how the other one is to send it.
    analytics.track("menu.closed", null, { integrations: { All: false } });
    return [...answers, analytics.calls.length];
  });
  assert.deepEqual(answers, ["tracked report.created", "identified", 5]);
  assert.deepEqual(await sent(page), [
    ["report.created", null, { rows: 1 }],
    ["identify", "u1", { plan: "pro" }],
    ["group", "acme", { seats: 2 }],
    ["menu.opened", null, null],
    ["menu.closed", null, null],
  ]);
});

test("pages of another object count where Firstvalue does not see pages itself", async () => {
  const page = await ready('data-auto-page="false"');
  await page.evaluate(() => {
    const analytics = { track() {}, identify() {}, page() {} };
    firstvalue.tap(analytics);
    analytics.page("Docs", "Start", { tab: 1 });
    analytics.page("Home");
    analytics.page();
  });
  await page.evaluate(() => firstvalue.flush());
  const pages = server.got.filter(({ type }) => type === "page").map(({ name, properties }) => [name, properties.tab]);
  assert.deepEqual(pages, [["Start", 1], ["Home", undefined], [undefined, undefined]]);
});
