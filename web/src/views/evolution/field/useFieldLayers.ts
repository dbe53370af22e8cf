/** What deck.gl draws of the field: lines or particles, under the trails. */
import { useEffect, useMemo, useState } from "react";
import { ribbons } from "../../../draw/streamlines";
import { StrokesLayer } from "../../../draw/strokesLayer";
import { tails } from "../../../draw/tails";
import { useEvolution } from "../../../parts/app";
import { reducedMotion } from "../../../parts/theme";
import type { FieldPicture, FieldPlace } from "../slots";
import { ABOVE, apartOf, drawnFields, FIELD_OPACITY, settledParticles, styleOf } from "./drawn";
import { useField } from "./useField";
import { useStreamlines } from "./useStreamlines";

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
  const lines = useStreamlines(look === "lines" && shown !== null ? shown.digest : null, fields, apartOf(separation, fields));
  const style = useMemo(() => styleOf(shown, fields), [fields, shown]);
  const strokes = useMemo(() => {
    if (fit === null || shown === null) {
      return null;
    }
    if (look === "particles") {
      return tails(settledParticles(shown, fields), style, fit, () => document.hidden);
    }
    return look === "lines" ? ribbons(lines.map(({ field, points }) => ({ points, style: style(field) })), fit) : null;
  }, [look, shown, fields, style, lines, fit]);
  return useMemo((): FieldPicture => {
    if (strokes === null) {
      return NOTHING;
    }
    const layer = new StrokesLayer({ id: `field-${control ? "control-" : ""}${look}`, strokes, moving: look === "particles" && !still, opacity: FIELD_OPACITY });
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
