// What the loader lets the debugger see.

import type { Consent, Firstvalue, Message, Options } from "../loader/firstvalue";
import type { Record } from "../loader/store";

/** What the loader knows at a moment; in an array, whose places take fewer bytes on every page than names. */
export type Inside = [
  options: Options | undefined,
  consent: Consent | undefined,
  path: string | undefined,
  /** The compiled playbook in force. */
  playbook: string | undefined,
  /** What would be kept now: states of users, and of the device. */
  records: Record[] | undefined,
  /** Messages that are to be sent, and messages that are not written to the device yet. */
  waiting: Message[] | undefined,
  unwritten: Message[] | undefined,
  /** Whether guides wait for what happens elsewhere. */
  mustWait: boolean,
];

/** The page that is looked at. */
export interface Subject {
  firstvalue: Firstvalue;
  look(): Inside;
  /** Folder of our files. */
  assets: string;
}
