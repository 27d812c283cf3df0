// What happens to the page as a whole: it is hidden, left, stopped, brought back, or something in it
// throws.

import { listening } from "./listening";

/** Whom to tell. */
export interface Surroundings {
  /** The page is being left; for good, as far as anybody knows. */
  left(): void;
  /** It is hidden, which on telephones may be the last that it hears. */
  unseen(): void;
  /** The browser stops it for a while, or for good. */
  frozen(): void;
  /** It was not left after all; whether the browser had stopped it meanwhile. */
  returned(stopped: boolean): void;
  /** The network is back. */
  online(): void;
  /** Something of ours has thrown outside a call: in a listener or a timer of a package. */
  broken(package_: "core" | "ui", error: Error): void;
}

/** Begins to listen; the function that is returned ends it. */
export function surroundings(tell: Surroundings): () => void {
  const { listen, end } = listening();
  // On `document` this event never comes.
  listen(window, "pagehide", tell.left);
  listen(window, "pageshow", (event: PageTransitionEvent) => tell.returned(event.persisted));
  listen(document, "freeze", tell.frozen);
  listen(document, "resume", () => tell.returned(true));
  listen(document, "visibilitychange", () => document.hidden && tell.unseen());
  listen(window, "online", tell.online);
  const blame = (error: unknown): void => {
    // Where it was thrown, which is the first place with a line: what a listener of the host's throws while we move the
    // focus has us further down. WebAssembly has no lines, so of what it throws that is the script around it.
    const culprit = error instanceof Error && /^(?:(?!:\d+:\d)[^])*?firstvalue_(core|ui)/.exec(error.stack ?? "");
    if (culprit) tell.broken(culprit[1] as "core" | "ui", error);
  };
  listen(window, "error", (event: ErrorEvent) => blame(event.error));
  listen(window, "unhandledrejection", (event: PromiseRejectionEvent) => blame(event.reason));
  return end;
}
