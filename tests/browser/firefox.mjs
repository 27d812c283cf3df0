// A Firefox, driven over WebDriver BiDi: another protocol than Chromium's, so another library. What is
// asked of a page by `evaluate` and `waitForFunction` is the same in both.

import { statSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import puppeteer from "puppeteer-core";

/** The browser. */
const executable = process.env.FIRSTVALUE_FIREFOX ?? "/usr/bin/firefox-esr";

/** As root it does not start in the home of somebody else, which containers may have. */
const HOME = process.getuid?.() === 0 && statSync(homedir()).uid !== 0 ? tmpdir() : homedir();

/** Starts a headless Firefox; close it in `after`. `prefs` are its settings, `profile` is a folder that outlives it. */
export const launch = ({ prefs = {}, profile } = {}) =>
  puppeteer.launch({ browser: "firefox", executablePath: executable, headless: true, extraPrefsFirefox: prefs, userDataDir: profile, env: { ...process.env, HOME } });

/**
 * Opens a page in a context of its own, which `page.end()` closes: `said` is what was written to the console,
 * `threw` what nobody caught. `init` runs in every document before its own scripts.
 */
export async function open(browser, url, { viewport = { width: 1280, height: 720 }, context, init } = {}) {
  const own = context ?? (await browser.createBrowserContext());
  const page = await own.newPage();
  const [said, threw] = [[], []];
  page.on("console", (message) => said.push(message.text()));
  page.on("pageerror", (error) => threw.push(error.stack ?? String(error)));
  await page.setViewport(viewport);
  // Else no guide would begin. Chromium has a flag for that.
  await page.evaluateOnNewDocument(() => Object.defineProperty(Navigator.prototype, "webdriver", { get: () => false }));
  if (init) await page.evaluateOnNewDocument(init);
  await page.goto(url);
  return Object.assign(page, { said, threw, end: () => own.close() });
}

/** Presses a key, which may be named with others that are held: `Shift+Tab`. */
export async function press(page, keys) {
  const held = keys.split("+");
  const key = held.pop();
  for (const one of held) await page.keyboard.down(one);
  await page.keyboard.press(key);
  for (const one of held) await page.keyboard.up(one);
}
