// Finding by words, whatever their case and accents.

/** A text as it is compared: without accents, in small letters, with one blank between words. */
export const fold = (text: string, locale: string): string => {
  const plain = text.normalize("NFKD").replace(/\p{M}/gu, "");
  return lower(plain, locale).replace(/\s+/g, " ").trim();
};

/** Letters that are the same in another case; as in no particular language where this one is not known. */
const lower = (text: string, locale: string): string => {
  try {
    return text.toLocaleLowerCase(locale);
  } catch {
    return text.toLowerCase();
  }
};

/** What is searched, the most telling first. */
export type Texts = string[];

/**
 * Which of these (folded) hold every word of a query, best first: a word that begins a word of the title counts
 * most, then one anywhere in it, then one in what follows; equals stay in their order.
 */
export function search<T>(of: readonly T[], texts: (one: T) => Texts, query: string): T[] {
  const words = query.split(" ").filter(Boolean);
  const found: [T, number][] = [];
  for (const one of of) {
    const scores = words.map((word) => score(texts(one), word));
    if (scores.every((score) => score > 0)) found.push([one, scores.reduce((sum, score) => sum + score, 0)]);
  }
  return found.sort(([, a], [, b]) => b - a).map(([one]) => one);
}

function score(texts: Texts, word: string): number {
  const place = texts.findIndex((text) => text.includes(word));
  if (place < 0) return 0;
  const begins = ` ${texts[place]}`.includes(` ${word}`);
  return (texts.length - place) * 2 + Number(begins);
}
