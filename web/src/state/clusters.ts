/** Visual clusters within classes: what the analysis of a layout says. */
import type { TaskSummary } from "../server/types";

export interface ClassClusters {
  class: number;
  /** null where the class has too few observations to tell */
  clusters: number | null;
  /** Why it is null. */
  why?: string;
  sizes: number[];
  /** The statistic of the input that tells the clusters apart best; null where none does. */
  explained: { statistic: string; title: string; effect: number; low: number; high: number; p: number } | null;
  silhouette?: number | null;
}

export interface ClustersReport {
  /** All of it in a sentence or two, and what the effect is. */
  summary?: string;
  effectIs?: string;
  classes: ClassClusters[];
  run?: string | null;
  epoch?: number | null;
  layer?: string;
}

/** The kept clusters of a projection. */
export const clustersOf = (kept: readonly TaskSummary[], digest: string): TaskSummary | null =>
  kept.findLast(({ source }) => (source as { of?: string }).of === digest) ?? null;

/** The clusters of each class, ascending, each with its rows; those in none are left out. */
export function members(cluster: ArrayLike<number>, labels: ArrayLike<number>, label: number): { cluster: number; rows: number[] }[] {
  const found = new Map<number, number[]>();
  for (let row = 0; row < labels.length; row++) {
    if (labels[row] === label && cluster[row] >= 0) {
      const rows = found.get(cluster[row]) ?? [];
      rows.push(row);
      found.set(cluster[row], rows);
    }
  }
  return [...found].sort(([a], [b]) => a - b).map(([number, rows]) => ({ cluster: number, rows }));
}

/** [observation] the place of its cluster among its class's, from 0; -1 for none. */
export function placesWithin(cluster: ArrayLike<number>, labels: ArrayLike<number>): Int32Array {
  const least = new Map<number, Map<number, number>>();
  for (let row = 0; row < labels.length; row++) {
    if (cluster[row] >= 0) {
      const own = least.get(labels[row]) ?? new Map<number, number>();
      own.set(cluster[row], 0);
      least.set(labels[row], own);
    }
  }
  for (const own of least.values()) {
    [...own.keys()].sort((a, b) => a - b).forEach((number, place) => own.set(number, place));
  }
  return Int32Array.from({ length: labels.length }, (_, row) => (cluster[row] < 0 ? -1 : least.get(labels[row])!.get(cluster[row])!));
}
