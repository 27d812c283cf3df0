import { EMPTY, newVisit, type State } from "./state";

const KEY = "ledgerly";

/** What was kept by the last visit; a new start when nothing readable was. */
export function load(): State {
  const fresh = { ...EMPTY, visit: newVisit() };
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? "null");
    return typeof kept === "object" && kept !== null ? { ...fresh, ...kept } : fresh;
  } catch {
    // Private windows and strict settings refuse storage. Ledgerly then forgets on reload.
    return fresh;
  }
}

export function save(state: State): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(state));
  } catch {
    // As above: nothing to be done about it, and nothing that must stop working.
  }
}
