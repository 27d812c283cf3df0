// Messages on their way to the collector. One leaves only when a reply names it, or when the
// collector says that it will never take it.

import { madeAt } from "./entry";

/** The most bytes of a request that may outlive its page; browsers allow 65,536 for all together. */
const LIMIT = 60_000;
/** The most bytes of any other: each request costs the page a millisecond or two. */
const BULK = 250_000;
const MOST_MESSAGES = 1_000;
/** The most messages that are kept for a collector that does not answer, and for how many milliseconds. */
const MOST_KEPT = 20_000;
const LIFETIME = 7 * 86_400_000;
/** Milliseconds in which messages gather before they are sent together. */
const GATHER = 2_000;
/** Milliseconds that one attempt may take. */
const PATIENCE = 10_000;
const FIRST_RETRY = 1_000;
const LAST_RETRY = 300_000;
/** The most milliseconds for which the collector can tell us to wait. */
const LONGEST_WAIT = 3_600_000;
/** Milliseconds in which the pages of a network that is back come back one after the other. */
const RETURN = 5_000;

/** Held by the page that sends. */
const LOCK = "firstvalue.send";
/** Milliseconds after which a page that holds it for so long is taken to be frozen. */
const LEASE = 30_000;

const encoder = new TextEncoder();

/** Where messages go. */
export interface Destination {
  writeKey: string;
  endpoint: string;
  /** Whether anything may be written to the device. */
  keep: boolean;
  /** Whether anything may be sent; else all stays on the device. */
  send: boolean;
}

/** Where those of this page go, once the host has said so. */
export const to = {} as Destination;

/** Sends the messages of one page. */
export interface Sender {
  /** Takes a message over, as JSON; one of an earlier page may be too old by now. */
  add(id: string, json: string, earlier?: boolean): void;
  /** Whether it has this one. */
  holds(id: string): boolean;
  /** All that it has, each as JSON. */
  waiting(): Iterable<string>;
  /** Gives up all that it has, also what is on its way. */
  drop(): void;
  /** Sends now; resolves when the attempt has ended. */
  flush(): Promise<void>;
  /** Sends nothing until the function that is returned is called. */
  hold(): () => void;
  /** Gives the browser what is not on its way, as the page is left. It all stays. */
  beacon(): void;
  /** The page was not left after all. */
  returned(): void;
  /** The network is back. */
  online(): void;
  /** Ends its work. */
  stop(): void;
}

/** What a sender tells, and asks. */
export interface Post {
  /** Messages have left it; and why, if not because the collector has them. */
  left(ids: string[], problem?: string): void;
  /** Which of these are still to be sent: pages share what is kept, and another one may have sent it. */
  pending(ids: string[]): Promise<string[]>;
}

/** A sender. */
export function send({ left, pending }: Post): Sender {
  const url = `${to.endpoint}/v1/batch`;
  /** By id, oldest first. */
  const messages = new Map<string, string>();
  /** What is on its way, or was given to the browser already. */
  const offered = new Set<string>();
  /** Whether what is on its way outlives the page. */
  let outlives = true;
  /** What earlier pages have made. */
  const old = new Set<string>();
  let most = MOST_MESSAGES;
  /** The most bytes of the next request: fewer after one that failed, and more again after those that did not. */
  let room = BULK;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let attempt: Promise<void> | undefined;
  let release = (): void => {};
  let failures = 0;
  /** Before this moment the collector wants to hear nothing. */
  let notBefore = 0;
  let leaving = false;
  /** Until when nothing is sent. */
  let held: Promise<void> | undefined;
  let underWay: AbortController | undefined;

  const schedule = (delay: number): void => {
    if (messages.size) timer ??= setTimeout(flush, Math.min(Math.max(delay, notBefore - Date.now()), LONGEST_WAIT));
  };

  const cancel = (): void => {
    clearTimeout(timer);
    timer = undefined;
  };

  /** The ids of the next batch of so many bytes, without those in `but`, and whether it may outlive the page. */
  const batch = (limit: number, but?: Set<string>): [ids: string[], small: boolean] => {
    const ids: string[] = [];
    let bytes = 0;
    for (const [id, json] of messages) {
      if (but?.has(id)) continue;
      const size = encoder.encode(json).length + 1;
      // One that is larger than a whole batch goes alone; the collector may take it.
      if (ids.length >= most || (bytes + size > limit && ids.length)) break;
      bytes += size;
      ids.push(id);
    }
    return [ids, bytes <= LIMIT];
  };

  const body = (ids: string[]): string =>
    `{"writeKey":${JSON.stringify(to.writeKey)},"sentAt":"${new Date().toISOString()}","batch":[${ids.map((id) => messages.get(id)).join()}]}`;

  const leave = (ids: string[], problem?: string, lost = ids.length): void => {
    for (const id of ids) messages.delete(id);
    if (ids.length) left(ids, problem && `${lost} lost: ${problem}`);
  };

  /**
   * Gives up what could not be delivered for too long. Ids say when they were made. What is of this page
   * stays: the clock may have been set meanwhile.
   */
  const expire = (): void => {
    const oldest = Date.now() - LIFETIME;
    leave([...old].filter((id) => messages.has(id) && madeAt(id) < oldest), "not delivered within seven days");
  };

  /** Sends a batch. Whether there is a point in sending the next. */
  const post = async (ids: string[]): Promise<boolean> => {
    const limit = (underWay = new AbortController());
    const late = setTimeout(() => limit.abort(), PATIENCE);
    let done: string[] = [];
    let lost: number | undefined;
    let problem: string | undefined;
    let go = false;
    try {
      // A simple request without cookies. Without a prototype, so that nothing that the page put on
      // Object.prototype is an option. Browsers refuse more than they let outlive a page, be it ours or with what
      // the host has under way: the next attempt is one that does not.
      const request = { __proto__: null, method: "POST", body: body(ids), credentials: "omit", keepalive: outlives, signal: limit.signal };
      // Whoever has wrapped `fetch` may never answer.
      const reply = await Promise.race([
        fetch(url, request as RequestInit),
        new Promise<never>((_, reject) => limit.signal.addEventListener("abort", reject)),
      ]);
      const { status } = reply;
      if (status < 300) {
        // Only a reply that names messages counts: a hotel's sign-in page answers 200 as well.
        const asked = new Set(ids);
        const { events } = (await reply.json()) as { events: { messageId?: string; status: string; reason?: string }[] };
        events.forEach(({ messageId, status, reason }, place) => {
          // One that could not be read has no id; the others keep their places.
          const id = messageId ?? ids[place]!;
          if (!asked.has(id) || !/^(ok|duplicate|rejected)$/.test(status)) return;
          done.push(id);
          if (status === "rejected") [problem, lost] = [reason, (lost ?? 0) + 1];
        });
        go = !!done.length;
      } else if (status === 413 && ids.length > 1) {
        most = ids.length >> 1;
        go = true;
      } else if (status > 399 && status < 500 && status !== 408 && status !== 429) {
        problem = `the collector answered ${status}`;
        done = ids;
        go = true;
      } else {
        // Seconds, or a date.
        const wait = reply.headers.get("retry-after");
        const until = wait && (+wait ? Date.now() + +wait * 1_000 : Date.parse(wait));
        if (until) notBefore = Math.min(until, Date.now() + LONGEST_WAIT);
      }
    } catch {
      // No network, no reply in time, or one that is not ours: tried again later.
    }
    clearTimeout(late);
    leave(done, problem, lost);
    return go;
  };

  const go = async (): Promise<void> => {
    // Until all is sent, or nothing more is known to arrive.
    while (messages.size && !leaving && !held) {
      const [ids, small] = batch(room);
      const all = new Set(await pending(ids));
      // What another page has sent.
      leave(ids.filter((id) => !all.has(id)));
      // Some may have been given up meanwhile.
      const unsent = ids.filter((id) => all.has(id) && messages.has(id));
      if (!unsent.length) continue;
      if (leaving || held) break;
      outlives = small && !failures;
      unsent.forEach(offered.add, offered);
      const further = await post(unsent);
      unsent.forEach(offered.delete, offered);
      outlives = true;
      if (!further) {
        failures++;
        // Less, which a slow network brings through in time; 20,000 bytes in the end.
        room = (room + LIMIT) / 4;
        expire();
        break;
      }
      failures = 0;
      room = Math.min(BULK, 2 * room);
    }
    // Here, and not once the lock is back: what is added from now on needs another attempt.
    attempt = undefined;
    // Full jitter, so that pages whose collector was away do not all come back at one moment.
    if (!leaving) schedule(Math.random() * Math.min(LAST_RETRY, FIRST_RETRY * 2 ** failures));
  };

  /** Does this while no other page does. */
  const exclusively = async (work: () => Promise<void>): Promise<void> => {
    let begun = false;
    const begin = (): Promise<void> => {
      begun = true;
      return Promise.race([work(), new Promise<void>((resolve) => (release = resolve))]);
    };
    try {
      const options = { __proto__: null, signal: AbortSignal.timeout(LEASE) };
      if (to.keep) await navigator.locks.request(LOCK, options as LockOptions, begin);
    } catch {
      // No locks here, or a page that is frozen holds it: better twice than not at all.
    }
    if (!begun) await work();
  };

  const flush = (): Promise<void> => {
    cancel();
    if (held) return held.then(flush);
    if (Date.now() < notBefore) schedule(0);
    else if (messages.size) attempt ??= exclusively(go);
    return attempt ?? Promise.resolve();
  };

  return {
    add(id, json, earlier) {
      messages.set(id, json);
      if (earlier) old.add(id);
      for (const [oldest] of messages) {
        if (messages.size <= MOST_KEPT) break;
        if (!offered.has(oldest)) leave([oldest], "too many events");
      }
      if (!attempt) schedule(GATHER);
    },
    holds: (id) => messages.has(id),
    waiting: () => messages.values(),
    drop() {
      cancel();
      underWay?.abort();
      messages.clear();
    },
    flush,
    hold() {
      let free: () => void;
      held = new Promise((resolve) => (free = resolve));
      return () => {
        held = undefined;
        free();
        schedule(GATHER);
      };
    },
    beacon() {
      leaving = true;
      // What is on its way stays so, if it may. But a page that is frozen would hold the lock.
      release();
      if (!outlives) offered.clear();
      outlives = true;
      let [ids] = held ? [[]] : batch(LIMIT, offered);
      ids.forEach(offered.add, offered);
      try {
        // The host's own beacons may have taken most of what the browser allows.
        while (ids.length && !navigator.sendBeacon(url, body(ids))) ids = ids.slice(0, ids.length >> 1);
      } catch {
        // Refused by the browser or by somebody's wrapper: it is written down as well.
      }
    },
    returned() {
      leaving = false;
      offered.clear();
      void flush();
    },
    online() {
      cancel();
      failures = 0;
      schedule(Math.random() * RETURN);
    },
    stop() {
      leaving = true;
      cancel();
    },
  };
}
