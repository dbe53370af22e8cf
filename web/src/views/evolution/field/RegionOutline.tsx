import { fitted, type Size, toScreen } from "../../../draw/camera";
import { useEvolution, useEye } from "../../../parts/app";
import type { SequenceShown } from "../shown";

/** The brushed region, over the canvas; it stays where it is in the layout while the camera moves. */
export function RegionOutline({ shown, size }: { shown: SequenceShown; size: Size }) {
  const [{ region, field }] = useEvolution();
  const [{ camera }] = useEye();
  if (region === null || field === "none") {
    return null;
  }
  const corners = fitted(Float32Array.from(region.flat()), shown.fit);
  const points = region.map((_, at) => toScreen(corners[at * 2], corners[at * 2 + 1], camera, size));
  return (
    <svg className="lasso region-outline" aria-hidden="true" data-testid="region-outline">
      <polygon points={points.map((at) => at.map((value) => value.toFixed(1)).join(",")).join(" ")} />
    </svg>
  );
}
