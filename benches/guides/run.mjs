// `cargo xtask bench guides` calls this with the folder of our packages, and where results go.

import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { launch } from "../../tests/browser/harness.mjs";
import { load, machine } from "../machine.mjs";
import { matrix } from "./matrix.mjs";
import { report } from "./report.mjs";
import { timing } from "./timing.mjs";

const { values: options } = parseArgs({
  options: { sdk: { type: "string" }, out: { type: "string" }, quick: { type: "boolean", default: false } },
});
const ROUNDS = options.quick ? 3 : 12;
const say = (what) => console.log(`  ${what}`);

const before = load();
const browser = await launch();
const results = {
  machine: machine(),
  load: before,
  chromium: browser.version(),
  rounds: ROUNDS - 1,
  timing: await timing(browser, options.sdk, ROUNDS, say),
  matrix: await matrix(browser, options.sdk, say),
};
await browser.close();
await mkdir(options.out, { recursive: true });
await writeFile(join(options.out, "guides.json"), `${JSON.stringify(results, null, 2)}\n`);
await writeFile(join(options.out, "guides.md"), report(results));
console.log(report(results));
