// The guide renderer on host pages that are hard on tours.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch } from "./harness.mjs";
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
  test(`${fault ? `${fault}: ` : ""}a tour holds on ${title}`, async () => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
    const page = await context.newPage();
    const errors = [];
    page.on("pageerror", (error) => errors.push(error.stack ?? String(error)));
    page.on("console", (message) => errors.push(message.text()));
    const tour = new Tour(page);
    await tour.open(pages.origin, name);
    await run(tour, page);
    assert.deepEqual(errors, [], "the page has no errors and no console output");
    await context.close();
  });
}
