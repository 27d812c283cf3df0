// Messages from being made until the collector has them, and what is known of the user beside them:
// in the store, and while a page is left in the journal.

import type { Message } from "./firstvalue";
import { problem } from "./handlers";
import * as journal from "./journal";
import { send, type Sender, to } from "./sender";
import { eraseStore, type Kept, leaveStore, openStore, type Record, type Store } from "./store";

/** The outbox of one page. */
export interface Outbox {
  /** Opens the store, and takes on the messages that earlier pages have left in it. */
  open(): Promise<Kept | undefined>;
  /** What is kept now. */
  read(): Promise<Kept | undefined>;
  /** Takes on what earlier pages have left in journals. */
  recover(): void;
  /** Takes a message over, as JSON; to be sent, or only to be kept until it has counted. */
  add(id: string, json: string, send?: boolean): void;
  /** Something is known of the user that is not kept yet. */
  change(): void;
  /** Messages that are not kept yet. */
  unwritten(): Message[];
  /** Messages that are not delivered yet. */
  waiting(): Message[];
  /** Has everything kept that is not. */
  write(): void;
  /** Sends now; resolves when the attempt has ended. */
  flush(): Promise<void>;
  /** Sends nothing until the function that is returned is called. */
  hold(): () => void;
  /** Brings to safety what is not, as far as a page that is being left can. */
  leave(): void;
  /** The page was not left after all. */
  returned(): void;
  /** The network is back. */
  online(): void;
  /** Ends its work; what it has stays. */
  close(): void;
  /** Gives up what this page was to send. */
  drop(): void;
  /** Gives up everything that is to be sent. */
  withdraw(): void;
  /** Ends its work, and forgets everything that any page has kept. */
  erase(): void;
}

const parsed = (messages: Iterable<string>): Message[] => Array.from(messages, (json) => JSON.parse(json) as Message);

/**
 * An outbox. It sends and writes to the device if it may. `save` gives what is known of the user, to be written beside
 * messages.
 */
export function outbox(save: () => Record[]): Outbox {
  /** Messages that are not kept yet, by id. */
  const unwritten = new Map<string, string>();
  let dirty = false;
  let writing = false;
  let store: Store | undefined;
  /** What earlier pages have left, until it is safe. */
  let left: journal.Left | undefined;
  /** What was in the store when it was read: it has counted. */
  let counted: Kept["messages"] | undefined;

  const unkept = (): void => problem("storage", "nothing can be kept");

  /** Forgets the journals, if all that is in them is kept elsewhere or sent. */
  const safe = (): void => {
    if (!to.keep || unwritten.size) return;
    left?.remove();
    left = undefined;
    journal.write([], []);
  };

  const sender: Sender = send({
    left(ids, reason) {
      for (const id of ids) unwritten.delete(id);
      store?.forget(ids);
      safe();
      if (reason) problem("rejected", reason);
    },
    async pending(ids) {
      // Only what is kept is known to other pages. It is asked now: it may be kept a moment later.
      const written = new Set(ids.filter((id) => !unwritten.has(id)));
      if (!store || !written.size) return ids;
      const kept = new Set(await store.among([...written]));
      return ids.filter((id) => !written.has(id) || kept.has(id));
    },
  });

  const self: Outbox = {
    async open() {
      const opened = to.keep ? await openStore() : undefined;
      if (opened) {
        store?.close();
        store = opened[0];
        const messages = (counted = opened[1].messages);
        if (to.send) for (const [id, json] of messages) sender.add(id, json, true);
        // What was to be sent when that was allowed.
        else store.forget([...messages.keys()]);
      } else if (to.keep) unkept();
      return opened?.[1];
    },
    read: async () => store?.read(),
    recover() {
      if (!to.keep || left) return;
      left = journal.recover();
      for (const [json, message, send] of left.messages) if (!counted?.has(message.messageId) && !sender.holds(message.messageId)) self.add(message.messageId, json, send);
      safe();
    },
    add(id, json, send = true) {
      if (send && to.send) sender.add(id, json);
      if (to.keep) unwritten.set(id, json);
      dirty = true;
    },
    change() {
      dirty = true;
    },
    unwritten: () => parsed(unwritten.values()),
    waiting: () => parsed(sender.waiting()),
    write() {
      if (!store || writing || !dirty) return;
      const batch = [...unwritten];
      const messages = batch.filter(([id]) => sender.holds(id));
      writing = store.write(messages, save(), (well) => {
        writing = false;
        // Tried again with the next call.
        if (!well) {
          dirty = true;
          return unkept();
        }
        for (const [id] of batch) unwritten.delete(id);
        safe();
        self.write();
      });
      dirty = !writing;
      if (writing) return;
      store = undefined;
      unkept();
    },
    flush: sender.flush,
    hold: sender.hold,
    leave() {
      const those = (sent: boolean): string[] => [...unwritten].filter(([id]) => sender.holds(id) === sent).map(([, json]) => json);
      if (to.keep) journal.write(those(true), those(false));
      leaveStore();
      sender.beacon();
    },
    returned() {
      // There they have counted, or will.
      if (journal.taken()) unwritten.clear();
      sender.returned();
    },
    online: sender.online,
    close() {
      sender.stop();
      store?.close();
      store = undefined;
    },
    drop: sender.drop,
    withdraw() {
      sender.drop();
      store?.forget();
    },
    erase() {
      sender.drop();
      self.close();
      unwritten.clear();
      journal.erase();
      eraseStore();
    },
  };
  return self;
}
