/** What of a field is drawn, and how: the same on the canvas and in pictures to take away. */
import { byField, byLength } from "../../../draw/fieldStyle";
import { Particles } from "../../../draw/particles";
import type { LineStyle } from "../../../draw/streamlines";
import { measured } from "../../../parts/words";
import type { FieldShown } from "./useField";

const PARTICLES = 2400;
/** Steps before a picture that stands still: its tails are whole then. */
const SETTLED = 90;

const EVERY: readonly number[] = [0];

/** The fields that are drawn: one, or all in the colours of their trajectories. */
export function drawnFields(shown: FieldShown | null, shownField: number | null): readonly number[] {
  if (shown === null || shown.grid.fields === 1) {
    return EVERY;
  }
  return shownField !== null && shownField < shown.grid.fields ? [shownField] : Array.from({ length: shown.grid.fields }, (_, at) => at);
}

/** Several fields over each other have as much ink together as one has alone. */
export const apartOf = (separation: number, fields: readonly number[]): number => Number((separation * Math.sqrt(fields.length)).toFixed(4));

/** How lines and particles of a field look. */
export const styleOf = (shown: FieldShown | null, fields: readonly number[]) => (which: number): LineStyle => {
  const high = shown?.range.high ?? 1;
  return fields.length > 1 ? byField(which, high) : byLength(high);
};

/** Particles that have drifted so long that their tails are whole. */
export function settledParticles({ grid }: FieldShown, fields: readonly number[]): Particles {
  const particles = new Particles(grid, { count: PARTICLES, seed: 7, shown: fields });
  particles.settle(SETTLED);
  return particles;
}

/** The end of the range of colours, in layout units per step. */
export const fastest = ({ high, most }: FieldShown["range"]): string => `${most > high * 1.005 ? "≥ " : ""}${measured(high)}`;

/** Points and trails step back while a field is to be read beneath them. */
export const ABOVE = 0.45;
/** How strongly the field itself is drawn. */
export const FIELD_OPACITY = 0.9;
