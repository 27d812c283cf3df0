import { createContext, useContext, useEffect, useMemo, useReducer, type Dispatch, type ReactNode } from "react";
import { ledger, type Day } from "../data/ledger";
import { at, COLLEAGUES, type Person } from "../data/people";
import { colleaguesReports, type Report } from "../data/reports";
import { load, save } from "./persistence";
import { reduce, type Action, type Session, type State } from "./state";

interface Store {
  state: State;
  dispatch: Dispatch<Action>;
  /** The books. */
  days: Day[];
  /** All reports, newest first. */
  reports: Report[];
}

const StoreContext = createContext<Store | null>(null);

/** Keeps Ledgerly's state, in memory and in the browser. */
export function StoreProvider({ children }: { children: ReactNode }) {
  const [state, dispatch] = useReducer(reduce, undefined, load);
  useEffect(() => save(state), [state]);
  const days = useMemo(() => ledger(), []);
  const colleagues = useMemo(() => colleaguesReports(), []);
  const reports = useMemo(
    () => [...state.created, ...colleagues].map((report) => ({ ...report, ...state.changes[report.id] })),
    [state.created, state.changes, colleagues],
  );
  const store = useMemo(() => ({ state, dispatch, days, reports }), [state, days, reports]);
  return <StoreContext value={store}>{children}</StoreContext>;
}

export function useStore(): Store {
  const store = useContext(StoreContext);
  if (!store) throw new Error("used outside of StoreProvider");
  return store;
}

/** Whoever is signed in. For screens behind the sign-in only. */
export function useSession(): Session {
  const { session } = useStore().state;
  if (!session) throw new Error("nobody is signed in");
  return session;
}

/** Everybody with a seat: whoever is signed in first, then their colleagues. */
export function usePeople(): Person[] {
  const { person } = useSession();
  return useMemo(() => [person, ...COLLEAGUES.map((colleague) => at(colleague, person.email))], [person]);
}
