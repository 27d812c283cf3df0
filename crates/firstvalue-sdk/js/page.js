// What the core package needs of the page and the browser. Here rather than in Rust because a line
// of it takes a fifth of the bytes. It decides nothing, throws nothing, and calls the package only
// through the supervisor (`hear`), which survives whatever happens in there.

/** Milliseconds that IndexedDB may take to open; a blocked one never does. */
const STORE_PATIENCE = 2_000;
/** Milliseconds between a change of the page and a look at its elements. */
const ELEMENT_PAUSE = 100;
/** Milliseconds after a key in a field during which the user is taken to be typing. */
const TYPING = 3_000;
/** The longest that a timer can wait: 32 bits. Who is still there then asks again. */
const LONGEST = 0x7fffffff;

/** Records by key, and messages by id. */
const STATE = "state";
const OUTBOX = "outbox";

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
  const hear = supervisor.hear;
  const undo = [];
  let timer;
  let connection;
  let rules = [];
  let unwatch;
  let typedAt = -TYPING;
  let composing = false;

  const listen = (target, event, listener) => {
    // A boolean rather than an object, which would take what the page has put on Object.prototype
    // for options. Before anybody in the page can stop the event; none is ever prevented.
    target.addEventListener(event, listener, true);
    undo.push(() => target.removeEventListener(event, listener, true));
  };

  /** A transaction over both stores; `undefined` if there can be none. */
  const transaction = (mode) => attempt(() => connection.transaction([STATE, OUTBOX], mode));

  /** Reads everything that is kept. */
  const read = () => {
    const reading = transaction("readonly");
    if (!reading) return hear("opened", false);
    const ask = (name) => {
      const store = reading.objectStore(name);
      return [store.getAllKeys(), store.getAll()];
    };
    const [[keys, records], [ids, messages]] = [ask(STATE), ask(OUTBOX)];
    reading.onabort = () => hear("opened", false);
    reading.oncomplete = () => {
      keys.result.forEach((key, place) => hear("kept", key, records.result[place]));
      ids.result.forEach((id, place) => supervisor.deliver(id, messages.result[place], false));
      hear("opened", true);
    };
  };

  const clicked = (event) => {
    const path = event.composedPath().filter((node) => node.matches);
    // Nothing is recorded inside our own element.
    if (path.some((element) => element.localName === "fv-root")) return;
    for (const { event: name, selector } of rules) {
      if (path.some((element) => attempt(() => element.matches(selector)))) supervisor.call("track", name);
    }
  };

  let writing;
  let forgetting;
  return {
    /** Reads what the device keeps; `opened` is heard once. */
    open(keep) {
      let waiting = true;
      const end = (usable) => {
        if (waiting) usable ? read() : hear("opened", false);
        waiting = false;
      };
      const request = keep && attempt(() => indexedDB.open("firstvalue", 1));
      // Later, as always: the package is still busy asking.
      if (!request) return void queueMicrotask(() => end(false));
      const limit = setTimeout(() => end(false), STORE_PATIENCE);
      undo.push(() => clearTimeout(limit));
      request.onupgradeneeded = () => {
        request.result.createObjectStore(STATE);
        request.result.createObjectStore(OUTBOX);
      };
      request.onerror = () => end(false);
      request.onsuccess = () => {
        if (!waiting) return request.result.close();
        connection = request.result;
        // Another tab with a newer version waits until everybody has let go.
        connection.onversionchange = () => connection.close();
        undo.push(() => connection.close());
        end(true);
      };
    },

    /** Begins to write, all or nothing; `written` is heard. `false` if nothing can be kept. */
    begin() {
      writing = transaction("readwrite");
      if (!writing) return false;
      writing.oncomplete = () => hear("written", true);
      writing.onabort = () => hear("written", false);
      return true;
    },
    message(id, json) {
      attempt(() => writing.objectStore(OUTBOX).put(json, id));
    },
    record(key, bytes) {
      attempt(() => {
        const store = writing.objectStore(STATE);
        bytes ? store.put(bytes, key) : store.delete(key);
      });
    },

    /** Forgets a message. Those of one moment go together. */
    forget(id) {
      if (!forgetting) {
        forgetting = transaction("readwrite");
        queueMicrotask(() => (forgetting = undefined));
      }
      forgetting?.objectStore(OUTBOX).delete(id);
    },

    /** Has time go on after so many milliseconds, and not when it was to before; never if negative. */
    alarm(delay) {
      clearTimeout(timer);
      // By way of the queue, so that it does not overtake what waits in there.
      if (delay >= 0) timer = setTimeout(supervisor.call, Math.min(delay, LONGEST), "tick");
    },

    /** Which clicks are recorded; JSON, an array of `event` and `selector`. */
    capture(json) {
      rules = JSON.parse(json);
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
        const now = JSON.stringify(selectors.filter(visible));
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
        supervisor.call(kind, undefined, JSON.stringify({ path }));
      };
      moved();
      // Sees every kind of change, also by routers that took hold of `pushState` before anybody.
      if (window.navigation) listen(navigation, "currententrychange", moved);
      else ["popstate", "hashchange"].forEach((event) => listen(window, event, moved));
      listen(document, "click", clicked);
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
        !!(dialog && !(target && find(dialog, target))) ||
        JSON.parse(neverOver).some((selector) => find(document, selector))
      );
    },

    /** The language of the page, else of the browser. */
    locale: () => document.documentElement.lang || navigator.language || "",

    /**
     * Minutes by which the user's clock is ahead of UTC; not by `Intl`, whose first use takes tens of
     * milliseconds.
     */
    utcOffset: (at) => -new Date(at).getTimezoneOffset(),

    /** Ends everything. What was begun to be written is still written. */
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
