import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from "react";
import { useApp, useEvolution } from "../../../parts/app";
import { Bars } from "../../../parts/Bars";
import { measured, whole } from "../../../parts/words";
import { boxPolygon, moved, type Passage, PASSAGE_ORDERS, type PassageOrder, type Polygon, scaled, shortened, sorted } from "../../../state/fields";
import { countClasses } from "../../../state/legend";
import type { PanelProps } from "../slots";
import { PassageImages } from "./PassageImages";
import { RegionNumbers } from "./RegionNumbers";
import { useField } from "./useField";
import { useTrailColors } from "./useTrailColors";
import { useRegion } from "./useRegion";

/** So many are shown of those most responsible and of outliers. */
const FEW = 12;
const PAGE = 48;

const ORDERS: Record<PassageOrder, { title: string; text: string }> = {
  responsibility: { title: "responsibility", text: "low dissimilarity and high speed: those that shaped the field here" },
  speed: { title: "speed", text: "length of the way inside the region over the time spent there" },
  dissimilarity: { title: "dissimilarity", text: "how far their movement is from the field's" },
};

/** From the field back to the data: who passes through the brushed region, and who made the field what it is there. */
export function RegionPanel({ situation, shown: sequence }: PanelProps) {
  const [evolution, change] = useEvolution();
  const { shown } = useField(sequence?.digest ?? null);
  const { region } = evolution;
  const several = shown !== null && shown.grid.fields > 1;
  const found = useRegion(shown?.digest ?? null, several ? evolution.shownField : null, evolution.field === "none" ? null : region);
  const panel = useNewlyShown(region !== null && shown !== null);
  if (evolution.field === "none" || shown === null) {
    return null;
  }
  const set = (polygon: Polygon | null, track?: "along") => change({ region: polygon === null ? null : shortened(polygon) }, track);
  const [left, bottom, right, top] = shown.report.box;
  if (region === null) {
    return (
      <section className="region" data-testid="region-panel" aria-label="Region of the field">
        <h3>Who makes the field?</h3>
        <p className="sentence">Press Brush and drag over a place in the field to see who passes there.</p>
        <button
          type="button"
          className="secondary-button"
          data-testid="region-place"
          onClick={() => set(boxPolygon([left + (right - left) * 0.4, bottom + (top - bottom) * 0.4, left + (right - left) * 0.6, bottom + (top - bottom) * 0.6]))}
        >
          Place a box in the middle
        </button>
      </section>
    );
  }
  const { passages, problem, current } = found;
  return (
    <section ref={panel} className="region" data-testid="region-panel" data-count={passages?.length} data-current={current} aria-label="Region of the field" aria-busy={!current}>
      <header>
        <h3>Region of the field</h3>
        <button type="button" className="quiet" data-testid="region-clear" onClick={() => set(null)}>
          Clear
        </button>
      </header>
      <Mover polygon={region} bounds={shown.report.box} onMove={(polygon) => set(polygon, "along")} />
      {problem !== null ? (
        <p role="alert" className="problem">
          {problem}
        </p>
      ) : passages === null ? (
        <p className="sentence">Asking who passes here</p>
      ) : passages.length === 0 ? (
        <p className="sentence">No trajectory passes here. Brush a place where lines run, or move the box.</p>
      ) : (
        <Passing passages={passages} situation={situation} />
      )}
      <RegionNumbers polygon={region} onSet={set} />
    </section>
  );
}

/** Who brushes a region wants to see who passes there: the panel comes into view, once, and stays where the person scrolls it after. */
function useNewlyShown(shows: boolean) {
  const panel = useRef<HTMLElement>(null);
  const before = useRef(shows);
  useEffect(() => {
    if (shows && !before.current) {
      const [here, side] = [panel.current, panel.current?.closest("aside")];
      if (here != null && side != null) {
        side.scrollTop += here.getBoundingClientRect().top - side.getBoundingClientRect().top - 8;
      }
    }
    before.current = shows;
  }, [shows]);
  return panel;
}

/** The region under the arrow keys. */
function Mover({ polygon, bounds, onMove }: { polygon: Polygon; bounds: readonly [number, number, number, number]; onMove(polygon: Polygon): void }) {
  const step = Math.max(bounds[2] - bounds[0], bounds[3] - bounds[1]) * 0.02;
  const press = (event: KeyboardEvent) => {
    const by = ({ ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] } as Record<string, [number, number]>)[event.key];
    if (by === undefined) {
      return;
    }
    event.preventDefault();
    onMove(event.shiftKey ? scaled(polygon, 1 + by[0] * 0.1, 1 + by[1] * 0.1) : moved(polygon, by[0] * step, by[1] * step));
  };
  return (
    <button type="button" className="region-mover" data-testid="region-mover" onKeyDown={press} onClick={(event) => event.currentTarget.focus()} title="While this has the focus: arrow keys move the region, Shift and arrow keys make it wider, narrower, taller or flatter">
      Move it with <kbd>← ↑ ↓ →</kbd>, size it with <kbd>Shift</kbd>
    </button>
  );
}

function Passing({ passages, situation }: { passages: readonly Passage[]; situation: PanelProps["situation"] }) {
  const { store } = useApp();
  const [order, setOrder] = useState<PassageOrder>("responsibility");
  const [pages, setPages] = useState(1);
  const colors = useTrailColors();
  const { study, observations } = situation;
  const names = study.dataset.classNames;
  const rows = useMemo(() => passages.map(({ row }) => row).sort((a, b) => a - b), [passages]);
  const counts = useMemo(() => countClasses(observations.labels, names.length, rows), [observations, names, rows]);
  const responsible = useMemo(() => sorted(passages, "responsibility").slice(0, FEW), [passages]);
  const outliers = useMemo(() => sorted(passages, "dissimilarity").slice(0, FEW), [passages]);
  const all = useMemo(() => sorted(passages, order), [passages, order]);
  const mean = (of: (passage: Passage) => number) => passages.reduce((sum, passage) => sum + of(passage), 0) / passages.length;
  return (
    <>
      <p className="sentence" data-testid="region-count">
        <strong>{whole(passages.length)}</strong> of {whole(observations.count)} trajectories pass here, on average {measured(mean(({ duration }) => duration))} steps long at speed{" "}
        {measured(mean(({ speed }) => speed))}.
      </p>
      <button type="button" className="secondary-button" data-testid="region-select" onClick={() => store.change({ selection: rows, primary: null })}>
        Select them all
      </button>
      {names.length > 0 && <Bars title="Classes that pass" names={names} values={counts} colors={colors} text={whole} nonzero />}
      <PassageImages title="Most responsible for the field here" text="They move fast and as the field does" passages={responsible} by="responsibility" situation={situation} id="responsible" />
      <PassageImages title="Outliers" text="They move least as the field does" passages={outliers} by="dissimilarity" situation={situation} id="outliers" />
      <div className="region-all">
        <label className="field" title={ORDERS[order].text}>
          <span>All, by</span>
          <select value={order} data-testid="region-order" onChange={(event) => setOrder(event.target.value as PassageOrder)}>
            {PASSAGE_ORDERS.map((name) => (
              <option key={name} value={name}>
                {ORDERS[name].title}
              </option>
            ))}
          </select>
        </label>
        <PassageImages passages={all.slice(0, pages * PAGE)} by={order} situation={situation} id="all" />
        {all.length > pages * PAGE && (
          <button type="button" className="quiet" onClick={() => setPages(pages + 2)}>
            Show {whole(Math.min(2 * PAGE, all.length - pages * PAGE))} more
          </button>
        )}
      </div>
    </>
  );
}
