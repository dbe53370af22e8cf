/** Colours for signed numbers: nothing at 0, one hue below and another above, as strong as the number is far from 0. */
import { hexToRgb, type Rgb, rgbToHex, type Theme } from "./palette";

/** weights: brown below 0, green above; activations: blue below, red above. */
export type SignedRamp = "weights" | "activations";

/** From the most negative to the most positive; the middle is near the ground, so that what is strong stands out in both themes. */
const STOPS: Record<SignedRamp, Record<Theme, readonly string[]>> = {
  weights: {
    light: ["#543005", "#8c510a", "#bf812d", "#dfc27d", "#f6e8c3", "#f5f5f5", "#c7eae5", "#80cdc1", "#35978f", "#01665e", "#003c30"],
    dark: ["#f3d38f", "#bf812d", "#6b430f", "#222831", "#0b4f48", "#35978f", "#a5e3d8"],
  },
  activations: {
    light: ["#053061", "#2166ac", "#4393c3", "#92c5de", "#d1e5f0", "#f7f7f7", "#fddbc7", "#f4a582", "#d6604d", "#b2182b", "#67001f"],
    dark: ["#a6d4f7", "#4393c3", "#1d4f7c", "#222831", "#7c2230", "#d6604d", "#ffbfa8"],
  },
};

const STEPS = 256;
const ramps = new Map<string, Rgb[]>();

/** The ramp in 256 steps; 0 lies in its middle. */
export function signedRamp(name: SignedRamp, theme: Theme): readonly Rgb[] {
  const key = `${name}/${theme}`;
  const found = ramps.get(key);
  if (found !== undefined) {
    return found;
  }
  const stops = STOPS[name][theme].map(hexToRgb);
  const made = Array.from({ length: STEPS }, (_, step): Rgb => {
    const at = (step / (STEPS - 1)) * (stops.length - 1);
    const low = Math.min(stops.length - 2, Math.floor(at));
    const [a, b] = [stops[low], stops[low + 1]];
    const mixed = a.map((part, channel) => Math.round(part + (b[channel] - part) * (at - low)));
    return [mixed[0], mixed[1], mixed[2]];
  });
  ramps.set(key, made);
  return made;
}

/** The step for a value where `most` in either direction has the strongest colour. */
export function signedStep(value: number, most: number): number {
  const share = most > 0 ? Math.max(-1, Math.min(1, value / most)) : 0;
  return Math.round(((share + 1) / 2) * (STEPS - 1));
}

export function signedCss(name: SignedRamp, theme: Theme): string {
  const colors = signedRamp(name, theme);
  const stops = [0, 32, 64, 96, 128, 160, 192, 224, 255].map((step) => rgbToHex(colors[step]));
  return `linear-gradient(to right, ${stops.join(", ")})`;
}
