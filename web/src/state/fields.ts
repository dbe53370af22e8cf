/** What the server says of vector fields and of regions in them: read, checked, sorted. Nothing here draws. */
import type { FieldReport, Parameters, TaskResult, TaskSummary } from "../server/types";
import { finite } from "./quality";

export interface FieldParameters {
  /** Vertices per side. */
  grid: number;
  smoothness: number;
  /** k */
  fields: number;
}

export const FIELD_DEFAULTS: FieldParameters = { grid: 50, smoothness: 0.05, fields: 1 };

/** What the page offers; the server takes 3 to 200 vertices and any smoothness between 0 and 1. */
export const FIELD_LIMITS = { grid: [10, 100], smoothness: [0.001, 0.9], fields: [1, 6], separation: [0.008, 0.06] } as const;

/** What a field says of itself, every part checked; null where it is no field's report. */
export function fieldReport({ report }: Pick<TaskResult, "report">): FieldReport | null {
  const { box, grid, energy, smoothnessEnergy, energies, sizes } = (report ?? {}) as Record<string, unknown>;
  const corners = numbers(box);
  if (corners.length !== 4 || typeof grid !== "number") {
    return null;
  }
  const [left, bottom, right, top] = corners;
  const [all, smooth] = [finite(energy) ?? Number.NaN, finite(smoothnessEnergy) ?? Number.NaN];
  return { box: [left, bottom, right, top], grid, energy: all, smoothnessEnergy: smooth, energies: numbers(energies), sizes: numbers(sizes) };
}

const numbers = (value: unknown): number[] => (Array.isArray(value) ? value.filter((one): one is number => typeof one === "number") : []);

export function sameField(asked: FieldParameters, kept: Parameters): boolean {
  const all = { ...FIELD_DEFAULTS, ...kept };
  return Number(all.grid) === asked.grid && Number(all.fields) === asked.fields && Math.abs(Number(all.smoothness) - asked.smoothness) < 1e-9;
}

export function findField(kept: readonly TaskSummary[], of: string, asked: FieldParameters): TaskSummary | null {
  return kept.find((one) => one.kind === "field" && one.source.of === of && sameField(asked, one.parameters)) ?? null;
}

/** One trajectory's way through a region. */
export interface Passage {
  row: number;
  duration: number;
  length: number;
  speed: number;
  dissimilarity: number;
  responsibility: number;
}

const COLUMNS = 6;

/** Reads [passage, 6]. */
export function passages(values: Float32Array): Passage[] {
  if (values.length % COLUMNS !== 0) {
    throw new Error(`passages through a region have ${COLUMNS} numbers each, got ${values.length} in all`);
  }
  return Array.from({ length: values.length / COLUMNS }, (_, at) => {
    const [row, duration, length, speed, dissimilarity, responsibility] = values.subarray(at * COLUMNS, (at + 1) * COLUMNS);
    return { row, duration, length, speed, dissimilarity, responsibility };
  });
}

export const PASSAGE_ORDERS = ["responsibility", "speed", "dissimilarity"] as const;
export type PassageOrder = (typeof PASSAGE_ORDERS)[number];

/** Highest first; equal ones by row, so that the order is the same every time. Passages without the number come last. */
export function sorted(all: readonly Passage[], by: PassageOrder): Passage[] {
  const value = (passage: Passage) => (Number.isFinite(passage[by]) ? passage[by] : -Infinity);
  return [...all].sort((a, b) => value(b) - value(a) || a.row - b.row);
}

export type Polygon = readonly (readonly [number, number])[];

/** Left, bottom, right, top of an outline. */
export function boundsOf(polygon: Polygon): [number, number, number, number] {
  const xs = polygon.map(([x]) => x);
  const ys = polygon.map(([, y]) => y);
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
}

export const boxPolygon = ([left, bottom, right, top]: readonly [number, number, number, number]): Polygon => [
  [left, bottom],
  [right, bottom],
  [right, top],
  [left, top],
];

export function isBox(polygon: Polygon): boolean {
  const corners = boxPolygon(boundsOf(polygon));
  return polygon.length === 4 && corners.every(([x, y]) => polygon.some(([px, py]) => px === x && py === y));
}

export const moved = (polygon: Polygon, byX: number, byY: number): Polygon => polygon.map(([x, y]) => [x + byX, y + byY] as const);

/** Grown or shrunk around its middle; a factor for each axis. */
export function scaled(polygon: Polygon, byX: number, byY: number): Polygon {
  const [left, bottom, right, top] = boundsOf(polygon);
  const [x, y] = [(left + right) / 2, (bottom + top) / 2];
  return polygon.map(([px, py]) => [x + (px - x) * byX, y + (py - y) * byY] as const);
}

/** As few corners as describe the outline to within `slack`, and at most so many: what a link can carry. */
export function simplified(outline: Polygon, slack: number, most = 40): Polygon {
  let tolerance = slack;
  for (;;) {
    const kept = thinned(outline, tolerance);
    if (kept.length <= most) {
      return kept;
    }
    tolerance = tolerance > 0 ? tolerance * 1.5 : 1e-6;
  }
}

/** Douglas and Peucker's rule, on both halves of the closed outline. */
function thinned(outline: Polygon, slack: number): Polygon {
  if (outline.length <= 4) {
    return outline;
  }
  const keep = new Uint8Array(outline.length);
  const [first] = outline;
  let far = 0;
  outline.forEach(([x, y], at) => {
    const [fx, fy] = outline[far];
    far = Math.hypot(x - first[0], y - first[1]) > Math.hypot(fx - first[0], fy - first[1]) ? at : far;
  });
  const split = (from: number, to: number): void => {
    keep[from] = 1;
    keep[to % outline.length] = 1;
    let [worst, distance] = [-1, slack];
    for (let at = from + 1; at < to; at++) {
      const off = distanceTo(outline[at], outline[from], outline[to % outline.length]);
      [worst, distance] = off > distance ? [at, off] : [worst, distance];
    }
    if (worst >= 0) {
      split(from, worst);
      split(worst, to);
    }
  };
  split(0, far);
  split(far, outline.length);
  return outline.filter((_, at) => keep[at] === 1);
}

function distanceTo([x, y]: readonly [number, number], [ax, ay]: readonly [number, number], [bx, by]: readonly [number, number]): number {
  const length = Math.hypot(bx - ax, by - ay);
  if (length === 0) {
    return Math.hypot(x - ax, y - ay);
  }
  const along = Math.max(0, Math.min(1, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length ** 2));
  return Math.hypot(x - ax - along * (bx - ax), y - ay - along * (by - ay));
}

/** Four digits are more than a picture can show. */
export const shortened = (polygon: Polygon): Polygon => polygon.map(([x, y]) => [Number(x.toPrecision(4)), Number(y.toPrecision(4))] as const);
