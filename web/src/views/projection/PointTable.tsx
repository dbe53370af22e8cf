import { useMemo, useState } from "react";
import type { Dims, KeptResult } from "../../state/library";
import { type Situation, useApp, useWorkspace } from "../../parts/app";
import { tableRow } from "../../parts/saving";
import { TextOf } from "../../parts/Seen";
import { percent, whole } from "../../parts/words";

const PAGE = 100;

/** The picture as a table: the same observations, for those who cannot see it or want to read numbers. */
export function PointTable({ situation, kept, layout, dims }: { situation: Situation; kept: KeptResult | null; layout: Float32Array; dims: Dims }) {
  const { store } = useApp();
  const { selection, hiddenClasses, primary } = useWorkspace();
  const [page, setPage] = useState(0);
  const texts = situation.observations.texts !== null;
  const { labels, count } = situation.observations;
  const rows = useMemo(() => {
    const shown = (row: number) => row < count && !hiddenClasses.includes(labels[row]);
    return selection.length > 0 ? Uint32Array.from(selection).filter(shown) : Uint32Array.from({ length: count }, (_, row) => row).filter(shown);
  }, [selection, labels, count, hiddenClasses]);
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
            {["id", "label", "prediction", "score", "x", "y", ...(dims === 3 ? ["z"] : []), ...(texts ? ["text"] : [])].map((name) => (
              <th key={name} scope="col" className={name === "text" ? "text-cell" : undefined}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {Array.from(rows.subarray(at * PAGE, (at + 1) * PAGE), (row) => {
            const { id, label, prediction, score, x, y, z } = tableRow(row, situation, layout, dims);
            return (
              <tr key={row} aria-current={row === primary ? "true" : undefined}>
                <th scope="row">
                  <button type="button" className="quiet" onClick={() => store.change({ primary: row })}>
                    #{id}
                  </button>
                </th>
                <td>{label === "" ? "–" : label}</td>
                <td className={prediction !== null && prediction !== label ? "wrong" : ""}>{prediction ?? "–"}</td>
                <td>{score === null ? "–" : percent(score)}</td>
                <td>{x.toFixed(3)}</td>
                <td>{y.toFixed(3)}</td>
                {z !== undefined && <td>{z.toFixed(3)}</td>}
                {texts && (
                  <td className="text-cell">
                    <TextOf row={row} />
                  </td>
                )}
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
