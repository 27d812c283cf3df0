// What becomes of a call: a message, which is kept and sent, and something to decide about, here, in other pages and on
// other devices.

import { alone, awaited, enter, later, open, trapped } from "./border";
import type { Core } from "./core";
import * as decisions from "./decisions";
import * as devices from "./devices";
import { type Entry, text, uuid } from "./entry";
import { moved, stand, stands } from "./extras";
import type { Message } from "./firstvalue";
import { problem } from "./handlers";
import * as journal from "./journal";
import { idOf, message, search } from "./message";
import { options } from "./options";
import type { Outbox } from "./outbox";
import { drain } from "./queue";
import { to } from "./sender";
import type { Record } from "./store";
import * as tabs from "./tabs";
import * as user from "./user";

/** Where messages wait. */
export let box: Outbox | undefined;

/** Says where. */
export const furnish = (other: Outbox | undefined): void => {
  box = other;
};

/** What has happened since the core package broke down, if it is to be brought in again. */
let uncounted: Message[] | undefined;

/** Begins with that, or ends. */
export const remember = (begin: boolean): void => {
  uncounted = begin ? [] : undefined;
};

/** Has that count, and what is not kept yet. */
export const recount = (): void => {
  // Each once.
  const late = new Map([...(uncounted ?? []), ...box!.unwritten()].map((message) => [message.messageId, message]));
  uncounted = undefined;
  decisions.catchUp(late.values());
};

/** Sends what is said from now on, or nothing, not even what was to be sent. */
export const allow = (sends: boolean): void => {
  to.send = sends;
  journal.silence(!sends);
  if (!sends) box?.withdraw();
};

/** Carries out a call, which `core` decides about. */
export const carryOut = (entry: Entry, core?: Core): void => {
  const [at, kind, name, body] = entry;
  if (kind === "consent") return allow(name === "full");
  if (kind === "start" && stands(name!)) return stand(name);
  const id = (entry[4] ??= uuid(at));
  if (kind === "page" || kind === "moved") {
    const given = body?.[0] === "{" ? JSON.parse(body) : {};
    if (typeof given.path === "string") user.go(given.path);
    else entry[3] = text({ ...given, path: user.path });
    moved();
  }
  const previous = user.who;
  user.after(entry);
  const json = message(entry, user.who, user.path, previous, user.sequence + 1, options?.query && search(options.query));
  const outgoing = json && revise(json, id);
  // The host may have ended everything in there.
  if (!box) return;
  if (outgoing) {
    if (to.send) user.count();
    box.add(id, outgoing);
    uncounted?.push(JSON.parse(outgoing));
    decisions.emit("event", outgoing);
  }
  if (json || kind === "reset") tabs.share(idOf(user.who), entry);
  if (json) devices.happened(entry);
  core && decisions.decide(core, entry);
  // Of time that goes by nothing is to be kept but what follows from it.
  if (kind !== "tick" || awaited()) box.change();
};

/** A message as the host wants it sent, if it does. */
const revise = (json: string, messageId: string): string | undefined => {
  if (!options?.beforeSend) return json;
  try {
    const revised = options.beforeSend(JSON.parse(json));
    if (!revised) return undefined;
    // A promise of one, or `true`: what the hook stands for is not known.
    if (!revised.type) throw new TypeError("it gives no message");
    return text({ ...revised, messageId });
  } catch (error) {
    // What the host would have taken out of it must not leave.
    later(() => problem("handler", `\`beforeSend\` threw: ${error}`));
    return undefined;
  }
};

/** Ends a series of calls: has the core package see what is due, and everything kept. */
export const settle = (): void => {
  if (open) enter((core) => core.settle());
  tabs.pass();
  // While the core package is on its way, nothing has counted yet.
  if (open || alone) box?.write();
  stand();
  const from = box!;
  if (open && to.send) devices.ask(from, () => box === from, know, settle).catch(trapped);
};

/** Takes in what the collector knows. */
const know = (kept: Iterable<Record>, state: Record, waiting: Message[], since: Entry[]): void => {
  drain();
  // Also of others, who may come back to this page.
  decisions.restart(new Map([...kept, ...decisions.kept(), state]), waiting, since);
  box!.change();
};
