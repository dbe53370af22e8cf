/** Colours for numbers: viridis, perceptually even and readable with every common kind of colour vision. */
import { hexToRgb, type Rgb, rgbToHex, type Theme } from "./palette";

const VIRIDIS = [
  "#440154", "#482475", "#414487", "#355f8d", "#2a788e", "#21918c", "#22a884", "#44bf70", "#7ad151", "#bddf26", "#fde725",
].map(hexToRgb);

/** The part of the ramp that stands out from the ground: its brightest end is lost on white, its darkest on black. */
const PART: Record<Theme, [number, number]> = { light: [0, 0.9], dark: [0.16, 1] };

export const STEPS = 256;

const ramps: Partial<Record<Theme, Rgb[]>> = {};

/** The ramp in 256 steps, low to high. */
export function ramp(theme: Theme): readonly Rgb[] {
  const [from, to] = PART[theme];
  ramps[theme] ??= Array.from({ length: STEPS }, (_, step) => viridis(from + ((to - from) * step) / (STEPS - 1)));
  return ramps[theme];
}

function viridis(share: number): Rgb {
  const at = share * (VIRIDIS.length - 1);
  const low = Math.min(VIRIDIS.length - 2, Math.floor(at));
  const [a, b] = [VIRIDIS[low], VIRIDIS[low + 1]];
  const mixed = a.map((part, channel) => Math.round(part + (b[channel] - part) * (at - low)));
  return [mixed[0], mixed[1], mixed[2]];
}

/** The ramp as a CSS gradient, left to right. */
export function rampCss(theme: Theme): string {
  const colors = ramp(theme);
  const stops = [0, 32, 64, 96, 128, 160, 192, 224, 255].map((step) => rgbToHex(colors[step]));
  return `linear-gradient(to right, ${stops.join(", ")})`;
}

/** Numbers of observations and the range that the ramp spans. */
export interface Scale {
  values: Float32Array;
  low: number;
  high: number;
  /** Whether some values lie below or above the range, and so share its end's colour. */
  below: boolean;
  above: boolean;
  /** Observations without a value. */
  missing: number;
  /** Observations per twentieth of the range. */
  bins: number[];
}

const BINS = 20;
/** So many values say where the range's ends are; sorting a million would be felt. */
const LOOKED_AT = 20_000;

/** The middle 98 % of the values span the ramp, so that one outlier does not make all others look alike. */
export function scaleOf(values: Float32Array, range?: readonly [number, number]): Scale {
  const stride = Math.max(1, Math.floor(values.length / LOOKED_AT));
  const some = Float32Array.from({ length: Math.ceil(values.length / stride) }, (_, at) => values[at * stride])
    .filter(Number.isFinite)
    .sort();
  let [least, most, missing] = [Infinity, -Infinity, 0];
  for (let row = 0; row < values.length; row++) {
    const value = values[row];
    if (Number.isFinite(value)) {
      least = Math.min(least, value);
      most = Math.max(most, value);
    } else {
      missing++;
    }
  }
  if (missing === values.length) {
    return { values, low: 0, high: 1, below: false, above: false, missing, bins: new Array<number>(BINS).fill(0) };
  }
  const quantile = (share: number) => some[Math.round(share * (some.length - 1))] ?? least;
  let [low, high] = range ?? [quantile(0.01), quantile(0.99)];
  if (!(high > low)) {
    [low, high] = [least, most];
  }
  const bins = new Array<number>(BINS).fill(0);
  for (let row = 0; row < values.length; row++) {
    const at = Math.floor(((values[row] - low) / (high - low || 1)) * BINS);
    if (Number.isFinite(values[row])) {
      bins[Math.max(0, Math.min(BINS - 1, at))]++;
    }
  }
  const slack = (high - low) * 0.005;
  return { values, low, high, below: least < low - slack, above: most > high + slack, missing, bins };
}

/** The step of the ramp for a value; -1 for none. */
export function stepOf({ values, low, high }: Scale, row: number): number {
  const value = values[row];
  if (!Number.isFinite(value)) {
    return -1;
  }
  const share = high > low ? (value - low) / (high - low) : 0.5;
  return Math.max(0, Math.min(STEPS - 1, Math.round(share * (STEPS - 1))));
}
