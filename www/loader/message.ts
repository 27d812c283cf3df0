// Calls as messages in Segment's format.

import { type Entry, type Kind, text } from "./entry";
import type { Message } from "./firstvalue";
import { version } from "./package.json";

/** Who the user is, and since when that is known; whichever store knows later is right. */
export interface Identity {
  anonymousId: string;
  userId?: string;
  changedAt: number;
}

/** The calls that are sent, and what their arguments are called; the others only do something here. */
const SENT: { [kind in Kind]?: [name: string, body: string] } = {
  track: ["event", "properties"],
  page: ["name", "properties"],
  identify: ["", "traits"],
  group: ["groupId", "traits"],
  alias: ["", ""],
};

/** Who the user is after a call. */
export function follow(who: Identity, [at, kind, name, , id]: Entry): Identity {
  if (kind === "reset") return { anonymousId: id!, changedAt: at };
  if ((kind === "identify" || kind === "alias") && who.userId !== name) return { ...who, userId: name, changedAt: at };
  return who;
}

/**
 * The message for a call of a user, who was another one before it, at a path, with its number; nothing for a
 * call that is not sent. Put together as text: what the page has put on the prototypes of objects and arrays would
 * change what `JSON.stringify` writes.
 */
export function message([at, kind, name, body, id]: Entry, who: Identity, path: string, previous: Identity, sequence: number, search?: string): string | undefined {
  const names = SENT[kind];
  if (!names) return undefined;
  const field = (key: string, text?: string): string => (key && text !== undefined ? `"${key}":${JSON.stringify(text)},` : "");
  return (
    `{"type":"${kind}","messageId":"${id}",` +
    field("anonymousId", who.anonymousId) +
    field("userId", who.userId) +
    (kind === "alias" ? field("previousId", idOf(previous)) : "") +
    field(names[0], name) +
    (body?.[0] === "{" ? `"${names[1]}":${body},` : "") +
    field("timestamp", new Date(at).toISOString()) +
    `"context":{"sequence":${sequence},"utcOffset":${utcOffset(at)},"page":{${field("search", search)}"path":${JSON.stringify(path)}},"library":{"name":"firstvalue","version":"${version}"}}}`
  );
}

/** What is recorded of the address's query: what the host has named. */
export const search = (names: string | string[]): string | undefined => {
  const kept = new URLSearchParams([...new URLSearchParams(location.search)].filter(([name]) => [names].flat().includes(name)));
  return `${kept}` ? `?${kept}` : undefined;
};

/** The call behind a message that another page has made. */
export const call = (message: Message): Entry => {
  const { type, event, name, userId, groupId, properties, traits } = message;
  return [Date.parse(message.timestamp), type, event ?? groupId ?? name ?? userId, (properties ?? traits) && text(properties ?? traits), message.messageId];
};

/** A call of another page. A page that was shown there is an event here: it is not the one that is shown now. */
export const elsewhere = ([at, kind, name, body, id]: Entry): Entry =>
  kind === "page" ? [at, "track", "page.viewed", body, id] : [at, kind, name, body, id];

/** The id by which the user is known. */
export const idOf = (who: { anonymousId: string; userId?: string }): string => who.userId ?? who.anonymousId;

/**
 * Minutes by which the user's clock is ahead of UTC; not by `Intl`, whose first use takes tens of
 * milliseconds.
 */
export const utcOffset = (at: number): number => -new Date(at).getTimezoneOffset();
