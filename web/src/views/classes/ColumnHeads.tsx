import { useMemo } from "react";
import { classColors } from "../../draw/palette";
import type { Grid } from "../../draw/boxes";
import { type Situation, useApp, useCell, useWorkspace } from "../../parts/app";
import { whole } from "../../parts/words";
import { type Columns, rowsOf } from "../../state/outcomes";
import type { Predictions } from "../../state/predictions";
import { combine, selectionMode } from "../../state/workspace";

/** Height of the columns' heads. */
export const HEADS = 56;

/** Above each column: the class that the network says, how many observations it says it of, and of how many wrongly. A click selects them. */
export function ColumnHeads({ situation, predictions, columns, grid }: { situation: Situation; predictions: Predictions; columns: Columns; grid: Grid }) {
  const { store, theme: themeCell } = useApp();
  const theme = useCell(themeCell);
  const { palette, selection } = useWorkspace();
  const { study, observations } = situation;
  const names = study.dataset.classNames;
  const colors = useMemo(() => classColors(palette, theme, names.length), [palette, theme, names.length]);
  const chosen = useMemo(() => {
    const counts = new Uint32Array(names.length);
    selection.forEach((row) => row < predictions.winner.length && counts[predictions.winner[row]]++);
    return counts;
  }, [selection, predictions, names.length]);
  return (
    <div className="box-heads" style={{ height: HEADS, width: grid.width }}>
      {grid.classes.map((label, place) => {
        const count = columns.starts[label + 1] - columns.starts[label];
        const wrong = columns.wrong[label];
        const all = count > 0 && chosen[label] === count;
        return (
          <button
            key={label}
            type="button"
            className="box-head"
            data-testid={`column-${label}`}
            data-count={count}
            data-wrong={wrong}
            aria-pressed={all}
            title={`Predicted ${names[label]}: ${whole(count)}, ${whole(wrong)} of them wrong. Click selects them; with Ctrl adds, with Alt removes.`}
            style={{ left: grid.left + place * grid.pitch - 3, width: grid.column + 4, "--class": colors[label] } as React.CSSProperties}
            onClick={(event) => store.change({ selection: combine(store.get().selection, rowsOf(predictions, observations.labels, null, label), selectionMode(event)) })}
          >
            <span className="box-head-name">
              <span className="swatch" />
              <span className="unseen">Predicted </span>
              <span>{names[label]}</span>
            </span>
            <span className="box-head-count">{whole(count)}</span>
            <span className={wrong > 0 ? "box-head-wrong" : "box-head-wrong none"}>{whole(wrong)} {grid.column >= 54 ? "wrong" : <><span aria-hidden="true">✗</span><span className="unseen">wrong</span></>}</span>
          </button>
        );
      })}
    </div>
  );
}
