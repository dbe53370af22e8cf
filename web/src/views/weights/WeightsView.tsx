import { createPortal } from "react-dom";
import { type Situation, useApp, useCell, useWeights } from "../../parts/app";
import { Icon } from "../../parts/Icon";
import { Unavailable } from "../../parts/Unavailable";
import { hasNetworks, noNetwork } from "../../state/brought";
import { WHAT_WORDS } from "../../state/distributions";
import { type WeightPanel, PANELS } from "../../state/weights";
import { Distances } from "./Distances";
import { Distributions } from "./Distributions";
import { HintonPanel } from "./hinton/HintonPanel";
import { RatioChart } from "./RatioChart";
import { saveDistributions } from "./saving";
import { useFresh, useHistograms, useStanding } from "./standing";

const NAMES: Record<WeightPanel, string> = { distributions: "Distributions", hinton: "Hinton diagram" };

/** How the weights are distributed and move, and each of them in a diagram. */
export function WeightsView(props: { situation: Situation; table: boolean; onTable(): void }) {
  const { run } = props.situation;
  if (run !== null && !hasNetworks(run)) {
    const { title, text } = noNetwork(run);
    return (
      <div className="weights" data-testid="weights">
        <header className="panel-header">
          <h2 data-testid="title">Weights of {run.name}</h2>
        </header>
        <Unavailable title={title} why={text} />
      </div>
    );
  }
  return <Shown {...props} />;
}

function Shown({ situation, table, onTable }: { situation: Situation; table: boolean; onTable(): void }) {
  const { store, library, side, theme } = useApp();
  const [{ panel, what }] = useWeights();
  const host = useCell(side);
  useFresh(situation);
  const standing = useStanding(situation);
  const histograms = useHistograms(standing);
  const { chosen, layer } = standing;
  if (situation.run === null) {
    return (
      <div className="weights empty" data-testid="weights">
        <h3>No network has been trained here</h3>
        <p>Distributions of weights appear as soon as a run has begun.</p>
      </div>
    );
  }
  if (panel === "hinton") {
    return (
      <>
        <HintonPanel situation={situation} standing={standing} table={table} onTable={onTable} kinds={<Kinds />} />
        {host !== null && createPortal(<RatioChart situation={situation} standing={standing} />, host)}
      </>
    );
  }
  const names = chosen.map(({ name }) => name);
  const title = layer === null ? "Weights" : `${layer} ${WHAT_WORDS[what]} of ${names.length > 1 ? `${names.slice(0, -1).join(", ")} and ${names[names.length - 1]}` : names[0]}`;
  const save = (kind: "svg" | "png" | "csv") => {
    if (histograms != null) {
      saveDistributions(kind, { situation, standing, histograms, weights: store.get().weights, theme: theme.get(), title }).catch((error: unknown) => library.notify(error));
    }
  };
  return (
    <div className="weights" data-testid="weights">
      <header className="panel-header">
        <div>
          <h2 data-testid="title">{title}</h2>
          <p className="sentence">
            The same bins and axes for all; heights are shares of a layer&#8217;s values.
            {histograms != null && histograms.missing.length > 0 ? ` ${histograms.missing.join(" ")}` : ""}
          </p>
        </div>
        <div className="weights-actions">
          <Kinds />
          <button type="button" className="tool" aria-pressed={table} title="The numbers as a table (T)" aria-label="The numbers as a table" data-testid="table-toggle" onClick={onTable}>
            <Icon name="table" />
          </button>
          <SaveMenu names={{ svg: "Histograms as SVG", png: "Histograms as PNG", csv: "Figures and counts as CSV" }} ready={histograms != null} onSave={save} />
        </div>
      </header>
      <Distributions situation={situation} standing={standing} histograms={histograms} table={table} />
      {host !== null &&
        createPortal(
          <>
            <RatioChart situation={situation} standing={standing} />
            <Distances situation={situation} standing={standing} />
          </>,
          host,
        )}
    </div>
  );
}

function Kinds() {
  const [{ panel }, change] = useWeights();
  return (
    <div className="segments" role="group" aria-label="What to show of the weights">
      {PANELS.map((name) => (
        <button key={name} type="button" aria-pressed={name === panel} data-testid={`panel-${name}`} onClick={() => change({ panel: name })}>
          {NAMES[name]}
        </button>
      ))}
    </div>
  );
}

export function SaveMenu<K extends string>({ names, ready, onSave }: { names: Record<K, string>; ready: boolean; onSave(kind: K): void }) {
  return (
    <details className="menu save-menu">
      <summary className="tool" title="Save" aria-label="Save" data-testid="save">
        <Icon name="download" />
      </summary>
      <div className="menu-items">
        {(Object.keys(names) as K[]).map((kind) => (
          <button key={kind} type="button" disabled={!ready} data-testid={`save-${kind}`} onClick={(event) => {
              event.currentTarget.closest("details")!.open = false;
              onSave(kind);
            }}
          >
            {names[kind]}
          </button>
        ))}
      </div>
    </details>
  );
}
