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
  screen: Float32Array;
  width: number;
  height: number;
  /** Edge length of a thumbnail. */
  edge: number;
  most: number;
  eligible: (row: number) => boolean;
}

const GAP = 4;

/**
 * Places thumbnails greedily. Rows are tried in a fixed scattered order, so that the same view gives the same thumbnails and all
 * regions get some; each may sit at one of eight places around its point.
 */
export function placeInsets(request: InsetRequest): Inset[] {
  const { screen, width, height, edge, most, eligible } = request;
  const count = screen.length / 2;
  const cell = edge + GAP;
  const taken = new Map<string, Inset[]>();
  const placed: Inset[] = [];
  for (let step = 0; step < count && placed.length < most; step++) {
    const row = scattered(step, count);
    const pointX = screen[row * 2];
    const pointY = screen[row * 2 + 1];
    const outside = pointX < 0 || pointY < 0 || pointX > width || pointY > height;
    if (outside || !eligible(row)) {
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

/** A permutation of [0, count): steps by the golden ratio, moved to the next number without a common divisor. */
export function scattered(step: number, count: number): number {
  let stride = Math.max(1, Math.round(count * 0.6180339887));
  while (divisor(stride, count) !== 1) {
    stride++;
  }
  return (step * stride) % count;
}

function divisor(a: number, b: number): number {
  return b === 0 ? a : divisor(b, a % b);
}
