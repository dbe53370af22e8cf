/**
 * What became of each observation over the kept epochs: which class it was put into and how surely, how often it was wrong, and when
 * that changed. Computed in the page from the predictions of the epochs.
 */
import type { Predictions } from "./predictions";
import type { FlipSort } from "./classes";

/** One epoch's boxes: the observations of each predicted class, the surest first. */
export interface Columns {
  /** [place] rows; those of class c lie at [starts[c], starts[c + 1]) */
  rows: Uint32Array;
  /** [class + 1] */
  starts: Uint32Array;
  /** [observation] its place in `rows` */
  places: Uint32Array;
  /** [class] how many of the column are wrong */
  wrong: Uint32Array;
}

/** Equal scores keep the order of the sample, so that nothing moves without a reason. */
export function columnsOf({ winner, scores, wrong, classCount }: Predictions): Columns {
  const count = winner.length;
  const starts = new Uint32Array(classCount + 1);
  const wrongs = new Uint32Array(classCount);
  for (let row = 0; row < count; row++) {
    starts[winner[row] + 1]++;
    wrongs[winner[row]] += wrong[row];
  }
  for (let label = 0; label < classCount; label++) {
    starts[label + 1] += starts[label];
  }
  const next = starts.slice();
  const rows = new Uint32Array(count);
  const best = new Float32Array(count);
  for (let row = 0; row < count; row++) {
    rows[next[winner[row]]++] = row;
    best[row] = scores[row * classCount + winner[row]];
  }
  for (let label = 0; label < classCount; label++) {
    rows.subarray(starts[label], starts[label + 1]).sort((a, b) => best[b] - best[a] || a - b);
  }
  const places = new Uint32Array(count);
  for (let place = 0; place < count; place++) {
    places[rows[place]] = place;
  }
  return { rows, starts, places, wrong: wrongs };
}

/** The score of the class that an observation was put into. */
export const scoreOf = ({ scores, winner, classCount }: Predictions, row: number): number => scores[row * classCount + winner[row]];

/** [label * classCount + predicted] how many observations */
export function confusion({ winner, classCount }: Predictions, labels: ArrayLike<number>): Uint32Array {
  const counts = new Uint32Array(classCount * classCount);
  for (let row = 0; row < winner.length; row++) {
    counts[labels[row] * classCount + winner[row]]++;
  }
  return counts;
}

/** The rows with a label and a prediction; null for any. */
export function rowsOf(predictions: Predictions, labels: ArrayLike<number>, label: number | null, predicted: number | null): number[] {
  const rows: number[] = [];
  for (let row = 0; row < predictions.winner.length; row++) {
    if ((label === null || labels[row] === label) && (predicted === null || predictions.winner[row] === predicted)) {
      rows.push(row);
    }
  }
  return rows;
}

/** The predictions of the epochs that could be read, in their order. */
export interface Outcomes {
  epochs: readonly number[];
  predictions: readonly Predictions[];
  /** [observation] in how many of the epochs it is wrong */
  wrong: Uint16Array;
  /** [observation] how many times it changed between right and wrong */
  flips: Uint16Array;
  /** [observation] the first and the last of the epochs at which it is right; -1 for never */
  firstRight: Int32Array;
  lastRight: Int32Array;
}

export function outcomesOf(epochs: readonly number[], predictions: readonly Predictions[]): Outcomes {
  const count = predictions[0]?.wrong.length ?? 0;
  const [wrong, flips] = [new Uint16Array(count), new Uint16Array(count)];
  const [firstRight, lastRight] = [new Int32Array(count).fill(-1), new Int32Array(count).fill(-1)];
  predictions.forEach((at, step) => {
    const before = predictions[step - 1]?.wrong ?? at.wrong;
    for (let row = 0; row < count; row++) {
      wrong[row] += at.wrong[row];
      flips[row] += at.wrong[row] === before[row] ? 0 : 1;
      if (at.wrong[row] === 0) {
        firstRight[row] = firstRight[row] < 0 ? epochs[step] : firstRight[row];
        lastRight[row] = epochs[step];
      }
    }
  });
  return { epochs, predictions, wrong, flips, firstRight, lastRight };
}

/** The columns of a table that say how an observation fared over the epochs. */
export const FARED = ["wrong_epochs", "flips", "first_right", "last_right"] as const;

const epochOf = (epoch: number): string | number => (epoch < 0 ? "" : epoch);

export const fared = ({ wrong, flips, firstRight, lastRight }: Outcomes, row: number): (string | number)[] => [wrong[row], flips[row], epochOf(firstRight[row]), epochOf(lastRight[row])];

/** In more than so many of the epochs must an observation be wrong to be marked; more than half unless the person says otherwise. */
export const threshold = (often: number | null, epochs: number): number => (often === null ? Math.floor(epochs / 2) : Math.max(0, Math.min(often, epochs - 1)));

/** [observation] 1 where it is wrong in more than `often` of the epochs */
export function oftenWrong({ wrong }: Outcomes, often: number): Uint8Array {
  return Uint8Array.from(wrong, (times) => (times > often ? 1 : 0));
}

/** What changed between two epochs. */
export function between(before: Predictions, after: Predictions): { righted: number[]; wronged: number[] } {
  const [righted, wronged]: number[][] = [[], []];
  for (let row = 0; row < after.wrong.length; row++) {
    if (before.wrong[row] !== after.wrong[row]) {
      (after.wrong[row] === 0 ? righted : wronged).push(row);
    }
  }
  return { righted, wronged };
}

/** The observations that changed at least once; never right comes before the first epoch. */
export function flipRows(outcomes: Outcomes, sort: FlipSort, least: boolean, labels: ArrayLike<number>, ids: ArrayLike<number>): number[] {
  const key: Record<FlipSort, ArrayLike<number>> = { flips: outcomes.flips, first: outcomes.firstRight, last: outcomes.lastRight, wrong: outcomes.wrong, id: ids, label: labels };
  const values = key[sort];
  const sign = least ? 1 : -1;
  const rows: number[] = [];
  for (let row = 0; row < outcomes.flips.length; row++) {
    if (outcomes.flips[row] > 0) {
      rows.push(row);
    }
  }
  return rows.sort((a, b) => sign * (values[a] - values[b]) || outcomes.flips[b] - outcomes.flips[a] || a - b);
}

/** An observation whose label the network denies, surely and again and again. */
export interface Suspect {
  row: number;
  /** The class that it names most often while it is sure, and in how many epochs it is sure of another class than the label. */
  says: number;
  times: number;
  /** Its mean score over those epochs. */
  score: number;
}

/** Wrong with a score of at least `sure` in more than half of the epochs; the surest first. */
export function suspects({ predictions, wrong }: Outcomes, sure: number): Suspect[] {
  const found: Suspect[] = [];
  const half = predictions.length / 2;
  for (let row = 0; row < wrong.length; row++) {
    if (wrong[row] <= half) {
      continue;
    }
    let [times, sum] = [0, 0];
    const named = new Map<number, number>();
    for (const at of predictions) {
      const score = scoreOf(at, row);
      if (at.wrong[row] === 1 && score >= sure) {
        times++;
        sum += score;
        named.set(at.winner[row], (named.get(at.winner[row]) ?? 0) + 1);
      }
    }
    if (times > half) {
      const says = [...named].reduce((best, next) => (next[1] > best[1] ? next : best))[0];
      found.push({ row, says, times, score: sum / times });
    }
  }
  return found.sort((a, b) => b.times - a.times || b.score - a.score || a.row - b.row);
}

/** One kind of confusion that a set of rows may be. */
export interface Cell {
  label: number;
  predicted: number;
}

/** [label * classCount + predicted] how many of some rows */
export function cellCounts({ winner, classCount }: Predictions, labels: ArrayLike<number>, rows: readonly number[]): Map<number, number> {
  const counts = new Map<number, number>();
  for (const row of rows) {
    if (row < winner.length) {
      const cell = labels[row] * classCount + winner[row];
      counts.set(cell, (counts.get(cell) ?? 0) + 1);
    }
  }
  return counts;
}

/** The one cell that all rows lie in; null where there are several or none. */
export function onlyCell(counts: ReadonlyMap<number, number>, classCount: number): Cell | null {
  if (counts.size !== 1) {
    return null;
  }
  const [cell] = counts.keys();
  return { label: Math.floor(cell / classCount), predicted: cell % classCount };
}
