// What leaves the page, and what stays on the device, by what the user has agreed to. Every request
// and every store is looked at, so that it is known and not believed.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { join } from "node:path";
import { after, afterEach, before, beforeEach, test } from "node:test";
import { promisify } from "node:util";
import { eventually, launch, root } from "./harness.mjs";
import { collector, open, settled } from "./sdk/collector.mjs";

let browser, server, context;

before(async () => {
  browser = await launch();
});
after(() => browser?.close());
beforeEach(async () => {
  context = await browser.newContext();
});
afterEach(async () => {
  await context?.close();
  await server?.close();
});

async function page(path = "/app") {
  const { page, threw, said } = await open(context, server.origin + path);
  await page.waitForFunction(() => window.firstvalue?.status);
  return Object.assign(page, { threw, said });
}
const kept = (page) =>
  page.evaluate(async () => [await indexedDB.databases(), Object.keys(localStorage), Object.keys(sessionStorage), document.cookie]);
/** What was asked for apart from the page and the loader. */
const asked = () => Object.keys(server.requests).filter((path) => !["/app", "/next", "/favicon.ico", "/sdk/firstvalue.iife.js"].includes(path));
const consent = (page, level) => page.evaluate((level) => firstvalue.consent(level), level);
const state = (page) => page.evaluate(() => firstvalue.state());
const flush = (page) => page.evaluate(() => firstvalue.flush());
const sent = () => server.events().map(({ event, type }) => event ?? type);

test("P1: before anybody agrees nothing is asked for and nothing is written", async () => {
  server = await collector({ attributes: 'data-consent="none"' });
  const host = await page();
  await host.evaluate(() => {
    for (let n = 0; n < 5; n++) firstvalue.track("report.created");
    firstvalue.identify("u1");
  });
  await flush(host);
  await host.reload();
  await host.waitForFunction(() => firstvalue.status.code === "no_consent");
  assert.deepEqual(await kept(host), [[], [], [], ""]);
  assert.deepEqual(asked(), []);
});

test("P1: who agrees later loses nothing that waited, and who refuses leaves nothing behind", async () => {
  server = await collector({ attributes: 'data-consent="none"' });
  const host = await page();
  await host.evaluate(() => {
    for (let n = 0; n < 120; n++) firstvalue.track("loop.done", { n });
  });
  assert.equal((await consent(host, "full")).state, "ready");
  await flush(host);
  const numbers = server.events().map(({ properties }) => properties.n);
  assert.deepEqual(numbers, Array.from({ length: 100 }, (_, n) => n + 20), "the last hundred");
  await host.reload();
  await host.waitForFunction(() => firstvalue.status.code === "no_consent");
  await consent(host, "none");
  await host.evaluate(() => firstvalue.track("late.done"));
  await consent(host, "full");
  await flush(host);
  assert.ok(!sent().includes("late.done"));
});

test("P8, P10: who takes it back is forgotten, in every tab, and what was not sent is not sent", async () => {
  server = await collector();
  const [one, other] = [await page("/app"), await page("/next")];
  for (const host of [one, other]) assert.equal((await settled(host)).state, "ready");
  await one.evaluate(() => firstvalue.identify("u1"));
  await flush(one);
  const before = (await state(one)).anonymousId;
  server.answer = () => ({ status: 500, body: {} });
  await one.evaluate(() => {
    for (let n = 0; n < 3; n++) firstvalue.track("report.created");
  });
  await one.getByRole("dialog", { name: "Well done" }).waitFor();
  server.got.length = 0;
  await consent(one, "none");
  assert.equal(await one.locator("fv-root").count(), 0);
  await eventually(() => other.evaluate(() => firstvalue.status.code === "no_consent"), { what: "the other tab" });
  await eventually(async () => (await kept(one)).flat().join("") === "", { what: "nothing kept" });
  for (const host of [one, other]) {
    await host.evaluate(() => firstvalue.track("report.created"));
    await flush(host);
    await host.reload();
  }
  server.got.length = 0;
  await one.close();
  await other.close();
  assert.deepEqual(sent(), []);
  const again = await page();
  await settled(again);
  assert.notEqual((await state(again)).anonymousId, before);
});

test("P3: what stays on the device decides and guides, and sends nothing over a whole scenario", async () => {
  server = await collector({ attributes: 'data-consent="local"' });
  let host = await page();
  await settled(host);
  await host.evaluate(() => {
    firstvalue.identify("u1", { plan: "pro" });
    for (let n = 0; n < 2; n++) firstvalue.track("report.created");
    location.href = "/next";
  });
  await host.waitForURL("**/next");
  await settled(host);
  await host.evaluate(() => firstvalue.track("report.created"));
  await host.getByRole("dialog", { name: "Well done" }).waitFor();
  await host.evaluate(() => firstvalue.next());
  await host.evaluate(() => firstvalue.next());
  await eventually(async () => (await state(host)).guides["well-done"].completed, { what: "the end" });
  await flush(host);
  await host.close();
  assert.equal(server.requests["/v1/batch"], undefined);
  assert.deepEqual(asked().filter((path) => path.startsWith("/v1")), ["/v1/playbook"]);
  // What happened then is not sent when somebody agrees to more.
  await server.close();
  server = await collector();
  host = await page();
  await settled(host);
  await flush(host);
  assert.deepEqual(sent(), []);
});

test("P3: what is said while less is agreed to is not sent, also when the package is not there yet", async () => {
  server = await collector({ attributes: 'data-consent="local"' });
  let come;
  const comes = new Promise((resolve) => (come = resolve));
  await context.route("**/firstvalue_core_bg.wasm", async (route) => {
    await comes;
    await route.continue();
  });
  const host = await page();
  await host.evaluate(() => {
    firstvalue.track("said.locally");
    firstvalue.consent("full");
    firstvalue.track("said.to-all");
    firstvalue.consent("local");
    firstvalue.track("said.locally-again");
    firstvalue.consent("full");
    firstvalue.track("said.at-last");
  });
  come();
  await settled(host);
  await flush(host);
  // The page was shown under `local`.
  assert.deepEqual(sent(), ["said.at-last"], "what was withdrawn again is not sent either");
});

test("P8: a tab that keeps nothing hears what is agreed to in another", async () => {
  server = await collector({ attributes: 'data-storage="memory"' });
  const [one, other] = [await page("/app"), await page("/next")];
  for (const host of [one, other]) assert.equal((await settled(host)).state, "ready");
  await consent(one, "none");
  await eventually(() => other.evaluate(() => firstvalue.status.code === "no_consent"), { what: "the other tab" });
});

test("P1: of the pages before somebody agreed nothing is said", async () => {
  server = await collector();
  const host = await page();
  await settled(host);
  await consent(host, "none");
  await flush(host);
  server.got.length = 0;
  await host.evaluate(() => history.pushState({}, "", "/elsewhere"));
  assert.equal((await consent(host, "full")).state, "ready");
  await flush(host);
  assert.deepEqual(server.got.map(({ properties }) => properties.path), ["/elsewhere"]);
});

test("P3: with the playbook in the page there is no collector at all", async () => {
  server = await collector();
  const { stdout } = await promisify(execFile)(process.env.FIRSTVALUE_BIN ?? join(root, "target/debug/firstvalue"), [
    "compile",
    join(root, "tests/browser/sdk/playbook.yaml"),
  ]);
  const { page: host } = await open(context, `${server.origin}/built`);
  await host.evaluate(async ([origin, playbook]) => {
    const { firstvalue } = await import(`${origin}/sdk/firstvalue.js`);
    window.ours = firstvalue;
    await firstvalue.init({ writeKey: "none", consent: "local", playbook });
    for (let n = 0; n < 3; n++) firstvalue.track("report.created");
  }, [server.origin, JSON.parse(stdout)]);
  await host.getByRole("dialog", { name: "Well done" }).waitFor();
  assert.deepEqual(Object.keys(server.requests).filter((path) => path.startsWith("/v1")), []);
});

for (const [signal, script] of [
  ["Global Privacy Control", () => Object.defineProperty(Navigator.prototype, "globalPrivacyControl", { get: () => true })],
  ["Do Not Track", () => Object.defineProperty(Navigator.prototype, "doNotTrack", { get: () => "1" })],
]) {
  test(`P2: ${signal} keeps everything on the device, unless the host says that the user has agreed`, async () => {
    server = await collector();
    await context.addInitScript(script);
    const host = await page();
    assert.equal((await settled(host)).state, "ready");
    await host.evaluate(() => firstvalue.track("report.created"));
    await flush(host);
    assert.equal(server.requests["/v1/batch"], undefined);
    assert.ok((await state(host)).milestones["first-report"].reachedAt);
    await consent(host, "full");
    await host.evaluate(() => firstvalue.track("menu.opened"));
    await flush(host);
    assert.deepEqual(sent(), ["menu.opened"]);
  });
}

test("the host may edit or drop what is sent, and what it fails to look at is not sent", async () => {
  server = await collector();
  const { page: host } = await open(context, `${server.origin}/built`);
  const problems = await host.evaluate(async () => {
    const problems = [];
    const { firstvalue } = await import("/sdk/firstvalue.js");
    firstvalue.on("error", ({ code }) => problems.push(code));
    await firstvalue.init({
      writeKey: "key",
      autoPage: false,
      beforeSend(message) {
        if (message.event === "secret.done") return null;
        if (message.event === "broken.done") throw new Error("host");
        return { ...message, messageId: "mine", properties: { ...message.properties, email: "hidden" } };
      },
    });
    for (const event of ["secret.done", "broken.done", "report.created"]) firstvalue.track(event, { email: "ann@acme.example" });
    await firstvalue.flush();
    window.reached = firstvalue.state().milestones["first-report"].reachedAt;
    return problems;
  });
  assert.deepEqual(problems, ["handler"]);
  assert.deepEqual(sent(), ["report.created"]);
  assert.deepEqual(server.got[0].properties, { email: "hidden" });
  assert.match(server.got[0].messageId, /^[0-9a-f-]{36}$/);
  assert.ok(await host.evaluate(() => window.reached));
});

test("H1: a hook that asks for the state is called once for each message, also without WebAssembly", async () => {
  server = await collector({ headers: { "content-security-policy": "script-src 'self' 'unsafe-inline'" } });
  const { page: host } = await open(context, `${server.origin}/built`);
  const times = await host.evaluate(async () => {
    let times = 0;
    const { firstvalue } = await import("/sdk/firstvalue.js");
    const beforeSend = (message) => {
      times++;
      void firstvalue.flush();
      return { ...message, properties: { account: firstvalue.state()?.accountId ?? null } };
    };
    await firstvalue.init({ writeKey: "key", autoPage: false, beforeSend });
    firstvalue.track("report.created");
    await firstvalue.flush();
    return times;
  });
  assert.equal(times, 1);
  assert.deepEqual(sent(), ["report.created"]);
});

test("P4: what is typed never leaves the page", async () => {
  server = await collector();
  const host = await page();
  await settled(host);
  await host.evaluate(() => {
    for (const type of ["text", "password", "email", "tel", "hidden", "search", "number"]) {
      const field = Object.assign(document.createElement("input"), { type, id: `field-${type}`, value: type === "number" ? "424242" : "canary-4711" });
      field.dataset.fv = "menu";
      document.body.append(field);
      field.click();
      field.dispatchEvent(new Event("input", { bubbles: true }));
      field.dispatchEvent(new Event("change", { bubbles: true }));
    }
    const area = document.body.appendChild(document.createElement("textarea"));
    area.value = "canary-4711";
    area.click();
  });
  await flush(host);
  assert.ok(server.count("menu.opened") >= 6);
  assert.doesNotMatch(JSON.stringify(server.got), /canary|424242/);
  assert.doesNotMatch(JSON.stringify(await host.evaluate(() => ({ ...localStorage }))), /canary|424242/);
});

test("P1: a new start is one under the consent that it is given, and until there is one nothing begins", async () => {
  server = await collector();
  const host = await page();
  const start = (level) => host.evaluate((consent) => firstvalue.init({ writeKey: "key", consent }), level);
  const end = () => host.evaluate(() => firstvalue.destroy());
  await settled(host);
  await flush(host);
  await end();
  server.got.length = 0;
  assert.equal((await start("none")).code, "no_consent");
  await host.evaluate(() => firstvalue.track("report.created"));
  await end();
  assert.equal((await consent(host, "full")).state, "off");
  assert.equal((await start("local")).state, "ready");
  await host.evaluate(() => firstvalue.track("report.created"));
  await flush(host);
  assert.deepEqual(server.got, []);
  await end();
  assert.equal((await start("full")).state, "ready");
  await host.evaluate(() => firstvalue.track("after.done"));
  await flush(host);
  assert.ok(sent().includes("after.done") && !sent().includes("report.created"), `${sent()}`);
});
