// Events without code in the host: what the playbook's rules say is recorded when it happens on the
// page. Never the value of a field, and no text but that of buttons and links.

import { matches } from "../../crates/firstvalue-ui/js/glob.js";
import { attempt } from "./attempt";
import { listening, type Listening } from "./listening";

/** A rule, as the playbook says it. */
export interface Rule {
  event: string;
  on: "click" | "submit" | "change" | "visible" | "route" | "rage" | "dead";
  selector?: string;
  /** The pages on which it counts: a glob over their paths. */
  page?: string;
  /** For how many milliseconds an element must be in view. */
  for?: number;
  /** Whether the event says on which element it happened. */
  describe?: boolean;
}

/** Milliseconds in which three clicks are one too many, and after which a click has done nothing. */
const RAGE = 1_000;
const DEAD = 2_000;
/** Milliseconds for which an element is in view unless the rule says otherwise. */
const IN_VIEW = 1_000;
/** The most characters of a description. */
const LONGEST = 60;

/** What a user does to something that answers by itself: nothing on the page need change. */
const SILENT = "input,select,textarea,label,video,canvas,[contenteditable]";

/** That something has come of a click, apart from a change of the page. */
const SIGNS = ["scroll", "focusin", "selectionchange", "visibilitychange"];

/** What the host wants nobody to read: what it says, and what it is called for those who cannot see it. */
const MASK = "[data-fv-mask]";

/** What a node stands in, also beyond slots, shadow roots and frames. */
const around = (node: Node): Node | null | undefined =>
  (node as Element).assignedSlot ?? node.parentNode ?? (node as ShadowRoot).host ?? (node as Document).defaultView?.frameElement;

/** Whether it is masked, or what it stands in. */
const isMasked = (node?: Node | null): boolean => !!node && ((isElement(node) && node.matches(MASK)) || isMasked(around(node)));

/** What names an element for as long as its product does not change: an attribute if it has one, and what it says. */
const describe = (element: Element): string => {
  const name = element.localName;
  const silent = element.querySelector(MASK) || isMasked(element);
  for (const attribute of ["data-fv", "data-testid", "name", silent ? "id" : "aria-label", "id"]) {
    const value = element.getAttribute(attribute);
    // Numbers are given anew with each page.
    if (value && !/\d{2}/.test(value)) return `${name}[${attribute}=${JSON.stringify(value.slice(0, LONGEST))}]`;
  }
  return !silent && element.matches("a,button,[role=button]") ? `${name} ${JSON.stringify(element.textContent!.trim().replace(/\s+/g, " ").slice(0, LONGEST))}` : name;
};

/** Elements and shadow roots, also of frames, whose classes are others. */
const isElement = (node: EventTarget): node is Element => (node as Node).nodeType === Node.ELEMENT_NODE;
const isShadowRoot = (node: EventTarget): boolean => (node as Node).nodeType === Node.DOCUMENT_FRAGMENT_NODE;

/** Records by rules. */
export interface Capture {
  /** Follows these rules from now on. */
  follow(rules: Rule[]): void;
  /** Another page may be shown. */
  moved(): void;
  end(): void;
}

/**
 * One that has no rules yet. `path` is the one that is shown, as far as it has been told; `here` the one on which
 * something happens, which may still have to be. `track` records an event; `frames` is the selector of the frames of
 * this origin in which rules count as well.
 */
export function capture(
  path: () => string,
  here: () => string,
  track: (event: string, properties?: string) => void,
  frames?: string,
): Capture {
  let rules: Rule[] = [];
  /** The page that is shown, and the rules about elements that have had their turn on it. */
  let shown: string | undefined;
  let done = new Set<Rule>();
  const { listen, changes, finally: atEnd, end } = listening();
  /** The page's document, and those in frames, each with what is listened to in it. */
  const documents = new Map<Document, Listening>();

  const of = (...kinds: Rule["on"][]): Rule[] => rules.filter(({ on }) => kinds.includes(on));
  const record = ({ event, page, describe: say }: Rule, element?: Element, on = here()): void => {
    if (page && !matches(page, on)) return;
    track(event, say && element ? `{"element":${JSON.stringify(describe(element))}}` : undefined);
  };

  /** The elements in which an event happened; none in ours, and where the host wants nothing recorded. */
  const along = (event: Event): Element[] => {
    const elements = event.composedPath().filter(isElement);
    return elements.some((element) => element.matches("fv-root,[data-fv-ignore]")) ? [] : elements;
  };
  /** Records what has happened on the first element of a path that a rule means. */
  const happened = (on: Rule["on"], elements: Element[]): void => {
    for (const rule of of(on)) {
      const { selector } = rule;
      const element = selector ? elements.find((element) => attempt(() => element.matches(selector))) : elements[0];
      if (element) record(rule, element);
    }
  };

  let last: Element | undefined;
  let times: number[] = [];
  const clicked = (event: Event): void => {
    const elements = along(event);
    const [target] = elements;
    if (!target) return;
    happened("click", elements);
    const now = performance.now();
    times = [...(target === last ? times : []), now].slice(-3);
    last = target;
    if (times.length === 3 && now - times[0]! < RAGE) {
      happened("rage", elements);
      times = [];
    }
    if (of("dead").length && !elements.some((element) => element.matches(SILENT))) unlessAnything(() => happened("dead", elements));
  };

  let undecided: (() => void) | undefined;
  /** Does this if nothing happens on the page for some time. */
  const unlessAnything = (act: () => void): void => {
    undecided?.();
    const addresses = (): string => [...documents.keys()].map((document) => document.URL).join(" ");
    const from = addresses();
    const signs = listening();
    const end = (undecided = () => {
      undecided = undefined;
      observer.disconnect();
      clearTimeout(timer);
      signs.end();
    });
    const observer = new MutationObserver(end);
    for (const document of documents.keys()) {
      observer.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
      for (const sign of SIGNS) signs.listen(document, sign, end);
    }
    const timer = setTimeout(() => {
      end();
      if (addresses() === from) act();
    }, DEAD);
  };

  /** These do not leave a shadow root: it is listened to from when something in it has the focus. */
  const forms = (kinds: ("submit" | "change")[], document: Document, { listen }: Listening): void => {
    const known = new Set<EventTarget>();
    const enter = (target: EventTarget): void => {
      if (known.has(target)) return;
      known.add(target);
      for (const kind of kinds) listen(target, kind, (event: Event) => happened(kind, along(event)));
    };
    enter(document);
    listen(document, "focusin", (event: Event) => event.composedPath().forEach((node) => isShadowRoot(node) && enter(node)));
  };

  /** Looks which elements there are; and from the beginning, on a new page. */
  let look = (_anew?: boolean): void => {};
  const views = (): void => {
    const timers = new Map<Element, ReturnType<typeof setTimeout>[]>();
    const stop = (element: Element): void => {
      timers.get(element)?.forEach(clearTimeout);
      timers.delete(element);
    };
    const wait = (rule: Rule, element: Element): ReturnType<typeof setTimeout> =>
      setTimeout(() => {
        if (done.has(rule) || document.hidden) return;
        done.add(rule);
        record(rule, element);
      }, rule.for ?? IN_VIEW);
    const visible = new IntersectionObserver(
      (entries) => {
        for (const { target, isIntersecting } of entries) {
          if (!isIntersecting) stop(target);
          else if (!timers.has(target)) timers.set(target, of("visible").filter(({ selector }) => attempt(() => target.matches(selector!))).map((rule) => wait(rule, target)));
        }
      },
      { threshold: 0.5 },
    );
    // Each is told anew whether it is in view, also one that was in view on the page before.
    look = (anew) => {
      visible.disconnect();
      for (const element of timers.keys()) if (anew || !element.isConnected || !element.ownerDocument.defaultView) stop(element);
      for (const document of documents.keys())
        for (const { selector } of of("visible")) for (const element of attempt(() => document.querySelectorAll(selector!)) ?? []) visible.observe(element);
    };
    // What was due while nobody saw the page begins anew when somebody does.
    listen(document, "visibilitychange", () => look(true));
    atEnd(() => {
      visible.disconnect();
      for (const element of timers.keys()) stop(element);
      look = () => {};
    });
  };

  /** Follows what happens in a document from now on. */
  const enter = (document: Document): void => {
    if (documents.has(document)) return;
    const own = listening();
    documents.set(document, own);
    if (of("click", "rage", "dead").length) own.listen(document, "click", clicked);
    const kinds = (["submit", "change"] as const).filter((kind) => of(kind).length);
    if (kinds.length) forms(kinds, document, own);
    if (of("visible").length) own.changes({}, () => look(), document);
  };
  const leave = (document: Document): void => {
    documents.get(document)?.end();
    documents.delete(document);
  };
  /** Enters the documents that are in frames by now, and leaves those that no longer are. */
  const frame = (): void => {
    for (const document of documents.keys()) if (!document.defaultView) leave(document);
    for (const frame of attempt(() => document.querySelectorAll<HTMLIFrameElement>(frames!)) ?? []) {
      // There is none to be had of another origin.
      const inside = !frame.closest("[data-fv-ignore]") && attempt(() => frame.contentDocument);
      if (inside) enter(inside);
    }
    look();
  };

  const self: Capture = {
    follow(now) {
      self.end();
      rules = now;
      if (of("visible").length) views();
      enter(document);
      if (frames) {
        // What was written into a document by script has taken our listeners away.
        listen(document, "load", ({ target }: Event) => {
          if (!(target instanceof HTMLIFrameElement)) return;
          const inside = attempt(() => target.contentDocument);
          if (inside) leave(inside);
          frame();
        });
        changes({}, frame);
        frame();
      }
      look(true);
      self.moved();
    },
    moved() {
      if (path() === shown) return;
      shown = path();
      done = new Set();
      for (const rule of of("route")) record(rule, undefined, shown);
      look(true);
    },
    end() {
      undecided?.();
      for (const own of documents.values()) own.end();
      documents.clear();
      end();
    },
  };
  return self;
}
