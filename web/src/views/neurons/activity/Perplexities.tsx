import { useApp } from "../../../parts/app";
import { useSize } from "../../../parts/gesture";
import { measured } from "../../../parts/words";
import { type ActivityReport, occupied } from "./report";

const [HEIGHT, TOP, BOTTOM, LEFT] = [220, 20, 36, 44];

/** One histogram per epoch beside each other, standing on their sides, with the medians joined. */
export function Perplexities({ report, epoch }: { report: ActivityReport; epoch: number }) {
  const { store } = useApp();
  const [attach, size] = useSize();
  const { epochs, bins, histogram, median, stableSince } = report;
  const width = Math.max(200, size?.width ?? 600);
  const column = (width - LEFT) / Math.max(1, epochs.length);
  const [from, to] = occupied(histogram);
  const [low, high] = [bins[from] ?? 0, bins[to] ?? 1];
  const inner = HEIGHT - TOP - BOTTOM;
  const y = (value: number) => TOP + inner - ((value - low) / (high - low || 1)) * inner;
  const most = Math.max(1, ...histogram.flat());
  const widest = column * 0.86;
  const middles = median.map((value, at) => (value === null ? null : `${LEFT + column * (at + 0.5)},${y(value)}`)).filter((point) => point !== null);
  const stableAt = stableSince === null ? -1 : epochs.indexOf(stableSince);
  const every = Math.max(1, Math.ceil(30 / column));
  const ticks = [low, (low + high) / 2, high];
  return (
    <figure className="unit-figure activity-chart">
      <figcaption>
        Perplexity per epoch <span className="secondary">how many neurons an observation makes active; width: share of the observations; line: median</span>
      </figcaption>
      <div ref={attach}>
        <svg width={width} height={HEIGHT} role="group" aria-label="Histograms of the perplexity, one per epoch">
          {ticks.map((tick) => (
            <g key={tick}>
              <line x1={LEFT} x2={width} y1={y(tick)} y2={y(tick)} className="grid" />
              <text x={LEFT - 6} y={y(tick)} dy="0.35em" textAnchor="end">
                {measured(tick)}
              </text>
            </g>
          ))}
          {stableAt >= 0 && (
            <g data-testid="stable">
              <rect x={LEFT + column * stableAt} y={TOP} width={width - LEFT - column * stableAt} height={inner} className="stable" />
              <text x={Math.min(LEFT + column * stableAt + 4, width - 4)} y={13} textAnchor={column * stableAt > (width - LEFT) * 0.7 ? "end" : "start"} className="stable-words">
                stable since epoch {stableSince}
              </text>
            </g>
          )}
          {epochs.map((at, index) => {
            const middle = LEFT + column * (index + 0.5);
            const step = inner / Math.max(1, to - from);
            const value = median[index];
            const words = `Epoch ${at}: median ${value === null || value === undefined ? "unknown" : measured(value)}`;
            return (
              <g
                key={at}
                role="button"
                tabIndex={0}
                aria-label={`${words}. Go there.`}
                aria-pressed={at === epoch}
                data-epoch={at}
                className="epoch-column"
                onClick={() => store.change({ epoch: at })}
                onKeyDown={(event) => {
                  if (event.key === "Enter" || event.key === " ") {
                    event.preventDefault();
                    event.stopPropagation();
                    store.change({ epoch: at });
                  }
                }}
              >
                <title>{words}</title>
                <rect x={LEFT + column * index} y={TOP} width={column} height={inner + BOTTOM} className="hit" />
                {(histogram[index] ?? []).slice(from, to).map((count, bin) =>
                  count === 0 ? null : <rect key={bin} className="bin" x={middle - (widest * count) / most / 2} width={Math.max(1, (widest * count) / most)} y={TOP + inner - step * (bin + 1)} height={Math.max(1, step - 0.5)} />,
                )}
                {index % every === 0 && (
                  <text x={middle} y={HEIGHT - 18} textAnchor="middle">
                    {at}
                  </text>
                )}
              </g>
            );
          })}
          <polyline points={middles.join(" ")} className="median" />
          <text x={LEFT + (width - LEFT) / 2} y={HEIGHT - 2} textAnchor="middle">
            epoch
          </text>
        </svg>
      </div>
    </figure>
  );
}
