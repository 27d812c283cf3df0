// The whole path in Ledgerly, in Firefox: the guides are shown, every step is done by mouse and by keyboard,
// and what happened is at the collector, once.

import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { launch, open, press } from "./firefox.mjs";
import { eventually, root, startCollector } from "./harness.mjs";
import { focused } from "./ui/host.mjs";

let browser;

before(async () => {
  browser = await launch();
});
after(() => browser?.close());

const fv = (name) => `[data-fv="${name}"]`;
const ours = (role, name) => `fv-root >>> ::-p-aria([name="${name}"][role="${role}"])`;

/** Ways to use what a selector finds. */
const USES = {
  mouse: (page, selector) => page.locator(selector).click(),
  async keyboard(page, selector) {
    const element = await page.waitForSelector(selector);
    const isFocused = () => element.evaluate((element) => element.getRootNode().activeElement === element);
    for (let count = 0; count < 40 && !(await isFocused()); count++) await press(page, "Tab");
    assert.ok(await isFocused(), `Tab comes to ${selector}, and not only to ${await focused(page)}`);
    await press(page, "Enter");
  },
};

for (const [device, use] of Object.entries(USES)) {
  test(`a person is guided to first value by ${device}, and the collector knows`, async (t) => {
    const collector = await startCollector({ playbook: join(root, "www/demo/playbook.yaml"), writeKey: "ledgerly-demo" });
    t.after(() => collector.stop());
    const page = await open(browser, `${collector.origin}/demo/sign-in`, { viewport: { width: 1280, height: 800 } });
    t.after(() => page.end());
    const card = (name) => page.waitForSelector(ours("dialog", name));
    const known = async (list, id) => (await collector.api("/api/overview"))[list].find((entry) => entry.id === id);

    await use(page, fv("sign-in-mara"));
    await card("Welcome to Ledgerly");
    await use(page, ours("button", "Make my first report"));
    await card("Reports live here");
    await use(page, fv("nav-reports"));
    await card("Start a new one");
    await use(page, fv("new-report"));
    await card("Give it a name");
    await use(page, ours("button", "Next"));
    await card("Save it");
    await use(page, ours("button", "Back"));
    await card("Give it a name");
    await use(page, ours("button", "Next"));
    await card("Save it");
    await use(page, fv("report-save"));
    await eventually(async () => !(await page.$(ours("dialog", "Save it"))), { what: "the end of the tour" });

    await eventually(async () => (await known("milestones", "first-report")).reached === 1, { what: "the first report" });
    const tour = await eventually(async () => {
      const tour = await known("guides", "first-report-tour");
      return tour.completed === 1 && tour;
    }, { what: "the completed tour" });
    assert.deepEqual([tour.shown, ...tour.steps.map((step) => step.shown)], [1, 1, 1, 1, 1]);
    assert.equal((await known("guides", "welcome")).completed, 1);
    await page.evaluate(() => firstvalue.flush());
    const { events } = await collector.api("/api/events?limit=200");
    const told = events.reverse().filter(({ event }) => /^(guide|report)\./.test(event));
    assert.deepEqual(
      told.map(({ event, properties: { guide, step } }) => (guide ? `${event} ${guide} ${step}` : event)),
      [
        "guide.shown welcome 0",
        "guide.step_shown welcome 0",
        "guide.completed welcome 0",
        "guide.shown first-report-tour 0",
        ...[0, 1, 2, 3, 2, 3].map((step) => `guide.step_shown first-report-tour ${step}`),
        "report.created",
        "guide.completed first-report-tour 3",
      ],
      "each once",
    );
    assert.deepEqual(page.said.filter((line) => line.startsWith("firstvalue")), []);
    assert.deepEqual(page.threw, []);
  });
}
