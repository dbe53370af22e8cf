import { useMemo, useState } from "react";
import { rgbToHex } from "../../draw/palette";
import { rampOf, type TrailMarks } from "../../draw/trailScene";
import { type Situation, useApp, useCell, useEvolution, useWorkspace } from "../../parts/app";
import { TextOf } from "../../parts/Seen";
import { Thumb } from "../../parts/Thumb";
import { measured, whole } from "../../parts/words";
import { SORTS } from "../../state/evolution";
import { combine, selectionMode } from "../../state/workspace";
import { ranked, SORT_TEXTS, SORT_TITLES, useMeasure } from "./measure";
import type { SequenceShown } from "./shown";

const PAGE = 12;

/** Observations by how much they move: the most and the least moving, with their images. */
export function Movement({ situation, shown, marks }: { situation: Situation; shown: SequenceShown; marks: TrailMarks }) {
  const { store, pointer } = useApp();
  const { primary, selection } = useWorkspace();
  const [evolution, change] = useEvolution();
  const [pages, setPages] = useState(1);
  const hovered = useCell(pointer).row;
  const { sort, values, absent } = useMeasure(shown, situation);
  const { observations, study } = situation;
  const names = study.dataset.classNames;
  const rows = useMemo(() => {
    const hidden = new Set(marks.hiddenClasses);
    const chosen = selection.length > 0 ? new Set(selection) : null;
    const visible = (row: number) => !hidden.has(marks.labels[row]) && (chosen === null || chosen.has(row));
    return values === null ? [] : ranked(values, evolution.least, visible);
  }, [values, evolution.least, marks.hiddenClasses, marks.labels, selection]);
  const most = useMemo(() => (values === null ? 1 : Math.max(...rows.map((row) => values[row]), 1e-12)), [rows, values]);
  const listed = rows.slice(0, pages * PAGE);
  const click = (row: number, event: { ctrlKey: boolean; metaKey: boolean; altKey: boolean }) => {
    const mode = selectionMode(event);
    store.change(mode === "replace" ? { primary: row } : { primary: row, selection: combine(store.get().selection, [row], mode) });
  };
  const hover = (row: number | null) => pointer.set({ ...pointer.get(), row });
  return (
    <section className="movement" data-testid="movement">
      <header>
        <h2>Movement</h2>
        <div className="segments" role="group" aria-label="Which come first">
          {[false, true].map((least) => (
            <button key={String(least)} type="button" aria-pressed={evolution.least === least} data-testid={least ? "least" : "most"} onClick={() => change({ least }, "along")}>
              {least ? "Least" : "Most"}
            </button>
          ))}
        </div>
      </header>
      <label className="field sort" title={SORT_TEXTS[sort]}>
        <span>by</span>
        <select value={sort} data-testid="sort" onChange={(event) => change({ sort: event.target.value as (typeof SORTS)[number] }, "along")}>
          {SORTS.map((name) => (
            <option key={name} value={name}>
              {SORT_TITLES[name]}
            </option>
          ))}
        </select>
      </label>
      {values === null ? (
        <p className="sentence">{absent ?? "Loading."}</p>
      ) : (
        <ol className="movers">
          {listed.map((row) => (
            <li key={row}>
              <button
                type="button"
                className={`mover${row === hovered ? " hovered" : ""}`}
                aria-pressed={row === primary}
                data-row={row}
                onPointerEnter={() => hover(row)}
                onPointerLeave={() => hover(null)}
                onClick={(event) => click(row, event)}
              >
                {observations.texts !== null ? <TextOf row={row} /> : observations.pictures !== null && <Thumb row={row} edge={28} />}
                <span className="mover-name">
                  {names.length > 0 ? names[observations.labels[row]] : ""} <span className="secondary">#{observations.ids[row]}</span>
                </span>
                <span className="mover-bar">
                  <i style={{ width: `${Math.max(1, (values[row] / most) * 100)}%`, background: rgbToHex(rampOf(marks, row)[40]) }} />
                </span>
                <span className="mover-number">
                  <span className="unseen">{SORT_TITLES[sort]} </span>
                  {measured(values[row])}
                </span>
              </button>
            </li>
          ))}
        </ol>
      )}
      {values !== null && (
        <div className="selection-actions">
          <button type="button" className="quiet" data-testid="select-movers" title="Makes these the selection of all views" onClick={() => store.change({ selection: [...listed].sort((a, b) => a - b) })}>
            Select these {whole(listed.length)}
          </button>
          {rows.length > listed.length && (
            <button type="button" className="quiet" onClick={() => setPages(pages + 2)}>
              More
            </button>
          )}
        </div>
      )}
    </section>
  );
}
