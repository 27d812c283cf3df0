// React Joyride on a host page, with the React that it needs.

import { createRoot } from "react-dom/client";
import { Joyride } from "react-joyride";

const root = createRoot(document.body.appendChild(document.createElement("div")));
const visible = (element) => (element?.checkVisibility({ opacityProperty: true, visibilityProperty: true }) ? element : null);
let count = 0;

window.tour = {
  start: (selectors) => {
    const steps = selectors.map((target, place) => ({ target, title: `Here ${place}`, content: "This is it.", skipBeacon: true }));
    root.render(<Joyride key={count++} steps={steps} run continuous />);
  },
  card: () => visible(document.querySelector(".react-joyride__tooltip")),
  button: () => visible(document.querySelector(".react-joyride__tooltip [data-action=primary]")),
};
