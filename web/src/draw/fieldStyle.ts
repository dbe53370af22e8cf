/** Colours of a vector field, for lines and particles alike: by length, or by which of several fields it is. */
import { hexToRgb, type Rgb, rgbToHex } from "./palette";
import { ramp } from "./ramp";
import { RAMP } from "./trailColors";
import type { LineStyle } from "./streamlines";

/** One colour per field: told apart with every common kind of colour vision, on a dark ground, and unlike the classes' own. */
export const FIELD_COLORS = ["#56b4e9", "#e69f00", "#5fd3a5", "#f0e442", "#ff7a4d", "#d99bc4"] as const;

/** How bright the first moment of a trail is beside its last. */
const EARLY = 0.42;

/** Slow parts step back, but never vanish. */
const FAINTEST = 0.4;

/** Trails and fields lie on a dark ground in both themes: the ramp is the dark theme's, without the part that a thin line loses there. */
const FIELD_RAMP: readonly Rgb[] = ramp("dark").slice(44);

/** The ramp as a CSS gradient, slow to fast, as clear as lines and particles are. */
export function fieldRampCss(): string {
  const stops = [0, 0.25, 0.5, 0.75, 1].map((share) => {
    const alpha = Math.round(255 * (FAINTEST + (1 - FAINTEST) * share)).toString(16);
    return `${rgbToHex(FIELD_RAMP[Math.round(share * (FIELD_RAMP.length - 1))])}${alpha}`;
  });
  return `linear-gradient(to right, ${stops.join(", ")})`;
}

export function byLength(high: number): LineStyle {
  return (speed) => {
    const share = Math.max(0, Math.min(1, speed / high));
    return { color: FIELD_RAMP[Math.round(share * (FIELD_RAMP.length - 1))], opacity: FAINTEST + (1 - FAINTEST) * share };
  };
}

export function byField(field: number, high: number): LineStyle {
  const color = hexToRgb(FIELD_COLORS[field % FIELD_COLORS.length]);
  return (speed) => ({ color, opacity: FAINTEST + (1 - FAINTEST) * Math.max(0, Math.min(1, speed / high)) });
}

/** A field's colour as a trail has it: dark early, bright late. */
export function fieldTrail(field: number): readonly Rgb[] {
  const color = hexToRgb(FIELD_COLORS[field % FIELD_COLORS.length]);
  return Array.from({ length: RAMP }, (_, step): Rgb => {
    const [red, green, blue] = color.map((part) => Math.round(part * (EARLY + ((1 - EARLY) * step) / (RAMP - 1))));
    return [red, green, blue];
  });
}
