// How long a tour takes to start and to go on, and what it costs while the page scrolls.

import { median } from "../machine.mjs";
import { CONTESTANTS, NOTHING, serveWith } from "./contestants.mjs";

/** Frames of scrolling in which a library has to follow its target. */
const FRAMES = 60;

/** In the page: milliseconds from a call until a step can be seen and its button clicked. */
const untilVisible = ([what, title]) =>
  new Promise((resolve, reject) => {
    const started = performance.now();
    const look = () => {
      const card = tour.card();
      const button = card && tour.button();
      const { left, top, width, height } = button?.getBoundingClientRect() ?? {};
      const at = [left + width / 2, top + height / 2];
      let hit = button && document.elementFromPoint(...at);
      for (let inner; (inner = hit?.shadowRoot?.elementFromPoint(...at)) && inner !== hit; ) hit = inner;
      const there = button?.contains(hit) && card.textContent.includes(title);
      if (there) resolve(performance.now() - started);
      else if (performance.now() - started > 10_000) reject(new Error(`${title} did not come`));
      else requestAnimationFrame(look);
    };
    if (what === "next") tour.button().click();
    else tour.start(["#first", "#r4", "#next"]);
    look();
  });

/** In the page: scrolls, frame by frame. */
const scroll = async (frames) => {
  for (let count = 0; count < frames; count++) {
    document.getElementById("scroller").scrollTop += 1;
    await new Promise(requestAnimationFrame);
  }
};

/** In the page: scrolls, and how far the card strays from its target two frames after each step. */
const stray = async (frames) => {
  const distance = () => (tour.card()?.getBoundingClientRect().top ?? Infinity) - document.getElementById("r4").getBoundingClientRect().top;
  const before = distance();
  let strayed = 0;
  for (let count = 0; count < frames; count++) {
    document.getElementById("scroller").scrollTop -= 1;
    for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame);
    strayed = Math.max(strayed, Math.abs(distance() - before));
  }
  return strayed;
};

async function once(browser, origin, file) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  await page.goto(`${origin}/dashboard/`);
  await page.waitForFunction(() => window.tour);
  const session = await context.newCDPSession(page);
  await session.send("Performance.enable");
  const metrics = async () => {
    const { metrics } = await session.send("Performance.getMetrics");
    return Object.fromEntries(metrics.map(({ name, value }) => [name, value]));
  };
  const found = {};
  if (file !== NOTHING) {
    const before = await metrics();
    found.start = await page.evaluate(untilVisible, ["start", "Here 0"]);
    const after = await metrics();
    found.layouts = after.LayoutCount - before.LayoutCount;
    found.startCpu = (after.TaskDuration - before.TaskDuration) * 1_000;
    // What fades in has to have ended, or the next step begins in the middle of it.
    await page.waitForTimeout(600);
    found.next = await page.evaluate(untilVisible, ["next", "Here 1"]);
    await page.waitForTimeout(600);
  }
  const before = await metrics();
  await page.evaluate(scroll, FRAMES);
  found.scrollCpu = ((await metrics()).TaskDuration - before.TaskDuration) * 1_000;
  if (file !== NOTHING) found.strayed = await page.evaluate(stray, FRAMES);
  await context.close();
  return found;
}

/** Medians by library; all take turns, so that what else the machine does meets all alike. */
export async function timing(browser, sdk, rounds, say) {
  const all = { ...CONTESTANTS, "the page by itself": NOTHING };
  const servers = {};
  for (const [name, file] of Object.entries(all)) servers[name] = await serveWith(file, sdk);
  const found = Object.fromEntries(Object.keys(all).map((name) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const [name, file] of Object.entries(all)) {
      const one = await once(browser, servers[name].origin, file);
      // The first round warms up what the browser keeps.
      if (round > 0 || rounds === 1) found[name].push(one);
    }
    say(`round ${round + 1} of ${rounds}`);
  }
  for (const server of Object.values(servers)) await server.close();
  const middle = (rounds) => {
    const figures = Object.keys(rounds[0] ?? {});
    return Object.fromEntries(figures.map((figure) => [figure, median(rounds.map((round) => round[figure]))]));
  };
  return Object.entries(found).map(([name, rounds]) => ({ name, ...middle(rounds) }));
}
