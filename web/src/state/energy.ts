/** The energy that a method lowers, step by step: live, and as kept with a result. */
import type { EnergyHistory } from "../server/types";

export interface EnergyPoint {
  iteration: number;
  energy: number;
}

const MOST = 800;

/**
 * The curve with one more point; a long curve is thinned. What is not news is left out: an iteration seen before, and the energy of an
 * earlier one, which a running job repeats until it measures again.
 */
export function grown(curve: readonly EnergyPoint[], iteration: number, energy: number | null): EnergyPoint[] {
  const last = curve[curve.length - 1];
  if (energy === null || !Number.isFinite(energy) || (last !== undefined && (iteration <= last.iteration || energy === last.energy))) {
    return curve as EnergyPoint[];
  }
  const kept = curve.length < MOST ? curve : curve.filter((_, at) => at % 2 === 0);
  return [...kept, { iteration, energy }];
}

/** A kept history as points, in order and without what is no number. */
export function fromHistory(history: EnergyHistory | null | undefined): EnergyPoint[] {
  return (history ?? [])
    .filter((pair) => Array.isArray(pair) && pair.every((value) => typeof value === "number" && Number.isFinite(value)))
    .map(([iteration, energy]) => ({ iteration, energy }))
    .sort((a, b) => a.iteration - b.iteration)
    .filter(({ iteration }, at, all) => at === 0 || iteration > all[at - 1].iteration);
}

/** What a method's energy is called. */
export function energyName(method: string): string {
  const names: Record<string, string> = { tsne: "KL divergence", umap: "cross entropy", smacof: "stress", smds: "stress", mds: "stress" };
  return names[method] ?? "energy";
}

/** Whether a curve spans so much that only a logarithmic axis shows its end; never when it touches zero. */
export function wantsLog(curve: readonly EnergyPoint[]): boolean {
  const values = curve.map(({ energy }) => energy);
  const least = Math.min(...values);
  return least > 0 && Math.max(...values) / least > 30;
}

export const canLog = (curve: readonly EnergyPoint[]): boolean => curve.every(({ energy }) => energy > 0);
