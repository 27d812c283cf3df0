// What is written at once, because the page may be gone a moment later: who the user is, which guide
// runs in this tab, and the tail journal, which holds what was not yet kept when the page was left.
//
// IndexedDB loses what is written while a page is torn down, localStorage does not; localStorage
// loses what was written just before the browser is killed, IndexedDB does not. So events live in
// IndexedDB, and only the last of them, at the last moment, come here.

import { attempt } from "./attempt";
import { text, uuid } from "./entry";
import type { Message } from "./firstvalue";
import type { Identity } from "./message";
import { to } from "./sender";

const OURS = "firstvalue.";
/** Of messages that are to be sent, and of those that only count here. */
const TAIL = `${OURS}tail.`;
const LOCAL = `${OURS}local.`;
const IDENTITY = `${OURS}id`;
const RUNNING = `${OURS}running`;
const ASKED = `${OURS}asked`;
const OFF = `${OURS}off`;
const SILENT = `${OURS}silent`;

/** The most characters of one journal: the storage is shared with the host, which needs it too. */
const LIMIT = 32_768;

const put = (storage: () => Storage, key: string, text: string): void =>
  attempt(() => (text ? storage().setItem(key, text) : storage().removeItem(key)));

/** Until the host has said that nothing may be kept, it may. */
const may = (): boolean => to.keep !== false;

const get = (storage: () => Storage, key: string): string => (may() && attempt(() => storage().getItem(key))) || "";

const set: typeof put = (...what) => void (may() && put(...what));

const device = (): Storage => localStorage;
const tab = (): Storage => sessionStorage;

let page = uuid(Date.now());
let before: { [prefix: string]: string } = { [TAIL]: "", [LOCAL]: "" };

/** What follows is as of another page. */
export const turn = (): void => {
  page = uuid(Date.now());
  before = { [TAIL]: "", [LOCAL]: "" };
};

/** Writes this page's journals: messages that are to be sent, and those that only count here. */
export const write = (sent: string[], local: string[]): void => {
  for (const [prefix, messages] of [[TAIL, sent], [LOCAL, local]] as const) {
    let text = "";
    // As many of the first as there is room for.
    for (const message of messages) {
      if (text.length + message.length > LIMIT) break;
      // No message has a line end in it.
      text += (text && "\n") + message;
    }
    if (text === before[prefix]) continue;
    put(device, prefix + page, text);
    // There may be no room.
    before[prefix] = get(device, prefix + page);
  }
};

/** Whether another page has taken on what stood in this page's. */
export const taken = (): boolean => [TAIL, LOCAL].some((prefix) => before[prefix] && !get(device, prefix + page));

/** What earlier pages have left. */
export interface Left {
  messages: [json: string, message: Message, send: boolean][];
  /** To be called once all of that is kept or sent. */
  remove(): void;
}

/** Reads the journals of earlier pages. */
export function recover(): Left {
  const messages: Left["messages"] = [];
  const read: (readonly [name: string, text: string])[] = [];
  attempt(() => {
    for (let i = 0; i < localStorage.length; i++) {
      const name = localStorage.key(i);
      if ((name?.startsWith(TAIL) || name?.startsWith(LOCAL)) && !name.endsWith(page)) read.push([name, localStorage.getItem(name)!]);
    }
    for (const [name, text] of read) {
      for (const json of text.split("\n")) {
        const message = attempt(() => JSON.parse(json) as Message);
        // Anything else is not ours, or was cut off: of no use to anybody.
        if (message?.messageId && message.timestamp) messages.push([json, message, name.startsWith(TAIL)]);
      }
    }
  });
  const lines = new Set(read.flatMap(([, text]) => text.split("\n")));
  // A page that is still being torn down in another process may have written more meanwhile: that is for the next one.
  const unread = (name: string): string => (localStorage.getItem(name) ?? "").split("\n").filter((line) => !lines.has(line)).join("\n");
  return { messages, remove: () => read.forEach(([name]) => attempt(() => put(device, name, unread(name)))) };
}

/** Forgets everything. */
export const erase = (): void => {
  here = "";
  for (const storage of [device, tab]) {
    const keys = attempt(() => Object.keys(storage())) ?? [];
    for (const key of keys) if (key.startsWith(OURS)) put(storage, key, "");
  }
};

/** Who the user is, as last written. (What is thrown costs half a millisecond, as Chromium notes where.) */
export const identity = (): Identity | undefined => attempt(() => JSON.parse(get(device, IDENTITY) || "null"));

/** Writes down who the user is. */
export const remember = (identity: Identity): void => set(device, IDENTITY, text(identity));

/** The same where nothing may be kept. */
let here = "";

/** The guide that ran in this tab, as last written. */
export const running = (): string => (may() ? attempt(() => tab().getItem(RUNNING) ?? "") : undefined) ?? here;

/** Writes down which guide runs in this tab; nothing if none does. */
export const run = (running: string): void => set(tab, RUNNING, (here = running));

/** The user of whom the collector was asked last in this tab. */
export const asked = (): string => get(tab, ASKED);

/** Writes down that the collector was asked of a user. */
export const ask = (user: string): void => set(tab, ASKED, user);

/** Whether nothing is to be sent, as last agreed on this device. */
export const isSilent = (): boolean => !!get(device, SILENT);

/** Writes down whether. */
export const silence = (silent: boolean): void => set(device, SILENT, silent ? "1" : "");

/** Whether the core package is left alone in this tab, because it has broken down twice on one page. */
export const gaveUp = (): boolean => !!get(tab, OFF);

/** Writes that down. */
export const giveUp = (): void => set(tab, OFF, "1");
