/** What is kept or under way about the neurons of the shown layer, at any epoch. */
import { useMemo } from "react";
import { type Situation, useApp, useLibrary, useWorkspace } from "../../../parts/app";
import type { Layer, Method, TaskSummary } from "../../../server/types";
import type { TaskTrace } from "../../../state/library";
import { isActive } from "../../../state/results";
import type { Pooling } from "../../../state/units";
import {
  bestClasses, findUnitJob, findUnits, forestMethod, isSpatial, type MapReport, methodOf, readMap, readScores, type Scores, type ScoresReport, trailMethod, unitCount, unitMethods, type UnitPlace, unitPlace,
  usualPooling,
} from "../../../state/units";

export interface Units {
  layer: Layer;
  place: UnitPlace;
  usual: Pooling;
  spatial: boolean;
  /** How many there are, dead ones among them. */
  count: number;
  methods: Method[];
  method: Method;
  forest: Method;
  trails: Method;
  labelled: boolean;
  readOnly: boolean;
}

/** The neurons that the page looks at; null at the input, and without a run. */
export function useUnits(situation: Situation): Units | null {
  const { neurons } = useWorkspace();
  const { study, run, epoch, layer: name } = situation;
  return useMemo(() => {
    const place = unitPlace(run, epoch, name, neurons.pooling);
    const layer = run?.layers.find((one) => one.name === name);
    if (place === null || layer === undefined || run === null || !run.snapshots.includes(place.epoch)) {
      return null;
    }
    const methods = unitMethods(study);
    const basics = { layer, place, usual: usualPooling(layer), spatial: isSpatial(layer), count: unitCount(layer, place.pooling) };
    return { ...basics, methods, method: methodOf(methods, neurons.method), forest: forestMethod(study), trails: trailMethod(study), labelled: study.dataset.classNames.length > 0, readOnly: study.readOnly === true };
  }, [study, run, epoch, name, neurons.pooling, neurons.method]);
}

interface Found {
  match: TaskSummary | null;
  /** Whether it is known what is kept. */
  known: boolean;
  trace: TaskTrace | null;
  running: TaskTrace | null;
}

const NOTHING: Found = { match: null, known: false, trace: null, running: null };

function useFound(units: Units | null, kind: "units" | "scores" | "trails-of-units", epoch: number | null): Found {
  const { library } = useApp();
  const { tasks } = useLibrary();
  const { neurons } = useWorkspace();
  if (units === null || epoch === null) {
    return NOTHING;
  }
  const place = { ...units.place, epoch };
  const method = kind === "units" ? units.method : kind === "scores" ? units.forest : units.trails;
  const chosen = kind === "units" ? neurons.parameters : kind === "scores" ? neurons.forest : measured(neurons.parameters.measure);
  const kept = library.kept(kind);
  const trace = findUnitJob(tasks, kind, place, units.usual, method);
  return { match: kept === undefined ? null : findUnits(kept, kind, place, units.usual, method, chosen), known: kept !== undefined, trace, running: trace !== null && isActive(trace.job) ? trace : null };
}

/** Trails know the measure only. */
const measured = (measure: unknown): Record<string, string> => (typeof measure === "string" ? { measure } : {});

export interface UnitMap extends Found {
  digest: string | null;
  /** [row] the neuron that a point stands for */
  live: Int32Array | null;
  /** [row * 2 + axis] */
  layout: Float32Array | null;
  report: MapReport | null;
}

export function useUnitMap(units: Units | null, epoch: number | null): UnitMap {
  const { library } = useApp();
  const found = useFound(units, "units", epoch);
  const digest = found.match?.digest ?? null;
  const live = digest === null ? undefined : library.tensor(digest, "unit")?.values;
  const layout = digest === null ? undefined : library.tensor(digest, "layout")?.values;
  const said = digest === null ? undefined : library.taskResult(digest)?.report;
  const report = useMemo(() => (said === undefined ? null : readMap(said)), [said]);
  const fits = live instanceof Int32Array && layout instanceof Float32Array && layout.length === live.length * 2;
  return { ...found, digest, live: fits ? live : null, layout: fits ? layout : null, report };
}

export interface UnitScores extends Found {
  digest: string | null;
  scores: Scores | null;
  best: Int16Array | null;
  report: ScoresReport | null;
}

export function useUnitScores(units: Units | null, epoch: number | null): UnitScores {
  const { library } = useApp();
  const found = useFound(units?.labelled === true ? units : null, "scores", epoch);
  const digest = found.match?.digest ?? null;
  const result = digest === null ? undefined : library.taskResult(digest);
  const has = (name: string) => digest !== null && result !== undefined && result.columns[name] !== undefined;
  const column = (name: string): Float32Array | null => {
    const values = has(name) ? library.tensor(digest!, name)?.values : undefined;
    return values instanceof Float32Array ? values : null;
  };
  const [values, second, mean, overall, deviation] = [column("scores"), column("second"), column("mean"), column("overall"), column("deviation")];
  const report = useMemo(() => (result === undefined ? null : readScores(result.report)), [result]);
  const shape = result?.columns.scores?.shape;
  const scores = useMemo((): Scores | null => (values === null || shape === undefined ? null : { classes: shape[0], units: shape[1], values, second, mean, overall, deviation }), [values, second, mean, overall, deviation, shape]);
  const best = useMemo(() => (scores === null ? null : bestClasses(scores)), [scores]);
  return { ...found, digest, scores, best, report };
}

export interface UnitTrails extends Found {
  digest: string | null;
  live: Int32Array | null;
  /** [step][row][axis] */
  layouts: Float32Array | null;
  length: Float32Array | null;
  epochs: number[];
  excluded: number;
}

export function useUnitTrails(units: Units | null, wanted: boolean): UnitTrails {
  const { library } = useApp();
  const found = useFound(wanted ? units : null, "trails-of-units", units?.place.epoch ?? null);
  const digest = found.match?.digest ?? null;
  const live = digest === null ? undefined : library.tensor(digest, "unit")?.values;
  const layouts = digest === null ? undefined : library.tensor(digest, "layouts")?.values;
  const length = digest === null ? undefined : library.tensor(digest, "length")?.values;
  const report = (digest === null ? undefined : library.taskResult(digest)?.report) as { epochs?: number[]; excluded?: number[] } | undefined;
  const epochs = report?.epochs ?? [];
  const fits = live instanceof Int32Array && layouts instanceof Float32Array && layouts.length === live.length * 2 * epochs.length && epochs.length > 1;
  return { ...found, digest, live: fits ? live : null, layouts: fits ? layouts : null, length: length instanceof Float32Array ? length : null, epochs, excluded: report?.excluded?.length ?? 0 };
}
