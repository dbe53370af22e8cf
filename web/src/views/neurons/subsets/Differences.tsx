import { useApp } from "../../../parts/app";
import { measured } from "../../../parts/words";
import { UnitButton } from "../common/PanelFrame";
import { type Effect, effectsOf } from "./rows";

const MOST = 12;

/** The neurons that tell two rows apart most clearly, in both directions. */
export function Differences({ values, units, a, b, onOpen }: { values: Float32Array; units: number; a: string; b: string; onOpen(unit: number): void }) {
  const { store } = useApp();
  const { higher, lower } = effectsOf(values, units, MOST);
  const choose = (effects: readonly Effect[]) => store.change({ units: effects.map(({ unit }) => unit).sort((x, y) => x - y) });
  return (
    <div className="differences" data-testid="differences">
      <Side title={`More active for ${a}`} effects={higher} a={a} b={b} testId="higher" onOpen={onOpen} onChoose={() => choose(higher)} />
      <Side title={`More active for ${b}`} effects={lower} a={a} b={b} testId="lower" onOpen={onOpen} onChoose={() => choose(lower)} />
    </div>
  );
}

interface SideProps {
  title: string;
  effects: readonly Effect[];
  a: string;
  b: string;
  testId: string;
  onOpen(unit: number): void;
  onChoose(): void;
}

function Side({ title, effects, a, b, testId, onOpen, onChoose }: SideProps) {
  return (
    <div className="unit-table" tabIndex={0} role="group" aria-label={title}>
      <table data-testid={testId}>
        <caption>
          <strong>{title}</strong>{" "}
          {effects.length > 0 && (
            <button type="button" className="quiet small" title="Make them the chosen neurons" onClick={onChoose}>
              Choose these {effects.length}
            </button>
          )}
        </caption>
        <thead>
          <tr>
            <th scope="col">neuron</th>
            <th scope="col" title={`Mean for ${a}`}>
              mean A
            </th>
            <th scope="col" title={`Mean for ${b}`}>
              mean B
            </th>
            <th scope="col" title="Cohen's d: the difference of the means in standard deviations">
              effect d
            </th>
            <th scope="col" title="Welch's t">
              t
            </th>
          </tr>
        </thead>
        <tbody>
          {effects.length === 0 && (
            <tr>
              <td colSpan={5}>none</td>
            </tr>
          )}
          {effects.map(({ unit, a: one, b: two, effect, t }) => (
            <tr key={unit}>
              <th scope="row">
                <UnitButton unit={unit} onOpen={onOpen} />
              </th>
              <td>{measured(one)}</td>
              <td>{measured(two)}</td>
              <td>
                <strong>{measured(effect)}</strong>
              </td>
              <td>{measured(t)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
