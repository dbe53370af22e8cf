import { fieldRampStops, PLAIN_STOPS, stopsCss } from "../../../draw/fieldStyle";
import { useEvolution } from "../../../parts/app";
import { fastest } from "./drawn";
import type { FieldShown } from "./useField";

/** What the colours of lines and particles mean, in numbers. */
export function FieldLegend({ shown }: { shown: FieldShown }) {
  const [evolution] = useEvolution();
  const end = fastest(shown.range);
  const several = shown.grid.fields > 1 && evolution.shownField === null;
  return (
    <div className="field-legend" data-testid="field-legend" role="img" aria-label={`Speed of the field in layout units per step: faint at 0, ${several ? "opaque" : "bright"} at ${end}`}>
      <span>speed 0</span>
      <i style={{ background: stopsCss(several ? PLAIN_STOPS : fieldRampStops()) }} />
      <span>{end} per step</span>
    </div>
  );
}
