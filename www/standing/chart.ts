// A small chart of bars, for those who see it and as a list for those who do not.

import { drawing, make } from "./dom";

/** How high it is, and how wide a bar and the room before the next; it is stretched to the width that there is. */
const HEIGHT = 40;
const BAR = 8;
const GAP = 3;

/** A month, what was achieved in it, and that in words. */
export interface Bar {
  month: string;
  value: number;
  text: string;
}

/** Bars from the first month to the last, which stands out. */
export function chart(bars: Bar[]): Element[] {
  const most = Math.max(0, ...bars.map(({ value }) => value));
  const svg = drawing("svg", { class: "chart", viewBox: `0 0 ${bars.length * (BAR + GAP) - GAP} ${HEIGHT}`, preserveAspectRatio: "none", "aria-hidden": "true" });
  bars.forEach(({ month, value, text }, place) => {
    // Nothing is still a line to stand on.
    const height = Math.max((value / most) * HEIGHT || 0, 1);
    const bar = drawing("rect", { x: place * (BAR + GAP), y: HEIGHT - height, width: BAR, height });
    const title = drawing("title", {});
    title.append(`${month}: ${text}`);
    bar.append(title);
    svg.append(bar);
  });
  const ends = [bars[0]!, bars.at(-1)!].map(({ month }) => make("span", {}, month));
  const list = bars.map(({ month, text }) => make("li", {}, `${month}: ${text}`));
  return [svg, make("div", { className: "ends", ariaHidden: "true" }, ...ends), make("ul", { className: "unseen" }, ...list)];
}
