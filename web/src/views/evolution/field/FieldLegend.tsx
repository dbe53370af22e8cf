import { fieldRampCss } from "../../../draw/fieldStyle";
import { useEvolution } from "../../../parts/app";
import { measured } from "../../../parts/words";
import type { FieldShown } from "./useField";

/** What the colours of lines and particles mean, in numbers. */
export function FieldLegend({ shown }: { shown: FieldShown }) {
  const [evolution] = useEvolution();
  const { high, most } = shown.range;
  const end = `${most > high * 1.005 ? "≥ " : ""}${measured(high)}`;
  const several = shown.grid.fields > 1 && evolution.shownField === null;
  return (
    <div className="field-legend" data-testid="field-legend" role="img" aria-label={`Speed of the field in layout units per step: faint at 0, ${several ? "opaque" : "bright"} at ${end}`}>
      <span>speed 0</span>
      <i style={{ background: several ? "linear-gradient(to right, rgb(180 190 205 / 40%), rgb(180 190 205))" : fieldRampCss() }} />
      <span>{end} per step</span>
    </div>
  );
}
