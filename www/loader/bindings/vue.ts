// Firstvalue in Vue.

import { computed, onMounted, onUnmounted, shallowReadonly, shallowRef } from "vue";
import { current, subscribe } from "./observed";

/** See `vue.d.ts`. */
export function useFirstvalue() {
  const state = shallowRef(current());
  let end: (() => void) | undefined;
  // Not while rendering on a server.
  onMounted(() => {
    end = subscribe(() => (state.value = current()));
    state.value = current();
  });
  onUnmounted(() => end?.());
  return shallowReadonly(state);
}

/** See `vue.d.ts`. */
export function useMilestone(id: string) {
  const state = useFirstvalue();
  return computed(() => state.value?.milestones[id]?.reachedAt != null);
}
