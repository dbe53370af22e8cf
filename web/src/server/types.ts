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

export type Answers = "classes" | "values" | "none";

export interface Run {
  name: string;
  architecture: string;
  state: RunState;
  shuffledLabels: boolean;
  seed: number;
  parameterCount: number;
  plannedEpochs: number[];
  snapshots: number[];
  /** What its network answers with; left out by older servers and for runs trained here: class scores. */
  answers?: Answers | null;
  /** For runs that were brought: whether networks came, or activations that were made elsewhere. */
  brought?: "networks" | "activations" | null;
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
  /** Jobs of kind "projection"; other kinds are Tasks. */
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
    kind?: "images" | "vectors" | "texts";
    /** null for vectors */
    shape: ImageShape | null;
    /** Number of input features; left out by older servers. */
    columns?: number;
    trainCount: number;
    testCount: number;
    classNames: string[];
    /** What is known of each observation; left out by older servers, which know classes or nothing. */
    labels?: Answers;
  };
  pipeline: string;
  sample: { split: string; count: number; seed: number; classCounts: number[] };
  runs: Run[];
  methods: Method[];
  /** Ways to lay out a sequence; left out by older servers. */
  alignments?: Method[];
  /** Options of bundling, of fields and of probes. */
  bundle?: Parameter[];
  field?: Parameter[];
  probe?: Parameter[];
  /** Options of the analyses that bring their own computation, by kind. */
  options?: Partial<Record<TaskKind, Parameter[]>>;
  /** Jobs of all kinds. */
  tasks: (Job | Task)[];
}

/** The kinds of analyses besides projections. */
export const TASK_KINDS = ["sequence", "bundle", "field", "probe", "units", "trails-of-units", "scores", "activity", "ablation", "clusters", "findings"] as const;
export type TaskKind = (typeof TASK_KINDS)[number];

/** The steps of a sequence: what is left out means all that are kept. */
export type SequenceSource =
  | { by: "epoch"; run: string; layer: string; epochs?: number[] }
  | { by: "layer"; run: string; epoch: number; layers?: string[] }
  | { by: "run"; runs: string[]; epoch: number; layer: string };

/** What a bundle or a field is made of: a sequence's steps, and the digest of its result. */
export type TaskSource = (SequenceSource & { of?: string }) | UnitSource;

/** What an analysis without steps looks at: a snapshot, a layer of it, or a layer over all epochs; `by` and `of` are never there. */
export interface UnitSource {
  by?: undefined;
  of?: undefined;
  run: string;
  epoch?: number;
  layer?: string;
  [more: string]: unknown;
}

/** A job of another kind than a projection. */
export type Task = Omit<Job, "kind" | "source"> & { kind: TaskKind; source: TaskSource };

export interface TaskSummary {
  digest: string;
  kind: TaskKind;
  source: TaskSource;
  method: string;
  parameters: Parameters;
}

/** A kept result of another kind than a projection; `report` holds what its kind has to say. */
export interface TaskResult<R = unknown> extends TaskSummary {
  version: string;
  iterations: number;
  energy: number | null;
  seconds: Record<string, number>;
  columns: Record<string, { type: string; shape: number[] }>;
  details?: Details | null;
  energyHistory?: EnergyHistory | null;
  report: R;
}

export interface TemporalStability {
  pearson: number | null;
  spearman: number | null;
  normalizedStress: number | null;
  standardizedStress: number | null;
  /** [transition] in standard deviations of the layout */
  movement: number[];
}

/** How far to trust one step; figures with labels are null without. */
export interface StepQuality {
  step: number;
  name: string;
  constant: boolean;
  ownNeighborhoodHit: number | null;
  alignedNeighborhoodHit: number | null;
  unalignedNeighborhoodHit: number | null;
  alignedStress: number | null;
  unalignedStress: number | null;
  alignedTrustworthiness: number | null;
  unalignedTrustworthiness: number | null;
  ownClassRatio: number | null;
  alignedClassRatio: number | null;
  unalignedClassRatio: number | null;
  warning: string | null;
}

export interface SequenceQuality {
  steps: StepQuality[];
  aligned: TemporalStability;
  unaligned: TemporalStability;
  k: number;
  warnings: string[];
}

/** Columns: layouts and unaligned [step, observation, 2], length [observation], stepLength [transition, observation], neighborhoodHit. */
export interface SequenceReport {
  names: string[];
  quality: SequenceQuality;
}

/** Columns: bundled [observation, sample, 2]; sample m * perSegment belongs to step m. */
export interface BundleReport {
  samples: number;
  perSegment: number;
  ink?: { straight?: number; bundled80?: number; classRight80?: number };
}

/** Columns: field [field, row, col, 2], coverage, assignment, dissimilarity, speed, responsibility, outlier [observation]. */
export interface FieldReport {
  /** left, bottom, right, top */
  box: [number, number, number, number];
  grid: number;
  energy: number;
  smoothnessEnergy: number;
  energies: number[];
  sizes: number[];
}

export interface ProbeReport {
  layers: { layer: string; units: number; accuracy: number; trainAccuracy: number; ownNeighborhoodHit: number | null }[];
  network: { accuracy: number };
  advice: string;
  drop: string[];
}

/** What is asked of the server for a task. */
export type TaskRequest =
  | { kind: "sequence"; source: SequenceSource; method: string; parameters: Parameters }
  | { kind: "bundle" | "field"; of: string; parameters: Parameters }
  | { kind: Exclude<TaskKind, "sequence" | "bundle" | "field">; source: object; method?: string; parameters: Record<string, unknown> };

/** A run with another's settings, but for what is said here. */
export interface TrainRequest {
  like: string;
  architecture?: string;
  shuffleLabels?: boolean;
  name?: string;
}
