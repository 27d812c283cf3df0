// What browser tests share: a Chromium, static servers on loopback, and the real collector.

import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { extname, join, normalize } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

/** The root of the repository. */
export const root = fileURLToPath(new URL("../..", import.meta.url));
/** What `cargo xtask pack` wrote. */
export const dist = join(root, "dist");

/** Whether what is seldom tried is tried too. */
export const long = !!process.env.FIRSTVALUE_LONG;

/** The browser, and what tests start it with. */
export const executable = process.env.FIRSTVALUE_CHROMIUM ?? "/usr/bin/chromium";
export const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  // Else no guide would begin.
  "--disable-blink-features=AutomationControlled",
];

/** Starts a headless Chromium; close it in `after`. */
export function launch(options = {}) {
  return chromium.launch({ executablePath: executable, headless: true, args: FLAGS, ...options });
}

const TYPES = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".mjs": "text/javascript; charset=utf-8",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
  ".woff2": "font/woff2",
};

/** Answers with a file of `folder`; 404 if there is none or it lies outside. */
export async function sendFile(folder, path, response, headers = {}) {
  const file = join(folder, normalize(decodeURIComponent(path)));
  try {
    if (!file.startsWith(folder)) throw new Error("outside");
    const body = await readFile(file);
    const type = TYPES[extname(file)] ?? "application/octet-stream";
    response.writeHead(200, { "content-type": type, ...headers }).end(body);
  } catch {
    response.writeHead(404).end();
  }
}

/** Serves `handle(request, response, url)` on a free port of 127.0.0.1. */
export async function serve(handle) {
  const server = createServer(async (request, response) => {
    try {
      await handle(request, response, new URL(request.url, "http://127.0.0.1"));
    } catch (error) {
      // A page may be gone before all that it sends has come.
      if (error.code !== "ECONNRESET") throw error;
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  // A test that fails before it closes its server must not keep the process alive.
  server.unref();
  return {
    origin: `http://127.0.0.1:${server.address().port}`,
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}

/** The body of a request as text. */
export async function bodyOf(request) {
  let body = "";
  for await (const chunk of request) body += chunk;
  return body;
}

/** The admin token of collectors that tests start. */
const TOKEN = "test-admin-token";

/** Starts the real collector with a playbook, an empty store, and more flags; `stop()` ends it. */
export async function startCollector({ playbook, writeKey = "test-key", assets = dist, more = {} }) {
  const binary = process.env.FIRSTVALUE_BIN ?? join(root, "target/debug/firstvalue");
  const data = await mkdtemp(join(tmpdir(), "firstvalue-test-"));
  const flags = { data, playbook, listen: "127.0.0.1:0", "write-key": writeKey, "admin-token": TOKEN, assets, ...more };
  const args = ["serve", ...Object.entries(flags).flatMap(([name, value]) => [`--${name}`, value])];
  const child = spawn(binary, args, { stdio: ["ignore", "pipe", "inherit"] });
  const ended = new Promise((resolve) => child.once("exit", resolve));
  const origin = await new Promise((resolve, reject) => {
    child.once("error", reject);
    ended.then((code) => reject(new Error(`the collector ended with code ${code}`)));
    createInterface(child.stdout).on("line", (line) => {
      const address = /listening on (http:\S+)/.exec(line);
      if (address) resolve(address[1]);
    });
  });
  return {
    origin,
    writeKey,
    token: TOKEN,
    /** Asks the dashboard's API. */
    async api(path) {
      const headers = { authorization: `Bearer ${TOKEN}` };
      const response = await fetch(origin + path, { headers });
      if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
      return response.json();
    },
    async stop() {
      child.kill("SIGTERM");
      await ended;
      await rm(data, { recursive: true, force: true });
    },
  };
}

/** Serves one page, whatever is asked for, with the script of a collector in it. */
export function serveHost({ origin, writeKey }) {
  const tag = `<script src="${origin}/sdk/firstvalue.iife.js" data-write-key="${writeKey}" async></script>`;
  return serve((_, response) => {
    response.writeHead(200, { "content-type": "text/html" });
    response.end(`<!doctype html><html lang="en"><title>Host</title><body>${tag}</body></html>`);
  });
}

/** Waits until `find()` gives something truthy, and gives that. */
export async function eventually(find, { what = "it", within = 10_000 } = {}) {
  const deadline = Date.now() + within;
  for (;;) {
    const found = await find();
    if (found) return found;
    if (Date.now() > deadline) throw new Error(`${what} did not come within ${within} ms`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
