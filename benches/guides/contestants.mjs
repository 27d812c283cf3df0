// The libraries, and the servers that put each on the same pages.

import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { join } from "node:path";
import { build } from "esbuild";
import { root, sendFile } from "../../tests/browser/harness.mjs";
import { servePages } from "../../tests/host-pages/tour.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));
const LIBRARIES = join(root, "benches/node_modules");

/** Each by its name in the results, and the adapter that knows it. */
export const CONTESTANTS = {
  Firstvalue: "firstvalue.js",
  "driver.js": "driver.js",
  "driver.js without animation": "driver-still.js",
  "Shepherd.js": "shepherd.js",
  "React Joyride": "joyride.jsx",
};
/** The page by itself. */
export const NOTHING = "nothing.js";

const javascript = { "content-type": "text/javascript" };

/** What a page loads as `/tour.js`. */
async function adapter(file) {
  if (file === "driver-still.js") return 'import "/adapter/driver.js?animate=false";';
  if (!file.endsWith(".jsx")) return readFile(join(here, "libraries", file));
  const define = { "process.env.NODE_ENV": '"production"' };
  const options = { bundle: true, write: false, format: "esm", jsx: "automatic", minify: true, define };
  const made = await build({ entryPoints: [join(here, "libraries", file)], nodePaths: [LIBRARIES], ...options });
  return made.outputFiles[0].contents;
}

/** Serves the host pages, and the page on which is timed, with one of the libraries. */
export async function serveWith(file, sdk) {
  const script = await adapter(file);
  return servePages(script, async (path, response, headers) => {
    const from = (folder, prefix) => sendFile(folder, path.slice(prefix.length), response, headers);
    if (path === "/tour-styles.js") response.writeHead(200, javascript).end(await readFile(join(here, "libraries/styles.js")));
    else if (path.startsWith("/adapter/")) await from(join(here, "libraries"), "/adapter");
    else if (path.startsWith("/library/")) await from(LIBRARIES, "/library");
    else if (path.startsWith("/sdk/")) await from(sdk, "/sdk");
    else if (path === "/dashboard/") await sendFile(join(here, "page"), "/index.html", response, headers);
    else return false;
    return true;
  });
}
