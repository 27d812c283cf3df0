// The border between this script and the core package.

import type { Happenings } from "./firstvalue";
import type { Page } from "./page";

/** What `firstvalue_core` exports. */
export interface CoreExports {
  Core: new (supervisor: Supervisor, settings: string) => Core;
}

/** The core package at work. Only the supervisor may call it, and none of its calls waits. */
export interface Core {
  /** A record that the device keeps. */
  kept(key: string, bytes: Uint8Array): void;
  /** All is read: goes on from it, and begins to listen to the page. */
  open(): void;
  /** Puts a compiled playbook (JSON) in force; whether it can be read. */
  playbook(text: string): boolean;
  /** Carries out one call. */
  apply(at: number, utcOffset: number, kind: string, name: string | undefined, body: string | undefined, id: string): void;
  /** Takes what the renderer reports. */
  report(kind: string, step: number, detail: string): void;
  /** Ends a series of calls: looks which guide is due, and when to look again. */
  settle(): void;
  /** Hands over what is to be kept, by `Supervisor.record`. */
  save(): void;
  /** See `Firstvalue.state`; JSON. */
  state(): string;
  /** Takes away every listener and timer. */
  free(): void;
}

/** What the core package asks of this script. */
export interface Supervisor {
  /** The page at work for one core package, which closes it. */
  page(): Page;
  /** Puts a call that the core package makes itself into the queue: a click, a new route, a step that was shown. */
  call(kind: string, name: string | undefined, body: string | undefined): void;
  /** A record that is to be kept; without bytes, no longer. */
  record(key: string, bytes: Uint8Array | undefined): void;
  /** Which guide runs in this tab; JSON, empty if none does. */
  running(running: string): void;
  /** Shows a step of a guide. */
  present(guide: string, step: number, context: string): void;
  /** Takes the guide away. */
  hide(): void;
  /** Something for the host's handlers; JSON. */
  emit(happening: keyof Happenings, detail: string): void;
}
