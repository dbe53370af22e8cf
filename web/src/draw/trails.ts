/** The geometry of trails: one polyline per observation through all steps, straight between them or bundled. Plain arithmetic. */
import type { Fit } from "./camera";

/** Trails in the canvas's units, ready for the GPU. */
export interface Trails {
  /** Number of trails, of steps, and of samples: sample m * perSegment belongs to step m. */
  count: number;
  steps: number;
  perSegment: number;
  samples: number;
  /** [trail][sample][axis] linear between the steps */
  straight: Float32Array;
  /** [trail][sample][axis]; the same array as `straight` where there is no bundle */
  bundled: Float32Array;
}

/**
 * Trails from the layouts of all steps.
 * @param layouts [step][observation][axis] in the canvas's units
 * @param perSegment samples from one step to the next
 */
export function straightTrails(layouts: Float32Array, steps: number, perSegment = 1): Trails {
  const count = layouts.length / steps / 2;
  const samples = (steps - 1) * perSegment + 1;
  const straight = new Float32Array(count * samples * 2);
  for (let sample = 0; sample < samples; sample++) {
    const step = Math.min(steps - 2, Math.floor(sample / perSegment));
    const share = steps === 1 ? 0 : sample / perSegment - step;
    const from = Math.max(0, step) * count * 2;
    const to = share === 0 ? from : from + count * 2;
    for (let trail = 0; trail < count; trail++) {
      const at = (trail * samples + sample) * 2;
      const [a, b] = [from + trail * 2, to + trail * 2];
      straight[at] = share === 1 ? layouts[b] : layouts[a] + (layouts[b] - layouts[a]) * share;
      straight[at + 1] = share === 1 ? layouts[b + 1] : layouts[a + 1] + (layouts[b + 1] - layouts[a + 1]) * share;
    }
  }
  return { count, steps, perSegment, samples, straight, bundled: straight };
}

/** The same trails with their bundled positions, which come in the layout's own units. */
export function withBundle(trails: Trails, bundled: Float32Array, { middle, half }: Fit): Trails {
  if (bundled.length !== trails.straight.length) {
    throw new Error(`the bundle must have ${trails.straight.length} numbers for ${trails.count} trails of ${trails.samples} samples, got ${bundled.length}`);
  }
  const moved = new Float32Array(bundled.length);
  for (let at = 0; at < bundled.length; at += 2) {
    moved[at] = (bundled[at] - middle[0]) / half;
    moved[at + 1] = (bundled[at + 1] - middle[1]) / half;
  }
  return { ...trails, bundled: moved };
}

/** Some of the trails, as trails of their own. */
export function someTrails(trails: Trails, rows: readonly number[]): Trails {
  const length = trails.samples * 2;
  const pick = (all: Float32Array) => {
    const picked = new Float32Array(rows.length * length);
    rows.forEach((row, at) => picked.set(all.subarray(row * length, (row + 1) * length), at * length));
    return picked;
  };
  const straight = pick(trails.straight);
  return { ...trails, count: rows.length, straight, bundled: trails.bundled === trails.straight ? straight : pick(trails.bundled) };
}

/** The mean trail of each class; a class without observations has none, and its rows are zero. */
export function meanTrails(trails: Trails, labels: ArrayLike<number>, classes: number): Trails {
  const counts = new Float64Array(classes);
  for (let trail = 0; trail < trails.count; trail++) {
    counts[labels[trail]]++;
  }
  const length = trails.samples * 2;
  const mean = (all: Float32Array) => {
    const sums = new Float64Array(classes * length);
    for (let trail = 0; trail < trails.count; trail++) {
      const base = labels[trail] * length;
      for (let at = 0; at < length; at++) {
        sums[base + at] += all[trail * length + at];
      }
    }
    return Float32Array.from(sums, (sum, at) => sum / (counts[Math.floor(at / length)] || 1));
  };
  const straight = mean(trails.straight);
  return { ...trails, count: classes, straight, bundled: trails.bundled === trails.straight ? straight : mean(trails.bundled) };
}

/** Between straight (0) and bundled (1): [sample][axis] of one trail. */
export function trailAt(trails: Trails, row: number, strength: number): Float32Array {
  const length = trails.samples * 2;
  return Float32Array.from({ length }, (_, at) => {
    const from = trails.straight[row * length + at];
    return from + (trails.bundled[row * length + at] - from) * strength;
  });
}

/** Before which step a moment lies, and how far it is to the next. */
export function moment(at: number, steps: number): { step: number; share: number } {
  const within = Math.max(0, Math.min(steps - 1, at));
  const step = Math.max(0, Math.min(steps - 2, Math.floor(within)));
  return { step, share: within - step };
}

/** [observation][axis] at a moment between two steps. */
export function positionsAt(layouts: Float32Array, steps: number, at: number): Float32Array {
  const { step, share } = moment(at, steps);
  const length = layouts.length / steps;
  const from = layouts.subarray(step * length, (step + 1) * length);
  if (share === 0 || steps === 1) {
    return from;
  }
  const to = layouts.subarray((step + 1) * length, (step + 2) * length);
  return share === 1 ? to : from.map((value, place) => value + (to[place] - value) * share);
}

/** Distance between the steps: [transition][observation], in the units of the layouts. */
export function stepLengths(layouts: Float32Array, steps: number): Float32Array {
  const count = layouts.length / steps / 2;
  const lengths = new Float32Array((steps - 1) * count);
  for (let step = 0; step < steps - 1; step++) {
    for (let row = 0; row < count; row++) {
      const a = (step * count + row) * 2;
      const b = a + count * 2;
      lengths[step * count + row] = Math.hypot(layouts[b] - layouts[a], layouts[b + 1] - layouts[a + 1]);
    }
  }
  return lengths;
}

/** How far each observation moves between two moments. */
export function lengthsWithin(stepLength: Float32Array, steps: number, from: number, to: number): Float32Array {
  const count = stepLength.length / Math.max(1, steps - 1);
  const lengths = new Float32Array(count);
  for (let step = 0; step < steps - 1; step++) {
    const share = Math.max(0, Math.min(to, step + 1) - Math.max(from, step));
    for (let row = 0; share > 0 && row < count; row++) {
      lengths[row] += stepLength[step * count + row] * share;
    }
  }
  return lengths;
}

/** How opaque one of many trails is: where they cover the picture many times over, they let through how many there are. */
export function trailOpacity(count: number, side: number): number {
  const perPixel = count / Math.max(1, side);
  return Math.max(0.05, Math.min(0.9, 0.6 / Math.sqrt(Math.max(perPixel, 0.08))));
}

/** Ends a line in an index of line strips. */
export const RESTART = 0xffffffff;

/** The index of line strips over some trails, in this order. */
export function stripIndex(rows: ArrayLike<number>, samples: number): Uint32Array {
  const index = new Uint32Array(rows.length * (samples + 1));
  let at = 0;
  for (let place = 0; place < rows.length; place++) {
    const first = rows[place] * samples;
    for (let sample = 0; sample < samples; sample++) {
      index[at++] = first + sample;
    }
    index[at++] = RESTART;
  }
  return index;
}
