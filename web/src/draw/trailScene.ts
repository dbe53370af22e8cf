/** What a canvas of trails shows, whichever way it is drawn: by WebGL, on a 2-D canvas, or as SVG. */
import { drawingOrder, Look, looks, type Marks } from "./scene";
import { GREY, ramp, RAMP, type Ramp, trailHues } from "./trailColors";
import type { PaletteName } from "../state/workspace";
import type { Trails } from "./trails";

/** How trails and points are coloured. */
export interface TrailMarks extends Marks {
  /** One ramp per class, early to late. */
  ramps: readonly Ramp[];
  /** Classes that keep their colours; none means all do. */
  highlight: readonly number[];
  /** Ramps that stand for groups of trails instead of classes, and the group of each observation. */
  groups?: { of: ArrayLike<number>; ramps: readonly Ramp[] };
}

/** The colours of one observation's trail. */
export const rampOf = ({ groups, ramps, labels }: TrailMarks, row: number): Ramp => (groups === undefined ? ramps[labels[row]] : groups.ramps[groups.of[row]]) ?? GREY;

/** Ramps and looks from what all views share. */
export function trailMarks(marks: Marks, palette: PaletteName, highlight: readonly number[]): TrailMarks {
  const hues = trailHues(palette, marks.theme, marks.colors.length, highlight);
  return { ...marks, ramps: hues.map((hue) => (hue === null ? GREY : ramp(hue))), highlight };
}

/** [observation] its Look; classes that are not highlighted step back. */
export function trailLooks(marks: TrailMarks): Uint8Array {
  const found = looks(marks);
  if (marks.highlight.length > 0) {
    for (let row = 0; row < found.length; row++) {
      if (found[row] === Look.PLAIN && !marks.highlight.includes(marks.labels[row])) {
        found[row] = Look.DIM;
      }
    }
  }
  return found;
}

/** How opaque trails are that step back, of 255. */
const DIM_ALPHA = 46;

/** Colours of one ramp at the samples of a trail, packed as the GPU reads them. */
function packed(colors: Ramp, samples: number, alpha: number): Uint32Array {
  const bytes = new Uint8Array(samples * 4);
  for (let sample = 0; sample < samples; sample++) {
    const step = samples === 1 ? RAMP - 1 : Math.round((sample / (samples - 1)) * (RAMP - 1));
    bytes.set([...colors[step], alpha], sample * 4);
  }
  return new Uint32Array(bytes.buffer);
}

/** [trail][sample][channel] */
export function lineColors(trails: Trails, marks: TrailMarks, look: Uint8Array): Uint8Array {
  const { samples, count } = trails;
  const { of, ramps } = marks.groups ?? { of: marks.labels, ramps: marks.ramps };
  const plain = ramps.map((colors) => packed(colors, samples, 255));
  const dim = packed(GREY, samples, DIM_ALPHA);
  const all = new Uint32Array(count * samples);
  for (let row = 0; row < count; row++) {
    all.set(look[row] === Look.PLAIN ? (plain[of[row]] ?? dim) : dim, row * samples);
  }
  return new Uint8Array(all.buffer);
}

/** A ramp without its darkest part, for single trails that must be seen among many. */
export const clearer = (colors: Ramp): Ramp => colors.map((_, step) => colors[Math.round((0.4 + 0.6 * (step / (RAMP - 1))) * (RAMP - 1))]);

/** Ribbons of some classes or observations, each with its class's ramp. */
export function ribbonColors(trails: Trails, ramps: readonly Ramp[], alphas: readonly number[]): Uint8Array {
  const all = new Uint32Array(trails.count * trails.samples);
  for (let row = 0; row < trails.count; row++) {
    all.set(packed(ramps[row] ?? GREY, trails.samples, alphas[row]), row * trails.samples);
  }
  return new Uint8Array(all.buffer);
}

/** Points have their class's brightest colour, so that they are seen at every moment. */
export function pointColors(marks: TrailMarks, look: Uint8Array): { color: Uint8Array; glyph: Float32Array; order: Uint32Array } {
  const color = new Uint8Array(look.length * 4);
  const glyph = new Float32Array(look.length);
  for (let row = 0; row < look.length; row++) {
    const plain = look[row] === Look.PLAIN;
    const rgb = plain ? rampOf(marks, row)[RAMP - 1] : GREY[20];
    color.set([...rgb, plain ? 235 : 120], row * 4);
    glyph[row] = plain ? 0 : 2;
  }
  return { color, glyph, order: drawingOrder(look, null) };
}
