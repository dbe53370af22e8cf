/** Geometry of histograms that share bins and axes: paths for the page and for files alike. */
import { rampColor } from "./trailColors";
import { rgbToHex } from "./palette";

/** Bin i spans [(first + i) * width, (first + i + 1) * width). */
export interface Bins {
  first: number;
  width: number;
  bins: number;
}

/** Where a picture's axes lie, in pixels. */
export interface Frame {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

export const edgeOf = ({ first, width }: Bins, bin: number): number => (first + bin) * width;

export function xOf(bins: Bins, { left, right }: Frame, value: number): number {
  const [low, high] = [edgeOf(bins, 0), edgeOf(bins, bins.bins)];
  return left + ((value - low) / (high - low || 1)) * (right - left);
}

/** The bin under a place; null beside the axis. */
export function binAt({ bins }: Bins, { left, right }: Frame, x: number): number | null {
  const bin = Math.floor(((x - left) / (right - left)) * bins);
  return bin >= 0 && bin < bins ? bin : null;
}

/** How heights follow from shares: the same for all models and epochs. */
export interface Heights {
  /** The largest share of any. */
  most: number;
  /** The share at the floor of a logarithmic axis: less than one value. */
  least: number;
  log: boolean;
}

/** The heights that all of some histograms need. `counts` is [histogram][bin], `outOf` the number of values of each. */
export function heightsFor(counts: readonly (readonly number[])[], outOf: readonly number[], log: boolean): Heights {
  let [most, values] = [0, 1];
  counts.forEach((bins, at) => {
    values = Math.max(values, outOf[at]);
    for (const count of bins) {
      most = Math.max(most, count / Math.max(1, outOf[at]));
    }
  });
  return { most: most || 1, least: 0.5 / values, log };
}

/** 0 at the floor, 1 at the largest. */
export function heightOf({ most, least, log }: Heights, share: number): number {
  if (share <= 0) {
    return 0;
  }
  return log ? Math.max(0, Math.log(share / least) / Math.log(most / least)) : share / most;
}

const text = (value: number): string => String(Math.round(value * 100) / 100);

/** One bar per bin with a hair's breadth between them, as one path. */
export function barsPath(bins: Bins, frame: Frame, counts: readonly number[], outOf: number, heights: Heights): string {
  const step = (frame.right - frame.left) / bins.bins;
  const gap = step > 4 ? 1 : 0;
  let path = "";
  for (let bin = 0; bin < counts.length; bin++) {
    if (counts[bin] > 0) {
      // A bin with a value is seen, however few it has.
      const tall = Math.max(0.75, heightOf(heights, counts[bin] / outOf) * (frame.bottom - frame.top));
      path += `M${text(frame.left + bin * step)} ${text(frame.bottom)}v${text(-tall)}h${text(step - gap)}v${text(tall)}z`;
    }
  }
  return path;
}

/** The outline of a histogram, open or closed along the floor. */
export function outlinePath(bins: Bins, frame: Frame, counts: readonly number[], outOf: number, heights: Heights, closed = false): string {
  const step = (frame.right - frame.left) / bins.bins;
  const y = (bin: number) => text(frame.bottom - heightOf(heights, counts[bin] / Math.max(1, outOf)) * (frame.bottom - frame.top));
  let path = closed ? `M${text(frame.left)} ${text(frame.bottom)}V${y(0)}` : `M${text(frame.left)} ${y(0)}`;
  for (let bin = 0; bin < counts.length; bin++) {
    path += `V${y(bin)}H${text(frame.left + (bin + 1) * step)}`;
  }
  return closed ? `${path}V${text(frame.bottom)}z` : path;
}

/** Round numbers within a range, about as many as asked for. */
export function ticks(low: number, high: number, most: number): number[] {
  const span = high - low;
  if (!(span > 0) || most < 1) {
    return [];
  }
  const rough = span / most;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((size) => size >= rough * 0.75) ?? 10 * power;
  const found: number[] = [];
  for (let at = Math.ceil(low / step - 1e-9); at * step <= high + step * 1e-9; at++) {
    found.push(at === 0 ? 0 : Number((at * step).toPrecision(12)));
  }
  return found;
}

/** Ticks of the heights: shares. */
export function heightTicks(heights: Heights, most: number): number[] {
  if (!heights.log) {
    return ticks(0, heights.most, most);
  }
  const powers: number[] = [];
  for (let power = Math.ceil(Math.log10(heights.least) - 1e-9); 10 ** power <= heights.most; power++) {
    powers.push(Number(`1e${power}`));
  }
  const every = Math.ceil(powers.length / Math.max(1, most));
  return powers.filter((_, at) => (powers.length - 1 - at) % every === 0);
}

/** The hue of time where nothing else has one. */
const TIME_HUE = 233;

/** Dark early, bright late. */
export const timeColor = (share: number): string => rgbToHex(rampColor(TIME_HUE, share));

/** The frame of one epoch's histogram where those of all epochs stand behind each other: earliest at the back. */
export function ridgeFrame(frame: Frame, at: number, epochs: number): Frame {
  const [most, tallest] = [Math.max(1, epochs - 1), Math.min(0.6, 6 / (epochs + 4))];
  const tall = (frame.bottom - frame.top) * tallest;
  const bottom = frame.top + tall + ((frame.bottom - frame.top - tall) * at) / most;
  return { ...frame, top: bottom - tall, bottom: epochs === 1 ? frame.bottom : bottom };
}
