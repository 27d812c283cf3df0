// Guides that the host draws: the example of it, from end to end.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { promisify } from "node:util";
import { bodyOf, dist, eventually, launch, root, sendFile, serve } from "./harness.mjs";

const example = join(root, "examples/headless");
let browser, server;
const messages = [];

before(async () => {
  browser = await launch();
  const binary = process.env.FIRSTVALUE_BIN ?? join(root, "target/debug/firstvalue");
  const { stdout: playbook } = await promisify(execFile)(binary, ["compile", join(example, "playbook.yaml")]);
  server = await serve(async (request, response, { pathname }) => {
    if (pathname === "/v1/playbook") return response.writeHead(200, { "content-type": "application/json" }).end(playbook);
    if (pathname === "/blank") return response.writeHead(200, { "content-type": "text/html" }).end("<!doctype html><title>Blank</title><button id=create>Create</button>");
    if (pathname.startsWith("/sdk/")) return sendFile(join(dist, "sdk"), pathname.slice("/sdk".length), response, {});
    if (pathname !== "/v1/batch") return sendFile(example, pathname, response, {});
    const { batch } = JSON.parse(await bodyOf(request));
    messages.push(...batch);
    const events = batch.map(({ messageId }) => ({ messageId, status: "ok" }));
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify({ success: true, events }));
  });
});
after(async () => {
  await browser?.close();
  await server?.close();
});

test("a host draws the guide itself, and the same is recorded", async (t) => {
  const context = await browser.newContext({ locale: "de-DE" });
  t.after(() => context.close());
  const page = await context.newPage();
  const errors = [];
  page.on("pageerror", (error) => errors.push(String(error)));
  await page.goto(`${server.origin}/index.html`);
  const guide = page.locator("#guide");
  const says = (text) => guide.getByRole("heading", { name: text }).waitFor();
  // The document says that it is English.
  await says("Hello Ada");
  assert.equal(await guide.locator("p").innerHTML(), "You have <strong>1,200</strong> reports.");
  assert.equal(await page.locator("fv-root").evaluate((element) => element.shadowRoot.querySelector(".card")), null, "we draw nothing");
  await guide.getByRole("button", { name: "Next" }).click();
  await says("Create one");
  assert.equal(await page.locator(".pointed-at").getAttribute("id"), "create");
  await guide.getByRole("button", { name: "Back" }).click();
  await says("Hello Ada");
  await guide.getByRole("button", { name: "Next" }).click();
  await says("Create one");
  // What it points at goes, and comes back.
  await page.locator("#create").evaluate((element) => (element.hidden = true));
  await guide.waitFor({ state: "hidden" });
  await page.locator("#create").evaluate((element) => (element.hidden = false));
  await says("Create one");
  await page.locator("#create").click();
  await says("Well done");
  await guide.getByRole("button", { name: "Done" }).click();
  await guide.waitFor({ state: "hidden" });
  const recorded = async () => {
    await page.evaluate(async () => (await import("/sdk/firstvalue.js")).firstvalue.flush());
    return messages.filter(({ event }) => event?.startsWith("guide.")).map(({ event, properties: { step } }) => `${event} ${step}`);
  };
  const expected = ["guide.shown 0", "guide.step_shown 0", "guide.step_shown 1", "guide.step_shown 0", "guide.step_shown 1", "guide.step_shown 2", "guide.completed 2"];
  await eventually(async () => (await recorded()).length >= expected.length, { what: "what is recorded" });
  assert.deepEqual(await recorded(), expected);
  assert.deepEqual(errors, []);
});

test("what a renderer throws is the page's, and what it shows without an element counts when it says so", async (t) => {
  const context = await browser.newContext();
  t.after(() => context.close());
  const page = await context.newPage();
  await page.goto(`${server.origin}/blank`);
  messages.length = 0;
  await page.evaluate(async () => {
    const { firstvalue } = await import("/sdk/firstvalue.js");
    Object.assign(window, { firstvalue, errors: [], steps: [] });
    addEventListener("error", ({ message }) => errors.push(message));
    const renderer = (step) => {
      steps.push(step);
      if (steps.length === 1) throw new Error("no");
    };
    await firstvalue.init({ writeKey: "key", renderer });
  });
  await page.waitForFunction(() => steps.length === 1);
  assert.match((await page.evaluate(() => errors)).join(), /`renderer` threw: Error: no/);
  await page.evaluate(() => steps[0].next());
  await page.waitForFunction(() => steps.at(-1)?.step === 1);
  assert.equal(await page.evaluate(() => steps.at(-1).target.id), "create");
  await page.evaluate(() => firstvalue.stop());
  // Nobody has seen it, so it comes again. Between steps there is none while a target is looked for.
  await page.waitForFunction(() => steps.map((step) => step?.step ?? "").join("") === "010" && steps.at(-2) === null);
  await page.evaluate(() => steps.at(-1).seen());
  await eventually(async () => {
    await page.evaluate(() => firstvalue.flush());
    return messages.some(({ event }) => event === "guide.shown");
  });
  assert.equal(await page.evaluate(() => firstvalue.status.state), "ready");
  assert.equal(messages.filter(({ event }) => event === "guide.shown").length, 1, "only what was seen was shown");
});
