// What the colleagues of those whom a visitor can sign in as have achieved in a year, so that there is something to
// report. Those on the first day of their trial have none.

import { Diary } from "./diary.mjs";
import { Chance } from "./random.mjs";
import { DAY, MINUTE, officeMoment, weekday } from "./time.mjs";

/** Months that are told, besides the present one. */
const MONTHS = 11;

/** When they signed up. */
const SINCE = "2024-09-02T08:00:00.000Z";

const CUSTOMERS = [
  { id: "kestrel", name: "Kestrel Logistics", plan: "team", utcOffset: 60, people: ["Ronja Falk", "Mateo Prieto"] },
  { id: "halden", name: "Halden Foods", plan: "business", utcOffset: 540, people: ["Yuki Mori", "Hiroshi Endo", "Emi Okada"] },
];

/**
 * Their messages from the beginning of a month up to the last midnight (UTC) before `now`. What comes of a day depends
 * on the seed and the day alone, so that what is loaded again, or later, adds nothing twice.
 */
export function customers(now, seed) {
  const end = Math.floor(now / DAY);
  const today = new Date(end * DAY);
  const begin = Date.UTC(today.getUTCFullYear(), today.getUTCMonth() - MONTHS) / DAY;
  const messages = CUSTOMERS.flatMap((account) =>
    account.people.flatMap((name, place) => {
      const id = `${account.id}-${place + 1}`;
      const days = Array.from({ length: end - begin }, (_, day) => begin + day);
      return days.flatMap((day) => dayOf(new Chance(`${seed} ${id} ${day}`), account, { id, name }, day, day === begin));
    }),
  );
  return messages.filter((message) => Date.parse(message.timestamp) < end * DAY);
}

/** The messages of a day; on Mondays, and on the first of a month, reports are due. */
function dayOf(chance, account, person, day, isFirst) {
  const isDue = weekday(day) === 0 || new Date(day * DAY).getUTCDate() === 1;
  const diary = new Diary(person.id, account.utcOffset, officeMoment(chance, day, account.utcOffset), `${person.id}-${day}`);
  if (isFirst) {
    diary.identify({ name: person.name, role: "analyst", createdAt: SINCE });
    diary.group(account.id, { name: account.name, plan: account.plan });
  }
  if (!isDue || !chance.is(0.8)) return diary.messages;
  diary.track("session.started");
  diary.wait(MINUTE);
  for (let reports = chance.whole(1, 3); reports > 0; reports--) {
    diary.wait(chance.skewed(4 * MINUTE, 0.4));
    diary.track("report.shared");
    diary.track("outcome.recorded", { outcome: "reports-sent", value: 1 });
    diary.track("outcome.recorded", { outcome: "hours-saved", value: 1.5 });
  }
  return diary.messages;
}
