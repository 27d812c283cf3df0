// A page in Chromium with the contestants in it.

import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { launch, sendFile, serve } from "../../tests/browser/harness.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));

/** Clocks of pages that are isolated from others are twenty times finer. */
const ISOLATED = {
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-embedder-policy": "require-corp",
};

/** Opens the page; `wasm` is the folder with the package. `call(name, …)` calls what `page.mjs` exports. */
export async function open(wasm) {
  const bundle = await build({
    entryPoints: [join(here, "page.mjs")],
    bundle: true,
    write: false,
    format: "esm",
    target: "es2022",
    external: ["/wasm/*"],
    // One of the packages asks what it runs in.
    define: { global: "globalThis" },
  });
  const server = await serve((request, response, url) => {
    if (url.pathname.startsWith("/wasm/")) return sendFile(wasm, url.pathname.slice(6), response, ISOLATED);
    if (url.pathname === "/page.mjs") {
      return response.writeHead(200, { "content-type": "text/javascript", ...ISOLATED }).end(bundle.outputFiles[0].text);
    }
    return response.writeHead(200, { "content-type": "text/html", ...ISOLATED }).end("<!doctype html><title>bench</title>");
  });
  const browser = await launch();
  const page = await browser.newPage();
  page.setDefaultTimeout(0);
  page.on("console", (message) => console.error(`page: ${message.text()}`));
  await page.goto(server.origin);
  return {
    version: browser.version(),
    call: (name, ...options) =>
      page.evaluate(async ([name, options]) => (await import("/page.mjs"))[name](...options), [name, options]),
    async close() {
      await browser.close();
      await server.close();
    },
  };
}
