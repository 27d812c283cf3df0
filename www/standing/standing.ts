// What stands on the page until it is opened: announcements, resource centres and value reports. The loader brings this in when
// the playbook has one. It decides nothing: whether they and their parts are there, and what was read, is known
// to the core package, for which each of them is a guide.

import { usable } from "../../crates/firstvalue-ui/js/language.js";
import { focused, giveBack, takeHost } from "../../crates/firstvalue-ui/js/page.js";
import type { Happenings, Router, State } from "../loader/firstvalue";
import { listening } from "../loader/listening";
import type { Destination } from "../loader/sender";
import { centre } from "./centre";
import { feed } from "./feed";
import { type Guide, type Guides, type Item, part, sayTo, titleOf } from "./guide";
import { inCorner, inSlot, isOn, type Launcher, ofHost } from "./launcher";
import { type Panel, panel } from "./panel";
import type { Presses } from "./press";
import { report } from "./report";
import { above, raise, type Root } from "./root";
import { wordsIn } from "./words";

/** These guides are in force, and something may have changed about them; or one of them is to be opened. */
export type Standing = (guides: Guides | undefined, open?: string) => void;

/**
 * Where events go, the signatures of ids (see `signed.ts`), what sends what waits, and the host's router.
 */
export type Outside = () => [to: Destination, hashes: Map<string, string>, flush: () => Promise<void>, router?: Router];

/** Tells the host's handlers. */
type Tell = <K extends "guide" | "action">(happening: K, detail: () => Happenings[K]) => void;

/** How often our element is put back after the host took it away; a host that insists gets its way. */
const PUT_BACK = 3;

/** The panel that is open. */
interface Open extends Panel {
  id: string;
  /** What had the focus before. */
  before: Element | undefined;
  end(): void;
}

/**
 * Begins to stand on the page. `call` puts a call into the loader's queue; `known` says what is known of the user,
 * nothing while nothing is.
 */
export function stand(
  call: (kind: string, name?: string, body?: string) => void,
  known: () => State | null,
  tell: Tell,
  localeNow: () => string,
  outside: Outside,
): Standing {
  takeHost({ router: outside()[3] });
  const launchers = new Map<string, { launcher: Launcher; made: string }>();
  const watching = listening();
  let guides: Guides = {};
  let root: Root | undefined;
  let opened: Open | undefined;
  let waiting = false;
  let watched = false;
  /** Whether some of it lies in the host's page itself. */
  let isInPage = false;
  let putBack = 0;

  const ours = (): Root => (root ??= above());
  const isDue = (state: State, id: string): boolean => !!state.guides[id]?.due;
  const entries = (id: string, { panel }: Guide, state: State) =>
    (panel.entries ?? [])
      .filter((entry) => isDue(state, part(id, entry.id)))
      .map((entry) => ({ entry, isNew: !state.guides[part(id, entry.id)]!.shown }));
  const record = (event: string, properties: object): void => call("track", event, JSON.stringify(properties));

  const launcherOf = (id: string, guide: Guide): Launcher => {
    const made = JSON.stringify([guide.slot, guide.panel.launcher]);
    const known = launchers.get(id);
    if (known?.made === made) return known.launcher;
    known?.launcher.remove();
    const press = (): void => toggle(id);
    const { launcher: element } = guide.panel;
    const launcher = element ? ofHost(element) : guide.slot ? inSlot(guide.slot, press) : inCorner(ours, press);
    launchers.set(id, { launcher, made });
    return launcher;
  };

  /** Draws what is there now. */
  const draw = (): void => {
    const state = known();
    const locale = usable(localeNow());
    const words = wordsIn(locale);
    for (const [id, { launcher }] of launchers) {
      if (state && guides[id] && isDue(state, id)) continue;
      launcher.remove();
      launchers.delete(id);
    }
    // Without a user there is nothing to show; a panel that somebody opened stays while its guide is there.
    if (opened && !(state && guides[opened.id])) close(true);
    if (!state) {
      watching.end();
      watched = false;
      root?.element.remove();
      root = undefined;
      return;
    }
    isInPage = false;
    for (const [id, guide] of Object.entries(guides)) {
      if (!isDue(state, id)) continue;
      isInPage ||= !!(guide.panel.launcher ?? guide.slot);
      const isOpen = opened?.id === id;
      // What is being read is not counted.
      const unread = isOpen ? [] : entries(id, guide, state).filter(({ entry, isNew }) => isNew && entry.notice !== "silent");
      launcherOf(id, guide).draw({ guide, name: sayTo(locale, state)(guide.title), unread: unread.length, isOpen, words });
    }
    if (launchers.size && !watched) {
      const soon = watching.changes({}, changed);
      for (const event of ["load", "resize"]) watching.listen(window, event, soon);
      watching.listen(window, "click", pressed as never);
    } else if (!launchers.size) watching.end();
    watched = !!launchers.size;
  };

  /** The host may have rendered anew, perhaps all of its page. */
  const changed = (): void => {
    if (root && !root.element.isConnected && putBack < PUT_BACK) {
      putBack++;
      raise(root);
    }
    // What lies beside its elements has to follow.
    if (isInPage) draw();
  };

  const pressed = (event: MouseEvent): void => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return;
    for (const id of launchers.keys()) {
      const element = guides[id]?.panel.launcher;
      if (!element || !isOn(event, element)) continue;
      // It may lead to the same on a page of its own, for those without us.
      event.preventDefault();
      toggle(id);
    }
  };

  const close = (back: boolean): void => {
    const it = opened;
    if (!it) return;
    opened = undefined;
    it.end();
    it.remove();
    if (back) giveBack(it.before, launchers.get(it.id)?.launcher.element());
    draw();
  };

  const open = (id: string): void => {
    const guide = guides[id];
    const state = known();
    if (!guide || !state) return;
    close(false);
    const before = focused();
    const locale = usable(localeNow());
    const words = wordsIn(locale);
    const say = sayTo(locale, state);
    const launcher = launchers.get(id)?.launcher;
    const isOwn = !guide.panel.launcher && !guide.slot;
    const shell = panel(ours(), guide, { name: say(guide.title), words, isAside: !isOwn, after: () => launcher?.element(), close });
    const presses: Presses = {
      start: (guide) => call("start", guide),
      track: (event) => call("track", event),
      call: (name) => tell("action", () => ({ name })),
      close: () => close(true),
    };
    let end = (): void => {};
    opened = { ...shell, id, before, end: () => end() };
    if (guide.kind === "announcement") {
      const read = ({ id: entry }: { id: string }): void => record("guide.shown", { guide: part(id, entry) });
      end = feed(shell.body, entries(id, guide, state), { locale, say, words, presses, read });
    } else if (guide.kind === "value-report") report(shell.body, guide, state, { locale, say, words, presses, outside });
    else {
      const sections = (guide.panel.sections ?? []).filter((section) => !section.id || isDue(state, part(id, section.id)));
      const opened = (step: number, { title }: Item): void =>
        record("guide.step_shown", { guide: id, step, article: titleOf(title) });
      centre(shell.body, sections, { locale, say, words, presses, opened });
    }
    shell.begin();
    record("guide.shown", { guide: id });
    tell("guide", () => ({ guide: id, state: "shown", step: 0 }));
    draw();
  };

  const toggle = (id: string): void => (opened?.id === id ? close(true) : open(id));

  return (now, id) => {
    guides = now ?? {};
    if (id) return open(id);
    if (waiting) return;
    waiting = true;
    // Whoever tells us is in the middle of something.
    setTimeout(() => {
      waiting = false;
      draw();
    });
  };
}
