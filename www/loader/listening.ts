/** Milliseconds between a change of the page and a look at it. */
const PAUSE = 100;

/** Listeners, and what else is to be ended with them. */
export interface Listening {
  /**
   * Listens before anybody in the page can stop the event; none is ever prevented. With a boolean, since the
   * page may have put something on `Object.prototype` that is an option.
   */
  listen(target: EventTarget, type: string, listener: (event: never) => void): void;
  /**
   * Has `look` called soon after the document has changed in such a way: not in the middle of what the host is
   * doing, and not for each thing that it does. What is returned asks for that as well. `where` is another document
   * than the page's.
   */
  changes(of: MutationObserverInit, look: () => void, where?: Document): () => void;
  /** Has this done at the end. */
  finally(end: () => void): void;
  /** Ends everything. */
  end(): void;
}

/** None yet. */
export const listening = (): Listening => {
  const ends: (() => void)[] = [];
  return {
    changes(of, look, where = document) {
      let waiting: ReturnType<typeof setTimeout> | undefined;
      const soon = (): void => {
        waiting ??= setTimeout(() => {
          waiting = undefined;
          look();
        }, PAUSE);
      };
      const observer = new MutationObserver(soon);
      observer.observe(where, { subtree: true, childList: true, ...of });
      ends.push(() => {
        clearTimeout(waiting);
        observer.disconnect();
      });
      return soon;
    },
    listen(target, type, listener) {
      target.addEventListener(type, listener as EventListener, true);
      ends.push(() => target.removeEventListener(type, listener as EventListener, true));
    },
    finally: (end) => void ends.push(end),
    end() {
      for (const end of ends.splice(0)) end();
    },
  };
};
