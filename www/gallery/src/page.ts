// A host page with one guide on it: `?show=` says which, `scheme` and `dir` in which variant.

import { specimens } from "./specimens";

/** What the ui package exports; `crates/firstvalue-ui/src/exports.rs` says what each does. */
interface Renderer {
  default(options: { module_or_path: WebAssembly.Module }): Promise<unknown>;
  mount(root: HTMLElement, report: (kind: string, step: number, detail: string) => void): void;
  show(guide: string, step: number, context: string): void;
  hide(): void;
}

/** What was reported: kind, step, detail. */
type Report = [kind: string, step: number, detail: string];

/** Kinds that the smaller package draws. */
const FIRST = ["tour", "tooltip", "modal"];
const OWNERS = ["Ada", "Grace", "Katherine", "Edsger", "Barbara"];
const rows = document.getElementById("rows") as HTMLTableSectionElement;
for (let number = 1; number <= 8; number++) {
  const row = rows.insertRow();
  row.id = `r${number}`;
  row.insertCell().textContent = `Report ${number}`;
  row.insertCell().textContent = OWNERS[number % OWNERS.length]!;
  row.insertCell().textContent = `${number} March`;
}

const reports: Report[] = [];
/** What is still to be pressed within the guide. */
let press: string | undefined;

/** A package at work, in an element of its own. */
const bring = async (name: string): Promise<Renderer> => {
  const renderer = (await import(new URL(`/sdk/${name}.js`, location.href).href)) as Renderer;
  await renderer.default({ module_or_path: await WebAssembly.compileStreaming(fetch(`/sdk/${name}_bg.wasm`)) });
  const root = document.createElement("fv-root");
  document.body.append(root);
  renderer.mount(root, (...report) => {
    reports.push(report);
    const button = press && root.shadowRoot?.querySelector<HTMLElement>(press);
    press = undefined;
    if (button) button.click();
  });
  return renderer;
};
/** As in the loader, what most pages begin with is drawn by a smaller package. */
const first = await bring("firstvalue_ui");
const all = await bring("firstvalue_ui_all");

/** Shows a guide in one of its variants. */
const show = (id: string | null, scheme: string | null, dir: string | null): void => {
  const specimen = specimens.find((one) => one.id === id) ?? specimens[0]!;
  const page = document.documentElement;
  const theme: { scheme?: string } = { ...specimen.guide.theme };
  delete page.dataset.scheme;
  if (scheme === "light" || scheme === "dark") page.dataset.scheme = theme.scheme = scheme;
  page.dir = dir === "rtl" ? "rtl" : "ltr";
  scrollTo(0, 0);
  reports.length = 0;
  press = specimen.press;
  const context = { locale: dir === "rtl" ? "ar" : "en", ...specimen.context };
  const [renderer, other] = FIRST.includes(specimen.guide.kind) ? [first, all] : [all, first];
  other.hide();
  renderer.show(JSON.stringify({ ...specimen.guide, theme }), specimen.step ?? 0, JSON.stringify(context));
};
const wanted = new URLSearchParams(location.search);
show(wanted.get("show"), wanted.get("scheme"), wanted.get("dir"));

/** For tests. */
const gallery = { ids: specimens.map(({ id }) => id), reports, show };
declare global {
  interface Window {
    gallery: typeof gallery;
  }
}
window.gallery = gallery;
