// Clients of other products, as their makers publish them, against a real collector, with answers
// lost and refused on the way. What they say that they sent is what is stored, once.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { Analytics } from "@segment/analytics-node";
import Rudder from "@rudderstack/rudder-sdk-node";
import * as esbuild from "esbuild";
import { PostHog } from "posthog-node";
import { launch, root, serve, startCollector } from "./harness.mjs";

const KEY = "wk_clients";
const USERS = 7;
let folder;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "firstvalue-clients-"));
  await writeFile(join(folder, "playbook.yaml"), "version: 1\nproduct: Clients\n");
});
after(() => rm(folder, { recursive: true, force: true }));

/**
 * A collector behind a proxy that spoils the first requests with events: one is answered with 500, one
 * with 429, and of one the collector's answer is lost. `others` answers for what the maker of a client would.
 */
async function troubled({ spoil = ["500", "429", "lost"], others = () => undefined } = {}) {
  const collector = await startCollector({ playbook: join(folder, "playbook.yaml"), writeKey: KEY });
  const seen = [];
  const proxy = createServer((incoming, outgoing) => {
    const other = others(incoming.url);
    if (other) {
      outgoing.writeHead(200, { "access-control-allow-origin": "*", "access-control-allow-headers": "*", "content-type": "application/json" });
      return incoming.resume().on("end", () => outgoing.end(JSON.stringify(other)));
    }
    const trouble = incoming.method === "POST" ? spoil.shift() : undefined;
    seen.push(`${incoming.method} ${incoming.url.split("?")[0]} ${trouble ?? ""}`.trim());
    if (trouble === "500" || trouble === "429") {
      incoming.resume().on("end", () => {
        const headers = { "access-control-allow-origin": "*", "access-control-expose-headers": "retry-after" };
        outgoing.writeHead(Number(trouble), trouble === "429" ? { ...headers, "retry-after": "1" } : headers).end();
      });
      return;
    }
    const forward = request(collector.origin + incoming.url, { method: incoming.method, headers: incoming.headers }, (answer) => {
      if (trouble === "lost") {
        answer.resume().on("end", () => outgoing.writeHead(502, { "access-control-allow-origin": "*" }).end());
        return;
      }
      outgoing.writeHead(answer.statusCode, answer.headers);
      answer.pipe(outgoing);
    });
    forward.on("error", () => outgoing.destroy());
    incoming.pipe(forward);
  });
  await new Promise((resolve) => proxy.listen(0, "127.0.0.1", resolve));
  return {
    origin: `http://127.0.0.1:${proxy.address().port}`,
    seen,
    /** Everything that is stored, with what matters of it. */
    async stored() {
      const headers = { authorization: `Bearer ${collector.token}` };
      const lines = await (await fetch(`${collector.origin}/api/export`, { headers })).text();
      return lines.split("\n").filter(Boolean).map((line) => JSON.parse(line));
    },
    async stop() {
      proxy.closeAllConnections();
      await new Promise((resolve) => proxy.close(resolve));
      await collector.stop();
    },
  };
}

/** Everything of a kind is there, of each user, once. */
async function expect(collector, expected) {
  const deadline = Date.now() + 40_000;
  const total = Object.values(expected).reduce((sum, count) => sum + count, 0);
  let stored = await collector.stored();
  while (stored.length < total && Date.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, 200));
    stored = await collector.stored();
  }
  const counts = {};
  for (const { type } of stored) counts[type] = (counts[type] ?? 0) + 1;
  assert.deepEqual(counts, expected, collector.seen.join("\n"));
  assert.equal(new Set(stored.map(({ messageId }) => messageId)).size, stored.length);
  assert.ok(collector.seen.some((line) => line.endsWith("lost")), collector.seen.join("\n"));
  return stored;
}

test("@segment/analytics-node", async () => {
  const collector = await troubled();
  const analytics = new Analytics({ writeKey: KEY, host: collector.origin, maxRetries: 10, flushAt: 6, flushInterval: 50 });
  for (let n = 0; n < USERS; n++) {
    const userId = `u${n}`;
    analytics.identify({ userId, traits: { plan: "pro" } });
    analytics.group({ userId, groupId: "acme", traits: { name: "Acme" } });
    analytics.track({ userId, event: "report.created", properties: { n } });
    analytics.page({ userId, name: "Home", properties: { path: "/" } });
    analytics.alias({ userId, previousId: `before-${n}` });
  }
  await analytics.closeAndFlush({ timeout: 30_000 });
  await expect(collector, { identify: USERS, group: USERS, track: USERS, page: USERS, alias: USERS });
  await collector.stop();
});

test("@rudderstack/rudder-sdk-node", async () => {
  const collector = await troubled();
  const rudder = new Rudder(KEY, { dataPlaneUrl: collector.origin, flushAt: 5, flushInterval: 50, gzip: true, logLevel: "none" });
  for (let n = 0; n < USERS; n++) {
    const userId = `u${n}`;
    rudder.identify({ userId, traits: { plan: "pro" } });
    rudder.group({ userId, groupId: "acme", traits: { name: "Acme" } });
    rudder.track({ userId, event: "report.created", properties: { n } });
  }
  await expect(collector, { identify: USERS, group: USERS, track: USERS });
  await rudder.flush().catch(() => {});
  await collector.stop();
});

test("posthog-node", async () => {
  const collector = await troubled();
  const posthog = new PostHog(KEY, { host: collector.origin, flushAt: 50, fetchRetryCount: 6, fetchRetryDelay: 100 });
  for (let n = 0; n < USERS; n++) {
    const distinctId = `u${n}`;
    posthog.identify({ distinctId, properties: { plan: "pro" } });
    posthog.groupIdentify({ groupType: "company", groupKey: "acme", properties: { name: "Acme" }, distinctId });
    posthog.capture({ distinctId, event: "report.created", properties: { n } });
    posthog.alias({ distinctId, alias: `before-${n}` });
  }
  await posthog.shutdown(30_000);
  const stored = await expect(collector, { identify: USERS, group: USERS, track: USERS, alias: USERS });
  const traits = stored.filter(({ type }) => type === "identify").map(({ traits }) => traits.plan);
  assert.deepEqual(traits, Array(USERS).fill("pro"));
  await collector.stop();
});

test("segment-analytics-python", async (context) => {
  const python = process.env.FIRSTVALUE_PYTHON;
  if (!python) return context.skip("FIRSTVALUE_PYTHON does not name a Python with segment-analytics-python");
  const collector = await troubled();
  const program = `
import segment.analytics as analytics
analytics.write_key = "${KEY}"
analytics.host = "${collector.origin}"
analytics.gzip = True
analytics.max_retries = 10
for n in range(${USERS}):
    analytics.identify(f"u{n}", {"plan": "pro"})
    analytics.group(f"u{n}", "acme", {"name": "Acme"})
    analytics.track(f"u{n}", "report.created", {"n": n})
    analytics.page(f"u{n}", "Docs", "Home", {"path": "/"})
    analytics.alias(f"before-{n}", f"u{n}")
analytics.flush()
`;
  const child = spawn(python, ["-c", program], { stdio: ["ignore", "inherit", "inherit"] });
  const code = await new Promise((resolve) => child.once("exit", resolve));
  assert.equal(code, 0);
  await expect(collector, { identify: USERS, group: USERS, track: USERS, page: USERS, alias: USERS });
  await collector.stop();
});

/** Has a browser run a client from its package; `use` is called in the page with the client, the key, the origin and the users. */
async function inBrowser(client, collector, use) {
  const bundle = await esbuild.build({
    stdin: { contents: `export * from ${JSON.stringify(client)};`, resolveDir: root },
    bundle: true,
    write: false,
    format: "iife",
    globalName: "client",
    define: { "process.env.NODE_ENV": '"production"' },
  });
  const page = await serve((_, answer) => answer.writeHead(200, { "content-type": "text/html" }).end("<title>Host</title>"));
  const browser = await launch();
  const tab = await browser.newPage();
  await tab.goto(page.origin);
  await tab.addScriptTag({ content: bundle.outputFiles[0].text });
  await tab.evaluate(use, [KEY, collector.origin, USERS]);
  return async () => {
    await browser.close();
    await page.close();
  };
}

test("@segment/analytics-next in a browser, which asks for its settings first", async () => {
  const collector = await troubled();
  const end = await inBrowser("@segment/analytics-next", collector, async ([key, cdnURL, users]) => {
    const analytics = client.AnalyticsBrowser.load({ writeKey: key, cdnURL }, { integrations: { "Segment.io": { protocol: "http" } } });
    for (let n = 0; n < users; n++) {
      await analytics.identify(`u${n}`, { plan: "pro" });
      await analytics.group("acme", { name: "Acme" });
      await analytics.track("report.created", { n });
      await analytics.page("Home");
    }
  });
  await expect(collector, { identify: USERS, group: USERS, track: USERS, page: USERS });
  assert.ok(collector.seen.includes(`GET /v1/projects/${KEY}/settings`), collector.seen.join("\n"));
  await end();
  await collector.stop();
});

test("@rudderstack/analytics-js in a browser", async () => {
  const source = { id: "s", name: "app", writeKey: KEY, enabled: true, workspaceId: "w", destinations: [], config: {} };
  // Its settings come from the control plane of its maker.
  const collector = await troubled({ others: (url) => url.startsWith("/sourceConfig") && { source } });
  const end = await inBrowser("@rudderstack/analytics-js/bundled", collector, ([key, origin, users]) => {
    const analytics = new client.RudderAnalytics();
    analytics.load(key, origin, { configUrl: origin, logLevel: "NONE" });
    for (let n = 0; n < users; n++) {
      analytics.identify(`u${n}`, { plan: "pro" });
      analytics.group("acme", { name: "Acme" });
      analytics.track("report.created", { n });
      analytics.page("Home");
    }
  });
  await expect(collector, { identify: USERS, group: USERS, track: USERS, page: USERS });
  await end();
  await collector.stop();
});

test("posthog-js in a browser", async () => {
  // What is answered with 429 it gives up by itself, whoever answers.
  const collector = await troubled({ spoil: ["500", "lost"], others: (url) => /^\/(flags|array)\//.test(url) && {} });
  const end = await inBrowser("posthog-js", collector, ([key, origin, users]) => {
    // By default it drops what a headless browser does.
    const quiet = { opt_out_useragent_filter: true, autocapture: false, capture_pageview: false, capture_pageleave: false, capture_performance: false };
    client.posthog.init(key, { ...quiet, api_host: origin });
    for (let n = 0; n < users; n++) {
      client.posthog.reset();
      client.posthog.identify(`u${n}`, { plan: "pro" });
      client.posthog.capture("report.created", { n });
    }
  });
  await expect(collector, { identify: USERS, track: USERS });
  await end();
  await collector.stop();
});
