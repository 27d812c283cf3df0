// One contestant on its page, once.

/** What a Chrome says that a person uses: some libraries drop all that a headless one does. */
const BRANDS = (version) => [{ brand: "Chromium", version }, { brand: "Google Chrome", version }, { brand: "Not:A-Brand", version: "8" }];
/** Events in the loop, in one block of it that is timed, and paced, and milliseconds between these. */
const LOOP = 1_000;
const BLOCK = 50;
const PACED = 100;
const PACE = 10;
/** Milliseconds without a request after which nothing more is expected, and the most that is waited. */
const QUIET = 7_000;
const LONGEST = 60_000;

const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** In the page: six properties, one of which is found again by the server. */
const prepare = () => {
  window.record = (number) => contestant.track("report.created", { mark: `fvbench${number}x`, rows: 240, template: "board", shared: true, ratio: 0.75, owner: "Ada Lovelace" });
};
/** In the page: microseconds that the caller waits, for each block of the loop by event. */
const loop = ([from, count, block]) => {
  const times = [];
  for (let n = 0; n < count; n += block) {
    const start = performance.now();
    for (let i = 0; i < block; i++) record(from + n + i);
    times.push(((performance.now() - start) * 1_000) / block);
  }
  return times;
};
/** In the page: one event every so many milliseconds. */
const paced = ([from, count, pace]) =>
  new Promise((resolve) => {
    let n = 0;
    const timer = setInterval(() => {
      record(from + n++);
      if (n < count) return;
      clearInterval(timer);
      resolve();
    }, pace);
  });

/** Waits until the server has had these, or nothing for some time. */
async function arrival(server, count) {
  const began = Date.now();
  let [requests, since] = [server.requests, Date.now()];
  while (Date.now() - began < LONGEST && Date.now() - since < QUIET) {
    if (server.delivered.size >= count) return sleep(200);
    await sleep(50);
    if (server.requests !== requests) [requests, since] = [server.requests, Date.now()];
  }
}

/** Everything that is asked of one contestant. CPU is that of the page's main thread, in milliseconds. */
export async function measure(browser, server, median) {
  const version = browser.version().split(".")[0];
  const context = await browser.newContext({ userAgent: `Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${version}.0.0.0 Safari/537.36` });
  try {
    await context.addInitScript(() => Object.defineProperty(Navigator.prototype, "webdriver", { get: () => false }));
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    await session.send("Emulation.setUserAgentOverride", {
      userAgent: await page.evaluate(() => navigator.userAgent),
      userAgentMetadata: { brands: BRANDS(version), platform: "Linux", platformVersion: "6.1", architecture: "x86", model: "", mobile: false },
    });
    await session.send("Performance.enable", { timeDomain: "threadTicks" });
    const cpu = async () => {
      const { metrics } = await session.send("Performance.getMetrics");
      return metrics.find(({ name }) => name === "TaskDuration").value * 1_000;
    };
    const heap = async () => {
      await session.send("HeapProfiler.collectGarbage");
      return (await session.send("Runtime.getHeapUsage")).usedSize / 1_024;
    };
    server.forget();
    // The process is the page's own from here on.
    await page.goto(`${server.origin}/nothing`);
    const found = {};
    let before = await cpu();
    await page.goto(`${server.origin}/page`);
    await page.evaluate(() => contestant.ready);
    found.ready = (await cpu()) - before;
    await sleep(2_000);
    found.load = (await cpu()) - before;
    [found.bytes, found.files] = [server.bytes, server.files];
    found.heap = await heap();
    await page.evaluate(prepare);

    const series = async (count, run) => {
      server.forget();
      const before = await cpu();
      const result = await run();
      await arrival(server, count);
      return [result, { cpu: (await cpu()) - before, delivered: server.delivered.size, again: server.again, sent: server.sent, requests: server.requests }];
    };
    // Code that has never run is slow for everybody.
    await series(PACED, () => page.evaluate(paced, [1_000_000, PACED, PACE]));
    [, found.paced] = await series(PACED, () => page.evaluate(paced, [0, PACED, PACE]));
    let times;
    [times, found.burst] = await series(LOOP, () => page.evaluate(loop, [10_000, LOOP, BLOCK]));
    found.caller = median(times);
    return found;
  } finally {
    await context.close();
  }
}

export const EVENTS = { paced: PACED, burst: LOOP };
