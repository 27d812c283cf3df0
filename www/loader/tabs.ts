// The other pages of this product in this browser. What a user does in one counts in all, and guides wait while
// they are in another.

import { attempt } from "./attempt";
import type { Entry } from "./entry";
import type { Consent } from "./firstvalue";

/** Milliseconds after something was done in another page, and nothing here, during which the user is taken to be there. */
const ELSEWHERE = 10_000;

/** A call that was carried out, after the id of the user whom it left behind. */
export type Shared = [user: string, entry: Entry];

/** What one page tells the others. */
export interface News {
  /** What was carried out in it, and whether somebody looks at it. */
  shared?: Shared[];
  seen?: boolean;
  /** What the user agrees to from now on. */
  consent?: Consent;
}

/** Open while this page listens. Where there can be none it stands by itself. */
let channel: BroadcastChannel | undefined;

/** What other pages are to be told, when they last told anything, and when something was last done here. */
const said: Shared[] = [];
let heardAt = -Infinity;
let doneAt = 0;

/** Begins to listen, as a page that is shown does. */
export const open = (hear: (news: News) => void): void =>
  attempt(() => {
    channel ??= new BroadcastChannel("firstvalue");
    channel.onmessage = ({ data }) => hear(data as News);
  });

/** Ends that. A page that the browser holds back for later would be thrown away if it heard anything. */
export const close = (): void => {
  channel?.close();
  channel = undefined;
};

/** Tells other pages. */
export const tell = (news: News): void => attempt(() => channel?.postMessage(news));

/** A call was carried out here, of which they are to be told. */
export const share = (user: string, entry: Entry): void => {
  said.push([user, entry]);
  doneAt = performance.now();
};

/** Tells them of such calls. */
export const pass = (): void => {
  if (said.length) tell({ shared: said.splice(0), seen: !document.hidden });
};

/** Something was done just now in another page that somebody looks at. */
export const heard = (): void => void (heardAt = performance.now());

/** Whether the user is in another page of this product just now. */
export const isElsewhere = (): boolean => heardAt > doneAt && performance.now() - heardAt < ELSEWHERE;
