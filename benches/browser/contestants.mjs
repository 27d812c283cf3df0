// Who is compared, and the page that each is put on.

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = fileURLToPath(new URL(".", import.meta.url));
const LIBRARIES = join(here, "../node_modules");

/** By their names in the results: the adapter, and the package whose version is told. */
export const CONTESTANTS = {
  Firstvalue: ["firstvalue.js"],
  OpenPanel: ["openpanel.js", "@openpanel/web"],
  Snowplow: ["snowplow.js", "@snowplow/browser-tracker"],
  Segment: ["segment.js", "@segment/analytics-next"],
  RudderStack: ["rudderstack.js", "@rudderstack/analytics-js"],
  PostHog: ["posthog.js", "posthog-js"],
  "the floor": ["floor.js"],
};
/** The page by itself, which is taken away from everybody's figures. */
export const NOTHING = ["nothing.js"];

/** The version of a contestant, if it has one. */
export async function version([, library]) {
  if (!library) return undefined;
  return JSON.parse(await readFile(join(LIBRARIES, library, "package.json"), "utf8")).version;
}

/** The scripts of a contestant's page by their addresses: adapter and library, as a bundler makes them. */
export async function scripts([adapter]) {
  const made = await build({
    entryPoints: { contestant: join(here, "contestants", adapter) },
    nodePaths: [LIBRARIES],
    bundle: true,
    write: false,
    minify: true,
    format: "esm",
    // What a library loads only when it needs it stays by itself.
    splitting: true,
    outdir: "/",
    target: "es2021",
    conditions: ["browser"],
    define: { "process.env.NODE_ENV": '"production"' },
    logLevel: "error",
  });
  return made.outputFiles.map(({ path, contents }) => [path, Buffer.from(contents)]);
}

/** A dashboard page: a table of 300 rows in a scroll container of its own. */
export function page([adapter]) {
  const rows = Array.from({ length: 300 }, (_, n) => `<tr><td>Report ${n}</td><td>${n * 7}</td><td>Open</td></tr>`).join("");
  const tag = adapter === "firstvalue.js" ? '<script src="/sdk/firstvalue.iife.js" data-write-key="bench"></script>' : "";
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Dashboard</title><body>
<div style="height: 400px; overflow: auto"><table>${rows}</table></div>${tag}<script type="module" src="/contestant.js"></script></body></html>`;
}
