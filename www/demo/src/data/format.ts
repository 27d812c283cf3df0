const EUROS = new Intl.NumberFormat("en-GB", { style: "currency", currency: "EUR", maximumFractionDigits: 0 });
const SHORT = new Intl.NumberFormat("en-GB", { notation: "compact", maximumFractionDigits: 1 });
const SHARE = new Intl.NumberFormat("en-GB", { style: "percent", minimumFractionDigits: 1, maximumFractionDigits: 1, signDisplay: "exceptZero" });
const DATE = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric" });
const RELATIVE = new Intl.RelativeTimeFormat("en-GB", { numeric: "auto" });

export const euros = (amount: number): string => EUROS.format(amount).replace("-", "−");
export const shortEuros = (amount: number): string => (amount < 0 ? "−" : "") + "€" + SHORT.format(Math.abs(amount)).toLowerCase();
export const change = (now: number, before: number): string =>
  before === 0 ? "–" : SHARE.format((now - before) / Math.abs(before)).replace("-", "−");
export const date = (at: number): string => DATE.format(at);

/** "3 hours ago", as coarse as a person would say it. */
export function ago(at: number, now = Date.now()): string {
  const minutes = Math.round((at - now) / 60_000);
  if (minutes > -1) return "just now";
  if (minutes > -60) return RELATIVE.format(minutes, "minute");
  const hours = Math.round(minutes / 60);
  if (hours > -24) return RELATIVE.format(hours, "hour");
  const days = Math.round(hours / 24);
  return days > -31 ? RELATIVE.format(days, "day") : date(at);
}

export const plural = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;
