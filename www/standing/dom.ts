// Elements, put together by calls.

/** An element with properties and children. */
export function make<K extends keyof HTMLElementTagNameMap>(
  name: K,
  fields: Partial<HTMLElementTagNameMap[K]> = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = Object.assign(document.createElement(name), fields);
  made.append(...children);
  return made;
}

const SVG = "http://www.w3.org/2000/svg";

/** A part of a drawing, with attributes. */
export function drawing(name: string, attributes: { [name: string]: string | number }): Element {
  const made = document.createElementNS(SVG, name);
  for (const key of Object.keys(attributes)) made.setAttribute(key, `${attributes[key]}`);
  return made;
}

/** A drawing of lines, which says nothing. */
export function icon(...paths: string[]): Element {
  const made = drawing("svg", { viewBox: "0 0 16 16", "aria-hidden": "true" });
  made.append(...paths.map((d) => drawing("path", { d })));
  return made;
}

/** A button that does something. */
export function button(className: string, press: () => void, ...children: (Node | string)[]): HTMLButtonElement {
  const made = make("button", { type: "button", className }, ...children);
  made.addEventListener("click", press);
  return made;
}

export const ICONS = {
  close: ["M3.5 3.5l9 9m0-9l-9 9"],
  back: ["M9.5 3.5L5 8l4.5 4.5"],
  search: ["M7 11.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9zM10.5 10.5l3 3"],
  article: ["M4 2.5h5l3 3v8H4zM6.3 8.3h3.4M6.3 10.8h3.4"],
  tour: ["M5.5 3.6v8.8l7-4.4z"],
  link: ["M6.5 3.5h-3v9h9v-3M9.5 3h3.5v3.5M13 3L7.5 8.5"],
  call: ["M2.8 3.5h10.4v7.4H7l-3 2.3v-2.3H2.8z"],
  announcement: ["M2.8 6.6v2.8h2.4l5.3 2.9V3.7L5.2 6.6zM12.4 6.2a2.6 2.6 0 0 1 0 3.6M5.4 9.6l.7 3.1h1.5"],
  "value-report": ["M3.2 13V9.2M8 13V3.4M12.8 13V6.6"],
  "resource-center": ["M5.9 6a2.2 2.2 0 1 1 3 2.1c-.6.3-.9.7-.9 1.4M8 12.1v.1", "M8 14.2A6.2 6.2 0 1 0 8 1.8a6.2 6.2 0 0 0 0 12.4z"],
};
