/** A source of numbers in [0, 1) that gives the same row for the same seed. */
export type Random = () => number;

/** FNV-1a over UTF-16 code units: turns a name into a seed. */
export function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  }
  return value >>> 0;
}

/** Mulberry32: 32 bits of state are plenty for made-up books. */
export function random(seed: string): Random {
  let state = hash(seed);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** One of the items, each as likely as the others. */
export function pick<T>(from: Random, items: readonly [T, ...T[]]): T {
  return items[Math.floor(from() * items.length)] ?? items[0];
}
