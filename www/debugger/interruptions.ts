// What keeps every guide from beginning at this moment, named one by one; `www/loader/page.ts` decides.

import { attempt } from "../loader/attempt";
import type { Page } from "../loader/page";

/** Why a guide that begins at `target` would interrupt. */
export function interruptions(page: Page, target: string | null, neverOver: string[], mustWait: boolean): string[] {
  const find = (root: ParentNode, selector: string): Element | null | undefined => attempt(() => root.querySelector(selector));
  const dialog = find(document, "dialog:modal");
  const found = [
    document.hidden && "nobody looks at the page",
    document.readyState !== "complete" && "the page is not complete yet",
    dialog && !(target && find(dialog, target)) && "a dialog of the host is open",
    ...neverOver.map((selector) => find(document, selector) && `\`${selector}\` is on the page`),
    mustWait && "the user is in another tab, or the collector is being asked about them",
  ].filter((reason) => typeof reason === "string");
  // The one that cannot be looked at.
  if (!found.length && page.isBusy(target ?? undefined, JSON.stringify(neverOver))) found.push("the user is writing");
  return found;
}
