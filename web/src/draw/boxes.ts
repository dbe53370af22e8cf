/** Where the boxes of the classification view lie: arithmetic only, so that ten thousand are found under the pointer at once. */
import type { Columns } from "../state/outcomes";

/** Width and height of a box with the gap to the next one, in pixels; few sizes, so that boxes keep theirs from epoch to epoch. */
const SIZES = [[14, 21], [12, 18], [10, 15], [9, 13], [8, 12], [7, 10], [6, 9], [5, 7], [4, 5], [4, 4]] as const;
/** Between two columns. */
const GUTTER = 6;
/** A column is at least so wide. */
const NARROWEST = 40;
const MARGIN = 6;
/** Pixels of a letter, of what stands before a name, and of the longest name that is not cut. */
const [LETTER, SWATCH, MOST_NAME] = [7.6, 16, 92];

export interface Grid {
  /** The classes that have a column, left to right. */
  classes: readonly number[];
  /** [class] its place among the columns; -1 for none */
  at: Int32Array;
  /** Size of a box with its gap. */
  wide: number;
  tall: number;
  /** Boxes side by side in a column. */
  across: number;
  /** Left edge of the first column, from one column's left edge to the next one's, and what of it is the column. */
  left: number;
  pitch: number;
  column: number;
  /** Above the first box. */
  top: number;
  width: number;
  height: number;
}

/** A column that is wide enough for a name above it, of so many letters. */
export const roomFor = (letters: number): number => Math.max(NARROWEST, Math.min(MOST_NAME, letters * LETTER + SWATCH));

/** The largest boxes with which the fullest column fits into the room; where not even the smallest fit, the columns grow longer. */
export function gridOf({ starts }: Columns, classes: readonly number[], room: { width: number; height: number }, narrowest = NARROWEST): Grid {
  const most = classes.reduce((fullest, label) => Math.max(fullest, starts[label + 1] - starts[label]), 1);
  const pitch = Math.max(narrowest + GUTTER, Math.floor((room.width - 2 * MARGIN) / Math.max(1, classes.length)));
  const column = pitch - GUTTER;
  const lines = (wide: number) => Math.ceil(most / Math.max(1, Math.floor(column / wide)));
  const inner = room.height - 2 * MARGIN;
  const [wide, tall] = SIZES.find((size) => lines(size[0]) * size[1] <= inner) ?? SIZES[SIZES.length - 1];
  const at = new Int32Array(starts.length - 1).fill(-1);
  classes.forEach((label, place) => {
    at[label] = place;
  });
  return {
    classes, at, wide, tall, across: Math.floor(column / wide), left: MARGIN + GUTTER / 2, pitch, column, top: MARGIN,
    width: Math.max(room.width, 2 * MARGIN + pitch * classes.length),
    height: Math.max(room.height, lines(wide) * tall + 2 * MARGIN),
  };
}

/** So many columns stand beside each other in a picture to take away; further ones stand below. */
const BAND = 20;
/** Room for the columns of a picture to take away: the boxes' size follows from it. */
const SHEET = { width: 1100, height: 560 };

/** All columns in rows of a readable width, with boxes of one size: a picture that needs no scrolling. */
export function bandsOf(columns: Columns, classCount: number, narrowest: number): Grid[] {
  const { starts } = columns;
  const size = (label: number) => starts[label + 1] - starts[label];
  const all = Array.from({ length: classCount }, (_, label) => label);
  const fullest = all.reduce((most, label) => (size(label) > size(most) ? label : most), 0);
  const usual = gridOf(columns, [fullest, ...all.filter((label) => label !== fullest)].slice(0, BAND), SHEET, narrowest);
  return Array.from({ length: Math.ceil(classCount / BAND) }, (_, band): Grid => {
    const classes = all.slice(band * BAND, (band + 1) * BAND);
    const at = new Int32Array(classCount).fill(-1);
    classes.forEach((label, place) => {
      at[label] = place;
    });
    const lines = Math.ceil(classes.reduce((most, label) => Math.max(most, size(label)), 1) / usual.across);
    return { ...usual, classes, at, height: lines * usual.tall + 2 * MARGIN };
  });
}

/** [observation * 2 + axis] upper left corners of the boxes; NaN for those whose class has no column. */
export function cornersOf({ rows, starts }: Columns, { at, wide, tall, across, left, pitch, top }: Grid): Float32Array {
  const corners = new Float32Array(rows.length * 2).fill(Number.NaN);
  for (let label = 0; label + 1 < starts.length; label++) {
    if (at[label] < 0) {
      continue;
    }
    const x = left + at[label] * pitch;
    for (let place = starts[label]; place < starts[label + 1]; place++) {
      const within = place - starts[label];
      corners[rows[place] * 2] = x + (within % across) * wide;
      corners[rows[place] * 2 + 1] = top + Math.floor(within / across) * tall;
    }
  }
  return corners;
}

/** The observation whose box (with its gap) holds a position; null for none. */
export function boxAt({ rows, starts }: Columns, { classes, wide, tall, across, left, pitch, top }: Grid, x: number, y: number): number | null {
  const column = Math.floor((x - left) / pitch);
  const label = classes[column];
  const [col, line] = [Math.floor((x - left - column * pitch) / wide), Math.floor((y - top) / tall)];
  if (label === undefined || col < 0 || col >= across || line < 0) {
    return null;
  }
  const place = starts[label] + line * across + col;
  return place < starts[label + 1] ? rows[place] : null;
}

/** The rows whose boxes' middles lie in a rectangle, ascending. */
export function boxesIn(columns: Columns, grid: Grid, box: { left: number; top: number; right: number; bottom: number }): number[] {
  const { rows, starts } = columns;
  const { classes, wide, tall, across, left, pitch, top } = grid;
  const found: number[] = [];
  classes.forEach((label, column) => {
    const x = left + column * pitch + wide / 2;
    const from = Math.max(0, Math.ceil((box.left - x) / wide));
    const to = Math.min(across - 1, Math.floor((box.right - x) / wide));
    const count = starts[label + 1] - starts[label];
    const first = Math.max(0, Math.ceil((box.top - top - tall / 2) / tall));
    const last = Math.min(Math.ceil(count / across) - 1, Math.floor((box.bottom - top - tall / 2) / tall));
    for (let line = first; line <= last; line++) {
      for (let col = from; col <= to && line * across + col < count; col++) {
        found.push(rows[starts[label] + line * across + col]);
      }
    }
  });
  return found.sort((a, b) => a - b);
}

/** The next box by arrow keys: along the column by one, to the neighbouring column at the same line, or to an end. */
export function neighbourBox(columns: Columns, grid: Grid, winner: ArrayLike<number>, row: number | null, key: string): number | null {
  const { rows, starts, places } = columns;
  const filled = grid.classes.filter((label) => starts[label + 1] > starts[label]);
  if (filled.length === 0) {
    return null;
  }
  if (row === null || grid.at[winner[row]] < 0) {
    return rows[starts[filled[0]]];
  }
  const label = winner[row];
  const [from, to] = [starts[label], starts[label + 1]];
  const within = places[row] - from;
  const clamp = (place: number) => rows[Math.max(from, Math.min(to - 1, place))];
  const beside = (by: 1 | -1): number => {
    const other = filled[filled.indexOf(label) + by];
    if (other === undefined) {
      return row;
    }
    const line = Math.floor(within / grid.across) * grid.across + (by === 1 ? 0 : grid.across - 1);
    return rows[Math.min(starts[other] + line, starts[other + 1] - 1)];
  };
  switch (key) {
    case "ArrowUp":
      return within < grid.across ? row : clamp(places[row] - grid.across);
    case "ArrowDown":
      return within + grid.across < to - from ? clamp(places[row] + grid.across) : row;
    case "ArrowLeft":
      return within % grid.across === 0 ? beside(-1) : clamp(places[row] - 1);
    case "ArrowRight":
      return within % grid.across === grid.across - 1 || within === to - from - 1 ? beside(1) : clamp(places[row] + 1);
    case "Home":
      return rows[from];
    case "End":
      return rows[to - 1];
    default:
      return row;
  }
}
