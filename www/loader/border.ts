// The only way into the core package, and out of it.

import type { Core, CoreExports, Supervisor } from "./core";
import type { Record } from "./store";

/** The package at work, while there is one. */
export let core: Core | undefined;

/** Whether we are in it. Nobody else is called from in there. */
export let busy = false;

/** Whether it takes calls, and whether we do without it. While it is on its way, neither. */
export let open = false;
export let alone = false;

const afterwards: (() => void)[] = [];

/** Has this done once we are out. */
export const later = (run: () => void): void => void afterwards.push(run);

/** Whether there is anything of the kind. */
export const awaited = (): boolean => !!afterwards.length;

/** Does what had to wait until we were out. */
export const release = (): void => {
  while (afterwards.length) afterwards.shift()!();
};

/** What is to be done when the package has broken down. */
export let trapped: (error: unknown) => void;

/** Says what. */
export const guard = (told: typeof trapped): void => {
  trapped = told;
};

/** Goes in; gives nothing where there is none, or when it breaks down. */
export const enter = <T>(use: (core: Core) => T): T | undefined => {
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

/**
 * Has a package go on from what is kept, in the place of the one that is there: of the same class, if none is given.
 * It asks things of `supervisor`.
 */
export const resume = (supervisor: Supervisor, settings: string, kept: Iterable<Record>, Core = core!.constructor as CoreExports["Core"]): void => {
  const before = core;
  core = new Core(supervisor, settings);
  enter((core) => {
    for (const [key, value] of kept) if (typeof value === "object") core.kept(key, value);
    core.open();
  });
  before?.free();
};

/** It takes calls. */
export const admit = (): void => {
  open = true;
};

/** Whether we do without it, until then. */
export const goAlone = (without: boolean): void => {
  alone = without;
};

/** There is none any more. */
export const abandon = (without: boolean): void => {
  core = undefined;
  open = false;
  alone = without;
};
