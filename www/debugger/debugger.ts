// Looks at Firstvalue at work: who the user is, what is heard, why each guide is or is not shown, and what
// is on its way. Loaded only when `firstvalue.debug(true)` or the address of the page (`?firstvalue=debug`)
// asks for it. It changes nothing.

import { page } from "../loader/page";
import { type Explained, explainer } from "./explain";
import { listen } from "./heard";
import type { Subject } from "./inside";
import { interruptions } from "./interruptions";
import { panel } from "./panel";
import { report } from "./report";

/** Milliseconds between two looks. */
const PAUSE = 500;

/** Shows the debugger. The function that is returned takes it away, and leaves nothing. */
export function debug(subject: Subject): () => void {
  const { heard, problems, end } = listen(subject.firstvalue);
  let explain: Awaited<ReturnType<typeof explainer>> = () => undefined;
  let visible = "[]";
  let selectors = "";
  // Its calls go nowhere; it only looks.
  const watching = page(location.pathname, "moved", (kind, _, body) => kind === "elements" && (visible = body ?? "[]"), () => false);
  const shown = panel(() => close());

  const look = (): void => {
    const inside = subject.look();
    const [, , , playbook, , , , mustWait] = inside;
    if (playbook) {
      const { elements } = JSON.parse(playbook) as { elements: string[] };
      if (selectors !== `${elements}`) watching.elements(elements);
      selectors = `${elements}`;
    }
    let explained: Explained | undefined;
    try {
      explained = explain(inside, visible);
    } catch (error) {
      // It broke down; the page's own package is another one.
      explain = () => undefined;
      console.warn(`firstvalue: the debugger cannot explain: ${error}`);
    }
    const interrupted = (target: string | null): string[] => interruptions(watching, target, explained?.neverOver ?? [], mustWait);
    const lost = problems().filter((one) => !heard().includes(one));
    shown.show(report(subject, inside, explained, interrupted, [...heard(), ...lost]));
  };
  const timer = setInterval(look, PAUSE);
  const unraise = subject.firstvalue.on("step", shown.raise);
  let over = false;
  const close = (): void => {
    over = true;
    clearInterval(timer);
    watching.close();
    end();
    unraise();
    shown.remove();
  };
  look();
  explainer(subject).then(
    (it) => {
      if (over) return;
      explain = it;
      look();
    },
    (error) => console.warn(`firstvalue: the debugger cannot explain: ${error}`),
  );
  return close;
}
