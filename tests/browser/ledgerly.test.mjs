// The whole path in Ledgerly, the demo product: what a person does, the guides that appear because
// of it, and what the collector and the dashboard then know. And Ledgerly without Firstvalue, when
// the wasm does not come: it must go on as if nothing were there.

import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { after, before, beforeEach, afterEach, test } from "node:test";
import { eventually, launch, root, startCollector } from "./harness.mjs";

const PLAYBOOK = join(root, "www/demo/playbook.yaml");
/** Where screenshots go; the README shows those that are committed. */
const SCREENSHOTS = process.env.FIRSTVALUE_SCREENSHOTS ?? join(root, "target/screenshots");

let browser, collector;

before(async () => {
  await mkdir(SCREENSHOTS, { recursive: true });
  browser = await launch();
});
after(() => browser?.close());

beforeEach(async () => {
  collector = await startCollector({ playbook: PLAYBOOK, writeKey: "ledgerly-demo" });
});
afterEach(() => collector?.stop());

/** A page of its own browser profile, with all that it asks for and says. */
async function open({ viewport = { width: 1280, height: 800 }, ...options } = {}) {
  const context = await browser.newContext({ viewport, ...options });
  const page = await context.newPage();
  const seen = { requests: [], lines: [], errors: [] };
  page.on("request", (request) => seen.requests.push(new URL(request.url()).pathname));
  page.on("console", (message) => seen.lines.push(message.text()));
  page.on("pageerror", (error) => seen.errors.push(error.stack ?? String(error)));
  return { context, page, ...seen };
}

const fv = (page, name) => page.locator(`[data-fv="${name}"]`);
const guide = (page, name) => page.getByRole("dialog", { name });

async function signIn(page) {
  await page.goto(`${collector.origin}/demo/sign-in`);
  await fv(page, "sign-in-mara").click();
  await fv(page, "nav-reports").waitFor();
}

/** Numbers of a milestone or a guide from the dashboard's API. */
async function known(list, id) {
  const overview = await collector.api("/api/overview");
  return overview[list].find((entry) => entry.id === id);
}

test("a person is guided to first value, and the collector knows", async () => {
  const { context, page, requests, lines, errors } = await open();
  await page.goto(`${collector.origin}/demo/sign-in`);
  await page.waitForFunction(() => window.firstvalue?.status?.state === "ready");
  const ui = () => requests.filter((path) => path.includes("firstvalue_ui"));
  assert.deepEqual(ui(), [], "nothing is loaded to draw guides before one is due");

  await signIn(page);
  const welcome = guide(page, "Welcome to Ledgerly");
  await welcome.waitFor();
  assert.equal(ui().length, 2, "then its module and its script are");
  await page.screenshot({ path: join(SCREENSHOTS, "welcome.png") });
  await welcome.getByRole("button", { name: "Make my first report" }).click();

  await guide(page, "Reports live here").waitFor();
  await page.waitForTimeout(300);
  await page.screenshot({ path: join(SCREENSHOTS, "tour.png") });
  await fv(page, "nav-reports").click();
  await guide(page, "Start a new one").waitFor();
  await fv(page, "new-report").click();
  await guide(page, "Give it a name").getByRole("button", { name: "Next" }).click();
  await guide(page, "Save it").waitFor();
  await fv(page, "report-save").click();
  await guide(page, "Save it").waitFor({ state: "detached" });

  await eventually(async () => (await known("milestones", "first-report")).reached === 1, {
    what: "the first report",
  });
  const tour = await eventually(async () => {
    const tour = await known("guides", "first-report-tour");
    return tour.completed === 1 && tour;
  }, { what: "the completed tour" });
  assert.equal(tour.shown, 1);
  assert.deepEqual(tour.steps.map((step) => step.shown), [1, 1, 1, 1]);
  assert.equal((await known("guides", "welcome")).completed, 1);

  // A click that the playbook alone turns into an event.
  await fv(page, "share-report").first().click();
  await page.locator("dialog[open]").waitFor();
  await page.locator('dialog[open] [data-fv^="pick-"]').first().click();
  await fv(page, "share-send").click();
  const activated = await eventually(async () => {
    const milestone = await known("milestones", "activated");
    return milestone.reached === 1 && milestone;
  }, { what: "activation" });
  assert.ok(activated.ttv.median_ms > 0, "its time to value is known");

  assert.deepEqual(lines.filter((line) => line.startsWith("firstvalue")), []);
  assert.deepEqual(errors, []);
  await context.close();
});

test("a tour goes on where it was after a reload", async () => {
  const { context, page } = await open();
  await signIn(page);
  await guide(page, "Welcome to Ledgerly").getByRole("button", { name: "Make my first report" }).click();
  await guide(page, "Reports live here").waitFor();
  await fv(page, "nav-reports").click();
  await guide(page, "Start a new one").waitFor();
  const shown = async () => {
    const tour = await known("guides", "first-report-tour");
    return tour.steps[1].shown && tour;
  };
  // A page that is torn down while it writes goes on one step earlier.
  await eventually(shown);
  await page.evaluate(() => window.firstvalue.flush());
  await page.reload();
  await guide(page, "Start a new one").waitFor();
  const tour = await shown();
  assert.equal(tour.shown, 1, "it is not shown anew");
  await context.close();
});

test("a guide that is sent away stays away", async () => {
  const { context, page } = await open();
  await signIn(page);
  await guide(page, "Welcome to Ledgerly").waitFor();
  await page.keyboard.press("Escape");
  await guide(page, "Welcome to Ledgerly").waitFor({ state: "detached" });
  await eventually(async () => (await known("guides", "welcome")).dismissed === 1);
  await page.reload();
  await page.waitForFunction(() => window.firstvalue?.status?.state === "ready");
  await page.waitForTimeout(1_000);
  assert.equal(await guide(page, "Welcome to Ledgerly").count(), 0);
  await context.close();
});

test("the dashboard shows it while it happens", async () => {
  const team = await open();
  await team.page.goto(`${collector.origin}/#token=${collector.token}`);
  await team.page.getByRole("heading", { level: 1 }).waitFor();
  const row = team.page.getByRole("row", { name: /Welcome to Ledgerly/ });
  assert.equal(await row.count(), 0, "nobody has come yet");
  const { context, page } = await open();
  await signIn(page);
  await guide(page, "Welcome to Ledgerly").getByRole("button", { name: "Make my first report" }).click();
  await eventually(async () => /100\s?%/.test(await row.innerText()), { what: "its completion rate" });
  await Promise.all([context.close(), team.context.close()]);
});

/** Ways in which the wasm of the core package does not come, and the status that says so. */
const FAILURES = {
  "is blocked": [(route) => route.abort(), "failed"],
  "is missing": [(route) => route.fulfill({ status: 404, body: "not found" }), "failed"],
  "is truncated": [
    async (route) => {
      const response = await route.fetch();
      const body = (await response.body()).subarray(0, 10_000);
      await route.fulfill({ response, body, headers: { "content-type": "application/wasm" } });
    },
    "failed",
  ],
};

for (const [failure, [answer, state]] of Object.entries(FAILURES)) {
  test(`Ledgerly works when the wasm ${failure}`, async () => {
    const { context, page, lines, errors } = await open();
    await page.route("**/firstvalue_core_bg.wasm", answer);
    await withoutFirstvalue(page, state);
    assert.deepEqual(ours(lines).length, 1, lines.join("\n"));
    assert.deepEqual(errors, []);
    await context.close();
  });
}

test("Ledgerly works when its policy refuses wasm", async () => {
  const { context, page, lines, errors } = await open();
  const policy = "default-src 'self'; script-src 'self'; style-src 'self'";
  await page.route("**/demo/**", async (route) => {
    if (route.request().resourceType() !== "document") return route.continue();
    const response = await route.fetch();
    const headers = { ...response.headers(), "content-security-policy": policy };
    await route.fulfill({ response, headers });
  });
  await withoutFirstvalue(page, "blocked");
  assert.deepEqual(ours(lines).length, 1, lines.join("\n"));
  assert.deepEqual(errors, []);
  await context.close();
});

/** What Firstvalue says; the browser itself reports each file that it could not load. */
function ours(lines) {
  const browsers = /^(Failed to load resource|Compiling or instantiating WebAssembly|Refused to|WebAssembly\.|Applying|CompileError)/;
  return lines.filter((line) => !browsers.test(line));
}

/** Uses Ledgerly, and sees that what is done still arrives. */
async function withoutFirstvalue(page, state) {
  await signIn(page);
  await page.waitForFunction((state) => window.firstvalue.status.state === state, state);
  assert.ok(await page.evaluate(() => window.firstvalue.status.code), "a code says why");
  await fv(page, "nav-reports").click();
  await fv(page, "new-report").click();
  await fv(page, "report-name").fill("Without guidance");
  await fv(page, "report-save").click();
  await page.getByRole("heading", { name: "Without guidance" }).waitFor();
  assert.equal(await page.locator("fv-root").count(), 0);
  await eventually(async () => (await known("milestones", "first-report")).reached === 1, {
    what: "the report that was saved",
  });
}
