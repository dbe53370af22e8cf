import type { Point } from "../draw/geometry";

/** The lasso or marquee while it is being drawn. */
export function LassoPath({ path }: { path: Point[] }) {
  return path.length < 2 ? null : (
    <svg className="lasso" aria-hidden="true">
      <polygon points={path.map(({ x, y }) => `${x},${y}`).join(" ")} />
    </svg>
  );
}
