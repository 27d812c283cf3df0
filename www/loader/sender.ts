// Messages on their way to the collector. One leaves only when a reply names it, or when the
// collector says that it will never take it.

/** The most bytes of a request that may outlive its page; browsers allow 65,536 for all together. */
const LIMIT = 60_000;
const MOST_MESSAGES = 100;
/** The most messages that are kept for a collector that does not answer. */
const MOST_KEPT = 20_000;
/** Milliseconds in which messages gather before they are sent together. */
const GATHER = 1_000;
/** Milliseconds that one attempt may take. */
const PATIENCE = 10_000;
const FIRST_RETRY = 1_000;
const LAST_RETRY = 300_000;

/** Where messages go. */
export interface Destination {
  writeKey: string;
  endpoint: string;
  /** Whether anything may be written to the device. */
  keep: boolean;
}

/** Sends the messages of one page. */
export interface Sender {
  /** Takes a message over, as JSON. */
  add(id: string, json: string): void;
  /** Whether it has this one. */
  holds(id: string): boolean;
  /** All that it has, each as JSON. */
  waiting(): string[];
  /** Sends now; resolves when the attempt has ended. */
  flush(): Promise<void>;
  /** Gives the browser what is not on its way, as the page is left. It all stays. */
  beacon(): void;
  /** The page was not left after all. */
  returned(): void;
  /** Ends its work. */
  stop(): void;
}

/** A sender. `left` is called with the ids of messages that have left, and why if not because the collector has them. */
export function send(to: Destination, left: (ids: string[], problem?: string) => void): Sender {
  const url = `${to.endpoint}/v1/batch`;
  /** By id, oldest first. */
  const messages = new Map<string, string>();
  /** What is on its way, or was given to the browser already. */
  const offered = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let attempt: Promise<void> | undefined;
  let failures = 0;

  const schedule = (delay: number): void => {
    if (messages.size) timer ??= setTimeout(flush, delay);
  };

  /** The ids of the next batch, without those in `but`. */
  const batch = (but?: Set<string>): string[] => {
    const ids: string[] = [];
    let bytes = 0;
    for (const [id, json] of messages) {
      if (but?.has(id)) continue;
      bytes += new TextEncoder().encode(json).length + 1;
      // One that is larger than a whole batch goes alone; the collector may take it.
      if (ids.length >= MOST_MESSAGES || (bytes > LIMIT && ids.length)) break;
      ids.push(id);
    }
    return ids;
  };

  const body = (ids: string[]): string =>
    `{"writeKey":${JSON.stringify(to.writeKey)},"sentAt":"${new Date().toISOString()}","batch":[${ids.map((id) => messages.get(id))}]}`;

  const leave = (ids: string[], problem?: string): void => {
    for (const id of ids) messages.delete(id);
    if (ids.length) left(ids, problem);
  };

  /** Sends a batch. Whether the collector has decided about any of it. */
  const post = async (ids: string[]): Promise<boolean> => {
    const limit = new AbortController();
    const late = setTimeout(() => limit.abort(), PATIENCE);
    let done: string[] = [];
    let problem: string | undefined;
    try {
      // A simple request without cookies. Without a prototype, so that nothing that the page put on
      // Object.prototype is an option.
      const request = { __proto__: null, method: "POST", body: body(ids), credentials: "omit", keepalive: true, signal: limit.signal };
      // Whoever has wrapped `fetch` may never answer.
      const reply = await Promise.race([
        fetch(url, request as RequestInit),
        new Promise<never>((_, reject) => limit.signal.addEventListener("abort", reject)),
      ]);
      const { status } = reply;
      if (status < 300) {
        // Only a reply that names messages counts: a hotel's sign-in page answers 200 as well.
        for (const { messageId, status, reason } of (await reply.json()).events) {
          if (/^(ok|duplicate|rejected)$/.test(status)) done.push(messageId);
          if (status === "rejected") problem = reason;
        }
      } else if (status > 399 && status < 500 && status !== 408 && status !== 429) {
        problem = `the collector answered ${status}`;
        done = ids;
      }
    } catch {
      // No network, no reply in time, or one that is not ours: tried again later.
    }
    clearTimeout(late);
    leave(done, problem);
    return !!done.length;
  };

  const go = async (): Promise<void> => {
    // Until all is sent, or nothing more is known to arrive.
    for (let ids = batch(); ids.length; ids = batch()) {
      ids.forEach(offered.add, offered);
      const decided = await post(ids);
      ids.forEach(offered.delete, offered);
      failures = decided ? 0 : failures + 1;
      if (!decided) break;
    }
  };

  const flush = (): Promise<void> => {
    clearTimeout(timer);
    timer = undefined;
    return (attempt ??= go().finally(() => {
      attempt = undefined;
      // Full jitter, so that pages whose collector was away do not all come back at one moment.
      schedule(Math.random() * Math.min(LAST_RETRY, FIRST_RETRY * 2 ** failures));
    }));
  };

  return {
    add(id, json) {
      messages.set(id, json);
      for (const [oldest] of messages) {
        if (messages.size <= MOST_KEPT) break;
        if (!offered.has(oldest)) leave([oldest], "too many events are waiting");
      }
      if (!failures) schedule(GATHER);
    },
    holds: (id) => messages.has(id),
    waiting: () => [...messages.values()],
    flush,
    beacon() {
      const ids = batch(offered);
      ids.forEach(offered.add, offered);
      try {
        if (ids.length) navigator.sendBeacon(url, body(ids));
      } catch {
        // Refused by the browser or by somebody's wrapper: it is written down as well.
      }
    },
    returned() {
      offered.clear();
      void flush();
    },
    stop: () => clearTimeout(timer),
  };
}
