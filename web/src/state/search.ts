/**
 * The search field: words that together say which observations to select.
 * `#1234` an observation's id · `4` or `class:4` a label · `as:9` a prediction · `wrong` and `right`.
 */
import type { Predictions } from "./predictions";

export interface Searchable {
  labels: ArrayLike<number>;
  ids: ArrayLike<number>;
  classNames: readonly string[];
  predictions: Predictions | null;
}

type Test = (row: number) => boolean;

/** The rows that fit every word; throws a sentence when a word cannot be understood. */
export function search(text: string, data: Searchable): number[] {
  const words = text.trim().toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) {
    return [];
  }
  const tests = words.map((word) => test(word, data));
  const rows: number[] = [];
  for (let row = 0; row < data.labels.length; row++) {
    if (tests.every((fits) => fits(row))) {
      rows.push(row);
    }
  }
  return rows;
}

function test(word: string, data: Searchable): Test {
  if (word === "wrong" || word === "right") {
    const { wrong } = predicted(data);
    const expected = word === "wrong" ? 1 : 0;
    return (row) => wrong[row] === expected;
  }
  if (word.startsWith("#")) {
    const id = Number(word.slice(1));
    return (row) => data.ids[row] === id;
  }
  if (word.startsWith("as:")) {
    const label = classOf(word.slice(3), data.classNames);
    const { winner } = predicted(data);
    return (row) => winner[row] === label;
  }
  const label = classOf(word.replace(/^class:/, ""), data.classNames);
  return (row) => data.labels[row] === label;
}

function predicted(data: Searchable): Predictions {
  if (data.predictions === null) {
    throw new Error("Predictions are needed for that: choose a run and an epoch first.");
  }
  return data.predictions;
}

function classOf(word: string, names: readonly string[]): number {
  if (names.length === 0) {
    throw new Error("These data have no classes. Try #id.");
  }
  const lower = names.map((name) => name.toLowerCase());
  const exact = lower.indexOf(word);
  const begins = lower.filter((name) => name.startsWith(word));
  const found = exact >= 0 ? exact : begins.length === 1 ? lower.indexOf(begins[0]) : -1;
  if (word === "" || found < 0) {
    throw new Error(`“${word}” is no class here. Try a class name, #id, as:class, wrong or right.`);
  }
  return found;
}
