import { layerWords, epochWords, percent, whole } from "../../../parts/words";
import type { Run } from "../../../server/types";
import type { ProbeReport } from "../../../state/probe";

const [WIDTH, HEIGHT, EDGE] = [62, 20, 5];

/** The least of what is shown, down to a full tenth, so that small differences between good layers can be seen. */
function axisStart(values: readonly number[]): number {
  return Math.max(0, Math.floor(Math.min(...values, 0.9) * 10 - 0.2) / 10);
}

/** One row per layer: the probe's accuracy and the neighborhood hit as marks on one axis, and as numbers. */
export function LayerTable({ probe, run, epoch }: { probe: ProbeReport; run: Run; epoch: number }) {
  const { layers, networkAccuracy } = probe;
  const known = [...layers.flatMap(({ accuracy, ownHit }) => [accuracy, ownHit]), networkAccuracy].filter((value) => value !== null);
  const start = axisStart(known);
  const x = (value: number) => EDGE + ((value - start) / (1 - start)) * (WIDTH - 2 * EDGE);
  return (
    <table className="probe-layers" data-testid="probe-table">
      <caption>
        {run.name} {epochWords(epoch)}
        {networkAccuracy !== null && (
          <>
            ; the network itself: <strong>{percent(networkAccuracy)}</strong>
          </>
        )}
      </caption>
      <thead>
        <tr>
          <th scope="col">layer</th>
          <th scope="col">
            <span className="probe-axis">
              <span>{Math.round(start * 100)}</span>
              <span>100 %</span>
            </span>
            <span className="unseen">as marks</span>
          </th>
          <th scope="col" title="Accuracy of a linear classifier on this layer's activations, on images it was not fitted to">
            <svg width="10" height="10" aria-hidden="true">
              <circle className="glyph disc" cx="5" cy="5" r="3.200" />
            </svg>{" "}
            probe
          </th>
          <th scope="col" title="Neighborhood hit in the layer's own space">
            <svg width="10" height="10" aria-hidden="true">
              <rect className="glyph" x="2" y="2" width="6" height="6" transform="rotate(45 5 5)" />
            </svg>{" "}
            NH
          </th>
        </tr>
      </thead>
      <tbody>
        {layers.map(({ layer, units, accuracy, trainAccuracy, ownHit, drop }) => (
          <tr key={layer} data-layer={layer} className={drop ? "dropped" : ""} title={`${units === null ? "" : `${whole(units)} units; `}probe on the images it was fitted to: ${trainAccuracy === null ? "unknown" : percent(trainAccuracy)}`}>
            <th scope="row">
              {layer === "input" ? layerWords(layer).replace("the ", "") : layer}
              {drop && <span className="probe-flag" title="adds nothing that a linear probe or the neighborhood hit can see">drop?</span>}
            </th>
            <td>
              <svg className="probe-marks" width={WIDTH} height={HEIGHT} aria-hidden="true">
                <line className="grid" x1={EDGE} x2={WIDTH - EDGE} y1={HEIGHT / 2} y2={HEIGHT / 2} />
                {networkAccuracy !== null && <line className="network" x1={x(networkAccuracy)} x2={x(networkAccuracy)} y1="1" y2={HEIGHT - 1} />}
                {ownHit !== null && <rect className="glyph" x={x(ownHit) - 3} y={HEIGHT / 2 - 3} width="6" height="6" transform={`rotate(45 ${x(ownHit)} ${HEIGHT / 2})`} />}
                {accuracy !== null && <circle className="glyph disc" cx={x(accuracy)} cy={HEIGHT / 2} r="3.600" />}
              </svg>
            </td>
            <td>{accuracy === null ? "–" : percent(accuracy)}</td>
            <td>{ownHit === null ? "–" : percent(ownHit)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
