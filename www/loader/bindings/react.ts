// Firstvalue in React.

import { useSyncExternalStore } from "react";
import { current, subscribe } from "./observed";

/** See `react.d.ts`. */
export const useFirstvalue = () => useSyncExternalStore(subscribe, current, () => null);

/** See `react.d.ts`. */
export const useMilestone = (id: string) => useFirstvalue()?.milestones[id]?.reachedAt != null;
