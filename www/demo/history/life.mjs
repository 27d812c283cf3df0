// One user from signing up to staying away.

import { character } from "./character.mjs";
import { Diary } from "./diary.mjs";
import * as guides from "./guides.mjs";
import { Chance } from "./random.mjs";
import { DAY, isMonthStart, isWeekend, MINUTE, officeMoment, SECOND } from "./time.mjs";
import { arrive, create, Progress, share, visit } from "./visit.mjs";

/** Nobody is followed for longer; more than any window of the history. */
const LONGEST = 100;

/** All messages of one person, as if time went on for ever; the caller cuts them off at its own now. */
export function life(seed, account, person) {
  const chance = new Chance(`${seed} life ${person.id}`);
  const diary = new Diary(person.id, account.utcOffset, person.signup);
  diary.identify({ name: person.name, email: person.email, role: person.role, createdAt: new Date(person.signup).toISOString() });
  const plan = planTeller(diary, account);
  const progress = new Progress();
  const who = firstVisit(diary, chance, person, plan, progress);

  const firstDay = Math.floor((person.signup + account.utcOffset * MINUTE) / DAY);
  const days = Math.min(who.days, LONGEST);
  for (let since = 1; since <= days; since++) {
    if (!chance.is(likelihood(who, firstDay + since, since))) continue;
    diary.jump(officeMoment(chance, firstDay + since, account.utcOffset));
    plan();
    visit(diary, chance, who, progress);
  }
  return diary.messages;
}

/** Tells the account's traits whenever they have changed, as a host does at sign-in. */
function planTeller(diary, account) {
  let told = "";
  return () => {
    const plan = account.upgrade && diary.now >= account.upgrade.at ? account.upgrade.plan : "trial";
    if (plan === told) return;
    told = plan;
    diary.group(account.id, { name: account.name, industry: account.industry, seats: account.seats, plan });
  };
}

function firstVisit(diary, chance, person, plan, progress) {
  plan();
  arrive(diary, chance);
  const answer = guides.welcome(diary, chance);
  diary.wait(4 * SECOND);
  const toured = answer === "completed" && person.role !== "viewer" && guides.tour(diary, chance);
  const who = { ...character(chance, person.role, toured), role: person.role };
  if (toured) {
    diary.wait(40);
    create(diary, chance, progress, "board");
    if (who.shares && chance.is(0.42)) share(diary, chance, progress);
  } else if (who.creates && chance.is(0.3)) {
    diary.page("/demo/reports/new");
    diary.wait(chance.skewed(14 * MINUTE, 0.7));
    create(diary, chance, progress);
    if (who.shares && chance.is(0.2)) share(diary, chance, progress);
  }
  return who;
}

/** How likely a visit is on a day: few at weekends, more when the month's reports are due. */
function likelihood(who, day, since) {
  if (isWeekend(day)) return who.visits * 0.08;
  // The first days are when people try things.
  const fresh = since <= 4 ? 1.7 : 1;
  return Math.min(0.9, who.visits * fresh * (isMonthStart(day) ? 1.6 : 1));
}
