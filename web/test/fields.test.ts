import { describe, expect, it } from "vitest";
import { fitOf } from "../src/draw/camera";
import { blankShare, coveredCells, fieldGrid, sample, speedRange } from "../src/draw/fieldGrid";
import { byField, byLength, FIELD_COLORS } from "../src/draw/fieldStyle";
import { contrast, hexToRgb } from "../src/draw/palette";
import { Particles, TAIL } from "../src/draw/particles";
import { linesOf, ribbons } from "../src/draw/streamlines";
import { tails } from "../src/draw/tails";
import type { TaskSummary } from "../src/server/types";
import { boundsOf, boxPolygon, fieldReport, findField, isBox, moved, passages, type Polygon, scaled, shortened, simplified, sorted } from "../src/state/fields";

const WIDE = [0, 0, 10, 10] as const;

/** A field that is a formula at every vertex; without data where `has` says no. */
function gridOf(side: number, of: (x: number, y: number) => [number, number], has: (x: number, y: number) => boolean = () => true, fields = 1) {
  const values = new Float32Array(fields * side * side * 2);
  const coverage = new Float32Array(fields * side * side);
  for (let at = 0; at < fields * side * side; at++) {
    const vertex = at % (side * side);
    const [x, y] = [((vertex % side) / (side - 1)) * 10, (Math.floor(vertex / side) / (side - 1)) * 10];
    values.set(of(x, y), at * 2);
    coverage[at] = has(x, y) ? 0.5 : 0;
  }
  return fieldGrid(WIDE, side, values, coverage);
}

describe("a field on a grid", () => {
  it("is exact for what is linear, everywhere in a cell", () => {
    const field = gridOf(4, (x, y) => [2 * x - y + 1, 0.5 * y]);
    const out = new Float64Array(2);
    for (const [x, y] of [[0, 0], [10, 10], [3.3, 1.2], [1.2, 3.3], [9.99, 0.01], [5, 5]]) {
      expect(sample(field, 0, x, y, out)).toBe(true);
      expect(out[0]).toBeCloseTo(2 * x - y + 1, 4);
      expect(out[1]).toBeCloseTo(0.5 * y, 4);
    }
  });

  it("is cut from lower left to upper right, as it was fitted", () => {
    // One cell; only its lower right corner is not 0, so above the diagonal there is nothing of it.
    const field = fieldGrid(WIDE, 2, Float32Array.from([0, 0, 8, 4, 0, 0, 0, 0]), Float32Array.from([1, 1, 1, 1]));
    const out = new Float64Array(2);
    sample(field, 0, 2, 6, out);
    expect([...out]).toEqual([0, 0]);
    sample(field, 0, 7.5, 2.5, out);
    expect([...out]).toEqual([4, 2]);
  });

  it("knows nothing outside of its box and where no trajectory passed", () => {
    const field = gridOf(11, () => [1, 0], (x) => x <= 5);
    const out = Float64Array.from([9, 9]);
    expect([sample(field, 0, -0.1, 5, out), sample(field, 0, 5, 10.1, out), sample(field, 0, 7, 5, out), sample(field, 0, Number.NaN, 5, out)]).toEqual([false, false, false, false]);
    expect([...out]).toEqual([9, 9]);
    expect(coveredCells(field, 0)).toHaveLength(50);
    expect(blankShare(field, 0)).toBe(0.5);
  });

  it("gives colours a range that a single fast vertex does not stretch", () => {
    const field = gridOf(20, (x, y) => (x === 0 && y === 0 ? [100, 0] : [3, 4]));
    expect(speedRange(field)).toEqual({ low: 0, high: 5, most: 100 });
    expect(speedRange(gridOf(5, () => [0, 0])).high).toBe(1);
  });

  it("refuses parts that do not belong together", () => {
    expect(() => fieldGrid(WIDE, 4, new Float32Array(31), new Float32Array(16))).toThrow("4 x 4 vertices needs 2 values and 1 coverage per vertex, got 31 and 16");
  });
});

describe("particles", () => {
  const ROUND = gridOf(30, (x, y) => [-(y - 5), x - 5], (x, y) => Math.hypot(x - 5, y - 5) < 4.5);

  it("are always as many, stay where there are data, and are the same for the same seed", () => {
    const [one, two] = [new Particles(ROUND, { count: 300, seed: 4, shown: [0] }), new Particles(ROUND, { count: 300, seed: 4, shown: [0] })];
    const out = new Float64Array(2);
    for (let frame = 0; frame < 200; frame++) {
      one.advance(1 / 60);
      two.advance(1 / 60);
    }
    for (let at = 0; at < 300; at++) {
      expect(sample(ROUND, 0, one.places[at * 2], one.places[at * 2 + 1], out)).toBe(true);
    }
    expect(one.places).toEqual(two.places);
    expect(one.places).not.toEqual(new Particles(ROUND, { count: 300, seed: 5, shown: [0] }).places);
  });

  it("keep their distance from the middle of what goes round", () => {
    const field = gridOf(60, (x, y) => [-(y - 5), x - 5]);
    const round = new Particles(field, { count: 200, seed: 1, shown: [0] });
    const radius = () => Array.from({ length: 200 }, (_, at) => Math.hypot(round.places[at * 2] - 5, round.places[at * 2 + 1] - 5));
    const before = radius();
    round.settle(40);
    const drifts = radius().map((now, at) => Math.abs(now - before[at])).sort((a, b) => a - b);
    // Those that were born anew in between are elsewhere; all others are not.
    expect(drifts[100]).toBeLessThan(0.002);
  });

  it("move along the field, faster where it is longer, with their tails behind", () => {
    const shear = gridOf(20, (_, y) => [1 + y, 0]);
    const drift = new Particles(shear, { count: 400, seed: 2, shown: [0] });
    drift.settle(30);
    for (let at = 0; at < 400; at++) {
      const [head, tail] = [drift.places[at * 2], drift.places[((TAIL - 1) * 400 + at) * 2]];
      expect(head).toBeGreaterThanOrEqual(tail);
      expect(drift.speed[at]).toBeCloseTo(1 + drift.places[at * 2 + 1], 3);
    }
  });

  it("do not run after a long absence", () => {
    const [away, here] = [0, 1].map(() => new Particles(ROUND, { count: 50, seed: 9, shown: [0] }));
    away.advance(3600);
    for (let frame = 0; frame < 5; frame++) {
      here.advance(1 / 60);
    }
    expect(away.places).toEqual(here.places);
  });

  it("are dealt out over the fields that are shown, and there are none where no field has data", () => {
    const several = gridOf(6, () => [1, 1], () => true, 3);
    const shown = new Particles(several, { count: 10, seed: 1, shown: [0, 2] });
    expect([...shown.field]).toEqual([0, 2, 0, 2, 0, 2, 0, 2, 0, 2]);
    expect(new Particles(gridOf(6, () => [1, 1], () => false), { count: 10, seed: 1, shown: [0] }).count).toBe(0);
  });

  it("become strokes that fade out towards where they came from", () => {
    const particles = new Particles(gridOf(10, () => [2, 0]), { count: 20, seed: 3, shown: [0] });
    particles.settle(60);
    let paused = true;
    const strokes = tails(particles, () => byLength(2), { middle: [5, 5], half: 5 }, () => paused);
    expect(strokes.triangles).toHaveLength(20 * (TAIL - 1) * 6);
    expect(Math.max(...strokes.triangles)).toBe(20 * TAIL * 2 - 1);
    expect(Math.max(...strokes.positions.map(Math.abs))).toBeLessThanOrEqual(1);
    const alphas = Array.from({ length: TAIL }, (_, place) => strokes.colors[(5 * TAIL + place) * 8 + 3]);
    expect([...alphas].sort((a, b) => b - a)).toEqual(alphas);
    expect(alphas[TAIL - 1]).toBe(0);
    const before = strokes.positions.slice();
    expect(strokes.advance?.(1 / 60)).toBe(false);
    expect(strokes.positions).toEqual(before);
    paused = false;
    expect(strokes.advance?.(1 / 60)).toBe(true);
    expect(strokes.positions).not.toEqual(before);
  });
});

describe("streamlines", () => {
  const points = Float32Array.from([0, 0, 0, 1, 0, 4, 0, 2, 0, 8, 0, 3, 1, 5, 5, 1, 2, 0, 10, 1, 2, 10, 10, 1]);

  it("are told apart by their number; a point alone is no line", () => {
    expect(linesOf(points)).toEqual([{ from: 0, to: 3 }, { from: 4, to: 6 }]);
    expect(linesOf(new Float32Array(0))).toEqual([]);
  });

  it("become ribbons in the canvas's units with at least one arrowhead each", () => {
    const fit = fitOf(Float32Array.from([0, 0, 10, 10]));
    const mesh = ribbons([{ points, style: byLength(3) }], fit);
    expect(mesh.lines).toBe(2);
    expect(mesh.arrows).toBeGreaterThanOrEqual(2);
    expect([...mesh.positions.slice(0, 2)]).toEqual([-1, -1]);
    expect(mesh.positions).toHaveLength(mesh.edges.length * 2);
    expect(mesh.colors).toHaveLength(mesh.edges.length * 4);
    expect(Math.max(...mesh.triangles)).toBeLessThan(mesh.edges.length);
    // The ribbon's sides lie across the line: it runs to the right, so they are above and below.
    expect(mesh.offsets[0]).toBeCloseTo(0);
    expect(mesh.offsets[1]).toBeGreaterThan(1);
    expect(mesh.offsets[3]).toBe(-mesh.offsets[1]);
  });

  it("are brighter and clearer where the field is longer, and never vanish", () => {
    const style = byLength(2);
    expect([style(0), style(1), style(2), style(9)].map(({ opacity }) => Number(opacity.toFixed(2)))).toEqual([0.4, 0.7, 1, 1]);
    expect(style(2).color).toEqual(hexToRgb("#fde725"));
    expect(byField(1, 2)(2).color).toEqual(hexToRgb(FIELD_COLORS[1]));
  });

  it("of several fields stand out from the dark ground and from each other", () => {
    const colors = FIELD_COLORS.map(hexToRgb);
    colors.forEach((color) => expect(contrast(color, hexToRgb("#14181f"))).toBeGreaterThan(4.5));
    colors.forEach((a, at) => colors.slice(at + 1).forEach((b) => expect(Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2])).toBeGreaterThan(60)));
  });
});

describe("regions", () => {
  it("are read passage by passage", () => {
    const found = passages(Float32Array.from([7, 0.5, 2, 4, 0.25, 3, 9, 1, 1, 1, 2, 0.5]));
    expect(found).toEqual([
      { row: 7, duration: 0.5, length: 2, speed: 4, dissimilarity: 0.25, responsibility: 3 },
      { row: 9, duration: 1, length: 1, speed: 1, dissimilarity: 2, responsibility: 0.5 },
    ]);
    expect(passages(new Float32Array(0))).toEqual([]);
    expect(() => passages(new Float32Array(7))).toThrow("6 numbers each, got 7 in all");
  });

  it("are listed highest first, equal ones by row, those without a number last", () => {
    const of = (row: number, speed: number) => ({ row, duration: 1, length: 1, speed, dissimilarity: -speed, responsibility: 0 });
    const all = [of(5, 1), of(2, Number.NaN), of(3, 7), of(1, 1)];
    expect(sorted(all, "speed").map(({ row }) => row)).toEqual([3, 1, 5, 2]);
    expect(sorted(all, "dissimilarity").map(({ row }) => row)).toEqual([1, 5, 3, 2]);
    expect(sorted(all, "responsibility").map(({ row }) => row)).toEqual([1, 2, 3, 5]);
    expect(all[0].row).toBe(5);
  });

  it("move and grow around their middle, boxes stay boxes", () => {
    const box = boxPolygon([0, 0, 4, 2]);
    expect(boundsOf(moved(box, 1, -1))).toEqual([1, -1, 5, 1]);
    expect(boundsOf(scaled(box, 2, 0.5))).toEqual([-2, 0.5, 6, 1.5]);
    expect(isBox(scaled(box, 3, 3))).toBe(true);
    expect(isBox([[0, 0], [4, 0], [5, 2], [0, 2]])).toBe(false);
    expect(shortened([[1.23456, -0.000123456]])).toEqual([[1.235, -0.0001235]]);
  });

  it("have few corners in a link and still the same shape", () => {
    const circle: Polygon = Array.from({ length: 500 }, (_, at) => [Math.cos((at / 250) * Math.PI) * 3, Math.sin((at / 250) * Math.PI) * 3] as const);
    const few = simplified(circle, 0.01);
    expect(few.length).toBeLessThanOrEqual(40);
    expect(few.length).toBeGreaterThan(12);
    few.forEach(([x, y]) => expect(Math.hypot(x, y)).toBeCloseTo(3));
    const area = (polygon: Polygon) => Math.abs(polygon.reduce((sum, [x, y], at) => sum + x * polygon[(at + 1) % polygon.length][1] - polygon[(at + 1) % polygon.length][0] * y, 0)) / 2;
    expect(area(few)).toBeCloseTo(9 * Math.PI, 0);
    const box = boxPolygon([0, 0, 1, 1]);
    expect(simplified(box, 0.1)).toEqual(box);
    const line = simplified([[0, 0], [1, 0.001], [2, 0], [3, 0], [4, 0], [4, 4], [0, 4]], 0.01);
    expect(line).toEqual([[0, 0], [4, 0], [4, 4], [0, 4]]);
  });
});

describe("kept fields", () => {
  const kept = (of: string, parameters: TaskSummary["parameters"], kind: TaskSummary["kind"] = "field"): TaskSummary => ({ digest: `${of}${JSON.stringify(parameters)}`, kind, source: { by: "epoch", run: "mlp", layer: "fc1", of }, method: "field", parameters });

  it("are found by the sequence and every parameter, defaults filled in", () => {
    const all = [kept("a", {}), kept("b", { grid: 50, smoothness: 0.05, fields: 1 }), kept("b", { grid: 30 }), kept("c", {}, "bundle")];
    const usual = { grid: 50, smoothness: 0.05, fields: 1 };
    expect(findField(all, "a", usual)).toBe(all[0]);
    expect(findField(all, "b", usual)).toBe(all[1]);
    expect(findField(all, "b", { ...usual, grid: 30 })).toBe(all[2]);
    expect(findField(all, "b", { ...usual, fields: 2 })).toBeNull();
    expect(findField(all, "c", usual)).toBeNull();
  });

  it("say what they are; what is no field's report is none", () => {
    const report = { box: [0, 1, 2, 3], grid: 50, energy: 0.25, smoothnessEnergy: 0.125, energies: [1, 0.25], sizes: [5] };
    expect(fieldReport({ report })).toEqual(report);
    expect(fieldReport({ report: { box: [0, 1] } })).toBeNull();
    expect(fieldReport({ report: null })).toBeNull();
  });
});
