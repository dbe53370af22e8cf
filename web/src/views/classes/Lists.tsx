import { useMemo, useState } from "react";
import { type Situation, useApp, useCell, useWorkspace } from "../../parts/app";
import { TextOf } from "../../parts/Seen";
import { Thumb } from "../../parts/Thumb";
import { percent, whole } from "../../parts/words";
import { thingsOf } from "../../state/brought";
import { FLIP_SORTS, type FlipSort } from "../../state/classes";
import { between, flipRows, type Outcomes, scoreOf, suspects } from "../../state/outcomes";
import { History } from "./History";
import { saveFlips, saveSuspects } from "./saving";
import { Slide } from "./Slide";
import { useClasses } from "./useClasses";

const PAGE = 40;
const THUMB = 32;

/** Beside the boxes: what changed since the epoch before, who changes often, and whose label may be wrong. */
export function Lists({ situation, outcomes }: { situation: Situation; outcomes: Outcomes }) {
  const { primary } = useWorkspace();
  const [{ list }, change] = useClasses();
  const several = outcomes.epochs.length > 1;
  const shown = primary !== null && primary < outcomes.wrong.length ? primary : null;
  return (
    <>
      {shown !== null && several && <Fared row={shown} situation={situation} outcomes={outcomes} />}
      <section className="class-lists" aria-label="Changes and suspects">
        {several && <Since situation={situation} outcomes={outcomes} />}
        <div className="segments" role="group" aria-label="List">
          <button type="button" aria-pressed={list === "flips"} data-testid="list-flips" onClick={() => change({ list: "flips" })}>
            Flips
          </button>
          <button type="button" aria-pressed={list === "suspects"} data-testid="list-suspects" onClick={() => change({ list: "suspects" })}>
            Suspect labels
          </button>
        </div>
        {list === "flips" ? <Flips situation={situation} outcomes={outcomes} /> : <Suspects situation={situation} outcomes={outcomes} />}
      </section>
    </>
  );
}

/** The observation that is looked at, epoch by epoch. */
function Fared({ row, situation, outcomes }: { row: number; situation: Situation; outcomes: Outcomes }) {
  const names = situation.study.dataset.classNames;
  const { epochs, predictions, wrong, flips } = outcomes;
  return (
    <section className="fared" data-testid="fared">
      <h3>
        Over {epochs.length} kept epochs <span className="secondary">wrong in {wrong[row]}, {flips[row] === 1 ? "1 flip" : `${flips[row]} flips`}</span>
      </h3>
      <div className="fared-scroll" tabIndex={0} role="group" aria-label="Predictions by epoch">
        <table>
          <thead>
            <tr>
              <th scope="row">epoch</th>
              {epochs.map((epoch) => (
                <th key={epoch} scope="col" aria-current={epoch === situation.epoch ? "true" : undefined}>
                  {epoch}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            <tr>
              <th scope="row">says</th>
              {predictions.map((at, index) => (
                <td key={epochs[index]} className={at.wrong[row] === 1 ? "wrong" : ""}>
                  {names[at.winner[row]]}
                </td>
              ))}
            </tr>
            <tr>
              <th scope="row">score, %</th>
              {predictions.map((at, index) => (
                <td key={epochs[index]}>{Math.round(scoreOf(at, row) * 100)}</td>
              ))}
            </tr>
          </tbody>
        </table>
      </div>
    </section>
  );
}

/** What became right and what became wrong since the kept epoch before this one. */
function Since({ situation, outcomes }: { situation: Situation; outcomes: Outcomes }) {
  const { store } = useApp();
  const at = outcomes.epochs.indexOf(situation.epoch ?? -1);
  const changed = useMemo(() => (at < 1 ? null : between(outcomes.predictions[at - 1], outcomes.predictions[at])), [outcomes, at]);
  if (changed === null) {
    return <p className="sentence since">{at === 0 ? "The first kept epoch: move on to see who changes." : "This epoch is not kept."}</p>;
  }
  const button = (rows: number[], words: string, id: string) => (
    <button type="button" className="quiet" data-testid={id} disabled={rows.length === 0} title={`Selects the ${words}`} onClick={() => store.change({ selection: rows })}>
      {whole(rows.length)} {words}
    </button>
  );
  return (
    <p className="sentence since" data-testid="since">
      <span>What changed since epoch {outcomes.epochs[at - 1]}</span>
      {button(changed.righted, "now right", "righted")} {button(changed.wronged, "now wrong", "wronged")}
    </p>
  );
}

const SORT_WORDS: Record<FlipSort, string> = { flips: "Flips", first: "First right", last: "Last right", wrong: "Wrong epochs", id: "Id", label: "Label" };

function Flips({ situation, outcomes }: { situation: Situation; outcomes: Outcomes }) {
  const { store } = useApp();
  const [{ sort, least }, change] = useClasses();
  const { observations } = situation;
  const rows = useMemo(() => flipRows(outcomes, sort, least, observations.labels, observations.ids), [outcomes, sort, least, observations]);
  const often = useMemo(() => rows.reduce((sum, row) => sum + (outcomes.flips[row] > 1 ? 1 : 0), 0), [rows, outcomes]);
  if (outcomes.epochs.length < 2) {
    return <p className="sentence">Only epoch {outcomes.epochs[0]} is kept, so nothing can be seen to change. Train with more kept epochs to follow it.</p>;
  }
  const words = (row: number) => `${outcomes.flips[row]} ${outcomes.flips[row] === 1 ? "flip" : "flips"}, ${outcomes.firstRight[row] < 0 ? "never right" : outcomes.firstRight[row] === outcomes.lastRight[row] ? `right at ${outcomes.firstRight[row]}` : `right ${outcomes.firstRight[row]} to ${outcomes.lastRight[row]}`}`;
  return (
    <>
      <p className="sentence" data-testid="flips" data-count={rows.length}>
        {whole(rows.length)} change between right and wrong, {whole(often)} of them more than once.
      </p>
      <div className="list-tools">
        <label>
          <span className="unseen">Sort by</span>
          <select value={sort} data-testid="flip-sort" onChange={(event) => change({ sort: event.target.value as FlipSort })}>
            {FLIP_SORTS.map((one) => (
              <option key={one} value={one}>
                {SORT_WORDS[one]}
              </option>
            ))}
          </select>
        </label>
        <button type="button" className="quiet" data-testid="flip-least" title={least ? "The least come first; click for the most" : "The most come first; click for the least"} onClick={() => change({ least: !least })}>
          {least ? "least" : "most"}
        </button>
        <button type="button" className="quiet" disabled={rows.length === 0} onClick={() => store.change({ selection: [...rows].sort((a, b) => a - b) })}>
          Select
        </button>
        <button type="button" className="quiet" data-testid="save-flips" disabled={rows.length === 0} onClick={() => saveFlips(rows, situation, outcomes)}>
          CSV
        </button>
      </div>
      <Rows key={`${sort}${least}`} rows={rows} situation={situation} outcomes={outcomes} words={words} label="Observations that flip" />
    </>
  );
}

function Suspects({ situation, outcomes }: { situation: Situation; outcomes: Outcomes }) {
  const { store } = useApp();
  const [{ sure }, change] = useClasses();
  const names = situation.study.dataset.classNames;
  const found = useMemo(() => suspects(outcomes, sure), [outcomes, sure]);
  const byRow = useMemo(() => new Map(found.map((one) => [one.row, one])), [found]);
  const words = (row: number) => {
    const { says, times, score } = byRow.get(row)!;
    return `called ${names[says]} ${times}×, ${percent(score, 0)}`;
  };
  return (
    <>
      <p className="sentence" data-testid="suspects" data-count={found.length}>
        {found.length === 0 ? "No label" : whole(found.length)} {found.length === 0 ? "is denied" : found.length === 1 ? "label is denied" : "labels are denied"} with a score of at least {percent(sure, 0)} in more than half of the {outcomes.epochs.length} kept epochs.{" "}
        {found.length > 0 && `Look at the ${thingsOf(situation.study)} before you believe it: hard examples look the same.`}
      </p>
      <div className="list-tools">
        <Slide id="sure" min={0} max={1} step={0.05} value={sure} label="How sure the network must be" text={percent(sure, 0)} onChange={(value, track) => change({ sure: value }, track)} />
        <button type="button" className="quiet" disabled={found.length === 0} data-testid="select-suspects" onClick={() => store.change({ selection: found.map(({ row }) => row).sort((a, b) => a - b) })}>
          Select
        </button>
        <button type="button" className="quiet" data-testid="save-suspects" disabled={found.length === 0} onClick={() => saveSuspects(found, sure, situation, outcomes)}>
          CSV
        </button>
      </div>
      <Rows rows={found.map(({ row }) => row)} situation={situation} outcomes={outcomes} words={words} label="Suspect labels" />
    </>
  );
}

interface RowsProps {
  rows: readonly number[];
  situation: Situation;
  outcomes: Outcomes;
  words(row: number): string;
  label: string;
}

/** Observations, a line each; more when they are asked for. */
function Rows({ rows, situation, outcomes, words, label }: RowsProps) {
  const { store, pointer } = useApp();
  const { primary, selection } = useWorkspace();
  const hovered = useCell(pointer).row;
  const [pages, setPages] = useState(1);
  const { observations, study } = situation;
  const names = study.dataset.classNames;
  const hover = (row: number | null) => pointer.set({ ...pointer.get(), row });
  if (rows.length === 0) {
    return null;
  }
  return (
    <div className={`list-scroll${selection.length > 0 ? " short" : ""}`} tabIndex={0} role="group" aria-label={label}>
      <ul>
        {rows.slice(0, pages * PAGE).map((row) => (
          <li key={row}>
            <button
              type="button"
              className={`list-row${row === hovered ? " hovered" : ""}`}
              data-row={row}
              aria-pressed={row === primary}
              onPointerEnter={() => hover(row)}
              onPointerLeave={() => hover(null)}
              onClick={() => store.change({ primary: row })}
            >
              {observations.pictures !== null && <Thumb row={row} edge={THUMB} />}
              <span className="list-words">
                <span>
                  #{observations.ids[row]} <span className="secondary">class {names[observations.labels[row]]}</span>
                </span>
                <TextOf row={row} />
                <span className="secondary">{words(row)}</span>
              </span>
              <span aria-hidden="true">
                <History row={row} outcomes={outcomes} epoch={situation.epoch} names={names} width={60} height={20} />
              </span>
            </button>
          </li>
        ))}
      </ul>
      {rows.length > pages * PAGE && (
        <button type="button" className="quiet" onClick={() => setPages(pages + 1)}>
          {whole(rows.length - pages * PAGE)} more
        </button>
      )}
    </div>
  );
}
