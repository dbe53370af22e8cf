/** Linear pictures of images: along two pixels, or along two weight images that a person paints. Pure arithmetic. */

/** Images of some observations, pixel by pixel: all values of one pixel lie together. */
export interface PixelColumns {
  /** The observations that the columns are about, ascending. */
  rows: Uint32Array;
  /** Pixels of an image; the channels of a colour image count as their mean. */
  pixels: number;
  /** [pixel * rows.length + at] from 0 to 1 */
  values: Float32Array;
}

/** @param images [at, channel, pixel] from 0 to 255 */
export function pixelColumns(rows: Uint32Array, images: Uint8Array, channels: number, pixels: number): PixelColumns {
  const count = rows.length;
  const values = new Float32Array(pixels * count);
  for (let at = 0; at < count; at++) {
    for (let channel = 0; channel < channels; channel++) {
      const start = (at * channels + channel) * pixels;
      for (let pixel = 0; pixel < pixels; pixel++) {
        values[pixel * count + at] += images[start + pixel] / (255 * channels);
      }
    }
  }
  return { rows, pixels, values };
}

/** [pixel] the mean over the images, or over those that a test accepts. */
export function meanImage({ rows, pixels, values }: PixelColumns, accept: (row: number) => boolean = () => true): Float32Array {
  const count = rows.length;
  const chosen = rows.map((row) => (accept(row) ? 1 : 0));
  const total = chosen.reduce((sum, one) => sum + one, 0) || 1;
  return Float32Array.from({ length: pixels }, (_, pixel) => {
    let sum = 0;
    for (let at = 0; at < count; at++) {
      sum += chosen[at] * values[pixel * count + at];
    }
    return sum / total;
  });
}

/** [pixel] the variance over the images. */
export function variances(columns: PixelColumns, mean = meanImage(columns)): Float32Array {
  const { rows, pixels, values } = columns;
  return Float32Array.from({ length: pixels }, (_, pixel) => {
    let sum = 0;
    for (let at = 0; at < rows.length; at++) {
      sum += (values[pixel * rows.length + at] - mean[pixel]) ** 2;
    }
    return sum / Math.max(1, rows.length);
  });
}

/** Two pixels to begin with: one that varies most, and among the lively ones the one that goes least along with it. */
export function tellingPixels(columns: PixelColumns): [number, number] {
  const mean = meanImage(columns);
  const variance = variances(columns, mean);
  const most = variance.reduce((high, value) => Math.max(high, value), 0);
  const lively = Array.from(variance.keys())
    .filter((pixel) => variance[pixel] >= most / 5)
    .sort((a, b) => variance[b] - variance[a])
    .slice(0, 60);
  const [first] = lively;
  const count = columns.rows.length;
  const along = (pixel: number): number => {
    let sum = 0;
    for (let at = 0; at < count; at++) {
      sum += (columns.values[first * count + at] - mean[first]) * (columns.values[pixel * count + at] - mean[pixel]);
    }
    return Math.abs(sum / count / Math.sqrt(variance[first] * variance[pixel] || 1));
  };
  const others = lively.slice(1).map((pixel) => [along(pixel), pixel] as const);
  const [, second] = others.sort((a, b) => a[0] - b[0])[0] ?? [0, first];
  return [first ?? 0, second ?? 0];
}

/** [at] each image's weighted sum of pixels, measured from the mean image. */
export function along({ rows, pixels, values }: PixelColumns, weights: Float32Array, mean: Float32Array): Float32Array {
  const sums = new Float32Array(rows.length);
  let middle = 0;
  for (let pixel = 0; pixel < pixels; pixel++) {
    const weight = weights[pixel];
    if (weight !== 0) {
      middle += weight * mean[pixel];
      const start = pixel * rows.length;
      for (let at = 0; at < sums.length; at++) {
        sums[at] += weight * values[start + at];
      }
    }
  }
  for (let at = 0; at < sums.length; at++) {
    sums[at] -= middle;
  }
  return sums;
}

const ROUNDS = 24;
/** So many images are enough to find the directions of most spread. */
const MOST_IMAGES = 1500;

/** The two directions of most spread, of length one, by power iteration; the second at right angles to the first. */
export function principal(columns: PixelColumns): [Float32Array, Float32Array] {
  const some = thinned(columns, MOST_IMAGES);
  const mean = meanImage(some);
  const first = direction(some, mean, null);
  return [first, direction(some, mean, first)];
}

function direction(columns: PixelColumns, mean: Float32Array, other: Float32Array | null): Float32Array {
  const { rows, pixels, values } = columns;
  let weights = unit(Float32Array.from({ length: pixels }, (_, pixel) => Math.sin(pixel * 12.9898 + (other === null ? 0 : 4))));
  for (let round = 0; round < ROUNDS; round++) {
    const sums = along(columns, weights, mean);
    const next = new Float32Array(pixels);
    for (let pixel = 0; pixel < pixels; pixel++) {
      let sum = 0;
      for (let at = 0; at < rows.length; at++) {
        sum += sums[at] * (values[pixel * rows.length + at] - mean[pixel]);
      }
      next[pixel] = sum;
    }
    weights = unit(other === null ? next : without(next, other));
  }
  return weights;
}

function thinned({ rows, pixels, values }: PixelColumns, most: number): PixelColumns {
  const every = Math.ceil(rows.length / most);
  if (every <= 1) {
    return { rows, pixels, values };
  }
  const kept = rows.filter((_, at) => at % every === 0);
  const fewer = new Float32Array(kept.length * pixels);
  for (let pixel = 0; pixel < pixels; pixel++) {
    for (let at = 0; at < kept.length; at++) {
      fewer[pixel * kept.length + at] = values[pixel * rows.length + at * every];
    }
  }
  return { rows: kept, pixels, values: fewer };
}

export const dot = (a: Float32Array, b: Float32Array): number => a.reduce((sum, value, at) => sum + value * b[at], 0);

export function unit(weights: Float32Array): Float32Array {
  const length = Math.sqrt(dot(weights, weights)) || 1;
  return weights.map((weight) => weight / length);
}

function without(weights: Float32Array, other: Float32Array): Float32Array {
  const share = dot(weights, other);
  return weights.map((weight, at) => weight - share * other[at]);
}

/** One image's pixels, measured from the mean. */
export function centred(columns: PixelColumns, at: number, mean: Float32Array): Float32Array {
  return mean.map((middle, pixel) => columns.values[pixel * columns.rows.length + at] - middle);
}

/** The weights after pulling one image by so much along them: the smallest change that moves it there. */
export function pulled(weights: Float32Array, image: Float32Array, by: number): Float32Array {
  const size = dot(image, image) || 1;
  return weights.map((weight, pixel) => weight + (by * image[pixel]) / size);
}

/** Adds a soft brush's stroke at a pixel of a picture. */
export function painted(weights: Float32Array, cols: number, row: number, col: number, strength: number): Float32Array {
  const next = weights.slice();
  const rows = weights.length / cols;
  for (let y = Math.max(0, row - 2); y <= Math.min(rows - 1, row + 2); y++) {
    for (let x = Math.max(0, col - 2); x <= Math.min(cols - 1, col + 2); x++) {
      const near = Math.exp(-((y - row) ** 2 + (x - col) ** 2) / 1.6);
      const at = y * cols + x;
      next[at] = strength === 0 ? next[at] * (1 - near) : next[at] + strength * near;
    }
  }
  return next;
}

/** A layout for all observations: where the columns' rows lie, and no place (NaN) for the others. */
export function scattered(count: number, rows: Uint32Array, xs: Float32Array, ys: Float32Array): Float32Array {
  const layout = new Float32Array(count * 2).fill(Number.NaN);
  for (let at = 0; at < rows.length; at++) {
    layout[rows[at] * 2] = xs[at];
    layout[rows[at] * 2 + 1] = ys[at];
  }
  return layout;
}

/** A hair's breadth per row and axis, always the same, so that equal values do not hide each other. */
export function hair(row: number, axis: number): number {
  const wave = Math.sin(row * 127.1 + axis * 311.7) * 43_758.5453;
  return wave - Math.floor(wave) - 0.5;
}
