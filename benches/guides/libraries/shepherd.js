// Shepherd.js on a host page.

import { styles } from "/tour-styles.js";
import Shepherd from "/library/shepherd.js/dist/js/shepherd.mjs";

await styles("/library/shepherd.js/dist/css/shepherd.css");
const visible = (element) => (element?.checkVisibility({ opacityProperty: true, visibilityProperty: true }) ? element : null);
const shown = (selector) => [...document.querySelectorAll(selector)].map(visible).find(Boolean) ?? null;

window.tour = {
  start: (selectors) => {
    const tour = new Shepherd.Tour({ useModalOverlay: true, defaultStepOptions: { scrollTo: { block: "center" } } });
    for (const [place, element] of selectors.entries()) {
      const buttons = [{ text: "Next", action: () => tour.next() }];
      tour.addStep({ title: `Here ${place}`, text: "This is it.", attachTo: { element, on: "bottom" }, buttons });
    }
    return void tour.start();
  },
  card: () => shown(".shepherd-element"),
  button: () => shown(".shepherd-element .shepherd-button"),
};
