/** Hinton diagrams: a square per weight, white where positive, black where negative, its area proportional to the weight's size. */
import type { Order, WindowOf } from "../state/weights";
import { hexToRgb } from "./palette";

/** Rows are senders, columns are receivers. */
export interface WeightMatrix {
  rows: number;
  cols: number;
  /** [row * cols + col] */
  values: Float32Array;
}

export const HINTON_GROUND = "#808080";
const [POSITIVE, NEGATIVE, BROKEN] = ["#ffffff", "#000000", "#d62728"];

/** Squares of blocks smaller than this cannot be told apart. */
export const SMALLEST_CELL = 6;
/** A few weights do not become a wall. */
const LARGEST_CELL = 44;

/** Rows or columns in the order in which they are drawn, the highest first. */
export function ordered(matrix: WeightMatrix, axis: "rows" | "cols", by: Order): Int32Array {
  const { rows, cols, values } = matrix;
  const count = axis === "rows" ? rows : cols;
  const order = Int32Array.from({ length: count }, (_, at) => at);
  if (by === "none") {
    return order;
  }
  const sums = new Float64Array(count);
  for (let row = 0; row < rows; row++) {
    for (let col = 0; col < cols; col++) {
      const value = values[row * cols + col];
      sums[axis === "rows" ? row : col] += Number.isFinite(value) ? (by === "mean" ? value : value * value) : 0;
    }
  }
  return order.sort((a, b) => sums[b] - sums[a] || a - b);
}

/** What is drawn: one value per cell, which is a weight, or the mean of a block of them. */
export interface Cells {
  rows: number;
  cols: number;
  values: Float32Array;
  /** Places in the drawn order that a row or column of cells spans: [edge[i], edge[i + 1]). */
  rowEdges: readonly number[];
  colEdges: readonly number[];
  /** Weights per whole cell along each axis; 1 and 1 where cells are weights. */
  perRow: number;
  perCol: number;
}

/** Edges of blocks of equal size that cover [from, to), at most so many. */
export function edges(from: number, to: number, most: number): { edges: number[]; per: number } {
  const per = Math.max(1, Math.ceil((to - from) / Math.max(1, most)));
  const found: number[] = [];
  for (let at = from; at < to; at += per) {
    found.push(at);
  }
  return { edges: [...found, to], per };
}

/** A window within a matrix; all of it without one. */
export function windowIn(rows: number, cols: number, window: WindowOf | null): WindowOf {
  if (window === null) {
    return [0, rows, 0, cols];
  }
  const [top, left] = [Math.min(window[0], rows - 1), Math.min(window[2], cols - 1)];
  return [top, Math.max(top + 1, Math.min(window[1], rows)), left, Math.max(left + 1, Math.min(window[3], cols))];
}

/** Cells of a window: weights where there is room for them, means of blocks otherwise. */
export function cellsOf(matrix: WeightMatrix, rowOrder: Int32Array, colOrder: Int32Array, [top, bottom, left, right]: WindowOf, mostRows: number, mostCols: number): Cells {
  const down = edges(top, bottom, mostRows);
  const across = edges(left, right, mostCols);
  const [rows, cols] = [down.edges.length - 1, across.edges.length - 1];
  const values = new Float32Array(rows * cols);
  for (let row = 0; row < rows; row++) {
    for (let col = 0; col < cols; col++) {
      let [sum, count] = [0, 0];
      for (let y = down.edges[row]; y < down.edges[row + 1]; y++) {
        const start = rowOrder[y] * matrix.cols;
        for (let x = across.edges[col]; x < across.edges[col + 1]; x++) {
          sum += matrix.values[start + colOrder[x]];
          count++;
        }
      }
      values[row * cols + col] = sum / count;
    }
  }
  return { rows, cols, values, rowEdges: down.edges, colEdges: across.edges, perRow: down.per, perCol: across.per };
}

export function largest(values: Float32Array): number {
  let most = 0;
  for (const value of values) {
    most = Number.isFinite(value) ? Math.max(most, Math.abs(value)) : most;
  }
  return most;
}

/**
 * The size of a weight whose square fills its cell: the largest of the epoch, or of all epochs of the run. Means of blocks are smaller
 * than weights: of one epoch the largest mean fills its cell; for all epochs the largest weight over the square root of the block's
 * size, by which means of unrelated weights are smaller, rounded to a power of two, and doubled until the largest mean fits its cell.
 */
export function scaleFor(cells: Cells, most: number): number {
  const block = cells.perRow * cells.perCol;
  if (block === 1 || most === 0) {
    return most || 1;
  }
  let scale = most / 2 ** Math.floor(Math.log2(Math.sqrt(block)));
  while (scale < largest(cells.values)) {
    scale *= 2;
  }
  return scale;
}

/** The side of a cell in pixels. */
export const cellSize = ({ rows, cols }: Pick<Cells, "rows" | "cols">, width: number, height: number): number => Math.min(LARGEST_CELL, width / cols, height / rows);

/** The side of a weight's square: its area over the cell's is the weight over the scale. */
export const sideOf = (value: number, scale: number, cell: number): number => cell * Math.sqrt(Math.min(1, Math.abs(value) / scale));

export interface Square {
  x: number;
  y: number;
  side: number;
  color: string;
}

/** Squares to draw, in pixels from the diagram's corner; weights that are no numbers are small red ones. */
export function squares(cells: Cells, scale: number, cell: number): Square[] {
  const found: Square[] = [];
  for (let row = 0; row < cells.rows; row++) {
    for (let col = 0; col < cells.cols; col++) {
      const value = cells.values[row * cells.cols + col];
      const side = Number.isFinite(value) ? sideOf(value, scale, cell) : cell / 2;
      if (side > 0.02) {
        const color = Number.isFinite(value) ? (value > 0 ? POSITIVE : NEGATIVE) : BROKEN;
        found.push({ x: (col + 0.5) * cell - side / 2, y: (row + 0.5) * cell - side / 2, side, color });
      }
    }
  }
  return found;
}

/** Channels of one pixel: red, green, blue, opacity. */
const CHANNELS = 4;

/**
 * The diagram as pixels, [row * width + col][channel]. A pixel at the edge of a square has as much of its colour as the square covers of
 * it, so that areas are right to less than a pixel; browsers differ in how they draw such edges.
 *
 * @param cell the side of a cell in pixels of the screen
 */
export function hintonPixels(cells: Cells, scale: number, cell: number, width: number, height: number): Uint8ClampedArray<ArrayBuffer> {
  const pixels = new Uint8ClampedArray(width * height * CHANNELS);
  const ground = hexToRgb(HINTON_GROUND);
  for (let at = 0; at < pixels.length; at += CHANNELS) {
    pixels[at] = ground[0];
    pixels[at + 1] = ground[1];
    pixels[at + 2] = ground[2];
    pixels[at + 3] = 255;
  }
  const colors = new Map([POSITIVE, NEGATIVE, BROKEN].map((color) => [color, hexToRgb(color)]));
  for (const { x, y, side, color } of squares(cells, scale, cell)) {
    const rgb = colors.get(color)!;
    for (let row = Math.floor(y); row < y + side && row < height; row++) {
      const tall = Math.min(row + 1, y + side) - Math.max(row, y);
      for (let col = Math.floor(x); col < x + side && col < width; col++) {
        const covered = tall * (Math.min(col + 1, x + side) - Math.max(col, x));
        const at = (row * width + col) * CHANNELS;
        for (let channel = 0; channel < 3; channel++) {
          pixels[at + channel] += covered * (rgb[channel] - ground[channel]);
        }
      }
    }
  }
  return pixels;
}

export const hintonSvg = (cells: Cells, scale: number, cell: number): string => {
  const number = (value: number) => String(Math.round(value * 1000) / 1000);
  const rects = squares(cells, scale, cell).map(({ x, y, side, color }) => `<rect x="${number(x)}" y="${number(y)}" width="${number(side)}" height="${number(side)}" fill="${color}"/>`);
  return `<rect width="${number(cells.cols * cell)}" height="${number(cells.rows * cell)}" fill="${HINTON_GROUND}"/>${rects.join("")}`;
};

/** The window after zooming about a place (shares of the window, 0..1); factors above 1 come nearer. Null for all of it. */
export function zoomedWindow([top, bottom, left, right]: WindowOf, factor: number, atX: number, atY: number, rows: number, cols: number): WindowOf | null {
  const along = (from: number, to: number, at: number, count: number): [number, number] => {
    const span = Math.max(1, Math.min(count, factor > 1 ? Math.floor((to - from) / factor) : Math.ceil((to - from) / factor)));
    const start = Math.round(Math.max(0, Math.min(count - span, from + (to - from - span) * at)));
    return [start, start + span];
  };
  const [down, across] = [along(top, bottom, atY, rows), along(left, right, atX, cols)];
  return down[0] === 0 && down[1] === rows && across[0] === 0 && across[1] === cols ? null : [...down, ...across];
}

/** The window moved by so many cells, as far as the matrix goes. */
export function pannedWindow([top, bottom, left, right]: WindowOf, down: number, across: number, rows: number, cols: number): WindowOf {
  const y = Math.max(-top, Math.min(rows - bottom, down));
  const x = Math.max(-left, Math.min(cols - right, across));
  return [top + y, bottom + y, left + x, right + x];
}

/** The largest weights of a window, by size. */
export function strongest(matrix: WeightMatrix, rowOrder: Int32Array, colOrder: Int32Array, [top, bottom, left, right]: WindowOf, count: number): { from: number; to: number; value: number }[] {
  const found: { from: number; to: number; value: number }[] = [];
  let floor = -1;
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) {
      const value = matrix.values[rowOrder[y] * matrix.cols + colOrder[x]];
      if (Math.abs(value) > floor) {
        found.push({ from: rowOrder[y], to: colOrder[x], value });
        if (found.length >= 4 * count) {
          found.sort((a, b) => Math.abs(b.value) - Math.abs(a.value)).length = count;
          floor = Math.abs(found[count - 1].value);
        }
      }
    }
  }
  return found.sort((a, b) => Math.abs(b.value) - Math.abs(a.value)).slice(0, count);
}
