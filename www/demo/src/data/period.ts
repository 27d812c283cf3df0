import { CATEGORIES, DAY_MS, endsMonth, STREAMS, total, type Category, type Day, type Stream } from "./ledger";

/** How far back a view looks. */
export type Period = "month" | "quarter" | "year";

export const PERIODS: { id: Period; label: string; short: string; rows: string }[] = [
  { id: "month", label: "Last 30 days", short: "30 days", rows: "One row a day" },
  { id: "quarter", label: "Last 13 weeks", short: "13 weeks", rows: "One row a week" },
  { id: "year", label: "Last 12 months", short: "12 months", rows: "One row a month" },
];

/** One row of a report: the sums of a day, a week or a month. */
export interface Slice {
  /** The day that it begins with, days since the epoch. */
  from: number;
  label: string;
  revenue: Record<Stream, number>;
  expenses: Record<Category, number>;
  /** In the bank at its end. */
  cash: number;
}

/** The slices of a period, oldest first, and as many before them to compare with. */
export function slices(days: Day[], period: Period): { now: Slice[]; before: Slice[] } {
  const count = { month: 30, quarter: 13, year: 12 }[period];
  const all = group(days, period);
  // Half a month beside whole ones reads like a collapse, so a month counts once it is over.
  if (period === "year" && !endsMonth(days.at(-1)?.day ?? 0)) all.pop();
  return { now: all.slice(-count), before: all.slice(-2 * count, -count) };
}

function group(days: Day[], period: Period): Slice[] {
  const groups = new Map<number, Day[]>();
  const last = days.at(-1)?.day ?? 0;
  for (const day of days) {
    const key = keyOf(day.day, last, period);
    const members = groups.get(key);
    if (members) members.push(day);
    else groups.set(key, [day]);
  }
  return [...groups.values()].map((members) => slice(members, period));
}

function keyOf(day: number, last: number, period: Period): number {
  if (period === "month") return day;
  // Weeks end with the last day of the books, so that none of them is half empty.
  if (period === "quarter") return -Math.floor((last - day) / 7);
  const date = new Date(day * DAY_MS);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
}

function slice(members: Day[], period: Period): Slice {
  const revenue = sums(STREAMS, members.map((day) => day.revenue));
  const expenses = sums(CATEGORIES, members.map((day) => day.expenses));
  const from = members[0]?.day ?? 0;
  return { from, label: label(from, period), revenue, expenses, cash: members.at(-1)?.cash ?? 0 };
}

function sums<K extends string>(keys: readonly K[], rows: Record<K, number>[]): Record<K, number> {
  return Object.fromEntries(keys.map((key) => [key, rows.reduce((sum, row) => sum + row[key], 0)])) as Record<K, number>;
}

const DAY_LABEL = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", timeZone: "UTC" });
const MONTH_LABEL = new Intl.DateTimeFormat("en-GB", { month: "short", year: "numeric", timeZone: "UTC" });

function label(day: number, period: Period): string {
  return (period === "year" ? MONTH_LABEL : DAY_LABEL).format(day * DAY_MS);
}

export const revenueOf = (row: Slice): number => total(row.revenue);
export const expensesOf = (row: Slice): number => total(row.expenses);
export const resultOf = (row: Slice): number => revenueOf(row) - expensesOf(row);
