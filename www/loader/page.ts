// What the core package needs of the page. It decides nothing, throws nothing, and calls the package only
// by way of the supervisor's queue, which survives whatever happens in there.

import { attempt } from "./attempt";
import { listening } from "./listening";

/** Milliseconds after a key in a field during which the user is taken to be typing. */
const TYPING = 3_000;
/** The longest that a timer can wait: 32 bits. Who is still there then asks again. */
const LONGEST = 0x7fffffff;

/** The page at work for one core package. */
export interface Page {
  /** Has time go on after so many milliseconds, and not when it was to before; never if negative. */
  alarm(delay: number): void;
  /** Tells which elements are visible, of those that match these selectors, now and whenever that changes. */
  elements(selectors: string[]): void;
  /**
   * Whether a guide that begins at `target` would interrupt: nobody looks, the page is not complete, the
   * user writes, drags something or has sent a form, something is shown in full screen, a dialog of the host is
   * open and the target is not in it, or one of these selectors (JSON, an array) is on the page.
   */
  isBusy(target: string | undefined, neverOver: string): boolean;
  /** Ends everything. */
  close(): void;
}

/**
 * A page, which is listened to from now on. `call` puts a call into the queue; `path` is known, and another one
 * is told as a call of this kind; `mustWait` knows of other reasons why no guide may begin.
 */
export function page(path: string, kind: string, call: (kind: string, name?: string, body?: string) => void, mustWait: () => boolean): Page {
  const { listen, end, finally: atEnd } = listening();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const watching = listening();
  let typedAt = -TYPING;
  /** Puts a text together, or drags something. */
  let busy = false;

  const moved = (): void => {
    if (location.pathname === path) return;
    path = location.pathname;
    call(kind, undefined, `{"path":${JSON.stringify(path)}}`);
  };
  moved();
  // Sees every kind of change, also by routers that took hold of `pushState` before anybody.
  if ("navigation" in window) listen(window.navigation as EventTarget, "currententrychange", moved);
  else {
    ["popstate", "hashchange"].forEach((event) => listen(window, event, moved));
    // Most Safaris tell nobody of `pushState`. Nothing of the page is wrapped: whoever shows another page changes this.
    const observer = new MutationObserver(moved);
    observer.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
    atEnd(() => observer.disconnect());
  }
  listen(document, "keydown", (event: Event) => {
    const [field] = event.composedPath();
    if (attempt(() => (field as Element).matches(":read-write, select"))) typedAt = performance.now();
  });
  for (const event of ["compositionstart", "dragstart"]) listen(document, event, () => (busy = true));
  // Of a drag whose element is gone by its end, as on many boards, only the drop is told, or the next press.
  for (const event of ["compositionend", "dragend", "drop", "pointerdown"]) listen(document, event, () => (busy = false));
  // Something comes of it, often on this page.
  listen(document, "submit", () => (typedAt = performance.now()));

  return {
    alarm(delay) {
      clearTimeout(timer);
      // By way of the queue, so that it does not overtake what waits in there.
      if (delay >= 0) timer = setTimeout(call, Math.min(delay, LONGEST), "tick");
    },

    elements(selectors) {
      let known = "[]";
      const visible = (selector: string): boolean =>
        [...(attempt(() => document.querySelectorAll(selector)) ?? [])].some(
          (element) => element.getClientRects().length && getComputedStyle(element).visibility === "visible",
        );
      const look = (): void => {
        // Text by text: the page may have changed how arrays are written.
        const now = `[${selectors.filter(visible).map((selector) => JSON.stringify(selector)).join()}]`;
        if (now !== known) call("elements", undefined, (known = now));
      };
      watching.end();
      if (!selectors.length) return;
      const soon = watching.changes({ attributes: true }, look);
      // A style sheet that arrives, or a width at which another one holds.
      for (const name of ["load", "resize"]) watching.listen(window, name, soon);
      soon();
    },

    isBusy(target, neverOver) {
      const find = (root: ParentNode, selector: string): Element | null | undefined => attempt(() => root.querySelector(selector));
      const dialog = find(document, "dialog:modal");
      return (
        document.hidden ||
        document.readyState !== "complete" ||
        busy ||
        !!document.fullscreenElement ||
        performance.now() - typedAt < TYPING ||
        mustWait() ||
        !!(dialog && !(target && find(dialog, target))) ||
        (JSON.parse(neverOver) as string[]).some((selector) => find(document, selector))
      );
    },

    close() {
      clearTimeout(timer);
      watching.end();
      end();
    },
  };
}
