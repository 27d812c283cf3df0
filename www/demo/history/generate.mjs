// The history of Ledgerly: what several hundred people did in the last 90 days.

import { accountsOf } from "./accounts.mjs";
import { life } from "./life.mjs";
import { DAY } from "./time.mjs";

export const DAYS = 90;
export const SEED = "ledgerly";

/**
 * All messages of the 90 days that ended at the last midnight (UTC) before `now`, in the order of
 * time. The same day gives the same messages; a later day gives the same ones for the days that both
 * hold, with the same ids, and those that were added.
 */
export function generate(now, seed = SEED) {
  const end = Math.floor(now / DAY);
  const messages = [];
  for (let day = end - DAYS; day < end; day++) {
    for (const account of accountsOf(seed, day)) {
      for (const person of account.people) {
        for (const message of life(seed, account, person)) {
          const at = Date.parse(message.timestamp);
          if (at < end * DAY) messages.push({ at, message });
        }
      }
    }
  }
  // Sorting is stable, so what one person did in one millisecond stays in order.
  return messages.sort((a, b) => a.at - b.at).map(({ message }) => message);
}
