/** Listeners, and what else is to be ended with them. */
export interface Listening {
  /**
   * Listens before anybody in the page can stop the event; none is ever prevented. With a boolean, since the
   * page may have put something on `Object.prototype` that is an option.
   */
  listen(target: EventTarget, type: string, listener: (event: never) => void): void;
  /** Has this done at the end. */
  finally(end: () => void): void;
  /** Ends everything. */
  end(): void;
}

/** None yet. */
export function listening(): Listening {
  const ends: (() => void)[] = [];
  return {
    listen(target, type, listener) {
      target.addEventListener(type, listener as EventListener, true);
      ends.push(() => target.removeEventListener(type, listener as EventListener, true));
    },
    finally: (end) => void ends.push(end),
    end() {
      for (const end of ends.splice(0)) end();
    },
  };
}
