import { NEXT_NUMBER, type Report } from "../data/reports";
import type { Account, Person, Role } from "../data/people";

/** Who is signed in, and for which account. */
export interface Session {
  person: Person;
  account: Account;
  /** When this person first signed in here. */
  since: number;
}

/** Somebody who was asked to join. */
export interface Invitation {
  email: string;
  role: Role;
  at: number;
}

export type Notification = "shared" | "unusual" | "digest";

/** Everything that Ledgerly remembers. What colleagues made is generated, not kept. */
export interface State {
  /** Tells one try of the demo from another, so that nobody meets what somebody else did as Mara. */
  visit: string;
  session: Session | null;
  /** First sign-ins by person, kept over sign-outs: somebody signs up once. */
  since: Record<string, number>;
  /** Reports made here, newest first. */
  created: Report[];
  /** What was changed of other reports, by id. */
  changes: Record<string, Partial<Report>>;
  invitations: Invitation[];
  notifications: Record<Notification, boolean>;
}

export const EMPTY: State = {
  visit: "",
  session: null,
  since: {},
  created: [],
  changes: {},
  invitations: [],
  notifications: { shared: true, unusual: true, digest: false },
};

export type Action =
  | { type: "sign-in"; person: Person; account: Account; at: number }
  | { type: "sign-out" }
  | { type: "create-report"; report: Report }
  | { type: "change-report"; id: string; change: Partial<Report> }
  | { type: "invite"; invitation: Invitation }
  | { type: "rename"; name: string }
  | { type: "notify"; about: Notification; on: boolean }
  | { type: "start-over"; visit: string };

export function reduce(state: State, action: Action): State {
  switch (action.type) {
    case "sign-in": {
      const since = state.since[action.person.id] ?? action.at;
      const session = { person: action.person, account: action.account, since };
      return { ...state, session, since: { ...state.since, [action.person.id]: since } };
    }
    case "sign-out":
      return { ...state, session: null };
    case "create-report":
      return { ...state, created: [action.report, ...state.created] };
    case "change-report": {
      const change = { ...state.changes[action.id], ...action.change };
      return { ...state, changes: { ...state.changes, [action.id]: change } };
    }
    case "invite":
      return { ...state, invitations: [action.invitation, ...state.invitations] };
    case "rename":
      if (!state.session) return state;
      return { ...state, session: { ...state.session, person: { ...state.session.person, name: action.name } } };
    case "notify":
      return { ...state, notifications: { ...state.notifications, [action.about]: action.on } };
    case "start-over":
      return { ...EMPTY, visit: action.visit };
  }
}

/** A name for a try of the demo. */
export function newVisit(): string {
  return Math.random().toString(36).slice(2, 6);
}

/** The id that the next report gets. */
export function nextId(state: State): string {
  return `r-${NEXT_NUMBER + state.created.length}`;
}
