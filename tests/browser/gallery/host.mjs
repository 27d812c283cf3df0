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
