/** Sequences of steps: which one is meant, what it is called, and what of it is kept or under way. */
import type { Method, Parameter, Parameters, Run, SequenceSource, Study, Task, TaskKind, TaskSource, TaskSummary } from "../server/types";
import type { Evolution, StillEvolution } from "./evolution";
import { differences, INPUT_LAYER, isActive, changedParameters, same } from "./results";

/** One step in words, and what of the study it is. */
export interface Step {
  name: string;
  run: string;
  epoch: number;
  layer: string;
}

/** The alignment that the workspace names, the usual one otherwise. */
export function alignmentOf(study: Study, name: string | null): Method | null {
  const methods = study.alignments ?? [];
  return methods.find((method) => method.name === name) ?? methods.find((method) => method.name === "vff") ?? methods[0] ?? null;
}

/** What a situation of the page says about the sequence. */
export interface Place {
  study: Study;
  run: Run | null;
  epoch: number | null;
  layer: string;
}

/** The sequence that is asked for; null while there is no run, or when it would have fewer than two steps. */
export function sequenceSource({ study, run, epoch, layer }: Place, evolution: StillEvolution): SequenceSource | null {
  if (run === null) {
    return null;
  }
  const source = ((): SequenceSource | null => {
    switch (evolution.by) {
      case "epoch":
        return { by: "epoch", run: run.name, layer: trained(run, layer), ...(evolution.epochs === null ? {} : { epochs: [...evolution.epochs] }) };
      case "layer":
        return epoch === null ? null : { by: "layer", run: run.name, epoch, ...(evolution.layers === null ? {} : { layers: [...evolution.layers] }) };
      case "run":
        return epoch === null ? null : { by: "run", runs: [...(evolution.runs ?? comparableRuns(study, run, epoch, layer))], epoch, layer: trained(run, layer) };
    }
  })();
  return source !== null && stepsOf(source, study).length >= 2 ? source : null;
}

/** The input is the same at every epoch and in every run: a sequence of it would show nothing. */
function trained(run: Run, layer: string): string {
  return layer === INPUT_LAYER ? (hiddenLayers(run).at(-1) ?? layer) : layer;
}

/** Layers between the input and the scores. */
export const hiddenLayers = (run: Run): string[] =>
  run.layers.map(({ name }) => name).filter((name) => !["logits", "probabilities", "output", INPUT_LAYER].includes(name));

/** Runs that have the layer at this epoch, the shown one first. */
export function comparableRuns(study: Study, run: Run, epoch: number, layer: string): string[] {
  const where = trained(run, layer);
  const fitting = study.runs.filter((one) => one.snapshots.includes(epoch) && one.layers.some(({ name }) => name === where));
  return [run, ...fitting.filter((one) => one !== run)].map(({ name }) => name);
}

/** The steps of a sequence, with what was left out filled in. */
export function stepsOf(source: SequenceSource, study: Study): Step[] {
  const run = source.by === "run" ? undefined : study.runs.find(({ name }) => name === source.run);
  switch (source.by) {
    case "epoch":
      return (source.epochs ?? ascending(run?.snapshots ?? [])).map((epoch) => ({ name: `epoch ${epoch}`, run: source.run, epoch, layer: source.layer }));
    case "layer":
      return (source.layers ?? [INPUT_LAYER, ...(run === undefined ? [] : hiddenLayers(run))]).map((layer) => ({ name: layer, run: source.run, epoch: source.epoch, layer }));
    case "run":
      return source.runs.map((name) => ({ name, run: name, epoch: source.epoch, layer: source.layer }));
  }
}

const ascending = (values: readonly number[]): number[] => [...values].sort((a, b) => a - b);

/** One text per sequence, equal for equal sequences. */
export const sequenceKey = (source: SequenceSource, study: Study): string =>
  JSON.stringify([source.by, ...stepsOf(source, study).map(({ run, epoch, layer }) => [layer === INPUT_LAYER ? "" : run, layer === INPUT_LAYER ? 0 : epoch, layer])]);

/** What two sequences must share to be the same thing at other steps. */
function themeKey(source: SequenceSource): string {
  switch (source.by) {
    case "epoch":
      return JSON.stringify(["epoch", source.run, source.layer]);
    case "layer":
      return JSON.stringify(["layer", source.run, source.epoch]);
    case "run":
      return JSON.stringify(["run", source.epoch, source.layer]);
  }
}

const isSequence = (source: TaskSource): source is SequenceSource => source.by !== undefined;

export interface SequenceMatch {
  summary: TaskSummary;
  source: SequenceSource;
  /** Names of the parameters in which the kept result differs from what was asked. */
  differs: string[];
  /** Whether it has other steps than those that are kept now. */
  otherSteps: boolean;
}

/**
 * The kept layouts of a sequence. With parameters of the person's own only an exact match will do, and so with steps of their own; what
 * they left open is filled by the closest kept result.
 */
export function findSequence(kept: readonly TaskSummary[], source: SequenceSource, method: Method, chosen: Parameters, study: Study): SequenceMatch | null {
  const key = sequenceKey(source, study);
  const open = (source.by === "epoch" && source.epochs === undefined) || (source.by === "layer" && source.layers === undefined);
  const matches = kept
    .filter((summary) => summary.kind === "sequence" && summary.method === method.name && isSequence(summary.source))
    .map((summary): SequenceMatch => {
      const own = summary.source as SequenceSource;
      return { summary, source: own, differs: differences(method, summary.parameters, chosen), otherSteps: sequenceKey(own, study) !== key };
    })
    .filter((match) => !match.otherSteps || (open && themeKey(match.source) === themeKey(source)))
    .sort((a, b) => Number(a.otherSteps) - Number(b.otherSteps) || a.differs.length - b.differs.length || stepsOf(b.source, study).length - stepsOf(a.source, study).length);
  const own = Object.keys(changedParameters(method, chosen)).length > 0;
  return matches.find(({ differs }) => !own || differs.length === 0) ?? null;
}

/** The newest job about a sequence that is not finished, or that ended badly. */
export function findSequenceTask<T extends { job: Task }>(traces: readonly T[], source: SequenceSource, method: Method, chosen: Parameters, study: Study): T | null {
  const key = sequenceKey(source, study);
  const fitting = traces.filter(
    ({ job }) => job.kind === "sequence" && job.method === method.name && isSequence(job.source) && sequenceKey(job.source, study) === key && differences(method, job.parameters, chosen).length === 0,
  );
  return newest(fitting);
}

const newest = <T extends { job: Task }>(fitting: readonly T[]): T | null => fitting.find(({ job }) => isActive(job)) ?? fitting[fitting.length - 1] ?? null;

const sameOptions = (options: readonly Parameter[], a: Parameters, b: Parameters): boolean =>
  options.every(({ name, default: value }) => same(a[name] ?? value, b[name] ?? value));

/** What was made of a sequence's result with these options. */
export function findMade(kept: readonly TaskSummary[], kind: TaskKind, of: string, options: readonly Parameter[], chosen: Parameters): TaskSummary | null {
  return kept.find((summary) => summary.kind === kind && summary.source.of === of && sameOptions(options, summary.parameters, chosen)) ?? null;
}

/** The job that makes it. */
export function findMaking<T extends { job: Task }>(traces: readonly T[], kind: TaskKind, of: string, options: readonly Parameter[], chosen: Parameters): T | null {
  return newest(traces.filter(({ job }) => job.kind === kind && job.source.of === of && sameOptions(options, job.parameters, chosen)));
}

/** What bundling is asked for: the choices of the view over the other options, as far as the server knows them. */
export function bundleParameters(options: readonly Parameter[], { grouping, direction, bundling }: Pick<Evolution, "grouping" | "direction" | "bundling">): Parameters {
  const wanted: Parameters = { ...bundling, grouping, direction };
  const found: Parameters = {};
  for (const option of options) {
    const value = wanted[option.name];
    if (value !== undefined) {
      // Choices are written as the server writes them.
      const choice = option.choices?.find((one) => one.toLowerCase() === String(value).toLowerCase());
      const written = choice ?? value;
      if (!same(written, option.default)) {
        found[option.name] = written;
      }
    }
  }
  return found;
}

/** Rather a run that is complete than one that is on its way, and rather that than one that ended early. */
const USABLE = ["complete", "training", "interrupted", "failed"];

/** The run beside: one that learned from shuffled labels, of the same architecture where there is one. */
export function controlRun(study: Study, run: Run | null): Run | null {
  const usable = (one: Run) => (one.architecture === run?.architecture ? 0 : USABLE.length) + USABLE.indexOf(one.state);
  const shuffled = study.runs.filter((one) => one.shuffledLabels && one !== run).sort((a, b) => usable(a) - usable(b));
  return shuffled[0] ?? null;
}

/** The same steps of another run, as far as it has them; null where runs are the steps. */
export function sequenceOf(source: SequenceSource, run: Run): SequenceSource | null {
  switch (source.by) {
    case "epoch": {
      const { epochs, ...rest } = source;
      return { ...rest, run: run.name, ...(epochs === undefined ? {} : { epochs: epochs.filter((epoch) => run.snapshots.includes(epoch)) }) };
    }
    case "layer":
      return { ...source, run: run.name };
    case "run":
      return null;
  }
}

/** "fc4 over 3 epochs of mlp, before training to epoch 5". */
export function sequenceWords(source: SequenceSource, study: Study): string {
  const steps = stepsOf(source, study);
  switch (source.by) {
    case "epoch":
      return `${source.layer} of ${source.run} over ${steps.length} epochs`;
    case "layer":
      return `${steps.length} layers of ${source.run}, ${source.epoch === 0 ? "before training" : `after epoch ${source.epoch}`}`;
    case "run":
      return `${source.layer} in ${steps.length} runs, ${source.epoch === 0 ? "before training" : `after epoch ${source.epoch}`}`;
  }
}
