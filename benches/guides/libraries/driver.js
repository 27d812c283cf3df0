// driver.js on a host page.

import { styles } from "/tour-styles.js";
import { driver } from "/library/driver.js/dist/driver.js.mjs";

await styles("/library/driver.js/dist/driver.css");
/** Whether its elements fade in, as they do unless told otherwise. */
const animate = new URL(import.meta.url).searchParams.get("animate") !== "false";
const visible = (element) => (element?.checkVisibility({ opacityProperty: true, visibilityProperty: true }) ? element : null);

window.tour = {
  start: (selectors) => {
    const steps = selectors.map((element, place) => ({ element, popover: { title: `Here ${place}`, description: "This is it." } }));
    driver({ animate, steps }).drive();
  },
  card: () => visible(document.querySelector(".driver-popover")),
  button: () => visible(document.querySelector(".driver-popover-next-btn")),
};
