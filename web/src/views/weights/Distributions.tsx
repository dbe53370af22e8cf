import { type Situation, useWeights } from "../../parts/app";
import type { Histograms } from "../../state/distributions";
import { MODES, type Mode, type What, WHATS } from "../../state/weights";
import { DistributionTable } from "./DistributionTable";
import { timeColor } from "../../draw/histogram";
import { Models } from "./Models";
import { Stack } from "./Stack";
import { type Standing, useChooseLayer } from "./standing";

const MODE_NAMES: Record<Mode, [string, string]> = {
  single: ["One epoch", "the epoch of the axis below"],
  overlay: ["Overlay", "outlines of all epochs: dark early, bright late"],
  ridge: ["Ridge", "all epochs behind each other, the first at the back"],
};
const WHAT_NAMES: Record<What, string> = { weights: "weights", biases: "biases", updates: "updates of weights", "bias-updates": "updates of biases" };

/** Distributions of one layer's weights in the chosen models. */
export function Distributions({ situation, standing, histograms, table }: { situation: Situation; standing: Standing; histograms: Histograms | null | undefined; table: boolean }) {
  const [{ mode, log, what }, change] = useWeights();
  return (
    <>
      <Models situation={situation} standing={standing} />
      <div className="weights-row">
        <LayerSelect situation={situation} standing={standing} />
        <label className="field">
          <span>show</span>
          <select value={what} data-testid="what" onChange={(event) => change({ what: event.target.value as What })}>
            {WHATS.map((name) => (
              <option key={name} value={name}>
                {WHAT_NAMES[name]}
              </option>
            ))}
          </select>
        </label>
        <div className="segments" role="group" aria-label="Epochs">
          {MODES.map((name) => (
            <button key={name} type="button" aria-pressed={name === mode} title={MODE_NAMES[name][1]} data-testid={`mode-${name}`} onClick={() => change({ mode: name })}>
              {MODE_NAMES[name][0]}
            </button>
          ))}
        </div>
        <label className="field">
          <input type="checkbox" checked={log} data-testid="log" onChange={(event) => change({ log: event.target.checked })} />
          log counts
        </label>
        {mode === "overlay" && <TimeLegend epochs={standing.epochs} />}
      </div>
      <div className="stack-frame">
        {histograms === null ? (
          <div className="empty" role="status">
            <h3>None of the chosen models has this</h3>
            <p>Choose another layer above, weights instead of biases, or another model.</p>
          </div>
        ) : histograms === undefined ? (
          <p className="waiting" role="status">
            Reading the distributions
          </p>
        ) : (
          <Stack situation={situation} standing={standing} histograms={histograms} />
        )}
        {table && histograms != null && <DistributionTable situation={situation} standing={standing} histograms={histograms} />}
      </div>
    </>
  );
}

/** All layers of all models by name; in brackets who has it where not all have. */
export function LayerSelect({ situation, standing, of }: { situation: Situation; standing: Standing; of?: string }) {
  const choose = useChooseLayer(situation);
  const layers = of === undefined ? standing.layers : standing.layers.filter(({ runs }) => runs.includes(of));
  const everywhere = standing.reports.size;
  return (
    <label className="field">
      <span>layer</span>
      <select value={standing.layer ?? ""} data-testid="weights-layer" onChange={(event) => choose(event.target.value)}>
        {layers.map(({ layer, runs }) => (
          <option key={layer} value={layer}>
            {layer}
            {of === undefined && runs.length < everywhere ? ` (${runs.length > 2 ? `${runs.length} models` : runs.join(", ")})` : ""}
          </option>
        ))}
      </select>
    </label>
  );
}

function TimeLegend({ epochs }: { epochs: readonly number[] }) {
  return (
    <span className="time-legend" role="img" aria-label={`Dark is epoch ${epochs[0]}, bright is epoch ${epochs[epochs.length - 1]}`}>
      {epochs[0]}
      <i style={{ background: `linear-gradient(to right, ${[0, 0.25, 0.5, 0.75, 1].map(timeColor).join(", ")})` }} />
      {epochs[epochs.length - 1]}
    </span>
  );
}
