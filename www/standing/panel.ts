// The panel of a guide: beside the page where there is room, over it where there is not.

import { hides, isRightToLeft, lastControl, letScroll } from "../../crates/firstvalue-ui/js/page.js";
import { listening } from "../loader/listening";
import { button, ICONS, icon, make } from "./dom";
import type { Guide } from "./guide";
import { dress, raise, type Root, settle } from "./root";
import type { Words } from "./words";

/** Below this width a panel takes the whole of it, and nothing else can be used. */
const NARROW = "(max-width: 480px)";

/** A panel that is open. */
export interface Panel {
  body: HTMLElement;
  /** Gives the focus to what is to be used first. */
  begin(): void;
  remove(): void;
}

/**
 * Opens a panel in our element. `isAside` says that it is opened from elsewhere than from a button in a corner;
 * `after` gives the element that comes after its last control; `close` is called when it is to be closed, and
 * told whether the focus is to go back.
 */
export function panel(
  root: Root,
  guide: Guide,
  { name, words, isAside, after, close }: { name: string; words: Words; isAside: boolean; after(): HTMLElement | undefined; close(back: boolean): void },
): Panel {
  const title = make("h2", { className: "title", id: "title" }, name);
  const away = button("close", () => close(true), icon(...ICONS.close));
  away.ariaLabel = words.close;
  const body = make("div", { className: "body" });
  // Else Firefox stops at it on the way through its controls.
  const dialog = make("dialog", { className: "panel card", tabIndex: -1 }, make("div", { className: "head" }, title, away), body);
  dialog.dataset.kind = guide.kind;
  dialog.dataset.corner = guide.panel.placement ?? "end";
  dialog.toggleAttribute("data-aside", isAside);
  dialog.setAttribute("aria-labelledby", "title");
  dress(dialog, guide, isRightToLeft());
  root.page.append(dialog);
  settle(root, true);
  raise(root);

  const narrow = matchMedia(NARROW);
  const show = (): void => {
    const at = root.element.shadowRoot!.activeElement as HTMLElement | null;
    dialog.close();
    if (narrow.matches) dialog.showModal();
    else dialog.show();
    if (dialog.contains(at)) at?.focus({ preventScroll: true });
  };
  show();
  const { listen, changes, end } = listening();
  listen(narrow, "change", show);
  // Of a modal one the browser tells this by itself.
  listen(dialog, "cancel", ((event: Event) => {
    event.preventDefault();
    close(true);
  }) as never);
  listen(root.element.shadowRoot!, "keydown", ((event: KeyboardEvent) => {
    if (event.isComposing) return;
    if (event.key === "Escape") {
      // A search is cleared first, as browsers do.
      const [field] = event.composedPath();
      if (field instanceof HTMLInputElement && field.value) return;
      event.preventDefault();
      close(true);
    } else if (event.key === "Tab" && !event.shiftKey && !narrow.matches) {
      const next = event.composedPath()[0] === lastControl(dialog) && after();
      if (!next) return;
      // Not to the end of the page, where our element happens to be.
      event.preventDefault();
      next.focus();
    }
  }) as never);
  const follow = (): void => {
    settle(root, true);
    const at = document.activeElement;
    // Where the user goes on in the page, it is not in the way.
    if (at && at !== root.element && at !== document.body && !narrow.matches && hides(dialog, at)) close(false);
  };
  listen(window, "focusin", follow);
  changes({ attributes: true, attributeFilter: ["open"] }, () => settle(root, true));
  return {
    body,
    begin() {
      letScroll(dialog);
      const first = dialog.querySelector<HTMLElement>("input") ?? title;
      if (first === title) title.tabIndex = -1;
      first.focus({ preventScroll: true });
    },
    remove() {
      end();
      dialog.close();
      dialog.remove();
      settle(root, false);
    },
  };
}
