/** The layout to show for a source, a method and parameters: kept, or still moving. */
import { useRef } from "react";
import type { Method, Parameters, Source } from "../server/types";
import type { Dims, JobTrace, KeptResult } from "../state/library";
import { dimensionsOf, findJob, findResult, isActive, type Match } from "../state/results";
import { useApp, useLibrary } from "./app";

export interface Shown {
  match: Match | null;
  kept: KeptResult | null;
  /** The newest job about it, finished or not. */
  trace: JobTrace | null;
  /** The same while it is under way. */
  running: JobTrace | null;
  layout: Float32Array | null;
  dims: Dims;
  live: boolean;
  /** Whether there is a layout with a point for every observation. */
  sized: boolean;
}

export function useShown(source: Source | null, method: Method, parameters: Parameters): Shown {
  const { library } = useApp();
  const { summaries, jobs, observations } = useLibrary();
  const match = source === null ? null : findResult(summaries, source, method, parameters);
  const kept = match === null ? null : (library.result(match.summary.digest) ?? null);
  const job = source === null ? null : findJob(jobs.map((trace) => trace.job), source, method, parameters);
  const trace = jobs.find((candidate) => candidate.job === job) ?? null;
  const running = trace !== null && isActive(trace.job) ? trace : null;
  // While another kept layout is on its way the old one stays, so that points glide instead of blinking.
  const before = useRef<{ layout: Float32Array; dims: Dims } | null>(null);
  const moving = running?.layout == null ? null : { layout: running.layout, dims: running.dims };
  const waited = match !== null && before.current?.dims === dimensionsOf(method, parameters) ? before.current : null;
  const shown = moving ?? kept ?? waited;
  before.current = shown;
  const { layout = null, dims = 2 as Dims } = shown ?? {};
  const sized = layout !== null && layout.length === (observations?.count ?? -1) * dims;
  return { match, kept, trace, running, layout, dims, live: moving !== null, sized };
}
