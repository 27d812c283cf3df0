// Text that a reader has set wider, and pages that they have zoomed: nothing in a guide is cut off, none of its
// texts lies over another, and nothing is to be scrolled sideways.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { frames } from "./ui/host.mjs";
import { show, specimens, startGallery } from "./gallery/host.mjs";

/** What success criterion 1.4.12 says a reader may set. */
const SPACING = `
  * { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
  p { margin-block-end: 2em !important }`;

/** A desktop window, the same at 200 %, and a phone or 400 %. */
const WINDOWS = { wide: { width: 1280, height: 800 }, zoomed: { width: 640, height: 400 }, narrow: { width: 320, height: 640 } };

const gallery = await startGallery();
after(() => gallery.close());
const ids = await specimens(gallery);

/** Has a reader's style sheet in all shadow roots, as extensions for reading put it there. */
function readWith(css) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  const { get, set } = Object.getOwnPropertyDescriptor(ShadowRoot.prototype, "adoptedStyleSheets");
  Object.defineProperty(ShadowRoot.prototype, "adoptedStyleSheets", {
    configurable: true,
    get,
    set(sheets) {
      set.call(this, [...sheets, sheet]);
    },
  });
}

/** What cannot be read of the guide that is shown. */
function unreadable() {
  const found = new Set();
  const texts = [];
  const [root] = [...document.querySelectorAll("fv-root")].map(({ shadowRoot }) => shadowRoot.querySelector(".page")).filter(Boolean);
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (!node.data.trim() || !node.parentElement.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const lines = [...range.getClientRects()];
    const parents = [];
    for (let parent = node.parentElement; parent; parent = parent.parentElement) {
      const style = getComputedStyle(parent);
      if (style.display !== "inline") parents.push({ parent, style, box: parent.getBoundingClientRect() });
    }
    // For screen readers alone.
    if (parents.some(({ style, box }) => style.clipPath !== "none" || (style.overflowY === "hidden" && box.height <= 1))) continue;
    let seen = lines;
    for (const { parent, style, box } of parents) {
      const isScrolled = style.overflowY === "auto" || style.overflowY === "scroll";
      if (isScrolled) {
        if (parent.scrollWidth > parent.clientWidth + 1) found.add(`${parent.className} scrolls sideways`);
        // The rest is there when it is scrolled to.
        const part = ({ left, right, top, bottom }) => ({ left, right, top: Math.max(top, box.top), bottom: Math.min(bottom, box.bottom) });
        seen = seen.map(part).filter(({ top, bottom }) => bottom > top);
      }
      const cuts = (overflow) => overflow === "hidden" || overflow === "clip" || parent.classList.contains("card");
      const isCut = ({ left, right, top, bottom }) =>
        (cuts(style.overflowX) && (left < box.left - 1 || right > box.right + 1)) ||
        (cuts(style.overflowY) && (top < box.top - 1 || bottom > box.bottom + 1));
      if (seen.some(isCut)) found.add(`${node.data} is cut off by ${parent.className}`);
    }
    for (const line of seen)
      for (const { other, data } of texts) {
        const width = Math.min(line.right, other.right) - Math.max(line.left, other.left);
        const height = Math.min(line.bottom, other.bottom) - Math.max(line.top, other.top);
        if (width > 2 && height > 3) found.add(`${node.data} lies over ${data}`);
      }
    texts.push(...seen.map((other) => ({ other, data: node.data })));
  }
  if (document.documentElement.scrollWidth > innerWidth) found.add("the page scrolls sideways");
  return [...found];
}

for (const [name, viewport] of Object.entries(WINDOWS)) {
  test(`A15: text that is set wider can be read to its end in every guide (${name})`, async (t) => {
    const page = await gallery.open(t, { viewport });
    await page.addInitScript(readWith, SPACING);
    await page.reload();
    await page.waitForFunction(() => window.gallery);
    for (const id of ids) {
      for (const dir of ["ltr", "rtl"]) {
        await show(page, id, { dir });
        await frames(page, 2);
        assert.deepEqual(await page.evaluate(unreadable), [], `${id}, ${dir}`);
      }
    }
  });
}

test("A15: what is cut off or covered would be found", async (t) => {
  const page = await gallery.open(t);
  const faults = {
    ".title { height: 4px !important; overflow: hidden !important }": "Create a report is cut off by title",
    ".title { white-space: nowrap !important; letter-spacing: 2em !important }": "Create a report is cut off by card",
    ".body { margin-block-start: -30px !important }": "Start from a template.  lies over Create a report",
  };
  for (const [css, fault] of Object.entries(faults)) {
    await page.addInitScript(readWith, css);
    await page.reload();
    await page.waitForFunction(() => window.gallery);
    await show(page, "tour-first");
    await frames(page, 2);
    const found = await page.evaluate(unreadable);
    assert.ok(found.includes(fault), `${css} gives ${JSON.stringify(found)}`);
  }
});
