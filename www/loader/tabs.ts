// The other pages of this product in this browser. What a user does in one counts in all.

import { attempt } from "./attempt";
import type { Entry } from "./entry";
import type { Consent } from "./firstvalue";

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

/** The line to other pages. */
export interface Tabs {
  /** Tells them. */
  tell(news: News): void;
  /** Begins to listen, as a page that is shown does. */
  open(): void;
  /** Ends that. A page that the browser holds back for later would be thrown away if it heard anything. */
  close(): void;
}

/** A line that is closed. Where there can be none this page stands by itself. */
export function tabs(hear: (news: News) => void): Tabs {
  let channel: BroadcastChannel | undefined;
  return {
    tell: (news) => attempt(() => channel?.postMessage(news)),
    open: () =>
      attempt(() => {
        channel ??= new BroadcastChannel("firstvalue");
        channel.onmessage = ({ data }) => hear(data as News);
      }),
    close() {
      channel?.close();
      channel = undefined;
    },
  };
}
