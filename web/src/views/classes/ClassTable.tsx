import { useState } from "react";
import { type Situation, useApp, useWorkspace } from "../../parts/app";
import { TextOf } from "../../parts/Seen";
import { percent, whole } from "../../parts/words";
import { type Columns, type Outcomes, scoreOf, threshold } from "../../state/outcomes";
import type { Predictions } from "../../state/predictions";
import { useClasses } from "./useClasses";

const PAGE = 100;

/** The boxes as a table, column by column in their order; the selection alone where there is one. */
export function ClassTable({ situation, predictions, columns, outcomes }: { situation: Situation; predictions: Predictions; columns: Columns; outcomes: Outcomes | null }) {
  const { store } = useApp();
  const { selection, primary } = useWorkspace();
  const [{ often }] = useClasses();
  const [page, setPage] = useState(0);
  const texts = situation.observations.texts !== null;
  const { observations, study } = situation;
  const names = study.dataset.classNames;
  const chosen = selection.length === 0 ? null : new Set(selection);
  const rows = chosen === null ? columns.rows : columns.rows.filter((row) => chosen.has(row));
  const last = Math.max(0, Math.ceil(rows.length / PAGE) - 1);
  const at = Math.min(page, last);
  const times = threshold(often, outcomes?.epochs.length ?? 0);
  return (
    <div className="point-table class-table" data-testid="class-table" tabIndex={0} role="group" aria-label="The boxes as a table">
      <table>
        <caption>
          {whole(rows.length)} observations{chosen === null ? "" : ", the selection"}, by predicted class and score; rows {whole(Math.min(rows.length, at * PAGE + 1))} to {whole(Math.min(rows.length, (at + 1) * PAGE))}
        </caption>
        <thead>
          <tr>
            {["id", "predicted", "score", "label", ...(texts ? ["text"] : []), ...(outcomes === null ? [] : ["wrong epochs", "flips", "first right", "last right"])].map((name) => (
              <th key={name} scope="col" className={name === "text" ? "text-cell" : undefined}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {Array.from(rows.subarray(at * PAGE, (at + 1) * PAGE), (row) => (
            <tr key={row} aria-current={row === primary ? "true" : undefined}>
              <th scope="row">
                <button type="button" className="quiet" onClick={() => store.change({ primary: row })}>
                  #{observations.ids[row]}
                </button>
              </th>
              <td className={predictions.wrong[row] === 1 ? "wrong" : ""}>{names[predictions.winner[row]]}</td>
              <td>{percent(scoreOf(predictions, row))}</td>
              <td>{names[observations.labels[row]]}</td>
              {texts && (
                <td className="text-cell">
                  <TextOf row={row} />
                </td>
              )}
              {outcomes !== null && (
                <>
                  <td>
                    {outcomes.wrong[row]}
                    {outcomes.wrong[row] > times ? " ▲" : ""}
                  </td>
                  <td>{outcomes.flips[row]}</td>
                  <td>{outcomes.firstRight[row] < 0 ? "never" : outcomes.firstRight[row]}</td>
                  <td>{outcomes.lastRight[row] < 0 ? "never" : outcomes.lastRight[row]}</td>
                </>
              )}
            </tr>
          ))}
        </tbody>
      </table>
      <div className="pager">
        <button type="button" className="quiet" disabled={at === 0} onClick={() => setPage(at - 1)}>
          Previous {PAGE}
        </button>
        <button type="button" className="quiet" disabled={at === last} onClick={() => setPage(at + 1)}>
          Next {PAGE}
        </button>
      </div>
    </div>
  );
}
