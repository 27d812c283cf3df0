// What must hold of guides whatever the browser, in Firefox. Chromium is asked more of the same in
// `ui.test.mjs` and `kinds.test.mjs`.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch, open as openPage, press } from "./firefox.mjs";
import { focusFirst, reachAll, SAYING, serveGallery, show as showSpecimen } from "./gallery/host.mjs";
import { eventually } from "./harness.mjs";
import { beside, modal, text, tooltip, tour } from "./ui/guides.mjs";
import { focused, frames, isUsable, reported, reports, seen, serveHost, show } from "./ui/host.mjs";

const likely = { title: text("How likely?"), ask: { id: "likely", form: "nps", low: text("Not"), high: text("Very") } };
const why = { title: text("Why?"), ask: { id: "why", form: "text", optional: true } };
const survey = { kind: "survey", steps: [likely, why, { title: text("Thank you") }] };

let browser, host;

before(async () => {
  // What moves could be caught half way.
  browser = await launch({ prefs: { "ui.prefersReducedMotion": 1 } });
  host = await serveHost();
});
after(async () => {
  await browser?.close();
  await host?.close();
});

/** Opens the host page, and checks when the test is over that nothing went wrong in it. */
async function open(t) {
  const page = await openPage(browser, `${host.origin}/index.html`);
  await page.waitForFunction(() => window.firstvalue);
  t.after(async () => {
    const violations = await page.evaluate(() => firstvalue.violations);
    await page.end();
    assert.deepEqual(violations, [], "the content security policy holds");
    assert.deepEqual([page.threw, page.said], [[], []], "the page has no errors and no console output");
  });
  return page;
}

/** What has this role and name for assistive technology: in a guide, and on the page. */
const ours = (page, role, name) => page.$(`fv-root >>> ::-p-aria([name="${name}"][role="${role}"])`);
const hosts = (page, role, name) => page.$(`::-p-aria([name="${name}"][role="${role}"])`);
const button = (page, name) => ours(page, "button", name);
const focus = async (page, name) => (await button(page, name)).focus();
const isGone = (page) => page.evaluate(() => !firstvalue.root.shadowRoot.querySelector(".card"));
const isOpen = (page) => page.$eval("#dialog", (dialog) => dialog.open);
const isHome = (page) => page.evaluate(() => firstvalue.root.parentElement === document.body);

/** Opens the gallery, which is served under the strictest policy, and gives the ids of its guides. */
async function openGallery(t, options) {
  const gallery = await serveGallery();
  const init = () => {
    window.violations = [];
    document.addEventListener("securitypolicyviolation", ({ effectiveDirective, sourceFile }) => window.violations.push(`${effectiveDirective} ${sourceFile}`));
  };
  const page = await openPage(browser, `${gallery.origin}/gallery/page.html`, { init, ...options });
  await page.waitForFunction(() => window.gallery);
  t.after(async () => {
    const violations = await page.evaluate(() => window.violations);
    await page.end();
    await gallery.close();
    assert.deepEqual(violations, [], "the content security policy holds");
    assert.deepEqual([page.threw, page.said], [[], []], "the page has no errors and no console output");
  });
  return { page, ids: await page.evaluate(() => window.gallery.ids) };
}

test("H2: every guide of the gallery is drawn under the strictest policy, and is all there for the keyboard", async (t) => {
  const { page, ids } = await openGallery(t);
  assert.ok(ids.length > 50);
  for (const id of ids) {
    await showSpecimen(page, id);
    const count = await focusFirst(page);
    assert.equal(count > 0, !SAYING.includes(id), id);
    if (count) await t.test(id, () => reachAll(page, count, (key) => press(page, key)));
  }
});

test("A11: in a small window with scroll bars no guide lies under one", async (t) => {
  const { page, ids } = await openGallery(t, { viewport: { width: 340, height: 480 } });
  assert.ok(await page.evaluate(() => document.documentElement.clientWidth < innerWidth), "they take their room");
  for (const id of ids) {
    await showSpecimen(page, id);
    const outside = () =>
      page.evaluate(() => {
        const { clientWidth } = document.documentElement;
        const cards = [...document.querySelectorAll("fv-root")].flatMap(({ shadowRoot }) => [...shadowRoot.querySelectorAll(".card")]);
        return cards.map((card) => card.getBoundingClientRect()).filter(({ left, right }) => left < 0 || right > clientWidth).map(({ left, right }) => [left, right, clientWidth]);
      });
    await frames(page, 2);
    assert.deepEqual(await outside(), [], id);
  }
});

test("A12: nothing moves for those who do not want it", async (t) => {
  const { page, ids } = await openGallery(t);
  for (const id of ids) {
    await page.evaluate((id) => window.gallery.show(id, "light", "ltr"), id);
    const moving = () => page.evaluate(() => [...document.querySelectorAll("fv-root")].flatMap(({ shadowRoot }) => shadowRoot.getAnimations()).length);
    for (let frame = 0; frame < 3; frame++) {
      await frames(page, 1);
      assert.equal(await moving(), 0, id);
    }
  }
});

for (const when of ["before", "after"]) {
  test(`H13, H14: a step can be used above a dialog that the host opened ${when} it`, async (t) => {
    const page = await open(t);
    if (when === "before") await page.click("#share");
    await show(page, beside(when === "before" ? "#send" : "#share"));
    if (when === "after") await page.click("#share");
    await eventually(async () => isUsable(await button(page, "Got it")), { what: "a usable button" });
    assert.equal(await isOpen(page), true);
    const reached = new Set();
    for (let count = 0; count < 8; count++) {
      await press(page, "Tab");
      reached.add(await focused(page));
    }
    assert.ok(reached.has("Got it") && reached.has("send"), `Tab comes to the step and the dialog: ${[...reached]}`);

    // Escape closes the step, and only then the host's dialog.
    await page.focus("#send");
    await press(page, "Escape");
    await reported(page, "dismissed 0");
    assert.equal(await isOpen(page), true);
    await press(page, "Escape");
    await eventually(async () => !(await isOpen(page)), { what: "the end of the dialog" });
    assert.equal(await isHome(page), true);
  });
}

test("H13: a step goes home when the host's dialog closes, and survives its removal", async (t) => {
  const page = await open(t);
  await show(page, beside("#export"));
  const usable = async () => isUsable(await button(page, "Got it"));
  await page.click("#share");
  await eventually(usable, { what: "a usable button in the dialog" });
  await page.click("#cancel");
  await eventually(() => isHome(page), { what: "the way home" });
  await eventually(usable, { what: "a usable button on the page" });

  await page.click("#share");
  await eventually(() => page.evaluate(() => firstvalue.root.parentElement.id === "dialog"), { what: "the way into the dialog" });
  await page.evaluate(() => document.getElementById("dialog").remove());
  await eventually(() => isHome(page), { what: "the way home" });
  await eventually(usable, { what: "a usable button on the page" });
  await (await button(page, "Got it")).click();
  await reported(page, "completed 0");
});

test("H13: a modal is above the host's dialog", async (t) => {
  const page = await open(t);
  await page.click("#share");
  await show(page, modal);
  await (await button(page, "Show me around")).click();
  await reported(page, "completed 0");
  assert.equal(await isUsable(await page.$("#send")), true);
});

test("A3: a modal keeps the focus, and nobody gets at the page behind it", async (t) => {
  const page = await open(t);
  await page.evaluate(() => {
    window.used = [];
    for (const type of ["click", "focus"]) document.querySelector("main").addEventListener(type, ({ target }) => used.push(`${type} ${target.id}`), true);
  });
  assert.ok(await hosts(page, "button", "Export"));
  await show(page, modal);
  assert.equal(await focused(page), "Show me around");
  assert.ok(await ours(page, "dialog", "Welcome"));
  assert.equal(await hosts(page, "button", "Export"), null, "assistive technology does not see it");
  const reached = new Set();
  for (const key of ["Tab", "Shift+Tab"]) {
    for (let count = 0; count < 30; count++) {
      await press(page, key);
      const where = await page.evaluate(() => document.activeElement.localName);
      assert.ok(["fv-root", "body"].includes(where), where);
      if (where === "fv-root") reached.add(await focused(page));
    }
  }
  assert.deepEqual([...reached].sort(), ["Close", "Later", "Show me around"]);
  await page.$eval("#export", (element) => element.focus());
  const { x, y } = await page.$eval("#export", (element) => element.getBoundingClientRect().toJSON());
  await page.mouse.click(x + 5, y + 5);
  assert.deepEqual(await page.evaluate(() => used), []);
  assert.equal(await isUsable(await page.$("#export")), false);
  assert.deepEqual(await reports(page), ["step 0"]);
});

test("A4: Tab goes from a step to its target and on through the page, and comes back", async (t) => {
  const page = await open(t);
  await show(page, tooltip);
  await focus(page, "Got it");
  const way = [];
  for (let count = 0; count < 4; count++) {
    await press(page, "Tab");
    way.push(await focused(page));
  }
  assert.deepEqual(way, ["export", "scroller", "Close", "Got it"]);
  await page.focus("#scroller");
  await press(page, "Shift+Tab");
  assert.equal(await focused(page), "export", "nothing is in the way back either");
});

test("A5: Escape ends a tour wherever the focus is, and takes nobody a step further", async (t) => {
  const page = await open(t);
  for (const from of ["body", "#export", "Next", "Close"]) {
    await show(page, tour);
    await page.evaluate(() => document.activeElement.blur());
    if (from.startsWith("#")) await page.focus(from);
    else if (from !== "body") await focus(page, from);
    await page.evaluate(() => firstvalue.reports.splice(0));
    await press(page, "Escape");
    await reported(page, "dismissed 0");
    assert.deepEqual(await reports(page), ["dismissed 0"], from);
    assert.equal(await isGone(page), true);
  }
});

test("A5: Escape is the host's while the user types, and so is every other key", async (t) => {
  const page = await open(t);
  await show(page, tour);
  await page.focus("#search");
  await page.keyboard.type("abc");
  for (const key of ["ArrowLeft", "ArrowLeft", "ArrowRight", "Home", "ArrowRight"]) await press(page, key);
  assert.equal(await page.$eval("#search", (field) => field.selectionStart), 1, "the caret moves");
  await press(page, "Escape");
  await page.focus("#export");
  for (const key of ["ArrowRight", "ArrowLeft", "ArrowDown", "n", "Home"]) await press(page, key);
  await frames(page, 3);
  assert.deepEqual(await reports(page), ["step 0"]);
  assert.ok(await ours(page, "dialog", "Create a report"));
});

test("A6: the focus is back where it was after Escape, Close and Done, from every step", async (t) => {
  const page = await open(t);
  for (const [step, name, key] of [[0, "Next", "Escape"], [0, "Close", "Enter"], [1, "Next", "Escape"], [1, "Close", "Enter"], [2, "Close", "Enter"], [2, "Done", "Enter"]]) {
    await page.focus("#export");
    await show(page, tour);
    assert.equal(await focused(page), "export", "a step that nobody asked for leaves the focus");
    for (let at = 0; at < step; at++) {
      await focus(page, "Next");
      await press(page, "Enter");
      await seen(page, at + 1);
      assert.equal(await focused(page), at + 1 === 2 ? "Done" : "Next", "one that was asked for takes it");
    }
    await focus(page, name);
    await press(page, key);
    await eventually(() => isGone(page), { what: "the end" });
    assert.equal(await focused(page), "export", `${name} of step ${step}`);
  }
});

test("A6: a modal gives the focus back, and when what had it is gone, it goes to the target", async (t) => {
  const page = await open(t);
  await page.focus("#export");
  await show(page, modal);
  await press(page, "Escape");
  await reported(page, "dismissed 0");
  assert.equal(await focused(page), "export");
  await show(page, tour, { step: 2 });
  await focus(page, "Done");
  await page.evaluate(() => document.getElementById("export").remove());
  await press(page, "Enter");
  await reported(page, "completed 2");
  assert.equal(await focused(page), "share");
});

test("A17: a survey is filled in by keyboard alone, and says what it asks", async (t) => {
  const page = await open(t);
  await show(page, survey);
  assert.ok(await ours(page, "radiogroup", "How likely? Not Very"));
  for (const name of ["0", "10"]) assert.ok(await ours(page, "radio", name));
  assert.equal(await (await button(page, "Next")).evaluate((element) => element.disabled), true, "there is no answer yet");
  // From the page, as a user comes to it.
  await page.focus("#scroller");
  const isRadio = () => page.evaluate(() => firstvalue.root.shadowRoot.activeElement?.type === "radio");
  for (let count = 0; count < 6 && !(await isRadio()); count++) await press(page, "Tab");
  assert.ok(await isRadio(), "Tab comes to the answers");
  await press(page, " ");
  for (let count = 0; count < 4; count++) await press(page, "ArrowRight");
  await press(page, "Tab");
  assert.equal(await focused(page), "Next");
  await press(page, "Enter");
  await seen(page, 1);
  assert.ok(await ours(page, "textbox", "Why?"));
  assert.equal(await page.evaluate(() => firstvalue.root.shadowRoot.activeElement.localName), "textarea", "the focus is where to write");
  await page.keyboard.type('Too slow, "really".');
  for (let count = 0; count < 3 && (await focused(page)) !== "Next"; count++) await press(page, "Tab");
  await press(page, "Enter");
  await seen(page, 2);
  const answers = await page.evaluate(() => firstvalue.reports.filter(({ kind }) => kind === "answered").map(({ detail }) => JSON.parse(detail)));
  assert.deepEqual(answers, [
    { question: "likely", form: "nps", answer: 4 },
    { question: "why", form: "text", answer: 'Too slow, "really".' },
  ]);
  await press(page, "Escape");
  await reported(page, "completed 2");
});
