// Scripts that only some pages need, brought in when they do: what records by a playbook's rules, what stands on the
// page until it is opened, what looks into us.

import type { Guides } from "../standing/guide";
import type { Standing } from "../standing/standing";
import type { Capture, Rule } from "./capture";
import { problem } from "./handlers";
import { assets } from "./options";
import { foreign, inTime } from "./packages";

/** Milliseconds that one may take to come. */
const PATIENCE = 10_000;

/** Brings one in; nothing if it does not come. */
export const extra = <Script>(name: string): Promise<Script | undefined> =>
  inTime(name, PATIENCE, () => foreign<Script>(`${assets}firstvalue_${name}.js`)).catch((error) => problem("handler", String(error)) as undefined);

/** What records by the playbook's rules, once there are any; and what comes of bringing it in. */
let capture: Capture | undefined;
export let capturing: Promise<unknown> | undefined;
let rules: Rule[] | undefined;

/** Has it follow these rules, and brings it in if there are any. */
export const record = (by: Rule[], begin: (script: typeof import("./capture")) => Capture): void => {
  rules = by;
  if (!capturing && !by.length) return;
  capturing ??= extra<typeof import("./capture")>("capture").then((script) => {
    // It may come with the next playbook.
    if (!script) capturing = undefined;
    capture = script && begin(script);
  });
  void capturing.then(() => rules === by && capture?.follow(by));
};

/** Tells it that another page is shown. */
export const moved = (): void => capture?.moved();

/** Has it record nothing until there are rules again. */
export const rest = (): void => {
  capture?.end();
  rules = undefined;
};

/** The guides that stand on the page, and what draws them. */
let guides: Guides | undefined;
let standing: Promise<Standing | undefined> | undefined;

/** Has these stand there, and brings it in if there are any. */
export const put = (those: Guides | undefined, begin: (script: typeof import("../standing/standing")) => Standing): void => {
  guides = those;
  if (guides) standing ??= extra<typeof import("../standing/standing")>("standing").then((script) => script && begin(script));
};

/** Whether this guide stands there. */
export const stands = (guide: string): boolean => !!guides?.[guide]?.kind;

/** Something may have changed about them, or one is to be opened. */
export const stand = (open?: string): void => void standing?.then((it) => it?.(guides, open));

/** Takes the debugger away; and what was asked for last, which it may be on its way for no more when it comes. */
let undebug: (() => void) | undefined;
let asked: unknown;

/** Shows the debugger as `begin` has it, or takes it away. */
export const debug = async (begin?: (script: typeof import("../debugger/debugger")) => () => void): Promise<void> => {
  undebug?.();
  asked = begin;
  if (!begin) return;
  const script = await extra<typeof import("../debugger/debugger")>("debugger");
  if (asked === begin) undebug = script && begin(script);
};
