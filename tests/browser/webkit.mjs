// A WebKit, the engine of Safari, as GTK has it: driven over WebDriver, on a screen that nobody sees.

import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { createServer } from "node:net";
import { createInterface } from "node:readline";
import { Builder, Key } from "selenium-webdriver";
import { eventually } from "./harness.mjs";

/** What drives it; without it there is none here, and its tests are skipped. */
const installed = "/usr/bin/WebKitWebDriver";
const driver = process.env.FIRSTVALUE_WEBKIT ?? (existsSync(installed) ? installed : undefined);
export const skip = driver ? false : "there is no WebKit here";

/** The keys that have no letter. */
const KEYS = { Tab: Key.TAB, Escape: Key.ESCAPE, Enter: Key.ENTER, ArrowRight: Key.ARROW_RIGHT };

const line = (stream) => new Promise((resolve) => createInterface(stream).once("line", resolve));
/** Fails when a program ends. */
const end = (child) =>
  new Promise((_, reject) => {
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`${child.spawnfile} ended with code ${code}`)));
  });

/** A port that is free. */
async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Starts what is needed for pages; close it in `after`. */
export async function launch() {
  const port = await freePort();
  // It says which number of a display was free.
  const screen = spawn("Xvfb", ["-displayfd", "1", "-screen", "0", "1280x900x24", "-nolisten", "tcp"], { stdio: ["ignore", "pipe", "ignore"] });
  const display = await Promise.race([line(screen.stdout), end(screen)]);
  const env = { ...process.env, DISPLAY: `:${display}`, GDK_BACKEND: "x11", NO_AT_BRIDGE: "1", LIBGL_ALWAYS_SOFTWARE: "1", WEBKIT_DISABLE_COMPOSITING_MODE: "1" };
  const driving = spawn(driver, [`--port=${port}`, "--host=127.0.0.1"], { stdio: "ignore", env });
  const server = `http://127.0.0.1:${port}`;
  const answer = () => fetch(`${server}/status`).catch(() => undefined);
  await Promise.race([eventually(answer, { what: "an answer of the driver" }), end(driving)]);
  const close = () => [driving, screen].forEach((child) => child.kill());
  return { server, close };
}

/** Opens a page as on a device of its own, which `page.end()` closes. It is asked as the other browsers' are. */
export async function open(browser, url) {
  const window = await new Builder().usingServer(browser.server).withCapabilities({ browserName: "MiniBrowser" }).build();
  const page = {
    url: () => window.getCurrentUrl(),
    goto: (url) => window.get(url),
    reload: () => window.navigate().refresh(),
    goBack: () => window.navigate().back(),
    /** Calls a function in the page, and gives what comes of it. */
    async evaluate(run, ...values) {
      const script = `const done = arguments[arguments.length - 1], values = [...arguments].slice(0, -1);
        (async () => (${run})(...values))().then((value) => done({ value }), (error) => done({ error: String(error) }));`;
      const { value, error } = await window.executeAsyncScript(script, ...values);
      if (error) throw new Error(error);
      return value;
    },
    /** Waits until a function in the page gives something truthy. */
    async waitForFunction(run, ...values) {
      await window.wait(() => page.evaluate(run, ...values), 10_000, `${run}`);
    },
    /** Presses a key, which may be named with Shift. */
    async press(keys) {
      const key = keys.split("+").pop();
      const pressed = window.actions();
      if (keys.startsWith("Shift+")) await pressed.keyDown(Key.SHIFT).sendKeys(KEYS[key] ?? key).keyUp(Key.SHIFT).perform();
      else await pressed.sendKeys(KEYS[key] ?? key).perform();
    },
    /** Clicks in the middle of what a function in the page gives. */
    async click(find, ...values) {
      const [x, y] = await page.evaluate(`(...values) => {
        const { x, y, width, height } = (${find})(...values).getBoundingClientRect();
        return [x + width / 2, y + height / 2].map(Math.round);
      }`, ...values);
      await window.actions().move({ x, y }).click().perform();
    },
    end: () => window.quit(),
  };
  try {
    await page.goto(url);
  } catch (error) {
    // There can be one at a time.
    await page.end();
    throw error;
  }
  return page;
}
