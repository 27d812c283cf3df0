// The npm package as a customer's engineer meets it: installed from the archive, built by the tools that
// they use, and run in a browser.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { promisify } from "node:util";
import { eventually, launch, root, dist, sendFile } from "./harness.mjs";
import { collector, open } from "./sdk/collector.mjs";

const run = promisify(execFile);
const WAYS = join(root, "target/npm-test");

let browser, folder;

before(async () => {
  browser = await launch();
  await mkdir(WAYS, { recursive: true });
  // Within the repository, so that frameworks and tools are found in its `node_modules`.
  folder = await mkdtemp(join(WAYS, "customer-"));
  await writeFile(join(folder, "package.json"), '{ "name": "customer", "private": true, "type": "module" }');
  const [archive] = await readdir(join(dist, "npm"));
  await run("npm", ["install", "--offline", "--no-audit", "--no-fund", "--legacy-peer-deps", join(dist, "npm", archive)], { cwd: folder });
});
after(async () => {
  await browser?.close();
  if (folder) await rm(folder, { recursive: true, force: true });
});

const START = `
import { firstvalue } from "firstvalue";
const origin = location.origin;
firstvalue.init({ writeKey: "key", endpoint: origin, assets: origin + "/sdk/" }).then(({ state, reason }) => (document.documentElement.dataset.state = state));
window.ours = firstvalue;
`;
const REACT = `${START}
import { createElement as h } from "react";
import { createRoot } from "react-dom/client";
import { useFirstvalue, useMilestone } from "firstvalue/react";
function App() {
  const state = useFirstvalue();
  return h("p", { id: "app" }, useMilestone("first-report") ? "reached " + state.milestones["first-report"].reachedAt : "not yet");
}
createRoot(document.body.appendChild(document.createElement("div"))).render(h(App));
`;
const VUE = `${START}
import { createApp, h } from "vue";
import { useFirstvalue, useMilestone } from "firstvalue/vue";
createApp({
  setup() {
    const [state, reached] = [useFirstvalue(), useMilestone("first-report")];
    return () => h("p", { id: "app" }, reached.value ? "reached " + state.value.milestones["first-report"].reachedAt : "not yet");
  },
}).mount(document.body.appendChild(document.createElement("div")));
`;

const SHOWN = { at: "#app", before: "not yet", after: "reached " };
const SCRIPT_TAG = `window.ours = firstvalue;
  firstvalue.init({ writeKey: "key", endpoint: location.origin, assets: location.origin + "/sdk/" }).then(({ state }) => (document.documentElement.dataset.state = state));`;

/**
 * Runs what was built, and checks that it is ready, delivers, and knows what it shows. `create` has the
 * application do something; `sdk` may answer for its files.
 */
async function works(script, { shows = SHOWN, create = (page) => page.evaluate(() => ours.track("report.created")), sdk } = {}) {
  const server = await collector({ script, sdk });
  const context = await browser.newContext();
  try {
    const { page, threw, said } = await open(context, `${server.origin}/built`);
    await page.waitForFunction(() => document.documentElement.dataset.state);
    assert.equal(await page.evaluate(() => document.documentElement.dataset.state), "ready", said.join("\n"));
    if (shows) assert.equal(await page.textContent(shows.at), shows.before);
    await create(page);
    await page.evaluate(() => ours.flush());
    await eventually(() => server.count("report.created"), { what: "the event" });
    if (shows) {
      const { reachedAt } = await page.evaluate(() => ours.state().milestones["first-report"]);
      await eventually(async () => (await page.textContent(shows.at)) === shows.after + reachedAt, { what: "the milestone on the page" });
      // Nothing is told of that.
      await page.evaluate(() => ours.reset());
      await eventually(async () => (await page.textContent(shows.at)) === shows.before, { what: "somebody new on the page" });
    }
    assert.deepEqual(threw, []);
  } finally {
    await context.close();
    await server.close();
  }
}

async function vite(name, source) {
  const { build } = await import("vite");
  await writeFile(join(folder, `${name}.js`), source);
  const outDir = join(folder, "out", name);
  const lib = { entry: join(folder, `${name}.js`), formats: ["es"], fileName: "bundle" };
  const define = { "process.env.NODE_ENV": '"production"', __VUE_OPTIONS_API__: "false", __VUE_PROD_DEVTOOLS__: "false", __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: "false" };
  await build({ configFile: false, logLevel: "error", root: folder, define, build: { outDir, lib } });
  return readFile(join(outDir, "bundle.js"), "utf8");
}

test("Vite and React", async () => works(await vite("react", REACT)));
test("Vite and Vue", async () => works(await vite("vue", VUE)));

test("webpack", async () => {
  const { default: webpack } = await import("webpack");
  await writeFile(join(folder, "webpack.js"), START);
  const path = join(folder, "out", "webpack");
  const stats = await promisify(webpack)({ mode: "production", context: folder, entry: "./webpack.js", output: { path, filename: "bundle.js" } });
  assert.ok(!stats.hasErrors(), stats.toString());
  await works(await readFile(join(path, "bundle.js"), "utf8"), { shows: false });
});

test("a script tag, from the package's own files", async () => {
  const names = await readdir(join(folder, "node_modules/firstvalue"));
  for (const name of ["firstvalue.iife.js", "firstvalue.d.ts", "react.d.ts", "vue.d.ts", "LICENSE-MIT", "README.md"]) assert.ok(names.includes(name), name);
  const script = await readFile(join(folder, "node_modules/firstvalue/firstvalue.iife.js"), "utf8");
  await works(`${script}; ${SCRIPT_TAG}`, { shows: false });
});

test("a yew application, with the script from the package", async () => {
  const script = await readFile(join(folder, "node_modules/firstvalue/firstvalue.iife.js"), "utf8");
  const example = join(root, "target/example-yew");
  const sdk = (name, response) => name.startsWith("example/") && !!sendFile(example, name.slice("example/".length), response);
  await works(`${script}; ${SCRIPT_TAG} import("/sdk/example/firstvalue_example_yew.js").then(({ default: start }) => start());`, {
    sdk,
    create: (page) => page.click("#create"),
    shows: { at: "#reports", before: "no report yet", after: "the first report was made at " },
  });
});

test("a server that renders pages imports everything, and nothing happens", async () => {
  await writeFile(join(folder, "server.mjs"), `
    import { createElement as h } from "react";
    import { renderToString } from "react-dom/server";
    import { firstvalue } from "firstvalue";
    import { useFirstvalue, useMilestone } from "firstvalue/react";
    import "firstvalue/vue";
    const App = () => h("p", null, String(useFirstvalue()), " ", String(useMilestone("first-report")));
    await firstvalue.init({ writeKey: "key" });
    firstvalue.track("server.done");
    firstvalue.identify(undefined);
    firstvalue.tap(undefined);
    console.log(renderToString(h(App)), firstvalue.status.state);
  `);
  const { stdout } = await run("node", ["server.mjs"], { cwd: folder });
  assert.equal(stdout.trim().replaceAll("<!-- -->", ""), "<p>null false</p> off");
});

test("types fit what is exported, and what is wrong is told while it is written", async () => {
  const check = async (source) => {
    await writeFile(join(folder, "types.ts"), source);
    const options = ["--noEmit", "--strict", "--skipLibCheck", "false", "--module", "esnext", "--moduleResolution", "bundler", "--target", "es2022", "--ignoreConfig", "types.ts"];
    return run(join(root, "node_modules/.bin/tsc"), options, { cwd: folder }).then(() => "", ({ stdout }) => stdout);
  };
  const right = `import { firstvalue } from "firstvalue";
    import { useFirstvalue } from "firstvalue/react";
    import { useMilestone } from "firstvalue/vue";
    firstvalue.init({ writeKey: "key", consent: "local", beforeSend: (message) => message.event ? message : null });
    firstvalue.identify(7, { plan: "pro", since: new Date() }, "hash");
    firstvalue.on("milestone", ({ timeToValue }) => timeToValue.toFixed());
    const reached: boolean = useMilestone("first").value;
    const user: string | null | undefined = useFirstvalue()?.userId;
    console.log(reached, user);`;
  assert.equal(await check(right), "");
  for (const wrong of ['firstvalue.init({})', 'firstvalue.on("milestoned", () => {})', 'firstvalue.consent("some")', "firstvalue.track(7)"]) {
    assert.match(await check(`import { firstvalue } from "firstvalue"; ${wrong};`), /error TS/, wrong);
  }
});
