import { rampCss } from "../draw/ramp";
import { MISSING } from "../draw/scene";
import { useApp, useCell } from "./app";
import type { Coloring } from "./coloring";
import { measured, whole } from "./words";

const [WIDTH, BARS] = [240, 14];

/** What the colours mean when they mean numbers: the ramp, how many observations lie where, and who has no number. */
export function ScaleLegend({ coloring, relative = false }: { coloring: Coloring; relative?: boolean }) {
  const theme = useCell(useApp().theme);
  const { scale, title, text, unit } = coloring;
  if (scale === null) {
    return (
      <span className="scale-note" role="status" data-testid="scale-note">
        {coloring.absent === null ? "Loading the numbers" : `${title}: ${coloring.absent}`}
      </span>
    );
  }
  const { low, high, bins, below, above, missing } = scale;
  const most = Math.max(...bins, 1);
  const [from, to] = [`${below ? "≤ " : ""}${measured(low)}`, `${above ? "≥ " : ""}${measured(high, unit)}`];
  return (
    <div className="scale" data-testid="scale" role="img" aria-label={`${title}: colours run from dark at ${from} to bright at ${to}${missing > 0 ? `; ${missing} observations have no value and are grey` : ""}`}>
      <span className="scale-words" title={text}>
        <strong>{title}</strong>
        {(relative || text !== "") && <span className="secondary">{relative ? "each picture has its own range" : text}</span>}
      </span>
      <span className="scale-end">{relative ? "lowest" : from}</span>
      <svg width={WIDTH} height={BARS + 10} aria-hidden="true">
        {bins.map((count, at) => {
          const height = count === 0 ? 0 : Math.max(1, (Math.sqrt(count / most)) * BARS);
          return <rect key={at} className="scale-bar" x={(at * WIDTH) / bins.length} width={WIDTH / bins.length - 1} y={BARS - height} height={height} />;
        })}
        <foreignObject x="0" y={BARS + 1} width={WIDTH} height="9">
          <div className="scale-ramp" style={{ background: rampCss(theme) }} />
        </foreignObject>
      </svg>
      <span className="scale-end">{relative ? "highest" : to}</span>
      {missing > 0 && (
        <span className="scale-missing">
          <i style={{ background: MISSING[theme] }} /> no value <span className="count">{whole(missing)}</span>
        </span>
      )}
    </div>
  );
}
