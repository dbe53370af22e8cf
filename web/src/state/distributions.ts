/** What the server says of the weights of runs, and how it is read: layers of all models, figures of one epoch, colours of accuracies. */

export type Kind = "weights" | "biases";

/** Figures of a tensor's values, or of the last step of the optimiser in an epoch. */
export interface Figures {
  mean: number | null;
  variance: number | null;
  deviation: number | null;
  min: number | null;
  max: number | null;
  /** Lower quartile, median, upper quartile; null where no value is finite. */
  quartiles: readonly number[] | null;
  /** Share of values that are nearly zero, 0..1. */
  nearZero: number | null;
  /** How many values are not numbers. */
  nonFinite: number;
}

export interface TensorFigures extends Figures {
  tensor: string;
  /** null where there is no epoch before. */
  update: (Figures & { ratio: number | null }) | null;
}

export interface EpochWeights {
  epoch: number;
  testAccuracy: number | null;
  /** Whether a snapshot is kept. */
  exact: boolean;
  nonFinite: number;
  tensors: readonly TensorFigures[];
}

export interface Tensor {
  tensor: string;
  layer: string;
  kind: Kind;
  shape: readonly number[];
  count: number;
}

export interface WeightReport {
  run: string;
  architecture: string;
  tensors: readonly Tensor[];
  epochs: readonly EpochWeights[];
  divergedAt: number | null;
}

/** Histograms of one tensor per run, in the same bins for all runs and epochs: bin i spans [(first + i) * width, (first + i + 1) * width). */
export interface Histograms {
  width: number;
  first: number;
  bins: number;
  low: number;
  high: number;
  runs: readonly RunHistogram[];
  missing: readonly string[];
}

export interface RunHistogram {
  run: string;
  tensor: string;
  shape: readonly number[];
  epochs: readonly number[];
  counts: readonly (readonly number[])[];
  outOf: readonly number[];
}

export interface Distance {
  layer: string;
  kind: Kind;
  ks?: number | null;
  wasserstein?: number | null;
  exact?: boolean;
  /** What the figures can be where they come from histograms; `ks` is then the least that it can be. */
  ksMost?: number | null;
  wassersteinLeast?: number | null;
  wassersteinMost?: number | null;
  /** Why there is none. */
  why?: string | null;
}

/** What of a layer is shown, and whether it is the last step. */
export const kindOf = (what: string): Kind => (what === "biases" || what === "bias-updates" ? "biases" : "weights");
export const isUpdate = (what: string): boolean => what === "updates" || what === "bias-updates";

export const WHAT_WORDS: Record<string, string> = { weights: "weights", biases: "biases", updates: "updates of weights", "bias-updates": "updates of biases" };

/** Names of layers that have weights in any model, each where it stands first, with the models that have it. */
export function layersOf(reports: readonly WeightReport[]): { layer: string; runs: string[] }[] {
  const found = new Map<string, string[]>();
  for (const { run, tensors } of reports) {
    for (const { layer } of tensors) {
      const runs = found.get(layer) ?? [];
      if (!runs.includes(run)) {
        runs.push(run);
      }
      found.set(layer, runs);
    }
  }
  return [...found].map(([layer, runs]) => ({ layer, runs }));
}

export const tensorOf = (report: WeightReport | undefined, layer: string, kind: Kind): Tensor | undefined => report?.tensors.find((one) => one.layer === layer && one.kind === kind);

/** Epochs of any of the runs, ascending. */
export function epochsOf(reports: readonly WeightReport[]): number[] {
  return [...new Set(reports.flatMap(({ epochs }) => epochs.map(({ epoch }) => epoch)))].sort((a, b) => a - b);
}

/** Where an epoch stands in a list; the last one before it where a run has no such epoch; -1 where it has none as early. */
export function epochIndex(epochs: readonly number[], at: number): number {
  let found = -1;
  epochs.forEach((epoch, index) => {
    if (epoch <= at) {
      found = index;
    }
  });
  return found;
}

export function figuresAt(report: WeightReport | undefined, tensor: string, at: number, update: boolean): (Figures & { ratio?: number | null }) | null {
  const epoch = report?.epochs[epochIndex(report.epochs.map(({ epoch }) => epoch), at)];
  const found = epoch?.tensors.find((one) => one.tensor === tensor);
  return found === undefined ? null : update ? found.update : found;
}

/** So near to 1 accuracies are told apart. */
const SURE = 1e-4;

/** Halving the errors is the same step everywhere, so that 97 % and 99 % differ as much as 10 % and 70 %. */
const merit = (accuracy: number): number => -Math.log(Math.max(SURE, 1 - accuracy));

export interface AccuracyScale {
  low: number;
  high: number;
}

/** The range of all accuracies of all models; null without any. */
export function accuracyScale(accuracies: readonly (number | null | undefined)[]): AccuracyScale | null {
  const known = accuracies.filter((value): value is number => typeof value === "number" && Number.isFinite(value));
  return known.length === 0 ? null : { low: Math.min(...known), high: Math.max(...known) };
}

/** Where an accuracy lies on the scale of colours, 0..1. */
export function accuracyShare({ low, high }: AccuracyScale, accuracy: number): number {
  const [from, to] = [merit(low), merit(high)];
  return to > from ? Math.max(0, Math.min(1, (merit(accuracy) - from) / (to - from))) : 1;
}

/** The accuracy at a place of the scale: the inverse. */
export function accuracyAt({ low, high }: AccuracyScale, share: number): number {
  const [from, to] = [merit(low), merit(high)];
  return 1 - Math.exp(-(from + share * (to - from)));
}

/** log10 of step to weight per epoch of each layer's weights; null where there is none. */
export function ratios(report: WeightReport): { layer: string; values: (number | null)[] }[] {
  return report.tensors
    .filter(({ kind }) => kind === "weights")
    .map(({ layer, tensor }) => ({
      layer,
      values: report.epochs.map(({ tensors }) => {
        const ratio = tensors.find((one) => one.tensor === tensor)?.update?.ratio;
        return typeof ratio === "number" && Number.isFinite(ratio) ? ratio : null;
      }),
    }));
}
