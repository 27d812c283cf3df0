// Days and working hours, in the time zones of the customers.

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** 0 on Monday, 6 on Sunday; `day` counts from the epoch, which was a Thursday. */
export function weekday(day) {
  return (day + 3) % 7;
}

export function isWeekend(day) {
  return weekday(day) >= 5;
}

/** Whether reports are due: the first working days of a month. */
export function isMonthStart(day) {
  return new Date(day * DAY).getUTCDate() <= 5;
}

/** A moment in office hours of a local calendar day; `utcOffset` in minutes. */
export function officeMoment(chance, day, utcOffset) {
  // Two humps, before and after lunch.
  const hour = chance.is(0.58) ? chance.between(8.6, 12.2) : chance.between(13.1, 18.3);
  return Math.round(day * DAY + hour * HOUR - utcOffset * MINUTE + chance.between(0, SECOND));
}
