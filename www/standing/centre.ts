// What is in the panel of a resource centre: sections, a search over all of them, and articles.

import { button, ICONS, icon, make } from "./dom";
import { type Item, inLocale, type Section } from "./guide";
import { href } from "./link";
import { markdown } from "./markdown";
import { actions, carryOut, type Presses } from "./press";
import { fold, search } from "./search";
import type { Words } from "./words";

/** An item, and what it is searched by. */
interface Found {
  item: Item;
  texts: string[];
  /** What is read of it in results besides its title. */
  section: string;
}

/** Draws a resource centre; `opened` is told of an article by its number in all sections. */
export function centre(
  body: HTMLElement,
  sections: Section[],
  { locale, words, presses, opened }: { locale: string; words: Words; presses: Presses; opened(article: number, item: Item): void },
): void {
  const said = (text: Item["body"]): string => inLocale(text, locale);
  const all: Found[] = sections.flatMap(({ title, items }) =>
    items.map((item) => ({
      item,
      section: said(title),
      texts: [said(item.title), said(item.keywords), said(title), plain(said(item.body))].map((text) => fold(text, locale)),
    })),
  );
  const field = make("input", { type: "search", ariaLabel: words.search, placeholder: words.search, autocomplete: "off" });
  const status = make("p", { className: "unseen", role: "status" });
  const list = make("div", { className: "lists" });
  const head = make("div", { className: "search" }, icon(...ICONS.search), field);

  const row = (found: Found, withSection: boolean): HTMLElement => {
    const { item } = found;
    const external = item.do === "link" && href(item.with ?? "")?.leaves;
    const drawing = icon(...ICONS[item.body ? "article" : item.do === "start" ? "tour" : item.do === "link" ? "link" : "call"]);
    const name = make("span", { className: "name" }, said(item.title));
    if (withSection) name.append(make("span", { className: "within" }, found.section));
    if (external) name.append(make("span", { className: "unseen" }, ` (${words.leaves})`));
    const pressed = (): void => (item.body ? article(found, made) : carryOut(item, presses));
    const made = button("item", pressed, drawing, name);
    return make("li", {}, made);
  };
  const drawSections = (): void => {
    let place = 0;
    const drawn = sections.map(({ title, items }) => {
      const rows = items.map(() => row(all[place++]!, false));
      return make("section", {}, make("h3", {}, said(title)), make("ul", {}, ...rows));
    });
    list.replaceChildren(...drawn);
    status.textContent = "";
  };
  const drawResults = (): void => {
    const query = fold(field.value, locale);
    if (!query) return drawSections();
    const found = search(all, ({ texts }) => texts, query);
    const rows = found.map((one) => row(one, true));
    list.replaceChildren(found.length ? make("ul", {}, ...rows) : make("p", { className: "empty" }, words.nothing));
    status.textContent = found.length ? words.found(found.length) : words.nothing;
  };
  const overview = (): void => body.replaceChildren(head, status, list);

  const article = (found: Found, from: HTMLElement): void => {
    opened(all.indexOf(found), found.item);
    const scrolled = body.scrollTop;
    const back = button("back", () => {
      overview();
      body.scrollTop = scrolled;
      from.focus({ preventScroll: true });
    }, icon(...ICONS.back), words.back);
    const title = make("h3", { tabIndex: -1 }, said(found.item.title));
    const text = make("div", { className: "text" }, ...markdown(said(found.item.body)));
    body.replaceChildren(make("article", {}, back, title, text, ...actions(found.item.actions, locale, presses)));
    body.scrollTop = 0;
    title.focus({ preventScroll: true });
  };

  field.addEventListener("input", drawResults);
  // From the field the arrows go through what is listed, as in every list that a search fills.
  body.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
    const stops = [field, ...list.querySelectorAll<HTMLElement>(".item")];
    const at = stops.indexOf(event.target as HTMLElement);
    const next = at < 0 ? undefined : stops[at + step];
    if (!next) return;
    event.preventDefault();
    next.focus();
  });
  drawSections();
  overview();
}

/** What a text says, without its marks. */
const plain = (text: string): string => markdown(text).map((node) => node.textContent).join(" ");
