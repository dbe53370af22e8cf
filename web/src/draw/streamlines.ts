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
  const points = parts.reduce((sum, part) => sum + part.points.length / WIDTH, 0);
  const mesh = new Mesh(points * 3);
  let [lines, arrows] = [0, 0];
  for (const { points: all, style } of parts) {
    for (const line of linesOf(all)) {
      lines++;
      arrows += addLine(mesh, all, line, style, fit);
    }
  }
  return { ...mesh.done(), lines, arrows };
}

function addLine(mesh: Mesh, points: Float32Array, line: Line, style: LineStyle, fit: Fit): number {
  let [joined, heads] = [false, 0];
  trace(points, line, fit, (x, y, dx, dy, speed, head) => {
    const { color, opacity } = style(speed);
    mesh.paint(color, opacity);
    mesh.strip(x, y, -dy, dx, joined);
    joined = true;
    if (head) {
      heads++;
      mesh.paint(color, clearerHead(opacity));
      mesh.arrow(x, y, dx, dy);
    }
  });
  return heads;
}

const clearerHead = (opacity: number): number => Math.min(1, opacity * 1.25);

/** Walks along a line on the canvas: each place, which way the line goes there, how fast, and whether an arrowhead stands there. */
function trace(points: Float32Array, { from, to }: Line, { middle, half }: Fit, visit: (x: number, y: number, dx: number, dy: number, speed: number, head: boolean) => void): void {
  const count = to - from;
  const xs = new Float64Array(count);
  const ys = new Float64Array(count);
  const along = new Float64Array(count);
  for (let at = 0; at < count; at++) {
    xs[at] = (points[(from + at) * WIDTH + 1] - middle[0]) / half;
    ys[at] = (points[(from + at) * WIDTH + 2] - middle[1]) / half;
    along[at] = at === 0 ? 0 : along[at - 1] + Math.hypot(xs[at] - xs[at - 1], ys[at] - ys[at - 1]);
  }
  const whole = along[count - 1];
  const heads = whole < SHORTEST ? 0 : Math.max(1, Math.round(whole / APART));
  let placed = 0;
  for (let at = 0; at < count; at++) {
    const [before, after] = [Math.max(0, at - 1), Math.min(count - 1, at + 1)];
    const length = Math.hypot(xs[after] - xs[before], ys[after] - ys[before]) || 1;
    // Each head stands in the middle of its share of the line, so that short lines have theirs in the middle too.
    const head = placed < heads && along[at] >= ((placed + 0.5) * whole) / heads;
    placed += head ? 1 : 0;
    visit(xs[at], ys[at], (xs[after] - xs[before]) / length, (ys[after] - ys[before]) / length, points[(from + at) * WIDTH + 3], head);
  }
}

/** A line of a field for a still picture: parts within which the colour hardly changes, and arrowheads. */
export interface StillLine {
  parts: { /** x, y on the canvas */ points: number[]; color: Rgb; opacity: number }[];
  heads: { x: number; y: number; dx: number; dy: number; color: Rgb; opacity: number }[];
}

/** Points of a line that share a colour in a still picture. */
const PER_PART = 5;

/** Several lists of points, each in its own style, line by line. */
export function stillLines(parts: readonly { points: Float32Array; style: LineStyle }[], fit: Fit): StillLine[] {
  return parts.flatMap(({ points, style }) =>
    linesOf(points).map((line) => {
      const still: StillLine = { parts: [], heads: [] };
      let passed = 0;
      trace(points, line, fit, (x, y, dx, dy, speed, head) => {
        const look = style(speed);
        const last = still.parts[still.parts.length - 1];
        last?.points.push(x, y);
        if (passed++ % PER_PART === 0 && passed <= line.to - line.from - 1) {
          still.parts.push({ points: [x, y], ...look });
        }
        if (head) {
          still.heads.push({ x, y, dx, dy, color: look.color, opacity: clearerHead(look.opacity) });
        }
      });
      return still;
    }),
  );
}

/** The arms of an arrowhead in pixels from its tip, y downwards: x, y of one end, the tip, the other end. */
export function headArms(dx: number, dy: number): number[] {
  const arm = (side: number) => [-dx * BACK - dy * ASIDE * side, dy * BACK - dx * ASIDE * side];
  return [...arm(1), 0, 0, ...arm(-1)];
}

/** Vertices and triangles in arrays that grow. */
class Mesh {
  private positions: Float32Array;
  private offsets: Float32Array;
  private edges: Float32Array;
  private colors: Uint32Array;
  private triangles: Uint32Array;
  private vertices = 0;
  private corners = 0;
  private readonly color = new Uint8Array(4);
  private readonly packed = new Uint32Array(this.color.buffer);

  constructor(expected: number) {
    const room = Math.max(16, Math.ceil(expected));
    this.positions = new Float32Array(room * 2);
    this.offsets = new Float32Array(room * 2);
    this.edges = new Float32Array(room);
    this.colors = new Uint32Array(room);
    this.triangles = new Uint32Array(room * 3);
  }

  /** The colour of the vertices to come. */
  paint([red, green, blue]: Rgb, opacity: number): void {
    this.color[0] = red;
    this.color[1] = green;
    this.color[2] = blue;
    this.color[3] = Math.round(255 * opacity);
  }

  /** One more place of a ribbon: two vertices, and two triangles back to the place before. */
  strip(x: number, y: number, nx: number, ny: number, joined: boolean): void {
    const first = this.vertices;
    this.vertex(x, y, nx * SOFT, ny * SOFT, SOFT);
    this.vertex(x, y, -nx * SOFT, -ny * SOFT, -SOFT);
    if (joined) {
      this.quad(first - 2);
    }
  }

  /** Two strokes from a tip backwards, the same size at every zoom. */
  arrow(x: number, y: number, dx: number, dy: number): void {
    for (const side of [1, -1]) {
      const [endX, endY] = [-dx * BACK - dy * ASIDE * side, -dy * BACK + dx * ASIDE * side];
      const length = Math.hypot(endX, endY);
      const [nx, ny] = [(-endY / length) * SOFT, (endX / length) * SOFT];
      const first = this.vertices;
      this.vertex(x, y, nx, ny, SOFT);
      this.vertex(x, y, -nx, -ny, -SOFT);
      this.vertex(x, y, endX + nx, endY + ny, SOFT);
      this.vertex(x, y, endX - nx, endY - ny, -SOFT);
      this.quad(first);
    }
  }

  done(): Omit<Ribbons, "lines" | "arrows"> {
    const { vertices } = this;
    return {
      positions: this.positions.slice(0, vertices * 2),
      offsets: this.offsets.slice(0, vertices * 2),
      edges: this.edges.slice(0, vertices),
      colors: new Uint8Array(this.colors.slice(0, vertices).buffer),
      triangles: this.triangles.slice(0, this.corners),
    };
  }

  private vertex(x: number, y: number, offsetX: number, offsetY: number, edge: number): void {
    const at = this.vertices++;
    if (at === this.edges.length) {
      this.positions = grown(this.positions);
      this.offsets = grown(this.offsets);
      this.edges = grown(this.edges);
      this.colors = grown(this.colors);
    }
    this.positions[at * 2] = x;
    this.positions[at * 2 + 1] = y;
    this.offsets[at * 2] = offsetX;
    this.offsets[at * 2 + 1] = offsetY;
    this.edges[at] = edge;
    this.colors[at] = this.packed[0];
  }

  /** Between four vertices that follow each other. */
  private quad(first: number): void {
    if (this.corners + 6 > this.triangles.length) {
      this.triangles = grown(this.triangles);
    }
    const { triangles } = this;
    triangles[this.corners++] = first;
    triangles[this.corners++] = first + 1;
    triangles[this.corners++] = first + 2;
    triangles[this.corners++] = first + 2;
    triangles[this.corners++] = first + 1;
    triangles[this.corners++] = first + 3;
  }
}

function grown<A extends Float32Array | Uint32Array>(array: A): A {
  const larger = new (array.constructor as new (length: number) => A)(array.length * 2);
  larger.set(array);
  return larger;
}
