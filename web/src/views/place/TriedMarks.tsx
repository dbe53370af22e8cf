import { useMemo } from "react";
import { fitOf, fitted, toScreen } from "../../draw/camera";
import { Locator } from "../../draw/locator";
import { useApp, useCell, useEye } from "../../parts/app";
import { useSize } from "../../parts/gesture";
import type { Dims } from "../../state/library";
import type { SequenceShown } from "../evolution/shown";
import { usePresent } from "../evolution/useMoment";

type Spot = [number, number];

/** The own observation over a projection: a diamond, where it lay before, and rings around its neighbours. */
export function TriedMarks({ digest, layout, dims }: { digest: string | null; layout: Float32Array; dims: Dims }) {
  const { tried } = useApp();
  const { placement, before } = useCell(tried);
  const [eye] = useEye();
  const [attach, size] = useSize();
  const fit = useMemo(() => fitOf(layout, dims), [layout, dims]);
  const shown = placement !== null && placement.digest === digest && placement.position.length === dims ? placement : null;
  const spots = useMemo(() => {
    if (shown === null || size === null) {
      return null;
    }
    const near = shown.neighbours.map(({ observation }) => [...layout.subarray(observation * dims, (observation + 1) * dims)]);
    const all = [...near, ...before, shown.position];
    const locator = new Locator(fitted(Float32Array.from(all.flat()), fit), dims, eye.orbit);
    const seen = all.map((_, at) => locator.position(at, eye.camera, size));
    return { near: seen.slice(0, near.length), way: seen.slice(near.length) };
  }, [shown, before, layout, dims, fit, eye, size]);
  return (
    <div ref={attach} className="tried-marks" aria-hidden="true">
      {spots !== null && <Marks near={spots.near} way={spots.way} />}
    </div>
  );
}

/** The own observation over a sequence: its whole trail, a diamond at the present moment. */
export function TriedTrail({ shown }: { shown: SequenceShown }) {
  const { tried } = useApp();
  const { placement } = useCell(tried);
  const [eye] = useEye();
  const [attach, size] = useSize();
  const at = usePresent(shown.steps.length);
  const { middle, half } = shown.fit;
  const own = placement !== null && placement.digest === shown.digest && placement.positions.length === shown.steps.length ? placement : null;
  const place = (x: number, y: number): Spot => toScreen((x - middle[0]) / half, (y - middle[1]) / half, eye.camera, size!);
  let body = null;
  if (own !== null && size !== null) {
    const trail = own.positions.map(([x, y]) => place(x, y));
    const step = Math.min(Math.floor(at), trail.length - 1);
    const next = Math.min(step + 1, trail.length - 1);
    const part = at - step;
    const now: Spot = [trail[step][0] * (1 - part) + trail[next][0] * part, trail[step][1] * (1 - part) + trail[next][1] * part];
    const nearest = Math.round(at);
    const near = own.step !== nearest ? [] : own.neighbours.map(({ observation }) => {
      const from = (nearest * shown.observations + observation) * 2;
      return place(shown.layouts[from], shown.layouts[from + 1]);
    });
    body = <Marks near={near} way={trail} now={now} />;
  }
  return (
    <div ref={attach} className="tried-marks on-trails" aria-hidden="true">
      {body}
    </div>
  );
}

/** @param way from the oldest place to the newest; the diamond stands at `now`, the newest where it is left out */
function Marks({ near, way, now = way[way.length - 1] }: { near: readonly Spot[]; way: readonly Spot[]; now?: Spot }) {
  return (
    <svg data-testid="tried" data-x={now[0].toFixed(1)} data-y={now[1].toFixed(1)}>
      {near.map(([x, y], at) => (
        <circle key={at} className="tried-neighbour" cx={x} cy={y} r={6} />
      ))}
      {way.length > 1 && <polyline className="tried-way" points={way.map((spot) => spot.map((value) => value.toFixed(1)).join(",")).join(" ")} />}
      {way.slice(0, -1).map(([x, y], at) => (
        <circle key={at} className="tried-before" cx={x} cy={y} r={2.5} />
      ))}
      <path className="tried-diamond" d="M0,-10 L10,0 L0,10 L-10,0 Z" transform={`translate(${now[0].toFixed(1)} ${now[1].toFixed(1)})`} />
    </svg>
  );
}
