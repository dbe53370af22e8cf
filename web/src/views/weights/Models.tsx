import { useState } from "react";
import type { Run } from "../../server/types";
import { type Situation, useApp, useCell, useWeights } from "../../parts/app";
import { percent, whole } from "../../parts/words";
import { accuracyAt, type WeightReport } from "../../state/distributions";
import { chooseModel } from "../../state/weights";
import { accuracyColor, finalAccuracy, type Standing } from "./standing";

/** Models as circles coloured by their final test accuracy. A click chooses, a second click takes away. */
export function Models({ situation, standing }: { situation: Situation; standing: Standing }) {
  const { store } = useApp();
  const [{ many }, change] = useWeights();
  const [message, setMessage] = useState("");
  const { chosen, reports } = standing;
  const names = chosen.map(({ name }) => name);
  const choose = (run: Run) => {
    const found = chooseModel(names, run.name, many);
    setMessage(found.message);
    // The newest choice is the run of all views; one that is taken away gives way to what is left.
    const current = found.runs.includes(run.name) ? run.name : found.runs.includes(situation.run?.name ?? "") ? situation.run!.name : found.runs[found.runs.length - 1];
    store.change({ run: current, weights: { ...store.get().weights, runs: found.runs } });
  };
  const stack = (on: boolean) => {
    change(on ? { many: true } : { many: false, runs: names.slice(-2) });
    setMessage(on ? "Choose up to four models." : names.length > 2 ? `Shown are the last two choices: ${names.slice(-2).join(" and ")}.` : "");
  };
  return (
    <section className="models" aria-label="Models" data-testid="models">
      <ul>
        {situation.study.runs.map((run) => (
          <Model key={run.name} run={run} report={reports.get(run.name)} standing={standing} place={names.indexOf(run.name)} onChoose={() => choose(run)} />
        ))}
      </ul>
      <div className="models-more">
        <AccuracyLegend standing={standing} />
        <label className="field">
          <input type="checkbox" checked={many} data-testid="stack-more" onChange={(event) => stack(event.target.checked)} />
          stack more
        </label>
        <p className="models-message" role="status" data-testid="models-message">
          {message}
        </p>
      </div>
    </section>
  );
}

function Model({ run, report, standing, place, onChoose }: { run: Run; report: WeightReport | undefined; standing: Standing; place: number; onChoose(): void }) {
  const { theme: cell } = useApp();
  const theme = useCell(cell);
  const accuracy = finalAccuracy(run, report);
  const layers = [...new Set((report?.tensors ?? []).filter(({ kind }) => kind === "weights").map(({ layer }) => layer))];
  const diverged = report?.divergedAt ?? null;
  const id = `model-card-${run.name.replaceAll(/[^\w-]/g, "-")}`;
  return (
    <li className="model">
      <button type="button" aria-pressed={place >= 0} aria-describedby={id} data-testid={`model-${run.name}`} onClick={onChoose}>
        <span className="model-circle" data-diverged={diverged !== null} style={{ background: accuracyColor(standing.scale, accuracy, theme) }}>
          {place >= 0 && <span className="model-place">{place + 1}</span>}
        </span>
        <span className="model-name">{run.name}</span>
        <span className="model-accuracy">{diverged !== null ? `diverged, epoch ${diverged}` : accuracy === null ? "–" : percent(accuracy)}</span>
      </button>
      <div className="model-card" id={id} role="tooltip">
        <strong>{run.name}</strong>
        <dl>
          <dt>architecture</dt>
          <dd>{report?.architecture ?? run.architecture}</dd>
          <dt>layers</dt>
          <dd>{layers.length === 0 ? "–" : `${layers.length}: ${layers.join(", ")}`}</dd>
          <dt>parameters</dt>
          <dd>{whole(run.parameterCount)}</dd>
          <dt>test accuracy</dt>
          <dd>{accuracy === null ? "–" : percent(accuracy, 2)}</dd>
          {run.shuffledLabels && (
            <>
              <dt>labels</dt>
              <dd>shuffled</dd>
            </>
          )}
        </dl>
      </div>
    </li>
  );
}

const STOPS = 24;

/** What colour means, with its range in numbers. */
function AccuracyLegend({ standing }: { standing: Standing }) {
  const { theme: cell } = useApp();
  const theme = useCell(cell);
  const { scale } = standing;
  if (scale === null) {
    return <span className="secondary">No test accuracy is known yet.</span>;
  }
  const stops = Array.from({ length: STOPS + 1 }, (_, at) => accuracyColor(scale, accuracyAt(scale, at / STOPS), theme));
  return (
    <div className="accuracy-legend" data-testid="accuracy-legend" title="Colour of circles and bars; halving the errors is the same step everywhere">
      <span>test accuracy</span>
      <div className="accuracy-ramp" style={{ background: `linear-gradient(to right, ${stops.join(", ")})` }} />
      <div className="accuracy-ends">
        <span>{percent(scale.low)}</span>
        {scale.high - scale.low > 0.1 && <span>{percent(accuracyAt(scale, 0.5))}</span>}
        <span>{percent(scale.high)}</span>
      </div>
    </div>
  );
}
