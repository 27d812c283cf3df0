// What the collector knows of the user from other devices. It is asked once in a tab, of a user whose id the host's
// server has signed.

import { open } from "./border";
import type { Entry } from "./entry";
import type { Message } from "./firstvalue";
import * as journal from "./journal";
import { idOf } from "./message";
import { options } from "./options";
import type { Outbox } from "./outbox";
import { userState } from "./packages";
import { to } from "./sender";
import type { Record } from "./store";
import { who } from "./user";

/** With what the bytes of a state begin: their version. Whatever else answers in the collector's place has written none. */
const VERSION = 3;

/** Signatures of the ids of users and accounts. */
export const hashes = new Map<string, string>();

/** What has happened since the collector was asked; nothing while it is not. */
export let since: Entry[] | undefined;

/** The user of whom it was asked last. */
let asked: string | undefined;

/** A call of the user was carried out. */
export const happened = (entry: Entry): void => void since?.push(entry);

/** Nobody was asked. */
export const forget = (): void => void (since = asked = undefined);

/**
 * Asks the collector of the user, if that is of use, and has what it knows taken in: with messages that it does not
 * know of, and calls since then. `isHere` is whether this outbox is still that of the page; `settle` is called at the end.
 */
export async function ask(
  box: Outbox,
  isHere: () => boolean,
  know: (kept: Iterable<Record>, state: Record, waiting: Message[], since: Entry[]) => void,
  settle: () => void,
): Promise<void> {
  const user = who.userId;
  // Whoever signs in may be the one for whom this page was made.
  if (user && options!.userHash && !hashes.has(user)) hashes.set(user, options!.userHash);
  const hash = user && hashes.get(user);
  if (!hash || since) return;
  asked ||= journal.asked();
  if (asked === user) return;
  asked = user;
  let happened: Entry[] = (since = []);
  const isMine = (): boolean => isHere() && open && to.send && idOf(who) === user;
  let release = (): void => {};
  try {
    await box.flush();
    if (!isMine()) return;
    // What is sent while the collector answers might count twice or not at all.
    release = box.hold();
    const waiting = box.waiting();
    happened = since = [];
    const state = await userState(to, user, hash);
    if (state?.[0] !== VERSION) return;
    // Not before: the page may be left while it answers.
    journal.ask(user);
    const kept = (await box.read())?.records ?? [];
    if (isMine()) know(kept, [`user:${user}`, state], waiting, happened);
  } finally {
    // Another one may have been asked of meanwhile.
    if (since === happened) since = undefined;
    release();
    settle();
  }
}
