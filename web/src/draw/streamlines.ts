/** From streamline points as the server sends them to ribbons and arrowheads that a GPU draws. */
import type { Fit } from "./camera";
import type { Rgb } from "./palette";

/** Numbers per point: line, x, y, speed. */
const WIDTH = 4;

/** One line's points: [from, to) in the list of all. */
export interface Line {
  from: number;
  to: number;
}

/** Where lines begin and end in points of line, x, y, speed; a line needs two points. */
export function linesOf(points: Float32Array): Line[] {
  const count = points.length / WIDTH;
  const lines: Line[] = [];
  let from = 0;
  for (let at = 1; at <= count; at++) {
    if (at === count || points[at * WIDTH] !== points[from * WIDTH]) {
      if (at - from >= 2) {
        lines.push({ from, to: at });
      }
      from = at;
    }
  }
  return lines;
}

/** How a part of a line looks for its speed. */
export type LineStyle = (speed: number) => { color: Rgb; opacity: number };

export interface Ribbons {
  /** [vertex * 2 + dim] on the canvas */
  positions: Float32Array;
  /** [vertex * 2 + dim] from there, in pixels */
  offsets: Float32Array;
  /** [vertex] distance from the middle of the stroke, in pixels */
  edges: Float32Array;
  /** [vertex * 4 + channel] */
  colors: Uint8Array;
  triangles: Uint32Array;
  lines: number;
  arrows: number;
}

/** Half the stroke in pixels, and the room around it for a soft edge. */
export const HALF_STROKE = 0.7;
const SOFT = HALF_STROKE + 1;
/** Arrowheads: how far back and how far aside their arms reach, in pixels; how far apart they stand on the canvas. */
const BACK = 5.5;
const ASIDE = 3;
const APART = 0.17;
/** A line shorter than this has no arrowhead: there is no room for one. */
const SHORTEST = 0.035;

/** Several lists of points, each in its own style, as one mesh. */
export function ribbons(parts: readonly { points: Float32Array; style: LineStyle }[], fit: Fit): Ribbons {
  const mesh = new Mesh();
  let [lines, arrows] = [0, 0];
  for (const { points, style } of parts) {
    for (const line of linesOf(points)) {
      lines++;
      arrows += addLine(mesh, points, line, style, fit);
    }
  }
  return { ...mesh.done(), lines, arrows };
}

function addLine(mesh: Mesh, points: Float32Array, { from, to }: Line, style: LineStyle, fit: Fit): number {
  const count = to - from;
  const at = Array.from({ length: count }, (_, index) => {
    const point = (from + index) * WIDTH;
    return [(points[point + 1] - fit.middle[0]) / fit.half, (points[point + 2] - fit.middle[1]) / fit.half] as const;
  });
  const along = [0];
  for (let index = 1; index < count; index++) {
    along.push(along[index - 1] + Math.hypot(at[index][0] - at[index - 1][0], at[index][1] - at[index - 1][1]));
  }
  const whole = along[count - 1];
  const heads = whole < SHORTEST ? 0 : Math.max(1, Math.round(whole / APART));
  let placed = 0;
  for (let index = 0; index < count; index++) {
    const speed = points[(from + index) * WIDTH + 3];
    const { color, opacity } = style(speed);
    const [dx, dy] = direction(at, index);
    mesh.strip(at[index], [-dy, dx], color, opacity, index > 0);
    // The first head stands in the middle of its share, so that short lines have theirs in the middle too.
    if (placed < heads && along[index] >= ((placed + 0.5) * whole) / heads) {
      placed++;
      mesh.arrow(at[index], [dx, dy], color, Math.min(1, opacity * 1.25));
    }
  }
  return placed;
}

/** The unit vector along a line at one of its points. */
function direction(at: readonly (readonly [number, number])[], index: number): [number, number] {
  const before = at[Math.max(0, index - 1)];
  const after = at[Math.min(at.length - 1, index + 1)];
  const length = Math.hypot(after[0] - before[0], after[1] - before[1]);
  return length === 0 ? [1, 0] : [(after[0] - before[0]) / length, (after[1] - before[1]) / length];
}

class Mesh {
  private readonly positions: number[] = [];
  private readonly offsets: number[] = [];
  private readonly edges: number[] = [];
  private readonly colors: number[] = [];
  private readonly triangles: number[] = [];

  /** One more place of a ribbon: two vertices, and two triangles back to the place before. */
  strip(at: readonly [number, number], normal: readonly [number, number], color: Rgb, opacity: number, joined: boolean): void {
    const first = this.edges.length;
    this.vertex(at, [normal[0] * SOFT, normal[1] * SOFT], SOFT, color, opacity);
    this.vertex(at, [-normal[0] * SOFT, -normal[1] * SOFT], -SOFT, color, opacity);
    if (joined) {
      this.triangles.push(first - 2, first - 1, first, first, first - 1, first + 1);
    }
  }

  /** Two strokes from a tip backwards, the same size at every zoom. */
  arrow(at: readonly [number, number], [dx, dy]: readonly [number, number], color: Rgb, opacity: number): void {
    for (const side of [1, -1]) {
      const end = [-dx * BACK - dy * ASIDE * side, -dy * BACK + dx * ASIDE * side];
      const length = Math.hypot(end[0], end[1]);
      const [nx, ny] = [(-end[1] / length) * SOFT, (end[0] / length) * SOFT];
      const first = this.edges.length;
      this.vertex(at, [nx, ny], SOFT, color, opacity);
      this.vertex(at, [-nx, -ny], -SOFT, color, opacity);
      this.vertex(at, [end[0] + nx, end[1] + ny], SOFT, color, opacity);
      this.vertex(at, [end[0] - nx, end[1] - ny], -SOFT, color, opacity);
      this.triangles.push(first, first + 1, first + 2, first + 2, first + 1, first + 3);
    }
  }

  done(): Omit<Ribbons, "lines" | "arrows"> {
    return {
      positions: Float32Array.from(this.positions),
      offsets: Float32Array.from(this.offsets),
      edges: Float32Array.from(this.edges),
      colors: Uint8Array.from(this.colors),
      triangles: Uint32Array.from(this.triangles),
    };
  }

  private vertex(at: readonly [number, number], offset: readonly [number, number], edge: number, color: Rgb, opacity: number): void {
    this.positions.push(at[0], at[1]);
    this.offsets.push(offset[0], offset[1]);
    this.edges.push(edge);
    this.colors.push(color[0], color[1], color[2], Math.round(255 * opacity));
  }
}
