/** What a projection canvas shows, whichever way it is drawn: by WebGL, as a still picture, or as SVG. */
import { toScreen, type Size } from "./camera";
import { DIM, GROUND, INK, type Theme } from "./palette";
import type { Camera } from "../state/workspace";

export interface Marks {
  labels: ArrayLike<number>;
  /** One colour per class. */
  colors: readonly string[];
  theme: Theme;
  hiddenClasses: readonly number[];
  selection: readonly number[];
  /** [observation] 1 where the prediction is wrong; null while unknown. */
  wrong: Uint8Array | null;
  /** A class that the legend points at; the others step back. */
  emphasis: number | null;
}

/** How one observation is drawn. */
export const Look = {
  HIDDEN: 0,
  DIM: 1,
  PLAIN: 2,
} as const;

/** [observation] its Look. */
export function looks(marks: Marks): Uint8Array {
  const { labels, hiddenClasses, selection, emphasis } = marks;
  const hidden = new Set(hiddenClasses);
  const found = new Uint8Array(labels.length);
  const selected = selection.length > 0 ? new Set(selection) : null;
  for (let row = 0; row < labels.length; row++) {
    const label = labels[row];
    const back = (selected !== null && !selected.has(row)) || (emphasis !== null && label !== emphasis);
    found[row] = hidden.has(label) ? Look.HIDDEN : back ? Look.DIM : Look.PLAIN;
  }
  return found;
}

export const grounds = (theme: Theme) => ({ ground: GROUND[theme], ink: INK[theme], dim: DIM[theme] });

/** [observation * 2 + axis] pixels from the canvas's upper left corner. */
export function screenPositions(fitted: Float32Array, camera: Camera, size: Size): Float32Array {
  const screen = new Float32Array(fitted.length);
  for (let at = 0; at < fitted.length; at += 2) {
    [screen[at], screen[at + 1]] = toScreen(fitted[at], fitted[at + 1], camera, size);
  }
  return screen;
}

/** Above this share of wrong observations their outlines would be all one sees; the triangle alone then says it. */
const MOST_OUTLINED = 0.25;

export function outlinesWrong(wrong: Uint8Array | null): boolean {
  return wrong !== null && wrong.reduce((sum, value) => sum + value, 0) <= wrong.length * MOST_OUTLINED;
}

/** A triangle around a point, upright, with the area of a circle of that diameter and a little more. */
export function triangle(x: number, y: number, diameter: number): [number, number][] {
  const radius = diameter * 0.8;
  return [-90, 30, 150].map((degrees) => {
    const angle = (degrees * Math.PI) / 180;
    return [x + radius * Math.cos(angle), y + radius * Math.sin(angle)];
  });
}

/** Dim observations first, so that those that matter lie on top; wrong ones last. */
export function drawingOrder(look: Uint8Array, wrong: Uint8Array | null): number[] {
  const rank = (row: number) => look[row] * 2 + (wrong?.[row] ?? 0);
  return Array.from(look.keys())
    .filter((row) => look[row] !== Look.HIDDEN)
    .sort((a, b) => rank(a) - rank(b) || a - b);
}
