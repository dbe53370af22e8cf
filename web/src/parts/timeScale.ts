/** Where epochs lie on the time axis: evenly while they are few, by square root when a long run has many early snapshots. */
const LINEAR_UP_TO = 30;

export function epochPosition(epoch: number, last: number): number {
  if (last <= 0) {
    return 0;
  }
  return last <= LINEAR_UP_TO ? epoch / last : Math.sqrt(epoch / last);
}

/** The kept epoch before or after one; the same when there is none. */
export function neighbourEpoch(kept: readonly number[], epoch: number | null, step: 1 | -1): number | null {
  const sorted = [...kept].sort((a, b) => a - b);
  if (sorted.length === 0) {
    return epoch;
  }
  if (epoch === null) {
    return step === 1 ? sorted[0] : sorted[sorted.length - 1];
  }
  const beyond = sorted.filter((candidate) => (step === 1 ? candidate > epoch : candidate < epoch));
  return (step === 1 ? beyond[0] : beyond[beyond.length - 1]) ?? epoch;
}

export interface Curve {
  name: string;
  kind: "test" | "train";
  /** [share along the axis, share of the height from the bottom] */
  points: [number, number][];
}
