// The guide renderer by itself, on a page with a strict content security policy.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { eventually } from "./harness.mjs";
import { banner, beside, modal, text, tooltip, tour } from "./ui/guides.mjs";
import { card, close, focused, frames, isUsable, open, reported, reports, seen, show, start } from "./ui/host.mjs";

const KINDS = { tour, tooltip, modal, banner };

before(start);
after(close);

const TREES = {
  tour: `
    - dialog "Create a report":
      - paragraph: Create a report
      - button "Close"
      - paragraph:
        - text: Start from a template.
        - strong: You can change it later.
      - text: 1 of 3
      - button "Next"`,
  tooltip: `
    - dialog "Tired of exporting?":
      - paragraph: Tired of exporting?
      - button "Close"
      - paragraph:
        - strong: Schedule
        - text: it, and it comes by mail every Monday.
      - button "Got it"`,
  modal: `
    - dialog "Welcome":
      - heading "Welcome" [level=2]
      - button "Close"
      - paragraph: Two minutes to your first report.
      - list:
        - listitem: Connect your numbers
        - listitem: Share them
      - button "Later"
      - button "Show me around"`,
  banner: `
    - region "Better together.":
      - paragraph: Better together.
      - paragraph: Teams that invite a colleague get more out of it.
      - button "Invite people"
      - button "Close"`,
};

for (const [kind, guide] of Object.entries(KINDS)) {
  test(`A2, A7: a ${kind} is what assistive technology expects`, async (t) => {
    const page = await open(t);
    await show(page, guide);
    const outline = (tree) => tree.trim().split("\n").map((line) => line.trim().replace(/"([^"]*)"$/, "$1"));
    assert.deepEqual(outline(await card(page).ariaSnapshot()), outline(TREES[kind]));
    const description = await card(page).evaluate((element) => {
      const id = element.getAttribute("aria-describedby");
      return id && element.getRootNode().getElementById(id).textContent;
    });
    assert.equal(Boolean(description), kind !== "banner");
    // Where the focus did not go to the guide, its text is announced.
    const live = await page.locator("fv-root [role=status]").textContent();
    assert.equal(live.startsWith(guide.steps[0].title[""]), kind !== "modal", live);
  });
}

test("a film says what it shows and waits to be asked, and lists are in order", async (t) => {
  const page = await open(t);
  const body = '1. First\n2. Second\n\n![How to share](/share.mp4 =640x360 "javascript:alert")';
  await show(page, { kind: "modal", steps: [{ title: text("Look"), body: text(body) }] });
  const drawn = await card(page).locator(".body").evaluate((element) => element.innerHTML);
  assert.equal(
    drawn,
    '<ol><li>First</li><li>Second</li></ol><p><video aria-label="How to share" controls="" height="360" preload="none" src="/share.mp4" width="640"></video></p>',
  );
  const { width, height } = await card(page).locator("video").boundingBox();
  assert.ok(Math.abs(width / height - 640 / 360) < 0.02, "its room is reserved");
});

test("a tour goes back and forth, and its end is reported", async (t) => {
  const page = await open(t);
  await show(page, tour);
  const button = (name) => card(page).getByRole("button", { name });
  await button("Next").click();
  await seen(page, 1);
  await button("Back").click();
  await seen(page, 0);
  await button("Next").click();
  await seen(page, 1);
  await button("Next").click();
  await seen(page, 2);
  await button("Done").click();
  await reported(page, "completed 2");
  assert.equal(await card(page).count(), 0);
  assert.equal(await page.locator("fv-root").evaluate((element) => element.matches(":popover-open")), false);
});

test("what the loader calls does what the buttons do", async (t) => {
  const page = await open(t);
  await show(page, tour, { step: 1 });
  await page.evaluate(() => firstvalue.ui.back());
  await seen(page, 0);
  await page.evaluate(() => firstvalue.ui.next());
  await seen(page, 1);
  // Another guide takes its place without a report about the first.
  await show(page, tooltip);
  assert.equal(await card(page).count(), 1);
  await page.evaluate(() => firstvalue.ui.hide());
  await eventually(async () => (await card(page).count()) === 0);
  assert.deepEqual(await reports(page), ["step 1", "step 0", "step 1", "step 0"]);
});

test("content that cannot be drawn is refused", async (t) => {
  const page = await open(t);
  for (const [guide, step] of [["{}", 0], ["", 0], [JSON.stringify(tour), 4]]) {
    const refused = await page.evaluate(([guide, step]) => {
      try {
        firstvalue.ui.show(guide, step, "{}");
      } catch {
        return true;
      }
    }, [guide, step]);
    assert.equal(refused, true, guide);
  }
  await show(page, tour);
});

test("A5: Escape dismisses, but is the host's while the user types in a field of it", async (t) => {
  const page = await open(t);
  await show(page, tour);
  await page.locator("#search").focus();
  await page.keyboard.press("Escape");
  await frames(page, 3);
  assert.equal(await card(page).count(), 1);
  await page.locator("#export").focus();
  await page.keyboard.press("Escape");
  await reported(page, "dismissed 0");
  assert.equal(await focused(page), "export", "the focus stays where it is");
});

test("Escape is no affair of a banner unless the focus is in it", async (t) => {
  const page = await open(t);
  await show(page, banner);
  await page.locator("#export").focus();
  await page.keyboard.press("Escape");
  await frames(page, 3);
  assert.equal(await card(page).count(), 1);
  await card(page).getByRole("button", { name: "Invite" }).focus();
  await page.keyboard.press("Escape");
  await reported(page, "dismissed 0");
});

test("A6, A8: a step that nobody asked for leaves the focus, one that was asked for takes it", async (t) => {
  const page = await open(t);
  await page.locator("#export").focus();
  await show(page, tour);
  assert.equal(await focused(page), "export");
  await card(page).getByRole("button", { name: "Next" }).focus();
  await page.keyboard.press("Enter");
  await seen(page, 1);
  assert.equal(await focused(page), "Next");
  await page.keyboard.press("Enter");
  await seen(page, 2);
  assert.equal(await focused(page), "Done");
  await page.keyboard.press("Enter");
  await reported(page, "completed 2");
  assert.equal(await focused(page), "export", "the focus is back where it was");
});

test("A6: when what had the focus is gone, it goes to the target", async (t) => {
  const page = await open(t);
  await page.locator("#export").focus();
  await show(page, tour, { step: 2 });
  await card(page).getByRole("button", { name: "Done" }).focus();
  await page.evaluate(() => document.getElementById("export").remove());
  await page.keyboard.press("Enter");
  await reported(page, "completed 2");
  assert.equal(await focused(page), "share");
});

test("A4: Tab goes from a step to its target and on through the page", async (t) => {
  const page = await open(t);
  await show(page, tooltip);
  await card(page).getByRole("button", { name: "Got it" }).focus();
  await page.keyboard.press("Tab");
  assert.equal(await focused(page), "export");
  await page.keyboard.press("Tab");
  assert.equal(await focused(page), "scroller");
});

test("A3, A6: a modal keeps the focus, blocks the page, and gives the focus back", async (t) => {
  const page = await open(t);
  await page.locator("#export").focus();
  await show(page, modal);
  assert.equal(await focused(page), "Show me around");
  for (const key of ["Tab", "Shift+Tab"]) {
    for (let count = 0; count < 12; count++) {
      await page.keyboard.press(key);
      const where = await page.evaluate(() => document.activeElement.localName);
      assert.ok(["fv-root", "body"].includes(where), where);
    }
  }
  assert.equal(await isUsable(page.locator("#export")), false);
  await page.keyboard.press("Escape");
  await reported(page, "dismissed 0");
  assert.equal(await focused(page), "export");
});

test("a dialog stays open from step to step, and a tour may begin with one", async (t) => {
  const page = await open(t);
  const [target] = tooltip.steps;
  const [first] = modal.steps;
  const plain = { title: first.title, body: first.body };
  await show(page, { kind: "tour", steps: [plain, { ...plain, title: text("Second") }, target] });
  const dialog = await card(page).elementHandle();
  await page.keyboard.press("Enter");
  await seen(page, 1);
  assert.equal(await dialog.evaluate((element) => element.isConnected && element.matches(":modal")), true);
  assert.equal(await focused(page), "Next");
  assert.equal(await card(page).getByRole("heading").textContent(), "Second");
  await page.keyboard.press("Enter");
  await seen(page, 2);
  assert.equal(await focused(page), "Done");
  assert.equal(await isUsable(page.locator("#share")), true, "the page can be used again");
});

test("what happens in a guide does not reach the host's listeners", async (t) => {
  const page = await open(t);
  await page.evaluate(() => {
    window.heard = [];
    for (const type of ["keydown", "pointerdown", "click", "focusin"]) {
      document.body.addEventListener(type, (event) => heard.push(event.type));
    }
  });
  await show(page, tour);
  await card(page).getByRole("button", { name: "Next" }).focus();
  await page.keyboard.press("k");
  await card(page).getByRole("button", { name: "Next" }).click();
  await seen(page, 1);
  assert.deepEqual(await page.evaluate(() => heard), []);
});

for (const when of ["before", "after"]) {
  test(`H13, H14: a step can be used above a dialog that the host opened ${when} it`, async (t) => {
    const page = await open(t);
    const dialog = page.locator("#dialog");
    if (when === "before") await page.locator("#share").click();
    await show(page, beside(when === "before" ? "#send" : "#share"));
    if (when === "after") await page.locator("#share").click();
    const done = card(page).getByRole("button", { name: "Got it" });
    await eventually(() => isUsable(done), { what: "a usable button" });
    assert.equal(await dialog.evaluate((element) => element.open), true);

    // Escape closes the step, and only then the host's dialog.
    await page.locator("#send").focus();
    await page.keyboard.press("Escape");
    await reported(page, "dismissed 0");
    assert.equal(await dialog.evaluate((element) => element.open), true);
    await page.keyboard.press("Escape");
    await eventually(async () => !(await dialog.evaluate((element) => element.open)));
    assert.equal(await page.evaluate(() => firstvalue.root.parentElement === document.body), true);
  });
}

test("a step goes home when the host's dialog closes, and survives its removal", async (t) => {
  const page = await open(t);
  await show(page, beside("#export"));
  const done = card(page).getByRole("button", { name: "Got it" });
  await page.locator("#share").click();
  await eventually(() => isUsable(done));
  await page.locator("#cancel").click();
  await eventually(() => page.evaluate(() => firstvalue.root.parentElement === document.body));
  assert.equal(await isUsable(done), true);

  await page.locator("#share").click();
  await eventually(() => page.evaluate(() => firstvalue.root.parentElement.id === "dialog"));
  await page.evaluate(() => document.getElementById("dialog").remove());
  await eventually(() => page.evaluate(() => firstvalue.root.parentElement === document.body));
  await eventually(() => isUsable(done));
  await done.click();
  await reported(page, "completed 0");
});

test("a modal is above the host's dialog", async (t) => {
  const page = await open(t);
  await page.locator("#share").click();
  await show(page, modal);
  await card(page).getByRole("button", { name: "Show me around" }).click();
  await reported(page, "completed 0");
  assert.equal(await isUsable(page.locator("#send")), true);
});

test("N3: a late target is waited for", async (t) => {
  const page = await open(t);
  await page.evaluate((guide) => firstvalue.show(guide), beside("#late"));
  await page.waitForTimeout(300);
  assert.equal(await card(page).count(), 0, "nothing is shown without a target");
  await page.locator("#export").focus();
  await page.keyboard.press("Escape");
  await frames(page, 2);
  assert.deepEqual(await reports(page), [], "and Escape means nothing to us");
  await page.evaluate(() => {
    const late = document.createElement("button");
    late.id = "late";
    late.textContent = "Late";
    late.hidden = true;
    document.querySelector("main").append(late);
  });
  await page.waitForTimeout(100);
  assert.equal(await card(page).count(), 0, "nor beside one that cannot be seen");
  await page.evaluate(() => (document.getElementById("late").hidden = false));
  await seen(page, 0);
});

test("a target that does not come is reported, unless it is waited for as long as it takes", async (t) => {
  const [page, patient] = [await open(t), await open(t)];
  await patient.evaluate((guide) => firstvalue.show(guide), beside("#never", { missing: "hold" }));
  await page.evaluate((guide) => firstvalue.show(guide), beside("#never"));
  await eventually(async () => (await reports(page)).length, { within: 14_000 });
  const [{ kind, detail }] = await page.evaluate(() => firstvalue.reports);
  const { selector, reason, matches, waited_ms } = JSON.parse(detail);
  assert.deepEqual({ kind, selector, reason, matches }, { kind: "missing", selector: "#never", reason: "missing", matches: 0 });
  assert.ok(waited_ms >= 9_900 && waited_ms < 12_000, String(waited_ms));
  assert.deepEqual(await reports(patient), []);
  await patient.evaluate(() => (document.getElementById("export").id = "never"));
  await seen(patient, 0);
});

test("a step without its target is passed over or shown in the middle, as its author says", async (t) => {
  const page = await open(t);
  const never = (more) => beside("#never", { wait: 50, ...more }).steps[0];
  const last = () => page.evaluate(() => firstvalue.reports.at(-1));
  const why = { selector: "#never", reason: "missing", matches: 0 };
  const steps = [never({ missing: "skip" }), beside("#export").steps[0], never({ missing: "skip" })];
  await show(page, { kind: "tour", steps }, { at: 1 });
  const { waited_ms, ...said } = JSON.parse((await last()).detail);
  assert.deepEqual(said, why);
  assert.ok(waited_ms >= 40, String(waited_ms));
  await card(page).getByRole("button", { name: "Next" }).click();
  await reported(page, "completed 2");
  assert.equal(JSON.parse((await last()).detail).reason, "missing");
  // Nobody has seen anything of this one.
  await page.evaluate((guide) => firstvalue.show(guide), { kind: "tour", steps: [steps[0], steps[2]] });
  await reported(page, "missing 1");
  const middle = never({ missing: "middle", advance: { on: "click" }, interaction: "require" });
  await show(page, { kind: "tour", steps: [middle, steps[1]] });
  assert.equal(await page.locator("fv-root dialog.card:modal").count(), 1);
  await card(page).getByRole("button", { name: "Next" }).click();
  await seen(page, 1);
  assert.equal((await last()).detail, "", "of a target that can be used there is nothing to say");
});

test("a target that is not to be used is left alone by pointer and keyboard, and that is said", async (t) => {
  const page = await open(t);
  await page.evaluate(() => {
    window.uses = [];
    for (const type of ["click", "keydown", "input"]) addEventListener(type, ({ target, key }) => uses.push(`${type} ${target.id} ${key ?? ""}`.trim()));
  });
  const heard = () => page.evaluate(() => uses.splice(0));
  await show(page, beside("#new", { interaction: "block" }));
  const live = page.locator("fv-root [role=status]");
  await live.evaluate((element) => (element.textContent = ""));
  const { x, y, width, height } = await page.locator("#new").boundingBox();
  await page.mouse.click(x + width / 2, y + height / 2);
  await live.getByText("This cannot be used yet.").waitFor({ state: "attached" });
  await page.locator("#new").focus();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Space");
  assert.deepEqual(await heard(), []);
  const described = await card(page).evaluate((element) =>
    element.getAttribute("aria-describedby").split(" ").map((id) => element.getRootNode().getElementById(id).textContent),
  );
  assert.deepEqual(described.at(-1), "This cannot be used yet.");
  await page.keyboard.press("Tab");
  assert.notEqual(await focused(page), "new", "the keyboard passes by");
  assert.deepEqual(await heard(), ["keydown new Tab"]);
  await show(page, beside("#search", { interaction: "block" }));
  await page.locator("#search").focus();
  await page.keyboard.type("abc");
  assert.equal(await page.locator("#search").inputValue(), "");
  await page.evaluate(() => firstvalue.ui.hide());
  await heard();
  await page.locator("#new").click();
  assert.deepEqual(await heard(), ["click new"], "afterwards it is as it was");
});

test("a step whose target must be used leads on when it was", async (t) => {
  const page = await open(t);
  const required = (css) => beside(css, { interaction: "require" }).steps[0];
  await show(page, { kind: "tour", steps: [required("#export"), required("#search"), beside("#new").steps[0]] });
  const next = card(page).getByRole("button", { name: "Next" });
  const disabled = () => next.getAttribute("aria-disabled");
  assert.equal(await disabled(), "true");
  assert.equal(await card(page).getByText("Use the marked element to go on.").isVisible(), true);
  await next.focus();
  await page.keyboard.press("Enter");
  await page.locator("fv-root [role=status]").getByText("Use the marked element to go on.").waitFor({ state: "attached" });
  assert.deepEqual(await reports(page), ["step 0"]);
  assert.equal((await focused(page)), "Next", "it keeps the focus");
  await page.locator("#export").click();
  await eventually(async () => (await disabled()) === null);
  await next.click();
  await seen(page, 1);
  await page.locator("#search").click();
  assert.equal(await disabled(), "true", "to press a field is not to have filled it in");
  await page.keyboard.type("March");
  await page.keyboard.press("Tab");
  await eventually(async () => (await disabled()) === null);
  await next.click();
  await seen(page, 2);
  await page.evaluate(() => firstvalue.ui.back());
  await seen(page, 1);
  assert.equal(await disabled(), "true");
});

test("N4: a step leaves with its target, returns with it, and says so if that does not return", async (t) => {
  const page = await open(t);
  await show(page, beside("#export"));
  await page.evaluate(() => (document.getElementById("export").style.display = "none"));
  await page.waitForTimeout(300);
  assert.equal(await card(page).count(), 0);
  await page.evaluate(() => {
    // As a framework does that renders again: another element, the same selector.
    const old = document.getElementById("export");
    const again = old.cloneNode(true);
    again.style.display = "";
    old.replaceWith(again);
  });
  await eventually(async () => (await card(page).count()) === 1);
  assert.deepEqual(await reports(page), ["step 0"], "it is reported once");
  await page.evaluate(() => (document.getElementById("export").style.visibility = "hidden"));
  await reported(page, "missing 0");
  const { reason, matches } = JSON.parse(await page.evaluate(() => firstvalue.reports.at(-1).detail));
  assert.deepEqual({ reason, matches }, { reason: "hidden", matches: 1 });
});

test("a target is found by its name and by its text, one way after the other", async (t) => {
  const page = await open(t);
  await page.evaluate(() => {
    const made = (tag, id, more) => Object.assign(document.createElement(tag), { id, textContent: id, ...more });
    const picture = made("button", "picture", { textContent: "" });
    picture.append(Object.assign(new Image(20, 20), { alt: "Print  it" }));
    const labelled = made("button", "labelled");
    labelled.setAttribute("aria-labelledby", "title-1 title-2");
    const field = made("input", "field", { value: "Amount" });
    const label = made("label", "label", { textContent: "Amount", htmlFor: "field" });
    const inner = made("p", "inner", { textContent: "In " });
    inner.append(made("b", "", { textContent: "other" }), " words");
    const covered = made("button", "covered");
    const cover = made("div", "cover");
    cover.style.cssText = "position:relative;height:40px;margin-top:-40px;background:#eee";
    covered.style.height = "40px";
    document.querySelector("main").prepend(
      made("span", "title-1", { textContent: "Close" }), made("span", "title-2", { textContent: "the books" }), labelled,
      made("button", "aria", { ariaLabel: "Save all" }), picture, label, field, inner, made("i", "hidden", { hidden: true, textContent: "Save all" }), covered, cover,
    );
  });
  const button = "[role=button],:is(button):not([role])";
  const cases = [
    [{ css: button, name: "close the Books" }, "labelled"],
    [{ css: button, name: "save all" }, "aria"],
    [{ css: button, name: "Print it" }, "picture"],
    [{ css: "input", name: "amount" }, "field"],
    [{ css: "*", text: "other words" }, "inner"],
    [{ css: "#hidden,#inner", ways: [{ css: "#hidden" }, { css: "#nowhere" }, { css: "p", text: "in other" }] }, "inner"],
    [{ css: "#covered" }, "covered", { target: "covered", selector: "#covered", matches: 1 }],
    [{ css: "nav a" }, null, { target: "multiple", selector: "nav a", matches: 2 }],
  ];
  for (const [target, id, remark] of cases) {
    await page.evaluate(() => firstvalue.reports.splice(0));
    await show(page, { kind: "tour", steps: [{ target, title: text("Here") }] });
    const found = await page.locator(id ? `#${id}` : "nav a >> nth=0").boundingBox();
    const around = await page.locator("fv-root .hole").boundingBox();
    assert.ok(Math.abs(around.x + 6 - found.x) < 1 && Math.abs(around.y + 6 - found.y) < 1, JSON.stringify({ target, around, found }));
    const { detail } = await page.evaluate(() => firstvalue.reports[0]);
    assert.deepEqual(detail ? JSON.parse(detail) : undefined, remark, JSON.stringify(target));
  }
});

test("a target is found by text and in open shadow roots", async (t) => {
  const page = await open(t);
  await show(page, { kind: "tour", steps: [{ target: { css: "button", text: "  EXPORT " }, title: text("Here") }] });
  const around = await page.locator("fv-root .hole").boundingBox();
  const target = await page.locator("#export").boundingBox();
  assert.ok(Math.abs(around.x + 6 - target.x) < 1, JSON.stringify({ around, target }));

  await page.evaluate(() => {
    const outer = document.createElement("div");
    document.querySelector("main").prepend(outer);
    const inner = document.createElement("div");
    outer.attachShadow({ mode: "open" }).append(inner);
    inner.attachShadow({ mode: "open" });
    setTimeout(() => {
      const button = document.createElement("button");
      button.className = "inside";
      button.textContent = "Inside";
      inner.shadowRoot.append(button);
    }, 400);
  });
  await show(page, beside(".inside"));
});

test("N5: a step follows its target in a scroll container, through a shift of the layout, and into a window of another size", async (t) => {
  const page = await open(t);
  await show(page, tour, { step: 1 });
  const errors = await page.evaluate(async () => {
    const scroller = document.getElementById("scroller");
    const hole = firstvalue.root.shadowRoot.querySelector(".hole");
    const target = document.getElementById("r100");
    const errors = [];
    const two = async () => {
      await new Promise(requestAnimationFrame);
      await new Promise(requestAnimationFrame);
      const [a, b] = [hole.getBoundingClientRect(), target.getBoundingClientRect()];
      errors.push(Math.abs(a.x + 6 - b.x), Math.abs(a.y + 6 - b.y), Math.abs(a.width - 12 - b.width));
    };
    for (let step = 0; step < 10; step++) {
      scroller.scrollTop += step % 3 === 0 ? 37 : -23;
      await two();
    }
    document.querySelector("h1").style.paddingTop = "41px";
    await two();
    document.querySelector("main").style.transform = "translate(13px, 7px)";
    await two();
    return errors;
  });
  assert.ok(Math.max(...errors) <= 1, JSON.stringify(errors));
  for (const [width, height] of [[800, 700], [1280, 800]]) {
    const resized = page.evaluate(async () => {
      await new Promise((resolve) => addEventListener("resize", resolve, { once: true }));
      for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame);
      const [hole, target] = [firstvalue.root.shadowRoot.querySelector(".hole"), document.getElementById("r100")].map((one) => one.getBoundingClientRect());
      return [Math.abs(hole.x + 6 - target.x), Math.abs(hole.y + 6 - target.y), Math.abs(hole.width - 12 - target.width)];
    });
    await page.setViewportSize({ width, height });
    assert.ok(Math.max(...(await resized)) <= 1, `${width}: ${JSON.stringify(await resized)}`);
  }
});

test("N8: after a transition of views a step stands where its target is by then, and is clicked", async (t) => {
  const page = await open(t);
  await show(page, tour, { step: 1 });
  const errors = await page.evaluate(async () => {
    await document.startViewTransition(() => (document.querySelector("main").style.padding = "61px 0 0 47px")).finished;
    for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame);
    const [hole, target] = [firstvalue.root.shadowRoot.querySelector(".hole"), document.getElementById("r100")].map((one) => one.getBoundingClientRect());
    return [Math.abs(hole.x + 6 - target.x), Math.abs(hole.y + 6 - target.y), Math.abs(hole.width - 12 - target.width)];
  });
  assert.ok(Math.max(...errors) <= 1, JSON.stringify(errors));
  // The first click after it, wherever the browser was with drawing it.
  const { x, y, width, height } = await card(page).getByRole("button", { name: "Next" }).boundingBox();
  await page.evaluate(() => document.startViewTransition(() => {}).finished);
  await page.mouse.click(x + width / 2, y + height / 2);
  await seen(page, 2);
});

test("what is printed is the page alone", async (t) => {
  const page = await open(t);
  for (const guide of [tour, modal, banner]) {
    await show(page, guide);
    await page.emulateMedia({ media: "print" });
    assert.equal(await page.locator("fv-root .card").isVisible(), false);
    await page.emulateMedia({ media: "screen" });
    await page.locator("fv-root .card").waitFor();
  }
});

test("a target that is scrolled away keeps its step on the screen, without arrow and spotlight", async (t) => {
  const page = await open(t);
  await show(page, tour, { step: 1 });
  await page.evaluate(() => (document.getElementById("scroller").scrollTop = 0));
  await frames(page, 3);
  const box = await card(page).boundingBox();
  assert.ok(box.y >= 0 && box.y + box.height <= 720, JSON.stringify(box));
  assert.equal(await page.locator("fv-root .hole").isVisible(), false);
});

test("a click on the target is the host's first and then moves the tour on", async (t) => {
  const page = await open(t);
  const [first, second] = [beside("#export", { advance: { on: "click" } }).steps[0], tour.steps[2]];
  await show(page, { kind: "tour", steps: [first, second] });
  assert.equal(await card(page).getByRole("button", { name: "Next" }).count(), 0);
  await page.evaluate(() => {
    window.order = [];
    const button = document.getElementById("export");
    button.addEventListener("click", (event) => {
      event.stopPropagation();
      order.push(`host ${firstvalue.root.shadowRoot.querySelector(".title").textContent}`);
    });
  });
  await page.locator("#export").click();
  await seen(page, 1);
  assert.deepEqual(await page.evaluate(() => order), ["host Here"]);
});

test("a target that its own click takes away and brings back still moves the tour on", async (t) => {
  const page = await open(t);
  const [first, second] = [beside("#export", { advance: { on: "click" } }).steps[0], tour.steps[2]];
  await show(page, { kind: "tour", steps: [first, second] });
  await page.evaluate(() => {
    const button = document.getElementById("export");
    button.addEventListener("click", () => {
      button.replaceWith(button.cloneNode(true));
      const until = performance.now() + 120;
      while (performance.now() < until);
    });
  });
  await page.locator("#export").click();
  await seen(page, 1);
});

test("A12: nothing moves for those who do not want it, and nothing for long", async (t) => {
  const page = await open(t, { reducedMotion: "reduce" });
  const longest = () =>
    page.evaluate(() => {
      const root = firstvalue.root.shadowRoot;
      return Math.max(0, ...root.getAnimations().map(({ effect }) => effect.getComputedTiming().duration));
    });
  for (const guide of Object.values(KINDS)) {
    await page.evaluate((guide) => firstvalue.show(guide), guide);
    await frames(page, 1);
    assert.equal(await longest(), 0);
    await seen(page, 0);
  }
  await page.emulateMedia({ reducedMotion: "no-preference" });
  for (const guide of Object.values(KINDS)) {
    await page.evaluate((guide) => firstvalue.show(guide), guide);
    await frames(page, 1);
    assert.ok((await longest()) <= 200);
    await seen(page, 0);
  }
});

test("A13: surfaces have an edge in forced colours", async (t) => {
  const page = await open(t, { forcedColors: "active" });
  for (const guide of Object.values(KINDS)) {
    await show(page, guide);
    const border = await card(page).evaluate((element) => {
      const { borderTopColor, borderTopWidth, backgroundColor } = getComputedStyle(element);
      return { width: parseFloat(borderTopWidth), differs: borderTopColor !== backgroundColor };
    });
    assert.ok(border.width >= 1 && border.differs, JSON.stringify(border));
  }
  await show(page, tour);
  const outline = await page.locator("fv-root .hole").evaluate((hole) => getComputedStyle(hole).outlineStyle);
  assert.equal(outline, "solid");
});

test("a banner is at the edge that was asked for", async (t) => {
  const page = await open(t);
  for (const [placement, top] of [["top", true], ["bottom", false], [undefined, false]]) {
    const steps = [{ ...banner.steps[0], placement }];
    await show(page, { ...banner, steps });
    const box = await card(page).boundingBox();
    assert.equal(box.y < 100, top);
    assert.equal(box.y + box.height > 620, !top);
    assert.equal(await isUsable(page.locator("h1")), true, "the page goes on");
  }
});

test("A9, A11: everything is within a page of 320 by 256 pixels, which is 400 % zoom", async (t) => {
  const page = await open(t, { viewport: { width: 320, height: 256 } });
  for (const guide of Object.values(KINDS)) {
    await show(page, guide);
    for (const control of await card(page).getByRole("button").all()) {
      const { x, y, width, height } = await control.boundingBox();
      const box = JSON.stringify({ kind: guide.kind, x, y, width, height });
      assert.ok(x >= 0 && y >= 0 && x + width <= 320 && y + height <= 256, box);
      assert.ok(width >= 24 && height >= 24, box);
    }
  }
});

test("H11: a host's style sheet cannot reach in", async (t) => {
  const page = await open(t);
  await show(page, tour);
  await page.waitForTimeout(250);
  const calm = await page.locator("fv-root .float").boundingBox();
  await page.evaluate(async () => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(await (await fetch("/hostile.css")).text());
    document.adoptedStyleSheets = [sheet];
  });
  await frames(page, 3);
  const looks = await card(page).evaluate((element) => {
    const { fontSize, color, lineHeight, pointerEvents, letterSpacing } = getComputedStyle(element);
    return { fontSize, color, lineHeight, pointerEvents, letterSpacing };
  });
  assert.deepEqual(looks, { fontSize: "14px", color: "rgb(69, 75, 92)", lineHeight: "21.7px", pointerEvents: "auto", letterSpacing: "normal" });
  const box = await page.locator("fv-root .float").boundingBox();
  assert.deepEqual([box.width, box.height], [calm.width, calm.height]);
});

test("A18: text runs as it does around the target", async (t) => {
  const page = await open(t);
  await page.evaluate(() => (document.documentElement.dir = "rtl"));
  await show(page, tour, { locale: "ar" });
  const [close, title, next] = await Promise.all(
    [".close", ".title", "[data-primary]"].map((part) => page.locator(`fv-root ${part}`).boundingBox()),
  );
  assert.ok(close.x < title.x, "the close button is at the end, which is on the left");
  assert.ok(next.x < title.x + title.width / 2);
  assert.equal(await page.locator("fv-root [data-primary]").textContent(), "التالي");
});

test("A14: an accent colour is used, with text on it that can be read", async (t) => {
  const page = await open(t);
  const colours = () =>
    page.locator("fv-root [data-primary]").evaluate((button) => {
      const { backgroundColor, color } = getComputedStyle(button);
      return [backgroundColor, color];
    });
  await show(page, { ...tour, theme: { accent: "#ffd200", scheme: "dark" } });
  assert.deepEqual(await colours(), ["rgb(255, 210, 0)", "rgb(18, 20, 29)"]);
  const background = await card(page).evaluate((element) => getComputedStyle(element).backgroundColor);
  assert.equal(background, "rgb(32, 34, 43)", "dark as asked for on a light system");
  await show(page, { ...tour, theme: { accent: "#103a8c" } });
  assert.deepEqual(await colours(), ["rgb(16, 58, 140)", "rgb(255, 255, 255)"]);
});

test("corners, room and font are those of the guide, else of the page, else ours", async (t) => {
  const page = await open(t);
  const look = async (theme) => {
    await show(page, { ...tour, theme });
    return card(page).evaluate((element) => {
      const { borderRadius, fontFamily } = getComputedStyle(element);
      return { borderRadius, fontFamily, height: element.offsetHeight, button: element.querySelector("[data-primary]").offsetHeight };
    });
  };
  const ours = await look();
  assert.equal(ours.borderRadius, "14px");
  assert.match(ours.fontFamily, /^ui-sans-serif/);
  const inherited = await page.evaluate(() => {
    document.body.style.fontFamily = '"Courier New", monospace';
    return getComputedStyle(document.body).fontFamily;
  });
  const small = await look({ density: "compact", radius: 0, font: "inherit" });
  assert.deepEqual([small.borderRadius, small.fontFamily], ["0px", inherited]);
  assert.ok(small.height < ours.height && small.button >= 24 && small.button < ours.button, JSON.stringify({ ours, small }));
  await page.evaluate(() => {
    for (const [name, value] of [["radius", "6px"], ["space", ".6"], ["font", "Georgia, serif"]]) document.documentElement.style.setProperty(`--firstvalue-${name}`, value);
  });
  const hosts = await look();
  assert.deepEqual([hosts.borderRadius, hosts.fontFamily, hosts.button], ["6px", "Georgia, serif", small.button]);
  const own = await look({ density: "comfortable", radius: 14, font: "own" });
  assert.deepEqual(own, ours, "what the guide says wins");
});

test("H7: a host written with yew does not take our elements for its own", async (t) => {
  const page = await open(t);
  await show(page, tour);
  // Yew numbers its event roots from 1 and marks elements with them; a host has a handful.
  const ours = await page.locator("fv-root").evaluate((root) => root.shadowRoot.firstElementChild.__yew_subtree_id);
  assert.ok(ours > 500, `root id ${ours}`);
  const drawn = await page.evaluate(() => document.querySelectorAll("fv-root").length);
  assert.equal(drawn, 1);
});

test("H8, N6: a guide that is over leaves nothing behind", async (t) => {
  const page = await open(t, {
    init: () => {
      window.live = { listeners: 0, observers: 0, frames: 0 };
      for (const target of [window, document]) {
        const { addEventListener, removeEventListener } = target;
        target.addEventListener = (...args) => (live.listeners++, addEventListener.apply(target, args));
        target.removeEventListener = (...args) => (live.listeners--, removeEventListener.apply(target, args));
      }
      const { observe, disconnect } = MutationObserver.prototype;
      const active = new Set();
      MutationObserver.prototype.observe = function (...args) {
        active.add(this);
        live.observers = active.size;
        return observe.apply(this, args);
      };
      MutationObserver.prototype.disconnect = function () {
        active.delete(this);
        live.observers = active.size;
        return disconnect.call(this);
      };
      const request = window.requestAnimationFrame;
      window.requestAnimationFrame = (callback) => (live.frames++, request(callback));
    },
  });
  const idle = await page.evaluate(() => ({ ...live }));
  for (const guide of [tour, modal, banner, tooltip]) {
    await show(page, guide);
    const during = await page.evaluate(() => ({ ...live }));
    assert.ok(during.listeners > idle.listeners && during.observers > idle.observers);
    await page.evaluate(() => firstvalue.ui.hide());
    await eventually(async () => (await card(page).count()) === 0);
    await page.waitForTimeout(50);
    await page.evaluate(() => (live.frames = 0));
    await page.waitForTimeout(100);
    const { listeners, observers, frames } = await page.evaluate(() => ({ ...live }));
    assert.deepEqual({ listeners, observers, frames }, { ...idle, frames: 0 });
    const left = await page.evaluate(() => firstvalue.root.shadowRoot.querySelectorAll("*").length);
    assert.equal(left, 2, "the stage and the live region");
  }
  const touched = await page.evaluate(() => [document.body, document.documentElement].map((element) => element.getAttributeNames().join()));
  assert.deepEqual(touched, ["", "lang"], "nothing was written on the page");
});
