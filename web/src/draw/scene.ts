/** What a projection canvas shows, whichever way it is drawn: by WebGL, as a still picture, or as SVG. */
import { toScreen, type Size } from "./camera";
import { DIM, GROUND, hexToRgb, INK, type Rgb, rgbToHex, type Theme } from "./palette";
import { ramp, type Scale, stepOf } from "./ramp";
import type { Camera } from "../state/workspace";

export interface Marks {
  /** The class that an observation counts as: its label, or its prediction where colour means that. */
  labels: ArrayLike<number>;
  /** One colour per class. */
  colors: readonly string[];
  /** Colours finer than classes, where colour means those: one number per observation and what it stands for. */
  shades?: { of: ArrayLike<number>; colors: readonly string[] } | null;
  /** The numbers that colour means instead of classes. */
  scale: Scale | null;
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
  const found = new Uint8Array(labels.length);
  const hidden = new Uint8Array(65_536);
  hiddenClasses.forEach((label) => {
    hidden[label] = 1;
  });
  if (selection.length > 0) {
    found.fill(Look.DIM);
    for (const row of selection) {
      found[row] = Look.PLAIN;
    }
  } else {
    found.fill(Look.PLAIN);
  }
  const plain = hiddenClasses.length === 0 && emphasis === null;
  for (let row = 0; !plain && row < labels.length; row++) {
    const label = labels[row];
    if (hidden[label] === 1) {
      found[row] = Look.HIDDEN;
    } else if (emphasis !== null && label !== emphasis) {
      found[row] = Look.DIM;
    }
  }
  return found;
}

export const grounds = (theme: Theme) => ({ ground: GROUND[theme], ink: INK[theme], dim: DIM[theme] });

/** Observations without the number that colour means: between the ground and the ink, a grey that the ramp does not have. */
export const MISSING: Record<Theme, string> = { light: "#a9adb4", dark: "#6b717b" };

/** The colours of a picture by number, and which of them each observation has. */
export function paint(marks: Marks): { colors: readonly Rgb[]; of: (row: number) => number } {
  const { scale, labels, theme, shades } = marks;
  if (scale === null && shades != null) {
    return { colors: shades.colors.map(hexToRgb), of: (row) => shades.of[row] };
  }
  if (scale === null) {
    return { colors: marks.colors.map(hexToRgb), of: (row) => labels[row] };
  }
  const colors = [...ramp(theme), hexToRgb(MISSING[theme])];
  return { colors, of: (row) => (row < scale.values.length ? (stepOf(scale, row) + colors.length) % colors.length : colors.length - 1) };
}

/** The colour of each observation as a style sheet writes it. */
export function paintHex(marks: Marks): (row: number) => string {
  const { colors, of } = paint(marks);
  const texts = colors.map(rgbToHex);
  return (row) => texts[of(row)] ?? "#888888";
}

/** [observation * 2 + axis] pixels from the canvas's upper left corner. */
export function screenPositions(flat: Float32Array, camera: Camera, size: Size): Float32Array {
  const screen = new Float32Array(flat.length);
  const [left, top] = toScreen(0, 0, camera, size);
  const [right] = toScreen(1, 0, camera, size);
  const scale = right - left;
  for (let at = 0; at < flat.length; at += 2) {
    screen[at] = left + flat[at] * scale;
    screen[at + 1] = top - flat[at + 1] * scale;
  }
  return screen;
}

/** Above this share of wrong observations their outlines would be all one sees; the triangle alone then says it. */
const MOST_OUTLINED = 0.25;

export function outlinesWrong(wrong: Uint8Array | null): boolean {
  let count = 0;
  for (let row = 0; wrong !== null && row < wrong.length; row++) {
    count += wrong[row];
  }
  return wrong !== null && count <= wrong.length * MOST_OUTLINED;
}

/** A triangle around a point, upright, with the area of a circle of that diameter and a little more. */
export function triangle(x: number, y: number, diameter: number): [number, number][] {
  const radius = diameter * 0.8;
  return [-90, 30, 150].map((degrees) => {
    const angle = (degrees * Math.PI) / 180;
    return [x + radius * Math.cos(angle), y + radius * Math.sin(angle)];
  });
}

const RANKS = 6;
/** Depths that are told apart when pictures in three dimensions are painted back to front. */
const DEPTHS = 256;

/**
 * The rows that are drawn, in this order: dim observations first, so that those that matter lie on top; wrong ones last; with depths
 * far ones before near ones. Counted, not compared: a million rows take some milliseconds.
 */
export function drawingOrder(look: Uint8Array, wrong: Uint8Array | null, depth: Float32Array | null = null): Uint32Array {
  const bins = depth === null ? 1 : DEPTHS;
  const rank = (row: number) => {
    const at = depth === null ? 0 : Math.max(0, Math.min(DEPTHS - 1, Math.floor((depth[row] + 1) * (DEPTHS / 2))));
    return (look[row] * 2 + (wrong === null ? 0 : wrong[row])) * bins + at;
  };
  const starts = new Uint32Array(RANKS * bins + 1);
  for (let row = 0; row < look.length; row++) {
    starts[rank(row) + 1]++;
  }
  const hidden = 2 * bins;
  starts.fill(0, 0, hidden + 1);
  for (let at = hidden + 1; at < starts.length; at++) {
    starts[at] += starts[at - 1];
  }
  const order = new Uint32Array(starts[starts.length - 1]);
  for (let row = 0; row < look.length; row++) {
    if (look[row] !== Look.HIDDEN) {
      order[starts[rank(row)]++] = row;
    }
  }
  return order;
}
