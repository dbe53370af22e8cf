/** Particles as strokes: each a short ribbon that thins out towards where it came from. */
import type { Fit } from "./camera";
import type { Rgb } from "./palette";
import { type Particles, TAIL } from "./particles";
import type { LineStyle, StillLine } from "./streamlines";
import type { Strokes } from "./strokesLayer";

/** Half the width of a head in pixels, with its soft edge. */
const HEAD = 2;
const TIP = 1.1;

/** [step of the fade] opacity along a tail, head first. */
const FADING = Float32Array.from({ length: TAIL }, (_, place) => (1 - place / (TAIL - 1)) ** 1.4);

/**
 * The strokes of particles, which move on by themselves. `style` says what a particle of a field looks like for its speed; nothing
 * moves while `paused` says so.
 */
export function tails(particles: Particles, style: (field: number) => LineStyle, fit: Fit, paused: () => boolean): Strokes {
  const { count } = particles;
  const vertices = count * TAIL * 2;
  const strokes: Strokes = {
    positions: new Float32Array(vertices * 2),
    offsets: new Float32Array(vertices * 2),
    edges: new Float32Array(vertices),
    colors: new Uint8Array(vertices * 4),
    triangles: indices(count),
    advance: (seconds) => {
      if (paused()) {
        return false;
      }
      particles.advance(seconds);
      fill(strokes, particles, styles, fit);
      return true;
    },
  };
  const styles = Array.from({ length: particles.grid.fields }, (_, field) => style(field));
  for (let vertex = 0; vertex < vertices; vertex++) {
    const place = Math.floor(vertex / 2) % TAIL;
    strokes.edges[vertex] = (vertex % 2 === 0 ? 1 : -1) * widthAt(place);
  }
  fill(strokes, particles, styles, fit);
  return strokes;
}

const widthAt = (place: number): number => HEAD + ((TIP - HEAD) * place) / (TAIL - 1);

/** What is fainter than this cannot be seen. */
const UNSEEN = 0.03;

/** The same for a picture that stands still. */
export function stillTails(particles: Particles, style: (field: number) => LineStyle, { middle, half }: Fit): StillLine[] {
  const { places, count } = particles;
  return Array.from({ length: count }, (_, particle): StillLine => {
    const { color, opacity } = style(particles.field[particle])(particles.speed[particle]);
    const at = (place: number) => [0, 1].map((dim) => (places[(place * count + particle) * 2 + dim] - middle[dim]) / half);
    const parts = Array.from({ length: TAIL - 1 }, (_, place) => ({ points: [...at(place), ...at(place + 1)], color, opacity: opacity * particles.presence[particle] * FADING[place] }));
    return { parts: parts.filter((part) => part.opacity > UNSEEN), heads: [] };
  });
}

/** Two triangles between each two places of a tail. */
function indices(count: number): Uint32Array {
  const triangles = new Uint32Array(count * (TAIL - 1) * 6);
  let at = 0;
  for (let particle = 0; particle < count; particle++) {
    for (let place = 0; place < TAIL - 1; place++) {
      const first = (particle * TAIL + place) * 2;
      triangles.set([first, first + 1, first + 2, first + 2, first + 1, first + 3], at);
      at += 6;
    }
  }
  return triangles;
}

function fill(strokes: Strokes, particles: Particles, styles: readonly LineStyle[], fit: Fit): void {
  const { positions, offsets, colors } = strokes;
  const { places, count } = particles;
  for (let particle = 0; particle < count; particle++) {
    const { color, opacity } = styles[particles.field[particle]](particles.speed[particle]);
    const presence = opacity * particles.presence[particle] * 255;
    let [nx, ny] = [0, 0];
    for (let place = 0; place < TAIL; place++) {
      const here = (place * count + particle) * 2;
      if (place < TAIL - 1) {
        const next = here + count * 2;
        const [dx, dy] = [places[here] - places[next], places[here + 1] - places[next + 1]];
        const length = Math.hypot(dx, dy);
        [nx, ny] = length > 0 ? [-dy / length, dx / length] : [nx, ny];
      }
      const x = (places[here] - fit.middle[0]) / fit.half;
      const y = (places[here + 1] - fit.middle[1]) / fit.half;
      const width = widthAt(place);
      const vertex = (particle * TAIL + place) * 2;
      put(positions, vertex, x, y, x, y);
      put(offsets, vertex, nx * width, ny * width, -nx * width, -ny * width);
      tint(colors, vertex, color, presence * FADING[place]);
    }
  }
}

function put(into: Float32Array, vertex: number, x0: number, y0: number, x1: number, y1: number): void {
  const at = vertex * 2;
  into[at] = x0;
  into[at + 1] = y0;
  into[at + 2] = x1;
  into[at + 3] = y1;
}

function tint(colors: Uint8Array, vertex: number, [red, green, blue]: Rgb, alpha: number): void {
  for (const at of [vertex * 4, vertex * 4 + 4]) {
    colors[at] = red;
    colors[at + 1] = green;
    colors[at + 2] = blue;
    colors[at + 3] = alpha;
  }
}
