// Who the user is in this page, where they are, and the numbers of what they do there.

import { type Entry, uuid } from "./entry";
import * as journal from "./journal";
import { follow, type Identity } from "./message";
import type { Kept } from "./store";

/** The record of it. */
export const WHO = "who";

/** How many numbers each page of a device has for its messages. */
const NUMBERS = 1_000_000;

/** The user, once `recall` has been called. */
export let who: Identity;

/** The number of the latest message of this page that was to be sent. */
export let sequence = 0;

/** The path that is shown. */
export let path: string;

/** Another one is shown. */
export const go = (to: string): void => {
  path = to;
};

const know = (identity: Identity): void => {
  // On each page the numbers of a device begin with 1, and another id is another device.
  if (identity.anonymousId !== who?.anonymousId) sequence -= sequence % NUMBERS;
  who = identity;
  journal.remember(who);
};

/** Finds out who the user is, if nobody has, or if it was written down since. */
export const recall = (kept?: Kept): void => {
  const written = kept?.records.get(WHO) as string | undefined;
  const mirror = journal.identity();
  const before: Identity | undefined = written && JSON.parse(written);
  const latest = before && !(mirror && mirror.changedAt >= before.changedAt) ? before : mirror;
  const now = Date.now();
  if (!who || (latest && latest.changedAt >= who.changedAt)) know(latest ?? { anonymousId: uuid(now), changedAt: now });
  // One that is brought in again goes on where it was.
  if (kept?.nth) sequence = kept.nth * NUMBERS;
};

/** Knows who the user is after a call. */
export const after = (entry: Entry): void => {
  const next = follow(who, entry);
  if (next !== who) know(next);
};

/** A message was to be sent: what is not leaves no gap. */
export const count = (): void => void sequence++;

/** Knows of nobody. */
export const forget = (): void => void (who = path = undefined as never);
