// What authors use on the page itself: the preview of a guide, and the inspector of targets.

import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, test } from "node:test";
import { violations } from "./gallery/host.mjs";
import { eventually, launch } from "./harness.mjs";
import { collector } from "./sdk/collector.mjs";

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

/** Opens a page, and what it says on the console. */
async function open(path) {
  const page = await context.newPage();
  const said = [];
  page.on("console", (message) => said.push(message.text()));
  page.on("pageerror", (error) => said.push(String(error)));
  await page.goto(server.origin + path);
  await page.waitForFunction(() => window.firstvalue?.status?.state === "off");
  return { page, said };
}

test("a preview shows a guide without rules and without trace", async () => {
  const { page, said } = await open("/elsewhere?firstvalue=preview&guide=tour");
  const root = page.locator("fv-root");
  await root.getByText("Go there").first().waitFor();
  await page.evaluate(() => {
    firstvalue.track("report.created");
    firstvalue.next();
  });
  await root.getByText("Here you are").first().waitFor();
  await page.evaluate(() => firstvalue.start("put-off"));
  await root.getByRole("button", { name: "Close" }).click();
  await eventually(() => said.length > 0, { what: "what became of it" });
  assert.deepEqual(said, ["firstvalue preview: sent away at step 2"]);
  await page.evaluate(() => firstvalue.flush());
  assert.deepEqual(server.got, [], "nothing is sent");
  const asked = Object.keys(server.requests).filter((path) => path.startsWith("/v1/"));
  assert.deepEqual(asked, ["/v1/playbook"]);
  const kept = await page.evaluate(async () => [(await indexedDB.databases()).length, localStorage.length, document.cookie]);
  assert.deepEqual(kept, [0, 0, ""], "nothing is kept");
});

test("a preview begins at any step, goes on to other guides, and says what buttons would do", async () => {
  const { page, said } = await open("/?firstvalue=preview&guide=getting-started");
  const root = page.locator("fv-root");
  await root.getByRole("button", { name: "Share it" }).click();
  await root.getByRole("button", { name: "Show me" }).click();
  await root.getByText("How to share").first().waitFor();
  const later = await open("/?firstvalue=preview&guide=tour&step=2");
  await later.page.locator("fv-root").getByText("Here you are").first().waitFor();
  const call = await open("/?firstvalue=preview&guide=call");
  await call.page.locator("fv-root").getByRole("button", { name: "Chat" }).click();
  await eventually(() => call.said.length === 2);
  assert.deepEqual(call.said, ["firstvalue preview: would call the host: `open-chat`", "firstvalue preview: completed at step 1"]);
  const routes = await open("/?firstvalue=preview&guide=routes");
  await routes.page.locator("fv-root").getByRole("button", { name: "Next" }).click();
  await routes.page.waitForURL("**/people?tab=all&firstvalue=preview&guide=routes&step=2");
  await routes.page.locator("fv-root").getByText("Your people").first().waitFor();
  const none = await open("/?firstvalue=preview&guide=tuor");
  await eventually(() => none.said.length === 1);
  assert.match(none.said[0], /no guide `tuor`; there are: .*tour/);
  assert.deepEqual(said, []);
});

test("a preview opens what stands on the page, with everything that is in it", async () => {
  await server.close();
  server = await collector({ playbook: "standing.yaml" });
  const { page, said } = await open("/elsewhere?firstvalue=preview&guide=help");
  const panel = page.locator("fv-root dialog.panel");
  await panel.waitFor();
  assert.deepEqual(await panel.locator("h3").allTextContents(), ["First steps", "For makers"]);
  await panel.getByRole("button", { name: "Résumé of a month" }).click();
  await panel.getByRole("button", { name: "Chat" }).click();
  await eventually(async () => (await panel.count()) === 0, { what: "the end of the preview" });
  assert.deepEqual(said, ['firstvalue preview: would call the host: {"name":"open-chat"}']);
  assert.equal(server.got.length, 0);
});

test("the inspector ranks what may name a target, and copies it as a playbook has it", async () => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const { page, said } = await open("/?firstvalue=inspect");
  const inspector = page.locator("fv-inspector");
  const rows = () => inspector.locator("code").allTextContents();
  await inspector.waitFor({ state: "attached" });
  await page.locator("#icon").hover();
  assert.deepEqual((await rows())[0], 'target: "#icon"');
  await page.locator("[data-fv=menu]").focus();
  assert.deepEqual((await rows())[0], 'target: "[data-fv=menu]"');
  await page.locator("#onwards").click();
  assert.equal(new URL(page.url()).pathname, "/", "a click only keeps the element");
  await page.locator("#host").hover();
  assert.deepEqual(await rows(), [
    'target: "#onwards"',
    "target: { role: link, name: Onwards }",
    'target: "a[href=\\"/arrived\\"]"',
    'target: { css: "a", text: "Onwards" }',
    'target: "a"',
  ]);
  const second = inspector.getByRole("button").nth(3);
  assert.match(await second.textContent(), /fair1 match/);
  await second.click();
  const copied = () => page.evaluate(() => navigator.clipboard.readText());
  await eventually(async () => (await copied()) === 'target: { css: "a", text: "Onwards" }', { what: "the copy" });
  const { found } = await violations(page, { include: [["fv-inspector"]] });
  assert.deepEqual(found, []);
  await page.keyboard.press("Escape");
  assert.deepEqual(await rows(), []);
  await page.locator("#deep").hover();
  assert.match((await rows())[0], /#deep/, "through open shadow roots");
  assert.deepEqual(said, []);
});
