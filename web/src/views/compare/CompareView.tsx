import { findJob, findResult, isActive } from "../../state/results";
import { COMPARISONS, type Comparison } from "../../state/workspace";
import { Legend } from "../../parts/Legend";
import { type Situation, useApp, useLibrary, useMarks, useWorkspace } from "../../parts/app";
import { useSize } from "../../parts/gesture";
import { Multiple, type Panel } from "../../parts/Multiple";
import { parameterWords, percent } from "../../parts/words";
import { columnsFor, comparePanels, comparisonWords } from "./panels";

const NAMES: Record<Comparison, string> = { training: "Before and after", epochs: "Epochs", layers: "Layers" };
/** Room that a caption takes under its picture, and between two pictures. */
const [CAPTION, GAP, SMALLEST, SCROLLING] = [48, 16, 140, 230];

/** Small multiples with one selection in all of them. */
export function CompareView({ situation }: { situation: Situation }) {
  const { store } = useApp();
  const { comparison, parameters } = useWorkspace();
  const [attach, size] = useSize();
  const marks = useMarks(null);
  const { run, epoch, layer, method, study } = situation;
  if (run === null || epoch === null) {
    return (
      <div className="empty" role="status">
        <h3>Nothing to compare yet.</h3>
        <p>Pictures stand here side by side as soon as a run has kept its first epoch. Training a run: ./inscape train mnist --model mlp --study DIR.</p>
      </div>
    );
  }
  const panels = comparePanels(comparison, run, epoch, layer);
  const fitting = size === null ? 1 : columnsFor(panels.length, size.width, size.height, CAPTION);
  const rows = Math.ceil(panels.length / fitting);
  const inner = size === null ? 0 : Math.min((size.width - GAP * (fitting - 1)) / fitting, (size.height - GAP * (rows - 1)) / rows - CAPTION);
  const scrolls = inner < SMALLEST;
  const columns = scrolls && size !== null ? Math.max(1, Math.floor((size.width + GAP) / (SCROLLING + GAP))) : fitting;
  const edge = scrolls ? SCROLLING : Math.floor(inner);
  const settings = parameterWords(method, parameters);
  return (
    <div className="compare">
      <header className="panel-header">
        <div>
          <h2 data-testid="title">
            {comparisonWords(comparison, run, epoch, layer)}, {method.title}
            {settings !== "" && <span className="secondary"> {settings}</span>}
          </h2>
          <Finding panels={panels} situation={situation} />
        </div>
        <div className="compare-actions">
          <div className="segments" role="group" aria-label="What to compare">
            {COMPARISONS.map((name) => (
              <button key={name} type="button" aria-pressed={name === comparison} data-testid={`compare-${name}`} onClick={() => store.change({ comparison: name })}>
                {NAMES[name]}
              </button>
            ))}
          </div>
          <div className="segments" role="group" aria-label="Method">
            {study.methods.map((candidate) => (
              <button key={candidate.name} type="button" aria-pressed={candidate.name === method.name} title={candidate.text} onClick={() => store.change({ method: candidate.name, parameters: {} })}>
                {candidate.title}
              </button>
            ))}
          </div>
          <Missing panels={panels} situation={situation} />
        </div>
      </header>
      <div className="multiples-frame" ref={attach} tabIndex={0} role="group" aria-label="Pictures side by side">
        <div className="multiples" style={{ gridTemplateColumns: `repeat(${columns}, ${edge}px)`, "--edge": `${edge}px` } as React.CSSProperties}>
          {panels.map((panel) => (
            <Multiple key={`${panel.source.run}/${panel.source.epoch}/${panel.source.layer}`} panel={panel} situation={situation} parameters={parameters} />
          ))}
        </div>
      </div>
      <Legend names={study.dataset.classNames} counts={study.sample.classCounts} colors={marks?.colors ?? []} wrongCount={null} />
    </div>
  );
}

/** From where to where the neighborhood hit goes, in words. */
function Finding({ panels, situation }: { panels: Panel[]; situation: Situation }) {
  const { parameters } = useWorkspace();
  const { summaries } = useLibrary();
  const hits = panels
    .map((panel) => ({ panel, match: findResult(summaries, panel.source, situation.method, parameters) }))
    .filter(({ match }) => match !== null);
  if (hits.length < 2) {
    return <p className="sentence">Hover, select and lasso in any picture: all show the same observations. A title opens its picture large.</p>;
  }
  const text = ({ panel, match }: (typeof hits)[number]) => `${percent(match!.summary.quality.neighborhoodHit)} (${panel.title.toLowerCase()})`;
  return (
    <p className="sentence">
      Neighborhood hit goes from {text(hits[0])} to {text(hits[hits.length - 1])}. One selection in all pictures.
    </p>
  );
}

function Missing({ panels, situation }: { panels: Panel[]; situation: Situation }) {
  const { library } = useApp();
  const { parameters } = useWorkspace();
  const { summaries, jobs } = useLibrary();
  const { method, study } = situation;
  const all = jobs.map((trace) => trace.job);
  const computable = panels.filter(({ source }) => {
    const run = study.runs.find(({ name }) => name === source.run);
    const ready = source.layer === "input" || (run?.snapshots.includes(source.epoch ?? -1) ?? false);
    const job = findJob(all, source, method, parameters);
    return ready && findResult(summaries, source, method, parameters) === null && !(job !== null && isActive(job));
  });
  if (computable.length === 0) {
    return null;
  }
  const compute = async () => {
    for (const { source } of computable) {
      await library.project(source, method.name, parameters);
    }
  };
  return (
    <button type="button" className="primary-button" data-testid="compute-missing" onClick={() => void compute()}>
      Compute {computable.length} missing {computable.length === 1 ? "projection" : "projections"}
    </button>
  );
}
