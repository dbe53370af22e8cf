import { turn, turned } from "../../draw/orbit";
import type { Orbit } from "../../state/workspace";

const [MIDDLE, REACH] = [30, 20];

/** Three short lines that turn with the layout, so that one sees where up is. */
export function Gizmo({ orbit }: { orbit: Orbit }) {
  const by = turn(orbit);
  const axes = ([["x", 1, 0, 0], ["y", 0, 1, 0], ["z", 0, 0, 1]] as const).map(([name, x, y, z]) => ({ name, end: turned(x, y, z, by) }));
  return (
    <svg className="gizmo" width={MIDDLE * 2} height={MIDDLE * 2} aria-hidden="true">
      {axes
        .sort((a, b) => a.end[2] - b.end[2])
        .map(({ name, end: [x, y, z] }) => (
          <g key={name} opacity={0.55 + 0.45 * ((z + 1) / 2)}>
            <line x1={MIDDLE} y1={MIDDLE} x2={MIDDLE + x * REACH} y2={MIDDLE - y * REACH} />
            <text x={MIDDLE + x * (REACH + 7)} y={MIDDLE - y * (REACH + 7)} dy="0.35em" textAnchor="middle">
              {name}
            </text>
          </g>
        ))}
    </svg>
  );
}
