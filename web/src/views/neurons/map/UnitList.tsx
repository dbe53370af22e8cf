import { type KeyboardEvent, useMemo, useRef, useState } from "react";
import { classColors } from "../../../draw/palette";
import { type Situation, useApp, useCell, useWorkspace } from "../../../parts/app";
import { measured, whole } from "../../../parts/words";
import { ranking, rankOf, restMean, type Scores, spreadWords } from "../../../state/units";
import { useActions } from "./actions";
import type { Units, UnitScores } from "./useUnits";

/** So many are listed; more come when asked for. */
export const LISTED = 20;
const MORE = 50;

interface UnitListProps {
  situation: Situation;
  units: Units;
  found: UnitScores;
  dead: readonly number[];
  onSave(units: readonly number[]): void;
}

/** The neurons of the chosen class in order, what is selected, and who is dead: beside every panel of the view. */
export function UnitList({ situation, units, found, dead, onSave }: UnitListProps) {
  const { theme } = useApp();
  const { neurons, palette, unit } = useWorkspace();
  const now = useCell(theme);
  const names = situation.study.dataset.classNames;
  const colors = useMemo(() => classColors(palette, now, Math.max(1, names.length)), [palette, now, names.length]);
  const { scores } = found;
  const chosen = scores !== null && neurons.chosen !== null && neurons.chosen < scores.classes ? neurons.chosen : null;
  return (
    <>
      {unit !== null && <Looked unit={unit} found={found} names={names} colors={colors} count={units.count} dead={dead} />}
      <section className="rank-list" data-testid="unit-list" aria-labelledby="unit-list-title">
        {scores === null ? (
          <>
            <h2 id="unit-list-title">Neurons by class</h2>
            <p className="sentence">{units.labelled ? "Which neurons tell which class is known when scores are computed: the button stands below the map." : "Neurons are ranked by class, and these data have no labels."}</p>
          </>
        ) : chosen === null ? (
          <Best scores={scores} names={names} colors={colors} />
        ) : (
          <Ranked key={`${found.digest}/${chosen}`} scores={scores} chosen={chosen} found={found} names={names} color={colors[chosen]} counts={situation.study.sample.classCounts} />
        )}
      </section>
      <Chosen count={units.count} onSave={onSave} />
      <Dead dead={dead} count={units.count} />
    </>
  );
}

/** The strongest neuron of each class, while none is chosen. */
function Best({ scores, names, colors }: { scores: Scores; names: readonly string[]; colors: readonly string[] }) {
  const actions = useActions();
  const { unit } = useWorkspace();
  const strongest = useMemo(() => names.map((_, label) => (label < scores.classes ? ranking(scores, label)[0] : undefined)), [names, scores]);
  return (
    <>
      <h2 id="unit-list-title">Strongest neuron of each class</h2>
      <p className="sentence">Choose a class in the legend to rank all neurons by it.</p>
      <table className="unit-best">
        <thead>
          <tr>
            <th scope="col">class</th>
            <th scope="col">neuron</th>
            <th scope="col">score</th>
          </tr>
        </thead>
        <tbody>
          {names.map((name, label) => (
            <tr key={label}>
              <th scope="row">
                <button type="button" className="legend-item" onClick={() => actions.change({ chosen: label })} title={`Rank neurons by class ${name}`}>
                  <span className="swatch" style={{ "--class": colors[label] } as React.CSSProperties} />
                  {name}
                </button>
              </th>
              <td>
                {strongest[label] === undefined ? (
                  "none"
                ) : (
                  <button type="button" className="quiet" aria-pressed={unit === strongest[label]} onClick={() => actions.look(strongest[label]!)}>
                    {strongest[label]}
                  </button>
                )}
              </td>
              <td>{strongest[label] === undefined ? "–" : measured(scores.values[label * scores.units + strongest[label]])}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

interface RankedProps {
  scores: Scores;
  chosen: number;
  found: UnitScores;
  names: readonly string[];
  color: string;
  counts: readonly number[];
}

function Ranked({ scores, chosen, found, names, color, counts }: RankedProps) {
  const { pointer } = useApp();
  const { units, unit } = useWorkspace();
  const hovered = useCell(pointer).unit ?? null;
  const actions = useActions();
  const list = useRef<HTMLOListElement>(null);
  const [listed, setListed] = useState(LISTED);
  const order = useMemo(() => ranking(scores, chosen), [scores, chosen]);
  const shown = order.slice(0, listed);
  const score = (of: number) => scores.values[chosen * scores.units + of];
  const second = (of: number) => scores.second?.[chosen * scores.units + of] ?? null;
  const most = Math.max(1e-12, ...shown.map((of) => Math.max(score(of), second(of) ?? 0)));
  const current = shown.includes(unit ?? -1) ? unit : shown[0];
  const walk = (event: KeyboardEvent) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by === undefined || shown.length === 0) {
      return;
    }
    event.preventDefault();
    const next = shown[Math.max(0, Math.min(shown.length - 1, shown.indexOf(unit ?? -1) + by))];
    actions.look(next);
    list.current?.querySelector<HTMLElement>(`[data-unit="${next}"] .rank-row`)?.focus();
  };
  const skipped = found.report?.skipped.includes(chosen) === true;
  const spread = spreadWords(found.report?.spread[chosen] ?? null);
  return (
    <>
      <header>
        <h2 id="unit-list-title">
          <span className="swatch" style={{ "--class": color } as React.CSSProperties} /> Strongest for class {names[chosen]}
        </h2>
        <button type="button" className="quiet" onClick={() => actions.change({ chosen: null })}>
          All
        </button>
      </header>
      {spread !== "" && <p className="sentence unit-spread">For this class {spread}.</p>}
      {order.length === 0 ? (
        <p className="sentence">{skipped ? `The sample has no observation of class ${names[chosen]}, so no neuron can tell it.` : "No neuron scores for this class."}</p>
      ) : (
        <>
          <div className="rank-actions">
            <span className="secondary">Select the strongest</span>
            {[20, 50].map((count) => (
              <button key={count} type="button" className="quiet" data-testid={`select-${count}`} aria-label={`Select the ${Math.min(count, order.length)} strongest`} onClick={(event) => actions.select(order.slice(0, count), event.ctrlKey || event.metaKey ? "add" : "replace")}>
                {Math.min(count, order.length)}
              </button>
            ))}
          </div>
          <div className="rank-head" aria-hidden="true">
            <span>neuron</span>
            <span>{scores.second === null ? "score" : "score, | seed 2"}</span>
            <span>in {names[chosen]} / rest</span>
          </div>
          <ol ref={list} onKeyDown={walk} data-testid="ranked">
            {shown.map((of, at) => {
              const [mean, rest] = [scores.mean?.[chosen * scores.units + of] ?? null, restMean(scores, chosen, of, counts)];
              const other = second(of);
              const means = mean === null || rest === null ? "" : `${measured2(mean)} / ${measured2(rest)}`;
              const words = `Neuron ${of}, rank ${at + 1}, score ${measured(score(of))}${other === null ? "" : `, with another seed ${measured(other)}`}${means === "" ? "" : `; mean ${measured2(mean!)} in class ${names[chosen]}, ${measured2(rest!)} in the rest`}`;
              return (
                <li key={of} data-unit={of} className={of === hovered ? "hovered" : ""} onPointerEnter={() => actions.hover(of)} onPointerLeave={() => actions.hover(null)}>
                  <input type="checkbox" checked={units.includes(of)} aria-label={`Select neuron ${of}`} onChange={() => actions.toggle(of)} />
                  <button
                    type="button"
                    className="rank-row"
                    aria-pressed={of === unit}
                    title={words}
                    tabIndex={of === current ? 0 : -1}
                    onClick={(event) => (event.shiftKey || event.ctrlKey || event.metaKey ? actions.toggle(of) : actions.look(of))}
                  >
                    <span className="rank-number">
                      <span className="unseen">Neuron </span>
                      {of}
                      <span className="unseen">, score {measured(score(of))}, means</span>
                    </span>
                    <span className="rank-bar">
                      <i style={{ width: `${(100 * score(of)) / most}%`, background: color }} />
                      {other !== null && <b style={{ left: `${(100 * other) / most}%` }} />}
                    </span>
                    <span className="rank-means">{means}</span>
                  </button>
                </li>
              );
            })}
          </ol>
          {order.length > listed && (
            <button type="button" className="quiet" onClick={() => setListed(listed + MORE)}>
              Show {Math.min(MORE, order.length - listed)} more
            </button>
          )}
        </>
      )}
    </>
  );
}

/** Short enough for a narrow column: two digits that count below a hundred. */
const measured2 = (value: number): string => (Math.abs(value) >= 100 || value === 0 ? whole(value) : Math.abs(value) < 0.005 ? "0.00" : Math.abs(value) < 10 ? value.toFixed(2) : value.toFixed(1));

/** The neuron that is looked at: which classes it tells, in numbers. */
function Looked({ unit, found, names, colors, count, dead }: { unit: number; found: UnitScores; names: readonly string[]; colors: readonly string[]; count: number; dead: readonly number[] }) {
  const { neurons } = useWorkspace();
  const actions = useActions();
  const { scores, best } = found;
  if (unit >= count) {
    return (
      <section>
        <p className="sentence">This layer has no neuron {unit}: its neurons are 0 to {whole(count - 1)}.</p>
      </section>
    );
  }
  const known = scores !== null && unit < scores.units && best !== null;
  const label = known ? best[unit] : -1;
  const rank = label < 0 ? null : rankOf(scores!, label, unit);
  const asked = neurons.chosen !== null && known && neurons.chosen !== label && neurons.chosen < scores.classes ? neurons.chosen : null;
  const askedRank = asked === null ? null : rankOf(scores!, asked, unit);
  return (
    <section className="unit-looked" data-testid="unit" data-unit={unit}>
      <header>
        <h2>
          {label >= 0 && <span className="swatch" style={{ "--class": colors[label] } as React.CSSProperties} />} Neuron {unit}
        </h2>
        <button type="button" className="quiet" aria-label="Close this neuron" onClick={() => actions.look(null)}>
          Close
        </button>
      </header>
      <p className="sentence">
        {dead.includes(unit)
          ? "It is dead: it says the same for every observation."
          : label < 0
            ? known
              ? "It tells no class."
              : "Not scored yet."
            : `Tells class ${names[label]} best: score ${measured(scores!.values[label * scores!.units + unit])}, rank ${rank}.`}
        {asked !== null && ` For class ${names[asked]} it has ${askedRank === null ? "no score" : `rank ${askedRank}`}.`}
      </p>
      {neurons.panel !== "role" && (
        <button type="button" className="quiet" data-testid="to-role" onClick={() => actions.change({ panel: "role" })}>
          What it does: its role
        </button>
      )}
    </section>
  );
}

function Chosen({ count, onSave }: { count: number; onSave(units: readonly number[]): void }) {
  const { units } = useWorkspace();
  const { store } = useApp();
  const actions = useActions();
  const here = units.filter((unit) => unit < count);
  if (here.length === 0) {
    return null;
  }
  return (
    <section className="unit-chosen" data-testid="unit-selection" data-count={here.length}>
      <header>
        <h2>
          {whole(here.length)} neuron{here.length === 1 ? "" : "s"} selected
        </h2>
        <button type="button" className="quiet" onClick={() => store.change({ units: [] })}>
          Clear
        </button>
      </header>
      <div className="rank-actions">
        <button type="button" className="quiet" data-testid="save-units" onClick={() => onSave(here)}>
          Save as CSV
        </button>
        <button type="button" className="quiet" onClick={() => actions.change({ panel: "ablation" })}>
          Switch them off
        </button>
      </div>
    </section>
  );
}

function Dead({ dead, count }: { dead: readonly number[]; count: number }) {
  const { unit } = useWorkspace();
  const actions = useActions();
  const [open, setOpen] = useState(false);
  if (dead.length === 0) {
    return null;
  }
  return (
    <section className="unit-dead" data-testid="dead">
      <header>
        <h2>
          {whole(dead.length)} dead neuron{dead.length === 1 ? "" : "s"} <span className="secondary">of {whole(count)}</span>
        </h2>
        <button type="button" className="quiet" aria-expanded={open} data-testid="list-dead" onClick={() => setOpen(!open)}>
          {open ? "Hide" : "List"}
        </button>
      </header>
      <p className="sentence">{dead.length === 1 ? "It says the same for every observation, so it has" : "They say the same for every observation, so they have"} no place on the map.</p>
      {open && (
        <div className="rank-numbers">
          {dead.map((one) => (
            <button key={one} type="button" className="quiet" aria-pressed={one === unit} aria-label={`Neuron ${one}`} onClick={() => actions.look(one)}>
              {one}
            </button>
          ))}
        </div>
      )}
    </section>
  );
}
