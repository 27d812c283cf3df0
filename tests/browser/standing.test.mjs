// Announcements and resource centres, from end to end: the core package knows who sees what and what was read.

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
