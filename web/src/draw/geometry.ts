/** Which points a gesture encloses or touches. Pure arithmetic on screen positions. */

export interface Point {
  x: number;
  y: number;
}

/** Even-odd rule; a point exactly on the lower or left border counts as inside, on the others as outside. */
export function insidePolygon(x: number, y: number, polygon: readonly Point[]): boolean {
  let inside = false;
  for (let at = 0, before = polygon.length - 1; at < polygon.length; before = at++) {
    const a = polygon[at];
    const b = polygon[before];
    if (a.y > y !== b.y > y && x < ((b.x - a.x) * (y - a.y)) / (b.y - a.y) + a.x) {
      inside = !inside;
    }
  }
  return inside;
}

export function rectangle(from: Point, to: Point): Point[] {
  return [from, { x: to.x, y: from.y }, to, { x: from.x, y: to.y }];
}

/** Rows whose position lies inside; rows for which `visible` says no are left out. */
export function enclosed(
  flat: Float32Array,
  polygon: readonly Point[],
  visible: (row: number) => boolean,
): number[] {
  const rows: number[] = [];
  if (polygon.length < 3) {
    return rows;
  }
  const xs = polygon.map((point) => point.x);
  const ys = polygon.map((point) => point.y);
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  for (let row = 0; row * 2 < flat.length; row++) {
    const x = flat[row * 2];
    const y = flat[row * 2 + 1];
    const near = x >= left && x <= right && y >= top && y <= bottom;
    if (near && visible(row) && insidePolygon(x, y, polygon)) {
      rows.push(row);
    }
  }
  return rows;
}
