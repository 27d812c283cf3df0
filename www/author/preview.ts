// Shows a guide without rules and without trace: whatever its conditions and frequency say, and as often as
// one likes.

import { type Stage, stage } from "../loader/guides";
import { playbookText } from "../loader/packages";
import type { Setting } from "./author";

const say = (what: string): void => console.info(`firstvalue preview: ${what}`);

/** What an author wants to know of what the renderer reports; nothing of each step that is shown. */
const said: { [kind: string]: ((step: number, detail: string) => string) | undefined } = {
  completed: (step) => `completed at step ${step}`,
  dismissed: (step) => `sent away at step ${step}`,
  snoozed: (step) => `put off at step ${step}`,
  missing: (step, detail) => `step ${step} has no target: ${detail}`,
  answered: (step, detail) => `answered at step ${step}: ${detail}`,
  track: (_, detail) => `would record \`${detail}\``,
  action: (_, detail) => `would call the host: \`${detail}\``,
};

/** Shows a guide of the playbook from a step on. */
export function preview({ assets, patience, playbook, locale }: Setting, guide: string, step: number): Stage {
  let content: { [guide: string]: object } = {};
  const context = JSON.stringify({ locale: locale ?? (document.documentElement.lang || navigator.language) });
  const show = (guide: string, step: number): void => {
    if (Object.hasOwn(content, guide)) void guides.show(JSON.stringify(content[guide]), Math.max(step, 0), context);
    else say(`there is no guide \`${guide}\`; there are: ${Object.keys(content).join(", ")}`);
  };
  const report = (kind: string, step: number, detail: string): void => {
    if (kind === "start") queueMicrotask(() => show(detail, 0));
    const what = said[kind]?.(step + 1, detail);
    if (what) say(what);
  };
  const guides = stage(assets, patience, report, (reason) => say(`the renderer broke down: ${reason}`));
  void playbookText(playbook).then((text) => {
    content = (text && JSON.parse(text).content) || {};
    show(guide, step);
  });
  return guides;
}
