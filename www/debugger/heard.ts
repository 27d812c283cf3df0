// What Firstvalue has told since the debugger was opened, the latest first.

import type { Firstvalue, Happenings } from "../loader/firstvalue";

/** The most that is remembered. */
const MOST = 50;

/** Something that was told. */
export interface Heard {
  number: number;
  at: number;
  what: keyof Happenings;
  title: string;
  /** Of a problem: which one. */
  code?: string;
  detail: object;
}

const TITLES: { [what in keyof Happenings]: (detail: Happenings[what]) => string } = {
  event: ({ event, name, type }) => event ?? (name ? `${type} ${name}` : type),
  milestone: ({ milestone }) => milestone,
  guide: ({ guide, state }) => `${guide} is ${state}`,
  step: ({ guide, step }) => `${guide}, step ${step + 1}`,
  action: ({ name }) => name,
  error: ({ message }) => message,
};

/** Listens from now on. Problems are remembered longer than all else, so that what was lost is counted. */
export function listen(firstvalue: Firstvalue): { heard(): Heard[]; problems(): Heard[]; end(): void } {
  let all: Heard[] = [];
  const problems: Heard[] = [];
  let number = 0;
  const hear = <What extends keyof Happenings>(what: What): (() => void) =>
    firstvalue.on(what, (detail) => {
      const one: Heard = { number: number++, at: Date.now(), what, title: TITLES[what](detail), detail };
      if ("code" in detail) problems.push(Object.assign(one, { code: detail.code }));
      all = [one, ...all].slice(0, MOST);
    });
  const ends = (Object.keys(TITLES) as (keyof Happenings)[]).map((what) => hear(what));
  return { heard: () => all, problems: () => problems, end: () => ends.forEach((end) => end()) };
}
