// The guide renderer on host pages that are hard on tours.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { dist, launch, root, sendFile } from "./harness.mjs";
import { cases } from "../host-pages/cases.mjs";
import { servePages, Tour } from "../host-pages/tour.mjs";

const SDK = process.env.FIRSTVALUE_SDK ?? join(dist, "sdk");
let browser, pages;

before(async () => {
  browser = await launch();
  const adapter = await readFile(join(root, "benches/guides/libraries/firstvalue.js"));
  pages = await servePages(adapter, async (path, response, headers) => {
    if (!path.startsWith("/sdk/")) return false;
    await sendFile(SDK, path.slice("/sdk".length), response, headers);
    return true;
  });
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
