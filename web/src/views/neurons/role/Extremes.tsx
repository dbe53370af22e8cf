import type { Situation } from "../../../parts/app";
import { useApp, useCell, useWorkspace } from "../../../parts/app";
import { exactText } from "../../../parts/coloring";
import { Seen } from "../../../parts/Seen";
import { measured } from "../../../parts/words";

interface ExtremesProps {
  title: string;
  rows: readonly number[];
  values: Float32Array | null;
  situation: Situation;
  colors: readonly string[];
  testId: string;
}

/** The observations at one end, strongest first; a click looks at one. */
export function Extremes({ title, rows, values, situation, colors, testId }: ExtremesProps) {
  const { store, pointer } = useApp();
  const { primary } = useWorkspace();
  const hovered = useCell(pointer).row;
  const { observations, study, predictions } = situation;
  const names = study.dataset.classNames;
  const shown = rows.filter((row) => row < observations.count);
  const [first, last] = values === null || shown.length === 0 ? ["", ""] : [measured(values[shown[0]]), measured(values[shown[shown.length - 1]])];
  const ends = first === last ? first : `${first} to ${last}`;
  const hover = (row: number | null) => pointer.set({ ...pointer.get(), row });
  return (
    <figure className="unit-figure">
      <figcaption>
        {title} <span className="secondary">{ends}</span>
        <button type="button" className="quiet small" title="Make them the selection" onClick={() => store.change({ selection: [...shown].sort((a, b) => a - b) })}>
          Select
        </button>
      </figcaption>
      <div className="images" data-testid={testId}>
        {shown.map((row) => {
          const value = values?.[row];
          const words = `Observation ${observations.ids[row]}${names.length > 0 ? `, class ${names[observations.labels[row]]}` : ""}${value === undefined ? "" : `, activation ${exactText(value)}`}`;
          return (
            <button
              key={row}
              type="button"
              className={`image${row === hovered ? " hovered" : ""}${predictions?.wrong[row] === 1 ? " wrong" : ""}`}
              aria-label={words}
              title={words}
              aria-pressed={row === primary}
              data-row={row}
              style={{ "--class": colors[observations.labels[row]] } as React.CSSProperties}
              onPointerEnter={() => hover(row)}
              onPointerLeave={() => hover(null)}
              onClick={() => store.change({ primary: row })}
            >
              <Seen row={row} edge={36} />
            </button>
          );
        })}
      </div>
    </figure>
  );
}
