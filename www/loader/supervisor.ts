// The supervisor: takes calls, brings the core package in, and stands between it and the page, so that whatever happens
// in there the host goes on and no event is lost. What it starts, ends and connects is in modules: the calls that wait
// (`queue`), what becomes of one (`carry`), the user (`user`), the way into the core package (`border`) and what is asked
// there and of us (`decisions`), other pages (`tabs`), other devices (`devices`), what is loaded on demand (`extras`).
// There is one in a page, so what they know is the state of the modules.

import type { Inside } from "../debugger/inside";
import { abandon, admit, alone, busy, core, enter, goAlone, guard, open } from "./border";
import { allow, box, carryOut, furnish, recount, remember, settle } from "./carry";
import { consentOf, defaultConsent } from "./consent";
import type { CoreExports } from "./core";
import * as decisions from "./decisions";
import * as devices from "./devices";
import { type Kind, text } from "./entry";
import * as extras from "./extras";
import type { Consent, Firstvalue, Options, Status, StatusCode } from "./firstvalue";
import { stage } from "./guides";
import { add, problem, tell } from "./handlers";
import * as journal from "./journal";
import { idOf } from "./message";
import { assets, cameFrom, endpoint, hasPages, obey, options, patience, source } from "./options";
import { outbox } from "./outbox";
import { load, type LoadError, playbookText, probe } from "./packages";
import * as calls from "./queue";
import { to } from "./sender";
import { eraseStore } from "./store";
import { surroundings } from "./surroundings";
import * as tabs from "./tabs";
import * as user from "./user";

/** The most calls that wait for an `init` which may never come, and for consent. */
const MOST_WAITING = 20_000;
const MOST_PENDING = 100;
/** Milliseconds after which a core package that has broken down is brought in again. */
const AGAIN = 2_000;

/** Why the core package is not waited for any longer, which is nobody's fault. */
const LEFT = "the page was left";

/** The record of the playbook; those of the core package are bytes. */
const PLAYBOOK = "playbook";

const unsaid: Status = { code: "no_consent", state: "idle" };
/** That of a page from which all was taken away. */
const ended: Status = { state: "off" };

/** The interface to it. */
let self: Firstvalue;

export let status: Status = { state: typeof document === "object" ? "idle" : "off" };
let started: Promise<Status> | undefined;
let consent: Consent | undefined;
/** Whether calls made without consent are dropped, rather than kept until somebody agrees. */
let denied = false;
/** Whether it has broken down on this page, or twice on one before in this tab. */
let broke = false;
/** Whether something was told while there was nobody here to hear it. */
let missed = false;
/** The page is being left: there is no later. */
let leaving = false;
let unwatch: (() => void) | undefined;
/** Whether others are told what happens here. */
let forwards: true | undefined;

/** Puts a call into the queue. */
export const call = (at: number, kind: Kind, name?: string, body?: string): void => {
  if (status.state === "off" || denied) return;
  calls.put([at, kind, name, body], consent === "none" ? MOST_PENDING : started ? Infinity : MOST_WAITING);
  if (leaving && !busy) leave();
  else calls.soon();
};

/** Takes in what was carried out in other pages. */
const hear = ({ shared = [], seen, consent: level }: tabs.News): void => {
  if (level) return void agree(level, false);
  if (leaving) return;
  missed = !open;
  calls.drain();
  if (seen) tabs.heard();
  for (const [whose, entry] of shared) {
    // Also here while nothing is decided, once it is known who was there before.
    if (user.who) user.after(entry);
    if (!open || whose !== idOf(user.who)) continue;
    devices.happened(entry);
    decisions.hear(entry);
  }
  // One that nobody looks at has nothing to add to what the other one has written.
  if (!document.hidden) box?.change();
  settle();
};

/** Goes on without the core package: takes everything away, keeps and sends the events. */
const fail = (code: StatusCode, reason: unknown): void => {
  abandon(true);
  extras.rest();
  decisions.stop();
  status = { state: code.startsWith("wasm_") ? "blocked" : "failed", code, reason: String(reason) };
  const again = code === "trap" && !broke;
  if (reason !== LEFT) console.warn(`firstvalue: off ${again ? "for now" : "on this page"} (${code}): ${reason}. Events are still sent.`);
  extras.stand();
  user.recall();
  decisions.watch();
  if (!calls.isEmpty()) calls.wake();
  if (code !== "trap") return;
  const failed = status;
  remember(again);
  if (again) setTimeout(() => status === failed && !leaving && (started = begin(options!)), AGAIN);
  else journal.giveUp();
  broke = true;
};

const trapped = (error: unknown): void => void (started && fail("trap", error));

/** Takes in what other pages have done while this one could not hear them. */
const refresh = async (): Promise<void> => {
  if (alone) user.recall();
  const kept = open ? await box?.read() : undefined;
  if (!kept || !open || leaving) return;
  calls.drain();
  user.recall(kept);
  decisions.restart(kept.records, box!.unwritten());
  // Something may have been written meanwhile that knew less.
  box!.change();
  settle();
};

/** Brings everything in. Ends when it is known how we stand. */
const begin = async (given: Options): Promise<Status> => {
  if (status.state === "off" && status !== ended) return status;
  if (!given?.writeKey) {
    status = { state: "failed", code: "no_write_key", reason: "`init` needs a `writeKey`" };
    console.warn(`firstvalue: ${status.reason}`);
    return status;
  }
  obey(given);
  const asked = /[?&]firstvalue=(debug|inspect|preview)(&|$)/.exec(location.search)?.[1];
  if (asked === "debug") debug();
  // An author looks at guides: nothing is recorded.
  else if (asked) {
    status = { state: "off" };
    calls.trim(0);
    const author = await extras.extra<typeof import("../author/author")>("author");
    decisions.show(author?.author({ assets, patience, playbook: source, locale: given.locale }));
    return status;
  }
  // A new start may be one under another consent.
  if (status === ended && given.consent !== undefined) {
    consent = undefined;
    denied = false;
  }
  consent ??= given.consent === undefined ? defaultConsent() : consentOf(given.consent);
  if (consent === "none") {
    started = undefined;
    calls.trim(MOST_PENDING);
    return (status = unsaid);
  }
  const attempt = (status = { state: "loading" });
  const current = (): boolean => status === attempt;
  Object.assign(to, { writeKey: given.writeKey, endpoint, keep: given.storage !== "memory" });
  if (!box) furnish(outbox(decisions.save));
  allow(consent === "full");
  if (!unwatch) {
    user.go(location.pathname);
    unwatch = surroundings(around);
    if (hasPages()) call(Date.now(), "page", undefined, text({ path: user.path }));
  }
  const off = journal.gaveUp();
  broke ||= off;
  const bring = async () => {
    // Chromium notes where each request is made, and reads all functions again that are being called.
    await undefined;
    if (off) throw new Error("it has broken down twice");
    probe();
    const arrives = playbookText(source);
    // At another address, and so in another memory.
    return { arrives, ...(await load<CoreExports>(assets, "firstvalue_core", patience, broke ? "?again" : "")) };
  };
  const brought = bring();
  // It may fail before anybody waits for it.
  brought.catch(() => {});
  tabs.open(hear);
  const kept = await box!.open();
  if (!current()) return status;
  user.recall(kept);
  try {
    const { arrives, Core } = await brought;
    if (!current()) return status;
    if (given.forward) forwards ??= (await extras.extra<typeof import("./forward")>("forward"))?.forward(given.forward, add as Firstvalue["on"]);
    if (!current()) return status;
    decisions.show(stage(assets, patience, report, withoutGuides, given));
    decisions.start(kept?.records ?? [], Core);
    const cached = kept?.records.get(PLAYBOOK) as string | undefined;
    const arrived = arrives.then((text) => {
      // As it was, it is in force already.
      if (!core || (text && text === decisions.playbook)) return;
      const reason = text ? "the playbook cannot be read, or is of another version" : "no playbook";
      // Without a network, that of an earlier page has to do.
      if (!decisions.adopt(text)) return void ((text || !decisions.playbook) && problem("playbook", reason));
      decisions.keep(PLAYBOOK, text);
      box?.change();
      if (open) settle();
    });
    // Decisions need a playbook: that of an earlier page until this one's has arrived.
    if (!decisions.adopt(cached)) await arrived;
    await extras.capturing;
    if (!current()) return status;
    goAlone(false);
    box!.recover();
    recount();
    if (!current()) return status;
    admit();
    status = { state: "ready" };
    calls.wake();
    if (missed) refresh().catch(trapped);
    missed = false;
  } catch (error) {
    if (current()) {
      const { loadCode, message } = error as LoadError;
      fail(loadCode ?? "trap", message);
      box!.recover();
      // Another `init` may find the network in a better state.
      started = undefined;
    }
  }
  return status;
};

/** What the debugger sees. What would be kept may then wait for the next write. */
const look = (): Inside => [
  options,
  consent,
  user.path,
  decisions.playbook,
  box && user.who && decisions.kept(),
  box?.waiting(),
  box?.unwritten(),
  decisions.mustWait(),
];

/** Shows the debugger, or takes it away. */
export const debug = (on = true): Promise<void> => extras.debug(on ? (it) => it.debug({ firstvalue: self, look, assets }) : undefined);

/** Follows what the user agrees to. */
export const agree = async (level: Consent, first = true): Promise<Status> => {
  const before = consent;
  consent = level;
  denied = level === "none";
  if (first && level !== "full" && before && before !== "none") tabs.tell({ consent: level });
  if (denied) {
    calls.trim(0);
    if (box) {
      box.erase();
      end();
      user.forget();
      status = unsaid;
    } else {
      // What pages before this one have kept.
      journal.erase();
      eraseStore();
    }
  } else if (status === ended) return status;
  else if (before === "none" && options) started = begin(options);
  else if (to.writeKey) {
    // What was called before belongs to what was agreed then, and may have to wait. What is withdrawn does not.
    calls.put([Date.now(), "consent", level], Infinity);
    calls.drain();
    settle();
    if (level !== "full") allow(false);
  }
  return started ?? status;
};

const report = (kind: string, step: number, detail: string): void =>
  // Later, so that the renderer is not called back while it reports.
  queueMicrotask(() => {
    // What happened before comes before.
    calls.drain();
    if (kind === "start" || kind === "track") call(Date.now(), kind, detail);
    else if (kind === "action") tell(kind, () => ({ name: detail }));
    else enter((core) => core.report(kind, step, detail));
    calls.drain();
    settle();
  });

const withoutGuides = (reason: unknown): void => {
  // Once, and not for each that is due.
  if (!status.code) console.warn(`firstvalue: no guides: ${reason}`);
  status = { ...status, code: "guides_off", reason: String(reason) };
  report("failed", 0, "{\"reason\":\"renderer\"}");
};

export const flush = async (): Promise<void> => {
  if (status.state === "loading") await started;
  calls.drain();
  settle();
  await box?.flush();
};

/** Brings to safety what is not, as far as a page that is being left can. */
const leave = (): void => {
  if (status.state === "loading") {
    fail("load_failed", LEFT);
    started = undefined;
  }
  calls.drain();
  // What has not counted yet does on the next page, from the journal: what is kept in the store has.
  if (status.reason !== LEFT) settle();
  box?.leave();
};

const around = {
  left(): void {
    leaving = true;
    leave();
    tabs.close();
  },
  unseen(): void {
    if (leaving) leave();
    else if (open || alone) void flush();
    calls.rest();
  },
  frozen: () => (open || alone) && leave(),
  returned(stopped: boolean): void {
    leaving = false;
    if (!stopped) return;
    // It may have been withdrawn in a page that could not tell this one, and that has emptied the store.
    if (consent === "full" && journal.isSilent()) {
      consent = "local";
      to.send = false;
      box?.drop();
    }
    box?.returned();
    const there = journal.identity();
    // What is called now is not the doing of whom the core package knows.
    const isOther = open && there && idOf(there) !== idOf(user.who);
    if (isOther || status.reason === LEFT) {
      enter((core) => core.free());
      abandon(false);
      decisions.stop();
      started = undefined;
      void init(options!);
    }
    if (box) tabs.open(hear);
    refresh().catch(trapped);
  },
  online: () => box?.online(),
  broken(package_: "core" | "ui", error: Error): void {
    if (package_ === "ui") decisions.guides?.break(error);
    else if (core && error instanceof WebAssembly.RuntimeError) trapped(error);
  },
};

/** Takes everything away from the page. */
const end = (): void => {
  unwatch?.();
  extras.rest();
  decisions.leave();
  decisions.stop();
  box?.close();
  enter((core) => core.free());
  tabs.close();
  abandon(false);
  devices.forget();
  furnish(undefined);
  started = unwatch = undefined;
  calls.trim(0);
  extras.stand();
};

/** See `Firstvalue`. */
export const init = (options: Options): Promise<Status> => {
  const beginning = (started ??= begin(options));
  // Nothing has begun: it may be tried again.
  if (status.code?.startsWith("no_")) started = undefined;
  return beginning;
};

/** See `Firstvalue`. */
export const destroy = (): void => {
  leave();
  end();
  void extras.debug();
  // Where all is off for another reason, it stays so.
  if (status.state !== "off") status = ended;
  // What is in it is that of an earlier page, should another `init` follow.
  journal.turn();
};

/** Begins; `folder` is that from which this script came, `own` the interface to it. */
export const supervise = (folder: string, own: Firstvalue): void => {
  cameFrom(folder);
  self = own;
  guard(trapped);
  decisions.serve(call, flush);
  calls.serve(carryOut, settle);
};
