/** Which observations the rows stand for, how they are asked for, and in what order neurons stand beside each other. */
import type { Predictions } from "../../../state/predictions";
import type { NamedSubset, RowKey, Subset, UnitRoles } from "../../../state/unitRoles";

export interface SubsetRow {
  key: RowKey;
  title: string;
  /** Ascending; null while it cannot be known because there are no predictions. */
  rows: readonly number[] | null;
  kept: boolean;
}

/** The observations of a subset; null while the predictions that it needs are not here. */
export function rowsOf(of: Subset, labels: ArrayLike<number>, predictions: Predictions | null): number[] | null {
  const found: number[] = [];
  if (of.kind === "rows") {
    return of.rows.filter((row) => row < labels.length);
  }
  if (of.kind !== "class" && predictions === null) {
    return null;
  }
  for (let row = 0; row < labels.length; row++) {
    const chosen =
      of.kind === "wrong" ? predictions!.wrong[row] === 1 : labels[row] === of.label && (of.kind === "class" || predictions!.winner[row] === of.predicted);
    if (chosen) {
      found.push(row);
    }
  }
  return found;
}

/** What a subset is called while nobody has named it. */
export function subsetTitle({ name, of }: NamedSubset, classNames: readonly string[], ids: ArrayLike<number>): string {
  if (name !== "") {
    return name;
  }
  const called = (label: number) => classNames[label] ?? String(label);
  switch (of.kind) {
    case "class":
      return `class ${called(of.label)}`;
    case "taken":
      return of.label === of.predicted ? `${called(of.label)}, recognised` : `${called(of.label)} taken for ${called(of.predicted)}`;
    case "wrong":
      return "all misclassified";
    case "rows":
      return of.rows.length === 1 ? `#${ids[of.rows[0]] ?? of.rows[0]}` : `${of.rows.length} observations`;
  }
}

/** From so many rows on one bit per observation is shorter than their numbers. */
const AS_BITS = 64;

export type SubsetBody = { rows: readonly number[] } | { bits: string };

/** @param observations all that there are: the server wants a bit for each */
export function subsetBody(rows: readonly number[], observations: number): SubsetBody {
  if (rows.length < AS_BITS) {
    return { rows };
  }
  const bytes = new Uint8Array(Math.ceil(observations / 8));
  for (const row of rows) {
    bytes[row >> 3] |= 1 << (row & 7);
  }
  let text = "";
  for (const byte of bytes) {
    text += String.fromCharCode(byte);
  }
  return { bits: btoa(text) };
}

/** Units from the largest value to the smallest; equal ones by their numbers, what is no number last. */
export function sortedUnits(values: ArrayLike<number>): number[] {
  const rank = (value: number) => (Number.isFinite(value) ? value : -Infinity);
  return Array.from({ length: values.length }, (_, unit) => unit).sort((a, b) => rank(values[b]) - rank(values[a]) || a - b || 0);
}

export function difference(a: Float32Array, b: Float32Array): Float32Array {
  return a.map((value, unit) => value - b[unit]);
}

/** How two rows differ in one unit. */
export interface Effect {
  unit: number;
  a: number;
  b: number;
  /** Cohen's d: the difference in standard deviations. */
  effect: number;
  /** Welch's t. */
  t: number;
}

/** The answer of `compare`, [4, unit], as two lists: what is higher in the first and what is higher in the second, clearest first. */
export function effectsOf(values: ArrayLike<number>, units: number, most: number): { higher: Effect[]; lower: Effect[] } {
  const all = Array.from({ length: units }, (_, unit): Effect => ({ unit, a: values[unit], b: values[units + unit], effect: values[2 * units + unit], t: values[3 * units + unit] })).filter(({ effect }) => Number.isFinite(effect));
  const higher = all.filter(({ effect }) => effect > 0).sort((x, y) => y.effect - x.effect || x.unit - y.unit);
  const lower = all.filter(({ effect }) => effect < 0).sort((x, y) => x.effect - y.effect || x.unit - y.unit);
  return { higher: higher.slice(0, most), lower: lower.slice(0, most) };
}

/** Smallest and largest of all finite numbers in some rows. */
export function rangeOf(rows: readonly Float32Array[]): [number, number] {
  let [low, high] = [Infinity, -Infinity];
  for (const values of rows) {
    for (const value of values) {
      if (Number.isFinite(value)) {
        low = Math.min(low, value);
        high = Math.max(high, value);
      }
    }
  }
  return low <= high ? [low, high] : [0, 1];
}

/** The rows as they stand: the present selection first, then the kept subsets. */
export function listed(roles: UnitRoles, selection: readonly number[], labels: ArrayLike<number>, ids: ArrayLike<number>, predictions: Predictions | null, classNames: readonly string[]): SubsetRow[] {
  const live = selection.filter((row) => row < labels.length);
  const kept = roles.subsets.map((subset, at): SubsetRow => ({ key: at, title: subsetTitle(subset, classNames, ids), rows: rowsOf(subset.of, labels, predictions), kept: true }));
  return live.length === 0 ? kept : [{ key: "selection", title: "the selection", rows: live, kept: false }, ...kept];
}
