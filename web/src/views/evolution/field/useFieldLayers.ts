/** What deck.gl draws of the field: lines or particles, under the trails. */
import { useEffect, useMemo, useState } from "react";
import { byField, byLength } from "../../../draw/fieldStyle";
import { Particles } from "../../../draw/particles";
import { type Fit, type LineStyle, ribbons } from "../../../draw/streamlines";
import { StrokesLayer } from "../../../draw/strokesLayer";
import { tails } from "../../../draw/tails";
import { useWorkspace } from "../../../parts/app";
import { reducedMotion } from "../../../parts/theme";
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

/** Layers for a canvas whose coordinates are the layout's, moved and scaled by `fit`; empty while there is nothing to draw. */
export function useFieldLayers(sequence: string | null, fit: Fit | null, id = "field"): StrokesLayer[] {
  const { evolution } = useWorkspace();
  const { field: look, shownField, separation } = evolution;
  const { shown } = useField(look === "none" ? null : sequence);
  const still = useStill();
  const key = drawnFields(shown, shownField).join();
  const fields = useMemo(() => key.split(",").map(Number), [key]);
  const lines = useStreamlines(look === "lines" && shown !== null ? shown.digest : null, fields, separation);
  const { x = 0, y = 0, scale = 1 } = fit ?? {};
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
      return tails(particles, style, { x, y, scale }, () => document.hidden);
    }
    return look === "lines" ? ribbons(lines.map(({ field, points }) => ({ points, style: style(field) })), { x, y, scale }) : null;
  }, [look, shown, fields, style, lines, fit === null, x, y, scale]);
  return useMemo(
    () => (strokes === null ? [] : [new StrokesLayer({ id: `${id}-${look}`, strokes, moving: look === "particles" && !still, opacity: 0.9 })]),
    [strokes, look, still, id],
  );
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
