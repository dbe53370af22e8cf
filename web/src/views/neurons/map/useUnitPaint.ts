/** Colours and selection of the neurons of a plane. */
import { useMemo } from "react";
import { classColors, type Rgb, type Theme } from "../../../draw/palette";
import { scaleOf, type Scale } from "../../../draw/ramp";
import type { Marks } from "../../../draw/scene";
import { divergingRamp, paintBest, paintDiverging, paintPlain, reachOf, standing, type UnitPaint } from "../../../draw/unitColors";
import { useApp, useCell, useLibrary, useWorkspace } from "../../../parts/app";
import type { Meaning } from "../../../state/neurons";
import type { Scores } from "../../../state/units";
import type { UnitScores } from "./useUnits";

export interface UnitPainting {
  marks: Marks;
  /** What colour means here; null while the neurons' classes are not known. */
  meaning: Meaning | null;
  /** The numbers that colour means, by row; null where it means classes. */
  values: Float32Array | null;
  /** The range in numbers, and its colours where they are not the usual ones. */
  scale: Scale | null;
  diverging: { colors: readonly Rgb[]; reach: number } | null;
  colors: readonly string[];
  theme: Theme;
}

/** What another plane shows; both have one range of numbers. */
export interface Beside {
  live: Int32Array | null;
  found: UnitScores;
}

/** @param dark whether the ground is dark whatever the theme */
export function useUnitPaint(live: Int32Array | null, found: UnitScores, beside: Beside | null = null, dark = false): UnitPainting | null {
  const { theme: cell, pointer } = useApp();
  const { neurons, palette, units } = useWorkspace();
  const { study } = useLibrary();
  const { emphasis } = useCell(pointer);
  const now = useCell(cell);
  const theme: Theme = dark ? "dark" : now;
  const { scores, best } = found;
  const [otherLive, otherScores] = [beside?.live ?? null, beside?.found.scores ?? null];
  const classes = study?.dataset.classNames.length ?? 0;
  const { meaning, chosen } = neurons;
  const colors = useMemo(() => classColors(palette, theme, Math.max(1, classes)), [palette, theme, classes]);
  const painted = useMemo(() => {
    if (live === null) {
      return null;
    }
    const usable = scores !== null && live.every((unit) => unit < scores.units);
    const label = chosen !== null && scores !== null && chosen < scores.classes ? chosen : null;
    if (!usable || best === null || (meaning === "contrast" && scores.mean === null)) {
      return { paint: paintPlain(live, colors, theme), meaning: null, values: null, scale: null, diverging: null };
    }
    if (meaning === "best" || label === null) {
      return { paint: paintBest(live, best, standing(scores.values, scores.units, best, live), colors, theme, emphasis), meaning: "best" as const, values: null, scale: null, diverging: null };
    }
    const values = numbersOf(meaning, scores, live, label);
    const both = otherLive === null || otherScores === null || (meaning === "contrast" && otherScores.mean === null) ? values : Float32Array.from([...values, ...numbersOf(meaning, otherScores, otherLive, label)]);
    if (meaning === "scores") {
      const { low, high } = scaleOf(both);
      return { paint: paintPlain(live, colors, theme), meaning, values, scale: scaleOf(values, [low, high]), diverging: null };
    }
    const reach = reachOf(both);
    return { paint: paintDiverging(values, reach, colors, theme), meaning, values, scale: null, diverging: { colors: divergingRamp(theme), reach } };
  }, [live, scores, best, otherLive, otherScores, meaning, chosen, colors, theme, emphasis]);
  return useMemo(() => {
    if (painted === null || live === null) {
      return null;
    }
    const { paint, scale, ...rest } = painted;
    return { ...rest, scale, colors, theme, marks: marksOf(paint, scale, theme, rowsOf(live, units)) };
  }, [painted, live, units, colors, theme]);
}

function numbersOf(meaning: Meaning, scores: Scores, live: Int32Array, label: number): Float32Array {
  const { values, mean, overall, units } = scores;
  return Float32Array.from(live, (unit) => (meaning === "scores" ? values[label * units + unit] : (mean?.[label * units + unit] ?? 0) - (overall?.[unit] ?? 0)));
}

function marksOf(paint: UnitPaint, scale: Scale | null, theme: Theme, selection: readonly number[]): Marks {
  return { labels: paint.of, colors: paint.colors, scale, theme, hiddenClasses: [], selection, wrong: null, emphasis: null };
}

/** Rows of the selected neurons that a plane has. */
export function rowsOf(live: Int32Array, units: readonly number[]): number[] {
  const chosen = new Set(units);
  const rows: number[] = [];
  live.forEach((unit, row) => {
    if (chosen.has(unit)) {
      rows.push(row);
    }
  });
  return rows;
}
