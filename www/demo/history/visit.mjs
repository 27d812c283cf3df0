// One visit to Ledgerly, from signing in to leaving.

import * as guides from "./guides.mjs";
import { MINUTE, SECOND } from "./time.mjs";

const TEMPLATES = { board: 42, revenue: 26, expenses: 20, cash: 12 };
const ROWS = { board: 12, revenue: 12, expenses: 13, cash: 30 };

/** What somebody has done so far; the guides depend on it. */
export class Progress {
  created = 0;
  shared = 0;
  exported = 0;
  scheduled = false;
  invited = false;
  hint = { shown: 0, ended: false };
  banner = { shown: 0, ended: false };
}

/** Signing in, with the traits as they are now. */
export function arrive(diary, chance) {
  diary.track("session.started");
  diary.wait(900);
  diary.page("/demo/");
  diary.wait(chance.skewed(12 * SECOND, 0.7));
}

export function create(diary, chance, progress, template = chance.weighted(TEMPLATES)) {
  diary.track("report.created", { rows: ROWS[template], template });
  progress.created += 1;
  diary.wait(300);
  diary.page(report(chance));
  diary.wait(chance.skewed(40 * SECOND, 0.7));
}

/** Sends the report in view to a colleague. */
export function share(diary, chance, progress) {
  diary.track("report.shared");
  diary.track("outcome.recorded", { outcome: "reports-sent", value: 1 });
  diary.track("outcome.recorded", { outcome: "hours-saved", value: 1.5 });
  progress.shared += 1;
  diary.wait(chance.skewed(25 * SECOND, 0.5));
}

/** What comes after the first visit: reading, and now and then building, exporting, sharing. */
export function visit(diary, chance, who, progress) {
  arrive(diary, chance);
  diary.page("/demo/reports");
  diary.wait(chance.skewed(20 * SECOND, 0.7));
  banner(diary, chance, who, progress);
  const first = progress.created === 0;
  if (who.creates && chance.is(first ? who.resolve : who.again)) {
    diary.page("/demo/reports/new");
    diary.wait(chance.skewed(first ? 4 * MINUTE : 2 * MINUTE, 0.6));
    create(diary, chance, progress);
  } else {
    diary.page(report(chance));
    diary.wait(chance.skewed(70 * SECOND, 0.8));
  }
  if (who.shares && progress.created > 0 && chance.is(progress.shared === 0 ? who.resolve : 0.3)) share(diary, chance, progress);
  exporting(diary, chance, who, progress);
  if (who.role === "admin" && !progress.invited && chance.is(0.09)) invite(diary, chance, progress);
  if (chance.is(0.08)) diary.page("/demo/settings");
}

function exporting(diary, chance, who, progress) {
  if (chance.is(who.exports)) {
    diary.track("report.exported", { format: "csv" });
    progress.exported += 1;
    diary.wait(chance.skewed(15 * SECOND, 0.5));
  }
  const { hint } = progress;
  if (progress.exported < 2 || progress.scheduled || hint.ended || hint.shown >= 2 || !chance.is(0.92)) return;
  hint.shown += 1;
  const answer = guides.scheduleHint(diary, chance);
  hint.ended = answer !== "ignored";
  if (answer === "completed" && chance.is(0.78)) {
    diary.wait(chance.skewed(30 * SECOND, 0.4));
    diary.track("report.scheduled", { every: chance.weighted({ day: 1, week: 5, month: 6 }) });
    diary.track("outcome.recorded", { outcome: "hours-saved", value: 2 });
    progress.scheduled = true;
  }
}

function banner(diary, chance, who, progress) {
  const { banner } = progress;
  if (who.role !== "admin" || progress.shared === 0 || progress.invited || banner.ended || banner.shown >= 3 || !chance.is(0.85)) return;
  banner.shown += 1;
  const answer = guides.inviteBanner(diary, chance);
  banner.ended = answer !== "ignored";
  if (answer === "completed" && chance.is(0.7)) invite(diary, chance, progress);
}

function invite(diary, chance, progress) {
  diary.page("/demo/people");
  diary.wait(chance.skewed(35 * SECOND, 0.5));
  for (let left = chance.whole(1, 3); left > 0; left--) {
    diary.track("person.invited", { role: chance.weighted({ analyst: 6, viewer: 3, admin: 1 }) });
    diary.wait(chance.skewed(20 * SECOND, 0.4));
  }
  progress.invited = true;
}

function report(chance) {
  return `/demo/reports/r-${chance.whole(1_000, 1_319)}`;
}
