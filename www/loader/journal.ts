// The tail journal: what was not yet safe when the page was left.
//
// IndexedDB loses what is written while a page is torn down, localStorage does not; localStorage
// loses what was written just before the browser is killed, IndexedDB does not. So events live in
// IndexedDB, and only the last of them, at the last moment, come here.

import { uuid } from "./entry";

const PREFIX = "firstvalue.tail.";
const IDENTITY = "firstvalue.id";

/** The most characters of one journal: the storage is shared with the host, which needs it too. */
const LIMIT = 32_768;

/** Who the user is, and since when that is known; whichever store knows later is right. */
export interface Identity {
  anonymousId: string;
  userId?: string;
  changedAt: number;
}

/** Storage that says nothing when the browser forbids it. */
const attempt = <T>(use: (storage: Storage) => T): T | undefined => {
  try {
    return use(localStorage);
  } catch {
    return undefined;
  }
};

const key = PREFIX + uuid(Date.now());

/** Writes this tab's journal: messages, as many of the first as it has room for. */
export function write(messages: string): void {
  attempt((storage) => {
    let text = messages;
    for (let all = JSON.parse(text); text.length > LIMIT; text = JSON.stringify(all)) all = all.slice(0, all.length >> 1);
    if (text.length > 2) storage.setItem(key, text);
    else storage.removeItem(key);
  });
}

/** The journals that earlier pages left, and how to remove them once their messages are safe. */
export function recover(): { messages: { messageId: string }[]; remove(): void } {
  const messages: { messageId: string }[] = [];
  const keys: string[] = [];
  attempt((storage) => {
    for (let i = 0; i < storage.length; i++) {
      const name = storage.key(i);
      if (name?.startsWith(PREFIX) && name !== key) keys.push(name);
    }
    for (const name of keys) {
      try {
        messages.push(...JSON.parse(storage.getItem(name)!));
      } catch {
        // Not ours, or cut off: of no use to anybody.
      }
    }
  });
  return { messages, remove: () => keys.forEach((name) => attempt((storage) => storage.removeItem(name))) };
}

/** Who the user is, as last written. */
export function identity(): Identity | undefined {
  return attempt((storage) => JSON.parse(storage.getItem(IDENTITY)!)) ?? undefined;
}

/** Keeps who the user is where the sender without WebAssembly finds it. */
export function remember(identity: string): void {
  attempt((storage) => storage.setItem(IDENTITY, identity));
}
