// What the core package needs of the page and the browser. Here rather than in Rust because a line
// of it takes a fifth of the bytes. It decides nothing, throws nothing, and calls the package only
// by way of the supervisor's queue, which survives whatever happens in there.

/** Milliseconds between a change of the page and a look at its elements. */
const ELEMENT_PAUSE = 100;
/** Milliseconds after a key in a field during which the user is taken to be typing. */
const TYPING = 3_000;
/** The longest that a timer can wait: 32 bits. Who is still there then asks again. */
const LONGEST = 0x7fffffff;

/** What `run` gives; nothing if it throws, which the page may have brought about. */
const attempt = (run) => {
  try {
    return run();
  } catch {
    return undefined;
  }
};

/** The page at work for one core package. */
export function page(supervisor) {
  const undo = [];
  let timer;
  let unwatch;
  let typedAt = -TYPING;
  let composing = false;

  const listen = (target, event, listener) => {
    // A boolean rather than an object, which would take what the page has put on Object.prototype
    // for options. Before anybody in the page can stop the event; none is ever prevented.
    target.addEventListener(event, listener, true);
    undo.push(() => target.removeEventListener(event, listener, true));
  };

  return {
    /** Has time go on after so many milliseconds, and not when it was to before; never if negative. */
    alarm(delay) {
      clearTimeout(timer);
      // By way of the queue, so that it does not overtake what waits in there.
      if (delay >= 0) timer = setTimeout(supervisor.call, Math.min(delay, LONGEST), "tick");
    },

    /**
     * Tells which of these elements are visible, now and whenever that changes; JSON, an array of
     * selectors.
     */
    elements(json) {
      const selectors = JSON.parse(json);
      let known = "[]";
      let waiting;
      const visible = (selector) =>
        [...(attempt(() => document.querySelectorAll(selector)) ?? [])].some(
          (element) => element.getClientRects().length && getComputedStyle(element).visibility === "visible",
        );
      const look = () => {
        waiting = undefined;
        // Text by text: the page may have changed how arrays are written.
        const now = `[${selectors.filter(visible).map((selector) => JSON.stringify(selector)).join()}]`;
        if (now !== known) supervisor.call("elements", undefined, (known = now));
      };
      // Not in the middle of what the host is doing, and not for each thing that it does.
      const soon = () => (waiting ??= setTimeout(look, ELEMENT_PAUSE));
      unwatch?.();
      unwatch = undefined;
      if (!selectors.length) return;
      const observer = new MutationObserver(soon);
      observer.observe(document, { subtree: true, childList: true, attributes: true });
      // A style sheet that arrives, or a width at which another one holds.
      const happenings = ["load", "resize"];
      for (const name of happenings) window.addEventListener(name, soon, true);
      unwatch = () => {
        for (const name of happenings) window.removeEventListener(name, soon, true);
        clearTimeout(waiting);
        observer.disconnect();
      };
      soon();
    },

    /** Begins to listen. `path` is known; another one is told as a call of this kind. */
    watch(path, kind) {
      const moved = () => {
        if (location.pathname === path) return;
        path = location.pathname;
        supervisor.call(kind, undefined, `{"path":${JSON.stringify(path)}}`);
      };
      moved();
      // Sees every kind of change, also by routers that took hold of `pushState` before anybody.
      if (window.navigation) listen(navigation, "currententrychange", moved);
      else ["popstate", "hashchange"].forEach((event) => listen(window, event, moved));
      listen(document, "keydown", (event) => {
        const [field] = event.composedPath();
        if (attempt(() => field.matches(":read-write, select"))) typedAt = performance.now();
      });
      listen(document, "compositionstart", () => (composing = true));
      listen(document, "compositionend", () => (composing = false));
    },

    /**
     * Whether a guide that begins at `target` would interrupt: nobody looks, the page is not
     * complete, the user writes, a dialog of the host is open and the target is not in it, or one
     * of these selectors (JSON, an array) is on the page.
     */
    isBusy(target, neverOver) {
      const find = (root, selector) => attempt(() => root.querySelector(selector));
      const dialog = find(document, "dialog:modal");
      return (
        document.hidden ||
        document.readyState !== "complete" ||
        composing ||
        performance.now() - typedAt < TYPING ||
        supervisor.mustWait() ||
        !!(dialog && !(target && find(dialog, target))) ||
        JSON.parse(neverOver).some((selector) => find(document, selector))
      );
    },

    /** The language of the page, else of the browser. */
    locale: () => document.documentElement.lang || navigator.language || "",

    /** Ends everything. */
    close() {
      clearTimeout(timer);
      unwatch?.();
      for (const end of undo.splice(0)) end();
    },
  };
}

/** Whether a text matches a pattern; one that cannot be read matches nothing. */
export const matches = (pattern, text, ignoreCase) =>
  !!attempt(() => new RegExp(pattern, ignoreCase ? "iu" : "u").test(text));

/** Whether two texts are the same but for letter case. */
export const sameLetters = (one, other) => one.toLowerCase() === other.toLowerCase();
