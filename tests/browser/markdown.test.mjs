// What an author writes is read alike by the renderer and by what stands on the page, and neither makes more of it
// than the few elements that there are.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { close, open, start } from "./ui/host.mjs";

before(start);
after(close);

const WRITTEN = [
  "Plain.",
  "One\ntwo  \nthree\\\nfour",
  "- a\n- b\n  more\n\nafter\n* c\n+ d",
  "**strong** *em* ***both*** *a **b*** **a *b***",
  "2 * 3 * 4 and **not closed and *neither",
  "`code` `` `a*b*` *`x*`*",
  "\\*not\\* \\a \\\\ \\",
  "[link](/reports?a=1&b=2#c) [out](https://example.com/) [mail](mailto:a@example.com) [//](//example.com)",
  "[bad](javascript:alert(1)) [bad](JaVa\tScript:alert(1)) [bad](java&#115;cript:alert(1)) [bad](data:text/html,x) [bad](\\\\x)",
  "[](/a) [ ](/a) [a[b](/c) [a](",
  "[**bold** link](/a) **[in](/b) strong**",
  "<img src=x onerror=alert(1)> <script>alert(1)</script> &lt;b&gt; <b>x</b>",
  "[x](/a\"onmouseover=alert(1)) [x](/a' x='y)",
  "**********", "*a*b*c*", "**a**b**c**", "* *", "*  a*", "*a *",
  "\u200b[x](java\u200bscript:alert(1))",
  "共有 **する** 🎉 *絵*",
];

/** Texts of what means something, in any order; the same ones every time. */
function* made(count) {
  const parts = ["*", "**", "`", "[", "]", "(", ")", "](", "\\", "\n", "\n\n", "- ", " ", "  ", "a", "b c", "/x", "https://y.z", "javascript:", "<i>", "&", "é"];
  let seed = 7;
  const next = (end) => (seed = (seed * 48271) % 2147483647) % end;
  for (let one = 0; one < count; one++) yield Array.from({ length: 1 + next(14) }, () => parts[next(parts.length)]).join("");
}

test("Markdown is the same everywhere, and never more than a few elements", async (t) => {
  const page = await open(t);
  const texts = [...WRITTEN, ...made(250)].filter((text) => text.trim());
  const [drawn, stood, names] = await page.evaluate(async (texts) => {
    const names = new Set();
    const outline = (node) => {
      if (node.nodeType === Node.TEXT_NODE) return node.data;
      names.add(node.localName);
      const attributes = [...node.attributes].map(({ name, value }) => `${name}=${value}`).sort();
      return [node.localName, ...attributes, [...node.childNodes].map(outline)];
    };
    const inside = (element) => {
      element.normalize();
      return JSON.stringify([...element.childNodes].map(outline));
    };
    const drawn = [];
    for (const [place, text] of texts.entries()) {
      await firstvalue.show({ kind: "modal", steps: [{ title: { "": `Text ${place}` }, body: { "": text } }] });
      const shadow = firstvalue.root.shadowRoot;
      while (shadow.querySelector(".title")?.textContent !== `Text ${place}`) await new Promise((resolve) => setTimeout(resolve));
      drawn.push(inside(shadow.querySelector(".body")));
    }
    firstvalue.ui.hide();
    const { stand } = await import("/sdk/firstvalue_standing.js");
    const entries = texts.map((text, place) => ({ id: `e${place}`, date: "2026-03-31", title: { "": "T" }, body: { "": text } }));
    const due = { due: true, shown: 1, completed: false, dismissed: false };
    const guides = Object.fromEntries([["news", due], ...entries.map(({ id }) => [`news/${id}`, due])]);
    const draw = stand(() => {}, () => ({ guides }), () => {}, () => "en");
    const there = { news: { kind: "announcement", title: { "": "News" }, panel: { entries } } };
    draw(there);
    draw(there, "news");
    const root = [...document.querySelectorAll("fv-root")].find(({ shadowRoot }) => shadowRoot.querySelector("dialog.panel"));
    return [drawn, [...root.shadowRoot.querySelectorAll(".text")].map(inside), [...names].sort()];
  }, texts);
  for (const [place, text] of texts.entries()) assert.equal(stood[place], drawn[place], JSON.stringify(text));
  assert.deepEqual(names, ["a", "br", "code", "em", "li", "p", "strong", "ul"]);
});
