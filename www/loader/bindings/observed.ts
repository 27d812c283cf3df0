// What is known of the user as something that frameworks can watch: the same object until it changes.

import { firstvalue, type Happenings, type State } from "firstvalue";

/**
 * Milliseconds between two looks besides: that somebody signs out is told to nobody, nor what other pages and devices
 * have done, nor that all is ready.
 */
const PAUSE = 1_000;

/** After which it may have changed. */
const HAPPENINGS: (keyof Happenings)[] = ["event", "milestone", "guide", "step"];

const listeners = new Set<() => void>();
let ends: (() => void)[] = [];
let known = "null";
let state: State | null = null;

const look = (): void => {
  const now = firstvalue.state();
  const text = JSON.stringify(now);
  if (text === known) return;
  known = text;
  state = now;
  for (const listener of listeners) listener();
};

/** What is known now; the same object as before if nothing has changed. */
export const current = (): State | null => state;

/** Calls `listener` whenever that changes; the function that is returned ends it. */
export function subscribe(listener: () => void): () => void {
  if (!listeners.size) {
    const timer = setInterval(() => document.hidden || look(), PAUSE);
    ends = [() => clearInterval(timer), ...HAPPENINGS.map((happening) => firstvalue.on(happening, look))];
  }
  listeners.add(listener);
  look();
  return () => {
    listeners.delete(listener);
    if (!listeners.size) for (const end of ends.splice(0)) end();
  };
}
