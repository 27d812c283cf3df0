// How people take the guides of the playbook: the events that the browser package would send.

import { SECOND } from "./time.mjs";

const shown = (diary, guide) => {
  diary.track("guide.shown", { guide, step: 0 });
  diary.track("guide.step_shown", { guide, step: 0 });
};

/** The dialog on the first visit. @returns {"completed" | "dismissed" | "ignored"} */
export function welcome(diary, chance) {
  shown(diary, "welcome");
  diary.wait(chance.skewed(7 * SECOND, 0.6));
  const answer = chance.weighted({ completed: 60, dismissed: 31, ignored: 9 });
  if (answer !== "ignored") diary.track(`guide.${answer}`, { guide: "welcome", step: 0 });
  return answer;
}

const TOUR = [
  { path: "/demo/", goesOn: 0.94 },
  { path: "/demo/reports", goesOn: 0.95 },
  { path: "/demo/reports/new", goesOn: 0.9 },
  { path: "/demo/reports/new", goesOn: 0.95 },
];

/** The tour to the first report. @returns whether it was followed to its end, at which the report is saved */
export function tour(diary, chance) {
  const guide = "first-report-tour";
  for (const [step, { path, goesOn }] of TOUR.entries()) {
    if (step === 1 || step === 2) diary.page(path);
    diary.wait(300);
    if (step === 2 && chance.is(0.02)) {
      diary.track("guide.failed", { guide, step, selector: '[data-fv="report-name"]', reason: "missing", matches: 0, waited_ms: 5000 });
      return false;
    }
    if (step === 0) shown(diary, guide);
    else diary.track("guide.step_shown", { guide, step });
    diary.wait(chance.skewed(step === 2 ? 34 * SECOND : 11 * SECOND, 0.8));
    if (!chance.is(goesOn)) {
      // Some send it away, others just close the tab.
      if (chance.is(0.7)) diary.track("guide.dismissed", { guide, step });
      return false;
    }
  }
  diary.track("guide.completed", { guide, step: TOUR.length - 1 });
  return true;
}

/** The hint to those who export again and again. @returns as `welcome` does */
export function scheduleHint(diary, chance) {
  const guide = "schedule-hint";
  diary.wait(400);
  shown(diary, guide);
  diary.wait(chance.skewed(9 * SECOND, 0.6));
  const answer = chance.weighted({ completed: 41, dismissed: 40, ignored: 19 });
  if (answer !== "ignored") diary.track(`guide.${answer}`, { guide, step: 0 });
  return answer;
}

/** The strip that asks admins to invite their team. @returns as `welcome` does */
export function inviteBanner(diary, chance) {
  const guide = "invite-banner";
  diary.wait(600);
  shown(diary, guide);
  diary.wait(chance.skewed(14 * SECOND, 0.8));
  const answer = chance.weighted({ completed: 44, dismissed: 33, ignored: 23 });
  if (answer !== "ignored") diary.track(`guide.${answer}`, { guide, step: 0 });
  return answer;
}
