// What the device keeps: messages that no reply has named yet, and what is known of the user, in one
// transaction, so that a message counts here exactly if it is kept.

import { attempt } from "./attempt";

const DATABASE = "firstvalue";
/** Records by key, and messages by id. */
const STATE = "state";
const OUTBOX = "outbox";
/** How many pages have opened the store. */
const PAGES = "pages";

/** Milliseconds that IndexedDB may take to be opened and read; a blocked one never is. */
const PATIENCE = 5_000;

/** A key, and what is to stand there; nothing if it is to be removed. */
export type Record = [key: string, value: Uint8Array | string | undefined];

/** What earlier pages have kept. */
export interface Kept {
  records: Map<string, Uint8Array | string>;
  /** By id, oldest first: ids sort by time. */
  messages: Map<string, string>;
  /** How many pages of this device there were, with this one; 0 if that cannot be counted. */
  nth?: number;
}

/** A store that is open. */
export interface Store {
  /** Reads everything; nothing if it cannot be read. */
  read(): Promise<Kept | undefined>;
  /** Writes all or nothing. `false` if nothing can be written; else `ended` is called once. */
  write(messages: Iterable<[id: string, json: string]>, records: Record[], ended: (well: boolean) => void): boolean;
  /** Which of these messages are still kept; all of them where that cannot be known. */
  among(ids: string[]): Promise<string[]>;
  /** Forgets messages; without ids, all that any page has. */
  forget(ids?: string[]): void;
  /** Lets go of the database. What was begun to be written is still written. */
  close(): void;
}

/** What comes of this, if it does so before our patience ends. */
const patiently = <T>(work: Promise<T>): Promise<T | undefined> => {
  let limit: ReturnType<typeof setTimeout>;
  const late = new Promise<undefined>((resolve) => (limit = setTimeout(resolve, PATIENCE)));
  return Promise.race([work, late]).finally(() => clearTimeout(limit));
};

/** Opens the store, and reads it. Nothing where none can be had, or not in time. */
export async function openStore(): Promise<[Store, Kept] | undefined> {
  const opening = open();
  const opened = await patiently(opening);
  if (!opened) opening.then((late) => late?.[0].close(), () => {});
  return opened;
}

const open = async (): Promise<[Store, Kept] | undefined> => {
  const connection = await connect();
  if (!connection) return undefined;
  const counted = count(connection);
  const kept = await read(connection);
  return kept && [store(connection), { ...kept, nth: await counted }];
};

/**
 * Gives up what was begun and could not yet be handed over whole. A page that is stopped as it is left would keep
 * every other one from reading until it is gone for good.
 */
export const leaveStore = (): void => void attempt(() => reading?.abort());

/** Forgets everything. Whoever has it open lets go. */
export const eraseStore = (): void => void attempt(() => indexedDB.deleteDatabase(DATABASE));

/** A transaction over everything; nothing if there can be none. */
const transaction = (connection: IDBDatabase, mode: IDBTransactionMode): IDBTransaction | undefined =>
  attempt(() => connection.transaction([STATE, OUTBOX], mode));

/** The last one that could not be handed over whole, since what it writes depends on what it reads. */
let reading: IDBTransaction | undefined;

const connect = (): Promise<IDBDatabase | undefined> =>
  new Promise((resolve) => {
    const request = attempt(() => indexedDB.open(DATABASE, 1));
    if (!request) return resolve(undefined);
    request.onupgradeneeded = () => {
      request.result.createObjectStore(STATE);
      request.result.createObjectStore(OUTBOX);
    };
    request.onerror = () => resolve(undefined);
    request.onsuccess = () => {
      const connection = request.result;
      // Another tab with a newer version waits until everybody has let go.
      connection.onversionchange = () => connection.close();
      resolve(connection);
    };
  });

/** Counts this page; no other one gets the same number. */
const count = (connection: IDBDatabase): Promise<number> =>
  new Promise((resolve) => {
    const counting = (reading = transaction(connection, "readwrite"));
    const state = counting?.objectStore(STATE);
    const before = state?.get(PAGES);
    if (!counting || !before) return resolve(0);
    let page = 0;
    before.onsuccess = () =>
      attempt(() => {
        const next = (before.result ?? 0) + 1;
        state!.put(next, PAGES);
        page = next;
        counting.commit();
      });
    counting.onabort = () => resolve(0);
    counting.oncomplete = () => resolve(page);
  });

const read = (connection: IDBDatabase): Promise<Kept | undefined> =>
  new Promise((resolve) => {
    const asking = transaction(connection, "readonly");
    if (!asking) return resolve(undefined);
    const ask = <T>(name: string): (() => Map<string, T>) => {
      const store = asking.objectStore(name);
      const [keys, values] = [store.getAllKeys(), store.getAll()];
      return () => new Map(keys.result.map((key, place) => [key as string, values.result[place]]));
    };
    const [records, messages] = [ask<Uint8Array | string>(STATE), ask<string>(OUTBOX)];
    asking.onabort = () => resolve(undefined);
    asking.oncomplete = () => resolve({ records: records(), messages: messages() });
    asking.commit();
  });

/** From the first of these ids to the last. */
const span = (ids: string[]): IDBKeyRange => {
  const sorted = [...ids].sort();
  return IDBKeyRange.bound(sorted[0], sorted.at(-1));
};

const store = (connection: IDBDatabase, texts: { [key: string]: unknown } = {}): Store => ({
  read: () => read(connection),
  write(messages, all, ended) {
    const writing = transaction(connection, "readwrite");
    if (!writing) return false;
    // Each request costs the page more than all that is decided about an event.
    const records = all.filter(([key, value]) => typeof value !== "string" || value !== texts[key]);
    writing.oncomplete = () => {
      for (const [key, value] of records) if (typeof value === "string") texts[key] = value;
      ended(true);
    };
    writing.onabort = () => ended(false);
    const put = attempt(() => {
      const outbox = writing.objectStore(OUTBOX);
      for (const [id, json] of messages) outbox.put(json, id);
      const state = writing.objectStore(STATE);
      for (const [key, value] of records) value === undefined ? state.delete(key) : state.put(value, key);
      // Else it ends only once the page has heard that all is written, which one that is stopped does not.
      writing.commit();
      return true;
    });
    // Without this it would end well, with a part of it or nothing.
    if (!put) attempt(() => writing.abort());
    return true;
  },
  among: async (ids) =>
    (await patiently(
      new Promise<string[]>((resolve) => {
        const asking = transaction(connection, "readonly");
        const keys = attempt(() => asking?.objectStore(OUTBOX).getAllKeys(span(ids)));
        if (!asking || !keys) return resolve(ids);
        asking.onabort = () => resolve(ids);
        asking.oncomplete = () => {
          const kept = new Set<unknown>(keys.result);
          resolve(ids.filter((id) => kept.has(id)));
        };
        asking.commit();
      }),
    )) ?? ids,
  forget(ids) {
    const forgetting = transaction(connection, "readwrite");
    const outbox = forgetting?.objectStore(OUTBOX);
    attempt(() => {
      if (!ids) {
        outbox!.clear();
        return forgetting!.commit();
      }
      reading = forgetting;
      const gone = new Set<unknown>(ids);
      const there = outbox!.getAllKeys(span(ids));
      // All that follow each other at once; other pages may have messages between.
      there.onsuccess = () =>
        attempt(() => {
          let first: IDBValidKey | undefined;
          there.result.forEach((key, place, keys) => {
            if (!gone.has(key)) return;
            first ??= key;
            if (gone.has(keys[place + 1])) return;
            outbox!.delete(IDBKeyRange.bound(first, key));
            first = undefined;
          });
          forgetting!.commit();
        });
    });
  },
  close: () => connection.close(),
});
