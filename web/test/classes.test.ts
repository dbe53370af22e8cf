import { describe, expect, it } from "vitest";
import { boxAt, boxesIn, cornersOf, gridOf, neighbourBox } from "../src/draw/boxes";
import { CLASSES, classesEntries, classesOf } from "../src/state/classes";
import { between, cellCounts, columnsOf, confusion, fared, flipRows, oftenWrong, onlyCell, outcomesOf, rowsOf, suspects, threshold } from "../src/state/outcomes";
import { readPredictions } from "../src/state/predictions";
import { tableText } from "../src/views/classes/saving";

const LABELS = Uint16Array.from([0, 0, 1, 1, 2, 2]);
/** Scores of three classes from what is said of each observation: [winner, score]. */
const says = (...said: [number, number][]) => readPredictions(Float32Array.from(said.flatMap(([winner, score]) => [0, 1, 2].map((label) => (label === winner ? score : (1 - score) / 2)))), 3, LABELS);

const FIRST = says([1, 0.5], [1, 0.5], [1, 0.9], [0, 0.95], [0, 0.6], [1, 0.9]);
const SECOND = says([0, 0.6], [1, 0.7], [1, 0.9], [0, 0.9], [2, 0.8], [1, 0.85]);
const THIRD = says([0, 0.9], [1, 0.6], [1, 0.6], [1, 0.55], [0, 0.7], [1, 0.95]);
const OUTCOMES = outcomesOf([0, 2, 5], [FIRST, SECOND, THIRD]);

/** Made-up predictions of many observations. */
function many(count: number, classCount: number, seed: number) {
  let state = seed;
  const next = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
  const labels = Uint16Array.from({ length: count }, () => Math.floor(next() * classCount));
  const scores = Float32Array.from({ length: count * classCount }, (_, at) => next() + (at % classCount === labels[Math.floor(at / classCount)] ? 0.6 : 0));
  return { labels, predictions: readPredictions(scores, classCount, labels) };
}

describe("the columns", () => {
  it("hold each observation once, below the class that is said, the surest first", () => {
    const { rows, starts, places, wrong } = columnsOf(SECOND);
    expect([...rows]).toEqual([3, 0, 2, 5, 1, 4]);
    expect([...starts]).toEqual([0, 2, 5, 6]);
    expect([...places].map((place) => rows[place])).toEqual([0, 1, 2, 3, 4, 5]);
    expect([...wrong]).toEqual([1, 2, 0]);
  });

  it("keep the sample's order where scores are equal", () => {
    expect([...columnsOf(FIRST).rows]).toEqual([3, 4, 2, 5, 0, 1]);
  });

  it("are as long as the confusion matrix's columns, for 2 to 100 classes", () => {
    for (const classCount of [2, 3, 10, 100]) {
      const { labels, predictions } = many(1500, classCount, classCount);
      const { starts, wrong, rows } = columnsOf(predictions);
      const counts = confusion(predictions, labels);
      expect(counts.reduce((sum, count) => sum + count, 0)).toBe(1500);
      for (let predicted = 0; predicted < classCount; predicted++) {
        const column = Array.from({ length: classCount }, (_, label) => counts[label * classCount + predicted]);
        expect(starts[predicted + 1] - starts[predicted]).toBe(column.reduce((sum, count) => sum + count, 0));
        expect(wrong[predicted]).toBe(column.reduce((sum, count) => sum + count, 0) - column[predicted]);
        const own = [...rows.subarray(starts[predicted], starts[predicted + 1])];
        expect(own.every((row) => predictions.winner[row] === predicted)).toBe(true);
      }
    }
  });

  it("are selected by label, by prediction, and by both", () => {
    expect(rowsOf(SECOND, LABELS, 1, 0)).toEqual([3]);
    expect(rowsOf(SECOND, LABELS, null, 1)).toEqual([1, 2, 5]);
    expect(rowsOf(SECOND, LABELS, 2, null)).toEqual([4, 5]);
    expect(confusion(SECOND, LABELS)[1 * 3 + 0]).toBe(1);
    expect(onlyCell(cellCounts(SECOND, LABELS, [3]), 3)).toEqual({ label: 1, predicted: 0 });
    expect(onlyCell(cellCounts(SECOND, LABELS, [3, 4]), 3)).toBeNull();
    expect(onlyCell(cellCounts(SECOND, LABELS, []), 3)).toBeNull();
  });
});

describe("the boxes", () => {
  const { predictions } = many(2000, 10, 4);
  const columns = columnsOf(predictions);
  const grid = gridOf(columns, [...Array(10).keys()], { width: 560, height: 400 });

  it("are found under the pointer by arithmetic, each where it is drawn", () => {
    const corners = cornersOf(columns, grid);
    for (let row = 0; row < 2000; row++) {
      expect(boxAt(columns, grid, corners[row * 2] + 1, corners[row * 2 + 1] + 1)).toBe(row);
    }
    expect(boxAt(columns, grid, -5, 10)).toBeNull();
    expect(boxAt(columns, grid, 300, 1e6)).toBeNull();
  });

  it("fit into the room, and grow downwards where even the smallest do not", () => {
    expect(grid.height).toBe(400);
    expect(grid.width).toBe(560);
    const crowd = columnsOf(many(20_000, 2, 1).predictions);
    const long = gridOf(crowd, [0, 1], { width: 120, height: 200 });
    expect(long.height).toBeGreaterThan(200);
    expect(gridOf(columnsOf(many(500, 100, 1).predictions), [...Array(100).keys()], { width: 560, height: 400 }).width).toBeGreaterThan(4000);
  });

  it("in a rectangle are those whose middles it holds", () => {
    const corners = cornersOf(columns, grid);
    const box = { left: 60, right: 190, top: 30, bottom: 120 };
    const inside = Array.from({ length: 2000 }, (_, row) => row).filter((row) => {
      const [x, y] = [corners[row * 2] + grid.wide / 2, corners[row * 2 + 1] + grid.tall / 2];
      return x >= box.left && x <= box.right && y >= box.top && y <= box.bottom;
    });
    expect(boxesIn(columns, grid, box)).toEqual(inside);
    expect(inside.length).toBeGreaterThan(20);
  });

  it("of classes that are not looked for have no place", () => {
    const some = gridOf(columns, [3, 7], { width: 560, height: 400 });
    const corners = cornersOf(columns, some);
    for (let row = 0; row < 2000; row++) {
      expect(Number.isNaN(corners[row * 2])).toBe(![3, 7].includes(predictions.winner[row]));
    }
  });

  it("are walked through with the arrow keys", () => {
    const go = (row: number | null, key: string) => neighbourBox(columns, grid, predictions.winner, row, key)!;
    const first = go(null, "ArrowDown");
    expect(first).toBe(columns.rows[columns.starts[0]]);
    expect(go(go(first, "ArrowRight"), "ArrowLeft")).toBe(first);
    expect(go(go(first, "ArrowDown"), "ArrowUp")).toBe(first);
    expect(go(first, "ArrowUp")).toBe(first);
    expect(go(first, "ArrowLeft")).toBe(first);
    expect(go(first, "End")).toBe(columns.rows[columns.starts[1] - 1]);
    let row = first;
    for (let step = 0; step < grid.across; step++) {
      row = go(row, "ArrowRight");
    }
    expect(predictions.winner[row]).toBe(1);
  });
});

describe("over the kept epochs", () => {
  it("counts wrong epochs, changes, and when it was right", () => {
    expect([...OUTCOMES.wrong]).toEqual([1, 3, 0, 2, 2, 3]);
    expect([...OUTCOMES.flips]).toEqual([1, 0, 0, 1, 2, 0]);
    expect([...OUTCOMES.firstRight]).toEqual([2, -1, 0, 5, 2, -1]);
    expect([...OUTCOMES.lastRight]).toEqual([5, -1, 5, 5, 2, -1]);
    expect(fared(OUTCOMES, 4)).toEqual([2, 2, 2, 2]);
    expect(fared(OUTCOMES, 1)).toEqual([3, 0, "", ""]);
  });

  it("marks with a triangle what is wrong in more than so many epochs, half of them unless said otherwise", () => {
    expect(threshold(null, 3)).toBe(1);
    expect(threshold(null, 4)).toBe(2);
    expect(threshold(null, 1)).toBe(0);
    expect(threshold(9, 3)).toBe(2);
    expect([...oftenWrong(OUTCOMES, 1)]).toEqual([0, 1, 0, 1, 1, 1]);
    expect([...oftenWrong(OUTCOMES, 2)]).toEqual([0, 1, 0, 0, 0, 1]);
    expect([...oftenWrong(OUTCOMES, 0)]).toEqual([1, 1, 0, 1, 1, 1]);
  });

  it("lists who changes, sorted by what is asked", () => {
    const ids = [60, 50, 40, 30, 20, 10];
    expect(flipRows(OUTCOMES, "flips", false, LABELS, ids)).toEqual([4, 0, 3]);
    expect(flipRows(OUTCOMES, "flips", true, LABELS, ids)).toEqual([0, 3, 4]);
    expect(flipRows(OUTCOMES, "id", true, LABELS, ids)).toEqual([4, 3, 0]);
    expect(flipRows(OUTCOMES, "first", true, LABELS, ids)).toEqual([4, 0, 3]);
    expect(flipRows(OUTCOMES, "label", false, LABELS, ids)).toEqual([4, 3, 0]);
    expect(between(SECOND, THIRD)).toEqual({ righted: [3], wronged: [4] });
  });

  it("suspects labels that the network surely denies in more than half of the epochs", () => {
    const found = suspects(OUTCOMES, 0.8);
    expect(found.map(({ row }) => row)).toEqual([5, 3]);
    expect(found[0]).toMatchObject({ says: 1, times: 3 });
    expect(found[0].score).toBeCloseTo(0.9, 5);
    expect(suspects(OUTCOMES, 0.5).map(({ row }) => row)).toEqual([5, 1, 3, 4]);
    expect(suspects(OUTCOMES, 0.99)).toEqual([]);
    expect(suspects(outcomesOf([5], [THIRD]), 0.5).map(({ row }) => row)).toEqual([5, 4, 1]);
  });

  it("needs no epoch but has nothing to say then", () => {
    expect(outcomesOf([], []).wrong.length).toBe(0);
  });
});

describe("what is taken away and kept in the address", () => {
  it("quotes what needs it", () => {
    expect(tableText(["a, b"], ["id", "label"], [[1, 'the "one", two'], [2, ""]])).toBe('# a, b\nid,label\n1,"the ""one"", two"\n2,\n');
  });

  it("leaves defaults out and forgives nonsense", () => {
    expect(classesEntries(CLASSES)).toEqual([]);
    expect(classesOf(new Map([["k.fill", "rainbow"], ["k.often", "-1"], ["k.sure", "2"], ["k.sort", "x"], ["k.least", "maybe"]]))).toEqual(CLASSES);
    expect(classesOf(new Map(classesEntries({ ...CLASSES, often: 0, sure: 0.5 })))).toEqual({ ...CLASSES, often: 0, sure: 0.5 });
  });
});
