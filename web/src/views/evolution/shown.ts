/** What a canvas of the evolution shows: the layouts of all steps, fitted, with what is known of them. */
import type { Fit } from "../../draw/camera";
import type { SequenceReport, SequenceSource, TaskResult } from "../../server/types";
import type { TaskTrace } from "../../state/library";
import type { SequenceMatch, Step } from "../../state/sequences";

export interface SequenceShown {
  source: SequenceSource;
  /** The kept result; null while it is computed. */
  digest: string | null;
  match: SequenceMatch | null;
  result: TaskResult<SequenceReport> | null;
  report: SequenceReport | null;
  steps: readonly Step[];
  /** [step][observation][axis] in the layout's own units */
  layouts: Float32Array;
  observations: number;
  /** Where the layout's units lie on the canvas: canvas = (layout - middle) / half. */
  fit: Fit;
  /** Whether a job moves it. */
  live: boolean;
  trace: TaskTrace | null;
}
