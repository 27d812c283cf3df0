// Guides over dialogs that hosts make by script.

import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { build } from "esbuild";
import { eventually, launch, root } from "./harness.mjs";
import { collector, open, settled } from "./sdk/collector.mjs";

let browser, server;

before(async () => {
  browser = await launch();
  const { outputFiles } = await build({
    stdin: { contents: 'import "./dialogs.mjs"; import { firstvalue } from "/sdk/firstvalue.js"; window.firstvalue = firstvalue; firstvalue.init({ writeKey: "key" });', resolveDir: join(root, "tests/browser/sdk") },
    bundle: true,
    write: false,
    format: "esm",
    external: ["/sdk/*"],
    define: { "process.env.NODE_ENV": '"production"' },
  });
  server = await collector({ playbook: "dialogs.yaml", script: outputFiles[0].text });
});
after(async () => {
  await browser?.close();
  await server?.close();
});

for (const library of ["focus-trap", "Radix", "Bootstrap"]) {
  test(`H15, X36: a dialog of ${library} stays open and in use while a step shows, which can be used too`, async () => {
    const context = await browser.newContext();
    const { page, threw } = await open(context, `${server.origin}/built`);
    await settled(page);
    await page.evaluate((library) => openDialog(library), library);
    const field = page.locator("#target");
    await field.waitFor();
    await page.waitForFunction(() => document.activeElement?.closest("[aria-modal=true],[role=dialog]"));
    const card = page.locator("fv-root .card");
    const isOpen = () => page.evaluate(() => isOpen);
    const start = async () => {
      await page.evaluate(() => firstvalue.start("share"));
      await card.getByText("Choose them").waitFor();
    };
    await start();
    // By mouse, and in between what the dialog itself is for.
    await field.click();
    await page.keyboard.type("ann");
    assert.equal(await field.inputValue(), "ann");
    await card.getByRole("button", { name: "Next" }).click({ timeout: 5_000 });
    await card.getByText("Send it").waitFor();
    assert.ok(await isOpen(), "after a click on the card");
    await card.getByRole("button", { name: "Done" }).click({ timeout: 5_000 });
    await card.waitFor({ state: "detached" });
    assert.ok(await isOpen(), "after the tour");
    // By keyboard.
    await start();
    const at = () => page.evaluate(() => document.activeElement?.shadowRoot?.activeElement?.textContent);
    for (let press = 0; press < 12 && (await at()) !== "Next"; press++) await page.keyboard.press("Tab");
    assert.equal(await at(), "Next");
    // And back: out of the card without a stop at which nothing is to be seen.
    const stop = () => page.evaluate(() => document.activeElement.localName === "fv-root" && document.activeElement.shadowRoot.activeElement?.localName);
    const stops = [];
    for (let press = 0; press < 8; press++) {
      await page.keyboard.press("Shift+Tab");
      stops.push(await stop());
    }
    assert.ok(stops.includes("button") && stops.includes(false), `in the card and in the dialog: ${stops}`);
    assert.ok(!stops.includes(undefined), `at our element itself: ${stops}`);
    for (let press = 0; press < 12 && (await at()) !== "Next"; press++) await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await card.getByText("Send it").waitFor();
    await page.keyboard.press("Escape");
    await card.waitFor({ state: "detached" });
    assert.ok(await isOpen(), "after Escape on the card");
    await field.fill("bob");
    await page.mouse.click(5, 5);
    await eventually(async () => !(await isOpen()), { what: "the end of the dialog, by a click outside" });
    assert.deepEqual(threw, []);
    await context.close();
  });
}
