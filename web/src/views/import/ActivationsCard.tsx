import { whole } from "../../parts/words";
import type { ActivationFacts, OutsideRun } from "../../server/imports";
import { shapeText } from "./useImport";

/** What was found in a folder of activations: runs, their epochs, and the layers of each. */
export function ActivationsCard({ activations, joins }: { activations: ActivationFacts; joins: boolean }) {
  const { name, observations, runs, problem } = activations;
  return (
    <section className="card facts" aria-label="What was understood of the activations" data-testid="activation-facts">
      <h3>
        Activations <span className="secondary">{name}</span>
      </h3>
      {problem !== null && <p className="problem">{problem}</p>}
      {runs.length > 0 && (
        <p className="sentence">
          {runs.length === 1 ? "One run" : `${whole(runs.length)} runs`}, {runs.length === 1 ? "named after its folder" : "each named after its folder"}. Every array has {whole(observations)} rows, one for each observation.
        </p>
      )}
      {runs.map((run) => (
        <Run key={run.name} run={run} joins={joins} />
      ))}
    </section>
  );
}

function Run({ run, joins }: { run: OutsideRun; joins: boolean }) {
  const { name, epochs, layers, problem } = run;
  return (
    <div data-testid="outside-run">
      <h4>
        {name} <span className="secondary">{epochsText(epochs)}</span>
      </h4>
      {problem !== null && <p className="problem">{problem}</p>}
      <p className="sentence">
        {joins && `${newText(run)} `}
        {beside(run)}
      </p>
      {layers.length > 0 && (
        <div className="scroll-table layers-table" tabIndex={0} role="group" aria-label={`Layers of ${name}`}>
          <table className="fact-table">
            <thead>
              <tr>
                <th scope="col">Layer</th>
                <th scope="col">Shape</th>
                <th scope="col" className="number">
                  Units
                </th>
              </tr>
            </thead>
            <tbody>
              {layers.map((layer) => (
                <tr key={layer.name}>
                  <th scope="row">{layer.name}</th>
                  <td>{shapeText(layer.shape)}</td>
                  <td className="number">{whole(layer.units)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </div>
  );
}

const NAMED = 12;

/** "epochs 0, 1 and 5"; of many the first and the last. */
export function epochsText(epochs: readonly number[]): string {
  if (epochs.length === 1) {
    return `epoch ${epochs[0]}`;
  }
  return epochs.length <= NAMED ? `epochs ${epochs.slice(0, -1).join(", ")} and ${epochs.at(-1)}` : `${whole(epochs.length)} epochs, ${epochs[0]} to ${epochs.at(-1)}`;
}

function newText({ epochs, fresh }: OutsideRun): string {
  if (fresh.length === 0) {
    return "The study has these epochs already.";
  }
  return fresh.length === epochs.length ? "New to the study." : `New to the study: ${epochsText(fresh)}.`;
}

/** What lies beside the layers, in words. */
function beside({ epochs, predictions, metrics }: OutsideRun): string {
  const predicted = predictions === 0 ? "No predictions" : predictions === epochs.length ? "Predictions in every epoch" : `Predictions in ${whole(predictions)} of ${whole(epochs.length)} epochs, which counts as none`;
  return `${predicted}; ${metrics === 0 ? "no losses or accuracies" : `losses and accuracies of ${metrics === 1 ? "one epoch" : `${whole(metrics)} epochs`}`}.`;
}
