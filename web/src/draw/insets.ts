/** Thumbnails in the picture: as many as fit without touching each other, each near its point. */

export interface Inset {
  row: number;
  /** The thumbnail's centre and its point, in pixels. */
  x: number;
  y: number;
  pointX: number;
  pointY: number;
}

export interface InsetRequest {
  count: number;
  /** Where a row lies, in pixels. */
  position: (row: number) => readonly [number, number] | null;
  width: number;
  height: number;
  /** Edge length of a thumbnail. */
  edge: number;
  most: number;
  eligible: (row: number) => boolean;
}

const GAP = 4;
/** So many rows are tried: a million would not find better places. */
const MOST_TRIES = 6000;

/**
 * Places thumbnails greedily. Rows are tried in a fixed scattered order, so that the same view gives the same thumbnails and all
 * regions get some; each may sit at one of eight places around its point.
 */
export function placeInsets(request: InsetRequest): Inset[] {
  const { count, position, width, height, edge, most, eligible } = request;
  const stride = strideOf(count);
  const cell = edge + GAP;
  const taken = new Map<string, Inset[]>();
  const placed: Inset[] = [];
  for (let step = 0; step < Math.min(count, MOST_TRIES) && placed.length < most; step++) {
    const row = (step * stride) % count;
    const at = eligible(row) ? position(row) : null;
    if (at === null) {
      continue;
    }
    const [pointX, pointY] = at;
    const outside = pointX < 0 || pointY < 0 || pointX > width || pointY > height;
    if (outside) {
      continue;
    }
    for (let side = 0; side < 8; side++) {
      const angle = (side * Math.PI) / 4;
      const inset = { row, pointX, pointY, x: pointX + Math.cos(angle) * cell, y: pointY + Math.sin(angle) * cell };
      if (fits(inset, request, taken)) {
        placed.push(inset);
        const key = keyOf(inset, cell, 0, 0);
        taken.set(key, [...(taken.get(key) ?? []), inset]);
        break;
      }
    }
  }
  return placed;
}

function fits(inset: Inset, { width, height, edge }: InsetRequest, taken: Map<string, Inset[]>): boolean {
  const half = edge / 2 + 1;
  if (inset.x < half || inset.y < half || inset.x > width - half || inset.y > height - half) {
    return false;
  }
  const cell = edge + GAP;
  for (const dx of [-1, 0, 1]) {
    for (const dy of [-1, 0, 1]) {
      const near = taken.get(keyOf(inset, cell, dx, dy)) ?? [];
      if (near.some((other) => Math.abs(other.x - inset.x) < cell && Math.abs(other.y - inset.y) < cell)) {
        return false;
      }
    }
  }
  return true;
}

const keyOf = ({ x, y }: Inset, cell: number, dx: number, dy: number): string =>
  `${Math.floor(x / cell) + dx}:${Math.floor(y / cell) + dy}`;

/** Steps of this size visit each of [0, count) once, scattered: by the golden ratio, moved to the next without a common divisor. */
export function strideOf(count: number): number {
  let stride = Math.max(1, Math.round(count * 0.6180339887));
  while (divisor(stride, count) !== 1) {
    stride++;
  }
  return stride;
}

function divisor(a: number, b: number): number {
  return b === 0 ? a : divisor(b, a % b);
}
