/** Colours of a vector field, for lines and particles alike: by length, or by which of several fields it is. */
import { hexToRgb, type Rgb } from "./palette";
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

/** The ramp from slow to fast in five colours, as clear as lines and particles are. */
export const fieldRampStops = (): { color: Rgb; opacity: number }[] => [0, 0.25, 0.5, 0.75, 1].map((share) => byLength(1)(share));

/** What stands for slow to fast where the hue says which field it is. */
export const PLAIN_STOPS: readonly { color: Rgb; opacity: number }[] = [{ color: [180, 190, 205], opacity: FAINTEST }, { color: [180, 190, 205], opacity: 1 }];

/** Stops of a ramp as a CSS gradient, left to right. */
export const stopsCss = (stops: readonly { color: Rgb; opacity: number }[]): string =>
  `linear-gradient(to right, ${stops.map(({ color, opacity }) => `rgb(${color.join(" ")} / ${Math.round(opacity * 100)}%)`).join(", ")})`;

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
