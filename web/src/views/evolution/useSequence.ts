/** The sequence that the workspace asks for: kept, under way, or neither; and its bundle. */
import { useMemo, useRef } from "react";
import { fitOf } from "../../draw/camera";
import { straightTrails, type Trails, withBundle } from "../../draw/trails";
import type { BundleReport, Method, SequenceReport, SequenceSource, TaskSummary } from "../../server/types";
import { type Situation, useApp, useEvolution, useLibrary } from "../../parts/app";
import type { TaskTrace } from "../../state/library";
import { isActive } from "../../state/results";
import { alignmentOf, bundleParameters, controlRun, findMade, findMaking, findSequence, findSequenceTask, type SequenceMatch, sequenceOf, sequenceSource, type Step, stepsOf } from "../../state/sequences";
import type { SequenceShown } from "./shown";

export interface Sought {
  source: SequenceSource | null;
  method: Method | null;
  match: SequenceMatch | null;
  /** The newest job about it, finished or not. */
  trace: TaskTrace | null;
  running: TaskTrace | null;
  steps: readonly Step[];
  /** Whether kept results are known yet. */
  known: boolean;
}

const NO_STEPS: readonly Step[] = [];

/** What is asked for, and what of it there is. Knows nothing about drawing: the time axis uses it, too. */
export function useSought(situation: Situation, control = false): Sought {
  const { library } = useApp();
  const { tasks } = useLibrary();
  const [evolution] = useEvolution();
  const { study, run, epoch, layer } = situation;
  const method = alignmentOf(study, evolution.method);
  const source = useMemo(() => {
    const own = sequenceSource({ study, run, epoch, layer }, evolution);
    const beside = controlRun(study, run);
    return !control ? own : own === null || beside === null ? null : sequenceOf(own, beside);
  }, [study, run, epoch, layer, evolution, control]);
  const kept = library.kept("sequence");
  const match = useMemo(
    () => (source === null || method === null || kept === undefined ? null : findSequence(kept, source, method, evolution.parameters, study)),
    [source, method, kept, evolution.parameters, study],
  );
  const trace = useMemo(
    () => (source === null || method === null ? null : findSequenceTask(tasks, source, method, evolution.parameters, study)),
    [source, method, tasks, evolution.parameters, study],
  );
  const running = trace !== null && isActive(trace.job) ? trace : null;
  const meant = running === null && match !== null ? match.source : source;
  const steps = useMemo(() => (meant === null ? NO_STEPS : stepsOf(meant, study)), [meant, study]);
  return { source, method, match, trace, running, steps, known: kept !== undefined };
}

/** The layouts of what is sought, ready to be drawn; null while there are none. */
export function useShownSequence(sought: Sought, count: number): SequenceShown | null {
  const { library } = useApp();
  useLibrary();
  const { match, running, trace, source, steps } = sought;
  const digest = match?.summary.digest ?? null;
  const column = digest === null ? undefined : library.tensor(digest, "layouts");
  const result = digest === null ? null : (library.taskResult<SequenceReport>(digest) ?? null);
  const moving = running?.layouts ?? null;
  const values = moving?.values ?? (column?.values instanceof Float32Array ? column.values : null);
  const shape = moving?.shape ?? column?.shape ?? [];
  const fit = useMemo(() => (values === null ? null : fitOf(values)), [values]);
  return useMemo(() => {
    if (values === null || fit === null || source === null || shape[0] !== steps.length || shape[1] !== count || shape[2] !== 2) {
      return null;
    }
    const live = moving !== null;
    const kept = live ? null : digest;
    const own = live ? source : (match?.source ?? source);
    return { source: own, digest: kept, match: live ? null : match, result: live ? null : result, report: live ? null : (result?.report ?? null), steps, layouts: values, observations: count, fit, live, trace };
    // The trace changes with every step of the job; what is drawn of it are the layouts.
  }, [values, fit, source, steps, count, digest, match, result, moving === null]);
}

export interface Bundled {
  trails: Trails;
  /** The kept bundle that is drawn; null where trails are straight. */
  summary: TaskSummary | null;
  report: BundleReport | null;
  running: TaskTrace | null;
  failed: TaskTrace | null;
  ask(): void;
}

/** Trails of a shown sequence, bundled where that is wanted and kept. */
export function useBundled(shown: SequenceShown | null, situation: Situation): Bundled | null {
  const { library } = useApp();
  const { tasks } = useLibrary();
  const [evolution] = useEvolution();
  const wanted = evolution.trails === "bundled" && shown !== null && shown.digest !== null;
  const options = situation.study.bundle ?? [];
  const chosen = bundleParameters(options, evolution);
  const kept = wanted ? library.kept("bundle") : undefined;
  const summary = wanted && kept !== undefined ? findMade(kept, "bundle", shown.digest!, options, chosen) : null;
  const column = summary === null ? undefined : library.tensor(summary.digest, "bundled");
  const result = summary === null ? undefined : library.taskResult<BundleReport>(summary.digest);
  const making = wanted ? findMaking(tasks, "bundle", shown.digest!, options, chosen) : null;
  const steps = shown?.steps.length ?? 0;
  const layouts = shown?.layouts ?? null;
  const fit = shown?.fit ?? null;
  const before = useRef<{ layouts: Float32Array; trails: Trails } | null>(null);
  const trails = useMemo(() => {
    if (layouts === null || fit === null) {
      return null;
    }
    const moved = layouts.map((value, at) => (value - fit.middle[at % 2]) / fit.half);
    if (column === undefined || !(column.values instanceof Float32Array) || column.shape.length !== 3) {
      // While another bundle of the same layouts is on its way the old one stays.
      const waits = summary !== null && before.current?.layouts === layouts;
      return waits ? before.current!.trails : straightTrails(moved, steps);
    }
    const perSegment = (column.shape[1] - 1) / (steps - 1);
    return Number.isInteger(perSegment) && perSegment >= 1 ? withBundle(straightTrails(moved, steps, perSegment), column.values, fit) : straightTrails(moved, steps);
  }, [layouts, fit, steps, column, summary === null]);
  before.current = trails === null || layouts === null ? null : { layouts, trails };
  return useMemo(() => {
    if (trails === null || shown === null) {
      return null;
    }
    const active = making !== null && isActive(making.job);
    return {
      trails,
      summary,
      report: result?.report ?? null,
      running: active ? making : null,
      failed: making !== null && making.job.state === "failed" ? making : null,
      ask: () => {
        if (shown.digest !== null) {
          void library.ask({ kind: "bundle", of: shown.digest, parameters: chosen });
        }
      },
    };
  }, [trails, shown, summary, result, making, library, JSON.stringify(chosen)]);
}
