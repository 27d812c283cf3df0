// A small part of Markdown as nodes: paragraphs, unordered lists, strong, emphasis, code, links and line
// breaks. It is read as `crates/firstvalue-ui/src/content/markdown.rs` reads it, and a test compares the two.
// Whatever else is written, raw HTML above all, is text; there is no way from here to an HTML string.

import { make } from "./dom";
import { href } from "./link";

/** Emphasis within emphasis deeper than this is text. */
const DEEPEST = 8;
/** How far a star or a bracket looks for its other half; else a text of openings takes quadratic time. */
const FARTHEST = 1_000;

/** Reads a text. */
export function markdown(text: string): Node[] {
  const blocks: Node[] = [];
  let lines: string[] = [];
  let items: string[][] = [];
  const endParagraph = (): void => {
    if (lines.length) blocks.push(make("p", {}, ...paragraph(lines)));
    lines = [];
  };
  for (const line of [...text.split(/\r?\n/), ""]) {
    const [, item] = /^\s*[-*+] (.*)$/s.exec(line) ?? [];
    if (item !== undefined) {
      endParagraph();
      items.push([item]);
    } else if (!line.trim()) {
      endParagraph();
      if (items.length) blocks.push(make("ul", {}, ...items.map((lines) => make("li", {}, ...paragraph(lines)))));
      items = [];
    } else (items.at(-1) ?? lines).push(line);
  }
  return blocks;
}

/** The lines of one paragraph. A line that ends in two spaces or a backslash breaks there. */
function paragraph(lines: string[]): Node[] {
  let text = "";
  lines.forEach((written, place) => {
    const line = written.trimStart();
    if (place + 1 === lines.length) text += line.trimEnd();
    else if (line.endsWith("  ")) text += `${line.trimEnd()}\n`;
    else if (line.endsWith("\\")) text += `${line.slice(0, -1)}\n`;
    else text += `${line.trimEnd()} `;
  });
  return run(text, 0);
}

/** A run of text; every construct is either complete or text. */
function run(text: string, depth: number): Node[] {
  const nodes: Node[] = [];
  let plain = "";
  const endText = (): void => {
    if (plain) nodes.push(document.createTextNode(plain));
    plain = "";
  };
  for (let rest = text; rest; ) {
    const found = depth < DEEPEST ? construct(rest, depth) : undefined;
    if (found) {
      endText();
      nodes.push(found[0]);
      rest = found[1];
      continue;
    }
    // A whole run of stars that opens nothing is text; read one by one it could.
    const [taken] = /^(?:\*+|\\[!-/:-@[-`{-~]|.)/su.exec(rest)!;
    plain += taken.length > 1 && taken[0] === "\\" ? taken[1] : taken;
    rest = rest.slice(taken.length);
  }
  endText();
  return nodes;
}

/** What starts here, and what follows it. */
function construct(text: string, depth: number): [Node, string] | undefined {
  switch (text[0]) {
    case "\n":
      return [make("br"), text.slice(1)];
    case "`": {
      const end = text.indexOf("`", 1);
      const code = text.slice(1, end).trim();
      return end > 0 && code ? [make("code", {}, code.replaceAll("\n", " ")), text.slice(end + 1)] : undefined;
    }
    case "*":
      return emphasis(text, depth);
    case "[":
      return linked(text, depth);
    default:
      return undefined;
  }
}

function emphasis(text: string, depth: number): [Node, string] | undefined {
  const length = text.startsWith("**") ? 2 : 1;
  const inner = text.slice(length);
  const end = /^\s/.test(inner) ? undefined : closing(inner, length);
  if (end === undefined) return undefined;
  return [make(length === 2 ? "strong" : "em", {}, ...run(inner.slice(0, end), depth + 1)), inner.slice(end + length)];
}

/** Where the run of stars stands that closes a marker of `length` stars. */
function closing(text: string, length: number): number | undefined {
  for (let at = 0; at < text.length && at < FARTHEST; ) {
    const character = text[at];
    if (character === "\\") at += 2;
    else if (character === "`") {
      const end = text.indexOf("`", at + 1);
      at = end < 0 ? at + 1 : end + 1;
    } else if (character === "*") {
      const stars = /^\*+/.exec(text.slice(at))![0].length;
      const closes = length === 1 ? stars % 2 === 1 : stars >= 2;
      // `*a **b***`: the outer marker is closed by the last stars of the run.
      if (closes && at > 0 && !/[\t\n\f\r ]/.test(text[at - 1]!)) return at + stars - length;
      at += stars;
    } else at++;
  }
  return undefined;
}

/** `[label](address)`. A link that must not be followed stays as it was written, for its author to see. */
function linked(text: string, depth: number): [Node, string] | undefined {
  const middle = text.indexOf("]");
  if (middle < 0 || middle > FARTHEST || text[middle + 1] !== "(") return undefined;
  const end = text.indexOf(")", middle);
  if (end < 0 || end - middle > FARTHEST) return undefined;
  const label = text.slice(1, middle);
  const to = href(text.slice(middle + 2, end));
  if (!to || !label.trim() || label.includes("[")) return undefined;
  const link = make("a", { href: to.address, rel: "noopener noreferrer" }, ...run(label, depth + 1));
  if (to.leaves) link.target = "_blank";
  return [link, text.slice(end + 1)];
}
