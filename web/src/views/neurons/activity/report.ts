/** How a layer's activity settles while the network learns, and which neurons are odd. */
import { measured, whole } from "../../../parts/words";
import { FIGURES, type UnitFlags } from "../common/place";

export interface ActivityReport {
  epochs: number[];
  units: number;
  /** Edges of the bins, one more than there are bins. */
  bins: number[];
  histogram: number[][];
  median: (number | null)[];
  stableSince: number | null;
  flags: { epoch?: number; dead: number; alwaysOn: number; duplicates: number }[];
}

/** The bins [from, to) that hold an observation at some epoch, with an empty one on each side where there is one. */
export function occupied(histogram: readonly (readonly number[])[]): [number, number] {
  const bins = histogram[0]?.length ?? 0;
  const held = Array.from({ length: bins }, (_, bin) => bin).filter((bin) => histogram.some((row) => row[bin] > 0));
  return held.length === 0 ? [0, bins] : [Math.max(0, held[0] - 1), Math.min(bins, held[held.length - 1] + 2)];
}

export type FlagName = "dead" | "alwaysOn" | "duplicates";

export const FLAG_WORDS: Record<FlagName, { title: string; text: string }> = {
  dead: { title: "Dead", text: "the same value for every observation" },
  alwaysOn: { title: "Always on", text: "above 0 for every observation" },
  duplicates: { title: "Duplicates", text: "as good as equal to another one" },
};

/** The flagged units of each kind, ascending. */
export function flagged({ dead, alwaysOn, duplicates }: UnitFlags): Record<FlagName, number[]> {
  const sorted = (units: readonly number[]) => [...new Set(units)].sort((a, b) => a - b);
  return { dead: sorted(dead), alwaysOn: sorted(alwaysOn), duplicates: sorted(duplicates.flat()) };
}

/** "The activity has been stable since epoch 5: ..." */
export function activitySentence({ epochs, median, stableSince }: ActivityReport): string {
  const known = median.map((value, at) => ({ value, epoch: epochs[at] })).filter((one): one is { value: number; epoch: number } => one.value !== null);
  const way = known.length < 2 ? "" : ` The median goes from ${measured(known[0].value)} neurons at epoch ${known[0].epoch} to ${measured(known[known.length - 1].value)} at epoch ${known[known.length - 1].epoch}.`;
  const stable = stableSince === null ? "How many neurons an observation makes active still changes from epoch to epoch." : `How many neurons an observation makes active is stable since epoch ${stableSince}.`;
  return stable + way;
}

/** In words, which are odd at this epoch. */
export function flagSentence(flags: UnitFlags): string {
  const { dead, alwaysOn, duplicates } = flagged(flags);
  const parts = [dead.length > 0 ? `${whole(dead.length)} dead` : "", alwaysOn.length > 0 ? `${whole(alwaysOn.length)} always on` : "", duplicates.length > 0 ? `${whole(duplicates.length)} that are as good as equal to another` : ""].filter((part) => part !== "");
  return parts.length === 0 ? `None of the ${whole(flags.units)} neurons is dead, always on or the same as another.` : `Of ${whole(flags.units)} neurons: ${parts.join(", ")}.`;
}

/** One of the server's figures, [unit]. */
export function figure(values: Float32Array, units: number, name: (typeof FIGURES)[number]): Float32Array {
  const at = FIGURES.indexOf(name);
  return values.subarray(at * units, (at + 1) * units);
}

/** Cells of a coarse picture of many points: how many lie in each, [row][col] with row 0 at the top. */
export function heatCells(x: Float32Array, y: Float32Array, highX: number, cols: number, rows: number): number[][] {
  const cells = Array.from({ length: rows }, () => new Array<number>(cols).fill(0));
  for (let unit = 0; unit < x.length; unit++) {
    const col = Math.max(0, Math.min(cols - 1, Math.floor((x[unit] / (highX || 1)) * cols)));
    const row = Math.max(0, Math.min(rows - 1, rows - 1 - Math.floor(y[unit] * rows)));
    cells[row][col]++;
  }
  return cells;
}
