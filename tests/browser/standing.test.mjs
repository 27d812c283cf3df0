// Announcements, resource centres and value reports, from end to end: the core package knows who sees what and what was
// read, and a collector what was achieved.

import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { join } from "node:path";
import { after, afterEach, before, beforeEach, test } from "node:test";
import { eventually, launch, root, serve, startCollector } from "./harness.mjs";
import { collector, open, settled } from "./sdk/collector.mjs";

let browser, server, context;

before(async () => {
  browser = await launch();
});
after(() => browser?.close());
beforeEach(async () => {
  server = await collector({ playbook: "standing.yaml" });
  context = await browser.newContext({ reducedMotion: "reduce" });
});
afterEach(async () => {
  await context?.close();
  await server?.close();
});

async function ready(path) {
  const opened = await open(context, server.origin + path);
  assert.equal((await settled(opened.page)).state, "ready");
  return opened.page;
}
const panel = (page) => page.locator("fv-root dialog");
const button = (page, name) => page.locator("fv-root").getByRole("button", { name });
const badge = (page) => page.locator("fv-root .badge [aria-hidden]");
const track = (page, event) => page.evaluate((event) => firstvalue.track(event), event);
const counts = (page, count) => eventually(async () => (await badge(page).allTextContents()).join() === count, { what: `a badge of "${count}"` });
const titles = (page) => panel(page).locator("h3").allTextContents();
const focused = (page) => page.evaluate(() => {
  const at = document.activeElement?.shadowRoot?.activeElement ?? document.activeElement;
  return at.ariaLabel || at.dataset.fv || at.textContent;
});
const requested = (name) => server.requests[`/sdk/${name}`] ?? 0;
async function sent(page, ...names) {
  await page.evaluate(() => firstvalue.flush());
  return server.events().filter(({ event }) => names.includes(event)).map(({ event, properties }) => [event, ...Object.values(properties ?? {})].join(" "));
}

test("what is new is counted at the host's element until it was read, in every tab, and for good", async () => {
  const page = await ready("/news");
  await counts(page, "1");
  await page.bringToFront();
  const other = await ready("/news-too");
  await counts(other, "1");
  await track(page, "report.created");
  await counts(page, "2");
  await counts(other, "2");
  const menu = page.locator("[data-fv=menu]");
  await menu.focus();
  await page.keyboard.press("Enter");
  await panel(page).waitFor();
  assert.deepEqual(await titles(page), ["Templates", "Faster", "Columns"], "the newest first");
  assert.equal(await panel(page).locator("article strong").textContent(), "your");
  await counts(page, "");
  await counts(other, "");
  assert.deepEqual(await panel(page).locator(".new").count(), 2, "what was new stays marked until it is closed");
  await page.keyboard.press("Escape");
  await eventually(async () => (await panel(page).count()) === 0, { what: "the close" });
  assert.equal(await focused(page), "menu", "the focus is back");
  assert.deepEqual(await sent(page, "guide.shown"), ["guide.shown news", "guide.shown news/for-makers", "guide.shown news/quiet", "guide.shown news/old"]);
  await eventually(() => page.evaluate(() => firstvalue.state().guides["news/old"].shown === 1));
  await page.reload();
  await settled(page);
  await menu.click();
  await panel(page).waitFor();
  assert.equal(await panel(page).locator(".new").count(), 0);
  await button(page, "Show me").click();
  await page.locator("fv-root").getByText("The tour").waitFor();
  assert.equal(await panel(page).filter({ hasText: "What's new" }).count(), 0, "it makes way");
  assert.equal(requested("firstvalue_standing.js") > 0, true);
});

test("an entry comes up by itself, once, and is read by that", async () => {
  const page = await ready("/popup");
  const popup = page.locator("fv-root .corner");
  await popup.getByText("At last.").waitFor();
  await eventually(async () => (await button(page, "Popups").textContent()) === "Popups", { what: "that it counts as read" });
  await popup.getByRole("button", { name: "Try it" }).click();
  await eventually(async () => (await popup.count()) === 0, { what: "its end" });
  assert.deepEqual(await sent(page, "guide.shown", "report.shared", "guide.completed"), ["guide.shown popups/now 0", "report.shared", "guide.completed popups/now 0"]);
  const state = await page.evaluate(() => firstvalue.state().guides["popups/now"]);
  assert.deepEqual([state.shown, state.completed], [1, true]);
});

test("a resource centre is searched, read and used by keyboard alone", async () => {
  const page = await ready("/help");
  await page.evaluate(() => {
    window.calls = [];
    window.guides = [];
    firstvalue.on("action", ({ name }) => calls.push(name));
    firstvalue.on("guide", ({ guide, state }) => guides.push(`${guide} ${state}`));
  });
  const launcher = button(page, "Help");
  await launcher.waitFor();
  // As frameworks do when what they find on hydration is not what they expected.
  await page.evaluate(() => document.querySelector("fv-root").remove());
  await launcher.waitFor();
  assert.equal(await launcher.getAttribute("aria-expanded"), "false");
  await launcher.focus();
  await page.keyboard.press("Enter");
  assert.equal(await focused(page), "Search");
  assert.deepEqual(await titles(page), ["First steps"]);
  await track(page, "report.created");
  await page.keyboard.press("Escape");
  assert.equal(await focused(page), "Help");
  await page.keyboard.press("Enter");
  await eventually(async () => (await titles(page)).join() === "First steps,For makers", { what: "the section for makers" });
  await page.keyboard.type("RESUME save");
  const items = () => panel(page).locator(".name").allTextContents();
  assert.deepEqual(await items(), ["Résumé of a monthFirst steps"]);
  assert.equal(await panel(page).getByRole("status").textContent(), "1 result");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  assert.equal(await focused(page), "Résumé of a month");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await eventually(async () => (await page.evaluate(() => calls.join())) === "open-chat", { what: "the call" });
  assert.equal(await panel(page).count(), 0);
  await page.evaluate(() => firstvalue.start("help"));
  await panel(page).waitFor();
  await page.keyboard.type("nowhere to be found");
  assert.equal(await panel(page).locator(".empty").textContent(), "Nothing found. Try other words.");
  await page.keyboard.press("Escape");
  assert.deepEqual(await titles(page), ["First steps", "For makers"], "Escape clears a search first");
  await button(page, "Take the tour").click();
  await page.locator("fv-root").getByText("The tour").waitFor();
  await button(page, "Got it").click();
  await eventually(() => page.evaluate(() => firstvalue.state().running === null), { what: "the end of the tour" });
  await page.evaluate(() => firstvalue.start("help"));
  await button(page, "Take the tour").click();
  await page.locator("fv-root").getByText("The tour").waitFor();
  assert.deepEqual((await sent(page, "guide.step_shown")).slice(0, 1), ["guide.step_shown help 1 Résumé of a month"]);
  assert.equal(await page.evaluate(() => guides.filter((one) => one === "help shown").length), 4);
});

test("a panel is usable over the host's modal dialog, and goes with everything else", async () => {
  const page = await ready("/help");
  await button(page, "Help").waitFor();
  await page.evaluate(() => {
    const dialog = Object.assign(document.createElement("dialog"), { id: "modal" });
    dialog.append(Object.assign(document.createElement("button"), { textContent: "In the dialog" }));
    document.body.append(dialog);
    dialog.showModal();
    firstvalue.start("help");
  });
  await panel(page).waitFor();
  await button(page, "Résumé of a month").click();
  assert.equal(await focused(page), "Résumé of a month");
  assert.equal(await page.locator("#modal fv-root").count(), 1);
  await page.keyboard.press("Escape");
  await eventually(async () => (await page.locator("body > fv-root").count()) === 1, { what: "its return" });
  assert.equal(await page.evaluate(() => document.getElementById("modal").open), true, "the dialog stays");
  await page.evaluate(() => document.getElementById("modal").close());
  await page.evaluate(() => firstvalue.start("help"));
  await panel(page).waitFor();
  // Where the user goes on in the page, it is not in the way.
  await page.evaluate(() => {
    const field = Object.assign(document.createElement("input"), { id: "under" });
    field.style.cssText = "position:fixed;right:60px;bottom:200px;width:80px";
    document.body.append(field);
    field.focus();
  });
  await eventually(async () => (await panel(page).count()) === 0, { what: "that it makes way" });
  assert.equal(await page.evaluate(() => document.activeElement.id), "under");
  await page.evaluate(() => firstvalue.destroy());
  await eventually(async () => (await page.locator("fv-root").count()) === 0, { what: "that everything is gone" });
});

test("on a small screen a panel is all there is, nothing moves, and print leaves it out", async () => {
  const page = await ready("/help");
  await page.setViewportSize({ width: 320, height: 256 });
  const launcher = button(page, "Help");
  await launcher.click();
  await page.locator("fv-root dialog:modal").waitFor();
  const box = await panel(page).boundingBox();
  assert.deepEqual([box.x, box.y, box.width, box.height], [0, 0, 320, 256]);
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= 320), true);
  for (const name of ["Close", "Take the tour"]) {
    const { width, height } = await button(page, name).boundingBox();
    assert.ok(width >= 24 && height >= 24, name);
  }
  assert.equal(await page.evaluate(() => document.querySelector("fv-root").shadowRoot.getAnimations().length), 0);
  // What is under it cannot be reached meanwhile.
  for (let press = 0; press < 8; press++) {
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => ["host", "field", "onwards"].includes(document.activeElement.id)), false);
  }
  await page.setViewportSize({ width: 1280, height: 800 });
  await eventually(async () => (await page.locator("fv-root dialog:modal").count()) === 0, { what: "the panel beside the page" });
  assert.equal(await panel(page).count(), 1);
  await page.emulateMedia({ media: "print" });
  assert.equal(await launcher.isVisible(), false);
  await page.emulateMedia({ media: "screen", forcedColors: "active" });
  const border = (locator) => locator.evaluate((element) => getComputedStyle(element).borderTopWidth);
  assert.deepEqual([await border(panel(page)), await border(launcher)], ["1px", "1px"]);
});

test("a page without them loads nothing for them", async () => {
  await server.close();
  server = await collector({ playbook: "guides.yaml" });
  const page = await ready("/elsewhere");
  await page.evaluate(() => firstvalue.flush());
  assert.equal(requested("firstvalue_standing.js"), 0);
});

const SECRET = "is_test";
const HASH = createHmac("sha256", `${SECRET}:account`).update("acme").digest("hex");

/** A product with a collector that knows what `acme` has achieved before; `went` is where its router was sent. */
async function product(t, { lang = "en", dir = "ltr", consent = "full" } = {}) {
  const collector = await startCollector({ playbook: join(root, "tests/browser/sdk/standing.yaml"), more: { "identity-secret": SECRET } });
  t.after(() => collector.stop());
  const now = new Date();
  const before = (months) => new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - months, 15)).toISOString();
  const recorded = (months, outcome, value) => ({ type: "track", userId: "bob", event: "outcome.recorded", properties: { outcome, value }, timestamp: before(months) });
  const batch = [
    { type: "group", userId: "bob", groupId: "acme", timestamp: before(14) },
    recorded(3, "hours-saved", 2),
    recorded(1, "hours-saved", 5),
    recorded(1, "deals", 3),
    recorded(0, "unseen", 99),
  ];
  await fetch(`${collector.origin}/v1/batch`, { method: "POST", body: JSON.stringify({ writeKey: collector.writeKey, batch }) });
  const init = { writeKey: collector.writeKey, endpoint: collector.origin, consent };
  const host = await serve((_, response) =>
    response.writeHead(200, { "content-type": "text/html" }).end(`<!doctype html><html lang="${lang}" dir="${dir}"><title>Host</title><body>
      <h1>Overview</h1><div data-fv-slot="saved"></div>
      <script src="${collector.origin}/sdk/firstvalue.iife.js"></script>
      <script>
        window.went = [];
        const router = { push: (path) => { went.push(path); if (!window.stays) history.pushState(null, "", path); } };
        firstvalue.init({ ...${JSON.stringify(init)}, router });
      </script>`),
  );
  t.after(() => host.close());
  const { page, said, threw } = await open(context, `${host.origin}/saved`);
  assert.equal((await settled(page)).state, "ready");
  const asked = [];
  page.on("request", (request) => new URL(request.url()).pathname === "/v1/outcomes" && asked.push(request.url()));
  return { page, asked, said, threw, collector, name: (months) => new Intl.DateTimeFormat(lang, { month: "long", timeZone: "UTC" }).format(new Date(before(months))) };
}
const group = (page, hash) => page.evaluate((hash) => firstvalue.group("acme", {}, hash), hash);
const KIND = "These numbers cannot be shown right now. Please try again later.";
const state = (page) => panel(page).getByRole("status");

test("a value report shows what the account has achieved, when it is opened and not before", async (t) => {
  const { page, asked, said, threw, collector, name } = await product(t);
  await page.evaluate(() => firstvalue.identify("ann"));
  await group(page, HASH);
  await page.evaluate(() => {
    firstvalue.outcome("hours-saved", 2.5);
    firstvalue.outcome("hours-saved", "much");
    firstvalue.outcome("hours-saved", NaN);
    firstvalue.outcome("", 1);
  });
  const launcher = page.locator("[data-fv-slot=saved] fv-root").getByRole("button", { name: "What you have saved" });
  await launcher.waitFor();
  await page.evaluate(() => firstvalue.flush());
  assert.deepEqual(asked, []);
  await launcher.focus();
  await page.keyboard.press("Enter");
  const hours = panel(page).getByRole("article").filter({ hasText: "Hours saved" });
  await hours.waitFor();
  assert.equal(asked.length, 1);
  assert.equal(await focused(page), "What you have saved", "the heading is read out first");
  assert.match(await state(page).textContent(), new RegExp(`^${name(0)} \\d{4} so far$`));
  assert.deepEqual(await titles(page), ["Hours saved", "Deals won"]);
  const lines = async (article) => (await article.locator("p").allInnerTexts()).map((line) => line.replaceAll(/\s+/g, " "));
  assert.deepEqual(await lines(hours), ["2.5 h worth €100", `2.5 h less than in ${name(1)}`, "9.5 h in 12 months · worth €380"]);
  const deals = panel(page).getByRole("article").filter({ hasText: "Deals won" });
  assert.deepEqual(await lines(deals), ["0", `3 less than in ${name(1)}`, "3 in 12 months"]);
  // What is drawn is also a list.
  const items = await hours.getByRole("listitem").allTextContents();
  assert.equal(items.length, 6);
  assert.deepEqual(items.map((item) => item.split(": ")[1].replace("\u00a0", " ")), ["0 h", "0 h", "2 h", "0 h", "5 h", "2.5 h"]);
  assert.equal(await hours.locator("svg rect").count(), 6);
  // It is a guide like all others.
  await page.evaluate(() => firstvalue.flush());
  await eventually(() => page.evaluate(() => firstvalue.state().guides.saved.shown === 1), { what: "that it was seen" });
  const known = (await collector.api("/api/guides")).guides.find(({ id }) => id === "saved");
  assert.equal(known.shown, 1);
  // Its button leads on by the host's router, and it makes way.
  await button(page, "More").click();
  assert.deepEqual(await page.evaluate(() => went), ["/reports?by=date"]);
  await eventually(async () => (await panel(page).count()) === 0, { what: "that it makes way" });
  await eventually(async () => (await launcher.count()) === 0, { what: "that it is on its page alone" });
  assert.deepEqual([said, threw], [["firstvalue: `outcome` was ignored: it needs a number"], []]);
});

test("a value report is told in the reader's language, in whatever direction and width", async (t) => {
  const { page, name } = await product(t, { lang: "de", dir: "rtl" });
  await page.setViewportSize({ width: 320, height: 568 });
  await group(page, HASH);
  await page.evaluate(() => firstvalue.outcome("hours-saved", 6));
  await button(page, "Was Sie gespart haben").click();
  const hours = panel(page).getByRole("article").first();
  await hours.getByText(`1\u00a0h mehr als im ${name(1)}`).waitFor();
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= 320), true);
  assert.equal(await hours.evaluate((element) => element.scrollWidth <= element.clientWidth), true);
  await page.emulateMedia({ forcedColors: "active" });
  const fills = await hours.locator("rect").evaluateAll((bars) => bars.map((bar) => getComputedStyle(bar).fill));
  assert.notEqual(fills.at(-1), fills[0], "this month stands out");
});

test("a value report that may not be told says so, and asks nobody", async (t) => {
  const { page, asked, said, threw } = await product(t);
  const opened = async (text) => {
    await page.evaluate(() => firstvalue.start("saved"));
    await state(page).getByText(text).waitFor();
    await page.keyboard.press("Escape");
  };
  await button(page, "What you have saved").waitFor();
  // Nobody is signed in, and then the account's id is not signed.
  await opened(KIND);
  await group(page);
  await opened(KIND);
  assert.deepEqual(asked, []);
  // The hash of a user who is called as the account is.
  await group(page, createHmac("sha256", SECRET).update("acme").digest("hex"));
  await opened(KIND);
  assert.equal(asked.length, 1);
  await group(page, HASH);
  await page.route("**/v1/outcomes*", (route) => route.abort());
  await opened(KIND);
  await page.unroute("**/v1/outcomes*");
  await page.route("**/v1/outcomes*", (route) => route.fulfill({ body: "{}", headers: { "access-control-allow-origin": "*" } }));
  await opened(KIND);
  await page.unroute("**/v1/outcomes*");
  asked.length = 0;
  await page.evaluate(() => firstvalue.consent("local"));
  await opened(KIND);
  assert.deepEqual(asked, [], "without consent nobody is asked");
  await page.evaluate(() => firstvalue.consent("full"));
  await opened(/so far$/);
  await page.evaluate(() => firstvalue.group("other", {}));
  await opened(KIND);
  assert.deepEqual([said, threw], [[], []]);
});

test("a user of a product without accounts sees what they have achieved", async (t) => {
  const { page } = await product(t);
  await page.evaluate((hash) => firstvalue.identify("cid", {}, hash), createHmac("sha256", SECRET).update("cid").digest("hex"));
  await button(page, "What you have saved").click();
  await state(page).getByText("Nothing yet. What you achieve is shown here.").waitFor();
  await page.keyboard.press("Escape");
  await page.evaluate(() => firstvalue.outcome("deals", 2));
  await button(page, "What you have saved").click();
  await panel(page).getByText("2 in 12 months").waitFor();
  assert.deepEqual(await titles(page), ["Deals won"]);
  // Of a page that the host does not show, nothing comes.
  await page.evaluate(() => (window.stays = true));
  await button(page, "More").click();
  await eventually(async () => (await panel(page).count()) === 0, { what: "that it makes way" });
  assert.deepEqual(await page.evaluate(() => went), ["/reports?by=date"]);
  await page.evaluate(() => document.querySelector("[data-fv-slot=saved]").replaceChildren());
  await button(page, "What you have saved").click();
  await panel(page).getByText("2 in 12 months").waitFor();
});
