import { useMemo } from "react";
import { type Situation, useApp, useCell, useWeights } from "../../parts/app";
import { useSize } from "../../parts/gesture";
import { ramp } from "../../draw/ramp";
import { rgbToHex } from "../../draw/palette";
import { ticks } from "../../draw/histogram";
import { decimals } from "../../parts/words";
import { ratios } from "../../state/distributions";
import { type Standing, useAt, useChooseLayer } from "./standing";

const [HEIGHT, LEFT, RIGHT, TOP, BOTTOM] = [132, 36, 8, 8, 20];
/** Updates of about a thousandth of the weights are usual where training goes well. */
const GUIDE = -3;

/** How large the optimiser's steps are beside the weights, per layer over the epochs. */
export function RatioChart({ situation, standing }: { situation: Situation; standing: Standing }) {
  const [attach, size] = useSize();
  const [, change] = useWeights();
  const { theme: cell } = useApp();
  const theme = useCell(cell);
  const at = useAt(situation, standing.epochs);
  const choose = useChooseLayer(situation);
  const run = situation.run?.name ?? "";
  const report = standing.reports.get(run);
  const lines = useMemo(() => (report === undefined ? [] : ratios(report)), [report]);
  const epochs = report?.epochs.map(({ epoch }) => epoch) ?? [];
  const known = lines.flatMap(({ values }) => values).filter((value) => value !== null);
  if (known.length === 0) {
    return (
      <section className="ratio" aria-label="Updates beside weights">
        <h2>Updates beside weights</h2>
        <p className="sentence">{report === undefined ? "Reading" : `No updates of ${run} are known: they are kept while a run is trained, and it was trained before or elsewhere.`}</p>
      </section>
    );
  }
  const [low, high] = [Math.min(GUIDE - 0.3, ...known), Math.max(GUIDE + 0.3, ...known)];
  const [first, last] = [epochs[0], epochs[epochs.length - 1]];
  const width = Math.max(160, size?.width ?? 240);
  const x = (epoch: number) => LEFT + ((epoch - first) / Math.max(1, last - first)) * (width - LEFT - RIGHT);
  const y = (value: number) => TOP + ((high - value) / (high - low)) * (HEIGHT - TOP - BOTTOM);
  const colors = ramp(theme);
  const color = (line: number) => rgbToHex(colors[Math.round((line / Math.max(1, lines.length - 1)) * 230)]);
  const index = epochs.indexOf(at);
  const words = lines.map(({ layer, values }) => `${layer} ${values[index] == null ? "none" : decimals(values[index]!, 2)}`).join(", ");
  return (
    <section className="ratio" aria-label="Updates beside weights" data-testid="ratio">
      <h2>Updates beside weights</h2>
      <p className="sentence">log₁₀ of sd(step) to sd(weights) at each epoch’s last step of {run}. Around −3, the dashed line, is usual.</p>
      <div ref={attach}>
        <svg width={width} height={HEIGHT} role="img" aria-label={`log10 of update to weight per layer over the epochs, guide line at −3; at epoch ${at}: ${words}`} onClick={(event) => {
            const share = (event.clientX - event.currentTarget.getBoundingClientRect().left - LEFT) / (width - LEFT - RIGHT);
            const wanted = first + share * (last - first);
            change({ at: epochs.reduce((best, epoch) => (Math.abs(epoch - wanted) < Math.abs(best - wanted) ? epoch : best), first) }, "along");
          }}
        >
          {ticks(low, high, 4).map((value) => (
            <g key={value}>
              <line className="grid" x1={LEFT} x2={width - RIGHT} y1={y(value)} y2={y(value)} />
              <text x={LEFT - 5} y={y(value)} dy="0.32em" textAnchor="end">
                {String(value).replace("-", "−")}
              </text>
            </g>
          ))}
          <line className="guide" data-testid="guide" x1={LEFT} x2={width - RIGHT} y1={y(GUIDE)} y2={y(GUIDE)} />
          <text className="guide-name" x={width - RIGHT} y={y(GUIDE) - 4} textAnchor="end">
            −3
          </text>
          {index >= 0 && <line className="now" x1={x(at)} x2={x(at)} y1={TOP - 4} y2={HEIGHT - BOTTOM} />}
          {lines.map(({ layer, values }, line) => (
            <g key={layer} data-layer={layer}>
              <polyline fill="none" stroke={color(line)} strokeWidth={layer === standing.layer ? 3 : 1.4} points={values.flatMap((value, epoch) => (value === null ? [] : [`${x(epochs[epoch]).toFixed(1)},${y(value).toFixed(1)}`])).join(" ")} />
              {values[index] != null && <circle cx={x(at)} cy={y(values[index]!)} r={layer === standing.layer ? 4 : 3} fill={color(line)} />}
            </g>
          ))}
          {[first, last].map((epoch, end) => (
            <text key={epoch} x={x(epoch)} y={HEIGHT - 5} textAnchor={end === 0 ? "start" : "end"}>
              {epoch}
            </text>
          ))}
        </svg>
      </div>
      <ul className="ratio-layers">
        {lines.map(({ layer, values }, line) => (
          <li key={layer}>
            <button type="button" aria-pressed={layer === standing.layer} data-testid={`ratio-${layer}`} title={`Choose ${layer}`} onClick={() => choose(layer)}>
              <i style={{ background: color(line) }} /> {layer} <b>{values[index] == null ? "–" : decimals(values[index]!, 2).replace("-", "−")}</b>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
