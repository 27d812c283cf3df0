// The gallery: every kind of guide in every state, in each variant that a user may meet.

import { specimens } from "./specimens";

const VARIANTS = { scheme: ["auto", "light", "dark"], dir: ["ltr", "rtl"], width: ["wide", "narrow"] };
const NAMES = { scheme: "Colours", dir: "Direction", width: "Width" };

const wanted = new URLSearchParams(location.search);
const frame = document.getElementById("frame") as HTMLIFrameElement;
const variant = document.getElementById("variant") as HTMLFormElement;
const list = document.getElementById("specimens") as HTMLElement;

const element = <K extends keyof HTMLElementTagNameMap>(
  name: K,
  fields: Partial<HTMLElementTagNameMap[K]>,
  ...children: Node[]
): HTMLElementTagNameMap[K] => {
  const made = Object.assign(document.createElement(name), fields);
  made.append(...children);
  return made;
};

for (const [name, choices] of Object.entries(VARIANTS)) {
  const options = choices.map((choice) => element("option", { textContent: choice, selected: wanted.get(name) === choice }));
  const label = document.createTextNode(NAMES[name as keyof typeof NAMES]);
  variant.append(element("label", {}, label, element("select", { name }, ...options)));
}

const kinds = new Set(specimens.map(({ kind }) => kind));
for (const kind of kinds) {
  const items = specimens.filter((specimen) => specimen.kind === kind);
  const links = items.map(({ id, title }) => element("li", {}, element("a", { href: `?show=${id}`, textContent: title })));
  list.append(element("h2", { textContent: kind }), element("ul", {}, ...links));
}

/** Shows what the address says. */
const show = (): void => {
  const chosen = new URLSearchParams(location.search);
  const id = chosen.get("show") ?? specimens[0]?.id ?? "";
  const choices = new FormData(variant);
  const page = new URLSearchParams({ show: id });
  for (const name of ["scheme", "dir"]) page.set(name, String(choices.get(name)));
  frame.dataset.width = String(choices.get("width"));
  frame.src = `page.html?${page}`;
  for (const link of list.querySelectorAll("a")) {
    link.toggleAttribute("aria-current", link.search === `?show=${id}`);
  }
};

const go = (id: string): void => {
  const next = new URLSearchParams({ show: id });
  for (const [name, value] of new FormData(variant)) next.set(name, String(value));
  history.pushState(null, "", `?${next}`);
  show();
};

list.addEventListener("click", (event) => {
  const link = (event.target as Element).closest("a");
  if (!link || event.metaKey || event.ctrlKey) return;
  event.preventDefault();
  go(new URLSearchParams(link.search).get("show") ?? "");
});
variant.addEventListener("change", () => go(new URLSearchParams(location.search).get("show") ?? specimens[0]?.id ?? ""));
addEventListener("popstate", show);
show();
