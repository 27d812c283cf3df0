import type { State } from "firstvalue";

/** What is known of the user, anew whenever it changes; `null` on a server, and until Firstvalue is ready. */
export declare function useFirstvalue(): State | null;

/** Whether the user has reached a milestone. */
export declare function useMilestone(id: string): boolean;
