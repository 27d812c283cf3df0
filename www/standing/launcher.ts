// What opens a panel: a button of our own in a corner or in a slot of the page, or an element of the host's
// with a badge beside it.

import { beside, isRightToLeft, isVisible, look, suits, type Way } from "../../crates/firstvalue-ui/js/page.js";
import { button, ICONS, icon, make } from "./dom";
import type { Guide } from "./guide";
import { dress, type Root, within } from "./root";
import type { Words } from "./words";

/** The most that a badge counts. */
const MOST = 9;

/** Between what lies above each other in a corner. */
const GAP = 12;

/** What is to be seen of it. */
export interface Look {
  guide: Guide;
  /** Its title, for the reader. */
  name: string;
  unread: number;
  isOpen: boolean;
  words: Words;
}

/** What opens one panel. */
export interface Launcher {
  /** Shows how things stand. */
  draw(look: Look): void;
  /** The element that is pressed, if it is in the page. */
  element(): HTMLElement | undefined;
  remove(): void;
}

const count = (unread: number): string => (unread > MOST ? `${MOST}+` : String(unread));

/** A badge; what it counts is also said. */
const badge = (unread: number, words: Words): HTMLElement =>
  make(
    "span",
    { className: "badge" },
    make("span", { ariaHidden: "true" }, count(unread)),
    make("span", { className: "unseen" }, ` ${words.unread(unread)}`),
  );

/** A button of our own, which `place` puts where it belongs. */
function own(press: () => void, place: (made: HTMLButtonElement, look: Look) => void, remove: () => void): Launcher {
  const made = button("launcher", press);
  made.setAttribute("aria-haspopup", "dialog");
  let drawn = "";
  return {
    draw(look) {
      const { guide, name, unread, isOpen, words } = look;
      place(made, look);
      made.ariaExpanded = String(isOpen);
      const now = JSON.stringify([name, unread, words.close]);
      if (now === drawn) return;
      drawn = now;
      const label = make("span", { className: "label" }, name);
      made.replaceChildren(icon(...ICONS[guide.kind]), label, ...(unread ? [badge(unread, words)] : []));
    },
    element: () => (made.isConnected ? made : undefined),
    remove() {
      made.remove();
      remove();
    },
  };
}

/** How much of a corner a checklist of ours takes that is folded up there. */
function occupied(row: HTMLElement): number {
  const { left, right } = row.getBoundingClientRect();
  const folded = [...document.querySelectorAll("fv-root")].map((root) => root.shadowRoot?.querySelector(".corner[data-folded][data-edge=bottom]"));
  const boxes = folded.flatMap((one) => one?.getBoundingClientRect() ?? []);
  return Math.max(0, ...boxes.filter((box) => box.left < right && box.right > left).map((box) => box.height + GAP));
}

/** A button in a corner of the page. */
export function inCorner(root: () => Root, press: () => void): Launcher {
  const place = (made: HTMLButtonElement, { guide }: Look): void => {
    const { page } = root();
    const corner = guide.panel.placement ?? "end";
    let row = page.querySelector<HTMLElement>(`.launchers[data-corner=${corner}]`);
    if (!row) {
      row = make("div", { className: "launchers" });
      row.dataset.corner = corner;
      page.prepend(row);
    }
    row.dir = isRightToLeft() ? "rtl" : "ltr";
    row.style.translate = `0 ${-occupied(row)}px`;
    dress(made, guide, isRightToLeft());
    if (made.parentElement !== row) row.append(made);
  };
  return own(press, place, () => {});
}

/** An element of ours beside one of the page, or in it, which is put back when the host renders anew. */
function rooted(find: () => Element | undefined, position: InsertPosition) {
  let root: Root | undefined;
  return {
    /** Sees to it that it is in its place; the root and the element that it belongs to. */
    place(): [Root, HTMLElement] | undefined {
      const target = find();
      if (!target) {
        root?.element.remove();
        return undefined;
      }
      const neighbour = position === "beforeend" ? target.lastElementChild : target.nextElementSibling;
      if (!root || neighbour !== root.element) {
        root?.element.remove();
        root = within(beside(target, position));
      }
      return [root, target as HTMLElement];
    },
    remove: () => root?.element.remove(),
  };
}

/** A button in a slot of the page. */
export function inSlot(name: string, press: () => void): Launcher {
  const slot = rooted(() => look({ css: `[data-fv-slot=${JSON.stringify(name)}]` }, true).visible, "beforeend");
  const place = (made: HTMLButtonElement, { guide }: Look): void => {
    const found = slot.place();
    if (!found) return made.remove();
    const [{ page }, target] = found;
    made.classList.add("inline");
    dress(page, guide, isRightToLeft(target));
    if (made.parentElement !== page) page.append(made);
  };
  return own(press, place, slot.remove);
}

/** An element of the host's. Nothing is written on it: its badge is an element of ours after it. */
export function ofHost(target: Way): Launcher {
  const find = (): Element | undefined => look(target, true).visible;
  const mark = rooted(find, "afterend");
  let drawn = 0;
  return {
    draw({ guide, unread, words }) {
      if (!unread) {
        mark.remove();
        drawn = 0;
        return;
      }
      const found = mark.place();
      if (!found) return;
      const [{ element, page }, target] = found;
      const isRtl = isRightToLeft(target);
      element.setAttribute("data-badge", "");
      dress(page, guide, isRtl);
      if (drawn !== unread || !page.firstChild) page.replaceChildren(badge(unread, words));
      drawn = unread;
      // It is out of the flow, and scrolls with what is around it; where it would be is measured.
      const [at, to] = [element, target].map((one) => one.getBoundingClientRect()) as [DOMRect, DOMRect];
      page.style.transform = `translate(${(isRtl ? to.left : to.right) - at.left}px,${to.top - at.top}px)`;
    },
    element: () => find() as HTMLElement | undefined,
    remove: mark.remove,
  };
}

/** Whether an event happened on an element of the host's that opens a panel. */
export function isOn(event: Event, target: Way): boolean {
  const ways = target.ways ?? [target];
  const is = (one: EventTarget, way: Way): boolean => {
    try {
      return one instanceof Element && one.matches(way.css) && isVisible(one) && suits(one, way);
    } catch {
      return false;
    }
  };
  const path = event.composedPath();
  // What has only a text is the innermost element that says it.
  const isIn = (way: Way): boolean => way.css === "*" && path.includes(look(way, true).visible!);
  return ways.some((way) => isIn(way) || (way.css !== "*" && path.some((one) => is(one, way))));
}
