// What each kind of guide does when it is used: hotspots, slideouts, banners beside an element, surveys,
// checklists, and steps that move on by themselves.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { eventually } from "./harness.mjs";
import { banner, beside, text } from "./ui/guides.mjs";
import { card, close, focused, frames, isUsable, open, reported, reports, seen, show, start } from "./ui/host.mjs";

before(start);
after(close);

const hotspot = { kind: "hotspot", steps: [{ target: { css: "#export" }, title: text("New"), body: text("It is **faster**.") }] };
const slideout = { kind: "slideout", steps: [{ title: text("By mail"), body: text("Every Monday.") }] };
const inline = (placement) => ({ kind: "banner", steps: [{ ...banner.steps[0], target: { css: "#scroller" }, placement }] });
const likely = { title: text("How likely?"), ask: { id: "likely", form: "nps", low: text("Not"), high: text("Very") } };
const why = { title: text("Why?"), ask: { id: "why", form: "text", optional: true }, if: [{ question: "likely", is: { lte: 6 } }] };
const uses = {
  title: text("What for?"),
  ask: { id: "uses", form: "choices", options: ["a", "b", "c"].map((value) => ({ value, label: text(`Use ${value}`) })) },
  if: [{ question: "likely", is: { gte: 9 } }],
};
const thanks = { title: text("Thank you") };
const survey = { kind: "survey", steps: [likely, why, uses, thanks] };
const task = (id, more = {}) => ({ title: text(`Do ${id}`), body: text(`How to ${id}.`), done: id, ...more });
const checklist = { kind: "checklist", title: text("Start here"), steps: [task("one"), task("two", { actions: [{ label: text("Show me"), do: "start", with: "how" }] })] };

const button = (page, name) => page.locator("fv-root").getByRole("button", { name });
const details = (page) => page.evaluate(() => firstvalue.reports.map(({ kind, detail }) => [kind, detail]).filter(([, detail]) => detail));
const answers = async (page) => (await details(page)).filter(([kind]) => kind === "answered").map(([, detail]) => JSON.parse(detail));
const hear = (page, happening, detail) => page.evaluate(([happening, detail]) => firstvalue.ui.hear(happening, JSON.stringify(detail)), [happening, detail]);

test("a hotspot is a beacon on its target that opens and closes a hint", async (t) => {
  const page = await open(t);
  await show(page, hotspot);
  const beacon = page.locator("fv-root .beacon");
  const place = async () => {
    const [a, b] = await Promise.all([beacon.boundingBox(), page.locator("#export").boundingBox()]);
    return Math.hypot(a.x + a.width / 2 - b.x - b.width + 4, a.y + a.height / 2 - b.y - 4) <= 1;
  };
  assert.ok(await place());
  await page.locator("h1").evaluate((heading) => (heading.style.paddingTop = "30px"));
  await frames(page, 3);
  assert.ok(await place(), "it follows");
  assert.equal(await card(page).count(), 0);
  await page.keyboard.press("Escape");
  await beacon.focus();
  await page.keyboard.press("Enter");
  await eventually(async () => (await focused(page)) === "Got it");
  await page.keyboard.press("Escape");
  await eventually(async () => (await card(page).count()) === 0);
  await eventually(() => beacon.evaluate((element) => element.getRootNode().activeElement === element), { what: "the focus on the beacon" });
  await beacon.click();
  await button(page, "Got it").click();
  await reported(page, "completed 0");
  assert.deepEqual(await reports(page), ["step 0", "completed 0"], "it is shown once, however often it is opened");
});

test("a slideout leaves the page, the focus and Escape alone", async (t) => {
  const page = await open(t);
  await page.locator("#export").focus();
  await show(page, slideout);
  assert.equal(await focused(page), "export");
  assert.equal(await isUsable(page.locator("#share")), true);
  await page.keyboard.press("Escape");
  await frames(page, 2);
  assert.equal(await card(page).count(), 1);
  await button(page, "Got it").focus();
  await page.keyboard.press("Enter");
  await reported(page, "completed 0");
  assert.equal(await focused(page), "export");
});

test("a banner beside an element lies in the page, and finds its place again", async (t) => {
  const page = await open(t);
  for (const placement of ["before", "after"]) {
    await show(page, inline(placement));
    const [box, target] = await Promise.all([card(page).boundingBox(), page.locator("#scroller").boundingBox()]);
    if (placement === "before") assert.ok(box.y + box.height <= target.y);
    else assert.ok(box.y >= target.y + target.height);
    assert.equal(await page.locator("fv-root[popover]").evaluate((root) => root.matches(":popover-open")), false);
  }
  await page.evaluate(() => {
    // As a framework does that renders again.
    const old = document.getElementById("scroller");
    const again = old.cloneNode(true);
    document.querySelectorAll("main > fv-root").forEach((ours) => ours.remove());
    old.replaceWith(again);
  });
  await eventually(async () => (await page.locator("#scroller + fv-root").count()) === 1, { what: "the banner again" });
  await button(page, "Invite people").focus();
  await page.keyboard.press("Escape");
  await reported(page, "dismissed 0");
  assert.equal(await page.locator("main fv-root").count(), 0, "nothing is left in the page");
});

test("A17: a survey asks on by what was answered, and each answer is reported once, by keyboard alone", async (t) => {
  const page = await open(t);
  await show(page, survey);
  const next = button(page, "Next");
  assert.equal(await next.isDisabled(), true, "there is no answer yet");
  await page.locator("fv-root [type=radio]").first().focus();
  await page.keyboard.press("Space");
  for (let presses = 0; presses < 4; presses++) await page.keyboard.press("ArrowRight");
  await next.focus();
  await page.keyboard.press("Enter");
  await seen(page, 1);
  const field = page.locator("fv-root textarea");
  assert.equal(await field.evaluate((element) => element.getRootNode().activeElement === element), true);
  await page.keyboard.type("Too slow, \"really\".");
  await button(page, "Back").click();
  await seen(page, 0);
  assert.equal(await page.locator("fv-root :checked").evaluate((input) => input.nextSibling.textContent), "4");
  await next.click();
  await seen(page, 1);
  assert.equal(await field.inputValue(), "Too slow, \"really\".");
  await next.click();
  await seen(page, 3);
  assert.deepEqual(await answers(page), [
    { question: "likely", form: "nps", answer: 4 },
    { question: "why", form: "text", answer: "Too slow, \"really\"." },
  ]);
  await page.keyboard.press("Escape");
  await reported(page, "completed 3");
});

test("a survey that is left keeps what was answered", async (t) => {
  const page = await open(t);
  await show(page, survey);
  await page.locator("fv-root .option").nth(10).click();
  await button(page, "Next").click();
  await seen(page, 2);
  for (const name of ["Use a", "Use b", "Use c", "Use b"]) await page.locator("fv-root").getByText(name).click();
  await button(page, "Close").click();
  await reported(page, "dismissed 2");
  assert.deepEqual(await answers(page), [
    { question: "likely", form: "nps", answer: 10 },
    { question: "uses", form: "choices", answer: ["a", "c"] },
  ]);
});

test("H16: typing in a survey is no affair of the host's shortcuts", async (t) => {
  const page = await open(t);
  await page.evaluate(() => {
    window.keys = [];
    document.addEventListener("keydown", (event) => keys.push(event.key));
  });
  await show(page, { kind: "survey", steps: [{ ...why, if: [] }] });
  await page.locator("fv-root textarea").pressSequentially("n/k");
  assert.deepEqual(await page.evaluate(() => keys), []);
});

test("a checklist shows what is done, also what was done before, and says so when more is", async (t) => {
  const page = await open(t);
  const state = { milestones: { one: { reachedAt: 5 }, two: { reachedAt: null } } };
  await show(page, checklist, { state });
  assert.deepEqual(await page.locator("fv-root [data-done]").allTextContents(), ["Do oneDone"]);
  assert.equal(await button(page, "Do two").getAttribute("aria-expanded"), "true", "what is still to be done says how");
  await button(page, "Do one").click();
  assert.equal(await page.locator("fv-root .more").textContent(), "How to one.");
  await hear(page, "milestone", { milestone: "other" });
  await hear(page, "milestone", { milestone: "two" });
  await eventually(async () => (await page.locator("fv-root [data-done]").count()) === 2);
  assert.equal(await page.locator("fv-root [role=status]").textContent(), "Do two: Done");
  await page.locator("fv-root .foot").getByRole("button", { name: "Done" }).click();
  await reported(page, "completed 0");
});

test("a checklist may have its order, and stay until all is done", async (t) => {
  const page = await open(t);
  const rules = { ordered: true, dismiss: "when-done" };
  await show(page, { ...checklist, checklist: rules });
  const [one, two] = [button(page, "Do one"), button(page, "Do two")];
  assert.deepEqual([await one.getAttribute("aria-expanded"), await two.getAttribute("aria-disabled")], ["true", "true"]);
  await two.focus();
  await page.keyboard.press("Enter");
  await frames(page, 2);
  assert.equal(await page.locator("fv-root .more").textContent(), "How to one.", "one that waits says nothing yet");
  assert.equal(await button(page, "Close").count(), 0);
  await hear(page, "milestone", { milestone: "one" });
  await eventually(async () => (await two.getAttribute("aria-expanded")) === "true");
  assert.equal(await two.getAttribute("aria-disabled"), null);
  await hear(page, "milestone", { milestone: "two" });
  await button(page, "Close").click();
  await reported(page, "dismissed 0");
  await show(page, { ...checklist, checklist: { dismiss: "never" } }, { state: { milestones: { one: { reachedAt: 5 }, two: { reachedAt: 6 } } } });
  await seen(page, 0);
  assert.equal(await button(page, "Close").count(), 0);
  await page.locator("fv-root .foot").getByRole("button", { name: "Done" }).click();
  await reported(page, "completed 0");
});

test("a checklist folds up, and rests meanwhile", async (t) => {
  const page = await open(t);
  await show(page, checklist);
  const fold = page.locator("fv-root .fold");
  await fold.focus();
  await page.keyboard.press("Enter");
  await reported(page, "rest 0");
  assert.equal(await page.locator("fv-root .task").count(), 0);
  assert.equal(await fold.evaluate((element) => element.getRootNode().activeElement === element), true, "the focus stays");
  await page.keyboard.press("Enter");
  await seen(page, 0);
  await button(page, "Do two").click();
  await button(page, "Show me").click();
  await reported(page, "start 0");
  assert.deepEqual((await reports(page)).slice(-2), ["rest 0", "start 0"]);
  assert.equal((await details(page)).at(-1)[1], "how");
  await page.evaluate((guide) => firstvalue.show(guide, { resting: 1 }), checklist);
  await reported(page, "rest 0");
  assert.equal(await fold.getAttribute("aria-expanded"), "false", "it is as it was left");
});

test("a button may start another guide, which completes this one", async (t) => {
  const page = await open(t);
  await show(page, { kind: "modal", steps: [{ title: text("Welcome"), actions: [{ label: text("Show me"), do: "start", with: "tour" }] }] });
  await button(page, "Show me").click();
  await reported(page, "start 0");
  assert.deepEqual(await reports(page), ["step 0", "completed 0", "start 0"]);
});

test("a step moves on when something is entered in its target", async (t) => {
  const page = await open(t);
  const [first] = beside("#search", { advance: { on: "input" } }).steps;
  await show(page, { kind: "tour", steps: [first, beside("#export").steps[0]] });
  await page.locator("#search").pressSequentially("abc");
  await frames(page, 3);
  assert.deepEqual(await reports(page), ["step 0"], "not in the middle of it");
  await page.keyboard.press("Enter");
  await seen(page, 1);
  assert.deepEqual(await reports(page), ["step 0", "at 1", "step 1"]);
});

test("a step moves on when the user does something", async (t) => {
  const page = await open(t);
  const [first] = beside("#new", { advance: { on: "event", event: "report.created" } }).steps;
  await show(page, { kind: "tour", steps: [first, beside("#export").steps[0]] });
  await hear(page, "event", { type: "track", event: "report.shared" });
  await frames(page, 3);
  assert.deepEqual(await reports(page), ["step 0"]);
  await hear(page, "event", { type: "track", event: "report.created" });
  await seen(page, 1);
});

test("a step moves on by a route, and is passed over where that is shown already", async (t) => {
  const page = await open(t);
  const routed = (path) => beside("#new", { advance: { on: "route", page: path } }).steps[0];
  const last = beside("#export").steps[0];
  await show(page, { kind: "tour", steps: [routed("/reports/*/edit"), last] });
  for (const [path, there] of [["/reports/7", false], ["/reports/7/8/edit", false], ["/reports/7/edit", true]]) {
    await page.evaluate((path) => history.pushState(null, "", path), path);
    await hear(page, "event", { type: "page" });
    await frames(page, 3);
    assert.equal((await reports(page)).at(-1) === "step 1", there, path);
  }
  await show(page, { kind: "tour", steps: [routed("/reports/**"), last] }, { step: 0, at: 1 });
});

test("A10: what has the focus is not hidden by a guide", async (t) => {
  const page = await open(t, { viewport: { width: 1000, height: 500 } });
  await page.evaluate(() => {
    for (const [id, style] of [["low", "bottom:30px;right:40px"], ["under", "top:200px;left:40px"]]) {
      const button = Object.assign(document.createElement("button"), { id, textContent: id });
      button.style.cssText = `position:fixed;${style}`;
      document.body.prepend(button);
    }
  });
  const visible = async (id) => {
    await page.locator(`#${id}`).focus();
    return eventually(() => isUsable(page.locator(`#${id}`)), { what: `${id} in view` });
  };
  for (const guide of [slideout, { ...banner, steps: [{ ...banner.steps[0], placement: "bottom" }] }, checklist]) {
    await show(page, guide);
    await visible("low");
    assert.equal(await card(page).count(), 1);
  }
  await show(page, { kind: "tooltip", steps: [{ ...beside("#share").steps[0], placement: "bottom" }] });
  const before = await page.locator("fv-root .float").boundingBox();
  const target = await page.locator("#share").boundingBox();
  await page.locator("#under").evaluate((button, { x, y }) => (button.style.cssText = `position:fixed;left:${x + 60}px;top:${y + 40}px`), before);
  await visible("under");
  const after = await page.locator("fv-root .float").boundingBox();
  assert.notDeepEqual([after.x, after.y], [before.x, before.y]);
  assert.ok(target.x < 1000);
});

test("a step moves on when a milestone is reached, and is passed over where that was before", async (t) => {
  const page = await open(t);
  const [first] = beside("#new", { advance: { on: "milestone", milestone: "activated" } }).steps;
  const guide = { kind: "tour", steps: [first, beside("#export").steps[0]] };
  await show(page, guide);
  await hear(page, "milestone", { milestone: "other" });
  await frames(page, 3);
  assert.deepEqual(await reports(page), ["step 0"]);
  await hear(page, "milestone", { milestone: "activated" });
  await seen(page, 1);
  await show(page, guide, { at: 1, state: { milestones: { activated: { reachedAt: 7 } } } });
});

const branching = {
  kind: "modal",
  steps: [
    { title: text("Who are you?"), actions: [{ label: text("I read"), do: "go-to", with: "reads" }, { label: text("I write"), do: "next" }] },
    { title: text("Write") },
    { id: "reads", title: text("Read"), actions: [{ label: text("Back"), do: "back" }, { label: text("Later"), do: "snooze" }] },
  ],
};

test("buttons lead to other steps, and back to where the user came from", async (t) => {
  const page = await open(t);
  await show(page, branching);
  await button(page, "I read").click();
  await seen(page, 2);
  await button(page, "Back").click();
  await seen(page, 0);
  await button(page, "I read").click();
  await seen(page, 2);
  await button(page, "Later").click();
  await reported(page, "snoozed 2");
});

test("buttons record, call the host and open addresses, and move on", async (t) => {
  const page = await open(t);
  const step = (label, effect, more) => ({ title: text(label), actions: [{ label: text(label), do: effect, with: more }] });
  await show(page, {
    kind: "modal",
    steps: [step("Record", "track", "report.shared"), step("Call", "call", "open-chat"), step("Open", "link", "#top"), step("Bad", "link", "javascript:alert(1)")],
  });
  for (const [place, label] of ["Record", "Call", "Open"].entries()) {
    await button(page, label).click();
    await seen(page, place + 1);
  }
  assert.deepEqual((await details(page)).slice(0, 2), [["track", "report.shared"], ["action", "open-chat"]]);
  await eventually(() => page.evaluate(() => location.hash === "#top"), { what: "the address" });
  await button(page, "Bad").click();
  await frames(page, 3);
  assert.equal((await reports(page)).at(-1), "step 3", "that is no address");
});

test("a banner and a checklist may have a slot in the page", async (t) => {
  const page = await open(t);
  const addSlot = () =>
    page.evaluate(() => {
      const slot = document.createElement("div");
      slot.dataset.fvSlot = "start";
      document.querySelector("h1").after(slot);
    });
  await page.evaluate((guide) => firstvalue.show(guide), { ...checklist, slot: "start" });
  await frames(page, 5);
  assert.deepEqual(await reports(page), [], "the slot is still to come");
  await addSlot();
  await seen(page, 0);
  const slot = page.locator("[data-fv-slot=start]");
  assert.ok((await slot.boundingBox()).height > 100, "it takes its room in the page");
  await slot.locator(".fold").click();
  await reported(page, "rest 0");
  await show(page, { ...banner, slot: "start" });
  const heading = await page.locator("h1").boundingBox();
  const box = await slot.locator(".strip").boundingBox();
  assert.ok(box.y >= heading.y + heading.height);
  await page.evaluate(() => document.querySelector("[data-fv-slot]").replaceChildren());
  await eventually(async () => (await slot.locator(".strip").count()) === 1, { what: "the banner again" });
  await slot.getByRole("button", { name: "Close" }).click();
  await reported(page, "dismissed 0");
  assert.equal(await slot.locator("fv-root").count(), 0);
});
