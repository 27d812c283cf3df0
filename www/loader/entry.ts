// Calls as they wait in the queue.

/**
 * What a waiting call asks for; `moved` that the address has changed, `consent` that what follows is said under
 * another, `tick` only that time goes on.
 */
export type Kind = "identify" | "alias" | "group" | "reset" | "track" | "page" | "start" | "stop" | "moved" | "consent" | "tick";

/**
 * A call: when it was made, what it asks, and its arguments as they were then (the second as JSON,
 * because the host may change its object afterwards). The id is given when it leaves the queue.
 */
export type Entry = [at: number, kind: Kind, name?: string, body?: string, id?: string];

/** The moment of the latest identifier, and how many that moment had before. */
let latest = 0;
let before = 0;

/** Random numbers of 32 bits, as many as are asked for at once: each time takes as long as a whole identifier. */
const random = new Uint32Array(96);
let used = random.length;

const hex = (number: number, digits: number): string => number.toString(16).padStart(digits, "0");

const chance = (bits: number): number => random[used++]! >>> (32 - bits);

/**
 * An identifier that sorts by time, and within a millisecond in the order in which they were made: UUID
 * version 7. Without `crypto` (old pages on plain http) its random part is weaker, which still keeps ids apart.
 */
export const uuid = (at: number): string => {
  before = at === latest ? before + 1 : 0;
  latest = at;
  if (used === random.length) {
    used = 0;
    try {
      crypto.getRandomValues(random);
    } catch {
      for (let i = 0; i < random.length; i++) random[i] = Math.random() * 2 ** 32;
    }
  }
  const time = hex(Math.floor(at), 12);
  const tail = hex(chance(32), 8) + hex(chance(16), 4);
  return `${time.slice(0, 8)}-${time.slice(8)}-${hex(0x7000 | (before & 0xfff), 4)}-${hex(0x8000 | chance(14), 4)}-${tail}`;
};

/** What may have a `toJSON` that it was not born with. */
type Patched = { toJSON?: unknown };

/**
 * A value as JSON. Old libraries put a `toJSON` on the prototypes of arrays and objects, which makes texts
 * of them; one of a class of its own, such as a date's, is meant.
 */
export const text = (value: unknown): string => {
  const [onArrays, onObjects] = [([] as Patched).toJSON, ({} as Patched).toJSON];
  if (!onArrays && !onObjects) return JSON.stringify(value);
  return JSON.stringify(value, function (this: { [key: string]: unknown }, key, value) {
    const before = this[key];
    const toJSON = (before as Patched | null | undefined)?.toJSON;
    return toJSON && (toJSON === onArrays || toJSON === onObjects) ? before : value;
  });
};

/** When an identifier of this kind was made. */
export const madeAt = (id: string): number => parseInt(id.slice(0, 8) + id.slice(9, 13), 16);
