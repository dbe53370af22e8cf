/** What the server says, as it says it: the JSON records of the HTTP interface. */

export interface ImageShape {
  channels: number;
  rows: number;
  cols: number;
}

export interface Layer {
  name: string;
  title: string;
  units: number;
  shape: number[];
  operator: string;
}

export interface EpochMetrics {
  epoch: number;
  trainLoss: number;
  trainAccuracy: number;
  testLoss: number;
  testAccuracy: number;
  testRecall: number[];
  seconds: number;
  imagesPerSecond: number;
}

export interface TrainingProgress {
  run?: string;
  epoch: number;
  imagesDone: number;
  imagesTotal: number;
  imagesPerSecond: number;
  secondsLeft: number;
}

export type RunState = "training" | "complete" | "interrupted" | "failed";

export interface Run {
  name: string;
  architecture: string;
  state: RunState;
  shuffledLabels: boolean;
  seed: number;
  parameterCount: number;
  plannedEpochs: number[];
  snapshots: number[];
  layers: Layer[];
  metrics: EpochMetrics[];
  training: { learningRate: number; momentum: number; decay: number; batchSize: number } | null;
  progress: TrainingProgress | null;
  error: string | null;
}

/** Kinds this page has a field for; any other is edited as text and judged by the server. */
export type ParameterKind = "number" | "integer" | "boolean" | "choice" | "autoOrNumber" | "text" | "integers" | "numbers";
export type ParameterValue = number | boolean | string;

export interface Parameter {
  name: string;
  kind: ParameterKind;
  default: ParameterValue;
  min: number | null;
  max: number | null;
  minExclusive?: boolean;
  maxExclusive?: boolean;
  text: string;
  unit?: string;
  choices?: string[];
}

export interface Method {
  name: string;
  title: string;
  text: string;
  parameters: Parameter[];
}

/** The activations that a projection looks at: the input pixels, or one layer of one snapshot. */
export interface Source {
  layer: string;
  run?: string | null;
  epoch?: number | null;
}

export type Parameters = Record<string, ParameterValue>;

/**
 * How far to trust a layout. Every figure may be missing: results of older versions have fewer, data without labels have no hit.
 * `state/quality.ts` reads what else a server says under names of its own.
 */
export interface Quality {
  k?: number;
  neighborhoodHit?: number | null;
  neighborhoodHitOwnSpace?: number | null;
  neighborhoodHitBaseline?: number | null;
  neighborhoodHitPerClass?: number[] | null;
  trustworthiness?: number | null;
  trustworthinessK?: number;
  [figure: string]: unknown;
}

/** What a method chose or found on its way, such as `neighbors: "exact"`. */
export type Details = Record<string, string | number | boolean>;

/** [iteration, energy] in ascending order. */
export type EnergyHistory = [number, number][];

export interface ResultSummary {
  digest: string;
  kind: string;
  source: Source;
  method: string;
  parameters: Parameters;
  quality: Quality;
}

export interface Result extends ResultSummary {
  version: string;
  iterations: number;
  energy: number | null;
  seconds: Record<string, number>;
  columns: Record<string, { type: string; shape: number[] }>;
  details?: Details | null;
  energyHistory?: EnergyHistory | null;
}

export type JobState = "queued" | "running" | "paused" | "done" | "failed" | "cancelled";

export interface Job {
  id: string;
  kind: string;
  digest: string;
  source: Source;
  method: string;
  parameters: Parameters;
  state: JobState;
  stage: string;
  fraction: number;
  iteration: number;
  iterations: number;
  energy: number | null;
  revision: number;
  error: string | null;
  seconds: number;
  details?: Details | null;
  energyHistory?: EnergyHistory | null;
}

/** An input statistic that observations can be coloured by. */
export interface Statistic {
  name: string;
  title: string;
  text?: string;
  unit?: string | null;
}

export interface Study {
  format: number;
  /** Whether every changing request will be refused. */
  readOnly?: boolean;
  version: string;
  name: string;
  dataset: {
    name: string;
    digest: string;
    /** Left out by older servers: images then. */
    kind?: "images" | "vectors";
    /** null for vectors */
    shape: ImageShape | null;
    /** Number of input features; left out by older servers. */
    columns?: number;
    trainCount: number;
    testCount: number;
    classNames: string[];
  };
  pipeline: string;
  sample: { split: string; count: number; seed: number; classCounts: number[] };
  runs: Run[];
  methods: Method[];
  tasks: Job[];
}
