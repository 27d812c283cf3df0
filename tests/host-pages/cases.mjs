// What is hard on a library of tours, each with what must hold all the same. The same is asked of every library.

import assert from "node:assert/strict";

/** Page zoom, as a browser does it: fewer and larger pixels. */
const zoomed = (by) => ({
  viewport: { width: Math.round(1280 / by), height: Math.round(800 / by) },
  deviceScaleFactor: by,
});
const inZoom = (by) => ({
  page: "plain",
  title: `page zoom of ${by * 100} %`,
  options: zoomed(by),
  async run(tour) {
    await tour.start("#target");
    await tour.usable();
    await tour.inView();
  },
});
const beside = async (tour) => {
  await tour.start("#target");
  await tour.usable();
  await tour.near();
};

/** By page, title, the number of the fault if it has one, and what is done and asked; `options` are those of the browser's context. */
export const cases = [
  { page: "plain", title: "a page without difficulties", run: beside },
  {
    page: "dialog",
    fault: "X35",
    title: "a modal dialog open before",
    async run(tour) {
      await tour.host("open");
      await beside(tour);
    },
  },
  {
    page: "dialog-during",
    fault: "X35",
    title: "a modal dialog opened during the tour",
    async run(tour) {
      await beside(tour);
      await tour.host("open");
      await tour.usable();
    },
  },
  {
    page: "dialog",
    fault: "X35",
    title: "a modal dialog closed with the target in it",
    async run(tour) {
      await tour.host("open");
      await beside(tour);
      await tour.host("close");
      await tour.gone();
    },
  },
  {
    page: "dialog-by-click",
    fault: "X35",
    title: "a modal dialog opened by a click on the target",
    async run(tour, page) {
      await tour.start("#target", "#second");
      await tour.near();
      await page.click("#target", { timeout: 2_000 });
      await tour.press();
      await tour.near("#second");
      await tour.usable();
    },
  },
  {
    page: "late",
    fault: "X37",
    title: "a target that comes late",
    async run(tour) {
      await tour.start("#target");
      await tour.absent();
      await tour.host("arrive");
      await tour.near();
    },
  },
  {
    page: "removed",
    fault: "X37",
    title: "a target removed, and put back",
    async run(tour) {
      await beside(tour);
      await tour.host("remove");
      await tour.gone();
      await tour.host("restore");
      await tour.near();
    },
  },
  {
    page: "replaced",
    fault: "X37",
    title: "a target replaced by a new rendering",
    async run(tour) {
      await beside(tour);
      await tour.host("render");
      await tour.near();
      await tour.usable();
    },
  },
  {
    page: "hydration",
    fault: "X13",
    title: "React that replaces nodes on hydration",
    async run(tour, page) {
      await page.waitForFunction(() => window.host);
      await beside(tour);
      await tour.host("hydrate");
      await page.waitForFunction(() => document.querySelector("h1").textContent === "Reports of today");
      await tour.near();
      await tour.usable();
    },
  },
  {
    page: "hidden",
    fault: "X37",
    title: "a target hidden by display: none, and shown",
    async run(tour) {
      await beside(tour);
      await tour.host("hide");
      await tour.gone();
      await tour.host("show");
      await tour.near();
    },
  },
  {
    page: "collapsed",
    fault: "X37",
    title: "a target in a section that folds up",
    async run(tour) {
      await beside(tour);
      await tour.host("fold");
      await tour.gone();
      await tour.host("unfold");
      await tour.near();
    },
  },
  { page: "covered", fault: "X37", title: "an overlay with the highest z-index", run: beside },
  {
    page: "nested-scroll",
    title: "off screen in two nested scroll containers",
    async run(tour) {
      await beside(tour);
      await tour.host("scroll");
      await tour.near();
    },
  },
  { page: "shadow-root", title: "a target in an open shadow root", run: beside },
  { page: "transformed", title: "a transformed parent", run: beside },
  { page: "contained", title: "a parent with contain: paint", run: beside },
  {
    page: "layout-shift",
    title: "a shift of the layout without scroll or resize",
    async run(tour) {
      await beside(tour);
      await tour.host("shift");
      await tour.near();
    },
  },
  {
    page: "animated",
    title: "a target moved by an animation",
    async run(tour) {
      await beside(tour);
      await tour.host("move");
      await tour.near();
    },
  },
  {
    page: "sticky-header",
    title: "a sticky header",
    async run(tour, page) {
      await beside(tour);
      const [target, bar] = await Promise.all(["#target", "#bar"].map((one) => page.$eval(one, (element) => element.getBoundingClientRect().toJSON())));
      assert.ok(target.top >= bar.bottom, "the target is under the header");
    },
  },
  {
    page: "virtual-list",
    title: "a row of a virtual list that is recycled",
    async run(tour) {
      await beside(tour);
      await tour.host("away");
      await tour.gone();
      await tour.host("back");
      await tour.near();
    },
  },
  {
    page: "scroll-lock",
    title: "a lock of the page's scrolling",
    async run(tour) {
      await beside(tour);
      await tour.host("lock");
      await tour.near();
      await tour.usable();
    },
  },
  ...[0.5, 1, 2, 4].map(inZoom),
  {
    page: "css-zoom",
    title: "a page that zooms itself by CSS",
    async run(tour) {
      await beside(tour);
      await tour.host("zoom", 1.5);
      await tour.near();
      await tour.usable();
    },
  },
  {
    page: "full-screen",
    fault: "X35",
    title: "an element in full screen",
    async run(tour, page) {
      await page.click("#enter");
      await page.waitForFunction(() => document.fullscreenElement);
      await beside(tour);
    },
  },
  {
    page: "full-screen",
    fault: "X35",
    title: "full screen that begins and ends during the tour",
    async run(tour, page) {
      await tour.start("#target");
      await tour.near();
      await page.$eval("#enter", (button) => button.click());
      await page.waitForFunction(() => document.fullscreenElement);
      await tour.usable();
      await page.evaluate(() => document.exitFullscreen());
      await page.waitForFunction(() => !document.fullscreenElement);
      await tour.near();
      await tour.usable();
    },
  },
  {
    page: "plain",
    title: "two tours at once",
    async run(tour) {
      await tour.start("#target");
      await tour.near();
      await tour.start("#second");
      await tour.near("#second");
      await tour.usable();
    },
  },
  {
    page: "route",
    title: "a change of route in the middle of a step",
    async run(tour) {
      await beside(tour);
      await tour.host("go");
      await tour.gone();
    },
  },
  { page: "hostile-css", title: "*{all:unset!important} and worse", run: beside },
  { page: "strict-policy", title: "a strict policy with Trusted Types", run: beside },
];
