// Calls as messages in Segment's format, made here only when the core package cannot do it.

import { type Entry, type Kind, uuid } from "./entry";
import * as journal from "./journal";
import { version } from "./package.json";

/** The calls that are sent; the others only do something here. */
const SENT: Kind[] = ["track", "page", "identify", "group"];

/** Turns calls into messages (each with its JSON), following `identify` and `reset`. */
export function messages(entries: Entry[], keep: boolean): { id: string; json: string }[] {
  let who: journal.Identity = (keep && journal.identity()) || held || { anonymousId: uuid(Date.now()), changedAt: 0 };
  const made: { id: string; json: string }[] = [];
  for (const entry of entries) {
    const [at, kind, name, body] = entry;
    if (kind === "reset") who = { anonymousId: uuid(at), changedAt: at };
    if (kind === "identify") who = { ...who, userId: name!, changedAt: at };
    if (!SENT.includes(kind)) continue;
    const id = (entry[4] ??= uuid(at));
    const content = body && JSON.parse(body);
    const json = JSON.stringify({
      type: kind,
      messageId: id,
      anonymousId: who.anonymousId,
      userId: who.userId,
      ...(kind === "track" && { event: name }),
      ...(kind === "page" && { name }),
      ...(kind === "group" && { groupId: name }),
      [kind === "track" || kind === "page" ? "properties" : "traits"]: content,
      timestamp: new Date(at).toISOString(),
      context: {
        utcOffset: -new Date(at).getTimezoneOffset(),
        page: { path: location.pathname },
        library: { name: "firstvalue", version },
      },
    });
    made.push({ id, json });
  }
  held = who;
  if (keep) journal.remember(JSON.stringify(who));
  return made;
}

/** Who the user is where nothing may be written to the device. */
let held: journal.Identity | undefined;
