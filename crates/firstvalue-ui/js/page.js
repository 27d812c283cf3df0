// What the renderer needs of the page and the browser where a line here takes a fifth of the bytes
// that it takes in Rust. It decides nothing and throws nothing.

import { address } from "./markdown.js";

/** What an object has of its own under a key: the page may have put anything on Object.prototype. */
export const member = (of, key) => (of !== null && Object.hasOwn(of, key) ? of[key] : undefined);

/** What is entered in the field in which an event happened. */
export const entered = (event) => event.target.value;

/** Lets the keyboard reach a text that is longer than there is room for. */
export const letScroll = (surface) => {
  const body = surface.querySelector(".body");
  if (!body) return;
  if (body.scrollHeight > body.clientHeight) body.tabIndex = 0;
  else body.removeAttribute("tabindex");
};

/** An element of ours beside one of the page, or in it; `position` as for `insertAdjacentElement`. */
export const beside = (target, position) => target.insertAdjacentElement(position, document.createElement("fv-root"));

/** Where each position is, seen from the target. */
const NEIGHBOURS = { __proto__: null, beforebegin: "previousElementSibling", afterend: "nextElementSibling", beforeend: "lastElementChild" };

/** Whether it is still there. */
export const isBeside = (ours, target, position) => target.isConnected && target[NEIGHBOURS[position]] === ours;

/** How the host shows another of its pages without loading it, if it has said so. */
let router;
/** Where the user is that is to be left: until then nothing is looked for. */
let leaving;

/** Takes in what the host has said; what draws in our place, if it has that. */
export const takeHost = (host) => ((router = host?.router), host?.renderer);

/** The path of an address; a slash at its end does not count. */
const pathOf = (address) => address.split(/[?#]/)[0].replace(/(.)\/$/, "$1");
const here = () => pathOf(router?.current?.() ?? location.pathname);

/** Shows another page of the product: as the host does that, or by loading it. */
const visit = async (path) => {
  const from = here();
  leaving = pathOf(path) === from ? undefined : from;
  try {
    await router.push(path);
  } catch {
    location.assign(path);
  }
};

/** Takes the user to a path, if it is one and they are elsewhere; whether this page is left for that. */
export const travel = (path) => {
  leaving = undefined;
  if (!path || pathOf(path) === here()) return false;
  visit(path);
  return !router;
};

/** Opens an address in this tab or in another, if a link may lead there. */
export const open = (written) => {
  const { href, leaves } = address(written) ?? {};
  if (leaves) window.open(href, "_blank", "noopener,noreferrer");
  else if (href?.[0] === "/") visit(href);
  else if (href) location.assign(href);
};

/** What users do in our element is no affair of the host's shortcuts, focus traps and outside-click
 * handlers: these events end at our element. Listeners of the host in the capture phase still see them. */
const KEPT =
  "keydown keyup keypress pointerdown pointerup mousedown mouseup touchstart touchend click dblclick auxclick contextmenu focusin focusout beforeinput input change compositionstart compositionend copy cut paste submit";

/**
 * Gives an element of ours a shadow root with our styles, and in it an element to draw in; to be done
 * once for it. Throws if the browser will not.
 */
export const setUp = (ours, styles) => {
  const shadow = ours.shadowRoot ?? ours.attachShadow({ __proto__: null, mode: "open" });
  // An adopted sheet: a `style` element needs 'unsafe-inline' in the host's policy.
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(styles);
  shadow.adoptedStyleSheets = [sheet];
  for (const event of KEPT.split(" ")) {
    // In a dialog made by script they are not outside, and its library counts on hearing of them.
    const passes = /^(pointer|mouse|touch|focus|click)/.test(event);
    ours.addEventListener(event, (event) => (passes && ours.hasAttribute("tabindex")) || event.stopPropagation());
  }
  // Our element itself has the focus only where it may be reached by Tab, see `root.rs`.
  ours.addEventListener("focus", (event) => event.composedPath()[0] === ours && shadow.querySelector(CONTROLS)?.focus());
  // On the way back that would be a stop at which nothing is to be seen.
  shadow.addEventListener("keydown", ({ key, shiftKey }) => {
    if (key !== "Tab" || !shiftKey || ours.tabIndex) return;
    ours.tabIndex = -1;
    setTimeout(() => ours.hasAttribute("tabindex") && (ours.tabIndex = 0));
  });
  const stage = document.createElement("div");
  shadow.append(stage);
  return stage;
};

/** Asks more of `checkVisibility()`, which passes transparent elements and those of hidden visibility. */
const VISIBLE = { __proto__: null, opacityProperty: true, visibilityProperty: true, contentVisibilityAuto: true };

/**
 * Whether an element can be seen once it is scrolled to: it is in the page, has a size, and nothing that
 * it lies in is hidden, collapsed, transparent or inert. A slot is empty until something is drawn in it.
 */
export const isVisible = (element) => {
  if (!element.isConnected || element.closest("[inert]")) return false;
  const { width, height } = element.getBoundingClientRect();
  // Browsers without the check show the step.
  const room = (width > 0 && height > 0) || element.matches("[data-fv-slot]");
  return room && (element.checkVisibility?.(VISIBLE) ?? true);
};

/** A text without what does not count: letter case and white space. */
const words = (text) => text.toLowerCase().trim().replace(/\s+/g, " ");

/** All elements that match; none if the selector is not one. */
const all = (tree, selector) => {
  try {
    return [...tree.querySelectorAll(selector)];
  } catch {
    return [];
  }
};

/** What an element says to those who hear it, from its texts and its pictures. */
const contents = (element) =>
  [...element.childNodes]
    .map((node) => node.data ?? (node.ariaHidden === "true" ? "" : node.ariaLabel || node.alt || contents(node)))
    .join("");

/** The accessible name of an element, as far as elements have one that people use or find their way by. */
export const nameOf = (element) => {
  const root = element.getRootNode();
  const named = (elements) => [...(elements ?? [])].map((one) => (one ? contents(one) : "")).join(" ");
  const names = [
    named(element.getAttribute("aria-labelledby")?.split(/\s+/).map((id) => root.getElementById?.(id))),
    element.ariaLabel,
    named(element.labels),
    element.alt,
    // What is in a field is its value, and nobody's name.
    element.matches("input,select,textarea") ? element.matches("[type=button],[type=submit],[type=reset]") && element.value : contents(element),
    element.title,
    element.placeholder,
  ];
  return words(names.find((name) => name && words(name)) || "");
};

/** Whether an element says a text, letter case and white space aside. */
const says = (element, text) => words(element.textContent).includes(words(text));

/** The innermost elements in another that say a text. */
const innermost = (outer, text) => {
  const inner = [...outer.children].filter((element) => says(element, text));
  if (inner.length) return inner.flatMap((element) => innermost(element, text));
  return outer.matches?.(":not(script,style,template,title)") && says(outer, text) ? [outer] : [];
};

/** Whether an element is what one way to find a target leads to, if it matches its selector. */
export const suits = (element, { text, name }) =>
  (text === undefined || says(element, text)) && (name === undefined || nameOf(element) === words(name));

/** All elements of a tree that one way to find a target leads to. */
const find = (tree, way) =>
  way.css === "*" && way.text ? innermost(tree, way.text) : all(tree, way.css).filter((element) => suits(element, way));

/**
 * Looks for a target, one way after the other until something can be seen: in the document, and where that has
 * no match and `deep` is given, through all open shadow roots as well, which may come to hold it later.
 */
export const look = (target, deep) => {
  const found = { visible: undefined, matches: 0, seen: 0, roots: [] };
  if (leaving !== undefined && leaving === here()) return found;
  const enter = (tree) => {
    // Our own element holds no target.
    for (const { shadowRoot } of all(tree, ":not(fv-root)")) {
      if (!shadowRoot) continue;
      found.roots.push(shadowRoot);
      enter(shadowRoot);
    }
  };
  for (const way of target.ways ?? [target]) {
    let matches = find(document, way);
    if (!matches.length && deep) {
      if (!found.roots.length) enter(document);
      matches = found.roots.flatMap((root) => find(root, way));
    }
    const seen = matches.filter(isVisible);
    found.matches += matches.length;
    found.seen = seen.length;
    if ((found.visible = seen[0])) break;
  }
  return found;
};

/** Likewise for a target as JSON. */
export const lookFor = (target, deep) => look(JSON.parse(target), deep);

/** What is said of a target that is not to be seen, as JSON. */
export const missed = (target, reason, matches, waited) =>
  JSON.stringify({ __proto__: null, selector: JSON.parse(target).css, reason, matches, waited_ms: Math.round(waited) });

/** The middle of what can be seen of an element. */
const middleOf = (element) => {
  const { left, top, right, bottom } = element.getBoundingClientRect();
  const middle = (from, to, end) => (Math.max(from, 0) + Math.min(to, end)) / 2;
  return [middle(left, right, innerWidth), middle(top, bottom, innerHeight)];
};

/** Whether something of the page, and not of ours, lies over that. */
const isCovered = (element) => {
  const hits = document.elementsFromPoint(...middleOf(element));
  const hit = hits.find((one) => !one.localName.startsWith("fv-"));
  return !!hit && !isWithin(element, hit) && !isWithin(hit, element);
};

/** What is wrong with a target that was found, given how many elements might have been meant; nothing if all is well. */
export const finding = (element, matches) => (matches > 1 ? "multiple" : isCovered(element) ? "covered" : "");

/**
 * What there is to say, as JSON, of a target beside which a step is shown, given how many elements might have
 * been meant; nothing if it is the only one and can be used.
 */
export const remark = (target, element, matches) => {
  const found = finding(element, matches);
  return found && JSON.stringify({ __proto__: null, target: found, selector: JSON.parse(target).css, matches });
};

/** How an element is used. */
const USES =
  "click change pointerdown pointerup mousedown mouseup touchstart touchend dblclick auxclick contextmenu dragstart drop keydown keyup keypress beforeinput paste";

/**
 * Tells whenever an element of the page is used, and if it `blocks`, lets nobody use it: the page does not hear of it
 * and the browser does nothing, though nothing is written on the element. What it gives ends that.
 */
export const guard = (element, blocks, told) => {
  const heard = (event) => {
    const { type, key } = event;
    if (!event.composedPath().includes(element)) return;
    if (blocks) {
      // The keyboard passes by, and does what has nothing to do with the element.
      if (key && (/^(Tab|Escape|F\d+)$/.test(key) || (key !== "Enter" && (event.ctrlKey || event.altKey || event.metaKey)))) return;
      event.stopImmediatePropagation();
      // A touch may scroll the page.
      if (type[0] !== "t") event.preventDefault();
    }
    // To press a field is not to have filled it in.
    if (type === "click" ? blocks || !isTyping(event) : type === (blocks ? "keydown" : "change")) told();
  };
  const names = USES.split(" ");
  for (const name of names) window.addEventListener(name, heard, true);
  return () => names.forEach((name) => window.removeEventListener(name, heard, true));
};

/** The parent of an element, out of shadow roots too. */
export const parent = (element) => element.parentElement ?? element.getRootNode().host;

/** The elements that cut off what an element shows: scroll containers and the like. */
export const clipping = (element) => {
  const found = [];
  for (let one = element; getComputedStyle(one).position !== "fixed"; ) {
    one = parent(one);
    // What the root elements cut off is the viewport's affair.
    if (!one || one === document.body || !parent(one)) break;
    if (!getComputedStyle(one).overflow.startsWith("visible")) found.push(one);
  }
  return found;
};

/**
 * All that has to be known to place a card, read in one go before anything is written; nothing if the
 * target is gone. Lengths, then rectangles: of our element, the target, what must be spared (or again
 * the target), and what cuts the target off.
 */
export const read = (root, target, surface, spare, clipping) =>
  isVisible(target)
    ? [root.offsetWidth, surface.offsetWidth, surface.offsetHeight, devicePixelRatio].concat(
        ...[root, target, spare ?? target, ...clipping].map((element) => {
          const { x, y, width, height } = element.getBoundingClientRect();
          return [x, y, width, height];
        }),
      )
    : [];

/** Puts an element of ours in its place, and gives it a size unless that is nothing. */
export const put = ({ style }, x, y, width, height) => {
  style.transform = `translate(${x}px,${y}px)`;
  if (width) [style.width, style.height] = [`${width}px`, `${height}px`];
};

/** Gives an element of ours the corners of one of the page, a little further out. */
export const round = (ours, like, by) => {
  const radius = parseInt(getComputedStyle(like).borderTopLeftRadius) || 0;
  ours.style.borderRadius = `${Math.min(Math.max(radius, 2), 40) + by}px`;
};

/** The fonts in which the page is written, as styles name them. */
export const hostFont = () => getComputedStyle(document.body).fontFamily;

/** Whether text runs from right to left in an element; in the page if that is none. */
export const isRightToLeft = (element) => getComputedStyle(element ?? document.documentElement).direction === "rtl";

/**
 * Scrolls whatever has to be scrolled for an element to be in the middle of it, at once: a smooth scroll
 * takes as long as the page likes, and the step can only be read when it has ended.
 */
export const reveal = (element) =>
  element.scrollIntoView({ __proto__: null, behavior: "instant", block: "center", inline: "nearest" });

/** Whether a click in the middle of what can be seen of an element of ours would be ours. */
export const isUsable = (ours) => {
  const at = middleOf(ours);
  let hit = document.elementFromPoint(...at);
  for (let inner; (inner = hit?.shadowRoot?.elementFromPoint(...at)) && inner !== hit; ) hit = inner;
  return ours.contains(hit);
};

/** Whether an element of ours hides most of one of the page. */
export const hides = (ours, element) => {
  const [a, b] = [ours, element].map((one) => one.getBoundingClientRect());
  const width = Math.min(a.right, b.right) - Math.max(a.left, b.left);
  const height = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
  return width > 0 && height > 0 && width * height * 2 > b.width * b.height;
};

/** What has the focus, through open shadow roots, or within one of them; never the body. */
export const focused = (within) => {
  let element = (within ?? document).activeElement;
  if (element === document.body) return undefined;
  for (let inner; (inner = element?.shadowRoot?.activeElement); ) element = inner;
  return element ?? undefined;
};

/** Focuses an element without scrolling to it; whether it took the focus. */
export const focus = (element) => {
  element.focus?.({ __proto__: null, preventScroll: true });
  return focused() === element;
};

/** What a user can focus. */
const FOCUSABLE =
  "a[href],button:not(:disabled),input:not(:disabled),select:not(:disabled),textarea:not(:disabled),summary,[tabindex],[contenteditable]";

/**
 * Gives the focus back to the element that had it. If that is gone it goes to what is nearest to
 * another element: that itself, what can be focused in it, or around it.
 */
export const giveBack = (to, near) => {
  if (to?.isConnected && focus(to)) return;
  if (!near?.isConnected) return;
  const candidates = [near, near.querySelector(FOCUSABLE)];
  for (let around = near; (around = parent(around)); ) candidates.push(around);
  candidates.some((element) => element && isVisible(element) && focus(element));
};

/** What Tab reaches within one of ours. */
const CONTROLS = "a[href],button:not(:disabled),input,textarea";

/** The last element that Tab reaches within one of ours. */
export const lastControl = (ours) => [...ours.querySelectorAll(CONTROLS)].at(-1);

const TYPED =
  "textarea,select,input:not([type=button],[type=checkbox],[type=color],[type=file],[type=image],[type=radio],[type=range],[type=reset],[type=submit])";

/** Whether the user types into the element in which an event happened. */
export const isTyping = (event) => {
  const [element] = event.composedPath();
  return element instanceof Element && (element.matches(TYPED) || !!element.isContentEditable);
};

/** Whether an element lies within another, through open shadow roots. */
export const isWithin = (element, outer) => {
  while (element && element !== outer) element = parent(element);
  return !!element;
};

/** Elements outside of which nothing can be clicked; those that show no content cannot hold ours. */
const MODAL = "dialog:modal,:fullscreen:not(html,iframe,video,canvas,img)";

/** Dialogs made by script, which may keep the focus in them and close on what happens outside. */
const SCRIPTED = "[role=dialog]:not(dialog),[role=alertdialog]:not(dialog)";

/** Whether an element of the host's is one. */
export const isScripted = (element) => element.matches(SCRIPTED);

const closest = (element, selector) => {
  while (element && !element.matches(selector)) element = parent(element);
  return element;
};

/**
 * The host's topmost modal dialog, or what it shows in full screen. The browser does not tell their order.
 * The focus is in the topmost one unless the host moved it out; else the last in the document is taken, or
 * the dialog made by script that the target is in.
 */
export const topmost = (ours, target) => {
  const at = focused();
  return closest(at && !isWithin(at, ours) ? at : parent(ours), MODAL) ?? all(document, MODAL).at(-1) ?? (target?.isConnected ? closest(target, SCRIPTED) : undefined);
};
