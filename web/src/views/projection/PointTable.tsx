import { useState } from "react";
import type { KeptResult } from "../../state/library";
import { type Situation, useApp, useWorkspace } from "../../parts/app";
import { tableRow } from "../../parts/saving";
import { percent, whole } from "../../parts/words";

const PAGE = 100;

/** The picture as a table: the same observations, for those who cannot see it or want to read numbers. */
export function PointTable({ situation, kept, layout }: { situation: Situation; kept: KeptResult | null; layout: Float32Array }) {
  const { store } = useApp();
  const { selection, hiddenClasses, primary } = useWorkspace();
  const [page, setPage] = useState(0);
  const { labels } = situation.observations;
  const rows = (selection.length > 0 ? selection : Array.from(labels.keys())).filter(
    (row) => row < labels.length && !hiddenClasses.includes(labels[row]),
  );
  const last = Math.max(0, Math.ceil(rows.length / PAGE) - 1);
  const at = Math.min(page, last);
  return (
    <div className="point-table" data-testid="point-table" tabIndex={0} aria-label="Observations as a table">
      <table>
        <caption>
          {whole(rows.length)} observations{selection.length > 0 ? ", the selection" : ""}
          {kept === null ? ", still moving" : ""}; rows {whole(at * PAGE + 1)} to {whole(Math.min(rows.length, (at + 1) * PAGE))}
        </caption>
        <thead>
          <tr>
            {["id", "label", "prediction", "score", "x", "y"].map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.slice(at * PAGE, (at + 1) * PAGE).map((row) => {
            const { id, label, prediction, score, x, y } = tableRow(row, situation, layout);
            return (
              <tr key={row} aria-current={row === primary ? "true" : undefined}>
                <th scope="row">
                  <button type="button" className="quiet" onClick={() => store.change({ primary: row })}>
                    #{id}
                  </button>
                </th>
                <td>{label}</td>
                <td className={prediction !== null && prediction !== label ? "wrong" : ""}>{prediction ?? "–"}</td>
                <td>{score === null ? "–" : percent(score)}</td>
                <td>{x.toFixed(3)}</td>
                <td>{y.toFixed(3)}</td>
              </tr>
            );
          })}
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
