// The supervisor: owns the queue of calls, makes them into messages, keeps these and has them sent. It
// brings the core package in, and stands between it and the page, so that whatever happens in there the
// host goes on and no event is lost.

import type { Core, CoreExports, Supervisor } from "./core";
import { type Entry, type Kind, text, uuid } from "./entry";
import type { Options, State, Status, StatusCode } from "./firstvalue";
import { type Stage, stage } from "./guides";
import { handlers } from "./handlers";
import * as journal from "./journal";
import { call as behind, elsewhere, follow, type Identity, idOf, message, utcOffset } from "./message";
import { load, type LoadError, playbookText, probe } from "./packages";
import { type Destination, type Post, send, type Sender } from "./sender";
import { openStore, type Kept, type Record, type Store } from "./store";
import { type Shared, tabs } from "./tabs";

/** Milliseconds of one slice of work: short enough that no frame is missed. */
const SLICE = 4;
/** Milliseconds after which waiting calls are carried out even if the browser is never idle. */
const SOON = 50;
/** The most calls that wait for an `init` which may never come. */
const MOST_WAITING = 20_000;
const LOAD_TIMEOUT = 10_000;
/** Milliseconds after something was done in another page, and nothing here, during which the user is taken to be there. */
const ELSEWHERE = 10_000;

/** Records that are kept for this script; those of the core package are bytes. */
const WHO = "who";
const PLAYBOOK = "playbook";

/** One page's supervisor; `base` is the folder from which this script came. */
export function supervise(base: string) {
  const { add, tell } = handlers();
  /** Calls that wait. */
  let calls: Entry[] = [];
  /** Messages that are not kept yet, by id. */
  const unwritten = new Map<string, string>();
  /** Whether something is known that is not kept yet, and whether a write is on its way. */
  let dirty = false;
  let writing = false;
  let records: Record[] = [];
  let status: Status = { state: typeof document === "object" ? "idle" : "off" };
  let started: Promise<Status> | undefined;
  let assets = base;
  let patience = LOAD_TIMEOUT;
  let autoPage = true;
  let locale: string | undefined;
  let to: Destination;
  let who: Identity;
  /** The path that is shown. */
  let path: string;
  let store: Store | undefined;
  let core: Core | undefined;
  /** Whether the core package takes calls. */
  let open = false;
  /** Whether we are in the core package. Nobody else is called from in there. */
  let busy = false;
  const afterwards: (() => void)[] = [];
  let sender: Sender | undefined;
  /** Whether we do without the core package. */
  let alone = false;
  let guides: Stage | undefined;
  /** What earlier pages have left, until it is safe. */
  let left: journal.Left | undefined;
  /** What other pages are to be told, when they last told anything, and when something was last done here. */
  const said: Shared[] = [];
  let heardAt = -Infinity;
  let doneAt = 0;
  /** What follows now was told where it happened. */
  let hearing = false;
  let scheduled = false;
  /** The page is being left: there is no later. */
  let leaving = false;
  const undo: (() => void)[] = [];

  /** Puts a call into the queue. */
  const call = (at: number, kind: Kind, name?: string, body?: string): void => {
    if (status.state === "off") return;
    calls.push([at, kind, name, body]);
    if (!started && calls.length > MOST_WAITING) calls.shift();
    if (leaving && !busy) leave();
    else scheduled || wake();
  };

  const wake = (): void => {
    if (!open && !alone) return;
    scheduled = true;
    // Safari has no idle callbacks.
    if ("requestIdleCallback" in window) requestIdleCallback(slice, { timeout: SOON });
    else setTimeout(slice, 1);
  };

  const slice = (): void => {
    scheduled = false;
    const end = performance.now() + SLICE;
    drain(() => performance.now() > end);
    settle();
    if (calls.length) wake();
  };

  /** Carries out waiting calls, until that is enough for now. */
  const drain = (enough = () => false): void => {
    const work = (core?: Core): void => {
      let count = 0;
      try {
        while (count < calls.length && !(count && enough())) carryOut(calls[count++]!, core);
      } finally {
        calls.splice(0, count);
      }
    };
    if (busy || !calls.length) return;
    if (open) enter(work);
    // Also when it has just broken down.
    if (alone) {
      work();
      release();
    }
  };

  const carryOut = (entry: Entry, core?: Core): void => {
    const [at, kind, , body] = entry;
    const id = (entry[4] ??= uuid(at));
    if (kind === "page" || kind === "moved") {
      const given = body?.[0] === "{" ? JSON.parse(body) : {};
      if (typeof given.path === "string") path = given.path;
      else entry[3] = text({ ...given, path });
    }
    const next = follow(who, entry);
    if (next !== who) know(next);
    const json = message(entry, who, path);
    if (json) {
      accept(id, json);
      supervisor.emit("event", json);
    }
    dirty = true;
    if (json || kind === "reset") {
      said.push([idOf(who), entry]);
      doneAt = performance.now();
    }
    core && decide(core, entry);
  };

  const decide = (core: Core, [at, kind, name, body, id]: Entry): void => core.apply(at, utcOffset(at), kind, name, body, id!);

  const know = (identity: Identity): void => {
    who = identity;
    if (to.keep) journal.remember(who);
  };

  /** Takes a message on, to be kept and sent. */
  const accept = (id: string, json: string): void => {
    sender!.add(id, json);
    if (to.keep) unwritten.set(id, json);
    dirty = true;
  };

  /** Ends a series of calls: has the core package see what is due, and everything kept. */
  const settle = (): void => {
    if (open) enter((core) => core.settle());
    if (said.length) others.tell(said.splice(0), !document.hidden);
    write();
  };

  /** Takes in what was carried out in other pages. */
  const hear = (shared: Shared[], seen: boolean): void => {
    if (leaving) return;
    drain();
    if (seen) heardAt = performance.now();
    hearing = true;
    for (const [user, entry] of shared) {
      const next = follow(who, entry);
      if (next !== who) know(next);
      if (user === idOf(who)) enter((core) => decide(core, elsewhere(entry)));
    }
    hearing = false;
    // One that nobody looks at has nothing to add to what the other one has written.
    if (!document.hidden) dirty = true;
    settle();
  };
  const others = tabs(hear);

  /** Has everything kept that is not, in one write at a time. */
  const write = (): void => {
    if (!store || writing || !dirty) return;
    const batch = [...unwritten];
    records.push([WHO, text(who)]);
    // Half of it is of no use.
    if (open && !enter((core) => (core.save(), true))) records = [];
    writing = store.write(batch, records.splice(0), (well) => {
      writing = false;
      if (!well) {
        // Tried again with the next call.
        dirty = true;
        return unkept();
      }
      for (const [id] of batch) unwritten.delete(id);
      safe();
      write();
    });
    if (writing) dirty = false;
    else {
      store = undefined;
      unkept();
    }
  };

  const unkept = (): void => tell("error", () => ({ code: "storage", message: "nothing can be kept on this device" }));

  /** Forgets the journals, if all that is in them is kept elsewhere or sent. */
  const safe = (): void => {
    if (unwritten.size) return;
    left?.remove();
    left = undefined;
    if (!leaving) journal.write([]);
  };

  /** The only way into the core package. After a trap there is none. */
  const enter = <T>(use: (core: Core) => T): T | undefined => {
    // The page may have wrapped something that the core package calls, and call us from there.
    if (!core || busy) return undefined;
    busy = true;
    let result: T | undefined;
    try {
      result = use(core);
    } catch (error) {
      fail("trap", error);
    }
    busy = false;
    release();
    return result;
  };

  /** Does what had to wait until we were out of the core package. */
  const release = (): void => {
    while (afterwards.length) afterwards.shift()!();
  };

  const supervisor: Supervisor = {
    call: (kind, name, body) => call(Date.now(), kind as Kind, name, body),
    record: (key, bytes) => void records.push([key, bytes]),
    running: (running) => to.keep && journal.run(running),
    present: (guide, step, context) => afterwards.push(() => void guides?.show(guide, step, context)),
    hide: () => afterwards.push(() => guides?.hide()),
    isElsewhere: () => heardAt > doneAt && performance.now() - heardAt < ELSEWHERE,
    emit(happening, detail) {
      const silent = hearing;
      afterwards.push(() => {
        guides?.hear(happening, detail);
        if (!silent) tell(happening, () => JSON.parse(detail));
      });
    },
  };

  const post: Post = {
    left(ids, problem) {
      for (const id of ids) unwritten.delete(id);
      store?.forget(ids);
      if (to.keep) safe();
      if (problem) tell("error", () => ({ code: "rejected", message: problem }));
    },
    async pending(ids) {
      const written = ids.filter((id) => !unwritten.has(id));
      if (!store || !written.length) return ids;
      const kept = new Set(await store.among(written));
      return ids.filter((id) => kept.has(id) || unwritten.has(id));
    },
  };

  /** Goes on without the core package: takes everything away, keeps and sends the events. */
  const fail = (code: StatusCode, reason: unknown): void => {
    core = undefined;
    open = false;
    alone = true;
    guides?.remove();
    status = { state: code.startsWith("wasm_") ? "blocked" : "failed", code, reason: String(reason) };
    console.warn(`firstvalue: off on this page (${code}): ${reason}. Events are still kept and sent.`);
    recall();
    if (calls.length) wake();
  };

  /** Finds out who the user is, if nobody has. */
  const recall = (kept?: Kept): void => {
    const written = kept?.records.get(WHO) as string | undefined;
    const mirror = to.keep ? journal.identity() : undefined;
    const before: Identity | undefined = written && JSON.parse(written);
    const latest = before && !(mirror && mirror.changedAt >= before.changedAt) ? before : mirror;
    const now = Date.now();
    if (!who || latest) know(latest ?? { anonymousId: uuid(now), changedAt: now });
  };

  /** Opens the store, and takes on what earlier pages have left in it. */
  const remember = async (current: () => boolean): Promise<Kept | undefined> => {
    const opened = to.keep ? await openStore() : undefined;
    if (!current()) {
      opened?.[0].close();
      return undefined;
    }
    if (opened) {
      store?.close();
      store = opened[0];
      for (const [id, json] of opened[1].messages) sender!.add(id, json);
    } else if (to.keep) unkept();
    recall(opened?.[1]);
    return opened?.[1];
  };

  /** Takes on what earlier pages have left in journals. */
  const takeOver = (): void => {
    if (!to.keep || left) return;
    left = journal.recover();
    for (const { json, message } of left.messages) if (!sender!.holds(message.messageId)) accept(message.messageId, json);
    safe();
  };

  /** Has the core package go on from what is kept. */
  const resume = (Core: CoreExports["Core"], kept: Kept | undefined): void => {
    const settings = { autoPage, path, locale, identity: who, running: to.keep ? journal.running() : "" };
    core = new Core(supervisor, text(settings));
    enter((core) => {
      for (const [key, value] of kept?.records ?? []) if (typeof value !== "string") core.kept(key, value);
      core.open();
    });
  };

  const adopt = (text: unknown): boolean => !!enter((core) => typeof text === "string" && core.playbook(text));

  /** Has what is not kept yet count, as far as it is of this user. */
  const catchUp = (): void => {
    for (const json of unwritten.values()) {
      const message = JSON.parse(json);
      if (idOf(message) === idOf(who)) enter((core) => decide(core, elsewhere(behind(message))));
    }
  };

  /** Takes in what other pages have done while this one could not hear them. */
  const refresh = async (): Promise<void> => {
    const kept = open && (await store?.read());
    if (!kept || !core || leaving) return;
    drain();
    recall(kept);
    guides?.hide();
    const before = core;
    resume(before.constructor as CoreExports["Core"], kept);
    before.free();
    adopt(kept.records.get(PLAYBOOK));
    catchUp();
    settle();
  };

  /** Brings everything in. Ends when it is known how we stand. */
  const begin = async (options: Options): Promise<Status> => {
    if (status.state === "off") return status;
    if (!options?.writeKey) {
      status = { state: "failed", code: "no_write_key", reason: "`init` needs a `writeKey`" };
      console.warn(`firstvalue: ${status.reason}`);
      return status;
    }
    const attempt = (status = { state: "loading" });
    const current = (): boolean => status === attempt;
    assets = (options.assets ?? base).replace(/\/?$/, "/");
    patience = options.loadTimeout ?? LOAD_TIMEOUT;
    const endpoint = (options.endpoint ?? new URL(base).origin).replace(/\/$/, "");
    to = { writeKey: options.writeKey, endpoint, keep: options.storage !== "memory" };
    sender ??= send(to, post);
    autoPage = options.autoPage !== false;
    locale = options.locale;
    path ??= location.pathname;
    if (!undo.length) {
      watch();
      if (autoPage) call(Date.now(), "page", undefined, text({ path }));
    }
    const bring = async () => {
      probe();
      const playbook = playbookText(options.playbook ?? `${endpoint}/v1/playbook?key=${encodeURIComponent(to.writeKey)}`);
      return { playbook, ...(await load<CoreExports>(assets, "firstvalue_core", patience)) };
    };
    const brought = bring();
    // It may fail before anybody waits for it.
    brought.catch(() => {});
    const kept = await remember(current);
    try {
      const { playbook, Core } = await brought;
      if (!current()) return status;
      guides = stage(assets, patience, report, withoutGuides);
      resume(Core, kept);
      const cached = kept?.records.get(PLAYBOOK);
      const arrived = playbook.then((text) => {
        const problem = text ? "the playbook is not in the compiled form that this version knows" : "the playbook did not arrive";
        if (!adopt(text)) return tell("error", () => ({ code: "playbook", message: problem }));
        if (text !== cached) records.push([PLAYBOOK, text]);
        dirty = true;
        if (open) settle();
      });
      // Decisions need a playbook: that of an earlier page until this one's has arrived.
      if (!adopt(cached)) await arrived;
      if (!current()) return status;
      alone = false;
      takeOver();
      catchUp();
      if (!current()) return status;
      open = true;
      if (to.keep) others.open();
      status = { state: "ready" };
      wake();
    } catch (error) {
      if (current()) {
        const { code, message } = error as LoadError;
        fail(code ?? "trap", message);
        takeOver();
        // Another `init` may find the network in a better state.
        started = undefined;
      }
    }
    return status;
  };

  const report = (kind: string, step: number, detail: string): void =>
    // Later, so that the renderer is not called back while it reports.
    queueMicrotask(() => {
      // What happened before comes before.
      drain();
      if (kind === "start") call(Date.now(), kind, detail);
      else enter((core) => core.report(kind, step, detail));
      drain();
      settle();
    });

  const withoutGuides = (reason: unknown): void => {
    status = { ...status, code: "guides_off", reason: String(reason) };
    console.warn(`firstvalue: no guides on this page: ${reason}`);
    report("failed", 0, "{\"reason\":\"renderer\"}");
  };

  const flush = async (): Promise<void> => {
    if (status.state === "loading") await started;
    drain();
    settle();
    await sender?.flush();
  };

  /** Brings to safety what is not, as far as a page that is being left can. */
  const leave = (): void => {
    if (status.state === "loading") fail("load_failed", "the page was left before the package arrived");
    drain();
    settle();
    if (to?.keep) journal.write(unwritten.values());
    sender?.beacon();
  };

  const watch = (): void => {
    const listen = (target: EventTarget, type: string, listener: (event: never) => void): void => {
      target.addEventListener(type, listener as EventListener);
      undo.push(() => target.removeEventListener(type, listener as EventListener));
    };
    // On `document` this event never comes.
    listen(window, "pagehide", () => {
      leaving = true;
      leave();
      others.close();
    });
    const back = (): void => {
      sender?.returned();
      if (open && to.keep) others.open();
      void refresh();
    };
    listen(window, "pageshow", (event: PageTransitionEvent) => {
      leaving = false;
      if (event.persisted) back();
    });
    // A tab in the background may be stopped without being left, and for good.
    listen(document, "freeze", () => (open || alone) && leave());
    listen(document, "resume", back);
    listen(document, "visibilitychange", () => {
      if (!document.hidden) return;
      if (leaving) leave();
      else if (open || alone) void flush();
    });
    listen(window, "online", () => sender?.online());
    // Listeners and timers inside the packages are not called through here.
    const blame = (error: unknown): void => {
      const culprit = error instanceof Error && /firstvalue_(core|ui)/.exec(error.stack ?? "");
      if (!culprit) return;
      if (culprit[1] === "ui") guides?.break(error);
      else if (core && error instanceof WebAssembly.RuntimeError) fail("trap", error);
    };
    listen(window, "error", (event: ErrorEvent) => blame(event.error));
    listen(window, "unhandledrejection", (event: PromiseRejectionEvent) => blame(event.reason));
  };

  return {
    call,
    init: (options: Options): Promise<Status> => (started ??= begin(options)),
    add,
    problem: (message: string) => tell("error", () => ({ code: "argument", message })),
    turn: (forward: boolean) => (forward ? guides?.next() : guides?.back()),
    state(): State | null {
      drain();
      const text = open && enter((core) => core.state());
      return text ? JSON.parse(text) : null;
    },
    flush,
    destroy(): void {
      if (started) leave();
      for (const end of undo.splice(0)) end();
      guides?.remove();
      sender?.stop();
      enter((core) => core.free());
      store?.close();
      others.close();
      core = sender = store = undefined;
      open = alone = false;
      calls = [];
      status = { state: "off" };
    },
    status: () => status,
  };
}
