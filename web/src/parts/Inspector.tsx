import { useMemo, useState } from "react";
import { countClasses } from "../state/legend";
import { findResult } from "../state/results";
import type { ViewName } from "../state/workspace";
import { type Situation, useApp, useCell, useLibrary, useWorkspace } from "./app";
import { numberText, useMarks } from "./coloring";
import { paintHex } from "../draw/scene";
import { Bars } from "./Bars";
import { LayoutFacts } from "./LayoutFacts";
import { saveSelection } from "./saving";
import { Seen, TextOf } from "./Seen";
import { Thumb } from "./Thumb";
import { useShown } from "./useShown";
import { percent, whole } from "./words";
import { TryPanel } from "../views/place/TryPanel";
import { ClustersPanel } from "../views/projection/clusters/ClustersPanel";
import { Findings } from "./findings/Findings";

const PAGE = 60;

/** Views that put panels of their own here. */
const SIDED: readonly ViewName[] = ["evolution", "neurons", "weights", "classes", "network"];

/** Views about networks alone: of observations they only show what a person selected. */
const WITHOUT_OBSERVATIONS: readonly ViewName[] = ["weights", "network"];

/** What is selected: images, class counts, scores. */
export function Inspector({ situation }: { situation: Situation | null }) {
  const { selection, primary, parameters, view } = useWorkspace();
  const rows = useMemo(() => selection.filter((row) => row < (situation?.observations.count ?? 0)), [selection, situation?.observations.count]);
  if (situation === null) {
    return <aside className="inspector" aria-label="Inspector" />;
  }
  const { count } = situation.observations;
  return (
    <aside className="inspector" aria-label="Inspector" data-testid="inspector">
      {view === "projection" && <LayoutFacts situation={situation} source={situation.source} parameters={parameters} when="running" />}
      {primary !== null && primary < count && <Primary row={primary} situation={situation} />}
      {view === "projection" && <TryProjection situation={situation} />}
      {SIDED.includes(view) && <Side />}
      {rows.length > 0 ? <Selected rows={rows} situation={situation} /> : !WITHOUT_OBSERVATIONS.includes(view) && <Everything situation={situation} />}
      {view === "projection" && <LayoutFacts situation={situation} source={situation.source} parameters={parameters} when="settled" />}
      {view === "projection" && <ClustersPanel situation={situation} />}
    </aside>
  );
}

/** Placed into the projection that is shown, once it is kept. */
function TryProjection({ situation }: { situation: Situation }) {
  const { parameters } = useWorkspace();
  const { kept, running } = useShown(situation.source, situation.method, parameters);
  return <TryPanel situation={situation} digest={running === null ? (kept?.result.digest ?? null) : null} />;
}

/** Room for what a view says itself. */
function Side() {
  const { side } = useApp();
  return <div className="view-side" ref={side.set} data-testid="side" />;
}

function Primary({ row, situation }: { row: number; situation: Situation }) {
  const { store } = useApp();
  const marks = useMarks(null);
  const { study, observations, predictions, run, epoch } = situation;
  const names = study.dataset.classNames;
  const label = observations.labels[row];
  const scores = names.map((_, at) => predictions?.scores[row * names.length + at] ?? 0);
  return (
    <section className="primary" data-testid="primary" data-row={row}>
      <header>
        <h2>
          #{observations.ids[row]} {names.length > 0 && <span className="secondary">class {names[label]}</span>}
          {observations.values !== null && <span className="secondary">value {numberText(observations.values[row])}</span>}
        </h2>
        <button type="button" className="quiet" aria-label="Close this observation" onClick={() => store.change({ primary: null })}>
          Close
        </button>
      </header>
      <div className="primary-body">
        {observations.pictures !== null && <Thumb row={row} edge={112} />}
        {observations.texts !== null && <TextOf row={row} whole />}
        {predictions !== null && (
          <Bars
            title={`Scores by ${run?.name}, epoch ${epoch}`}
            names={names}
            values={scores}
            colors={marks?.colors ?? []}
            text={(value) => (value < 0.0005 ? "0" : percent(value, value > 0.9995 ? 0 : 1))}
            strong={predictions.winner[row]}
          />
        )}
      </div>
      {predictions !== null && predictions.wrong[row] === 1 && (
        <p className="sentence">
          Its class is {names[label]}, but the network says {names[predictions.winner[row]]} after epoch {epoch}.
        </p>
      )}
    </section>
  );
}

function Selected({ rows, situation }: { rows: number[]; situation: Situation }) {
  const { store, library, pointer } = useApp();
  const { primary } = useWorkspace();
  const [pages, setPages] = useState(1);
  const hovered = useCell(pointer).row;
  const marks = useMarks(null);
  const colorOf = useMemo(() => (marks === null ? null : paintHex(marks)), [marks]);
  const { study, observations, predictions } = situation;
  const names = study.dataset.classNames;
  const counts = useMemo(() => countClasses(observations.labels, names.length, rows), [observations, names, rows]);
  const wrong = useMemo(() => (predictions === null ? null : rows.filter((row) => predictions.wrong[row] === 1)), [predictions, rows]);
  const shown = rows.slice(0, pages * PAGE);
  const hover = (row: number | null) => pointer.set({ ...pointer.get(), row });
  return (
    <section data-testid="selection" data-count={rows.length}>
      <header>
        <h2>
          {whole(rows.length)} selected{" "}
          {wrong !== null && <span className="secondary">{wrong.length} misclassified</span>}
        </h2>
        <button type="button" className="quiet" onClick={() => store.change({ selection: [], primary: null })}>
          Clear
        </button>
      </header>
      {names.length > 0 && <Bars title="Classes" names={names} values={counts} colors={marks?.colors ?? []} text={whole} nonzero />}
      <div className="selection-actions">
        <button type="button" className="quiet" onClick={() => saveSelection(rows, situation, library)}>
          Save as CSV
        </button>
        {wrong !== null && wrong.length > 0 && wrong.length < rows.length && (
          <button type="button" className="quiet" onClick={() => store.change({ selection: wrong })}>
            Only misclassified
          </button>
        )}
      </div>
      <div className="images" data-testid="images">
        {shown.map((row) => (
          <button
            key={row}
            type="button"
            className={`image${row === hovered ? " hovered" : ""}${predictions?.wrong[row] === 1 ? " wrong" : ""}`}
            aria-label={`Observation ${observations.ids[row]}${names.length > 0 ? `, class ${names[observations.labels[row]]}` : ""}`}
            aria-pressed={row === primary}
            data-row={row}
            style={{ "--class": colorOf?.(row) } as React.CSSProperties}
            onPointerEnter={() => hover(row)}
            onPointerLeave={() => hover(null)}
            onClick={() => store.change({ primary: row })}
          >
            <Seen row={row} edge={36} />
          </button>
        ))}
      </div>
      {rows.length > shown.length && (
        <button type="button" className="quiet" onClick={() => setPages(pages + 2)}>
          Show {whole(Math.min(2 * PAGE, rows.length - shown.length))} more
        </button>
      )}
    </section>
  );
}

function Everything({ situation }: { situation: Situation }) {
  const { library } = useApp();
  const { parameters, view } = useWorkspace();
  const { summaries } = useLibrary();
  const marks = useMarks(null);
  const { study, method, epoch } = situation;
  // The entry view is about the data alone, whatever layer the other views look at.
  const source = view === "explore" || view === "evolution" ? null : situation.source;
  const run = view === "explore" ? null : situation.run;
  const names = study.dataset.classNames;
  const match = source === null ? null : findResult(summaries, source, method, parameters);
  const quality = match === null ? null : (library.result(match.summary.digest)?.result.quality ?? match.summary.quality);
  const hits = quality?.neighborhoodHitPerClass;
  const own = Array.isArray(quality?.ownNeighborhoodHitPerClass) ? (quality.ownNeighborhoodHitPerClass as number[]) : undefined;
  const { pictures, texts } = situation.observations;
  const theirs = pictures !== null ? "their images" : texts !== null ? "their texts" : "them";
  const recall = run?.metrics.find((row) => row.epoch === epoch)?.testRecall;
  return (
    <section>
      <h2>All {whole(study.sample.count)} observations</h2>
      {view !== "neurons" && (
        <p className="sentence">
          {view === "classes" && situation.predictions !== null ? `Drag over boxes, or click a column or a cell of the matrix, to see ${theirs} here.` : `${view === "classes" ? "In a projection, shift-drag" : "Shift-drag"} around points to see ${theirs} here. Click a point to look at one${names.length > 0 ? "; double-click a class in the legend to see it alone." : "."}`}
        </p>
      )}
      {hits && hits.length > 0 && <Bars title={`Neighborhood hit per class${own === undefined ? "" : ", | own space"}`} ticks={own} tickText="in its own space" names={names} values={hits} colors={marks?.colors ?? []} text={(value) => percent(value)} full={1} />}
      {recall && recall.length > 0 && (
        <Bars title={`Recall per class, epoch ${epoch}`} names={names} values={recall} colors={marks?.colors ?? []} text={(value) => percent(value)} full={1} />
      )}
      {!hits && !recall && names.length > 0 && <Bars title="Classes" names={names} values={study.sample.classCounts} colors={marks?.colors ?? []} text={whole} />}
      {view !== "overview" && view !== "explore" && <Findings situation={situation} narrow />}
    </section>
  );
}
