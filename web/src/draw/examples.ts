/** A network's exact input as pictures: numbers of any range, spread over black to white channel by channel. */
import type { Column } from "../server/columns";

export interface ChannelFacts {
  low: number;
  high: number;
  mean: number;
}

/** Rows of numbers as pictures; vectors are one row of pixels. */
export interface ExampleImages {
  count: number;
  channels: number;
  rows: number;
  cols: number;
  values: Float32Array;
  /** Of each channel over all examples. */
  facts: ChannelFacts[];
}


/** [example, channel, row, col] or [example, column]; null for other shapes. */
export function exampleImages({ shape, values }: Column<Float32Array>): ExampleImages | null {
  if (shape.length !== 4 || shape.some((axis) => axis === 0)) {
    return null;
  }
  const [count, channels, rows, cols] = shape;
  return { count, channels, rows, cols, values, facts: Array.from({ length: channels }, (_, channel) => factsOf(values, count, channels, rows * cols, channel)) };
}

function factsOf(values: Float32Array, count: number, channels: number, size: number, channel: number): ChannelFacts {
  let [low, high, sum] = [Infinity, -Infinity, 0];
  for (let example = 0; example < count; example++) {
    const start = (example * channels + channel) * size;
    for (let at = start; at < start + size; at++) {
      low = Math.min(low, values[at]);
      high = Math.max(high, values[at]);
      sum += values[at];
    }
  }
  return { low, high, mean: sum / (count * size) };
}

/** One example as RGBA: three channels together as red, green and blue, anything else, or one channel, as grey. */
export function examplePixels({ channels, rows, cols, values, facts }: ExampleImages, example: number, channel: number | null): Uint8ClampedArray<ArrayBuffer> {
  const size = rows * cols;
  const rgba = new Uint8ClampedArray(size * 4);
  for (let part = 0; part < 3; part++) {
    const of = channel ?? (channels === 3 ? part : 0);
    const { low, high } = facts[of];
    const start = (example * channels + of) * size;
    const factor = high > low ? 255 / (high - low) : 0;
    for (let at = 0; at < size; at++) {
      rgba[at * 4 + part] = factor === 0 ? 128 : (values[start + at] - low) * factor;
    }
  }
  for (let at = 0; at < size; at++) {
    rgba[at * 4 + 3] = 255;
  }
  return rgba;
}
