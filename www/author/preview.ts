// Shows a guide without rules and without trace: whatever its conditions and frequency say, and as often as
// one likes.

import { type Stage, stage } from "../loader/guides";
import { foreign, playbookText } from "../loader/packages";
import type { Guides } from "../standing/guide";
import type { Outside } from "../standing/standing";
import type { Setting } from "./author";
import { FINDINGS } from "./findings";

const say = (what: string): void => console.info(`firstvalue preview: ${what}`);

/** What is said of a step's target; nothing if all is well with it. */
const targetOf = (step: number, detail: string): string | undefined => {
  if (!detail) return undefined;
  const { target, reason, selector } = JSON.parse(detail);
  // A step that was passed over is told with the next.
  return target
    ? `step ${step} points at \`${selector}\`: ${FINDINGS[target]}`
    : `at step ${step} the target \`${selector}\` was done without: ${FINDINGS[reason]}`;
};

/** What an author wants to know of what the renderer reports; of each step that is shown only what is wrong. */
const said: { [kind: string]: ((step: number, detail: string) => string | undefined) | undefined } = {
  step: targetOf,
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
  let standing: Guides = {};
  const context = JSON.stringify({ locale: locale ?? (document.documentElement.lang || navigator.language) });
  /** What is shown, and would be on another page. */
  let shown: [guide: string, step: number] = ["", 0];
  const show = (guide: string, step: number): void => {
    shown = [guide, step];
    if (Object.hasOwn(content, guide)) void guides.show(JSON.stringify(content[guide]), Math.max(step, 0), context);
    else if (Object.hasOwn(standing, guide)) void stand(guide);
    else say(`there is no guide \`${guide}\`; there are: ${Object.keys({ ...content, ...standing }).join(", ")}`);
  };
  /** Opens a panel of which everything is there and nothing was read. */
  const stand = async (guide: string): Promise<void> => {
    const { stand } = await foreign<typeof import("../standing/standing")>(`${assets}firstvalue_standing.js`);
    const { panel } = standing[guide]!;
    const parts = [...(panel.entries ?? []), ...(panel.sections ?? [])].flatMap(({ id }) => (id ? `${guide}/${id}` : []));
    const due = { due: true, shown: 0, completed: false, dismissed: false };
    const guides = Object.fromEntries([guide, ...parts].map((id) => [id, due]));
    const state = { anonymousId: "", userId: null, accountId: null, user: {}, account: {}, milestones: {}, guides, audiences: [], stage: null, health: null, running: null };
    const call = (kind: string, name = ""): void => {
      if (kind === "start") show(name, 0);
      // That something was seen is recorded of every guide.
      else if (!name.startsWith("guide.")) say(`would record \`${name}\``);
    };
    const tell = (happening: string, detail: () => object): void =>
      happening === "action" ? say(`would call the host: ${JSON.stringify(detail())}`) : undefined;
    // Nothing was achieved in a preview, so that nobody is asked.
    const outside = (): ReturnType<Outside> => [{ writeKey: "", endpoint: "", keep: false, send: false }, new Map(), async () => {}, { push }];
    const there = { [guide]: standing[guide]! };
    const draw = stand(call, () => state, tell, () => JSON.parse(context).locale, outside);
    draw(there);
    draw(there, guide);
  };
  /** Loads another page of the product, and goes on there. */
  const push = (path: string): void => {
    const address = new URL(path, location.href);
    const asked = { firstvalue: "preview", guide: shown[0], step: String(shown[1] + 1) };
    for (const [name, value] of Object.entries(asked)) address.searchParams.set(name, value);
    location.assign(address);
  };
  const report = (kind: string, step: number, detail: string): void => {
    shown[1] = step;
    if (kind === "start") queueMicrotask(() => show(detail, 0));
    const what = said[kind]?.(step + 1, detail);
    if (what) say(what);
  };
  const guides = stage(assets, patience, report, (reason) => say(`the renderer broke down: ${reason}`), { router: { push } });
  void playbookText(playbook).then((text) => {
    ({ content = {}, standing = {} } = text ? JSON.parse(text) : {});
    show(guide, step);
  });
  return guides;
}
