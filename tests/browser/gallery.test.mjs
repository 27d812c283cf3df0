// Every guide of the gallery: what assistive technology sees, and what the keyboard reaches.

import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, test } from "node:test";
import { eventually, root, startCollector } from "./harness.mjs";
import { focusFirst, reachAll, SAYING, show, specimens, startGallery, violations } from "./gallery/host.mjs";

/** Guides that Escape only closes. */
const STAYING = ["hotspot", "checklist", "announcement", "resource-center", "value-report"];

const gallery = await startGallery();
after(() => gallery.close());
const ids = await specimens(gallery);

test("A2: every guide is what assistive technology expects", async (t) => {
  const page = await gallery.open(t);
  for (const id of ids) {
    await show(page, id);
    const tree = `${await page.locator("fv-root .page").ariaSnapshot()}\n`;
    const file = join(root, `tests/browser/gallery/trees/${id}.yaml`);
    if (process.env.FIRSTVALUE_UPDATE) await writeFile(file, tree);
    const expected = await readFile(file, "utf8").catch(() => undefined);
    assert.equal(tree, expected, `${id}; after a change that is meant, run with FIRSTVALUE_UPDATE=1`);
  }
});

for (const id of ids.filter((id) => !SAYING.includes(id))) {
  test(`${id} is all there for the keyboard`, async (t) => {
    const page = await gallery.open(t);
    await show(page, id);
    const count = await focusFirst(page);
    assert.ok(count > 0, "there is something to do");
    await reachAll(page, count, (key) => page.keyboard.press(key));
    await focusFirst(page);
    await page.keyboard.press("Escape");
    if (STAYING.some((kind) => id.startsWith(kind))) {
      // What is opened by an element of the page has no button of ours.
      const closed = () => page.evaluate(() => !window.root.querySelector("dialog[open], [aria-expanded=true]"));
      return eventually(closed, { what: "the close by Escape" });
    }
    // Of a survey there may be only the thanks left.
    const end = id === "survey-thanks" ? "completed" : "dismissed";
    const gone = () => page.evaluate((end) => window.gallery.reports.at(-1)[0] === end, end);
    await eventually(gone, { what: "the end by Escape" });
    assert.equal(await page.locator("fv-root .card").count(), 0);
  });
}

test("the gallery's menu leads to every guide in every variant", async (t) => {
  const context = await gallery.browser.newContext({ viewport: { width: 1280, height: 800 } });
  t.after(() => context.close());
  const page = await context.newPage();
  await page.goto(`${gallery.origin}/gallery/`);
  const links = await page.locator("nav a").evaluateAll((links) => links.map(({ search }) => search));
  assert.deepEqual(links, ids.map((id) => `?show=${id}`));
  await page.locator("nav a").nth(3).click();
  await page.getByLabel("Colours").selectOption("dark");
  await page.getByLabel("Direction").selectOption("rtl");
  await page.getByLabel("Width").selectOption("narrow");
  const frame = page.frameLocator("#frame");
  await frame.locator("fv-root .card").first().waitFor();
  const variant = await frame.locator("html").evaluate((html) => [html.dir, html.dataset.scheme, innerWidth <= 375]);
  assert.deepEqual(variant, ["rtl", "dark", true]);
  const { found } = await violations(page, { exclude: [["iframe"]] });
  assert.deepEqual(found, []);
});

test("a collector serves it: a menu of all guides, and each on a page of its own", async (t) => {
  const collector = await startCollector({ playbook: join(root, "www/demo/playbook.yaml") });
  t.after(() => collector.stop());
  const page = await gallery.browser.newPage();
  t.after(() => page.close());
  const said = [];
  page.on("pageerror", (error) => said.push(String(error)));
  page.on("console", (message) => said.push(message.text()));
  await page.goto(`${collector.origin}/gallery/`);
  await page.getByRole("link").last().click();
  await page.frameLocator("#frame").locator("fv-root button").first().waitFor();
  assert.equal(await page.getByRole("navigation", { name: "Guides" }).getByRole("link").count(), ids.length);
  assert.deepEqual(said, []);
});
