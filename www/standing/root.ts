// Our elements in the page. Each has a shadow root, which the host's styles do not reach into.

import { hostFont, setUp, topmost } from "../../crates/firstvalue-ui/js/page.js";
import card from "../../crates/firstvalue-ui/src/style/card.css";
import preferences from "../../crates/firstvalue-ui/src/style/preferences.css";
import base from "../../crates/firstvalue-ui/src/style/root.css";
import tokens from "../../crates/firstvalue-ui/src/style/tokens.css";
import { make } from "./dom";
import type { Guide } from "./guide";
import launcher from "./launcher.css";
import panel from "./panel.css";

const STYLES = [base, tokens, card, launcher, panel, preferences].join("");

/** An element of ours, and what is drawn in. */
export interface Root {
  element: HTMLElement;
  page: HTMLElement;
}

/** Sets up an element that is in the page, or will be. */
export function within(element: HTMLElement): Root {
  const page = make("div", { className: "page" });
  setUp(element, STYLES).append(page);
  return { element, page };
}

/** An element above the page. */
export function above(): Root {
  const element = document.createElement("fv-root");
  // `auto` would be closed by the host's next popover.
  element.setAttribute("popover", "manual");
  document.body.append(element);
  const root = within(element);
  raise(root);
  return root;
}

/** Puts our element above everything that is there now. */
export function raise({ element }: Root): void {
  // The host may have replaced its body.
  if (!element.isConnected) document.body.append(element);
  // A browser without popovers shows it all the same, as a fixed element.
  element.hidePopover?.();
  element.showPopover?.();
}

/** Moves our element into the host's topmost modal dialog, outside of which nothing can be used, or out of it. */
export function settle(root: Root, isOpen: boolean): void {
  const wanted = (isOpen && topmost(root.element)) || document.body;
  if (root.element.parentElement === wanted) return;
  const at = (root.element.shadowRoot!.activeElement as HTMLElement | null) ?? undefined;
  wanted.append(root.element);
  raise(root);
  at?.focus({ preventScroll: true });
}

/** Has an element of ours look as its guide says, in the direction of the page around it. */
export function dress(element: HTMLElement, { theme, panel }: Guide, isRightToLeft: boolean): void {
  element.dir = isRightToLeft ? "rtl" : "ltr";
  if (theme?.scheme) element.dataset.scheme = theme.scheme;
  const { colours } = panel;
  const { accent, radius, density, font } = theme ?? {};
  const coloured = accent && colours;
  const tokens = {
    accent: coloured && accent,
    "on-accent": coloured && colours.on,
    link: coloured && `light-dark(${colours.light},${colours.dark})`,
    radius: radius === undefined ? undefined : `${radius}px`,
    space: density && (density === "compact" ? ".6" : "1"),
    font: font && (font === "own" ? "var(--fv-own)" : hostFont()),
  };
  for (const [name, value] of Object.entries(tokens)) if (value) element.style.setProperty(`--fv-${name}`, value);
}
