// The text of a step: a small part of Markdown, read into a tree of which elements are drawn. Paragraphs,
// lists, `**strong**`, `*emphasis*`, `` `code` ``, links, pictures, films and line breaks; whatever else is
// written, raw HTML above all, is text. There is no way from here to an HTML string.

/** Lists and emphasis within emphasis deeper than this are text. */
const DEEPEST = 8;

/**
 * How far, in characters, a star looks for its other half; brackets likewise. Without a bound, a text of
 * nothing but openings would be read in quadratic time.
 */
const FARTHEST = 1000;

/** What browsers drop while they parse an address, and what cannot be seen in one. */
const IGNORED = /[\s\p{Cc}\u00ad\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff]/gu;

/**
 * An address as an author wrote it, if something may lead there, and whether it leaves the host's product.
 * Whatever has another scheme (`javascript:`, `data:`, …) is text. An entity (`java&#115;cript:`) or a
 * backslash before the path has no honest use and is refused.
 */
export const address = (written) => {
  const href = written.replace(IGNORED, "");
  const [head] = href.split(/[/?#]/);
  const scheme = /^([^:]*):/.exec(head)?.[1].toLowerCase();
  if (!href || /\\/.test(href) || /&/.test(head) || (scheme !== undefined && !/^(https?|mailto|tel)$/.test(scheme))) return undefined;
  return { href, leaves: /^(https?:|\/\/)/i.test(href) };
};

/** Whether a link may lead to an address. */
export const leads = (written) => !!address(written);

const element = (tag, children, more) => ({ tag, children, ...more });

/** Where the run of stars stands that closes a marker of `length` stars. */
const closing = (text, length) => {
  for (let at = 0; at < text.length && at < FARTHEST; ) {
    const run = /^\**/.exec(text.slice(at, at + FARTHEST))[0].length;
    if (text[at] === "\\") at += 2;
    else if (text[at] === "`") at = text.indexOf("`", at + 1) + 1 || at + 1;
    else if (run) {
      // `*a **b***`: the outer marker is closed by the last stars of the run.
      if ((length > 1 ? run > 1 : run % 2) && at && /\S/.test(text[at - 1])) return at + run - length;
      at += run;
    } else at++;
  }
  return 0;
};

/** A picture, or a film if that is what the address ends in; then its title is the address of a still. */
const media = (label, written) => {
  const [, source, width, height, still] = /^(\S+)(?: =(\d+)x(\d+))?(?: "([^"]*)")?$/.exec(written) ?? [];
  const found = source && address(source);
  if (!found || /^(mailto|tel):/i.test(found.href)) return undefined;
  const size = width && { width, height };
  const poster = still && address(still)?.href;
  return /\.(mp4|webm|mov|m4v)$/i.test(found.href.split(/[?#]/)[0])
    ? element("video", [], { src: found.href, label, ...size, ...(poster && { poster }) })
    : element("img", [], { src: found.href, label, ...size });
};

/** What begins a text, and how long it is as written; every construct is either complete or text. */
const construct = (text, depth) => {
  if (text[0] === "\n") return [element("br", []), 1];
  const code = text[0] === "`" && /^`([^`]*)`/.exec(text);
  if (code) return code[1].trim() && [element("code", [code[1].trim().replace(/\n/g, " ")]), code[0].length];
  if (text[0] === "*") {
    const marker = text[1] === "*" ? 2 : 1;
    const inner = text.slice(marker);
    const end = /^\S/.test(inner) && closing(inner, marker);
    return end && [element(marker > 1 ? "strong" : "em", read(inner.slice(0, end), depth + 1)), end + 2 * marker];
  }
  const [whole, shown, label, written] = /^(!?)\[([^\]]{0,999})\]\(([^)]{0,999})\)/.exec(text) ?? [];
  if (!whole) return undefined;
  if (shown) {
    const one = media(label, written);
    return one && [one, whole.length];
  }
  // A link that must not be followed stays as it was written, for its author to see. Nothing within a link
  // can be a link: the label holds no bracket.
  const to = address(written);
  return to && label.trim() && !/\[/.test(label) && [element("a", read(label, depth + 1), to), whole.length];
};

/** Reads a run of text. */
const read = (text, depth) => {
  const found = [];
  let plain = "";
  const end = () => {
    if (plain) found.push(plain);
    plain = "";
  };
  while (text) {
    const [one, length] = (depth < DEEPEST && /^[\n`*[!]/.test(text) && construct(text, depth)) || [];
    if (one) {
      end();
      found.push(one);
      text = text.slice(length);
      continue;
    }
    // A whole run of stars that opens nothing is text; read one by one it could. A picture that is none is no link.
    const [written, escaped] = /^\\([!-/:-@[-`{-~])|^(?:!\[|\*+|[^\n`*[!\\]+|[^])/.exec(text);
    plain += escaped ?? written;
    text = text.slice(written.length);
  }
  end();
  return found;
};

/** Reads the lines of one paragraph. A line that ends in two spaces or a backslash breaks there. */
const paragraph = (lines) => {
  const line = (line, index) => {
    if (index + 1 === lines.length) return line.trim();
    const [, before] = /^(.*)(?:\\| {2})$/.exec(line) ?? [];
    return before === undefined ? `${line.trim()} ` : `${line.endsWith("\\") ? before.trimStart() : before.trim()}\n`;
  };
  return read(lines.map(line).join(""), 0);
};

/** Reads a text: a tree of strings, and of elements with a tag and children. */
export const parse = (text) => {
  const blocks = [];
  let lines = [];
  let list;
  const end = () => {
    if (lines.length && !list) blocks.push(element("p", paragraph(lines)));
    if (list) blocks.push(element(list.tag, list.items.map((lines) => element("li", paragraph(lines)))));
    lines = [];
    list = undefined;
  };
  for (const line of text.split(/\r?\n/)) {
    const [, mark, item] = /^\s*([-*+]|\d{1,3}[.)]) (.*)$/.exec(line) ?? [];
    if (mark) {
      const tag = /\d/.test(mark) ? "ol" : "ul";
      if (list?.tag !== tag) {
        end();
        list = { tag, items: [] };
      }
      list.items.push([item]);
    } else if (!line.trim()) end();
    else (list ? list.items.at(-1) : lines).push(line);
  }
  end();
  return blocks;
};

/** What a tree says, without its form. */
const said = (node) => (typeof node === "string" ? node : node.tag === "br" ? " " : node.label ?? node.children.map(said).join(/^[ou]l$/.test(node.tag) ? ", " : ""));

/** Heading and text in one line, as a screen reader announces them. */
export const spoken = (title, body) =>
  [title, ...parse(body).map(said)].filter((part) => part).reduce((before, part) => before + (before && (/[.!?…:]$/.test(before) ? " " : ". ")) + part, "");
