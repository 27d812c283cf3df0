// A page that nobody here wrote: the dashboard that the npm package `admin-lte` ships, served
// unchanged but for our script tag.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { eventually, launch, root, sendFile, serve, startCollector } from "./harness.mjs";

const PAGE = join(root, "node_modules/admin-lte/dist");
const CDN = "https://cdn.jsdelivr.net/npm/";

let browser, collector, host;

before(async () => {
  collector = await startCollector({ playbook: join(root, "tests/admin-lte/playbook.yaml") });
  const html = await readFile(join(PAGE, "index.html"), "utf8");
  const tag = `<script src="${collector.origin}/sdk/firstvalue.iife.js" data-write-key="${collector.writeKey}" async></script>`;
  const ours = html.replace("</head>", `${tag}</head>`);
  host = await serve((_, response, url) =>
    url.pathname === "/index.html"
      ? response.writeHead(200, { "content-type": "text/html" }).end(ours)
      : sendFile(PAGE, url.pathname, response),
  );
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await host?.close();
  await collector?.stop();
});

/** Opens the page, with what it takes from a content delivery network taken from npm instead. */
async function open() {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  const errors = [];
  page.on("pageerror", (error) => errors.push(error.stack ?? String(error)));
  await page.route(`${CDN}**`, async (route) => {
    const path = route.request().url().slice(CDN.length);
    const file = join(root, "node_modules", path.replace(/@[\d.]+\//, "/"));
    const headers = { "access-control-allow-origin": "*" };
    await route.fulfill({ path: file, headers }).catch(() => route.abort());
  });
  await page.goto(`${host.origin}/index.html`);
  return { page, errors };
}

test("a click in its sidebar is captured, a milestone is reached, and a tour is shown on its elements", async () => {
  const { page, errors } = await open();
  await page.waitForFunction(() => window.firstvalue?.status?.state === "ready");
  assert.equal(await page.locator("fv-root").count(), 0, "nothing is drawn before a guide is due");

  await page.locator(".sidebar-menu").getByText("Widgets").click();
  const step = page.getByRole("dialog", { name: "Your month at a glance" });
  await step.waitFor();
  // Its place is that at which it has come in.
  await step.evaluate((drawn) => Promise.all(drawn.getAnimations().map(({ finished }) => finished)));
  const card = await page.locator(".small-box").first().boundingBox();
  const tip = await step.boundingBox();
  assert.ok(isBeside(tip, card), `the step stands beside its target: ${JSON.stringify({ tip, card })}`);

  await step.getByRole("button", { name: "Next" }).click();
  await page.getByRole("dialog", { name: "Help is up here" }).getByRole("button", { name: "Next" }).click();
  const last = page.getByRole("dialog", { name: "What is next" });
  await last.getByRole("button", { name: "Done" }).click();
  await last.waitFor({ state: "detached" });

  const { milestones, guides } = await eventually(async () => {
    const overview = await collector.api("/api/overview");
    return overview.guides[0].completed && overview;
  });
  assert.equal(milestones.find(({ id }) => id === "explored").reached, 1);
  assert.deepEqual(
    guides.map(({ id, shown, completed, dismissed }) => ({ id, shown, completed, dismissed })),
    [{ id: "dashboard-tour", shown: 1, completed: 1, dismissed: 0 }],
  );
  assert.deepEqual(errors, [], "the page has no errors");
  await page.close();
});

/** Whether two boxes are at most 24 px apart and do not overlap by more than the arrow. */
function isBeside(a, b) {
  const apart = (from, to, length, otherLength) =>
    Math.max(to - (from + length), from - (to + otherLength));
  const gap = Math.max(
    apart(a.x, b.x, a.width, b.width),
    apart(a.y, b.y, a.height, b.height),
  );
  return gap >= -2 && gap <= 24;
}
