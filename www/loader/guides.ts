// The stage on which guides are shown: our one element, and the package that draws into it.

import type { Options } from "./firstvalue";
import { load } from "./packages";

/** What `firstvalue_ui` and `firstvalue_ui_all` export. */
interface Renderer {
  mount(root: HTMLElement, report: Report, host: Host): void;
  show(guide: string, step: number, context: string): void;
  hear(happening: string, detail: string): void;
  next(): void;
  back(): void;
  hide(): void;
}

/** What draws steps in the place of the package, and how the host shows its pages. */
type Host = Pick<Options, "renderer" | "router">;

/** How the renderer tells what became of a step. */
export type Report = (kind: string, step: number, detail: string) => void;

/** Tours, tooltips and modals, which the smaller package draws; the larger one draws everything. */
const FIRST = /"kind":"(to|mo)/;

/** Ends the name of the package; empty while that is the smaller one. */
let which = "";
/** Into what it draws: the same for the life of the page, also for another stage. */
let root: HTMLElement | undefined;

/** Where guides are shown. */
export interface Stage {
  /** Shows a step, after fetching the renderer if this is the first. */
  show(guide: string, step: number, context: string): Promise<void>;
  /** What happens while a guide is shown: it may go on by that. */
  hear(happening: string, detail: string): void;
  next(): void;
  back(): void;
  hide(): void;
  /** The renderer broke down outside a call: in a listener or a timer of its own. */
  break(reason: unknown): void;
  /** Takes our element away; nothing is shown any more. */
  remove(): void;
}

/**
 * An empty stage. `broken` is called when the renderer did not come or broke down, by when the stage is removed, and
 * then for each step that is to be shown all the same.
 */
export function stage(assets: string, patience: number, report: Report, broken: (reason: unknown) => void, host: Host): Stage {
  let renderer: Promise<Renderer> | undefined;
  let ready: Renderer | undefined;
  let gone = false;
  /** What it broke down of. */
  let failure: unknown;
  // Which request is the latest: a guide may be stopped while the renderer is on its way.
  let wanted = 0;

  const remove = (): void => {
    gone = true;
    // It would take its element back into the page.
    use((renderer) => renderer.hide());
    root?.remove();
    ready = undefined;
  };
  const fail = (error: unknown): void => {
    if (gone) return;
    remove();
    broken((failure = error));
  };
  const use = (call: (renderer: Renderer) => void): void => {
    try {
      if (ready) call(ready);
    } catch (error) {
      fail(error);
    }
  };
  return {
    async show(guide, step, context) {
      // Else it would count as running, and be shown on the next page whatever that is.
      if (failure) return broken(failure);
      if (!which && (!FIRST.test(guide) || host.renderer)) {
        which = "_all";
        this.hide();
        root?.remove();
        root = ready = renderer = undefined;
      }
      const mine = ++wanted;
      try {
        ready = await (renderer ??= load<Renderer>(assets, `firstvalue_ui${which}`, patience));
      } catch (error) {
        return fail(error);
      }
      if (gone || mine !== wanted) return;
      use((renderer) => {
        const first = !root;
        root ??= document.createElement("fv-root");
        // The host may have removed it, or have replaced its body.
        if (!root.isConnected) document.body.append(root);
        if (first) renderer.mount(root, report, host);
        renderer.show(guide, step, context);
      });
    },
    hear: (happening, detail) => use((renderer) => renderer.hear(happening, detail)),
    next: () => use((renderer) => renderer.next()),
    back: () => use((renderer) => renderer.back()),
    hide() {
      wanted++;
      use((renderer) => renderer.hide());
    },
    break: fail,
    remove,
  };
}
