// The ledger of delivery: what is lost behind the browser's back is found by the real collector, by browser
// and transport, and nothing else is.

import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { eventually, launch, serveHost, startCollector } from "./harness.mjs";

let browser, folder, collector, host;

before(async () => {
  browser = await launch();
  folder = await mkdtemp(join(tmpdir(), "firstvalue-ledger-"));
  const playbook = join(folder, "playbook.yaml");
  await writeFile(playbook, "version: 1\nproduct: Ledger\n");
  collector = await startCollector({ playbook, writeKey: "key" });
  host = await serveHost(collector);
});

after(async () => {
  await browser?.close();
  await host?.close();
  await collector?.stop();
  if (folder) await rm(folder, { recursive: true, force: true });
});

async function open(context) {
  const page = await context.newPage();
  await page.goto(host.origin);
  await page.waitForFunction(() => window.firstvalue?.status?.state === "ready");
  return page;
}

/** Has something happen so often, and sends it. */
const track = (page, times) =>
  page.evaluate(async (times) => {
    for (let n = 0; n < times; n++) firstvalue.track("report.created", { n });
    await firstvalue.flush();
  }, times);

/** What came, and what is missing. */
const told = async () => {
  const { all, ways } = await collector.api("/api/delivery");
  return { ...all, ways: ways.map(({ browser, transport, delivered, awaited }) => ({ browser, transport, delivered, awaited })) };
};

test("D22: a request that something between browser and collector takes for itself is missing, and nothing else", async () => {
  const context = await browser.newContext();
  const page = await open(context);
  // Of a device's first page nothing is told: what it sent before may have been erased.
  await track(page, 2);
  await page.reload();
  await page.waitForFunction(() => window.firstvalue?.status?.state === "ready");
  await track(page, 3);
  // Something answers in the collector's name.
  await context.route("**/v1/batch", async (route) => {
    const { batch } = JSON.parse(route.request().postData());
    const events = batch.map(({ messageId }) => ({ messageId, status: "ok" }));
    await route.fulfill({ json: { success: true, events }, headers: { "access-control-allow-origin": "*" } });
  });
  await track(page, 4);
  await context.unroute("**/v1/batch");
  await track(page, 2);
  await track(page, 1);
  const { delivered, awaited, lost, ways } = await told();
  // The pages themselves, too.
  assert.deepEqual({ delivered, awaited, lost }, { delivered: 10, awaited: 4, lost: 0 });
  assert.deepEqual(ways, [{ browser: "Chrome", transport: "fetch", delivered: 10, awaited: 4 }]);

  // Somebody else at this device begins anew, in every tab.
  const other = await open(context);
  await track(other, 2);
  await page.evaluate(() => firstvalue.reset());
  for (const tab of [page, other, page, other]) await track(tab, 2);
  assert.equal((await told()).awaited, 4);

  // What is sent as the pages are left comes by beacon.
  await page.evaluate(() => firstvalue.track("report.created"));
  await page.close({ runBeforeUnload: true });
  await eventually(async () => (await told()).ways.some(({ transport, delivered }) => transport === "beacon" && delivered === 1), { what: "the beacon" });
  await other.close();
  assert.equal((await told()).awaited, 4);
  await context.close();
});
