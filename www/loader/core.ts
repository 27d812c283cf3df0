// The border between this script and the core package.

import type { Happenings } from "./firstvalue";

/** What `firstvalue_core` exports. */
export interface CoreExports {
  Core: new (supervisor: Supervisor, options: string) => Core;
}

/** The core package at work. Only the supervisor may call it, and none of its calls waits. */
export interface Core extends Hearing {
  /** Reads what the device keeps; ends with `Supervisor.opened`. */
  open(): void;
  /** Puts a compiled playbook (JSON) in force. */
  playbook(text: string): void;
  /** Takes messages over from a journal: JSON, an array. */
  recover(messages: string): void;
  /** Carries out one call. */
  apply(at: number, kind: string, name: string | undefined, body: string | undefined, id: string): void;
  /** Ends a series of calls: writes down what came of them, and looks which guide is due. */
  settle(): void;
  /** Takes what the renderer reports. */
  report(kind: string, step: number, detail: string): void;
  /** See `Firstvalue.state`; JSON. */
  state(): string;
  /** What is not written down on the device yet: messages as JSON, an array. */
  unwritten(): string;
  /** Takes away every listener and timer. */
  free(): void;
}

/** What the core package hears from outside; see `crates/firstvalue-sdk/js/page.js`. */
export interface Hearing {
  /** A record that the device keeps. */
  kept(key: string, bytes: Uint8Array): void;
  /** All is read; or nothing can be kept. */
  opened(usable: boolean): void;
  /** What was written last is safe; or nothing of it is. */
  written(well: boolean): void;
  /** This message need not be kept any more. */
  delivered(id: string): void;
}

/** What the core package asks of this script. */
export interface Supervisor {
  /** `open` has ended; whether a playbook from an earlier page is in force. */
  opened(playbook: boolean): void;
  /** Puts a call that the core package makes itself into the queue: a click, a new route. */
  call(kind: string, name: string | undefined, body: string | undefined): void;
  /** Shows a step of a guide. */
  present(guide: string, step: number, context: string): void;
  /** Takes the guide away. */
  hide(): void;
  /** Sends a message, JSON; `fresh` unless an earlier page has made it. */
  deliver(id: string, message: string, fresh: boolean): void;
  /** Something for the host's handlers; JSON. */
  emit(happening: keyof Happenings, detail: string): void;
  /** The user is now somebody else; JSON. */
  identity(identity: string): void;
  /** This call no longer depends on this page. */
  safe(id: string): void;
  /** A new identifier. */
  uuid(): string;
  /** Tells the core package something, unless it has broken down. */
  hear<K extends keyof Hearing>(news: K, ...details: Parameters<Hearing[K]>): void;
}
