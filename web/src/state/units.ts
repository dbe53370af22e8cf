/** Neurons of a layer: what is kept of them, what it says, and in which order they are listed. */
import type { Layer, Method, Parameter, Parameters, Run, Study, TaskKind, TaskSource, TaskSummary } from "../server/types";
import { finite } from "./quality";
import { changedParameters, differences } from "./results";

export const POOLINGS = ["none", "mean", "max"] as const;
export type Pooling = (typeof POOLINGS)[number];

export interface UnitPlace {
  run: string;
  epoch: number;
  layer: string;
  pooling: Pooling;
}

/** Whether a layer has channels of positions, which can be pooled. */
export const isSpatial = ({ shape }: Pick<Layer, "shape">): boolean => shape.length > 1;

export const usualPooling = (layer: Pick<Layer, "shape">): Pooling => (isSpatial(layer) ? "mean" : "none");

/** How many neurons a layer has. */
export const unitCount = ({ shape, units }: Pick<Layer, "shape" | "units">, pooling: Pooling): number => (pooling === "none" || shape.length < 2 ? units : shape[0]);

/** What is asked of the server: the usual pooling is left out, as results that know no other way are found then, too. */
export function unitSource({ run, epoch, layer, pooling }: UnitPlace, usual: Pooling): { run: string; epoch: number; layer: string; pooling?: Pooling } {
  return { run, epoch, layer, ...(pooling === usual ? {} : { pooling }) };
}

const layerOf = (run: Run, name: string): Layer | null => run.layers.find((layer) => layer.name === name) ?? null;

/** The neurons that a situation of the page is about; null where there are none. */
export function unitPlace(run: Run | null, epoch: number | null, layer: string, pooling: Pooling | null): UnitPlace | null {
  const found = run === null ? null : layerOf(run, layer);
  if (run === null || epoch === null || found === null) {
    return null;
  }
  const usual = usualPooling(found);
  return { run: run.name, epoch, layer, pooling: isSpatial(found) ? (pooling ?? usual) : usual };
}

/** Ways to lay neurons out, with the options that belong to them. */
export function unitMethods(study: Study): Method[] {
  const shared = study.options?.units ?? [];
  return METHODS.map((name) => {
    const known = study.methods.find((method) => method.name === name);
    const own = known?.parameters.filter(({ name: option }) => !ELSEWHERE.includes(option) && !shared.some((other) => other.name === option)) ?? [];
    return { name, title: known?.title ?? TITLES[name], text: TEXTS[name], parameters: [...shared, ...own] };
  });
}

const METHODS = ["smacof", "mds", "tsne", "umap"];
/** Neurons lie in the plane, and are compared by the measure. */
const ELSEWHERE = ["dimensions", "metric"];

const TITLES: Record<string, string> = { smacof: "SMACOF", mds: "Classical MDS", tsne: "t-SNE", umap: "UMAP" };
const TEXTS: Record<string, string> = {
  smacof: "Distances in the picture follow how little two neurons go together, as well as a plane can",
  mds: "The two directions in which how neurons go together varies most; fast",
  tsne: "Keeps neighbours together; distances between groups mean little",
  umap: "Keeps neighbours together; distances between groups mean little",
};

export const methodOf = (methods: readonly Method[], name: string | null): Method => methods.find((method) => method.name === name) ?? methods[0];

/** The forests that score, as a method with its options. */
export const forestMethod = (study: Study): Method => ({ name: "extra-trees", title: "Extremely randomized trees", text: "For each class a forest that tells it from all others; a neuron's score is how much the trees use it", parameters: study.options?.scores ?? FOREST });

const whole = (name: string, value: number, min: number, max: number): Parameter => ({ name, kind: "integer", default: value, min, max, text: name });
/** Until the server says what it has. */
const FOREST: Parameter[] = [whole("trees", 500, 1, 100_000), whole("seed", 0, 0, 1e9)];

export const trailMethod = (study: Study): Method => ({ name: "vff", title: "Visual Feature Fusion", text: "All epochs in one picture that keeps neurons in place", parameters: study.options?.["trails-of-units"] ?? [] });

/** Whether a result is about these neurons; an epoch is compared where the source has one. */
function about(source: TaskSource, place: UnitPlace, usual: Pooling): boolean {
  const given = source as { run?: unknown; epoch?: unknown; layer?: unknown; pooling?: unknown };
  return given.run === place.run && given.layer === place.layer && (given.epoch === undefined || given.epoch === place.epoch) && String(given.pooling ?? usual).toLowerCase() === place.pooling;
}

/**
 * The kept result of a kind about these neurons. With parameters of the person's own only an exact match will do; while there are none,
 * the closest one is shown.
 */
export function findUnits(kept: readonly TaskSummary[], kind: TaskKind, place: UnitPlace, usual: Pooling, method: Method, chosen: Parameters): TaskSummary | null {
  const own = Object.keys(changedParameters(method, chosen)).length > 0;
  const fitting = kept
    .filter((summary) => summary.kind === kind && summary.method === method.name && about(summary.source, place, usual))
    .map((summary) => ({ summary, differs: differences(method, summary.parameters, chosen).length }))
    .sort((a, b) => a.differs - b.differs || steps(b.summary) - steps(a.summary));
  const best = fitting[0];
  return best === undefined || (own && best.differs > 0) ? null : best.summary;
}

const steps = ({ source }: TaskSummary): number => ((source as { epochs?: unknown[] }).epochs ?? []).length;

/** The newest job of a kind about these neurons. */
export function findUnitJob<T extends { job: { kind: string; source: TaskSource; method: string; parameters: Parameters; state: string } }>(tasks: readonly T[], kind: TaskKind, place: UnitPlace, usual: Pooling, method: Method): T | null {
  const fitting = tasks.filter(({ job }) => job.kind === kind && job.method === method.name && about(job.source, place, usual));
  return fitting.find(({ job }) => ["queued", "running", "paused"].includes(job.state)) ?? fitting[fitting.length - 1] ?? null;
}

type Said = Record<string, unknown>;
const said = (value: unknown): Said => (typeof value === "object" && value !== null ? (value as Said) : {});
const numbersOf = (value: unknown): number[] => (Array.isArray(value) ? value.filter((one): one is number => Number.isFinite(one)) : []);

/** What a map says of itself. */
export interface MapReport {
  units: number;
  dead: number[];
  measure: string;
  stress: number | null;
}

export function readMap(report: unknown): MapReport {
  const found = said(report);
  return { units: finite(found.units) ?? 0, dead: numbersOf(found.dead), measure: typeof found.measure === "string" ? found.measure.toLowerCase() : "pearson", stress: finite(found.stress) };
}

export interface Spread {
  spearman: number | null;
  shared: number | null;
}

/** Mean dissimilarity among a class's strongest neurons, and among all. */
export interface Compactness {
  top: number;
  all: number;
}

export interface ScoresReport {
  units: number;
  dead: number[];
  skipped: number[];
  /** [class]; null where it is not known */
  spread: (Spread | null)[];
  compactness: (Compactness | null)[];
}

export function readScores(report: unknown): ScoresReport {
  const found = said(report);
  const list = (value: unknown): Said[] => (Array.isArray(value) ? value.map(said) : []);
  const compactness = list(found.compactness).map((entry) => {
    const [top, all] = [finite(entry.top), finite(entry.all)];
    return top === null || all === null ? null : { top, all };
  });
  const spread = list(found.spread).map((entry) => {
    const one = { spearman: finite(entry.spearman), shared: finite(entry.shared10) };
    return one.spearman === null && one.shared === null ? null : one;
  });
  return { units: finite(found.units) ?? 0, dead: numbersOf(found.dead), skipped: numbersOf(found.skipped), spread, compactness };
}

/** Mean over the classes that have one. */
export function meanSpread(spread: readonly (Spread | null)[]): Spread | null {
  const mean = (values: (number | null | undefined)[]) => {
    const known = values.filter((value): value is number => value != null);
    return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length;
  };
  const both = { spearman: mean(spread.map((one) => one?.spearman)), shared: mean(spread.map((one) => one?.shared)) };
  return both.spearman === null && both.shared === null ? null : both;
}

/** Scores of all classes and neurons, with the means that explain them. */
export interface Scores {
  classes: number;
  units: number;
  /** [class * units + unit]; NaN-free; a class without observations has zeros */
  values: Float32Array;
  /** Another seed's; null where only one was fitted. */
  second: Float32Array | null;
  mean: Float32Array | null;
  overall: Float32Array | null;
  deviation: Float32Array | null;
}

/** The class that a neuron tells best; -1 where it tells none. */
export function bestClasses({ values, classes, units }: Pick<Scores, "values" | "classes" | "units">): Int16Array {
  const best = new Int16Array(units).fill(-1);
  for (let unit = 0; unit < units; unit++) {
    let most = 0;
    for (let label = 0; label < classes; label++) {
      const score = values[label * units + unit];
      if (score > most) {
        most = score;
        best[unit] = label;
      }
    }
  }
  return best;
}

/** Neurons of a class, strongest first; equal ones by number. Dead ones score nothing and are left out. */
export function ranking({ values, units }: Pick<Scores, "values" | "units">, label: number): number[] {
  const row = values.subarray(label * units, (label + 1) * units);
  const order: number[] = [];
  row.forEach((score, unit) => {
    if (score > 0) {
      order.push(unit);
    }
  });
  return order.sort((a, b) => row[b] - row[a] || a - b);
}

/** A neuron's mean over the observations of all other classes. */
export function restMean(scores: Scores, label: number, unit: number, counts: readonly number[]): number | null {
  const { mean, overall, units } = scores;
  const all = counts.reduce((sum, count) => sum + count, 0);
  const rest = all - (counts[label] ?? 0);
  return mean === null || overall === null || rest <= 0 ? null : (overall[unit] * all - mean[label * units + unit] * counts[label]) / rest;
}

/** The rank of a neuron in a class, 1 for the strongest; null where it does not score. */
export function rankOf({ values, units }: Pick<Scores, "values" | "units">, label: number, unit: number): number | null {
  const own = values[label * units + unit];
  if (!(own > 0)) {
    return null;
  }
  let before = 0;
  for (let other = 0; other < units; other++) {
    const score = values[label * units + other];
    before += score > own || (score === own && other < unit) ? 1 : 0;
  }
  return before + 1;
}

const short = (value: number, digits: number): string => value.toFixed(digits).replace(/^0\./, ".");

/** "scores of two seeds agree .83; 7.4 of the ten strongest are shared" */
export function spreadWords(spread: Spread | null): string {
  if (spread === null) {
    return "";
  }
  const parts = [
    spread.spearman === null ? "" : `scores of two seeds agree ${short(spread.spearman, 2)}`,
    spread.shared === null ? "" : `${Number(spread.shared.toFixed(1))} of the ten strongest are shared`,
  ];
  return parts.filter((part) => part !== "").join("; ");
}

/** "its 20 strongest neurons are .58 apart on average, all pairs .80: ratio .73" */
export function compactnessWords({ top, all }: Compactness): string {
  return `its 20 strongest neurons are ${short(top, 2)} apart on average, all pairs ${short(all, 2)}${all > 0 ? `: ratio ${short(top / all, 2)}` : ""}`;
}
