// A library of tours on a host page, and what can be asked of it. The page's `/tour.js` is the adapter of one
// library, which sets `window.tour`: `start(selectors)`, `card()` and `button()`.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { build } from "esbuild";
import { dist, root, sendFile, serve } from "../browser/harness.mjs";
import { POLICY } from "../browser/policy.mjs";

const PAGES = join(root, "tests/host-pages");
/** How far from its target a card may lie, in pixels. */
const NEAR = 60;
/** Milliseconds until a library has had its chance. */
const PATIENCE = 5_000;

/** Serves the host pages with an adapter's script; `files(pathname, response)` may answer for its library. */
export const servePages = (adapter, files) =>
  serve(async (_, response, { pathname }) => {
    const headers = pathname.startsWith("/strict-policy") ? { "content-security-policy": POLICY } : {};
    if (pathname === "/tour.js") {
      response.writeHead(200, { "content-type": "text/javascript", ...headers }).end(adapter);
    } else if (pathname === "/hydration/host.js") {
      const entryPoints = [join(PAGES, "hydration/host.jsx")];
      const made = await build({ entryPoints, bundle: true, write: false, format: "esm", jsx: "automatic", define: { "process.env.NODE_ENV": '"production"' } });
      response.writeHead(200, { "content-type": "text/javascript" }).end(made.outputFiles[0].contents);
    } else if (!(await files(pathname, response, headers))) {
      await sendFile(PAGES, pathname.replace(/\/$/, "/index.html"), response, headers);
    }
  });

/** Serves them with our renderer. */
export async function serveOurs() {
  const adapter = await readFile(join(root, "benches/guides/libraries/firstvalue.js"));
  return servePages(adapter, async (path, response, headers) => {
    if (!path.startsWith("/sdk/")) return false;
    await sendFile(process.env.FIRSTVALUE_SDK ?? join(dist, "sdk"), path.slice("/sdk".length), response, headers);
    return true;
  });
}

/** Waits until something is so of the page. */
async function until(page, what, isSo, argument) {
  const last = () => page.evaluate(isSo, argument);
  const deadline = Date.now() + PATIENCE;
  while (!(await last())) {
    if (Date.now() > deadline) assert.fail(what);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

/** What is asked of the library on a page. */
export class Tour {
  constructor(page) {
    this.page = page;
  }

  /** Opens one of the host pages. */
  async open(origin, name) {
    await this.page.goto(`${origin}/${name}/`);
    await this.page.waitForFunction(() => window.tour);
  }

  /** Starts a tour with a step for each selector, and waits for nothing. */
  start(...selectors) {
    return this.page.evaluate((selectors) => void tour.start(selectors), selectors);
  }

  /** Has the host do something. */
  host(what, ...details) {
    return this.page.evaluate(([what, details]) => host[what](...details), [what, details]);
  }

  /** Its button can be clicked: a click in the middle of it is its own. */
  usable() {
    return until(this.page, "the tour's button cannot be clicked", () => {
      const button = tour.card() && tour.button();
      if (!button) return false;
      const { left, top, width, height } = button.getBoundingClientRect();
      const at = [left + width / 2, top + height / 2];
      let hit = document.elementFromPoint(...at);
      for (let inner; (inner = hit?.shadowRoot?.elementFromPoint(...at)) && inner !== hit; ) hit = inner;
      return width > 0 && height > 0 && button.contains(hit);
    });
  }

  /** Presses it as a user does. */
  async press() {
    await this.usable();
    const at = await this.page.evaluate(() => {
      const { left, top, width, height } = tour.button().getBoundingClientRect();
      return [left + width / 2, top + height / 2];
    });
    await this.page.mouse.click(...at);
  }

  /** Its card lies beside the target and does not hide it, and both are in view. */
  near(selector = "#target") {
    const isNear = ([selector, near]) => {
      const within = (tree) => {
        const found = tree.querySelector(selector);
        if (found) return found;
        const roots = [...tree.querySelectorAll("*")].map(({ shadowRoot }) => shadowRoot);
        return roots.filter((root) => root && root.host.localName !== "fv-root").map(within).find(Boolean);
      };
      const card = tour.card()?.getBoundingClientRect();
      const target = within(document)?.getBoundingClientRect();
      if (!card || !target) return false;
      const seen = ({ left, top, right, bottom }) => left < innerWidth && top < innerHeight && right > 0 && bottom > 0;
      const across = Math.max(0, target.left - card.right, card.left - target.right);
      const along = Math.max(0, target.top - card.bottom, card.top - target.bottom);
      const overlap = (from, to) => Math.max(0, Math.min(card[to], target[to]) - Math.max(card[from], target[from]));
      const hidden = overlap("left", "right") * overlap("top", "bottom");
      const hides = hidden > (target.width * target.height) / 2;
      return seen(card) && seen(target) && !hides && Math.hypot(across, along) <= near;
    };
    return until(this.page, "the card does not lie beside the target", isNear, [selector, NEAR]);
  }

  /** All of its card is in view. */
  inView() {
    return until(this.page, "the card is not in view", () => {
      const card = tour.card()?.getBoundingClientRect();
      return card && card.left >= 0 && card.top >= 0 && card.right <= innerWidth && card.bottom <= innerHeight;
    });
  }

  /** Nothing of it can be seen. */
  gone() {
    return until(this.page, "the card is still there", () => !tour.card());
  }

  /** Nothing of it is to be seen for some frames. */
  async absent() {
    const seen = await this.page.evaluate(async () => {
      for (let frame = 0; frame < 20; frame++) {
        await new Promise(requestAnimationFrame);
        if (tour.card()) return true;
      }
      return false;
    });
    assert.ok(!seen, "a card without its target");
  }
}
