// The guide renderer on the pages of `host-pages.test.mjs`, in Firefox.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch, open } from "./firefox.mjs";
import { cases } from "../host-pages/cases.mjs";
import { serveOurs, Tour } from "../host-pages/tour.mjs";

let browser, pages;

before(async () => {
  browser = await launch();
  pages = await serveOurs();
});
after(async () => {
  await browser?.close();
  await pages?.close();
});

for (const { page: name, fault, title, options, run } of cases) {
  test(`${fault ? `${fault}, ` : ""}H13: a tour holds on ${title}`, async () => {
    const page = await open(browser, "about:blank", { viewport: { width: 1280, height: 800, ...options?.viewport, deviceScaleFactor: options?.deviceScaleFactor } });
    const tour = new Tour(page);
    await tour.open(pages.origin, name);
    await run(tour, page);
    assert.deepEqual([page.threw, page.said], [[], []], "the page has no errors and no console output");
    await page.end();
  });
}
