/** What switching neurons off did, and that in words. */
import { decimals, percent, whole } from "../../../parts/words";

export interface AblationReport {
  accuracy: { before: number; after: number; control: number[] };
  recall: { before: (number | null)[]; after: (number | null)[]; control: { mean: (number | null)[]; deviation: (number | null)[] } };
  confusionBefore: number[][];
  confusionAfter: number[][];
  /** Sample predictions that change. */
  changed: number;
  /** The layer of which the layout is. */
  lastHidden?: string;
}

/** The neurons that speak most strongly for a class: high score, and more active for it than on average. */
export function strongestFor(label: number, count: number, scores: ArrayLike<number>, means: ArrayLike<number>, overall: ArrayLike<number>): number[] {
  const units = overall.length;
  const at = label * units;
  return Array.from({ length: units }, (_, unit) => unit)
    .filter((unit) => means[at + unit] > overall[unit] && scores[at + unit] > 0)
    .sort((a, b) => scores[at + b] - scores[at + a] || a - b)
    .slice(0, count)
    .sort((a, b) => a - b);
}

/** Points of a hundred, short: ".4", "12.3"; -0 is 0. */
export function points(share: number): string {
  const text = decimals(Math.abs(share) * 100, 1);
  return text.startsWith("0.") && text !== "0.0" ? text.slice(1) : text === "0.0" ? "0" : text;
}

/** Where the axis of shares begins: at 0, or at the tens below the lowest where all are high, so that small changes can be seen. */
export function axisStart(shares: readonly number[]): number {
  const lowest = Math.min(...shares);
  return lowest > 0.6 ? Math.min(0.9, Math.floor(lowest * 10 - 0.2) / 10) : 0;
}

export interface Change {
  label: number;
  before: number;
  after: number;
  /** Random neurons instead: mean, and how far it scatters. */
  control: number;
  deviation: number;
}

export function changes({ recall }: AblationReport): Change[] {
  const found: Change[] = [];
  recall.before.forEach((before, label) => {
    const after = recall.after[label];
    if (before !== null && after !== null && after !== undefined) {
      found.push({ label, before, after, control: recall.control.mean[label] ?? before, deviation: recall.control.deviation[label] ?? 0 });
    }
  });
  return found;
}

/** So many points of a hundred are worth naming a class for. */
const SPEAKS = 0.01;

/** "Class 8 falls from 97.1 % to 12.0 %, the others change by at most .4 points; 50 random neurons: at most .2." */
export function ablationSentence(report: AblationReport, names: readonly string[], count: number): string {
  const all = changes(report);
  if (all.length === 0) {
    return `Accuracy goes from ${percent(report.accuracy.before)} to ${percent(report.accuracy.after)}.`;
  }
  const most = (values: readonly number[]) => values.reduce((found, value) => Math.max(found, Math.abs(value)), 0);
  const random = `${whole(count)} random ${count === 1 ? "neuron" : "neurons"}: at most ${points(most(all.map(({ control, before }) => control - before)))}`;
  const worst = all.reduce((found, change) => (change.after - change.before < found.after - found.before ? change : found));
  if (worst.before - worst.after < SPEAKS) {
    return `No class falls by more than ${points(Math.max(0, worst.before - worst.after))} points; ${random}.`;
  }
  const others = most(all.filter((change) => change !== worst).map(({ before, after }) => after - before));
  const rest = all.length === 1 ? "" : `, the others change by at most ${points(others)} points`;
  return `Class ${names[worst.label]} falls from ${percent(worst.before)} to ${percent(worst.after)}${rest}; ${random}.`;
}

/** Whether a kept ablation switched off exactly these. */
export function sameUnits(found: unknown, wanted: readonly number[]): boolean {
  const listed = Array.isArray(found) ? [...(found as number[])] : typeof found === "string" ? found.split(/[,. ]+/).filter((part) => part !== "").map(Number) : [];
  listed.sort((a, b) => a - b);
  return listed.length === wanted.length && listed.every((unit, at) => unit === wanted[at]);
}
