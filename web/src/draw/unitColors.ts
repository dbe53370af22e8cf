/** Colours of neurons: the discriminative map (hue = best class, saturation = score) and numbers that diverge around 0. */
import { hexToRgb, type Rgb, rgbToHex, type Theme } from "./palette";

/** Steps from pale to full per class. */
export const LEVELS = 32;
/** So much of its class's hue the weakest neuron keeps, so that it still says which class. */
const LEAST = 0.14;

const PALE: Record<Theme, Rgb> = { light: [224, 228, 234], dark: [52, 60, 72] };
/** Neurons of which nothing is known. */
export const UNKNOWN: Record<Theme, string> = { light: "#5f7fae", dark: "#7f9fd0" };

/** Neurons in colours by number: `of` says which of `colors` each has. The classes' own colours come first. */
export interface UnitPaint {
  colors: string[];
  of: Uint16Array;
}

/**
 * How a neuron stands within its best class, 0 the weakest and 1 the strongest of all neurons' scores for that class: [unit].
 * Neurons without a best class have 0.
 */
export function standing(values: Float32Array, units: number, best: Int16Array, live: ArrayLike<number>): Float32Array {
  const classes = values.length / Math.max(1, units);
  const [low, high] = [new Float64Array(classes).fill(Infinity), new Float64Array(classes).fill(-Infinity)];
  for (let label = 0; label < classes; label++) {
    for (let at = 0; at < live.length; at++) {
      const score = values[label * units + live[at]];
      low[label] = Math.min(low[label], score);
      high[label] = Math.max(high[label], score);
    }
  }
  return Float32Array.from({ length: units }, (_, unit) => {
    const label = best[unit];
    const span = label < 0 ? 0 : high[label] - low[label];
    return span > 0 ? Math.max(0, Math.min(1, (values[label * units + unit] - low[label]) / span)) : label < 0 ? 0 : 1;
  });
}

/** Saturation grows with the root of the standing: a few strong neurons do not leave all others grey. */
export const levelOf = (share: number): number => Math.round(Math.sqrt(share) * (LEVELS - 1));

/** From pale to the class's own colour. */
export function shade(color: string, level: number, theme: Theme): string {
  const full = hexToRgb(color);
  const share = LEAST + (1 - LEAST) * (level / (LEVELS - 1));
  const mixed = PALE[theme].map((part, channel) => Math.round(part + (full[channel] - part) * share));
  return rgbToHex([mixed[0], mixed[1], mixed[2]]);
}

/** @param emphasis a class that the legend points at; neurons of others become grey */
export function paintBest(live: ArrayLike<number>, best: Int16Array, share: Float32Array, classColors: readonly string[], theme: Theme, emphasis: number | null): UnitPaint {
  const count = classColors.length;
  const grey = rgbToHex(PALE[theme]);
  const colors = [...classColors, ...classColors.flatMap((color) => Array.from({ length: LEVELS }, (_, level) => shade(color, level, theme))), grey];
  const of = Uint16Array.from({ length: live.length }, (_, row) => {
    const label = best[live[row]];
    return label < 0 || label >= count || (emphasis !== null && emphasis !== label) ? colors.length - 1 : count + label * LEVELS + levelOf(share[live[row]]);
  });
  return { colors, of };
}

export function paintPlain(live: ArrayLike<number>, classColors: readonly string[], theme: Theme): UnitPaint {
  return { colors: [...classColors, UNKNOWN[theme]], of: new Uint16Array(live.length).fill(classColors.length) };
}

/** Red above 0, blue below (RdBu); the middle is a grey that both grounds show. */
const BLUE = ["#053061", "#2166ac", "#4393c3", "#92c5de"].map(hexToRgb);
const RED = ["#f4a582", "#d6604d", "#b2182b", "#67001f"].map(hexToRgb);
const MIDDLE: Record<Theme, Rgb> = { light: [214, 217, 222], dark: [74, 82, 94] };
const DIVERGING = 129;

/** From most negative to most positive. */
export function divergingRamp(theme: Theme): Rgb[] {
  // The darkest ends are lost on a dark ground.
  const stops = theme === "light" ? [...BLUE, MIDDLE.light, ...RED] : [...[...BLUE].slice(1).reverse(), MIDDLE.dark, ...[...RED].slice(0, 3).reverse()];
  return Array.from({ length: DIVERGING }, (_, step) => {
    const at = (step / (DIVERGING - 1)) * (stops.length - 1);
    const low = Math.min(stops.length - 2, Math.floor(at));
    const mixed = stops[low].map((part, channel) => Math.round(part + (stops[low + 1][channel] - part) * (at - low)));
    return [mixed[0], mixed[1], mixed[2]];
  });
}

/** The size of value that has the full colour: nearly the largest, so that one outlier does not make all others grey. */
export function reachOf(values: ArrayLike<number>): number {
  const sizes = Float64Array.from(Array.from(values, Math.abs).filter(Number.isFinite)).sort();
  return sizes.length === 0 ? 1 : sizes[Math.min(sizes.length - 1, Math.round(0.99 * (sizes.length - 1)))] || sizes[sizes.length - 1] || 1;
}

/** @param values [row] around 0 */
export function paintDiverging(values: ArrayLike<number>, reach: number, classColors: readonly string[], theme: Theme): UnitPaint {
  const colors = [...classColors, ...divergingRamp(theme).map(rgbToHex)];
  const half = (DIVERGING - 1) / 2;
  const of = Uint16Array.from({ length: values.length }, (_, row) => classColors.length + Math.round(half + half * Math.max(-1, Math.min(1, values[row] / reach))));
  return { colors, of };
}

export const gradient = (colors: readonly Rgb[]): string => `linear-gradient(to right, ${[0, 0.125, 0.25, 0.375, 0.5, 0.625, 0.75, 0.875, 1].map((share) => rgbToHex(colors[Math.round(share * (colors.length - 1))])).join(", ")})`;
