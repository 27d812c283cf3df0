// Calls as they wait in the queue.

/**
 * What a waiting call asks for; `moved` that the
 * address has changed, `tick` only that time goes on.
 */
export type Kind = "identify" | "alias" | "group" | "reset" | "track" | "page" | "start" | "stop" | "moved" | "tick";

/**
 * A call: when it was made, what it asks, and its arguments as they were then (the second as JSON,
 * because the host may change its object afterwards). The id is given when it leaves the queue.
 */
export type Entry = [at: number, kind: Kind, name?: string, body?: string, id?: string];

/** The moment of the latest identifier, and how many that moment had before. */
let latest = 0;
let before = 0;

/**
 * An identifier that sorts by time, and within a millisecond in the order in which they were made: UUID
 * version 7. Without `crypto` (old pages on plain http) its random part is weaker, which still keeps ids apart.
 */
export function uuid(at: number): string {
  before = at === latest ? before + 1 : 0;
  latest = at;
  const bytes = new Uint8Array(16);
  try {
    crypto.getRandomValues(bytes);
  } catch {
    for (let i = 0; i < 16; i++) bytes[i] = Math.random() * 256;
  }
  bytes[6] = ((before >> 8) & 15) | 112;
  bytes[7] = before;
  bytes[8] = (bytes[8]! & 63) | 128;
  let hex = Math.floor(at).toString(16).padStart(12, "0");
  for (let i = 6; i < 16; i++) hex += (bytes[i]! + 256).toString(16).slice(1);
  return hex.replace(/(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

/**
 * A value as JSON. Old libraries put a `toJSON` on the prototypes of arrays and objects, which makes texts
 * of them; one of a class of its own, such as a date's, is meant.
 */
export function text(value: unknown): string {
  const [onArrays, onObjects] = [[], {}].map((it) => (it as { toJSON?: unknown }).toJSON);
  if (!onArrays && !onObjects) return JSON.stringify(value);
  return JSON.stringify(value, function (this: { [key: string]: unknown }, key, value) {
    const before = this[key];
    const toJSON = (before as { toJSON?: unknown } | null | undefined)?.toJSON;
    return toJSON && (toJSON === onArrays || toJSON === onObjects) ? before : value;
  });
}

/** When an identifier of this kind was made. */
export const madeAt = (id: string): number => parseInt(id.slice(0, 8) + id.slice(9, 13), 16);
