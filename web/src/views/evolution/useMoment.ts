/** The present moment of the shown sequence. */
import { useSyncExternalStore } from "react";
import { useApp } from "../../parts/app";
import { momentOf } from "../../state/evolution";

/** The step that is nearest to the present: changes when another one is, not with every picture. */
export function useNearestStep(steps: number): number {
  const { store } = useApp();
  return useSyncExternalStore(store.subscribe, () => Math.round(momentOf(store.get().evolution, steps).at));
}

/** The present moment, as it passes. */
export function usePresent(steps: number): number {
  const { store } = useApp();
  return useSyncExternalStore(store.subscribe, () => momentOf(store.get().evolution, steps).at);
}
