// Calls that wait, and when they are carried out: a slice at a time, in moments that the page does not need.

import { alone, busy, enter, open, release } from "./border";
import type { Core } from "./core";
import type { Entry } from "./entry";

/** Milliseconds of one slice of work: short enough that no frame is missed. */
const SLICE = 4;
/** Milliseconds after which waiting calls are carried out even if the browser is never idle. */
const SOON = 50;
/** Milliseconds between two series of calls, so that what comes one by one is kept and told together. */
const GATHER = 40;
/** Likewise while calls keep coming: most of what a series costs is its transaction. */
const GATHER_MORE = 90;

/** Calls that wait. */
const calls: Entry[] = [];

/** Whether a series of calls is to begin, or has just ended, and whether there was a call since one began. */
let scheduled = false;
let called = false;
let gather = GATHER;
/** Whether one is being carried out: what the host does then may ask for more. */
let working = false;

/** Carries out a call, by the core package if it is there; and ends a series of them. */
let carryOut: (call: Entry, core?: Core) => void;
let settle: () => void;

/** Says who does. */
export const serve = (one: typeof carryOut, end: typeof settle): void => {
  carryOut = one;
  settle = end;
};

/** Puts a call in; when there are more than `most`, the first is dropped. */
export const put = (call: Entry, most: number): void => {
  calls.push(call);
  called = true;
  if (calls.length > most) calls.shift();
};

/** Takes all out, for somebody else to carry out. */
export const take = (): Entry[] => calls.splice(0);

/** Whether no call waits. */
export const isEmpty = (): boolean => !calls.length;

/** Drops all but the latest. */
export const trim = (most: number): void => void calls.splice(0, calls.length - most);

/** Carries calls out in their order until that is enough, but one at least. */
export const drain = (enough = () => false): void => {
  const work = (core?: Core): void => {
    let count = 0;
    working = true;
    try {
      while (count < calls.length && !(count && enough())) carryOut(calls[count++]!, core);
    } finally {
      calls.splice(0, count);
      working = false;
    }
  };
  if (busy || working || !calls.length) return;
  if (open) enter(work);
  // Also when it has just broken down.
  if (alone) {
    work();
    release();
  }
};

/** Has a series of calls begin, unless one is to begin or has just ended. */
export const soon = (): void => void (scheduled || wake());

/** Has one begin in any case. */
export const wake = (): void => {
  scheduled = open || alone;
  if (!scheduled) return;
  // Safari has no idle callbacks.
  if ("requestIdleCallback" in window) requestIdleCallback(slice, { timeout: SOON });
  else setTimeout(slice, 1);
};

/** The page is hidden: what was to begin may come too late. */
export const rest = (): void => void (scheduled = false);

const slice = (): void => {
  const now = performance.now();
  called = false;
  try {
    drain(() => performance.now() > now + SLICE);
    settle();
  } finally {
    // Here, and not when there is a call: with Zone.js each timer of a zone counts. Those of a page that nobody
    // sees may be late by a minute.
    scheduled = !document.hidden;
    if (calls.length) wake();
    else if (scheduled) setTimeout(gathered, gather);
  }
};

const gathered = (): void => {
  // It may have been carried out already, by whoever asked for the state, and not be kept yet.
  scheduled = called;
  gather = called ? GATHER_MORE : GATHER;
  if (called) slice();
};
