// One server for everybody: the page, its scripts compressed as a web server compresses them, and a collector
// that takes whatever it is sent.

import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { join } from "node:path";
import { brotliCompressSync, constants, gunzipSync } from "node:zlib";
import { page, scripts } from "./contestants.mjs";

/** What events carry, so that they are found again in whatever form they are sent. */
const MARK = /fvbench(\d+)x/g;

const compressed = (bytes) => brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } });
const TYPES = { js: "text/javascript", wasm: "application/wasm", html: "text/html", json: "application/json" };

/** Serves a contestant; `playbook` is the compiled one that ours asks for. */
export async function serve(contestant, sdk, playbook) {
  const files = new Map([
    ["/nothing", ["html", compressed(Buffer.from("<!doctype html><title>Nothing</title>"))]],
    ["/page", ["html", compressed(Buffer.from(page(contestant)))]],
    ...(await scripts(contestant)).map(([path, bytes]) => [path, ["js", compressed(bytes)]]),
    ["/v1/playbook", ["json", compressed(playbook)]],
    ["/v1/projects/bench/settings", ["json", compressed(Buffer.from('{"integrations":{"Segment.io":{"apiKey":"bench"}}}'))]],
    ["/sourceConfig/", ["json", compressed(Buffer.from('{"source":{"id":"s","name":"bench","writeKey":"bench","enabled":true,"workspaceId":"w","destinations":[],"config":{"statsCollection":{"errors":{"enabled":false},"metrics":{"enabled":false}}}}}'))]],
    ["/flags/", ["json", compressed(Buffer.from('{"featureFlags":{},"featureFlagPayloads":{},"errorsWhileComputingFlags":false}'))]],
  ]);
  if (contestant[0] === "firstvalue.js") {
    for (const name of ["firstvalue.iife.js", "firstvalue_core.js", "firstvalue_core_bg.wasm"]) {
      files.set(`/sdk/${name}`, [name.split(".").at(-1), compressed(await readFile(join(sdk, name)))]);
    }
  }
  const self = {
    /** Bytes of scripts and packages that were fetched, and requests for them. */
    bytes: 0,
    files: 0,
    /** Bytes and requests of what was sent, and the numbers of the events in it. */
    sent: 0,
    requests: 0,
    delivered: new Set(),
    /** How often an event came again. */
    again: 0,
    forget() {
      Object.assign(self, { bytes: 0, files: 0, sent: 0, requests: 0, again: 0 });
      self.delivered.clear();
    },
  };
  const isolated = { "cross-origin-opener-policy": "same-origin", "cross-origin-embedder-policy": "require-corp", "access-control-allow-origin": "*", "access-control-allow-headers": "*" };
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, "http://127.0.0.1");
    const file = files.get(pathname);
    if (file && (request.method === "GET" || pathname === "/flags/")) {
      const [kind, bytes] = file;
      if (kind === "js" || kind === "wasm") {
        self.bytes += bytes.length;
        self.files++;
      }
      return response.writeHead(200, { "content-type": TYPES[kind], "content-encoding": "br", ...isolated }).end(bytes);
    }
    if (request.method !== "POST") return response.writeHead(request.method === "OPTIONS" ? 204 : 404, isolated).end();
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    self.sent += body.length;
    self.requests++;
    for (const number of numbers(body)) {
      if (self.delivered.has(number)) self.again++;
      self.delivered.add(number);
    }
    const reply = pathname === "/v1/batch" ? named(body) : '{"status":1}';
    response.writeHead(200, { "content-type": "application/json", ...isolated }).end(reply);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  server.unref();
  return Object.assign(self, {
    origin: `http://127.0.0.1:${server.address().port}`,
    close: () => (server.closeAllConnections(), new Promise((resolve) => server.close(resolve))),
  });
}

/** Each message is taken, as our collector says it. */
const named = (body) => JSON.stringify({ success: true, events: JSON.parse(body).batch.map(({ messageId }) => ({ messageId, status: "ok" })) });

/** The numbers of the events in a body: plain, compressed, or with parts in Base64. */
function numbers(body) {
  const text = String(body[0] === 0x1f && body[1] === 0x8b ? gunzipSync(body) : body);
  const inner = Array.from(text.matchAll(/"ue_px":"([\w-]+)"/g), ([, part]) => String(Buffer.from(part, "base64url")));
  return new Set([text, ...inner].flatMap((part) => Array.from(part.matchAll(MARK), ([, number]) => Number(number))));
}
