import { random } from "./random";

/** What money comes in for. */
export const STREAMS = ["subscriptions", "services", "usage"] as const;
/** What money goes out for. */
export const CATEGORIES = ["payroll", "hosting", "marketing", "office", "software", "travel"] as const;

export type Stream = (typeof STREAMS)[number];
export type Category = (typeof CATEGORIES)[number];

/** What happened on one day, in euros. */
export interface Day {
  /** Days since the epoch, UTC. */
  day: number;
  revenue: Record<Stream, number>;
  expenses: Record<Category, number>;
  /** In the bank at the end of the day. */
  cash: number;
}

export const DAY_MS = 86_400_000;
/** Two years of books, so that every period has one before it to compare with. */
const DAYS_KEPT = 760;
const OPENING_CASH = 412_000;
/** The books begin at a fixed date, so that a day's figures never change as time passes. */
const FOUNDED = Math.floor(Date.UTC(2023, 0, 1) / DAY_MS);

export function today(now = Date.now()): number {
  return Math.floor(now / DAY_MS);
}

/** The books of the last two years up to yesterday, oldest day first. */
export function ledger(now = Date.now()): Day[] {
  const days: Day[] = [];
  let cash = OPENING_CASH;
  // Salaries count for the day on which they are earned, and leave the bank at the end of the month.
  let owed = 0;
  const last = today(now) - 1;
  for (let day = FOUNDED; day <= last; day++) {
    const entry = oneDay(day);
    owed += entry.expenses.payroll;
    cash += total(entry.revenue) - (total(entry.expenses) - entry.expenses.payroll);
    if (endsMonth(day)) {
      cash -= owed;
      owed = 0;
    }
    if (day > last - DAYS_KEPT) days.push({ ...entry, cash });
  }
  return days;
}

export function total(amounts: Record<string, number>): number {
  return Object.values(amounts).reduce((sum, amount) => sum + amount, 0);
}

function oneDay(day: number): Omit<Day, "cash"> {
  const chance = random(`ledgerly ${day}`);
  const date = new Date(day * DAY_MS);
  const weekday = date.getUTCDay();
  const working = weekday !== 0 && weekday !== 6;
  // A business that grows by about a third a year, with a quiet August and a strong December.
  const growth = 1.33 ** ((day - FOUNDED) / 365);
  const season = 1 + 0.06 * Math.sin(((date.getUTCMonth() - 4) / 12) * 2 * Math.PI) - (date.getUTCMonth() === 7 ? 0.09 : 0);
  const swing = (spread: number) => 1 + (chance() - 0.5) * spread;
  const firstDays = date.getUTCDate() <= 3;
  return {
    day,
    revenue: {
      subscriptions: round(2_450 * growth * season * (firstDays ? 4.2 : 0.72) * swing(0.3)),
      services: working ? round(1_180 * growth * season * swing(1.2)) : 0,
      usage: round(640 * growth * season * (working ? 1.15 : 0.6) * swing(0.5)),
    },
    expenses: {
      payroll: working ? round(3_480 * growth * swing(0.05)) : 0,
      hosting: round(330 * growth * swing(0.35)),
      marketing: working ? round(520 * growth * swing(1.4)) : round(120 * swing(1)),
      office: date.getUTCDate() === 1 ? round(6_400 * growth ** 0.4) : 0,
      software: date.getUTCDate() % 9 === 4 ? round(1_150 * growth ** 0.7 * swing(0.5)) : 0,
      travel: working && chance() < 0.18 ? round(680 * swing(1.2)) : 0,
    },
  };
}

/** Whether a day is the last of its month. */
export function endsMonth(day: number): boolean {
  return new Date((day + 1) * DAY_MS).getUTCDate() === 1;
}

function round(amount: number): number {
  return Math.round(amount * 100) / 100;
}
