// What is decided: the core package at work on the playbook in force, and what it asks of the page.

import type { Guides } from "../standing/guide";
import { enter, later, open, resume } from "./border";
import type { Rule } from "./capture";
import type { Core, CoreExports, Supervisor } from "./core";
import { hashes, since } from "./devices";
import { type Entry, type Kind, text } from "./entry";
import { put, record } from "./extras";
import type { Message, State } from "./firstvalue";
import type { Stage } from "./guides";
import { tell } from "./handlers";
import * as journal from "./journal";
import { call as behind, elsewhere, utcOffset } from "./message";
import { hasPages, locale, options } from "./options";
import { type Page, page } from "./page";
import { drain } from "./queue";
import { to } from "./sender";
import type { Record } from "./store";
import { isElsewhere } from "./tabs";
import { path, WHO, who } from "./user";

/** Puts a call into the queue; sends what waits. */
let call: (at: number, kind: Kind, name?: string, body?: string) => void;
let flush: () => Promise<void>;

/** Says who does. */
export const serve = (one: typeof call, all: typeof flush): void => {
  call = one;
  flush = all;
};

/** The playbook in force. */
export let playbook: string | undefined;

/** The page at work for the core package. */
let shown: Page | undefined;

/** Where guides are shown. */
export let guides: Stage | undefined;

/** Has them shown there. */
export const show = (on: Stage | undefined): void => {
  guides = on;
};

/** What is to be kept with the next write. */
let records: Record[] = [];

/** Has this kept. */
export const keep = (key: string, value: Record[1]): void => void records.push([key, value]);

/** What is to be kept of the user. */
export const save = (): Record[] => {
  keep(WHO, text(who));
  // Half of it is of no use.
  if (open && !enter((core) => (core.save(), true))) records = [];
  return records.splice(0);
};

/** What would be kept now. It may then wait for the next write. */
export const kept = (): Record[] => (records = [...new Map(save())]);

/**
 * Whether no person is there, the user is in another page of this product just now, or more is about to be known
 * of them.
 */
export const mustWait = (): boolean => (navigator.webdriver && !options?.automation) || !!since || isElsewhere();

/** What follows now was told where it happened. */
let hearing = false;

/** Milestones as they stood before what is decided anew: those that were reached have been told. */
let before: State["milestones"] = {};

const supervisor: Supervisor = {
  page: () => (shown?.close(), (shown = undefined), watch()),
  call: (kind: string, name?: string, body?: string) => call(Date.now(), kind as Kind, name, body),
  record: keep,
  running: journal.run,
  present(guide, step, context) {
    later(() => void guides?.show(guide, step, `{"locale":${JSON.stringify(locale())},${context.slice(1)}`));
  },
  hide: () => later(() => guides?.hide()),
  emit(happening, detail) {
    const silent = hearing || (happening === "milestone" && before[(JSON.parse(detail) as { milestone: string }).milestone]?.reachedAt);
    later(() => {
      guides?.hear(happening, detail);
      // What a step waits for is the renderer's alone.
      if (!silent && happening) tell(happening, () => JSON.parse(detail));
    });
  },
};

/** Tells of a message, as JSON. */
export const { emit } = supervisor;

/** What is known of the user; nothing while nothing is. */
export const state = (): State | null => {
  drain();
  return JSON.parse((open && enter((core) => core.state())) || "null");
};

/** Listens to the page. */
export const watch = (): Page => (shown ??= page(path, hasPages() ? "page" : "moved", supervisor.call, mustWait));

/** Puts a playbook in force; whether it can be read. */
export const adopt = (text: unknown): boolean => {
  if (typeof text !== "string" || !enter((core) => core.playbook(text))) return false;
  const { capture, elements, standing } = JSON.parse(text) as { capture: Rule[]; elements: string[]; standing?: Guides };
  // As it was, it is in force already.
  if (text !== playbook) {
    record(capture, (it) =>
      it.capture(
        () => path,
        () => (hasPages() ? location.pathname : path),
        (event, properties) => call(Date.now(), "track", event, properties),
        options!.frames,
      ),
    );
  }
  shown!.elements(elements);
  put(standing, (it) => it.stand(supervisor.call, state, tell, locale, () => [to, hashes, flush, options!.router]));
  playbook = text;
  return true;
};

/** Has a core package go on from what is kept: one of this class, or another one in the place of that before. */
export const start = (kept: Iterable<Record>, Core?: CoreExports["Core"]): void =>
  resume(supervisor, text({ path, identity: who, running: journal.running() }), kept, Core);

/** Has it begin again with what is known better than it knows it, and with what came after. */
export const restart = (kept: Iterable<Record>, messages: Message[], after: Entry[] = []): void => {
  before = state()?.milestones ?? before;
  guides?.hide();
  start(kept);
  adopt(playbook);
  catchUp(messages);
  after.forEach(learn);
  before = {};
};

/** Decides about a call. */
export const decide = (core: Core, [at, kind, name, body, id]: Entry): void => core.apply(at, utcOffset(at), kind, name, body, id!);

/** Decides about a call that was carried out elsewhere, or before. */
export const learn = (entry: Entry): void => void enter((core) => decide(core, elsewhere(entry)));

/** Has messages count that the core package has not seen, as far as they are of this user. */
export const catchUp = (messages: Iterable<Message>): void => {
  for (const message of messages) {
    // What they did before they were known is theirs.
    const theirs = message.userId ? message.userId === who.userId : message.anonymousId === who.anonymousId;
    if (theirs) learn(behind(message));
  }
};

/** Decides about one of which the host was told there what followed from it. */
export const hear = (entry: Entry): void => {
  hearing = true;
  learn(entry);
  hearing = false;
};

/** Shows nothing any more, and goes by no playbook. */
export const stop = (): void => {
  playbook = undefined;
  guides?.remove();
};

/** Listens to the page no more, and keeps nothing. */
export const leave = (): void => {
  shown?.close();
  shown = undefined;
  records = [];
};
