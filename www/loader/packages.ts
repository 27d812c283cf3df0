// Loading a WebAssembly package: never waits for ever, never says more than once why not.

import { text } from "./entry";
import type { StatusCode } from "./firstvalue";
import type { Destination } from "./sender";

/** Why a package is not there; the code stays the same across versions. Other errors have a `code` too. */
export interface LoadError extends Error {
  loadCode?: StatusCode;
}

const loadError = (loadCode: StatusCode, message: string): LoadError => Object.assign(new Error(message), { loadCode });

/** The glue of a package as wasm-bindgen writes it. */
type Glue<Exports> = Exports & { default(input: { module_or_path: WebAssembly.Module }): Promise<unknown> };

/**
 * Finds out what the page allows, before anything is fetched. Compiling is the only true test
 * (`WebAssembly.validate` passes under any policy), and the smallest module is eight bytes.
 */
export function probe(): void {
  if (typeof WebAssembly !== "object") {
    throw loadError("wasm_missing", "no WebAssembly");
  }
  try {
    new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0));
  } catch {
    throw loadError("wasm_blocked", "script-src needs 'wasm-unsafe-eval'");
  }
}

/** A module whose address is only known in the page; bundlers leave it alone. */
export const foreign = <T>(url: string): Promise<T> => import(/* webpackIgnore: true */ /* @vite-ignore */ url) as Promise<T>;

/** What `start` brings in; an error if that takes longer than `patience`, and then its signal is aborted. */
export async function inTime<T>(name: string, patience: number, start: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const limit = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      limit.abort();
      reject(loadError("load_timeout", `no ${name} in ${patience} ms`));
    }, patience);
  });
  try {
    return await Promise.race([start(limit.signal), late]);
  } catch (error) {
    throw (error as LoadError).loadCode ? error : loadError("load_failed", String(error));
  } finally {
    clearTimeout(timer);
  }
}

/** Fetches, compiles and starts the package `name` in the folder `assets`; with a `query`, beside one that has been. */
export const load = <Exports>(assets: string, name: string, patience: number, query = ""): Promise<Exports> =>
  inTime(name, patience, async (signal) => {
    const module = async (): Promise<WebAssembly.Module> => {
      const reply = await fetch(`${assets}${name}_bg.wasm`, { __proto__: null, signal } as RequestInit);
      if (!reply.ok) throw new Error(`${reply.url} answered ${reply.status}`);
      // Streaming insists on the content type, which not every server sends.
      return reply.headers.get("content-type") === "application/wasm"
        ? WebAssembly.compileStreaming(reply)
        : WebAssembly.compile(await reply.arrayBuffer());
    };
    const [glue, compiled] = await Promise.all([foreign<Glue<Exports>>(`${assets}${name}.js${query}`), module()]);
    await glue.default({ module_or_path: compiled });
    return glue;
  });

/** What is read of a good reply; nothing if none comes in so many milliseconds. */
const fetched = async <T>(url: string | URL, patience: number, read: (reply: Response) => Promise<T>): Promise<T | undefined> => {
  try {
    const reply = await fetch(url, { __proto__: null, credentials: "omit", signal: AbortSignal.timeout(patience) } as RequestInit);
    return reply.ok ? await read(reply) : undefined;
  } catch {
    return undefined;
  }
};

/** Milliseconds after which an older playbook, or none, has to do. */
const PLAYBOOK_TIMEOUT = 10_000;

/** The compiled playbook: given as data, or fetched. `undefined` if it does not come. */
export const playbookText = async (playbook: string | object): Promise<string | undefined> =>
  typeof playbook === "object" && !(playbook instanceof URL) ? text(playbook) : fetched(playbook, PLAYBOOK_TIMEOUT, (reply) => reply.text());

/** Milliseconds that guides wait for what the collector knows of a user. */
const STATE_TIMEOUT = 3_000;

/** What the collector knows of a user whose id was signed; nothing if it does not say in time. */
export const userState = ({ writeKey, endpoint }: Destination, user: string, hash: string): Promise<Uint8Array | undefined> =>
  fetched(
    `${endpoint}/v1/state?${new URLSearchParams([["key", writeKey], ["user", user], ["hash", hash]])}`,
    STATE_TIMEOUT,
    async (reply) => new Uint8Array(await reply.arrayBuffer()),
  );
