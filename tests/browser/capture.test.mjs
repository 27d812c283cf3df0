// What is recorded without a call of the host, by the rules of the playbook.

import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, test } from "node:test";
import { eventually, launch } from "./harness.mjs";
import { collector, open, settled } from "./sdk/collector.mjs";

let browser, server, context, page;

before(async () => {
  browser = await launch();
});
after(() => browser?.close());
beforeEach(async () => {
  server = await collector({ playbook: "capture.yaml" });
  context = await browser.newContext();
  const opened = await open(context, `${server.origin}/app`);
  page = opened.page;
  assert.equal((await settled(page)).state, "ready");
  // Only what the test puts there.
  await page.evaluate(() => document.body.replaceChildren());
});
afterEach(async () => {
  await context?.close();
  await server?.close();
});

/** Puts elements into the page: markup here, since it is the test's own. */
const put = (html) => page.evaluate((html) => document.body.insertAdjacentHTML("beforeend", html), html);
/** What was recorded, as `name` or `name element`. */
async function recorded() {
  await page.evaluate(() => firstvalue.flush());
  return server.events().map(({ event, properties }) => [event, properties?.element].filter(Boolean).join(" "));
}

test("a form that is sent and a choice that is made are recorded, and no value of theirs", async () => {
  await put(`<form><select name="plan"><option value="free">Free<option value="canary">Pro</select><input name="card" value="canary"><input type="submit"></form>`);
  await page.evaluate(() => document.querySelector("form").addEventListener("submit", (event) => event.preventDefault()));
  await page.selectOption("[name=plan]", "canary");
  await page.click("[type=submit]");
  assert.deepEqual(await recorded(), ['plan.chosen select[name="plan"]', "form.sent"]);
  assert.doesNotMatch(JSON.stringify(server.got), /canary/);
});

test("a choice in a shadow root is recorded too, once", async () => {
  await page.evaluate(() => {
    const root = document.body.appendChild(document.createElement("div")).attachShadow({ mode: "open" });
    const select = root.appendChild(Object.assign(document.createElement("select"), { name: "plan" }));
    select.append(new Option("Free"), new Option("Pro"));
  });
  const select = page.locator("[name=plan]");
  await select.focus();
  await select.selectOption("Pro");
  assert.deepEqual(await recorded(), ['plan.chosen select[name="plan"]']);
});

test("an element counts once it has been in view for so long, once a page", async () => {
  await put(`<div style="height: 300vh"></div><div id="offer" style="height: 100px">Half price</div>`);
  await page.waitForTimeout(1_300);
  assert.deepEqual(await recorded(), []);
  const offer = page.locator("#offer");
  await offer.scrollIntoViewIfNeeded();
  await eventually(async () => (await recorded()).length, { what: "the event" });
  await page.evaluate(() => scrollTo(0, 0));
  await offer.scrollIntoViewIfNeeded();
  await page.waitForTimeout(1_300);
  assert.deepEqual(await recorded(), ["offer.seen"]);
  await page.evaluate(() => history.pushState({}, "", "/other"));
  await eventually(async () => (await recorded()).length === 2, { what: "the event on the next page" });
});

test("what is in view when the page is hidden counts once somebody has seen it for so long", async () => {
  await page.evaluate(() => {
    window.isHidden = true;
    Object.defineProperty(document, "hidden", { get: () => isHidden });
  });
  await put(`<div id="offer" style="height: 100px">Half price</div>`);
  await page.waitForTimeout(1_500);
  assert.deepEqual(await recorded(), []);
  await page.evaluate(() => {
    isHidden = false;
    document.dispatchEvent(new Event("visibilitychange"));
  });
  await eventually(async () => (await recorded()).length, { what: "the event" });
  assert.deepEqual(await recorded(), ["offer.seen"]);
});

test("a route is recorded each time that it is reached, and not for its other addresses", async () => {
  await page.evaluate(() => {
    for (const path of ["/reports/1", "/reports/1?tab=2", "/reports/1#end", "/reports/2", "/reports/2/rows", "/app", "/reports/1"]) history.pushState({}, "", path);
  });
  assert.deepEqual(await recorded(), ["reports.opened", "reports.opened", "reports.opened"]);
});

test("three clicks within a second are rage, and one after which nothing happens is dead", async () => {
  await put(`<button data-fv="stuck">Stuck</button><button data-fv="works" onclick="this.after('!')">Works</button>`);
  const click = (name) => page.evaluate((name) => document.querySelector(`[data-fv=${name}]`).click(), name);
  for (const name of ["works", "works", "works"]) await click(name);
  await click("stuck");
  await eventually(async () => (await recorded()).some((event) => event.startsWith("click.died")), { what: "the dead click" });
  const other = (await recorded()).filter((event) => !event.startsWith("element.clicked"));
  assert.deepEqual(other, ['click.raged button[data-fv="works"]', 'click.died button[data-fv="stuck"]']);
});

test("P5: a click says on which element it was, by what stays the same, and never what is masked", async () => {
  await put(`
    <button data-fv="share" id="b-1234">Share</button>
    <button id="b-981273">  Save
      report </button>
    <a href="#x" data-fv-mask>Jane Roe</a>
    <button><b data-fv-mask>Jane Roe</b></button>
    <p data-fv-ignore><button>Ignored</button></p>
    <button aria-label="Close">×</button>`);
  await page.evaluate(() => {
    for (const element of document.querySelectorAll("button, a")) (element.firstElementChild ?? element).click();
  });
  const clicked = (await recorded()).filter((event) => event.startsWith("element.clicked"));
  assert.deepEqual(clicked, [
    'element.clicked button[data-fv="share"]',
    'element.clicked button "Save report"',
    "element.clicked a",
    "element.clicked button",
    'element.clicked button[aria-label="Close"]',
  ]);
});

test("P5: what is masked is masked for every reader, also beyond shadow roots, slots and frames", async () => {
  await beside({ playbook: "capture.yaml", attributes: 'data-frames="iframe"' });
  await page.evaluate(() => document.body.replaceChildren());
  await put(`
    <div data-fv-mask><button aria-label="Message Jane Roe" id="message">…</button></div>
    <button aria-label="Call Jane Roe"><b data-fv-mask>Jane Roe</b></button>
    <div data-fv-mask id="over"></div>
    <div id="around"><button>Slotted Jane Roe</button></div>
    <div data-fv-mask><iframe srcdoc="<button>Jane Roe in a frame</button>"></iframe></div>`);
  await page.evaluate(() => {
    const inside = (id, html) => (document.getElementById(id).attachShadow({ mode: "open" }).innerHTML = html);
    inside("over", "<button>Jane Roe in a shadow</button>");
    inside("around", "<p data-fv-mask><slot></slot></p>");
  });
  await page.frameLocator("iframe").locator("button").waitFor();
  // What is in a frame is followed soon after it is there.
  await page.waitForTimeout(300);
  await page.frameLocator("iframe").locator("button").click();
  await page.evaluate(() => {
    for (const element of document.querySelectorAll("button")) element.click();
    document.querySelector("#over").shadowRoot.querySelector("button").click();
  });
  const clicked = (await recorded()).filter((event) => event.startsWith("element.clicked"));
  assert.deepEqual(clicked, [
    "element.clicked button",
    'element.clicked button[id="message"]',
    "element.clicked button",
    "element.clicked button",
    "element.clicked button",
  ]);
  assert.doesNotMatch(JSON.stringify(server.got), /Jane/);
});

test("a rule of a page counts on that page only", async () => {
  await put("<button>Go</button>");
  await page.click("button");
  await page.evaluate(() => history.pushState({}, "", "/settings"));
  await page.click("button");
  const events = await recorded();
  assert.equal(events.filter((event) => event === "settings.clicked").length, 1);
  assert.equal(events.filter((event) => event.startsWith("element.clicked")).length, 2);
});

/** Opens a page of another collector. */
async function beside(options) {
  await server.close();
  server = await collector(options);
  const opened = await open(context, `${server.origin}/app`);
  page = opened.page;
  assert.equal((await settled(page)).state, "ready");
  return opened;
}

test("what captures is loaded only where the playbook has rules", async () => {
  assert.equal(server.requests["/sdk/firstvalue_capture.js"], 1);
  await beside({ playbook: "guides.yaml" });
  assert.equal(server.requests["/sdk/firstvalue_capture.js"], undefined);
});

test("X1: without what captures, everything else goes on", async () => {
  const { threw } = await beside({ playbook: "capture.yaml", sdk: (name, response) => name === "firstvalue_capture.js" && !!response.writeHead(404).end() });
  await page.evaluate(() => firstvalue.track("report.created"));
  assert.deepEqual(await recorded(), ["report.created"]);
  assert.deepEqual(threw, []);
});

test("in frames of the page's origin that the host names, rules count as on the page itself", async () => {
  await context.close();
  await server.close();
  server = await collector({ playbook: "capture.yaml", attributes: 'data-frames="iframe.ours"' });
  context = await browser.newContext();
  const opened = await open(context, `${server.origin}/app`);
  page = opened.page;
  await settled(page);
  const inside = (name) => `<button data-fv="${name}" onclick="this.after('!')">${name}</button>`;
  const rest = '<form><select name="plan"><option>Free<option>Pro</select></form><div style="height: 9999px"></div><div id="offer" style="height: 50px">Half price</div>';
  await page.evaluate(() => document.body.replaceChildren());
  const frame = (name, attributes) =>
    page.evaluate(([name, attributes]) => {
      const frame = document.body.appendChild(document.createElement("iframe"));
      for (const [key, value] of Object.entries({ name, ...attributes })) frame.setAttribute(key, value);
    }, [name, attributes]);
  await frame("f0", { class: "ours", srcdoc: inside("f0") + rest });
  await frame("f1", { class: "ours", srcdoc: inside("f1") });
  await frame("f2", { class: "theirs", srcdoc: inside("f2") });
  await frame("f3", { class: "ours", "data-fv-ignore": "", srcdoc: inside("f3") });
  await frame("f4", { class: "ours", src: `${server.origin.replace("127.0.0.1", "localhost")}/app` });
  const within = (n) => page.frameLocator(`[name=f${n}]`);
  for (const n of [0, 1, 2, 3]) await within(n).locator("button").waitFor();
  // What is in a frame is followed soon after it is there.
  await page.waitForTimeout(300);
  for (const n of [0, 1, 2, 3]) await within(n).locator("button").click();
  assert.deepEqual(await recorded(), ['element.clicked button[data-fv="f0"]', 'element.clicked button[data-fv="f1"]']);
  await within(0).locator("select").selectOption("Pro");
  await within(0).locator("#offer").scrollIntoViewIfNeeded();
  await eventually(async () => (await recorded()).length === 4, { what: "the choice and the view" });
  assert.deepEqual((await recorded()).slice(2), ['plan.chosen select[name="plan"]', "offer.seen"]);
  // Another document in the same frame.
  await page.evaluate((html) => (document.querySelector("[name=f0]").srcdoc = html), inside("later"));
  await within(0).getByText("later").waitFor();
  await page.waitForTimeout(300);
  await within(0).locator("button").click();
  assert.deepEqual((await recorded()).slice(4), ['element.clicked button[data-fv="later"]']);
  // As editors do it: the document stays the same, and all that listens to it is gone.
  await page.evaluate((html) => {
    const { contentDocument } = document.querySelector("[name=f1]");
    contentDocument.open();
    contentDocument.write(html);
    contentDocument.close();
  }, inside("written"));
  await within(1).getByText("written").waitFor();
  await page.waitForTimeout(300);
  await within(1).locator("button").click();
  assert.deepEqual((await recorded()).slice(5), ['element.clicked button[data-fv="written"]']);
  assert.deepEqual(opened.threw, []);
});
