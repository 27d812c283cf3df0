// The page on which the renderer is driven by hand, and what tests do with it.

import assert from "node:assert/strict";
import { join } from "node:path";
import { dist, eventually, launch, root, sendFile, serve } from "../harness.mjs";
import { POLICY } from "../policy.mjs";

const SDK = process.env.FIRSTVALUE_SDK ?? join(dist, "sdk");

let browser, host;

/** Serves the page under the strictest policy. */
export function serveHost() {
  const pages = join(root, "tests/browser/ui");
  const headers = { "content-security-policy": POLICY };
  return serve((_, response, { pathname }) =>
    pathname.startsWith("/sdk/")
      ? sendFile(SDK, pathname.slice("/sdk".length), response, headers)
      : sendFile(pages, pathname, response, headers),
  );
}

/** Starts a browser and the server of the page. */
export async function start() {
  host = await serveHost();
  browser = await launch();
}

/** Ends both. */
export async function close() {
  await browser?.close();
  await host?.close();
}

/** Opens the host page, and checks when the test is over that nothing went wrong in it. */
export async function open(t, { init, ...options } = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 720 }, ...options });
  const page = await context.newPage();
  const errors = [];
  page.on("pageerror", (error) => errors.push(error.stack ?? String(error)));
  page.on("console", (message) => errors.push(message.text()));
  if (init) await page.addInitScript(init);
  await page.goto(`${host.origin}/index.html`);
  await page.waitForFunction(() => window.firstvalue);
  t.after(async () => {
    const violations = await page.evaluate(() => firstvalue.violations);
    await context.close();
    assert.deepEqual(violations, [], "the content security policy holds");
    assert.deepEqual(errors, [], "the page has no errors and no console output");
  });
  return page;
}

/** Shows a guide and waits until its step is reported as seen. */
export async function show(page, guide, options) {
  await page.evaluate(([guide, options]) => firstvalue.show(guide, options), [guide, options]);
  await seen(page, options?.at ?? options?.step ?? 0);
}

export const reports = (page) => page.evaluate(() => firstvalue.reports.map(({ kind, step }) => `${kind} ${step}`));
export const seen = (page, step) =>
  eventually(async () => (await reports(page)).at(-1) === `step ${step}`, { what: `step ${step}` });
export const reported = (page, what) =>
  eventually(async () => (await reports(page)).at(-1) === what, { what: `the report ${what}` });

/** The id, tag or text of what has the focus, through shadow roots. */
export const focused = (page) =>
  page.evaluate(() => {
    let element = document.activeElement;
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    return element?.id || element?.textContent || element?.getAttribute("aria-label");
  });
export const frames = (page, count) =>
  page.evaluate(async (count) => {
    while (count--) await new Promise(requestAnimationFrame);
  }, count);
/** What a click at the middle of an element would hit: whether that is the element. */
export const isUsable = (locator) =>
  locator.evaluate((element) => {
    const { x, y, width, height } = element.getBoundingClientRect();
    const hit = element.getRootNode().elementFromPoint(x + width / 2, y + height / 2);
    return element === hit || element.contains(hit);
  });
export const card = (page) => page.locator("fv-root .card");
