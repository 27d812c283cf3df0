// The supervisor: owns the queue of calls, brings the core package in, and stands between it and
// the page, so that whatever happens in there the host goes on and no event is lost.

import type { Core, CoreExports, Supervisor } from "./core";
import { type Entry, type Kind, uuid } from "./entry";
import type { Options, State, Status, StatusCode } from "./firstvalue";
import { type Stage, stage } from "./guides";
import { handlers } from "./handlers";
import * as journal from "./journal";
import { messages } from "./message";
import { load, type LoadError, playbookText, probe } from "./packages";
import { type Destination, send, type Sender } from "./sender";

/** Milliseconds of one slice of work: short enough that no frame is missed. */
const SLICE = 4;
/** Milliseconds after which waiting calls are carried out even if the browser is never idle. */
const SOON = 50;
/** The most calls that wait for an `init` which may never come. */
const MOST_WAITING = 20_000;
const LOAD_TIMEOUT = 10_000;

/** One page's supervisor; `base` is the folder from which this script came. */
export function supervise(base: string) {
  const { add, tell } = handlers();
  /** Calls that wait. */
  let calls: Entry[] = [];
  /** What the core package has taken and would be lost with it, by id. */
  const unsafe = new Map<string, Entry | undefined>();
  let status: Status = { state: typeof document === "object" ? "idle" : "off" };
  let started: Promise<Status> | undefined;
  let assets = base;
  let patience = LOAD_TIMEOUT;
  let to: Destination;
  let core: Core | undefined;
  /** Whether the core package takes calls. */
  let open = false;
  /** Whether we are in the core package. Nobody else is called from in there. */
  let busy = false;
  const afterwards: (() => void)[] = [];
  let opened: (playbook: boolean) => void;
  let sender: Sender | undefined;
  /** Whether we do without the core package. */
  let alone = false;
  let guides: Stage | undefined;
  /** What earlier pages have left, until it is safe. */
  let recovered: ReturnType<typeof journal.recover> | undefined;
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
    if (calls.length) wake();
  };

  /** Hands waiting calls on, until that is enough for now. */
  const drain = (enough = () => false): void => {
    if (alone) deliver(calls.splice(0));
    if (!open || busy || !calls.length) return;
    let count = 0;
    enter((core) => {
      do {
        const entry = calls[count++]!;
        const [at, kind, name, body] = entry;
        const id = (entry[4] ??= uuid(at));
        unsafe.set(id, entry);
        core.apply(at, kind, name, body, id);
      } while (count < calls.length && !enough());
      core.settle();
    });
    calls.splice(0, count);
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
    while (afterwards.length) afterwards.shift()!();
    return result;
  };

  const supervisor: Supervisor = {
    opened: (playbook) => opened(playbook),
    call: (kind, name, body) => call(Date.now(), kind as Kind, name, body),
    present: (guide, step, context) => afterwards.push(() => void guides?.show(guide, step, context)),
    hide: () => afterwards.push(() => guides?.hide()),
    emit: (happening, detail) =>
      afterwards.push(() => {
        guides?.hear(happening, detail);
        tell(happening, () => JSON.parse(detail));
      }),
    identity: (identity) => to.keep && journal.remember(identity),
    deliver(id, message, fresh) {
      sender!.add(id, message);
      if (fresh) supervisor.emit("event", message);
    },
    safe(id) {
      unsafe.delete(id);
      if (!unsafe.size) forget();
    },
    uuid: () => uuid(Date.now()),
    hear: (news, ...details) => void enter((core) => (core[news] as (...details: unknown[]) => void)(...details)),
  };

  /** Everything that earlier pages have left is safe. */
  const forget = (): void => {
    recovered?.remove();
    recovered = undefined;
  };

  /** Sends calls without the core package, but for those that it has sent. */
  const deliver = (entries: Entry[]): void => {
    for (const { id, json } of messages(entries, to.keep)) if (!sender!.holds(id)) sender!.add(id, json);
  };

  /** Messages have left the sender. */
  const left = (ids: string[], problem?: string): void => {
    enter((core) => ids.forEach((id) => core.delivered(id)));
    if (problem) tell("error", () => ({ code: "rejected", message: problem }));
    if (alone && to.keep && !sender!.waiting().length) {
      journal.write("[]");
      forget();
    }
  };

  /** Goes on without the core package: takes everything away, keeps and sends the events. */
  const fail = (code: StatusCode, reason: unknown): void => {
    core = undefined;
    open = false;
    alone = true;
    guides?.remove();
    status = { state: code.startsWith("wasm_") ? "blocked" : "failed", code, reason: String(reason) };
    console.warn(`firstvalue: off on this page (${code}): ${reason}. Events are still kept and sent.`);
    recovered ??= to.keep ? journal.recover() : undefined;
    for (const message of recovered?.messages ?? []) sender!.add(message.messageId, JSON.stringify(message));
    // Calls in the midst of being carried out are in both.
    deliver([...new Set([...unsafe.values(), ...calls.splice(0)])].filter((entry) => !!entry));
    unsafe.clear();
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
    sender ??= send(to, left);
    const autoPage = options.autoPage !== false;
    const path = location.pathname;
    if (!undo.length) {
      watch();
      if (autoPage) call(Date.now(), "page", undefined, JSON.stringify({ path }));
    }
    try {
      probe();
      const playbook = playbookText(options.playbook ?? `${endpoint}/v1/playbook?key=${encodeURIComponent(to.writeKey)}`);
      const { Core } = await load<CoreExports>(assets, "firstvalue_core", patience);
      if (!current()) return status;
      guides = stage(assets, patience, report, withoutGuides);
      const cached = await new Promise<boolean>((resolve) => {
        opened = resolve;
        const settings = { keep: to.keep, autoPage, path, locale: options.locale, identity: to.keep ? journal.identity() : undefined };
        core = new Core(supervisor, JSON.stringify(settings));
        enter((core) => core.open());
        if (!current()) resolve(false);
      });
      const arrived = playbook.then((text) => {
        if (text) enter((core) => core.playbook(text));
        else tell("error", () => ({ code: "playbook", message: "the playbook did not arrive" }));
      });
      // Decisions need a playbook: that of an earlier page until this one's has arrived.
      if (!cached) await arrived;
      if (!current()) return status;
      recovered ??= to.keep ? journal.recover() : undefined;
      const fresh = (recovered?.messages ?? []).filter(({ messageId }) => !sender!.holds(messageId));
      for (const { messageId } of fresh) unsafe.set(messageId, undefined);
      if (fresh.length) enter((core) => core.recover(JSON.stringify(fresh)));
      else forget();
      if (!current()) return status;
      alone = false;
      open = true;
      status = { state: "ready" };
      wake();
    } catch (error) {
      if (current()) {
        const { code, message } = error as LoadError;
        fail(code ?? "trap", message);
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
      if (kind === "start" || kind === "track") call(Date.now(), kind, detail);
      else if (kind === "action") tell(kind, () => ({ name: detail }));
      else enter((core) => core.report(kind, step, detail));
    });

  const withoutGuides = (reason: unknown): void => {
    status = { ...status, code: "guides_off", reason: String(reason) };
    console.warn(`firstvalue: no guides on this page: ${reason}`);
    report("failed", 0, "{\"reason\":\"renderer\"}");
  };

  const flush = async (): Promise<void> => {
    if (status.state === "loading") await started;
    drain();
    await sender?.flush();
  };

  /** Brings to safety what is not, as far as a page that is being left can. */
  const leave = (): void => {
    if (status.state === "loading") fail("load_failed", "the page was left before the package arrived");
    drain();
    if (to?.keep) {
      const tail = alone ? `[${sender!.waiting()}]` : enter((core) => core.unwritten());
      if (tail) journal.write(tail);
      if (alone) forget();
    }
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
    });
    listen(window, "pageshow", (event: PageTransitionEvent) => {
      leaving = false;
      if (event.persisted) sender?.returned();
    });
    listen(document, "visibilitychange", () => {
      if (!document.hidden) return;
      if (leaving) leave();
      else if (open || alone) void flush();
    });
    listen(window, "online", () => void sender?.flush());
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
      core = sender = undefined;
      open = alone = false;
      calls = [];
      status = { state: "off" };
    },
    status: () => status,
  };
}
