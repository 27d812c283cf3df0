// How the target of the step that runs is to be found just now, as the renderer looks for it.

import { finding, look, type Way } from "../../crates/firstvalue-ui/js/page.js";
import { FINDINGS } from "../author/findings";
import type { State } from "../loader/firstvalue";
import type { Row } from "./report";

/** What of a compiled playbook says where steps point. */
interface Compiled {
  content?: { [guide: string]: { steps: { target?: Way }[] } };
}

const written = (way: Way): string => [way.css, ...(way.text ? [`text: ${way.text}`] : []), ...(way.name ? [`name: ${way.name}`] : [])].join(", ");

/** Whether no part of an element is within the window. */
const isOffscreen = (element: Element): boolean => {
  const { left, top, right, bottom } = element.getBoundingClientRect();
  return right <= 0 || bottom <= 0 || left >= innerWidth || top >= innerHeight;
};

/** The target of the step that runs; nothing if it points at nothing. */
export function target(playbook: string, running: State["running"]): Row | undefined {
  const { content = {} } = JSON.parse(playbook) as Compiled;
  if (!running || !Object.hasOwn(content, running.guide)) return undefined;
  const way = content[running.guide]!.steps[running.step]?.target;
  if (!way) return undefined;
  const { visible, matches, seen } = look(way, true);
  const lost = matches ? "hidden" : "missing";
  const found = visible ? (isOffscreen(visible) ? "offscreen" : finding(visible, seen)) : lost;
  const lines = (way.ways ?? [way]).map((one) => ({ depth: 0, text: written(one) }));
  if (found) lines.push({ depth: 0, text: FINDINGS[found]! });
  if (matches !== 1) lines.push({ depth: 0, text: `${matches} match, ${seen} of them to be seen` });
  return { id: "target", title: `Target of ${running.guide}, step ${running.step + 1}`, state: found || "found", tone: found ? "bad" : "good", lines };
}
