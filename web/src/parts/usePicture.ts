/** A layout made ready to be pointed at: fitted to the panel, with where each observation lies. */
import { useCallback, useMemo } from "react";
import { fitLayout, type Size } from "../draw/camera";
import { Locator } from "../draw/locator";
import type { Marks } from "../draw/scene";
import type { Dims } from "../state/library";
import type { Eye } from "../state/workspace";
import type { Target } from "./gesture";

export interface PictureOfPoints {
  fitted: Float32Array;
  locator: Locator;
  visible: (row: number) => boolean;
  /** Pixels from the panel's upper left corner; null while the row is not shown. */
  position: (row: number) => [number, number] | null;
  target: Target;
}

export function usePicture(layout: Float32Array, dims: Dims, eye: Eye, size: Size | null, marks: Marks | null, fixed = false): PictureOfPoints {
  const { camera, orbit } = eye;
  const fitted = useMemo(() => (fixed ? layout : fitLayout(layout, dims)), [layout, dims, fixed]);
  // In the plane the turn means nothing, and must not cost anything.
  const turn = dims === 3 ? orbit : null;
  const locator = useMemo(() => new Locator(fitted, dims, turn ?? { yaw: 0, pitch: 0 }), [fitted, dims, turn]);
  const hidden = useMemo(() => new Set(marks?.hiddenClasses), [marks?.hiddenClasses]);
  const labels = marks?.labels ?? null;
  const visible = useCallback((row: number) => labels !== null && !hidden.has(labels[row]), [labels, hidden]);
  return useMemo(
    () => ({
      fitted,
      locator,
      visible,
      position: (row) => {
        const at = size === null || row >= locator.count || !visible(row) ? null : locator.position(row, camera, size);
        return at === null || Number.isNaN(at[0] + at[1]) ? null : at;
      },
      target: {
        nearest: (at, radius) => (size === null ? null : locator.nearest(at, radius, camera, size, visible)),
        enclosed: (outline) => (size === null ? [] : locator.enclosed(outline, camera, size, visible)),
      },
    }),
    [fitted, locator, visible, camera, size],
  );
}
