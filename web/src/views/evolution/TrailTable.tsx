import { useMemo, useState } from "react";
import { type Situation, useApp, useEvolution, useWorkspace } from "../../parts/app";
import { TextOf } from "../../parts/Seen";
import { measured, whole } from "../../parts/words";
import { ranked, SORT_TITLES, useMeasure } from "./measure";
import type { SequenceShown } from "./shown";
import { useNearestStep } from "./useMoment";

const PAGE = 100;

/** The picture as a table: where each observation is at the present step, and how much it moves. */
export function TrailTable({ situation, shown }: { situation: Situation; shown: SequenceShown }) {
  const { store } = useApp();
  const { selection, hiddenClasses, primary } = useWorkspace();
  const [{ least }] = useEvolution();
  const [page, setPage] = useState(0);
  const texts = situation.observations.texts !== null;
  const nearest = useNearestStep(shown.steps.length);
  const { sort, values } = useMeasure(shown, situation);
  const { labels, ids } = situation.observations;
  const names = situation.study.dataset.classNames;
  const rows = useMemo(() => {
    const chosen = selection.length > 0 ? new Set(selection) : null;
    const visible = (row: number) => !hiddenClasses.includes(labels[row]) && (chosen === null || chosen.has(row));
    const all = values ?? new Float32Array(shown.observations);
    return ranked(all, least, visible);
  }, [values, least, selection, hiddenClasses, labels, shown.observations]);
  const last = Math.max(0, Math.ceil(rows.length / PAGE) - 1);
  const at = Math.min(page, last);
  const place = (step: number, row: number, axis: number) => shown.layouts[(step * shown.observations + row) * 2 + axis].toFixed(3);
  // Beside the present step another one, from which one sees where an observation goes or comes from.
  const other = nearest === shown.steps.length - 1 ? 0 : shown.steps.length - 1;
  return (
    <div className="point-table" data-testid="point-table" tabIndex={0} aria-label="Observations as a table">
      <table>
        <caption>
          {whole(rows.length)} observations{selection.length > 0 ? ", the selection" : ""}
          {shown.live ? ", still moving" : ""}, by {SORT_TITLES[sort].toLowerCase()}
          {least ? ", least first" : ""}; rows {whole(at * PAGE + 1)} to {whole(Math.min(rows.length, (at + 1) * PAGE))}
        </caption>
        <thead>
          <tr>
            {["id", "label", SORT_TITLES[sort].toLowerCase(), `x at ${shown.steps[nearest].name}`, `y at ${shown.steps[nearest].name}`, `x at ${shown.steps[other].name}`, `y at ${shown.steps[other].name}`, ...(texts ? ["text"] : [])].map((name, column) => (
              <th key={column} scope="col" className={name === "text" ? "text-cell" : undefined}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.slice(at * PAGE, (at + 1) * PAGE).map((row) => (
            <tr key={row} aria-current={row === primary ? "true" : undefined}>
              <th scope="row">
                <button type="button" className="quiet" onClick={() => store.change({ primary: row })}>
                  #{ids[row]}
                </button>
              </th>
              <td>{names[labels[row]] ?? "–"}</td>
              <td>{values === null ? "–" : measured(values[row])}</td>
              <td>{place(nearest, row, 0)}</td>
              <td>{place(nearest, row, 1)}</td>
              <td>{place(other, row, 0)}</td>
              <td>{place(other, row, 1)}</td>
              {texts && (
                <td className="text-cell">
                  <TextOf row={row} />
                </td>
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
