/** The field for pictures to take away: its lines, its legend, and where it comes from. */
import { FIELD_COLORS, fieldRampStops, PLAIN_STOPS } from "../../../draw/fieldStyle";
import { stillLines } from "../../../draw/streamlines";
import { stillTails } from "../../../draw/tails";
import type { FieldStill } from "../../../draw/trailStill";
import { measured, whole } from "../../../parts/words";
import type { Evolution } from "../../../state/evolution";
import type { Library } from "../../../state/library";
import type { SequenceShown } from "../shown";
import { ABOVE, apartOf, drawnFields, fastest, FIELD_OPACITY, settledParticles, styleOf } from "./drawn";
import type { FieldShown } from "./useField";

/** The field as the canvas shows it, with the lines of the distance that is chosen. */
export async function fieldStill(library: Library, field: FieldShown, { fit }: SequenceShown, { field: look, separation, shownField }: Evolution): Promise<FieldStill> {
  const fields = drawnFields(field, shownField);
  const style = styleOf(field, fields);
  const several = fields.length > 1;
  const lines =
    look === "particles"
      ? stillTails(settledParticles(field, fields), style, fit)
      : stillLines((await Promise.all(fields.map((which) => library.streamlines(field.digest, which, apartOf(separation, fields))))).map((points, at) => ({ points, style: style(fields[at]) })), fit);
  return {
    lines,
    opacity: FIELD_OPACITY,
    above: ABOVE,
    low: "field: speed 0",
    high: `${fastest(field.range)} per step`,
    stops: several ? PLAIN_STOPS : fieldRampStops(),
    keys: several ? fields.map((which) => ({ name: fieldName(field, which), color: FIELD_COLORS[which % FIELD_COLORS.length] })) : [],
  };
}

const fieldName = ({ report }: FieldShown, which: number): string => `field ${which + 1}, ${whole(report.sizes[which] ?? 0)} trajectories`;

/** Which field it is, what it was fitted with, and how it is drawn. */
export function fieldWords(field: FieldShown, { field: look, separation, shownField }: Pick<Evolution, "field" | "separation" | "shownField">): string {
  const { parameters, report, grid, digest } = field;
  const fields = drawnFields(field, shownField);
  const which = grid.fields === 1 ? "vector field" : fields.length > 1 ? `${grid.fields} vector fields` : `vector field ${fields[0] + 1} of ${grid.fields} (${whole(report.sizes[fields[0]] ?? 0)} trajectories)`;
  const drawn = look === "particles" ? "particles after a short drift" : `streamlines ${measured(apartOf(separation, fields) * 100)} % of its width apart, arrowheads say which way`;
  const energy = Number.isNaN(report.energy) ? "" : `, energy ${measured(report.energy)}`;
  return `${which}: grid ${parameters.grid}, smoothness ${parameters.smoothness}, fields ${parameters.fields}${energy}; result ${digest.slice(0, 12)}; ${drawn}; ${fields.length > 1 ? "opaque" : "bright"} is fast, in layout units per step; trails and points step back above it`;
}
