// What depends most on the browser, in WebKit, the engine of Safari: what is kept and sent as pages come and
// go, routes, a strict policy, and guides by keyboard. Chromium is asked more of the same in the files that have
// the numbers.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, afterEach, before, describe, test } from "node:test";
import { dist, eventually } from "./harness.mjs";
import { POLICY } from "./policy.mjs";
import { collector, outbox, settled, taken } from "./sdk/collector.mjs";
import { launch, open, skip } from "./webkit.mjs";

describe("WebKit", { skip }, () => {
  let browser, server;
  const opened = [];

  before(async () => {
    browser = await launch();
  });
  after(() => browser?.close());
  afterEach(async () => {
    for (const page of opened.splice(0)) await page.end();
    await server?.close();
  });

  /** A page on which Firstvalue is ready, also to begin guides by itself. */
  async function ready(path, options = {}) {
    server = await collector({ attributes: 'data-automation="true"', ...options });
    const page = await open(browser, server.origin + path);
    opened.push(page);
    assert.equal((await settled(page)).state, "ready");
    await page.evaluate(() => {
      window.threw = [];
      addEventListener("error", ({ message }) => threw.push(message));
      addEventListener("unhandledrejection", ({ reason }) => threw.push(String(reason)));
    });
    return page;
  }
  const flush = (page) => page.evaluate(() => firstvalue.flush());
  const down = () => ({ status: 503, body: {} });
  const shown = (page, words) => page.waitForFunction((words) => document.querySelector("fv-root")?.shadowRoot.textContent.includes(words), words);
  const running = (page) => page.evaluate(() => firstvalue.state().running ?? null);
  /** The name of what has the focus, in whatever shadow root. */
  const focused = (page) =>
    page.evaluate(() => {
      let element = document.activeElement;
      while (element.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
      return element.ariaLabel ?? (element.id || element.innerText.trim());
    });
  const threw = (page) => page.evaluate(() => window.threw);

  test("D2, X22: whichever way a page is left, what was tracked last is not lost, and stops no other page", async () => {
    const page = await ready("/app");
    const ways = {
      "for another page": (page) => page.evaluate(() => void (location.href = "/next")),
      "for another site": (page) => page.evaluate((site) => void (location.href = site), `${server.origin.replace("127.0.0.1", "localhost")}/sdk/firstvalue.js`),
      "by a reload": (page) => page.evaluate(() => location.reload()),
      "by the browser": (page) => page.goto("about:blank"),
    };
    let count = 0;
    for (const leave of Object.values(ways)) {
      for (const answer of [taken, down]) {
        server.answer = answer;
        await page.evaluate((n) => {
          addEventListener("pagehide", () => firstvalue.track("loop.done", { n: n + 1 }));
          document.addEventListener("visibilitychange", () => firstvalue.track("loop.done", { n: n + 2 }), { once: true });
          firstvalue.track("loop.done", { n });
        }, count);
        await leave(page);
        count += 3;
        // Before the browser has let go of the page.
        await page.goto(`${server.origin}/app`);
        assert.equal((await settled(page)).state, "ready");
        // It can be read.
        await outbox(page);
        server.answer = taken;
        await flush(page);
      }
    }
    // Before it has read what is kept.
    for (let round = 0; round < 4; round++) {
      await page.goto(`${server.origin}/app`);
      await page.evaluate(() => void (location.href = "/next"));
      await page.goto(`${server.origin}/app`);
      assert.equal((await settled(page)).state, "ready");
      await outbox(page);
    }
    const numbers = () => [...new Set(server.events().flatMap(({ properties }) => properties?.n ?? []))].sort((a, b) => a - b);
    await eventually(() => numbers().length === count, { what: "all of them", within: 20_000 });
    assert.deepEqual(numbers(), Array.from({ length: count }, (_, n) => n));
    assert.equal(server.preflights, 0);
  });

  test("D18: a page that is gone back to goes on", async () => {
    const page = await ready("/app");
    await page.evaluate(() => firstvalue.track("report.created"));
    await page.goto(`${server.origin}/next`);
    await settled(page);
    await page.goBack();
    await page.waitForFunction(() => location.pathname === "/app" && firstvalue.status.state === "ready");
    await page.evaluate(() => firstvalue.track("menu.opened"));
    await flush(page);
    assert.deepEqual([server.count("report.created"), server.count("menu.opened")].map((count) => count > 0), [true, true]);
    assert.ok(await page.evaluate(() => firstvalue.state().milestones["first-report"].reachedAt));
  });

  test("N1: every route is a page once", async () => {
    const page = await ready("/app?token=secret#top");
    await page.evaluate(async () => {
      for (const n of [1, 2]) {
        history.pushState({}, "", `/reports/${n}?q=1`);
        document.body.append("Another report");
        await new Promise((resolve) => setTimeout(resolve));
      }
    });
    await page.evaluate(() => history.back());
    await page.waitForFunction(() => location.pathname === "/reports/1");
    await flush(page);
    const paths = server.got.filter(({ type }) => type === "page").map(({ properties }) => properties.path);
    assert.deepEqual(paths, ["/app", "/reports/1", "/reports/2", "/reports/1"]);
    assert.doesNotMatch(JSON.stringify(server.got), /secret/);
  });

  test("H2: a strict policy with WebAssembly is enough, from the first script to the end of a guide", async () => {
    const script = `window.violations = [];
      document.addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI }) => violations.push(effectiveDirective + " " + blockedURI));
      ${await readFile(join(dist, "sdk/firstvalue.iife.js"), "utf8")};
      firstvalue.init({ writeKey: "key", automation: true, assets: location.origin + "/sdk/" });`;
    const headers = { "content-security-policy": `${POLICY}; report-uri /violations` };
    const page = await ready("/built", { headers, script });
    await page.evaluate(() => {
      for (let n = 0; n < 3; n++) firstvalue.track("report.created");
    });
    await shown(page, "Well done");
    await page.evaluate(() => firstvalue.next());
    await shown(page, "One more thing");
    await page.evaluate(() => firstvalue.next());
    await flush(page);
    assert.equal(server.count("guide.completed"), 1);
    assert.deepEqual(await page.evaluate(() => window.violations), []);
    assert.equal(server.requests["/violations"], undefined, "nothing was reported");
  });

  test("A3, A5, A6: a modal keeps the focus, Escape ends it, and the focus is where it was", async () => {
    const page = await ready("/elsewhere", { playbook: "guides.yaml" });
    await page.evaluate(() => {
      document.getElementById("host").focus();
      firstvalue.start("how-to-share");
    });
    await shown(page, "How to share");
    await eventually(async () => (await focused(page)) === "Got it", { what: "the focus" });
    for (const [keys, expected] of [["Tab", "Close"], ["Tab", "Got it"], ["Shift+Tab", "Close"], ["Shift+Tab", "Got it"]]) {
      await page.press(keys);
      assert.equal(await focused(page), expected);
    }
    await page.press("Escape");
    await eventually(async () => !(await running(page)), { what: "its end" });
    assert.equal(await focused(page), "host");
    assert.deepEqual(await threw(page), []);
  });

  test("A4: a tour is followed by mouse and keyboard, and goes on on the next page", async () => {
    const page = await ready("/tour", { playbook: "guides.yaml" });
    await shown(page, "Go there");
    await page.click(() => document.getElementById("onwards"));
    await page.waitForFunction(() => location.pathname === "/arrived");
    await settled(page);
    await shown(page, "Here you are");
    const reached = [];
    for (let n = 0; n < 9 && reached.at(-1) !== "Next"; n++) {
      await page.press("Tab");
      reached.push(await focused(page));
    }
    assert.ok(reached.includes("host"), "the page can be used meanwhile");
    await page.press("Enter");
    await shown(page, "Create one");
    await page.evaluate(() => firstvalue.track("report.created"));
    await shown(page, "That was it");
    await page.click(() => [...document.querySelector("fv-root").shadowRoot.querySelectorAll("button")].find((button) => button.innerText === "Done"));
    await eventually(async () => !(await running(page)), { what: "its end" });
    await flush(page);
    const told = server.events().filter(({ event }) => event?.startsWith("guide.")).map(({ event }) => event);
    assert.deepEqual(told, ["guide.shown", ...Array(4).fill("guide.step_shown"), "guide.completed"]);
  });

  test("A17: a survey is filled in by keyboard alone", async () => {
    const page = await ready("/survey", { playbook: "guides.yaml" });
    await shown(page, "How likely?");
    const isField = () => page.evaluate(() => document.querySelector("fv-root").shadowRoot.activeElement?.matches("input, textarea"));
    const field = async () => {
      for (let n = 0; n < 12 && !(await isField()); n++) await page.press("Tab");
    };
    await field();
    await page.press(" ");
    for (let n = 0; n < 3; n++) await page.press("ArrowRight");
    await page.press("Tab");
    await page.press("Enter");
    await shown(page, "Why?");
    await field();
    await page.press("x");
    // First comes the way back.
    await page.press("Tab");
    await page.press("Tab");
    await page.press("Enter");
    await eventually(async () => !(await running(page)), { what: "its end" });
    await flush(page);
    const answers = server.events().filter(({ event }) => event === "guide.answered").map(({ properties }) => properties.answer);
    assert.deepEqual(answers, [3, "x"]);
    assert.deepEqual(await threw(page), []);
  });
});
