// The supervisor: owns the queue of calls and makes them into messages. It brings the core package in,
// and stands between it and the page, so that whatever happens in there the host goes on and no event is
// lost.

import type { Inside } from "../debugger/inside";
import type { Capture, Rule } from "./capture";
import { defaultConsent } from "./consent";
import type { Core, CoreExports, Supervisor } from "./core";
import { type Entry, type Kind, text, uuid } from "./entry";
import type { Consent, Firstvalue, Message, Options, Problem, State, Status, StatusCode } from "./firstvalue";
import { type Stage, stage } from "./guides";
import { handlers } from "./handlers";
import * as journal from "./journal";
import { call as behind, elsewhere, follow, type Identity, idOf, message, utcOffset } from "./message";
import { type Outbox, outbox } from "./outbox";
import { type Page, page } from "./page";
import { foreign, inTime, load, type LoadError, playbookText, probe, userState } from "./packages";
import type { Destination } from "./sender";
import type { Guides } from "../standing/guide";
import type { Outside, Standing } from "../standing/standing";
import { eraseStore, type Kept, type Record } from "./store";
import { surroundings } from "./surroundings";
import { type Shared, tabs } from "./tabs";

/** Milliseconds of one slice of work: short enough that no frame is missed. */
const SLICE = 4;
/** Milliseconds after which waiting calls are carried out even if the browser is never idle. */
const SOON = 50;
/** Milliseconds between two series of calls, so that what comes one by one is kept and told together. */
const GATHER = 40;
/** The most calls that wait for an `init` which may never come, and for consent. */
const MOST_WAITING = 20_000;
const MOST_PENDING = 100;
const LOAD_TIMEOUT = 10_000;
/** Milliseconds after which a core package that has broken down is brought in again. */
const AGAIN = 2_000;
/** Milliseconds after something was done in another page, and nothing here, during which the user is taken to be there. */
const ELSEWHERE = 10_000;

/** How many numbers each page of a device has for its messages. */
const NUMBERS = 1_000_000;

/** Records that are kept for this script; those of the core package are bytes. */
const WHO = "who";
const PLAYBOOK = "playbook";

/** What is recorded of the address's query: what the host has named. */
const search = (names: string[]): string | undefined => {
  const kept = new URLSearchParams([...new URLSearchParams(location.search)].filter(([name]) => names.includes(name)));
  return `${kept}` ? `?${kept}` : undefined;
};

const unsaid: Status = { code: "no_consent", state: "idle" };

/** One page's supervisor; `base` is the folder from which this script came, `self` the interface to it. */
export function supervise(base: string, self: () => Firstvalue) {
  const { add, tell } = handlers();
  /** Calls that wait. */
  let calls: Entry[] = [];
  let status: Status = { state: typeof document === "object" ? "idle" : "off" };
  let started: Promise<Status> | undefined;
  let options: Options | undefined;
  let consent: Consent | undefined;
  /** Whether calls made without consent are dropped, rather than kept until somebody agrees. */
  let denied = false;
  let to: Destination;
  let box: Outbox | undefined;
  let who: Identity;
  /** The path that is shown. */
  let path: string;
  let core: Core | undefined;
  /** The page at work for it. */
  let shown: Page | undefined;
  /** The playbook in force. */
  let playbook: string | undefined;
  /** The number of the latest message of this page that was to be sent. */
  let sequence = 0;
  /** Whether the core package takes calls. */
  let open = false;
  /** Whether we are in the core package. Nobody else is called from in there. */
  let busy = false;
  const afterwards: (() => void)[] = [];
  /** What is to be kept with the next write. */
  let records: Record[] = [];
  /** Whether we do without the core package. */
  let alone = false;
  /** Whether it has broken down on this page, or twice on one before in this tab. */
  let broke = false;
  /** What has happened since, if it is to be brought in again. */
  let uncounted: Message[] | undefined;
  let guides: Stage | undefined;
  /** What other pages are to be told, when they last told anything, and when something was last done here. */
  const said: Shared[] = [];
  let heardAt = -Infinity;
  let doneAt = 0;
  /** Whether something was told while there was nobody here to hear it. */
  let missed = false;
  /** What follows now was told where it happened. */
  let hearing = false;
  /** Signatures of the ids of users and accounts, and what has happened since the collector was asked what it knows of one. */
  const hashes = new Map<string, string>();
  let since: Entry[] | undefined;
  let asked: string | undefined;
  /** Whether a series of calls is to begin, or has just ended, and whether there was a call since one began. */
  let scheduled = false;
  let called = false;
  /** The page is being left: there is no later. */
  let leaving = false;
  let unwatch: (() => void) | undefined;
  /** Takes the debugger away. */
  let undebug: (() => void) | undefined;
  /** Whether others are told what happens here. */
  let forwards: true | undefined;
  /** Folder of our files. */
  let assets = base;
  /** What draws guides that stand on the page until they are opened, and which these are. */
  let there: Guides | undefined;
  let standing: Promise<Standing | undefined> | undefined;
  /** What records by the playbook's rules, once there are any. */
  let capturing: Promise<unknown> | undefined;
  let captured: Capture | undefined;

  const problem = (code: Problem["code"], message: string): void => tell("error", () => ({ code, message }));

  /** Puts a call into the queue. */
  const call = (at: number, kind: Kind, name?: string, body?: string): void => {
    if (status.state === "off" || denied) return;
    calls.push([at, kind, name, body]);
    called = true;
    if (calls.length > (consent === "none" ? MOST_PENDING : started ? Infinity : MOST_WAITING)) calls.shift();
    if (leaving && !busy) leave();
    else scheduled || wake();
  };

  const wake = (): void => {
    scheduled = open || alone;
    if (!scheduled) return;
    // Safari has no idle callbacks.
    if ("requestIdleCallback" in window) requestIdleCallback(slice, { timeout: SOON });
    else setTimeout(slice, 1);
  };

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
      else if (scheduled) setTimeout(gathered, GATHER);
    }
  };

  const gathered = (): void => {
    // It may have been carried out already, by whoever asked for the state, and not be kept yet.
    scheduled = called;
    if (called) slice();
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
    const [at, kind, name, body] = entry;
    if (kind === "start" && there?.[name!]?.kind) return stand(name);
    const id = (entry[4] ??= uuid(at));
    if (kind === "page" || kind === "moved") {
      const given = body?.[0] === "{" ? JSON.parse(body) : {};
      if (typeof given.path === "string") path = given.path;
      else entry[3] = text({ ...given, path });
      captured?.moved();
    }
    const previous = who;
    const next = follow(who, entry);
    if (next !== who) know(next);
    const json = message(entry, who, path, previous, sequence + 1, options?.query && search(options.query));
    const outgoing = json && revise(json, id);
    // The host may have ended everything in there.
    if (!box) return;
    if (outgoing) {
      // What is not sent leaves no gap.
      if (to.send) sequence++;
      box.add(id, outgoing);
      uncounted?.push(JSON.parse(outgoing));
      supervisor.emit("event", outgoing);
    }
    box.change();
    if (json || kind === "reset") {
      said.push([idOf(who), entry]);
      doneAt = performance.now();
    }
    if (json) since?.push(entry);
    core && decide(core, entry);
  };

  const decide = (core: Core, [at, kind, name, body, id]: Entry): void => core.apply(at, utcOffset(at), kind, name, body, id!);

  /** A message as the host wants it sent, if it does. */
  const revise = (json: string, messageId: string): string | undefined => {
    if (!options?.beforeSend) return json;
    try {
      const revised = options.beforeSend(JSON.parse(json));
      return revised ? text({ ...revised, messageId }) : undefined;
    } catch (error) {
      // What the host would have taken out of it must not leave.
      afterwards.push(() => problem("handler", `\`beforeSend\` threw: ${error}`));
      return undefined;
    }
  };

  const know = (identity: Identity): void => {
    // On each page the numbers of a device begin with 1, and another id is another device.
    if (identity.anonymousId !== who?.anonymousId) sequence -= sequence % NUMBERS;
    who = identity;
    if (to.keep) journal.remember(who);
  };

  /** Ends a series of calls: has the core package see what is due, and everything kept. */
  const settle = (): void => {
    if (open) enter((core) => core.settle());
    if (said.length) others.tell({ shared: said.splice(0), seen: !document.hidden });
    box?.write();
    stand();
    inquire().catch(trapped);
  };

  /** Something may have changed about what stands on the page, or it is to be opened. */
  const stand = (open?: string): void => {
    standing?.then((it) => it?.(there, open));
  };

  /** What panels need besides. */
  const outside: Outside = () => [to, hashes, flush, options!.router];

  /** What is to be kept of the user. */
  const save = (): Record[] => {
    records.push([WHO, text(who)]);
    // Half of it is of no use.
    if (open && !enter((core) => (core.save(), true))) records = [];
    return records.splice(0);
  };

  /** Takes in what was carried out in other pages. */
  const others = tabs(({ shared = [], seen, consent: level }) => {
    if (level) return void agree(level, false);
    if (leaving) return;
    if (!open) {
      missed = true;
      return;
    }
    drain();
    if (seen) heardAt = performance.now();
    hearing = true;
    for (const [user, entry] of shared) {
      const next = follow(who, entry);
      if (next !== who) know(next);
      if (user !== idOf(who)) continue;
      since?.push(entry);
      enter((core) => decide(core, elsewhere(entry)));
    }
    hearing = false;
    // One that nobody looks at has nothing to add to what the other one has written.
    if (!document.hidden) box?.change();
    settle();
  });

  /** The only way into the core package. After a trap there is none. */
  const enter = <T>(use: (core: Core) => T): T | undefined => {
    // The page may have wrapped something that the core package calls, and call us from there.
    if (!core || busy) return undefined;
    busy = true;
    let result: T | undefined;
    try {
      result = use(core);
    } catch (error) {
      trapped(error);
    }
    busy = false;
    release();
    return result;
  };

  /** Does what had to wait until we were out of the core package. */
  const release = (): void => {
    while (afterwards.length) afterwards.shift()!();
  };

  /**
   * Whether no person is there, the user is in another page of this product just now, or more is about to be known
   * of them.
   */
  const mustWait = (): boolean => (navigator.webdriver && !options?.automation) || !!since || (heardAt > doneAt && performance.now() - heardAt < ELSEWHERE);

  const locale = (): string => options!.locale ?? (document.documentElement.lang || navigator.language);

  const supervisor: Supervisor = {
    page: () => (shown?.close(), (shown = page(path, options!.autoPage === false ? "moved" : "page", supervisor.call, mustWait))),
    call: (kind: string, name?: string, body?: string) => call(Date.now(), kind as Kind, name, body),
    record: (key, bytes) => void records.push([key, bytes]),
    running: (running) => to.keep && journal.run(running),
    present(guide, step, context) {
      afterwards.push(() => void guides?.show(guide, step, `{"locale":${JSON.stringify(locale())},${context.slice(1)}`));
    },
    hide: () => afterwards.push(() => guides?.hide()),
    emit(happening, detail) {
      const silent = hearing;
      afterwards.push(() => {
        guides?.hear(happening, detail);
        // What a step waits for is the renderer's alone.
        if (!silent && happening) tell(happening, () => JSON.parse(detail));
      });
    },
  };

  /** Goes on without the core package: takes everything away, keeps and sends the events. */
  const fail = (code: StatusCode, reason: unknown): void => {
    core = undefined;
    open = false;
    alone = true;
    captured?.end();
    playbook = undefined;
    guides?.remove();
    status = { state: code.startsWith("wasm_") ? "blocked" : "failed", code, reason: String(reason) };
    const again = code === "trap" && !broke;
    console.warn(`firstvalue: off ${again ? "for now" : "on this page"} (${code}): ${reason}. Events are still sent.`);
    stand();
    recall();
    if (calls.length) wake();
    if (code !== "trap") return;
    const failed = status;
    uncounted = again ? [] : undefined;
    if (again) setTimeout(() => status === failed && !leaving && (started = begin(options!)), AGAIN);
    else if (to.keep) journal.giveUp();
    broke = true;
  };

  const trapped = (error: unknown): void => void (started && fail("trap", error));

  /** Finds out who the user is, if nobody has. */
  const recall = (kept?: Kept): void => {
    const written = kept?.records.get(WHO) as string | undefined;
    const mirror = to.keep ? journal.identity() : undefined;
    const before: Identity | undefined = written && JSON.parse(written);
    const latest = before && !(mirror && mirror.changedAt >= before.changedAt) ? before : mirror;
    const now = Date.now();
    if (!who || latest) know(latest ?? { anonymousId: uuid(now), changedAt: now });
  };

  /** Has a core package go on from what is kept. */
  const resume = (Core: CoreExports["Core"], kept: Iterable<Record>): void => {
    const settings = {
      path,
      identity: who,
      running: to.keep ? journal.running() : "",
    };
    core = new Core(supervisor, text(settings));
    enter((core) => {
      for (const [key, value] of kept) if (typeof value === "object") core.kept(key, value);
      core.open();
    });
  };

  /** Puts a playbook in force; whether it can be read. */
  const adopt = (text: unknown): boolean => {
    if (typeof text !== "string" || !enter((core) => core.playbook(text))) return false;
    const { capture, elements, standing: stands } = JSON.parse(text) as { capture: Rule[]; elements: string[]; standing?: Guides };
    // As it was, it is in force already.
    if (text !== playbook && (capturing || capture.length)) {
      capturing ??= extra<typeof import("./capture")>("capture").then((it) => {
        // It may come with the next playbook.
        if (!it) capturing = undefined;
        captured = it?.capture(
          () => path,
          () => (options!.autoPage === false ? path : location.pathname),
          (event, properties) => call(Date.now(), "track", event, properties),
          options!.frames,
        );
      });
      void capturing.then(() => text === playbook && captured?.follow(capture));
    }
    shown!.elements(elements);
    there = stands;
    if (there) standing ??= extra<typeof import("../standing/standing")>("standing").then((it) => it?.stand(supervisor.call, state, tell, locale, outside));
    playbook = text;
    return true;
  };

  /** Has messages count that the core package has not seen, as far as they are of this user. */
  const catchUp = (messages: Message[]): void => {
    for (const message of messages) {
      // What they did before they were known is theirs.
      const theirs = message.userId ? message.userId === who.userId : message.anonymousId === who.anonymousId;
      if (theirs) enter((core) => decide(core, elsewhere(behind(message))));
    }
  };

  /** Has the core package begin again with what is known better than it knows it. */
  const restart = (kept: Iterable<Record>, messages: Message[]): void => {
    const before = core!;
    guides?.hide();
    resume(before.constructor as CoreExports["Core"], kept);
    before.free();
    adopt(playbook);
    catchUp(messages);
  };

  /** Takes in what other pages have done while this one could not hear them. */
  const refresh = async (): Promise<void> => {
    const kept = open ? await box?.read() : undefined;
    if (!kept || !open || leaving) return;
    drain();
    recall(kept);
    restart(kept.records, box!.unwritten());
    settle();
  };

  /** Takes in what the collector knows of the user from other devices, once in a tab. */
  const inquire = async (): Promise<void> => {
    const user = who?.userId;
    const hash = user && hashes.get(user);
    if (!hash || since || !open || !to.send) return;
    asked ??= to.keep ? journal.asked() : undefined;
    if (asked === user) return;
    asked = user;
    since = [];
    if (to.keep) journal.ask(user);
    const from = box!;
    const mine = (): boolean => open && box === from && to.send && idOf(who) === user;
    let release = (): void => {};
    try {
      await from.flush();
      if (!mine()) return;
      // What is sent while the collector answers might count twice or not at all.
      release = from.hold();
      const waiting = from.waiting();
      const happened: Entry[] = (since = []);
      const state = await userState(to, user, hash);
      if (!state || !mine()) return;
      drain();
      const kept = new Map(save());
      kept.set(`user:${user}`, state);
      restart(kept, waiting);
      for (const entry of happened) enter((core) => decide(core, elsewhere(entry)));
      from.change();
    } finally {
      if (box === from) since = undefined;
      release();
      settle();
    }
  };

  /** Brings everything in. Ends when it is known how we stand. */
  const begin = async (given: Options): Promise<Status> => {
    if (status.state === "off") return status;
    if (!given?.writeKey) {
      status = { state: "failed", code: "no_write_key", reason: "`init` needs a `writeKey`" };
      console.warn(`firstvalue: ${status.reason}`);
      return status;
    }
    assets = (given.assets ?? base).replace(/\/?$/, "/");
    const patience = given.loadTimeout ?? LOAD_TIMEOUT;
    const endpoint = (given.endpoint ?? new URL(base).origin).replace(/\/$/, "");
    const source = given.playbook ?? `${endpoint}/v1/playbook?key=${encodeURIComponent(given.writeKey)}`;
    const asked = /[?&]firstvalue=([^&]+)/.exec(location.search)?.[1];
    if (asked === "debug") debug();
    // An author looks at guides: nothing is recorded.
    else if (asked) {
      status = { state: "off" };
      calls = [];
      guides = (await extra<typeof import("../author/author")>("author"))?.author({ assets, patience, playbook: source, locale: given.locale });
      return status;
    }
    options = given;
    consent ??= given.consent ?? defaultConsent();
    if (consent === "none") {
      started = undefined;
      calls.splice(0, calls.length - MOST_PENDING);
      return (status = unsaid);
    }
    const attempt = (status = { state: "loading" });
    const current = (): boolean => status === attempt;
    to = Object.assign(to ?? {}, { writeKey: given.writeKey, endpoint, keep: given.storage !== "memory", send: consent === "full" });
    box ??= outbox(to, { save, problem });
    path ??= location.pathname;
    if (!unwatch) {
      unwatch = surroundings(around);
      if (given.autoPage !== false) call(Date.now(), "page", undefined, text({ path }));
    }
    const off = to.keep && journal.gaveUp();
    broke ||= off;
    const bring = async () => {
      if (off) throw new Error("it has broken down twice");
      probe();
      const arrives = playbookText(source);
      // At another address, and so in another memory.
      return { arrives, ...(await load<CoreExports>(assets, "firstvalue_core", patience, broke ? "?again" : "")) };
    };
    const brought = bring();
    // It may fail before anybody waits for it.
    brought.catch(() => {});
    if (to.keep) others.open();
    const kept = await box.open();
    if (!current()) return status;
    recall(kept);
    // One that is brought in again goes on where it was.
    if (kept?.page) sequence = kept.page * NUMBERS;
    if (given.userHash && who.userId) hashes.set(who.userId, given.userHash);
    try {
      const { arrives, Core } = await brought;
      if (given.forward) forwards ??= (await extra<typeof import("./forward")>("forward"))?.forward(given.forward, add as Firstvalue["on"]);
      if (!current()) return status;
      guides = stage(assets, patience, report, withoutGuides, options);
      resume(Core, kept?.records ?? []);
      const cached = kept?.records.get(PLAYBOOK) as string | undefined;
      const arrived = arrives.then((text) => {
        if (!core) return;
        const reason = text ? "another version of the playbook" : "no playbook";
        if (!adopt(text)) return problem("playbook", reason);
        if (text !== cached) records.push([PLAYBOOK, text]);
        box?.change();
        if (open) settle();
      });
      // Decisions need a playbook: that of an earlier page until this one's has arrived.
      if (!adopt(cached)) await arrived;
      await capturing;
      if (!current()) return status;
      alone = false;
      box.recover();
      // Each once.
      const late = [...(uncounted ?? []), ...box.unwritten()].map((message) => [message.messageId, message] as const);
      uncounted = undefined;
      catchUp([...new Map(late).values()]);
      if (!current()) return status;
      open = true;
      status = { state: "ready" };
      wake();
      if (missed) refresh().catch(trapped);
      missed = false;
    } catch (error) {
      if (current()) {
        const { loadCode, message } = error as LoadError;
        fail(loadCode ?? "trap", message);
        box.recover();
        // Another `init` may find the network in a better state.
        started = undefined;
      }
    }
    return status;
  };

  /** Brings in what only some hosts need. */
  const extra = <T>(name: string) =>
    inTime(name, LOAD_TIMEOUT, () => foreign<T>(`${assets}firstvalue_${name}.js`)).catch((error) => problem("handler", String(error))) as Promise<T | undefined>;

  /** What the debugger sees. What would be kept may then wait for the next write. */
  const look = (): Inside => [
    options,
    consent,
    path,
    playbook,
    box && who && (records = [...new Map(save())]),
    box?.waiting(),
    box?.unwritten(),
    mustWait(),
  ];

  /** Shows the debugger, or takes it away. */
  const debug = async (on = true): Promise<void> => {
    undebug?.();
    if (!on) return;
    const debugger_ = await extra<typeof import("../debugger/debugger")>("debugger");
    undebug?.();
    undebug = debugger_?.debug({ firstvalue: self(), look, assets });
  };

  /** Follows what the user agrees to. */
  const agree = async (level: Consent, first = true): Promise<Status> => {
    const before = consent;
    consent = level;
    denied = level === "none";
    if (first && level !== "full" && before && before !== "none") others.tell({ consent: level });
    if (denied) {
      calls = [];
      if (box) {
        box.erase();
        end();
        who = undefined as never;
        status = unsaid;
      } else {
        // What pages before this one have kept.
        journal.erase();
        eraseStore();
      }
    } else if (before === "none" && options) started = begin(options);
    else if (to) {
      // What was called before belongs to what was agreed then.
      drain();
      settle();
      to.send = level === "full";
      if (!to.send) box?.withdraw();
    }
    return started ?? status;
  };

  const report = (kind: string, step: number, detail: string): void =>
    // Later, so that the renderer is not called back while it reports.
    queueMicrotask(() => {
      // What happened before comes before.
      drain();
      if (kind === "start" || kind === "track") call(Date.now(), kind, detail);
      else if (kind === "action") tell(kind, () => ({ name: detail }));
      else enter((core) => core.report(kind, step, detail));
      drain();
      settle();
    });

  const withoutGuides = (reason: unknown): void => {
    status = { ...status, code: "guides_off", reason: String(reason) };
    console.warn(`firstvalue: no guides: ${reason}`);
    report("failed", 0, "{\"reason\":\"renderer\"}");
  };

  const flush = async (): Promise<void> => {
    if (status.state === "loading") await started;
    drain();
    settle();
    await box?.flush();
  };

  /** Brings to safety what is not, as far as a page that is being left can. */
  const leave = (): void => {
    if (status.state === "loading") {
      fail("load_failed", "the page was left");
      started = undefined;
    }
    drain();
    settle();
    box?.leave();
  };

  const around = {
    left(): void {
      leaving = true;
      leave();
      others.close();
    },
    hidden(): void {
      if (leaving) leave();
      else if (open || alone) void flush();
      scheduled = false;
    },
    frozen: () => (open || alone) && leave(),
    back(stopped: boolean): void {
      leaving = false;
      if (!stopped) return;
      box?.returned();
      if (box && to.keep) others.open();
      refresh().catch(trapped);
    },
    online: () => box?.online(),
    broken(package_: "core" | "ui", error: Error): void {
      if (package_ === "ui") guides?.break(error);
      else if (core && error instanceof WebAssembly.RuntimeError) trapped(error);
    },
  };

  /** Takes everything away from the page. */
  const end = (): void => {
    unwatch?.();
    captured?.end();
    shown?.close();
    shown = playbook = undefined;
    guides?.remove();
    box?.close();
    enter((core) => core.free());
    others.close();
    core = box = started = unwatch = since = asked = undefined;
    open = alone = false;
    calls = [];
    records = [];
    stand();
  };

  const state = (): State | null => {
    drain();
    return JSON.parse((open && enter((core) => core.state())) || "null");
  };

  return {
    call,
    init(options: Options): Promise<Status> {
      const beginning = (started ??= begin(options));
      // Nothing has begun: it may be tried again.
      if (status.code?.startsWith("no_")) started = undefined;
      return beginning;
    },
    consent: (level: Consent): Promise<Status> => agree(level),
    sign: (user: string, hash: string): void => void hashes.set(user, hash),
    add,
    problem: (message: string): void => problem("argument", message),
    turn: (forward: boolean) => (forward ? guides?.next() : guides?.back()),
    /** Whether each new path counts as a page. */
    hasPages: (): boolean => options?.autoPage !== false,
    state,
    flush,
    debug,
    destroy(): void {
      if (started) leave();
      end();
      undebug?.();
      status = { state: "off" };
    },
    status: () => status,
  };
}
