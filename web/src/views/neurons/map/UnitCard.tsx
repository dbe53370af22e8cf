import { useLibrary, useWorkspace } from "../../../parts/app";
import { measured } from "../../../parts/words";
import { rankOf } from "../../../state/units";
import type { UnitScores } from "./useUnits";

/** As in the style sheet. */
const WIDTH = 216;
const HEIGHT = 132;

/** What is known of the neuron under the pointer. */
export function UnitCard({ unit, x, y, scores: found, width, height }: { unit: number; x: number; y: number; scores: UnitScores; width: number; height: number }) {
  const { study } = useLibrary();
  const { neurons } = useWorkspace();
  const { scores, best } = found;
  const names = study?.dataset.classNames ?? [];
  const known = scores !== null && best !== null && unit < scores.units;
  const label = known ? best[unit] : -1;
  const { chosen } = neurons;
  const asked = known && chosen !== null && chosen < scores.classes ? chosen : null;
  const score = (of: number) => scores!.values[of * scores!.units + unit];
  const rank = asked === null ? null : rankOf(scores!, asked, unit);
  const left = x + 16 + WIDTH > width ? Math.max(4, x - 16 - WIDTH) : x + 16;
  const top = Math.max(4, Math.min(height - HEIGHT, y - 40));
  return (
    <div className="hover-card unit-card" data-testid="unit-card" data-unit={unit} style={{ left, top }} role="status">
      <dl>
        <dt>neuron</dt>
        <dd>{unit}</dd>
        {known && (
          <>
            <dt>tells best</dt>
            <dd>{label < 0 ? "none" : `${names[label]}, score ${measured(score(label))}`}</dd>
          </>
        )}
        {asked !== null && (
          <>
            <dt>score for {names[asked]}</dt>
            <dd>
              {measured(score(asked))}
              {rank !== null && <span className="secondary"> rank {rank}</span>}
            </dd>
          </>
        )}
        {asked !== null && scores?.mean != null && (
          <>
            <dt>mean in {names[asked]}</dt>
            <dd>
              {measured(scores.mean[asked * scores.units + unit])} <span className="secondary">of all {measured(scores.overall?.[unit] ?? 0)}</span>
            </dd>
          </>
        )}
      </dl>
    </div>
  );
}
