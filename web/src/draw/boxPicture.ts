/** Draws the boxes of the classification view, as many as are in sight, at any moment between two arrangements. */
import { DIM, GROUND, hexToRgb, INK, luminance, type Rgb, rgbToHex, type Theme } from "./palette";
import { ramp, STEPS } from "./ramp";

export interface BoxMarks {
  theme: Theme;
  /** The colours by number, and [observation] which of them it has. */
  colors: readonly string[];
  of: Uint16Array;
  /** [observation] 1 where it is wrong now, and where it is wrong in many epochs. */
  wrong: Uint8Array;
  often: Uint8Array;
  /** [observation] 1 for those that step back; null for none. */
  dim: Uint8Array | null;
}

/** Where boxes are: [observation * 2 + axis] their corners, and their size with the gap. */
export interface Arrangement {
  corners: Float32Array;
  wide: number;
  tall: number;
}

/** How many colours a class has from unsure to sure. */
const SHADES = 24;
const PALEST = 0.22;

/** Colours for scores: one ramp for all. */
export function scoreColors(theme: Theme, scores: Float32Array, low: number): Pick<BoxMarks, "colors" | "of"> {
  const of = new Uint16Array(scores.length);
  for (let row = 0; row < of.length; row++) {
    of[row] = Math.round(share(scores[row], low) * (STEPS - 1));
  }
  return { colors: ramp(theme).map(rgbToHex), of };
}

/** Colours for true classes: the class's hue, paler where the score is low. */
export function classShades(theme: Theme, classes: readonly string[], labels: ArrayLike<number>, scores: Float32Array, low: number): Pick<BoxMarks, "colors" | "of"> {
  const ground = hexToRgb(GROUND[theme]);
  const colors = classes.flatMap((hex) => Array.from({ length: SHADES }, (_, shade) => rgbToHex(mixed(ground, hexToRgb(hex), PALEST + ((1 - PALEST) * shade) / (SHADES - 1)))));
  const of = new Uint16Array(scores.length);
  for (let row = 0; row < of.length; row++) {
    of[row] = labels[row] * SHADES + Math.round(share(scores[row], low) * (SHADES - 1));
  }
  return { colors, of };
}

const share = (score: number, low: number): number => Math.max(0, Math.min(1, (score - low) / (1 - low)));

const mixed = (from: Rgb, to: Rgb, amount: number): Rgb => {
  const [r, g, b] = from.map((part, channel) => Math.round(part + (to[channel] - part) * amount));
  return [r, g, b];
};

/** Below this width a box has no room for a frame with a fill inside of it. */
const FRAMED_FROM = 6;

/**
 * @param part how far from one arrangement to the other, 0..1
 * @param view the part of the plane that is in sight
 */
export function drawBoxes(context: CanvasRenderingContext2D, from: Arrangement, to: Arrangement, part: number, marks: BoxMarks, view: { left: number; top: number; width: number; height: number }): void {
  const { colors, of, theme, dim } = marks;
  context.fillStyle = GROUND[theme];
  context.fillRect(0, 0, view.width, view.height);
  const wide = from.wide + (to.wide - from.wide) * part;
  const tall = from.tall + (to.tall - from.tall) * part;
  const place = (at: number): number => {
    const [a, b] = [from.corners[at], to.corners[at]];
    // A box that was not there before appears where it belongs.
    return Number.isNaN(a) ? b : a + (b - a) * part;
  };
  const seen = inSight(of.length, place, { wide, tall }, view);
  const [dims, plain] = parted(seen, dim);
  context.globalAlpha = 0.28;
  fillAll(dims);
  context.globalAlpha = 1;
  fillAll(plain);
  const ruled: Frame = { wide, tall, marks, context };
  for (const row of seen) {
    const faint = dim !== null && dim[row] === 1;
    const [x, y] = [place(row * 2) - view.left, place(row * 2 + 1) - view.top];
    if (!Number.isNaN(x) && (marks.wrong[row] === 1 || marks.often[row] === 1)) {
      context.globalAlpha = faint ? 0.3 : 1;
      mark(ruled, row, x, y);
    }
  }
  context.globalAlpha = 1;

  /** Setting a colour costs more than a box: boxes of a colour are drawn together. */
  function fillAll(rows: Uint32Array): void {
    const byColor = sortedBy(rows, of, colors.length);
    let last = -1;
    for (const row of byColor) {
      if (of[row] !== last) {
        last = of[row];
        context.fillStyle = colors[last] ?? DIM[theme];
      }
      context.fillRect(place(row * 2) - view.left, place(row * 2 + 1) - view.top, wide - 1, tall - 1);
    }
  }
}

interface Frame {
  wide: number;
  tall: number;
  marks: BoxMarks;
  context: CanvasRenderingContext2D;
}

/** The frame of what is wrong now, and the triangle of what is wrong often. */
function mark({ wide, tall, marks, context }: Frame, row: number, x: number, y: number): void {
  const { theme, colors, of, wrong, often } = marks;
  const color = colors[of[row]] ?? DIM[theme];
  const roomy = wide >= FRAMED_FROM;
  if (wrong[row] === 1) {
    context.fillStyle = INK[theme];
    context.fillRect(x - 1, y - 1, wide + 1, tall + 1);
    if (roomy) {
      context.fillStyle = GROUND[theme];
      context.fillRect(x, y, wide - 1, tall - 1);
    }
    context.fillStyle = color;
    const inset = roomy && wide >= 9 ? 1 : roomy ? 0.75 : 0;
    context.fillRect(x + inset, y + inset, wide - 1 - 2 * inset, tall - 1 - 2 * inset);
  }
  if (often[row] === 1) {
    const edge = Math.max(3, Math.min(wide - 2, 9));
    const [middle, bottom] = [x + (wide - 1) / 2, y + (tall - 1) / 2 + edge * 0.5];
    context.fillStyle = luminance(hexToRgb(color)) > 0.3 ? "#10141b" : "#ffffff";
    context.beginPath();
    context.moveTo(middle, bottom - edge);
    context.lineTo(middle + edge * 0.58, bottom);
    context.lineTo(middle - edge * 0.58, bottom);
    context.closePath();
    context.fill();
  }
}

/** The rows whose boxes are in sight. */
function inSight(count: number, place: (at: number) => number, size: { wide: number; tall: number }, view: { left: number; top: number; width: number; height: number }): Uint32Array {
  const seen = new Uint32Array(count);
  let found = 0;
  for (let row = 0; row < count; row++) {
    const [x, y] = [place(row * 2) - view.left, place(row * 2 + 1) - view.top];
    if (x + size.wide >= 0 && y + size.tall >= 0 && x < view.width && y < view.height) {
      seen[found++] = row;
    }
  }
  return seen.subarray(0, found);
}

function parted(rows: Uint32Array, dim: Uint8Array | null): [Uint32Array, Uint32Array] {
  return dim === null ? [new Uint32Array(0), rows] : [rows.filter((row) => dim[row] === 1), rows.filter((row) => dim[row] !== 1)];
}

/** Counted, not compared. */
function sortedBy(rows: Uint32Array, of: Uint16Array, colors: number): Uint32Array {
  const starts = new Uint32Array(colors + 1);
  for (const row of rows) {
    starts[of[row] + 1]++;
  }
  for (let at = 0; at < colors; at++) {
    starts[at + 1] += starts[at];
  }
  const sorted = new Uint32Array(rows.length);
  for (const row of rows) {
    sorted[starts[of[row]]++] = row;
  }
  return sorted;
}
