import { useMemo } from "react";
import { type Size, toScreen } from "../../draw/camera";
import { rgbToHex } from "../../draw/palette";
import { RAMP } from "../../draw/trailColors";
import type { TrailMarks } from "../../draw/trailScene";
import { useLibrary, useWorkspace } from "../../parts/app";
import { HoverMark } from "../../parts/HoverCard";
import type { Predictions } from "../../state/predictions";
import type { Eye } from "../../state/workspace";
import type { Momentary } from "./momentary";
import { usePresent } from "./useMoment";

interface OverlayProps {
  momentary: Momentary;
  marks: TrailMarks;
  eye: Eye;
  size: Size;
  position: (row: number) => [number, number] | null;
  predictions: Predictions | null;
  region: readonly (readonly [number, number])[] | null;
  toScreen: (corner: readonly [number, number]) => [number, number];
  /** Classes whose names stand in the picture. */
  labels: readonly number[];
  /** Whether all classes have their names, because their mean trails are drawn. */
  means: boolean;
}

/** What lies over the trails and moves with time: rings, names of classes, the brushed region. */
export function Overlay({ momentary, marks, eye, size, position, predictions, region, toScreen: place, labels, means }: OverlayProps) {
  const { primary } = useWorkspace();
  const at = usePresent(momentary.steps);
  const ring = primary === null ? null : position(primary);
  return (
    <>
      {region !== null && (
        <svg className="lasso region" aria-hidden="true" data-testid="region">
          <polygon points={region.map((corner) => place(corner).map((value) => value.toFixed(1)).join(",")).join(" ")} />
        </svg>
      )}
      {(means || labels.length > 0) && <ClassNames momentary={momentary} marks={marks} at={at} eye={eye} size={size} labels={means && labels.length === 0 ? null : labels} />}
      {ring !== null && <span className="ring primary-ring" style={{ transform: `translate(${ring[0]}px, ${ring[1]}px)` }} />}
      <HoverMark position={position} predictions={predictions} width={size.width} height={size.height} card />
    </>
  );
}

/** Names of classes at the middle of their observations. */
function ClassNames({ momentary, marks, at, eye, size, labels }: { momentary: Momentary; marks: TrailMarks; at: number; eye: Eye; size: Size; labels: readonly number[] | null }) {
  const { study } = useLibrary();
  const names = study?.dataset.classNames ?? [];
  const middles = useMemo(() => {
    const flat = momentary.locator(at).flat();
    const sums = new Float64Array(names.length * 3);
    for (let row = 0; row < momentary.count; row++) {
      const base = marks.labels[row] * 3;
      sums[base] += flat[row * 2];
      sums[base + 1] += flat[row * 2 + 1];
      sums[base + 2]++;
    }
    return names.map((_, label) => [sums[label * 3] / sums[label * 3 + 2], sums[label * 3 + 1] / sums[label * 3 + 2]] as const);
  }, [momentary, at, names, marks.labels]);
  return (
    <div className="class-names" aria-hidden="true">
      {names.map((name, label) => {
        if ((labels !== null && !labels.includes(label)) || marks.hiddenClasses.includes(label) || Number.isNaN(middles[label][0])) {
          return null;
        }
        const [x, y] = toScreen(middles[label][0], middles[label][1], eye.camera, size);
        return (
          <span key={label} style={{ transform: `translate(${x.toFixed(1)}px, ${y.toFixed(1)}px) translate(-50%, -50%)`, color: rgbToHex(marks.ramps[label][RAMP - 1]) }}>
            {name}
          </span>
        );
      })}
    </div>
  );
}
