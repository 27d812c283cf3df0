// Everything by finger: each kind of guide is used by taps alone, on a phone.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { eventually } from "./harness.mjs";
import { banner, beside, modal, text, tour } from "./ui/guides.mjs";
import { card, close, open as openPage, reported, reports, seen, show, start } from "./ui/host.mjs";

before(start);
after(close);

const open = (t) => openPage(t, { viewport: { width: 375, height: 720 }, hasTouch: true, isMobile: true });
const tap = (page, name) => page.locator("fv-root").getByRole("button", { name, exact: true }).tap();

test("A16: a tour goes back and forth by tapping, and its link can be tapped", async (t) => {
  const page = await open(t);
  await show(page, tour);
  await tap(page, "Next");
  await seen(page, 1);
  await tap(page, "Back");
  await seen(page, 0);
  await tap(page, "Next");
  await seen(page, 1);
  await tap(page, "Next");
  await seen(page, 2);
  await card(page).getByRole("link").tap({ trial: true });
  await tap(page, "Done");
  await reported(page, "completed 2");
});

test("A16: a tap on the target is the host's, and moves the tour on", async (t) => {
  const page = await open(t);
  await page.evaluate(() => {
    window.taps = [];
    document.querySelector("#share").addEventListener("click", ({ pointerType }) => window.taps.push(pointerType));
  });
  const steps = [{ target: { css: "#share" }, title: text("Share it"), advance: { on: "click" } }, ...beside("#export").steps];
  await show(page, { kind: "tour", steps });
  await page.locator("#share").tap();
  await seen(page, 1);
  assert.deepEqual(await page.evaluate(() => window.taps), ["touch"]);
  await tap(page, "Close");
  await reported(page, "dismissed 1");
});

test("A16: a modal is left by its buttons", async (t) => {
  const page = await open(t);
  for (const [name, end] of [["Close", "dismissed 0"], ["Later", "dismissed 0"], ["Show me around", "completed 0"]]) {
    await show(page, modal);
    await tap(page, name);
    await reported(page, end);
  }
});

test("A16: a hotspot opens and closes by tapping", async (t) => {
  const page = await open(t);
  await show(page, { kind: "hotspot", steps: [{ target: { css: "#export" }, title: text("New") }] });
  assert.equal(await card(page).count(), 0);
  await page.locator("fv-root .beacon").tap();
  await eventually(async () => (await card(page).count()) === 1, { what: "the hint" });
  await page.locator("fv-root .beacon").tap();
  await eventually(async () => (await card(page).count()) === 0, { what: "the hint's end" });
  await page.locator("fv-root .beacon").tap();
  await tap(page, "Got it");
  await reported(page, "completed 0");
});

test("A16: a survey is answered by tapping", async (t) => {
  const page = await open(t);
  const options = ["a", "b"].map((value) => ({ value, label: text(`Use ${value}`) }));
  const steps = [
    { title: text("How likely?"), ask: { id: "likely", form: "nps" } },
    { title: text("What for?"), ask: { id: "uses", form: "choices", options } },
    { title: text("Thank you") },
  ];
  await show(page, { kind: "survey", steps });
  await page.locator("fv-root .option").nth(9).tap();
  await tap(page, "Next");
  await seen(page, 1);
  for (const option of await page.locator("fv-root .option").all()) await option.tap();
  await tap(page, "Next");
  await seen(page, 2);
  const answers = await page.evaluate(() => firstvalue.reports.filter(({ kind }) => kind === "answered").map(({ detail }) => JSON.parse(detail).answer));
  assert.deepEqual(answers, [9, ["a", "b"]]);
});

test("A16: a checklist folds up, opens its tasks, and shows how, by tapping", async (t) => {
  const page = await open(t);
  const task = (id) => ({ title: text(`Do ${id}`), body: text(`How to ${id}.`), done: id, actions: [{ label: text("Show me"), do: "start", with: id }] });
  await show(page, { kind: "checklist", title: text("Start here"), steps: [task("one"), task("two")] });
  await page.locator("fv-root .fold").tap();
  await reported(page, "rest 0");
  await page.locator("fv-root .fold").tap();
  await seen(page, 0);
  await tap(page, "Do two");
  await eventually(async () => (await page.locator("fv-root .more").textContent()).startsWith("How to two."), { what: "how it is done" });
  await tap(page, "Show me");
  await reported(page, "start 0");
});

test("A16: a banner goes away by a tap, and the page scrolls under a finger meanwhile", async (t) => {
  const page = await open(t);
  await show(page, banner);
  // What a guide leaves of the page is the page's.
  const session = await page.context().newCDPSession(page);
  const touch = (type, ...touchPoints) => session.send("Input.dispatchTouchEvent", { type, touchPoints });
  const list = page.locator("#scroller");
  const { x, y } = await list.boundingBox();
  // A tap on what still rolls only holds it.
  const scrolled = list.evaluate((list) => new Promise((end) => list.addEventListener("scrollend", () => end(list.scrollTop))));
  await touch("touchStart", { x: x + 50, y: y + 150 });
  for (let moved = 20; moved <= 100; moved += 20) await touch("touchMove", { x: x + 50, y: y + 150 - moved });
  await touch("touchEnd");
  assert.ok((await scrolled) > 50);
  await tap(page, "Close");
  await reported(page, "dismissed 0");
  assert.deepEqual(await reports(page), ["step 0", "dismissed 0"]);
});
