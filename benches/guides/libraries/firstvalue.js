// The guide renderer on a host page.

import init, { mount, show } from "/sdk/firstvalue_ui.js";

await init({ module_or_path: await WebAssembly.compileStreaming(fetch("/sdk/firstvalue_ui_bg.wasm")) });
const root = document.createElement("fv-root");
document.body.append(root);
mount(root, () => {});
const ours = (selector) => {
  const element = root.shadowRoot.querySelector(selector);
  return element?.checkVisibility({ opacityProperty: true, visibilityProperty: true }) ? element : null;
};

window.tour = {
  start: (selectors) => {
    const steps = selectors.map((css, place) => ({ target: { css }, title: { "": `Here ${place}` }, body: { "": "This is it." } }));
    show(JSON.stringify({ kind: "tour", steps }), 0, "{}");
  },
  card: () => ours(".card"),
  button: () => ours("[data-primary]"),
};
