/** What the server says of one neuron, and that in words. */
import type { Pooling } from "../../../state/units";
import { measured, percent, whole } from "../../../parts/words";

export interface Profile {
  unit: number;
  mean: number;
  deviation: number;
  min: number;
  max: number;
  frequency: number;
  dead: boolean;
  /** NaN arrives as null where a class has no observation. */
  classMean: (number | null)[];
  classDeviation: (number | null)[];
  best: number | null;
  histogram: { low: number; high: number; counts: number[] };
  top: number[];
  low: number[];
  observations: number;
}

export interface Incoming {
  layer: string;
  operator: string;
  senders: number;
  shape: number[] | null;
  weights: number[];
  bias: number | null;
  strongest: { unit: number; weight: number }[];
  sender: string | null;
  /** What counts as a unit of the sender; left out where it has no positions. */
  senderPooling?: Pooling | null;
  /** Why there is nothing to show. */
  why?: string | null;
}

/** What a neuron does, in two sentences. */
export function roleSentence(profile: Profile, names: readonly string[]): string {
  const { mean, frequency, dead, min, max, best, classMean, observations } = profile;
  if (dead) {
    return `It is dead: ${measured(mean)} for each of the ${whole(observations)} observations, so it tells nothing apart.`;
  }
  const fires = min < 0 ? `It is above its own mean for ${percent(frequency)}` : frequency > 0.9995 ? "It is above 0 for all" : `It is above 0 for ${percent(frequency)}`;
  const first = `${fires} of the ${whole(observations)} observations, at most ${measured(max)}.`;
  const highest = best === null ? null : classMean[best];
  if (best === null || highest === null || names.length === 0) {
    return first;
  }
  return `${first} Its mean is highest in class ${names[best]}: ${measured(highest)}, against ${measured(mean)} over all.`;
}

/** Where bars and whiskers begin and end, with 0 among them. */
export function profileRange(means: readonly (number | null)[], deviations: readonly (number | null)[]): [number, number] {
  let [low, high] = [0, 0];
  means.forEach((mean, at) => {
    if (mean !== null) {
      low = Math.min(low, mean - (deviations[at] ?? 0));
      high = Math.max(high, mean + (deviations[at] ?? 0));
    }
  });
  return high > low ? [low, high] : [0, 1];
}

/** A layer of such a shape is drawn as pictures: [channel][row][col]; null where its weights have no places. */
export function asPictures(shape: readonly number[] | null, count: number): { channels: number; rows: number; cols: number } | null {
  if (shape === null || (shape.length !== 2 && shape.length !== 3)) {
    return null;
  }
  const [channels, rows, cols] = shape.length === 2 ? [1, ...shape] : shape;
  return channels * rows * cols === count && count > 0 ? { channels, rows, cols } : null;
}
