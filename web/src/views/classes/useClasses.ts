/** The view's part of the workspace, and what the kept epochs say together. */
import { useCallback, useMemo, useRef } from "react";
import { type Situation, useApp, useLibrary, useWorkspace } from "../../parts/app";
import type { Classes } from "../../state/classes";
import { type Outcomes, outcomesOf } from "../../state/outcomes";
import type { Predictions } from "../../state/predictions";
import type { Track } from "../../state/store";

export function useClasses(): [Classes, (part: Partial<Classes>, track?: Track) => void] {
  const { store } = useApp();
  const { classes } = useWorkspace();
  const change = useCallback((part: Partial<Classes>, track?: Track) => store.change({ classes: { ...store.get().classes, ...part } }, track), [store]);
  return [classes, change];
}

/** All kept epochs of the run whose predictions are here; null until the first one is. */
export function useOutcomes(situation: Situation): Outcomes | null {
  const { library } = useApp();
  // Followed, so that each epoch that arrives is counted in.
  useLibrary();
  const { run } = situation;
  const found: { epoch: number; predictions: Predictions }[] = [];
  for (const epoch of run?.snapshots ?? []) {
    const predictions = library.predictions(run!.name, epoch);
    if (predictions !== undefined) {
      found.push({ epoch, predictions });
    }
  }
  const known = useRef(found);
  const same = known.current.length === found.length && known.current.every(({ predictions }, at) => predictions === found[at].predictions);
  if (!same) {
    known.current = found;
  }
  const kept = known.current;
  return useMemo(() => (kept.length === 0 ? null : outcomesOf(kept.map(({ epoch }) => epoch), kept.map(({ predictions }) => predictions))), [kept]);
}
