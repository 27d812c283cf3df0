// A collector for tests of the browser packages: says what it is told to, and writes down what it gets.

import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { bodyOf, dist, root, sendFile, serve } from "../harness.mjs";

const HTML = `<!doctype html><html lang="en"><title>Host</title><body>
<button id="host" onclick="this.textContent = 'clicked'">Host</button>
<button data-fv="menu"><svg id="icon" width="20" height="20"><circle cx="10" cy="10" r="9"/></svg></button>
<a id="onwards" href="/arrived">Onwards</a>
<input id="field">
<div id="shadow"></div>
<script>
  const root = shadow.attachShadow({ mode: "open" });
  root.innerHTML = '<button class="inner"><b id="deep">Deep</b></button>';
</script>
TAG</body></html>`;

/** Pages of every origin may read what is answered. */
const FOR_ALL = { "access-control-allow-origin": "*" };

/** The reply that names every message. */
export const taken = (batch) => ({
  status: 200,
  body: { success: true, events: batch.map(({ messageId }) => ({ messageId, status: "ok" })) },
});

/**
 * Starts one. `sdk(name, response)` may answer for a file of ours, and says so by returning true;
 * `headers` are those of the page; `attributes` those of the script tag; `playbook` is a file beside this one;
 * `script` is what the page at `/built` runs instead.
 */
export async function collector({ sdk = () => false, headers = {}, attributes = "", playbook: file = "playbook.yaml", script = "" } = {}) {
  const binary = process.env.FIRSTVALUE_BIN ?? join(root, "target/debug/firstvalue");
  const { stdout: playbook } = await promisify(execFile)(binary, ["compile", join(root, "tests/browser/sdk", file)]);
  const tag = `<script src="/sdk/firstvalue.iife.js" data-write-key="key" ${attributes} async></script>`;
  const self = {
    /** What is answered to a batch. */
    answer: taken,
    /** Every message of every request, in the order in which they came. */
    got: [],
    /** How many requests there were, by path. */
    requests: {},
    /** How many batches are being answered, and the most that were at one moment. */
    sending: 0,
    most: 0,
    /** How each batch came: its bytes, its type, and the mode of its request (`no-cors` of a beacon). */
    batches: [],
    /** How often a browser has asked whether it may send. */
    preflights: 0,
    /** The messages once each, without those that the package adds by itself. */
    events: () => {
      const once = new Map(self.got.map((message) => [message.messageId, message]));
      return [...once.values()].filter(({ type }) => type !== "page");
    },
    count: (event) => self.got.filter((message) => message.event === event).length,
  };
  const server = await serve(async (request, response, { pathname }) => {
    self.requests[pathname] = (self.requests[pathname] ?? 0) + 1;
    if (request.method === "OPTIONS") {
      self.preflights++;
      response.writeHead(204).end();
    } else if (pathname === "/v1/batch") {
      const text = await bodyOf(request);
      const { batch, writeKey, sentAt } = JSON.parse(text);
      self.last = { bytes: Buffer.byteLength(text), type: request.headers["content-type"], cookie: request.headers.cookie, writeKey, sentAt };
      self.batches.push({ ...self.last, mode: request.headers["sec-fetch-mode"] });
      self.got.push(...batch);
      self.sending++;
      self.most = Math.max(self.most, self.sending);
      const { status, body, headers } = await self.answer(batch);
      self.sending--;
      response.writeHead(status, { "content-type": "application/json", ...FOR_ALL, ...headers }).end(JSON.stringify(body));
    } else if (pathname === "/v1/playbook") {
      response.writeHead(200, { "content-type": "application/json", ...FOR_ALL }).end(playbook);
    } else if (pathname.startsWith("/sdk/")) {
      const name = pathname.slice("/sdk/".length);
      if (!sdk(name, response)) await sendFile(join(dist, "sdk"), name, response);
    } else if (pathname === "/built") {
      response.writeHead(200, { "content-type": "text/html", ...headers }).end('<!doctype html><html lang="en"><title>Built</title><link rel="icon" href="data:,"><body><script type="module" src="/built.js"></script>');
    } else if (pathname === "/built.js") {
      response.writeHead(200, { "content-type": "text/javascript" }).end(script);
    } else if (pathname === "/favicon.ico") {
      response.writeHead(204).end();
    } else {
      response.writeHead(200, { "content-type": "text/html", ...headers }).end(HTML.replace("TAG", tag));
    }
  });
  return Object.assign(self, server);
}

/**
 * Opens a page, and listens for what it says: `said` are its own lines on the console (not those
 * that the browser writes about requests and policies), `threw` what nobody caught.
 */
export async function open(context, url) {
  const page = await context.newPage();
  const [said, threw] = [[], []];
  const session = await context.newCDPSession(page);
  await session.send("Runtime.enable");
  session.on("Runtime.consoleAPICalled", ({ args }) => said.push(args.map(({ value }) => value).join(" ")));
  session.on("Runtime.exceptionThrown", ({ exceptionDetails }) => threw.push(exceptionDetails.exception?.description ?? exceptionDetails.text));
  await page.goto(url);
  return { page, said, threw };
}

/** Waits until Firstvalue has decided how it stands; gives that. */
export async function settled(page) {
  await page.waitForFunction(() => !["idle", "loading"].includes(window.firstvalue?.status?.state ?? "idle"));
  return page.evaluate(() => window.firstvalue.status);
}

/** The messages that are kept in IndexedDB, as the page itself would find them. */
export const outbox = (page) =>
  page.evaluate(
    () =>
      new Promise((resolve) => {
        const request = indexedDB.open("firstvalue");
        request.onsuccess = () => {
          const all = request.result.transaction("outbox").objectStore("outbox").getAll();
          all.onsuccess = () => {
            request.result.close();
            resolve(all.result.map((message) => JSON.parse(message)));
          };
        };
      }),
  );
