// A host page with the guide renderer in it, driven by hand: `firstvalue.ui` are the exports,
// `firstvalue.reports` what was reported.

import init, * as ui from "/sdk/firstvalue_ui.js";

const rows = document.getElementById("rows");
for (let number = 0; number < 200; number++) {
  const row = rows.insertRow();
  row.id = `r${number}`;
  row.insertCell().textContent = `Report ${number}`;
  row.insertCell().textContent = "Monthly";
}

const dialog = document.getElementById("dialog");
document.getElementById("share").onclick = () => dialog.showModal();
document.getElementById("cancel").onclick = () => dialog.close();

const violations = [];
document.addEventListener("securitypolicyviolation", (event) =>
  violations.push(`${event.effectiveDirective} ${event.blockedURI} ${event.sample}`),
);

await init({ module_or_path: "/sdk/firstvalue_ui_bg.wasm" });
const root = document.createElement("fv-root");
document.body.append(root);
const reports = [];
ui.mount(root, (kind, step, detail) => reports.push({ kind, step, detail }));

window.firstvalue = {
  ui,
  root,
  reports,
  violations,
  show(guide, { step = 0, locale = "en", ...context } = {}) {
    ui.show(JSON.stringify(guide), step, JSON.stringify({ locale, ...context }));
  },
};
