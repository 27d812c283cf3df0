// Finds targets for guides: what lies under the pointer, or has the focus, and how a playbook may name it.

import styles from "./inspect.css";
import { type Target, targets, yaml } from "./targets";

const STABILITY = { stable: "made to be found", fair: "may change with the words", fragile: "breaks when the page is changed" };

const make = <K extends keyof HTMLElementTagNameMap>(name: K, className = "", ...children: (Node | string)[]): HTMLElementTagNameMap[K] => {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...children);
  return made;
};

/** Shows the inspector. It stays until the page is left. */
export function inspect(): void {
  const root = document.createElement("fv-inspector");
  const shadow = root.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(styles);
  shadow.adoptedStyleSheets = [sheet];
  const hole = make("div", "hole");
  hole.hidden = true;
  const heading = make("h2", "", "Targets");
  heading.id = "heading";
  const hint = make("p", "", "Point at an element, or move the focus to it. A click keeps it; Escape lets it go.");
  const list = make("ol");
  const status = make("p");
  status.setAttribute("role", "status");
  const panel = make("section", "panel", heading, hint, list, status);
  panel.setAttribute("aria-labelledby", "heading");
  shadow.append(hole, panel);
  document.body.append(root);

  let current: Element | undefined;
  let kept = false;

  const copy = async (target: Target): Promise<void> => {
    const text = yaml(target);
    try {
      await navigator.clipboard.writeText(text);
      status.textContent = `Copied: ${text}`;
    } catch {
      status.textContent = `The page may not write to the clipboard: ${text}`;
    }
  };
  const row = (target: Target): HTMLLIElement => {
    const count = target.matches === 1 ? "1 match" : `${target.matches} matches`;
    const button = make("button", "", make("code", "", yaml(target)), make("small", "mark", target.stability));
    button.append(make("small", "note", `${count}, ${STABILITY[target.stability]}`));
    button.type = "button";
    button.dataset.stability = target.stability;
    button.onclick = () => void copy(target);
    return make("li", "", button);
  };
  const place = (): void => {
    const box = current?.isConnected ? current.getBoundingClientRect() : undefined;
    hole.hidden = !box;
    if (!box) return;
    Object.assign(hole.style, { transform: `translate(${box.x}px,${box.y}px)`, width: `${box.width}px`, height: `${box.height}px` });
    // It makes way for what is looked at.
    const { width, height } = panel.getBoundingClientRect();
    panel.classList.toggle("aside", box.right > innerWidth - width - 32 && box.bottom > innerHeight - height - 32 && box.left > width);
  };
  const look = (at: EventTarget | undefined): void => {
    if (kept || !(at instanceof Element)) return;
    // What a drawing is made of is nobody's target.
    const element = at.closest("svg") ?? at;
    if (element === root || element === current || element === document.body || element === document.documentElement) return;
    current = element;
    list.replaceChildren(...targets(element).map(row));
    status.textContent = "";
    place();
  };
  addEventListener("pointermove", (event) => look(event.composedPath()[0]), true);
  addEventListener("focusin", (event) => look(event.composedPath()[0]), true);
  for (const event of ["scroll", "resize"]) addEventListener(event, place, true);
  // The page is only looked at: a click means its target and nothing else.
  for (const name of ["pointerdown", "mousedown", "pointerup", "mouseup", "click"]) {
    addEventListener(
      name,
      (event) => {
        if (event.composedPath().includes(root)) return;
        event.preventDefault();
        event.stopImmediatePropagation();
        if (name !== "click") return;
        kept = false;
        look(event.composedPath()[0]);
        kept = true;
      },
      true,
    );
  }
  addEventListener(
    "keydown",
    (event) => {
      if (event.key !== "Escape") return;
      kept = false;
      current = undefined;
      list.replaceChildren();
      place();
    },
    true,
  );
}
