// A WebKit, the engine of Safari, as GTK has it: driven over WebDriver, on a screen that nobody sees.

import { spawn } from "node:child_process";
import { createServer } from "node:net";
import { createInterface } from "node:readline";
import { Builder, Key } from "selenium-webdriver";

/** What drives it; without it there is none here, and its tests are skipped. */
const driver = process.env.FIRSTVALUE_WEBKIT;
export const skip = driver ? false : "there is no WebKit here";

/** The keys that have no letter. */
const KEYS = { Tab: Key.TAB, Escape: Key.ESCAPE, Enter: Key.ENTER, ArrowRight: Key.ARROW_RIGHT };

const line = (stream) => new Promise((resolve) => createInterface(stream).once("line", resolve));

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
  const display = await line(screen.stdout);
  const env = { ...process.env, DISPLAY: `:${display}`, GDK_BACKEND: "x11", NO_AT_BRIDGE: "1", LIBGL_ALWAYS_SOFTWARE: "1", WEBKIT_DISABLE_COMPOSITING_MODE: "1" };
  const driving = spawn(driver, [`--port=${port}`, "--host=127.0.0.1"], { stdio: "ignore", env });
  const close = () => [driving, screen].forEach((process) => process.kill());
  return { server: `http://127.0.0.1:${port}`, close };
}

/** Opens a page as on a device of its own, which `page.end()` closes. It is asked as the other browsers' are. */
export async function open(browser, url) {
  const window = await session(browser.server);
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
  await page.goto(url);
  return page;
}

/** A session, once there is somebody who gives one. */
async function session(server) {
  for (let attempt = 0; ; attempt++) {
    try {
      return await new Builder().usingServer(server).withCapabilities({ browserName: "MiniBrowser" }).build();
    } catch (error) {
      if (attempt > 50) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}
