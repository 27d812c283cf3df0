// The gallery, served as the collector serves it but under the strictest policy.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { dist, eventually, launch, root, sendFile, serve } from "../harness.mjs";
import { POLICY } from "../policy.mjs";

const SDK = process.env.FIRSTVALUE_SDK ?? join(dist, "sdk");
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const axe = await readFile(join(root, "node_modules/axe-core/axe.min.js"), "utf8");

/** Serves the gallery. */
export function serveGallery() {
  const headers = { "content-security-policy": POLICY };
  return serve((_, response, { pathname }) =>
    pathname.startsWith("/sdk/")
      ? sendFile(SDK, pathname.slice("/sdk".length), response, headers)
      : sendFile(dist, pathname.replace(/\/$/, "/index.html"), response, headers),
  );
}

/** Starts a browser and the gallery; `close()` ends both. */
export async function startGallery() {
  const host = await serveGallery();
  const browser = await launch();
  return {
    origin: host.origin,
    browser,
    /** Opens a page on which guides are shown, and checks that it stays quiet. */
    async open(t, options = {}) {
      // What moves could be caught half way.
      const context = await browser.newContext({ reducedMotion: "reduce", ...options });
      const page = await context.newPage();
      const errors = [];
      page.on("pageerror", (error) => errors.push(error.stack ?? String(error)));
      page.on("console", (message) => errors.push(message.text()));
      t.after(async () => {
        await context.close();
        assert.deepEqual(errors, [], "the page has no errors and no console output");
      });
      await page.goto(`${host.origin}/gallery/page.html`);
      await page.waitForFunction(() => window.gallery);
      return page;
    },
    async close() {
      await browser.close();
      await host.close();
    },
  };
}

/** The ids of all guides in the gallery. */
export async function specimens({ browser, origin }) {
  const page = await browser.newPage();
  await page.goto(`${origin}/gallery/page.html`);
  await page.waitForFunction(() => window.gallery);
  const ids = await page.evaluate(() => window.gallery.ids);
  await page.close();
  return ids;
}

/** Shows a guide and waits until it was seen. */
export async function show(page, id, { scheme = "light", dir = "ltr" } = {}) {
  await page.evaluate((variant) => window.gallery.show(...variant), [id, scheme, dir]);
  const seen = () => page.evaluate(() => window.gallery.reports.some(([kind]) => kind === "step" || kind === "rest"));
  await eventually(seen, { what: `the guide ${id}` });
}

/** Guides that only say something. */
export const SAYING = ["announcement-badge"];
const CONTROLS = "button, a, input, textarea, [tabindex='0']";

/** Puts the focus on the first control of the guide that is shown; gives how many there are. */
export const focusFirst = (page) =>
  page.evaluate((selector) => {
    window.root = [...document.querySelectorAll("fv-root")].map((root) => root.shadowRoot).find((root) => root.querySelector(".page"));
    const all = [...window.root.querySelectorAll(selector)].filter((one) => one.checkVisibility() && !one.disabled);
    // Of radio buttons Tab reaches the one that is chosen, or the first.
    const radios = all.filter(({ type }) => type === "radio");
    const radio = radios.find(({ checked }) => checked) ?? radios[0];
    window.controls = all.filter((one) => one.type !== "radio" || one === radio);
    window.controls[0]?.focus();
    return window.controls.length;
  }, CONTROLS);

/** The places of the controls that have had the focus while a key was pressed `times`. */
async function walk(page, press, times) {
  const found = new Set();
  const step = async () => {
    await press();
    const at = await page.evaluate(() => {
      const focused = window.root.activeElement;
      if (!focused) return undefined;
      const { outlineStyle, outlineWidth } = getComputedStyle(focused);
      const isShown = outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
      return { place: window.controls.indexOf(focused), name: focused.localName, isShown, scrolls: focused.scrollHeight > focused.clientHeight };
    });
    if (at) assert.ok(at.isShown, `${at.name} (control ${at.place}) shows that it has the focus`);
    if (at?.place === -1) assert.ok(at.scrolls, `${at.name} has the focus and is good for nothing`);
    return at?.place;
  };
  for (let count = 0; count < times; count++) {
    let place = await step();
    // Firefox stops also at what can be scrolled.
    if (place === -1) place = await step();
    if (place >= 0) found.add(place);
  }
  return found;
}

/** Checks that all controls are reached from the first by the keyboard, of which `press` presses a key. */
export async function reachAll(page, count, press) {
  // There and back: from the last control Tab may go to the target.
  const reached = await walk(page, () => press("Tab"), count - 1);
  for (const place of await walk(page, () => press("Shift+Tab"), count - 1)) reached.add(place);
  assert.deepEqual([...reached].sort(), [...Array(count).keys()].filter((place) => place > 0 || count > 1));
}

/** What axe finds on a page; within `fv-root` it must have looked. */
export async function violations(page, context = {}) {
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axe);
  const run = ([context, runOnly]) =>
    axe.run({ exclude: [], ...context }, { runOnly, resultTypes: ["violations"], iframes: false });
  const { violations, passes } = await page.evaluate(run, [context, RULES]);
  const looked = passes.some(({ nodes }) => nodes.some(({ target }) => target.flat(2)[0].startsWith("fv-root")));
  const found = violations.map(({ id, nodes }) => [id, nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`)]);
  return { found, looked };
}
