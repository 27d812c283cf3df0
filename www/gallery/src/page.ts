// A host page with one guide on it: `?show=` says which, `scheme` and `dir` in which variant.

import type { Outside, Standing } from "../../standing/standing";
import type { Specimen } from "./specimen";
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

/** What stands on the page is drawn by a script; what the core package knows is made up here. */
const { stand } = (await import(new URL("/sdk/firstvalue_standing.js", location.href).href)) as typeof import("../../standing/standing");
let standing: Standing | undefined;
let shown: Specimen | undefined;
let locale = "en";
const read = new Set<string>();
const id = "specimen";
const known = () => {
  if (!shown) return null;
  const { entries = [], sections = [] } = shown.guide.panel as { entries?: { id: string }[]; sections?: { id?: string }[] };
  const parts = [...entries, ...sections].flatMap((part) => part.id ?? []);
  const guide = (name: string) => ({ due: !shown?.undue?.includes(name), shown: Number(read.has(name)), completed: false, dismissed: false });
  const guides = Object.fromEntries([[id, guide("")], ...parts.map((name) => [`${id}/${name}`, guide(name)])]);
  return { anonymousId: "", userId: null, accountId: "acme", user: {}, account: {}, milestones: {}, guides, audiences: [], stage: null, health: null, running: null };
};
const outside = (): ReturnType<Outside> => {
  const told = shown?.told;
  const to = { writeKey: "", endpoint: `${location.origin}/gallery/${told}?`, keep: false, send: true };
  return [to, new Map(told ? [[":acme", "signed"]] : []), async () => {}];
};
const showPanel = (specimen: Specimen): void => {
  shown = specimen;
  read.clear();
  specimen.read?.forEach((name) => read.add(name));
  const call = (kind: string, name?: string, body?: string): void => {
    const { guide, ...rest } = JSON.parse(body ?? "{}");
    if (guide?.startsWith(`${id}/`)) read.add(guide.slice(id.length + 1));
    reports.push([kind, 0, JSON.stringify([name, guide, rest])]);
    standing?.(inForce());
  };
  const tell = (happening: string, detail: () => object): void =>
    void reports.push([happening, 0, JSON.stringify(detail())]);
  standing ??= stand(call, known, tell, () => locale, outside);
  const ready = (): void => {
    const root = [...document.querySelectorAll("fv-root")].find(({ shadowRoot }) => shadowRoot?.querySelector(".launcher, .badge"));
    const element = press && document.querySelector<HTMLElement>(press);
    if (!root && !element) return void setTimeout(ready);
    const button = element || (press && root?.shadowRoot!.querySelector<HTMLElement>(press));
    if (button) button.click();
    const rest = (): unknown =>
      [...document.querySelectorAll("fv-root")].some(({ shadowRoot }) => shadowRoot?.querySelector("[aria-busy=true]")) ? setTimeout(rest) : reports.push(["rest", 0, ""]);
    rest();
  };
  standing(inForce());
  setTimeout(ready);
};
const inForce = () => (shown ? { [id]: shown.guide } : {}) as never;
const hidePanel = async (): Promise<void> => {
  shown = undefined;
  standing?.({});
  // It is gone when what was told has been taken in.
  await new Promise((resolve) => setTimeout(resolve));
};

/** Shows a guide in one of its variants. */
const show = async (id: string | null, scheme: string | null, dir: string | null): Promise<void> => {
  await hidePanel();
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
  locale = context.locale;
  if (specimen.guide.panel) {
    first.hide();
    all.hide();
    return showPanel({ ...specimen, guide: { ...specimen.guide, theme } });
  }
  const [renderer, other] = FIRST.includes(specimen.guide.kind) ? [first, all] : [all, first];
  other.hide();
  renderer.show(JSON.stringify({ ...specimen.guide, theme }), specimen.step ?? 0, JSON.stringify(context));
};
const wanted = new URLSearchParams(location.search);
void show(wanted.get("show"), wanted.get("scheme"), wanted.get("dir"));

/** For tests. */
const gallery = { ids: specimens.map(({ id }) => id), reports, show };
declare global {
  interface Window {
    gallery: typeof gallery;
  }
}
window.gallery = gallery;
