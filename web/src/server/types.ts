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
export type ParameterKind = "number" | "integer" | "boolean" | "choice" | "autoOrNumber" | "text";
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

export interface Quality {
  k: number;
  neighborhoodHit: number;
  neighborhoodHitOwnSpace: number;
  neighborhoodHitBaseline: number;
  neighborhoodHitPerClass: number[];
  trustworthiness: number;
  trustworthinessK: number;
}

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
}

export interface Study {
  format: number;
  version: string;
  name: string;
  dataset: {
    name: string;
    digest: string;
    shape: ImageShape;
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
