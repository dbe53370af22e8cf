import { type Situation, useApp, useCell, useWorkspace } from "../../../parts/app";
import { Seen } from "../../../parts/Seen";
import { measured } from "../../../parts/words";
import type { Passage, PassageOrder } from "../../../state/fields";
import { combine, selectionMode } from "../../../state/workspace";
import { useTrailColors } from "./useTrailColors";

const WORDS: Record<PassageOrder, string> = { responsibility: "responsibility", speed: "speed", dissimilarity: "dissimilarity" };

interface PassageImagesProps {
  title?: string;
  text?: string;
  passages: readonly Passage[];
  /** The number by which they are listed, told with each. */
  by: PassageOrder;
  situation: Situation;
  id: string;
}

/** Images of trajectories; a click looks at one, with Ctrl or Cmd it joins the selection, with Alt it leaves it. */
export function PassageImages({ title, text, passages, by, situation, id }: PassageImagesProps) {
  const { store, pointer } = useApp();
  const { primary } = useWorkspace();
  const hovered = useCell(pointer).row;
  const colors = useTrailColors();
  const { observations, study } = situation;
  const names = study.dataset.classNames;
  const hover = (row: number | null) => pointer.set({ ...pointer.get(), row });
  return (
    <div className="passages" data-testid={`passages-${id}`}>
      {title !== undefined && (
        <h4>
          {title} <span className="secondary">{text}</span>
        </h4>
      )}
      <div className="images">
        {passages.map((passage) => {
          const { row } = passage;
          const number = `${WORDS[by]} ${measured(passage[by])}`;
          const name = `Observation ${observations.ids[row]}${names.length > 0 ? `, class ${names[observations.labels[row]]}` : ""}, ${number}`;
          return (
            <button
              key={row}
              type="button"
              className={`image${row === hovered ? " hovered" : ""}`}
              aria-label={name}
              title={name}
              aria-pressed={row === primary}
              data-row={row}
              style={{ "--class": names.length > 0 ? colors[observations.labels[row]] : undefined } as React.CSSProperties}
              onPointerEnter={() => hover(row)}
              onPointerLeave={() => hover(null)}
              onClick={(event) => {
                const mode = selectionMode(event);
                store.change(mode === "replace" ? { primary: row } : { primary: row, selection: combine(store.get().selection, [row], mode) });
              }}
            >
              <Seen row={row} edge={36} />
            </button>
          );
        })}
      </div>
    </div>
  );
}
