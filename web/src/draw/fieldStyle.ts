/** Colours of a vector field, for lines and particles alike: by length, or by which of several fields it is. */
import { hexToRgb, type Rgb } from "./palette";
import { ramp, STEPS } from "./ramp";
import type { LineStyle } from "./streamlines";

/** One colour per field: told apart with every common kind of colour vision, on a dark ground, and unlike the classes' own. */
export const FIELD_COLORS = ["#56b4e9", "#e69f00", "#5fd3a5", "#f0e442", "#ff7a4d", "#d99bc4"] as const;

/** Slow parts step back, but never vanish. */
const FAINTEST = 0.28;

/** Trails and fields lie on a dark ground in both themes, so the ramp is the dark theme's. */
export const fieldRamp = (): readonly Rgb[] => ramp("dark");

export function byLength(high: number): LineStyle {
  const colors = fieldRamp();
  return (speed) => {
    const share = Math.max(0, Math.min(1, speed / high));
    return { color: colors[Math.round(share * (STEPS - 1))], opacity: FAINTEST + (1 - FAINTEST) * share };
  };
}

export function byField(field: number, high: number): LineStyle {
  const color = hexToRgb(FIELD_COLORS[field % FIELD_COLORS.length]);
  return (speed) => ({ color, opacity: FAINTEST + (1 - FAINTEST) * Math.max(0, Math.min(1, speed / high)) });
}
