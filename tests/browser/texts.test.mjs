// What an author wrote, read and put into words, and what core asks of text: without a page, and so without a browser.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { numeral } from "../../crates/firstvalue-sdk/js/text.js";
import { read } from "../../crates/firstvalue-ui/js/language.js";
import { address, parse, spoken } from "../../crates/firstvalue-ui/js/markdown.js";

/** A tree as short as it can be written: text, or a tag and what is in it. */
const short = (node) => {
  if (typeof node === "string") return node;
  const { tag, children, ...more } = node;
  return Object.keys(more).length ? [tag, more, ...children.map(short)] : [tag, ...children.map(short)];
};
const blocks = (text) => parse(text).map(short);
const paragraph = (text) => {
  const [[tag, ...content], ...rest] = blocks(text);
  assert.deepEqual([tag, rest], ["p", []], text);
  return content;
};

test("emphasis nests, and stars that open nothing are text", () => {
  assert.deepEqual(paragraph("a **b** c"), ["a ", ["strong", "b"], " c"]);
  assert.deepEqual(paragraph("*a **b** c*"), [["em", "a ", ["strong", "b"], " c"]]);
  assert.deepEqual(paragraph("*a **b***"), [["em", "a ", ["strong", "b"]]]);
  for (const written of ["2 * 3 * 4", "**", "a ** b", "*", "***", "**open", "a*"]) assert.deepEqual(paragraph(`x${written}`), [`x${written}`]);
});

test("code is taken literally, and a backslash takes the meaning away", () => {
  assert.deepEqual(paragraph("press `Ctrl *K*`"), ["press ", ["code", "Ctrl *K*"]]);
  assert.deepEqual(paragraph("**a `**` b**"), [["strong", "a ", ["code", "**"], " b"]]);
  assert.deepEqual(paragraph("a ` b"), ["a ` b"]);
  assert.deepEqual(paragraph(String.raw`\*a\* \[b](c) \\ \d`), [String.raw`*a* [b](c) \ \d`]);
});

test("paragraphs, lists and breaks", () => {
  assert.deepEqual(blocks("one\ntwo  \nthree\n\n- a\n  more\n* **b**\n\nend"), [
    ["p", "one two", ["br"], "three"],
    ["ul", ["li", "a more"], ["li", ["strong", "b"]]],
    ["p", "end"],
  ]);
  assert.deepEqual(blocks("1. a\n2. b\n- c"), [["ol", ["li", "a"], ["li", "b"]], ["ul", ["li", "c"]]]);
  assert.deepEqual(blocks("one\\\r\ntwo"), [["p", "one", ["br"], "two"]]);
  assert.deepEqual(blocks(" \n\n "), []);
});

test("links lead only where they may", () => {
  const docs = { href: "https://example.com/a", leaves: true };
  assert.deepEqual(paragraph("see [docs](https://example.com/a)."), ["see ", ["a", docs, "docs"], "."]);
  for (const [written, leaves] of [
    ["https://example.com/a?b=c&d=e#f", true],
    ["HTTP://example.com", true],
    ["//example.com", true],
    ["mailto:help@example.com", false],
    ["tel:+4912345", false],
    ["/reports?sort=name&page=2", false],
    ["reports/a:b", false],
    ["#top", false],
    ["?page=2", false],
  ]) assert.deepEqual(address(written), { href: written, leaves });
  for (const written of [
    "", " ", "javascript:alert(1)", "JaVaScRiPt:alert(1)", " \t\njavascript:alert(1)", "java\tscript:alert(1)", "java\0script:alert(1)",
    "java\u200bscript:alert(1)", "\u0001javascript:alert(1)", "\ufeffjavascript:alert(1)", "javascript&colon;alert(1)", "java&#115;cript:alert(1)",
    "&#x6A;avascript:alert(1)", "javascript\\:alert(1)", "vbscript:msgbox(1)", "data:text/html,<script>alert(1)</script>",
    "blob:https://example.com/1", "file:///etc/passwd", "about:blank", "\\\\example.com", "/\\example.com", ":alert(1)",
  ]) assert.equal(address(written), undefined, JSON.stringify(written));
  for (const hostile of ["[x](javascript:alert(1))", "[x](java\u0001script:alert)", "[x]( &#106;avascript:alert)", "[](https://example.com)", "![x](mailto:a@b.c)"])
    assert.deepEqual(paragraph(hostile), [hostile]);
});

test("pictures and films say what they are and how large", () => {
  assert.deepEqual(paragraph("![A board](/board.png =640x360)"), [["img", { src: "/board.png", label: "A board", width: "640", height: "360" }]]);
  assert.deepEqual(paragraph('![How to share](https://a.example/share.mp4?x=1 "/still.jpg")'), [
    ["video", { src: "https://a.example/share.mp4?x=1", label: "How to share", poster: "/still.jpg" }],
  ]);
  for (const refused of ["![x](javascript:alert)", "![x](data:image/svg+xml,x)"]) assert.deepEqual(paragraph(refused), [refused]);
});

/** Every element of a tree, which may hold nothing but what is drawn. */
const elements = (nodes) =>
  nodes.flatMap((node) => {
    if (typeof node === "string") return [];
    const { tag, children, href, leaves, src, poster, ...rest } = node;
    assert.match(tag, /^(p|ul|ol|li|br|code|strong|em|a|img|video)$/);
    assert.ok(Object.keys(rest).every((key) => ["label", "width", "height"].includes(key)), Object.keys(rest).join());
    for (const leads of [href, src, poster]) if (leads !== undefined) assert.equal(address(leads)?.href, leads);
    return [tag, ...elements(children)];
  });

test("raw HTML is text", async (t) => {
  for (const hostile of ["<script>alert(1)</script>", "<img src=x onerror=alert(1)>", '<a href="javascript:alert(1)">x</a>', "&lt;script&gt;", "<!--x--><style>@import'x'</style>"]) {
    assert.deepEqual(paragraph(hostile), [hostile]);
  }
  const suites = process.env.FIRSTVALUE_SUITES;
  if (!suites) return t.diagnostic("without FIRSTVALUE_SUITES the attacks of DOMPurify are not tried");
  const attacks = JSON.parse(await readFile(join(suites, "dompurify/expect.json"), "utf8"));
  assert.ok(attacks.length > 100);
  for (const { payload } of attacks) for (const written of [payload, `[x](${payload})`, `![x](${payload})`]) elements(parse(written));
});

test("long hostile texts are read to their end, and any text makes nothing but what is listed", () => {
  for (const part of ["*", "**", "[", "[a](", "`", "*a **b ", "\\", "[*", "- ", "![", "1. "]) assert.ok(parse(part.repeat(20_000 / part.length)).length, part);
  const parts = ["*", "`", "[", "](", ")", "\\", " ", "\n", "-", "!", "javascript:", "https://a", "ß", "<b>", "&", "\u0001", " =1x2", '"'];
  let seed = 7;
  const next = (below) => (seed = (seed * 48271) % 2147483647) % below;
  for (let turn = 0; turn < 3_000; turn++) {
    let text = "";
    for (let length = next(60); length--; ) text += parts[next(parts.length)];
    assert.ok(elements(parse(text)).length <= 2 * text.length + 1);
  }
});

test("what is announced is plain text", () => {
  assert.equal(spoken("Title", "Some *text*\n\n- one\n- two"), "Title. Some text. one, two");
  assert.equal(spoken("Ready?", "Go ![there](/a.png)"), "Ready? Go there");
  assert.equal(spoken(undefined, "Go"), "Go");
  assert.equal(spoken("", ""), "");
});

/** The title of a guide for a reader. */
const title = (title, context, body) => {
  const made = read(JSON.stringify({ steps: [{ title, body }] }), JSON.stringify({ locale: "en", ...context }));
  return made.guide.steps[0][body ? "body" : "title"];
};

test("a reader gets the text that is nearest to their language", () => {
  const text = { "": "none", en: "English", de: "Deutsch", "de-AT": "Österreichisch", "pt-BR": "brasileiro", "zh-Hant": "繁體" };
  for (const [locale, expected] of [
    ["de-AT", "Österreichisch"], ["de-CH", "Deutsch"], ["de", "Deutsch"], ["DE-at", "Österreichisch"], ["pt", "brasileiro"], ["pt-PT", "brasileiro"],
    ["zh-Hant-TW", "繁體"], ["zh", "繁體"], ["en-GB", "English"], ["fr", "none"], ["", "English"],
  ]) assert.equal(title(text, { locale }), expected, locale);
  assert.equal(title({ en: "English", de: "Deutsch" }, { locale: "fr" }), "English");
  assert.equal(title({ ja: "日本語", ko: "한국어" }, { locale: "fr" }), "日本語");
});

test("what is known of the user is filled in, written as their language writes it", () => {
  const context = { user: { name: "Ada", reports: 1234.5, trialEnds: "2026-03-01", share: 0.256, none: null, odd: {} }, account: { name: "Acme *Inc*", mrr: 1200 } };
  const say = (text, locale = "en") => title({ [locale]: text }, { ...context, locale });
  assert.equal(say("Hello {{user.name|there}}"), "Hello Ada");
  assert.equal(say("Hello {{ user.nick | there}}!"), "Hello  there!");
  assert.equal(say("{{user.none|a}}{{user.odd|b}}{{user.constructor|c}}{{}}{{x"), "abc{{}}{{x");
  assert.equal(say("{{user.reports}} / {{account.mrr:EUR}}", "de"), "1.234,5 / 1.200,00\u00a0€");
  assert.equal(say("{{user.trialEnds:date|soon}}, {{user.share:percent}}"), "March 1, 2026, 25.6%");
  assert.equal(say("{{user.trialEnds:date}}", "de"), "1. März 2026");
  assert.equal(say("{{user.name:date|soon}} {{user.name:EURO|much}}"), "soon much");
  assert.equal(say("{{account.name}}"), "Acme *Inc*");
  // In what is marked up it is text all the same.
  assert.deepEqual(paragraph(title("x", context, { en: "At {{account.name}}" })), ["At Acme *Inc*"]);
});

test("a number has the form that the language of the text has for it", () => {
  const text = {
    en: { plural: "user.reports", 0: "No report", one: "One report", other: "{{user.reports}} reports" },
    ru: { plural: "user.reports", one: "{{user.reports}} отчёт", few: "{{user.reports}} отчёта", other: "{{user.reports}} отчётов" },
  };
  for (const [locale, reports, expected] of [
    ["en", 0, "No report"], ["en", 1, "One report"], ["en-GB", 2, "2 reports"], ["en", undefined, "No report"], ["en", 12000, "12,000 reports"],
    ["ru", undefined, "0 отчётов"], ["ru", 1, "1 отчёт"], ["ru", 22, "22 отчёта"], ["ru", 5, "5 отчётов"], ["ru", 21, "21 отчёт"],
    // The text is English, and so are its forms.
    ["ja", 1, "One report"],
  ]) assert.equal(title(text, { locale, user: { reports } }), expected, `${locale} ${reports}`);
});

test("what cannot be read is nothing, and a language that is none is English", () => {
  assert.equal(read("{", "{}"), undefined);
  assert.equal(read("{}", ""), undefined);
  assert.equal(title({ en: { plural: "user.n", one: "one", other: "other" } }, { locale: "not a language", user: { n: 1 } }), "one");
  assert.equal(title({ en: "{{user.n}}" }, { locale: "en_GB", user: { n: 1000 } }), "1,000");
});

test("a browser writes numbers as they are written natively", async () => {
  const numbers = await readFile(new URL("../../crates/firstvalue-model/src/json/numbers.txt", import.meta.url), "utf8");
  const written = (number) => {
    const bytes = Buffer.alloc(32);
    return String(bytes.subarray(0, numeral(number, bytes)));
  };
  // The sign is written before.
  for (const line of numbers.trim().split("\n")) assert.equal(written(Math.abs(line)), line.replace(/^-/, ""));
});
