// The debugger's panel. Rows stay the same elements as long as what they are about is there, so that what
// was unfolded stays so, and the focus where it is.

import styles from "./panel.css";
import { asText, type Line, type Row, type Section } from "./report";

const make = <K extends keyof HTMLElementTagNameMap>(name: K, className = "", ...children: (Node | string)[]): HTMLElementTagNameMap[K] => {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...children);
  return made;
};

const lineOf = ({ depth, text, holds }: Line): HTMLLIElement => {
  const line = make("li", "");
  line.style.setProperty("--depth", `${depth}`);
  if (holds !== undefined) {
    const mark = make("span", holds ? "mark good" : "mark bad", holds ? "✓" : "✗");
    mark.setAttribute("role", "img");
    mark.setAttribute("aria-label", holds ? "holds:" : "does not hold:");
    line.append(mark, " ");
  }
  line.append(text);
  return line;
};

/** A row that can be told anew what it shows. */
const rowElement = (): { element: HTMLElement; show(row: Row): void } => {
  const [title, state] = [make("span", "title"), make("span", "state")];
  const summary = make("summary", "", title, state);
  const list = make("ul");
  const element = make("details", "", summary, list);
  let before = "";
  return {
    element,
    show(row) {
      const now = JSON.stringify(row);
      if (now === before) return;
      before = now;
      [title.textContent, state.textContent] = [row.title, row.state];
      state.className = `state ${row.tone ?? ""}`;
      list.replaceChildren(...row.lines.map(lineOf));
    },
  };
};

/** The modal dialog that is open, of a guide or of the host: nothing outside it can be clicked. */
const modal = (): Element | null => (document.querySelector("fv-root")?.shadowRoot ?? document).querySelector("dialog:modal") ?? document.querySelector("dialog:modal");

/** A panel on the page. */
export interface Panel {
  show(sections: Section[]): void;
  /** Puts it over what has come into the top layer since: a guide. */
  raise(): void;
  remove(): void;
}

/** Puts the panel on the page; `closed` is called when somebody closes it. */
export function panel(closed: () => void): Panel {
  // What is done in here is not done in the product.
  const root = make("fv-debugger" as "div");
  root.dataset.fvIgnore = "";
  const shadow = root.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(styles);
  shadow.adoptedStyleSheets = [sheet];

  let latest: Section[] = [];
  const status = make("p", "said");
  status.setAttribute("role", "status");
  const button = (label: string, click: () => void): HTMLButtonElement => {
    const made = make("button", "", label);
    made.type = "button";
    made.onclick = click;
    return made;
  };
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(asText(latest));
      status.textContent = "Copied.";
    } catch {
      status.textContent = "The page may not write to the clipboard.";
    }
  };
  const heading = make("h2", "", "Firstvalue");
  heading.id = "heading";
  const body = make("div", "body");
  const header = make("header", "", heading, status, button("Copy as text", () => void copy()), button("Close", closed));
  const frame = make("section", "panel", header, body);
  frame.setAttribute("aria-labelledby", "heading");
  shadow.append(frame);
  root.popover = "manual";
  const raise = (): void => {
    const place = modal() ?? document.body;
    if (root.parentNode === place) root.hidePopover?.();
    else place.append(root);
    root.showPopover?.();
  };
  raise();

  const sections = new Map<string, { rows: HTMLElement; empty: HTMLElement }>();
  const rows = new Map<string, ReturnType<typeof rowElement>>();
  const sectionOf = (title: string): { rows: HTMLElement; empty: HTMLElement } => {
    const known = sections.get(title);
    if (known) return known;
    const made = { rows: make("div"), empty: make("p") };
    sections.set(title, made);
    body.append(make("h3", "", title), made.empty, made.rows);
    return made;
  };
  return {
    show(now) {
      latest = now;
      // A dialog has closed, and taken it along.
      if (!root.isConnected || !root.matches(":popover-open")) raise();
      const there = new Set<string>();
      for (const { title, empty, rows: of } of now) {
        const section = sectionOf(title);
        section.empty.textContent = of.length ? "" : empty;
        section.empty.hidden = of.length > 0;
        of.forEach((row, place) => {
          const known = rows.get(row.id) ?? rowElement();
          rows.set(row.id, known);
          there.add(row.id);
          known.show(row);
          // Moving an element takes the focus from it.
          if (section.rows.children[place] !== known.element) section.rows.insertBefore(known.element, section.rows.children[place] ?? null);
        });
      }
      for (const [id, { element }] of rows) {
        if (there.has(id)) continue;
        element.remove();
        rows.delete(id);
      }
    },
    raise,
    remove: () => root.remove(),
  };
}
