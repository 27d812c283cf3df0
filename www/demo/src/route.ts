import { useSyncExternalStore } from "react";

/** Where Ledgerly is served. */
export const BASE = "/demo";

/** A screen, by address. */
export type Route =
  | { screen: "overview" }
  | { screen: "sign-in" }
  | { screen: "reports" }
  | { screen: "new-report" }
  | { screen: "report"; id: string }
  | { screen: "people" }
  | { screen: "settings" }
  | { screen: "not-found" };

export function parse(path: string): Route {
  const [screen, id, ...rest] = path.slice(BASE.length).split("/").filter(Boolean);
  if (rest.length > 0) return { screen: "not-found" };
  if (screen === "reports" && id === "new") return { screen: "new-report" };
  if (screen === "reports" && id) return { screen: "report", id };
  if (id) return { screen: "not-found" };
  switch (screen) {
    case undefined:
      return { screen: "overview" };
    case "sign-in":
    case "reports":
    case "people":
    case "settings":
      return { screen };
    default:
      return { screen: "not-found" };
  }
}

export const addressOf = {
  overview: `${BASE}/`,
  signIn: `${BASE}/sign-in`,
  reports: `${BASE}/reports`,
  newReport: `${BASE}/reports/new`,
  report: (id: string) => `${BASE}/reports/${id}`,
  people: `${BASE}/people`,
  settings: `${BASE}/settings`,
};

const listeners = new Set<() => void>();

function changed(): void {
  for (const listener of listeners) listener();
}

/** Shows another screen. `replace` leaves the present one out of the history. */
export function navigate(path: string, { replace = false } = {}): void {
  if (path === location.pathname) return;
  if (replace) history.replaceState(null, "", path);
  else history.pushState(null, "", path);
  changed();
}

/** The path of the screen that is shown. */
export function usePath(): string {
  return useSyncExternalStore(subscribe, () => location.pathname);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  addEventListener("popstate", listener);
  return () => {
    listeners.delete(listener);
    removeEventListener("popstate", listener);
  };
}

/**
 * Lets plain links change the screen without a load, wherever they stand. A link in a guide stands in
 * a shadow root that keeps its clicks to itself, which is why they are caught on the way down, and why
 * the composed path is asked and not the target.
 */
export function followLinks(): () => void {
  const onClick = (event: MouseEvent) => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = event.composedPath().find((node) => node instanceof HTMLAnchorElement);
    if (!link || link.target || link.hasAttribute("download") || link.hash || link.origin !== location.origin) return;
    if (!link.pathname.startsWith(`${BASE}/`)) return;
    event.preventDefault();
    navigate(link.pathname);
  };
  document.addEventListener("click", onClick, { capture: true });
  return () => document.removeEventListener("click", onClick, { capture: true });
}
