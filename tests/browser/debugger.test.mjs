// The debugger: what it says of Firstvalue at work, and that it is only there where somebody asks for it.

import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, test } from "node:test";
import { violations } from "./gallery/host.mjs";
import { eventually, launch } from "./harness.mjs";
import { POLICY } from "./policy.mjs";
import { collector, open, settled, taken } from "./sdk/collector.mjs";

const SCRIPT = `import { firstvalue } from "/sdk/firstvalue.js";
window.firstvalue = firstvalue;
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) => violations.push(event.violatedDirective + " " + event.sample));
firstvalue.init({ writeKey: "key" });`;

let browser, server, context;

before(async () => {
  browser = await launch();
});
after(() => browser?.close());
beforeEach(async () => {
  server = await collector({ playbook: "debugger.yaml", script: SCRIPT, headers: { "content-security-policy": POLICY } });
  context = await browser.newContext({ permissions: ["clipboard-read", "clipboard-write"] });
});
afterEach(async () => {
  await context?.close();
  await server?.close();
});

/** What the debugger gives to the clipboard. */
async function text(page) {
  await page.locator("fv-debugger").getByRole("button", { name: "Copy as text" }).click();
  await page.locator("fv-debugger").getByText("Copied.").waitFor();
  return page.evaluate(() => navigator.clipboard.readText());
}
/** Waits until the debugger says this. */
const says = (page, ...lines) =>
  eventually(async () => {
    const said = await text(page);
    return lines.every((line) => (line instanceof RegExp ? line.test(said) : said.includes(line))) && said;
  }, { what: lines.join(", ") });

test("the debugger says why each guide is or is not shown, what was heard, and what was lost", async () => {
  const { page, said, threw } = await open(context, `${server.origin}/built?firstvalue=debug`);
  assert.equal((await settled(page)).state, "ready", "Firstvalue runs as usual");
  await says(
    page,
    /Now\n  Status: ready\n/,
    "  Page: /built\n",
    "  elsewhere: it is for `/reports/*`, and this page is `/built`\n",
    "  offer: its audience or its condition does not hold\n",
    "    ✗ element: #offer\n",
    /  by-hand: (only the host starts it|its audience or its condition does not hold)\n/,
    "  first-report: not reached\n",
    /✗ did: report\.created, times, within: 1w gte: 3 — found 0/,
  );
  // What is on the page counts, and what it must not disturb.
  await page.evaluate(() => {
    firstvalue.identify("u1", { role: "admin" });
    firstvalue.group("a1", { plan: "pro" });
    document.body.append(Object.assign(document.createElement("p"), { id: "busy", textContent: "Busy" }), Object.assign(document.createElement("p"), { id: "offer", textContent: "Offer" }));
    firstvalue.track("report.created", { rows: 7 });
  });
  await says(
    page,
    "  User: u1\n",
    '    role: "admin"\n',
    '  Account: a1\n    plan: "pro"\n',
    /  first-report: reached 20/,
    "  offer: not now: `#busy` is on the page\n",
    "  well-done: `offer` comes first\n",
    /✓ user {"role":"admin"} — found {"role":"admin"}/,
    /Heard\n(.*\n)* {2}\d\d:\d\d:\d\d first-report: milestone\n/,
    / {2}\d\d:\d\d:\d\d report\.created: event\n(.*\n)* {4}properties: \{"rows":7\}\n/,
  );
  await page.evaluate(() => document.querySelector("#busy").remove());
  await page.locator("fv-root").getByText("An offer").first().waitFor();
  await says(page, "  offer: running, step 1\n", "  well-done: 1 of 1 guides have started in this session\n", "✗ `offer` is running\n");
  // What the collector refuses is lost, and counted.
  server.answer = (batch) => ({ status: 200, body: { events: batch.map(({ messageId }) => ({ messageId, status: "rejected", reason: "no" })) } });
  await page.evaluate(() => {
    for (let n = 0; n < 3; n++) firstvalue.track("report.created");
    return firstvalue.flush();
  });
  await says(page, "  To the collector: 0 waiting\n", /  Lost: [3-9]\d*\n.* lost: no\n/);
  server.answer = taken;
  assert.deepEqual(await page.evaluate(() => violations), []);
  assert.deepEqual([said, threw], [[], []]);
});

test("the debugger is worked by keyboard, comes when called, and leaves nothing", async () => {
  const { page, threw } = await open(context, `${server.origin}/built`);
  await settled(page);
  await page.evaluate(() => firstvalue.flush());
  assert.deepEqual(Object.keys(server.requests).filter((path) => /debugger|explain/.test(path)), [], "nobody asked for it");
  await page.evaluate(() => firstvalue.debug(true));
  const panel = page.locator("fv-debugger");
  const row = panel.locator("summary", { hasText: "well-done-again" });
  await row.waitFor();
  await row.focus();
  await page.keyboard.press("Enter");
  await panel.locator("details[open]", { hasText: "well-done-again" }).getByText("milestone: first-report").waitFor();
  await page.evaluate(() => firstvalue.track("other.done"));
  await panel.locator("summary", { hasText: "other.done" }).waitFor();
  const focused = await panel.evaluate((root) => [root.shadowRoot.activeElement?.textContent.includes("well-done-again"), root.shadowRoot.activeElement?.parentElement.open]);
  assert.deepEqual(focused, [true, true], "what is told anew takes neither the focus nor what was unfolded");
  for (const colorScheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme });
    assert.deepEqual((await violations(page, { include: [["fv-debugger"]] })).found, []);
  }
  // How the target of the step that runs is to be found, while it is.
  await page.evaluate(() => {
    const make = (className) => document.body.appendChild(Object.assign(document.createElement("button"), { className, textContent: "One" }));
    Object.assign(window, { make, point: make("point") });
    firstvalue.start("pointing");
  });
  await page.locator("fv-root").getByText("This one").first().waitFor();
  const finds = (what, ...lines) => says(page, `  pointing: running, step 1\n`, `  Target of pointing, step 1: ${what}\n    .point\n`, ...lines);
  await finds("found");
  await page.evaluate(() => (window.other = make("point")));
  await finds("multiple", "    2 match, 2 of them to be seen\n");
  await page.evaluate(() => {
    other.className = "over";
    other.style.cssText = "position: fixed; inset: 0 auto auto 0; width: 400px; height: 300px";
  });
  await finds("covered", "    something lies over it\n");
  await page.evaluate(() => {
    other.remove();
    point.style.visibility = "hidden";
  });
  await finds("hidden");
  await page.evaluate(() => point.remove());
  await finds("missing", "    0 match");
  await page.evaluate(() => firstvalue.stop());
  await panel.getByRole("button", { name: "Close" }).click();
  assert.equal(await panel.count(), 0);
  await page.evaluate(() => firstvalue.debug());
  await panel.waitFor({ state: "attached" });
  await page.evaluate(() => firstvalue.debug(false));
  assert.equal(await panel.count(), 0);
  await page.evaluate(() => firstvalue.debug());
  await panel.waitFor({ state: "attached" });
  await page.evaluate(() => firstvalue.destroy());
  assert.equal(await panel.count(), 0);
  // It may be sent away before it has come.
  const { page: other } = await open(context, `${server.origin}/built`);
  await settled(other);
  let come;
  const held = new Promise((resolve) => (come = resolve));
  await other.route("**/firstvalue_debugger.js", async (route) => (await held, route.continue()));
  await other.evaluate(() => (firstvalue.debug(), firstvalue.debug(false)));
  const came = other.waitForResponse("**/firstvalue_debugger.js");
  come();
  await (await came).finished();
  // What the page does next comes after what was loaded has run.
  await other.evaluate(() => import("/sdk/firstvalue_debugger.js"));
  await other.waitForTimeout(100);
  assert.equal(await other.locator("fv-debugger").count(), 0);
  assert.deepEqual(threw, []);
  assert.deepEqual(await page.evaluate(() => violations), []);
});
