/** Colours of trails: hue = class, luminance = time, dark early and bright late, in OKLCH (Ottosson 2020). */
import type { PaletteName } from "../state/workspace";
import { classColors, hexToRgb, type Rgb, type Theme } from "./palette";

/** Steps of a ramp. */
export const RAMP = 64;

/** Lightness at the first and the last moment, and how much colour there is where the screen can show it. */
const [EARLY, LATE] = [0.44, 0.84];
const CHROMA = 0.17;

/** Trails lie on a dark ground in both themes, so that bright stays bright in the light one. */
export const TRAIL_GROUND: Record<Theme, string> = { light: "#232933", dark: "#10141a" };
/** Lines and words over that ground. */
export const TRAIL_INK = "#f1f4f8";

/** Hues that common kinds of colour vision tell apart where brightness means something else: blue, yellow, bluish green, purple. */
const SAFE_HUES = [255, 85, 165, 350];

/** 36 degrees apart, each near to its place in the ten usual colours; figures that are made without the page have the same. */
const TEN_HUES = [233, 53, 161, 17, 305, 89, 341, 269, 125, 197];

/** One class's colours from early to late. */
export type Ramp = readonly Rgb[];

/** Grey for classes that step back. */
export const GREY: Ramp = ramp(null);

/** @param hue in degrees; null for grey */
export function ramp(hue: number | null): Ramp {
  return Array.from({ length: RAMP }, (_, step) => rampColor(hue, step / (RAMP - 1)));
}

/** @param share 0 early, 1 late */
export function rampColor(hue: number | null, share: number): Rgb {
  const lightness = EARLY + (LATE - EARLY) * share;
  return hue === null ? toRgb(lightness, 0, 0) : toRgb(lightness, largestChroma(lightness, hue), hue);
}

/**
 * A hue per class, or null for one that is grey. Hues are equally far from each other; each class has the one that is nearest to its
 * colour in the other views, as far as they go round.
 */
export function trailHues(palette: PaletteName, theme: Theme, count: number, highlight: readonly number[]): (number | null)[] {
  if (highlight.length > 0) {
    const usual = palette === "safe" ? [] : classHues(palette, theme, count);
    return Array.from({ length: count }, (_, label) => {
      const place = highlight.indexOf(label);
      return place < 0 ? null : palette === "safe" ? SAFE_HUES[place % SAFE_HUES.length] : usual[label];
    });
  }
  return classHues(palette, theme, count);
}

const classHues = (palette: PaletteName, theme: Theme, count: number): number[] =>
  palette === "category10" && count <= TEN_HUES.length ? TEN_HUES.slice(0, count) : spread(classColors(palette, theme, count).map(hexToRgb));

/** Colours with less chroma than this have no hue of their own to keep. */
const COLOURED = 0.03;
const FULL_TURN = 360;

/** Equally distant hues, each near to the colour it stands for. */
function spread(colors: readonly Rgb[]): number[] {
  const count = colors.length;
  const wanted = colors.map(toOklch);
  let best: { cost: number; hues: number[] } = { cost: Infinity, hues: [] };
  const apart = FULL_TURN / Math.max(1, count);
  for (let start = 0; start < apart; start += Math.max(2, apart / 12)) {
    const hues = Array.from({ length: count }, (_, at) => (start + at * apart) % FULL_TURN);
    const found = assigned(wanted, hues);
    best = found.cost < best.cost ? found : best;
  }
  return best.hues;
}

/** The nearest pairs first; colours without a hue take what is left. */
function assigned(wanted: readonly { chroma: number; hue: number }[], hues: readonly number[]): { cost: number; hues: number[] } {
  const pairs = wanted.flatMap(({ chroma, hue }, label) =>
    hues.map((candidate, place) => ({ label, place, far: chroma < COLOURED ? FULL_TURN : hueDistance(hue, candidate) })),
  );
  pairs.sort((a, b) => a.far - b.far || a.label - b.label || a.place - b.place);
  const taken = new Set<number>();
  const found = new Map<number, number>();
  let cost = 0;
  for (const { label, place, far } of pairs) {
    if (!found.has(label) && !taken.has(place)) {
      found.set(label, hues[place]);
      taken.add(place);
      cost += far < FULL_TURN ? far * far : 0;
    }
  }
  return { cost, hues: wanted.map((_, label) => found.get(label) ?? 0) };
}

export function hueDistance(a: number, b: number): number {
  const apart = Math.abs(a - b) % FULL_TURN;
  return Math.min(apart, FULL_TURN - apart);
}

/** The most chroma, up to the wanted one, that a screen can show at this lightness and hue. */
function largestChroma(lightness: number, hue: number): number {
  if (shown(lightness, CHROMA, hue)) {
    return CHROMA;
  }
  let [low, high] = [0, CHROMA];
  for (let turn = 0; turn < 20; turn++) {
    const middle = (low + high) / 2;
    [low, high] = shown(lightness, middle, hue) ? [middle, high] : [low, middle];
  }
  return low;
}

const shown = (lightness: number, chroma: number, hue: number): boolean =>
  toLinear(lightness, chroma, hue).every((part) => part >= -1e-6 && part <= 1 + 1e-6);

function toLinear(lightness: number, chroma: number, hue: number): [number, number, number] {
  const a = chroma * Math.cos((hue * Math.PI) / 180);
  const b = chroma * Math.sin((hue * Math.PI) / 180);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
}

function toRgb(lightness: number, chroma: number, hue: number): Rgb {
  const [red, green, blue] = toLinear(lightness, chroma, hue).map((part) => {
    const clipped = Math.max(0, Math.min(1, part));
    return Math.round(255 * (clipped <= 0.0031308 ? 12.92 * clipped : 1.055 * clipped ** (1 / 2.4) - 0.055));
  });
  return [red, green, blue];
}

/** Lightness 0..1, chroma, and hue in degrees. */
export function toOklch(rgb: Rgb): { lightness: number; chroma: number; hue: number } {
  const [r, g, b] = rgb.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  const lightness = 0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s;
  const one = 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s;
  const two = 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s;
  return { lightness, chroma: Math.hypot(one, two), hue: ((Math.atan2(two, one) * 180) / Math.PI + FULL_TURN) % FULL_TURN };
}
