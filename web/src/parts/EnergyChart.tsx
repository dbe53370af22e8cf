import { useState } from "react";
import { canLog, energyName, type EnergyPoint, wantsLog } from "../state/energy";
import { useSize } from "./gesture";
import { measured, whole } from "./words";

const [LEFT, RIGHT, TOP, BOTTOM] = [46, 10, 8, 34];

/** Where the curve runs in a box: [x, y] per point, y upwards from the lowest to the highest value. */
export function curvePath(curve: readonly EnergyPoint[], iterations: number, log: boolean, width: number, height: number): [number, number][] {
  const level = ({ energy }: EnergyPoint) => (log ? Math.log10(energy) : energy);
  const levels = curve.map(level);
  const [low, high] = [Math.min(...levels), Math.max(...levels)];
  const last = Math.max(1, iterations, curve[curve.length - 1]?.iteration ?? 1);
  return curve.map((point, at) => [(point.iteration / last) * width, (1 - (high > low ? (levels[at] - low) / (high - low) : 0.5)) * height]);
}

/** The energy that the method lowers, over its iterations: the same for a job that runs and for a kept result. */
export function EnergyChart({ curve, method, iterations, height = 132 }: { curve: readonly EnergyPoint[]; method: string; iterations: number; height?: number }) {
  const [attach, size] = useSize();
  const [chosen, setChosen] = useState<boolean | null>(null);
  const possible = canLog(curve);
  const log = possible && (chosen ?? wantsLog(curve));
  const name = energyName(method);
  const width = (size?.width ?? 0) - LEFT - RIGHT;
  const inner = height - TOP - BOTTOM;
  const values = curve.map(({ energy }) => energy);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const last = Math.max(iterations, curve[curve.length - 1]?.iteration ?? 1);
  const middle = log ? Math.sqrt(low * high) : (low + high) / 2;
  const ticks: [number, number][] = high > low ? [[high, 0], [middle, 0.5], [low, 1]] : [[low, 0.5]];
  return (
    <figure className="energy-chart" data-testid="energy" data-points={curve.length}>
      <figcaption>
        <span>
          {name.charAt(0).toUpperCase() + name.slice(1)} <span className="secondary">now {measured(curve[curve.length - 1]?.energy ?? 0)}</span>
        </span>
        {possible && (
          <label className="field">
            <input type="checkbox" checked={log} onChange={(event) => setChosen(event.target.checked)} /> log
          </label>
        )}
      </figcaption>
      <div ref={attach} style={{ height }} role="img" aria-label={`${name} from ${measured(values[0] ?? 0)} at iteration ${curve[0]?.iteration ?? 0} to ${measured(values[values.length - 1] ?? 0)} at iteration ${curve[curve.length - 1]?.iteration ?? 0}, ${log ? "logarithmic" : "linear"} axis`}>
        {width > 0 && curve.length > 0 && (
          <svg width={width + LEFT + RIGHT} height={height} aria-hidden="true">
            {ticks.map(([value, share]) => (
              <g key={share} transform={`translate(0, ${TOP + share * inner})`}>
                <line className="grid" x1={LEFT} x2={LEFT + width} />
                <text x={LEFT - 6} dy="0.32em" textAnchor="end">{measured(value)}</text>
              </g>
            ))}
            <g transform={`translate(${LEFT}, ${TOP})`}>
              <polyline className="curve" points={curvePath(curve, iterations, log, width, inner).map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`).join(" ")} />
            </g>
            <text x={LEFT} y={height - 18}>0</text>
            <text x={LEFT + width} y={height - 18} textAnchor="end">{whole(last)}</text>
            <text className="axis-title" x={LEFT + width / 2} y={height - 3} textAnchor="middle">iteration{log ? ", logarithmic" : ""}</text>
          </svg>
        )}
      </div>
    </figure>
  );
}
