/** Finding kept results and jobs for a source, a method and parameters. */
import type { Job, JobState, Method, Parameters, ParameterValue, ResultSummary, Run, Source } from "../server/types";

export const INPUT_LAYER = "input";

/** One text per source, equal for equal sources. */
export function sourceKey(source: Source): string {
  return source.layer === INPUT_LAYER ? INPUT_LAYER : `${source.run}/${source.epoch}/${source.layer}`;
}

export function sourceOf(run: string | null, epoch: number | null, layer: string): Source | null {
  if (layer === INPUT_LAYER) {
    return { layer };
  }
  return run === null || epoch === null ? null : { run, epoch, layer };
}

/** All of a method's parameters: the defaults, with what was chosen laid over them. */
export function allParameters(method: Method, chosen: Parameters): Parameters {
  const all: Parameters = {};
  for (const parameter of method.parameters) {
    all[parameter.name] = chosen[parameter.name] ?? parameter.default;
  }
  return all;
}

/** What differs from the method's defaults and is known to it. */
export function changedParameters(method: Method, chosen: Parameters): Parameters {
  const changed: Parameters = {};
  for (const parameter of method.parameters) {
    const value = chosen[parameter.name];
    if (value !== undefined && !same(value, parameter.default)) {
      changed[parameter.name] = value;
    }
  }
  return changed;
}

export const same = (a: ParameterValue | undefined, b: ParameterValue | undefined): boolean => String(a) === String(b);

/** How many of the method's parameters differ between two settings; a side that does not mention one has the default. */
export function differences(method: Method, a: Parameters, b: Parameters): string[] {
  return method.parameters
    .filter(({ name, default: value }) => !same(a[name] ?? value, b[name] ?? value))
    .map(({ name }) => name);
}

/** Axes of the layout that parameters ask for. */
export function dimensionsOf(method: Method, chosen: Parameters): 2 | 3 {
  const usual = method.parameters.find(({ name }) => name === "dimensions")?.default ?? 2;
  return Number(chosen.dimensions ?? usual) === 3 ? 3 : 2;
}

/** What is kept when the person turns to another method: whether the picture is a plane or a space. */
export function carriedOver(method: Method, chosen: Parameters): Parameters {
  const known = method.parameters.some(({ name }) => name === "dimensions");
  return known && Number(chosen.dimensions) === 3 ? { dimensions: 3 } : {};
}

export interface Match {
  summary: ResultSummary;
  /** Names of the parameters in which the kept result differs from what was asked. */
  differs: string[];
}

/**
 * The kept result for a source. With parameters of the person's own only an exact match will do; while the person has chosen none,
 * the closest kept result of the method is shown, and says what it differs in.
 */
export function findResult(
  summaries: readonly ResultSummary[],
  source: Source,
  method: Method,
  chosen: Parameters,
): Match | null {
  const key = sourceKey(source);
  const matches = summaries
    .filter((summary) => summary.method === method.name && sourceKey(summary.source) === key)
    .filter((summary) => dimensionsOf(method, summary.parameters) === dimensionsOf(method, chosen))
    .map((summary) => ({ summary, differs: differences(method, summary.parameters, chosen) }))
    .sort((a, b) => a.differs.length - b.differs.length);
  const best = matches[0] ?? null;
  const exactOnly = Object.keys(changedParameters(method, chosen)).some((name) => name !== "dimensions");
  return best !== null && exactOnly && best.differs.length > 0 ? null : best;
}

export const isActive = (job: { state: JobState }): boolean =>
  job.state === "queued" || job.state === "running" || job.state === "paused";

/** The newest job for a source, a method and parameters that is not finished, or that ended badly. */
export function findJob(jobs: readonly Job[], source: Source, method: Method, chosen: Parameters): Job | null {
  const key = sourceKey(source);
  const fitting = jobs.filter(
    (job) =>
      job.method === method.name &&
      sourceKey(job.source) === key &&
      differences(method, job.parameters, chosen).length === 0,
  );
  return fitting.find(isActive) ?? fitting[fitting.length - 1] ?? null;
}

export const lastSnapshot = (run: Run): number | null => run.snapshots[run.snapshots.length - 1] ?? null;

/** The run a newcomer should see first: the most accurate one that learned from true labels. */
export function leadingRun(runs: readonly Run[]): Run | null {
  const accuracy = (run: Run) => run.metrics[run.metrics.length - 1]?.testAccuracy || 0;
  const honest = runs.filter((run) => !run.shuffledLabels);
  return [...(honest.length > 0 ? honest : runs)].sort((a, b) => accuracy(b) - accuracy(a))[0] ?? null;
}

/** The last hidden layer: the last one before the scores, as the papers' pictures show. */
export function lastHiddenLayer(run: Run): string | null {
  const hidden = run.layers.filter(({ name }) => !["logits", "probabilities", "output", INPUT_LAYER].includes(name));
  return (hidden[hidden.length - 1] ?? run.layers[run.layers.length - 1])?.name ?? null;
}
