/** What colour means in the pictures, and how observations are drawn because of it. */
import { useMemo } from "react";
import { classColors } from "../draw/palette";
import { type Scale, scaleOf } from "../draw/ramp";
import type { Marks } from "../draw/scene";
import type { KeptResult } from "../state/library";
import type { Predictions } from "../state/predictions";
import { COLUMNS, columnTitle } from "../state/quality";
import { type UnitColor, unitColorOf, unitsPath, unitTitle } from "../state/unitColor";
import type { ColorBy } from "../state/workspace";
import { useClusters, useGroups } from "./clusters";
import { capital, epochWords, measured } from "./words";
import { type App, resolve, useApp, useCell, useLibrary, useWorkspace } from "./app";

export interface Coloring {
  by: ColorBy;
  title: string;
  text: string;
  unit: string;
  /** The numbers that colour means; null while it means classes. */
  scale: Scale | null;
  /** Whether a number is shown with all digits that it has, not rounded to be read quickly. */
  exact?: boolean;
  /** Why the picture does not show what was asked for; null when it does. */
  absent: string | null;
}

const CLASS: Coloring = { by: "class", title: "Class", text: "", unit: "", scale: null, absent: null };

const scales = new WeakMap<Float32Array, Scale>();

function scaled(values: Float32Array, range?: [number, number]): Scale {
  const scale = scales.get(values) ?? scaleOf(values, range);
  scales.set(values, scale);
  return scale;
}

/** Whether a number's colours mean the same in every picture. */
export const hasFixedRange = (by: ColorBy): boolean => !by.startsWith("unit.") && (!by.startsWith("quality.") || COLUMNS[by.slice("quality.".length)]?.range !== undefined);

/** An observation's number as a card or a line shows it; "no value" where it has none. */
export function valueText({ scale, exact, unit }: Coloring, row: number): string {
  const value = scale?.values[row];
  if (value === undefined || !Number.isFinite(value)) {
    return "no value";
  }
  return exact === true ? exactText(value) : measured(value, unit);
}

/** What the data say of an observation, where that is a number. */
export const numberText = (value: number): string => (Number.isFinite(value) ? exactText(value) : "no value");

/** All digits that a stored number has. */
export const exactText = (value: number): string => String(Number(value.toPrecision(7)));

/** Columns of a result that have one number per observation. */
export function qualityColumns(kept: KeptResult | null): string[] {
  return Object.entries(kept?.result.columns ?? {})
    .filter(([name, { type, shape }]) => name !== "layout" && type === "float32" && shape.length === 1)
    .map(([name]) => name);
}

/** The run and the epoch of which a picture is: what its result says, or the present ones where it is of the input. */
function snapshotOf(kept: KeptResult | null, workspace: Parameters<typeof resolve>[0], library: App["library"]): { run: string; epoch: number; known: readonly string[] } | null {
  const { study, summaries } = library.get();
  if (kept === null || study === null) {
    return null;
  }
  const { run: name, epoch: at } = kept.result.source;
  const present = name == null || at == null ? resolve(workspace, study, summaries.map(({ source }) => source)) : null;
  const run = study.runs.find((candidate) => candidate.name === (name ?? present?.run?.name));
  const epoch = at ?? present?.epoch;
  return run === undefined || epoch == null || !run.snapshots.includes(epoch) ? null : { run: run.name, epoch, known: run.layers.map((layer) => layer.name) };
}

/** Colouring by a neuron: its stored activations at the picture's own run and epoch. */
function useUnitValues(unit: UnitColor | null, kept: KeptResult | null): { values: Float32Array | null; text: string; absent: string | null } {
  const { library } = useApp();
  const workspace = useWorkspace();
  useLibrary();
  const snapshot = unit === null ? null : snapshotOf(kept, workspace, library);
  if (unit === null || snapshot === null) {
    return { values: null, text: "", absent: kept === null ? "Known when the layout is finished." : "Needs a kept epoch of a run." };
  }
  const { run, epoch, known } = snapshot;
  if (!known.includes(unit.layer)) {
    return { values: null, text: "", absent: `${run} has no layer ${unit.layer}.` };
  }
  const values = library.array(unitsPath(run, epoch, unit.layer, "activation", unit.pooling, { unit: unit.unit }))?.values;
  return { values: values instanceof Float32Array ? values : null, text: `activation ${epochWords(epoch)}`, absent: null };
}

/** @param asked what colour means in this one picture; the workspace's choice when left out */
export function useColoring(predictions: Predictions | null, kept: KeptResult | null, asked?: ColorBy): Coloring {
  const { library } = useApp();
  const workspace = useWorkspace();
  const { statistics, observations } = useLibrary();
  const wanted = asked ?? workspace.color;
  // Where the data say a number of each observation, that is what a class is elsewhere.
  const color = wanted === "class" && observations?.values != null ? "value" : wanted;
  const neuron = useMemo(() => unitColorOf(color), [color]);
  const { values: activations, text: unitText, absent: unitAbsent } = useUnitValues(neuron, kept);
  const [kind, name] = [color.split(".")[0], color.slice(color.indexOf(".") + 1)];
  const statistic = kind === "statistic" ? statistics.find((candidate) => candidate.name === name) : undefined;
  const has = kind === "quality" && qualityColumns(kept).includes(name);
  const values = statistic !== undefined ? library.statistic(name) : has ? library.column(kept!.result.digest, name) : (activations ?? undefined);
  const clustered = useClusters(kept, color === "cluster") !== null;
  return useMemo((): Coloring => {
    const usable = values !== undefined && values.length === observations?.count ? values : null;
    if (color === "value") {
      const given = observations?.values ?? null;
      return { by: color, title: "Value", text: "as the data say", unit: "", scale: given && scaled(given), absent: given === null ? "These data have no numbers as labels." : null };
    }
    if (color === "predicted") {
      const absent = predictions === null ? "There are no predictions here; colours are the classes of the data." : null;
      return { ...CLASS, by: color, title: "Predicted class", absent };
    }
    if (color === "cluster") {
      return { ...CLASS, by: color, title: "Cluster within its class", absent: clustered ? null : "Its clusters are not known yet; colours are the classes." };
    }
    if (kind === "quality") {
      const { text = "", range } = COLUMNS[name] ?? {};
      const absent = has ? null : kept === null ? "Known when the layout is finished." : "An older version made this result, without it.";
      return { by: color, title: columnTitle(name), text, unit: "", scale: usable && scaled(usable, range), absent };
    }
    if (kind === "statistic") {
      const absent = statistic === undefined ? "This study does not have it." : null;
      return { by: color, title: capital(statistic?.title ?? name), text: statistic?.text ?? "", unit: statistic?.unit ?? "", scale: usable && scaled(usable), absent };
    }
    if (neuron !== null) {
      return { by: color, title: unitTitle(neuron), text: unitText, unit: "", scale: usable && scaled(usable), exact: true, absent: unitAbsent };
    }
    return CLASS;
  }, [color, kind, name, values, has, statistic, predictions, kept, clustered, observations?.count, observations?.values, neuron, unitText, unitAbsent]);
}

/** How observations are drawn in a picture; what is wrong and what colour means may differ from picture to picture. */
export function useMarks(predictions: Predictions | null, kept: KeptResult | null = null, plain = false, asked?: ColorBy): Marks | null {
  const { pointer, theme: themeCell } = useApp();
  const { palette, hiddenClasses, selection } = useWorkspace();
  const { study, observations } = useLibrary();
  const theme = useCell(themeCell);
  const { emphasis } = useCell(pointer);
  const { by, scale } = useColoring(predictions, kept, asked);
  const shades = useGroups(kept, by === "cluster", palette, theme);
  return useMemo(() => {
    if (study === null || observations === null) {
      return null;
    }
    const colors = classColors(palette, theme, Math.max(1, study.dataset.classNames.length));
    const rows = selection.length === 0 ? selection : selection.filter((row) => row < observations.count);
    const labels = by === "predicted" && predictions !== null ? predictions.winner : observations.labels;
    return { labels, colors, shades, scale, theme, hiddenClasses, selection: rows, wrong: plain ? null : (predictions?.wrong ?? null), emphasis };
  }, [study?.dataset, observations, palette, theme, hiddenClasses, selection, predictions, plain, by, scale, shades, emphasis]);
}
