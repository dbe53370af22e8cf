/** Class colours: the same class has the same colour in every view and in both themes. */
import type { PaletteName } from "../state/workspace";

export type Rgb = readonly [number, number, number];

const CATEGORY10 = [
  "#1f77b4", "#ff7f0e", "#2ca02c", "#d62728", "#9467bd", "#8c564b", "#e377c2", "#7f7f7f", "#bcbd22", "#17becf",
];

/** Tol's muted scheme and a grey: told apart with every common kind of colour vision. */
const SAFE = [
  "#332288", "#88ccee", "#44aa99", "#117733", "#999933", "#ddcc77", "#cc6677", "#882255", "#aa4499", "#888888",
];

/** The two darkest colours of the safe set vanish on a dark ground; these lighter ones of the same hue do not. */
const SAFE_ON_DARK = SAFE.map((color) => ({ "#332288": "#6f5fd6", "#882255": "#c2477f", "#117733": "#2b9a50" })[color] ?? color);

export type Theme = "light" | "dark";

export function hexToRgb(hex: string): Rgb {
  const value = Number.parseInt(hex.slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}

export const rgbToHex = (rgb: Rgb): string => `#${rgb.map((part) => part.toString(16).padStart(2, "0")).join("")}`;

/** One colour per class. More classes than colours: later rounds are lightened, so that no two are equal. */
export function classColors(palette: PaletteName, theme: Theme, count: number): string[] {
  const base = palette === "category10" ? CATEGORY10 : theme === "dark" ? SAFE_ON_DARK : SAFE;
  return Array.from({ length: count }, (_, label) => {
    const round = Math.floor(label / base.length);
    return round === 0 ? base[label] : lighten(base[label % base.length], 1 - 0.65 ** round);
  });
}

function lighten(hex: string, amount: number): string {
  const [r, g, b] = hexToRgb(hex).map((part) => Math.round(part + (255 - part) * amount));
  return rgbToHex([r, g, b]);
}

/** Relative luminance and contrast as WCAG 2 defines them. */
export function luminance(rgb: Rgb): number {
  const [r, g, b] = rgb.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

export function contrast(a: Rgb, b: Rgb): number {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

/** The canvas grounds; style sheets use the same values. */
export const GROUND: Record<Theme, string> = { light: "#ffffff", dark: "#14181f" };
export const INK: Record<Theme, string> = { light: "#1b2330", dark: "#f1f4f8" };
/** Points that are not selected. */
export const DIM: Record<Theme, string> = { light: "#c9ced6", dark: "#3a424e" };
