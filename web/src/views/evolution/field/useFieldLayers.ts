/** What deck.gl draws of the field: lines or particles, under the trails. */
import { useEffect, useMemo, useState } from "react";
import { byField, byLength } from "../../../draw/fieldStyle";
import { Particles } from "../../../draw/particles";
import { type LineStyle, ribbons } from "../../../draw/streamlines";
import { StrokesLayer } from "../../../draw/strokesLayer";
import { tails } from "../../../draw/tails";
import { useEvolution } from "../../../parts/app";
import { reducedMotion } from "../../../parts/theme";
import type { FieldPicture, FieldPlace } from "../slots";
import { type FieldShown, useField } from "./useField";
import { useStreamlines } from "./useStreamlines";

const PARTICLES = 2400;
/** Steps before a picture that stands still: its tails are whole then. */
const SETTLED = 90;

const EVERY: readonly number[] = [0];

/** The fields that are drawn: one, or all in the colours of their trajectories. */
function drawnFields(shown: FieldShown | null, shownField: number | null): readonly number[] {
  if (shown === null || shown.grid.fields === 1) {
    return EVERY;
  }
  return shownField !== null && shownField < shown.grid.fields ? [shownField] : Array.from({ length: shown.grid.fields }, (_, at) => at);
}

/** Points and trails step back while a field is to be read beneath them. */
const ABOVE = 0.45;
const NOTHING: FieldPicture = { layers: [] };

/** The field's layers for a canvas; none while there is nothing to draw. */
export function useFieldLayers({ shown: sequence, control }: FieldPlace): FieldPicture {
  const [evolution] = useEvolution();
  const { middle: [x, y] = [0, 0], half = 0 } = sequence?.fit ?? {};
  const fit = useMemo(() => (half > 0 ? { middle: [x, y], half } : null), [x, y, half]);
  const { field: look, shownField, separation } = evolution;
  const field = useField(look === "none" ? null : (sequence?.digest ?? null));
  const { shown } = field;
  // Whoever looks at the control beside a field wants to see the control's field as well.
  const lacking = control && look !== "none" && sequence?.digest != null && field.known && field.match === null && field.task === null;
  const { ask } = field;
  useEffect(() => {
    if (lacking) {
      ask({});
    }
  }, [lacking, ask]);
  const still = useStill();
  const key = drawnFields(shown, shownField).join();
  const fields = useMemo(() => key.split(",").map(Number), [key]);
  // Several fields over each other have as much ink together as one has alone.
  const apart = Number((separation * Math.sqrt(fields.length)).toFixed(4));
  const lines = useStreamlines(look === "lines" && shown !== null ? shown.digest : null, fields, apart);
  const style = useMemo(
    () => (which: number): LineStyle => (fields.length > 1 ? byField(which, shown?.range.high ?? 1) : byLength(shown?.range.high ?? 1)),
    [fields, shown],
  );
  const strokes = useMemo(() => {
    if (fit === null || shown === null) {
      return null;
    }
    if (look === "particles") {
      const particles = new Particles(shown.grid, { count: PARTICLES, seed: 7, shown: fields });
      particles.settle(SETTLED);
      return tails(particles, style, fit, () => document.hidden);
    }
    return look === "lines" ? ribbons(lines.map(({ field, points }) => ({ points, style: style(field) })), fit) : null;
  }, [look, shown, fields, style, lines, fit]);
  return useMemo((): FieldPicture => {
    if (strokes === null) {
      return NOTHING;
    }
    const layer = new StrokesLayer({ id: `field-${control ? "control-" : ""}${look}`, strokes, moving: look === "particles" && !still, opacity: 0.9 });
    return { layers: [layer], above: ABOVE };
  }, [strokes, look, still, control]);
}

/** Whether the system asks for less motion, followed as it changes. */
function useStill(): boolean {
  const [still, setStill] = useState(reducedMotion);
  useEffect(() => {
    const media = matchMedia("(prefers-reduced-motion: reduce)");
    const follow = () => setStill(media.matches);
    media.addEventListener("change", follow);
    return () => media.removeEventListener("change", follow);
  }, []);
  return still;
}
