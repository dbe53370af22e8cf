import { hitOf } from "../../state/quality";
import { carriedOver, dimensionsOf, findJob, findResult, isActive } from "../../state/results";
import type { Run } from "../../server/types";
import { COMPARISONS, type Comparison } from "../../state/workspace";
import { Legend } from "../../parts/Legend";
import { SaveMenu } from "../../parts/SaveMenu";
import { type Situation, useApp, useLibrary, useWorkspace } from "../../parts/app";
import { DimensionSwitch, MethodSelect } from "../../parts/MethodSelect";
import { useSize } from "../../parts/gesture";
import { Multiple, type Panel } from "../../parts/Multiple";
import { parameterWords, percent } from "../../parts/words";
import { lazy, Suspense } from "react";
import { columnsFor, comparePanels, comparisonWords } from "./panels";
import { saveMultiples } from "./saving";

const NAMES: Record<Comparison, string> = { training: "Before and after", epochs: "Epochs", layers: "Layers", pair: "Any two" };
/** Room that a caption takes under its picture, and between two pictures. */
const [CAPTION, GAP, SMALLEST, SCROLLING] = [48, 16, 140, 230];

/** It brings deck.gl with it, which small multiples do not need. */
const PairView = lazy(async () => ({ default: (await import("./PairView")).PairView }));

/** Small multiples, or any two layouts large, with one selection in all of them. */
export function CompareView({ situation }: { situation: Situation }) {
  const { comparison } = useWorkspace();
  const { run, epoch } = situation;
  // Without a run there are no epochs and no layers, but any two layouts of the data.
  return comparison === "pair" || run === null || epoch === null ? <Pair situation={situation} /> : <Multiples situation={situation} run={run} epoch={epoch} />;
}

function Kinds({ situation }: { situation: Situation }) {
  const { store } = useApp();
  const { comparison } = useWorkspace();
  const none = situation.run === null;
  return (
    <div className="segments" role="group" aria-label="What to compare">
      {COMPARISONS.map((name) => (
        <button
          key={name}
          type="button"
          aria-pressed={none ? name === "pair" : name === comparison}
          disabled={none && name !== "pair"}
          title={none && name !== "pair" ? "Needs a run with kept epochs" : undefined}
          data-testid={`compare-${name}`}
          onClick={() => store.change({ comparison: name })}
        >
          {NAMES[name]}
        </button>
      ))}
    </div>
  );
}

function Methods({ situation }: { situation: Situation }) {
  const { store } = useApp();
  const { parameters } = useWorkspace();
  const { study, method } = situation;
  return (
    <>
      <MethodSelect methods={study.methods} method={method.name} onChoose={(next) => store.change({ method: next.name, parameters: carriedOver(next, parameters) })} />
      <DimensionSwitch method={method} dims={dimensionsOf(method, parameters)} onChoose={(dimensions) => store.change({ parameters: { ...parameters, dimensions } })} />
    </>
  );
}

function Pair({ situation }: { situation: Situation }) {
  const { store } = useApp();
  const { linked } = useWorkspace();
  return (
    <div className="compare">
      <header className="panel-header">
        <div>
          <h2 data-testid="title">Two layouts side by side</h2>
          <p className="sentence">Hover, select and lasso in either: both show the same observations.</p>
        </div>
        <div className="compare-actions">
          <Kinds situation={situation} />
          <Methods situation={situation} />
          <label className="field">
            <input type="checkbox" checked={linked} data-testid="link-cameras" onChange={(event) => store.change({ linked: event.target.checked, rightEye: { camera: store.get().camera, orbit: store.get().orbit } })} />
            one camera
          </label>
        </div>
      </header>
      <Suspense fallback={null}>
        <PairView situation={situation} />
      </Suspense>
      <SharedLegend situation={situation} />
    </div>
  );
}

/** The colours of all pictures; what numbers there are is known from the first that is kept. */
function SharedLegend({ situation }: { situation: Situation }) {
  const { library } = useApp();
  const { summaries } = useLibrary();
  const { source, method, predictions } = situation;
  const one = summaries.find((summary) => summary.source.layer === source?.layer && summary.method === method.name) ?? summaries[0];
  return <Legend predictions={predictions} kept={one === undefined ? null : (library.result(one.digest) ?? null)} wrongCount={null} several />;
}

function Multiples({ situation, run, epoch }: { situation: Situation; run: Run; epoch: number }) {
  const { library } = useApp();
  const { comparison, parameters } = useWorkspace();
  const [attach, size] = useSize();
  const { layer, method } = situation;
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
          <Kinds situation={situation} />
          <Methods situation={situation} />
          <Missing panels={panels} situation={situation} />
          <SaveMenu onSave={(kind) => void saveMultiples(kind, `${comparisonWords(comparison, run, epoch, layer)}, ${method.title}`, `compare-${comparison}-${run.name}`).catch((error: unknown) => library.notify(error))} />
        </div>
      </header>
      <div className="multiples-frame" ref={attach} tabIndex={0} role="group" aria-label="Pictures side by side">
        <div className="multiples" style={{ gridTemplateColumns: `repeat(${columns}, ${edge}px)`, "--edge": `${edge}px` } as React.CSSProperties}>
          {panels.map((panel) => (
            <Multiple key={`${panel.source.run}/${panel.source.epoch}/${panel.source.layer}`} panel={panel} situation={situation} parameters={parameters} />
          ))}
        </div>
      </div>
      <SharedLegend situation={situation} />
    </div>
  );
}

/** From where to where the neighborhood hit goes, in words. */
function Finding({ panels, situation }: { panels: Panel[]; situation: Situation }) {
  const { parameters } = useWorkspace();
  const { summaries } = useLibrary();
  const hits = panels
    .map((panel) => ({ panel, match: findResult(summaries, panel.source, situation.method, parameters) }))
    .filter(({ match }) => match !== null && hitOf(match.summary.quality) !== null);
  if (hits.length < 2) {
    return <p className="sentence">Hover, select and lasso in any picture: all show the same observations. A title opens its picture large.</p>;
  }
  const text = ({ panel, match }: (typeof hits)[number]) => `${percent(hitOf(match!.summary.quality)!)} (${panel.title.toLowerCase()})`;
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
