/** A vector field on a regular grid of vertices: what it is at a point, where there are data at all, how long its vectors are. */

/** Left, bottom, right, top in the layout's own units. */
export type Bounds = readonly [number, number, number, number];

export interface FieldGrid {
  bounds: Bounds;
  /** Vertices per side; row 0 is at the bottom. */
  grid: number;
  fields: number;
  /** [field][row][col][dim] */
  values: Float32Array;
  /** [field][row][col] time that trajectories spend in the cells around the vertex; 0 where there are none */
  coverage: Float32Array;
}

/** Throws a sentence when the parts do not belong together. */
export function fieldGrid(bounds: readonly number[], grid: number, values: Float32Array, coverage: Float32Array): FieldGrid {
  const fields = values.length / (grid * grid * 2);
  if (bounds.length !== 4 || !Number.isInteger(fields) || fields < 1 || coverage.length !== fields * grid * grid) {
    throw new Error(`a field on ${grid} x ${grid} vertices needs 2 values and 1 coverage per vertex, got ${values.length} and ${coverage.length}`);
  }
  const [left, bottom, right, top] = bounds;
  return { bounds: [left, bottom, right, top], grid, fields, values, coverage };
}

/** Whether trajectories pass through a cell: all four of its corners know of some. */
export function covered({ grid, coverage }: FieldGrid, field: number, col: number, row: number): boolean {
  const at = (field * grid + row) * grid + col;
  return coverage[at] > 0 && coverage[at + 1] > 0 && coverage[at + grid] > 0 && coverage[at + grid + 1] > 0;
}

/** Cells of a field that trajectories pass through, as row * (grid - 1) + col. */
export function coveredCells(field: FieldGrid, which: number): Uint32Array {
  const side = field.grid - 1;
  const cells: number[] = [];
  for (let cell = 0; cell < side * side; cell++) {
    if (covered(field, which, cell % side, Math.floor(cell / side))) {
      cells.push(cell);
    }
  }
  return Uint32Array.from(cells);
}

/**
 * The field at a point, into `out`; false, and `out` untouched, where there are no data. Linear on the two triangles of a cell, which
 * is cut from its lower left to its upper right corner, as the field was fitted.
 */
export function sample(field: FieldGrid, which: number, x: number, y: number, out: Float64Array): boolean {
  const { grid, values } = field;
  const [left, bottom, right, top] = field.bounds;
  const across = ((x - left) / (right - left)) * (grid - 1);
  const up = ((y - bottom) / (top - bottom)) * (grid - 1);
  if (!(across >= 0 && up >= 0 && across <= grid - 1 && up <= grid - 1)) {
    return false;
  }
  const col = Math.min(grid - 2, Math.floor(across));
  const row = Math.min(grid - 2, Math.floor(up));
  if (!covered(field, which, col, row)) {
    return false;
  }
  const [fx, fy] = [across - col, up - row];
  const v00 = ((which * grid + row) * grid + col) * 2;
  const v11 = v00 + (grid + 1) * 2;
  const corner = fx > fy ? v00 + 2 : v00 + grid * 2;
  const [a, b, c] = fx > fy ? [1 - fx, fx - fy, fy] : [1 - fy, fy - fx, fx];
  for (let dim = 0; dim < 2; dim++) {
    out[dim] = a * values[v00 + dim] + b * values[corner + dim] + c * values[v11 + dim];
  }
  return true;
}

/** The lengths that colours span: from 0 to what only one vertex in fifty with data exceeds, over all fields. */
export function speedRange(field: FieldGrid): { low: number; high: number; most: number } {
  const { values, coverage } = field;
  const speeds: number[] = [];
  for (let at = 0; at < coverage.length; at++) {
    if (coverage[at] > 0) {
      speeds.push(Math.hypot(values[at * 2], values[at * 2 + 1]));
    }
  }
  speeds.sort((a, b) => a - b);
  const most = speeds[speeds.length - 1] ?? 0;
  return { low: 0, high: speeds[Math.floor((speeds.length - 1) * 0.98)] || most || 1, most };
}

/** Share of the picture's cells where there is nothing to show. */
export function blankShare(field: FieldGrid, which: number): number {
  return 1 - coveredCells(field, which).length / (field.grid - 1) ** 2;
}
