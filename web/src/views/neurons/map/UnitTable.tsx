import { useMemo, useState } from "react";
import { type Situation, useWorkspace } from "../../../parts/app";
import { measured, whole } from "../../../parts/words";
import { ranking, rankOf, restMean } from "../../../state/units";
import { useActions } from "./actions";
import type { UnitMap, Units, UnitScores } from "./useUnits";

const PAGE = 100;

/** The map as a table: the selected neurons or all, those of the chosen class strongest first. */
export function UnitTable({ situation, units, map, found }: { situation: Situation; units: Units; map: UnitMap; found: UnitScores }) {
  const { neurons, units: selection, unit } = useWorkspace();
  const actions = useActions();
  const [page, setPage] = useState(0);
  const { scores, best } = found;
  const names = situation.study.dataset.classNames;
  const counts = situation.study.sample.classCounts;
  const chosen = scores !== null && neurons.chosen !== null && neurons.chosen < scores.classes ? neurons.chosen : null;
  const rows = useMemo(() => {
    const live = map.live === null ? Array.from({ length: units.count }, (_, at) => at) : Array.from(map.live);
    const ordered = chosen === null || scores === null ? live : [...new Set([...ranking(scores, chosen), ...live])];
    const wanted = new Set(selection);
    return selection.length === 0 ? ordered : ordered.filter((one) => wanted.has(one));
  }, [map.live, units.count, chosen, scores, selection]);
  const places = useMemo(() => new Map(Array.from(map.live ?? [], (one, row) => [one, row])), [map.live]);
  const last = Math.max(0, Math.ceil(rows.length / PAGE) - 1);
  const at = Math.min(page, last);
  const by = (one: number) => chosen ?? best?.[one] ?? -1;
  const columns = ["neuron", "tells best", ...(scores === null ? [] : [chosen === null ? "score for it" : `score for ${names[chosen]}`, "rank", chosen === null ? "mean in it" : `mean in ${names[chosen]}`, "mean in the rest"]), "x", "y"];
  return (
    <div className="point-table" data-testid="unit-table" tabIndex={0} role="region" aria-label="Neurons as a table">
      <table>
        <caption>
          {whole(rows.length)} neurons{selection.length > 0 ? ", the selection" : ""}
          {chosen === null ? "" : `, strongest for class ${names[chosen]} first`}; rows {whole(rows.length === 0 ? 0 : at * PAGE + 1)} to {whole(Math.min(rows.length, (at + 1) * PAGE))}
        </caption>
        <thead>
          <tr>
            {columns.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.slice(at * PAGE, (at + 1) * PAGE).map((one) => {
            const label = by(one);
            const row = places.get(one);
            const told = best?.[one] ?? -1;
            const known = scores !== null && label >= 0;
            const rest = known ? restMean(scores, label, one, counts) : null;
            return (
              <tr key={one} aria-current={one === unit ? "true" : undefined}>
                <th scope="row">
                  <button type="button" className="quiet" onClick={() => actions.look(one)}>
                    {one}
                  </button>
                </th>
                <td>{told < 0 ? "–" : names[told]}</td>
                {scores !== null && (
                  <>
                    <td>{known ? measured(scores.values[label * scores.units + one]) : "–"}</td>
                    <td>{known ? (rankOf(scores, label, one) ?? "–") : "–"}</td>
                    <td>{known && scores.mean !== null ? measured(scores.mean[label * scores.units + one]) : "–"}</td>
                    <td>{rest === null ? "–" : measured(rest)}</td>
                  </>
                )}
                <td>{row === undefined || map.layout === null ? "–" : map.layout[row * 2].toFixed(3)}</td>
                <td>{row === undefined || map.layout === null ? "–" : map.layout[row * 2 + 1].toFixed(3)}</td>
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
