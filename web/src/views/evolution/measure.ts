/** How much each observation moves, and the order in which they are listed. */
import { useMemo } from "react";
import { lengthsWithin, stepLengths } from "../../draw/trails";
import { type Situation, useApp, useEvolution, useLibrary, usePassing } from "../../parts/app";
import { momentOf, type Sort } from "../../state/evolution";
import type { SequenceShown } from "./shown";
import { useNearestStep } from "./useMoment";

export const SORT_TITLES: Record<Exclude<Sort, "none">, string> = { length: "Trail length", speed: "Speed now", outlier: "Outlier score" };

export const SORT_TEXTS: Record<Exclude<Sort, "none">, string> = {
  length: "How far an observation moves in the brushed part of time, in the layout's own units",
  speed: "How far it moves in the transition of the present moment",
  outlier: "How little a slow or odd trail agrees with the vector field",
};

export interface Measure {
  sort: Exclude<Sort, "none">;
  /** One number per observation; null while it is not known. */
  values: Float32Array | null;
  /** Why there are no values. */
  absent: string | null;
}

const lengthsOf = new WeakMap<Float32Array, Float32Array>();

export function useMeasure(shown: SequenceShown, _situation: Situation): Measure {
  const { library } = useApp();
  useLibrary();
  const [evolution] = useEvolution();
  const steps = shown.steps.length;
  const { from, to } = momentOf({ at: null, from: usePassing("from"), to: usePassing("to") }, steps);
  const transition = Math.max(0, Math.min(steps - 2, useNearestStep(steps) - 1));
  const stepLength = useMemo(() => {
    const found = lengthsOf.get(shown.layouts) ?? stepLengths(shown.layouts, steps);
    lengthsOf.set(shown.layouts, found);
    return found;
  }, [shown.layouts, steps]);
  const sort = evolution.sort === "none" ? "length" : evolution.sort;
  const fields = sort === "outlier" && shown.digest !== null ? library.kept("field") : undefined;
  const field = fields?.findLast((summary) => summary.source.of === shown.digest) ?? null;
  const column = field === null ? undefined : library.tensor(field.digest, "outlier");
  return useMemo((): Measure => {
    if (sort === "length") {
      return { sort, values: lengthsWithin(stepLength, steps, from, to), absent: null };
    }
    if (sort === "speed") {
      const count = shown.observations;
      return { sort, values: stepLength.subarray(transition * count, (transition + 1) * count), absent: null };
    }
    const values = column?.values instanceof Float32Array && column.values.length === shown.observations ? column.values : null;
    return { sort, values, absent: field === null ? "Outliers are known when a vector field has been fitted." : null };
  }, [sort, stepLength, steps, from, to, transition, column, field, shown.observations]);
}

/** Visible rows in order of their values, most first; equal ones by their place. */
export function ranked(values: Float32Array, least: boolean, visible: (row: number) => boolean): number[] {
  const rows: number[] = [];
  for (let row = 0; row < values.length; row++) {
    if (visible(row) && Number.isFinite(values[row])) {
      rows.push(row);
    }
  }
  const sign = least ? 1 : -1;
  return rows.sort((a, b) => sign * (values[a] - values[b]) || a - b);
}
