import { DAY_MS } from "./ledger";
import { COLLEAGUES } from "./people";
import type { Period } from "./period";
import { pick, random } from "./random";
import { TEMPLATES } from "./templates";

/** When a report is sent by itself. */
export interface Schedule {
  every: "day" | "week" | "month";
  /** Ids of those who get it. */
  to: string[];
}

export interface Report {
  /** `r-` and a number. */
  id: string;
  name: string;
  template: string;
  period: Period;
  columns: string[];
  /** The id of whoever made it. */
  owner: string;
  createdAt: number;
  updatedAt: number;
  /** Ids of those who were sent it. */
  sharedWith: string[];
  schedule: Schedule | null;
}

/** The state that a report is listed under. */
export type Status = "draft" | "shared" | "scheduled";

export function status(report: Report): Status {
  if (report.schedule) return "scheduled";
  return report.sharedWith.length > 0 ? "shared" : "draft";
}

const COUNT = 320;
const FIRST_ID = 1_000;

const SUBJECTS = ["Board pack", "Monthly close", "Revenue review", "Runway check", "Department budget", "Investor update", "Cash forecast", "Spend review", "Sales bookings", "Hiring plan", "Margin watch", "Vendor spend"] as const;
const PLACES = ["Nordics", "DACH", "Iberia", "UK & Ireland", "Benelux", "North America", "Asia Pacific", "Group", "Holding"] as const;
const MONTH = new Intl.DateTimeFormat("en-GB", { month: "long", year: "numeric", timeZone: "UTC" });

/** The number that follows all of the generated ones. */
export const NEXT_NUMBER = FIRST_ID + COUNT;

/** What colleagues made over the last two years, newest first. */
export function colleaguesReports(now = Date.now()): Report[] {
  const chance = random("ledgerly reports");
  const reports: Report[] = [];
  for (let index = 0; index < COUNT; index++) {
    // Squared, so that recent weeks hold more than those long ago.
    const age = ((index + chance()) / COUNT) ** 2 * 700 * DAY_MS + 3 * 3_600_000;
    reports.push(one(FIRST_ID + COUNT - 1 - index, Math.round(now - age), now, chance));
  }
  return reports;
}

function one(number: number, createdAt: number, now: number, chance: () => number): Report {
  const base = pick(chance, TEMPLATES);
  const owner = pick(chance, COLLEAGUES as [typeof COLLEAGUES[number], ...typeof COLLEAGUES]);
  const others = COLLEAGUES.filter((person) => person.id !== owner.id && chance() < 0.3).map((person) => person.id);
  const kind = chance();
  return {
    id: `r-${number}`,
    name: `${pick(chance, SUBJECTS)}, ${chance() < 0.45 ? pick(chance, PLACES) : MONTH.format(createdAt)}`,
    template: base.id,
    period: base.period,
    columns: base.columns,
    owner: owner.id,
    createdAt,
    updatedAt: Math.round(createdAt + chance() ** 2 * 0.9 * Math.min(now - createdAt, 9 * DAY_MS)),
    sharedWith: kind < 0.35 ? [] : others,
    schedule: kind > 0.82 ? { every: pick(chance, ["week", "month"] as const), to: others } : null,
  };
}
