/** What linear probes say of each layer, and which runs can be set beside each other. */
import type { EpochMetrics, Run } from "../server/types";
import { finite } from "./quality";

export interface ProbedLayer {
  layer: string;
  units: number | null;
  accuracy: number | null;
  trainAccuracy: number | null;
  ownHit: number | null;
  /** Whether the server suggests to drop it. */
  drop: boolean;
}

export interface ProbeReport {
  layers: ProbedLayer[];
  networkAccuracy: number | null;
  advice: string;
  drop: string[];
}

export function readProbe(report: unknown): ProbeReport | null {
  const found = (typeof report === "object" && report !== null ? report : {}) as Record<string, unknown>;
  if (!Array.isArray(found.layers)) {
    return null;
  }
  const drop = Array.isArray(found.drop) ? found.drop.filter((name) => typeof name === "string") : [];
  const layers = (found.layers as Record<string, unknown>[]).map((entry) => ({
    layer: String(entry.layer),
    units: finite(entry.units),
    accuracy: finite(entry.accuracy),
    trainAccuracy: finite(entry.trainAccuracy),
    ownHit: finite(entry.ownNeighborhoodHit),
    drop: drop.includes(String(entry.layer)),
  }));
  const network = (found.network ?? {}) as Record<string, unknown>;
  return { layers, networkAccuracy: finite(network.accuracy), advice: typeof found.advice === "string" ? found.advice : "", drop };
}

export const lastMetrics = (run: Run): EpochMetrics | null => run.metrics[run.metrics.length - 1] ?? null;

/** Networks that have a smaller sister, and what she is. */
const REDUCED: Record<string, { architecture: string; text: string }> = {
  mlp: { architecture: "rmlp", text: "the same network with its first hidden layer only" },
};

export const reducedOf = (run: Run): { architecture: string; text: string } | null => REDUCED[run.architecture] ?? null;

const sameTraining = (a: Run, b: Run): boolean => a.seed === b.seed && a.plannedEpochs[a.plannedEpochs.length - 1] === b.plannedEpochs[b.plannedEpochs.length - 1];

const best = (runs: readonly Run[]): Run | null => {
  const rank = ({ state }: Run) => ["complete", "training", "interrupted", "failed"].indexOf(state);
  return [...runs].sort((a, b) => rank(a) - rank(b))[0] ?? null;
};

/** The run that is like another but for its architecture; one that is complete rather than one that is not. */
export function sister(runs: readonly Run[], run: Run, architecture: string): Run | null {
  return best(runs.filter((other) => other.architecture === architecture && other.shuffledLabels === run.shuffledLabels && sameTraining(other, run)));
}

/** Epochs after which both runs were measured: the last few, the newest last. */
export function epochsOfBoth(a: Run, b: Run, most: number): number[] {
  const known = new Set(b.metrics.map(({ epoch }) => epoch));
  const both = a.metrics.map(({ epoch }) => epoch).filter((epoch) => known.has(epoch)).sort((x, y) => x - y);
  const every = Math.max(1, Math.ceil(both.length / most));
  return both.filter((_, at) => (both.length - 1 - at) % every === 0).slice(-most);
}
