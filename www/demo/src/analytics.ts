import type { Firstvalue, Properties } from "../../loader/firstvalue";
import { ACCOUNT_HASHES, type Account, type Person } from "./data/people";

/** Calls that a page makes before the script has arrived; the script carries them out. */
interface Stub {
  q: [at: number, call: string, ...args: unknown[]][];
}

const CALLS = ["identify", "group", "reset", "track", "outcome", "page"] as const;
type Calls = Pick<Firstvalue, (typeof CALLS)[number]>;

const page = window as unknown as { firstvalue?: Calls };
page.firstvalue ??= stub();

function stub(): Calls & Stub {
  const q: Stub["q"] = [];
  const calls = CALLS.map((call) => [call, (...args: unknown[]) => q.push([Date.now(), call, ...args])]);
  return { q, ...(Object.fromEntries(calls) as Calls) };
}

/** What people do in Ledgerly, as the tracking plan in `playbook.yaml` lists it. */
interface Events {
  "session.started": undefined;
  "report.created": { rows: number; template: string };
  "report.exported": { format: "csv" };
  "report.scheduled": { every: string };
  "person.invited": { role: string };
  // `report.shared` is missing here on purpose: the playbook captures it from the click.
}

/** Records that something was done. */
export function track<E extends keyof Events>(event: E, ...[properties]: Events[E] extends undefined ? [] : [Events[E]]): void {
  page.firstvalue?.track(event, properties as Properties | undefined);
}

/** Records what it has saved that a report was sent: copying the figures together takes an hour and a half. */
export function sentReport(): void {
  page.firstvalue?.outcome("reports-sent", 1);
  page.firstvalue?.outcome("hours-saved", 1.5);
}

/** Records what it saves that a report sends itself from now on. */
export function scheduledReport(): void {
  page.firstvalue?.outcome("hours-saved", 2);
}

/** Says who is signed in. `since` is the moment of sign-up, from which time to value counts. */
export function signedIn(person: Person, account: Account, since: number): void {
  page.firstvalue?.identify(person.id, {
    name: person.name,
    email: person.email,
    role: person.role,
    createdAt: new Date(since).toISOString(),
  });
  page.firstvalue?.group(account.id, { name: account.name, plan: account.plan }, ACCOUNT_HASHES[account.id]);
}

/** Says that the person changed their name. */
export function renamed(person: Person): void {
  page.firstvalue?.identify(person.id, { name: person.name });
}

/** Says that nobody is signed in any more. */
export function signedOut(): void {
  page.firstvalue?.reset();
}
