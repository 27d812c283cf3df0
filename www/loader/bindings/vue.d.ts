import type { State } from "firstvalue";
import type { ComputedRef, ShallowRef } from "vue";

/** What is known of the user, anew whenever it changes; `null` until Firstvalue is ready. */
export declare function useFirstvalue(): Readonly<ShallowRef<State | null>>;

/** Whether the user has reached a milestone. */
export declare function useMilestone(id: string): ComputedRef<boolean>;
