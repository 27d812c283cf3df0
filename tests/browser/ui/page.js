// A host page with the guide renderer in it, driven by hand: `firstvalue.ui` are the exports,
// `firstvalue.reports` what was reported. As in the loader, tours, tooltips and modals are drawn by the
// smaller package until something else is shown.

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

const reports = [];

/** Puts a package with this name in charge of the page. */
const use = async (name) => {
  const { default: init, ...ui } = await import(`/sdk/${name}.js`);
  await init({ module_or_path: await WebAssembly.compileStreaming(fetch(`/sdk/${name}_bg.wasm`)) });
  const root = document.createElement("fv-root");
  document.body.append(root);
  ui.mount(root, (kind, step, detail) => reports.push({ kind, step, detail }));
  window.firstvalue?.ui.hide();
  window.firstvalue?.root.remove();
  Object.assign((window.firstvalue ??= { reports, violations, show }), { name, ui, root });
};
const show = async (guide, { step = 0, locale = "en", ...context } = {}) => {
  const first = ["tour", "tooltip", "modal"].includes(guide.kind);
  if (!first && firstvalue.name !== "firstvalue_ui_all") await use("firstvalue_ui_all");
  firstvalue.ui.show(JSON.stringify(guide), step, JSON.stringify({ locale, ...context }));
};
await use("firstvalue_ui");
