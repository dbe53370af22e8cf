import { useEffect, useRef } from "react";
import { drawStill } from "../draw/stillPoints";
import type { Dims, KeptResult } from "../state/library";
import type { Predictions } from "../state/predictions";
import { type ColorBy, HOME } from "../state/workspace";
import { type Situation, useEye, useWorkspace } from "./app";
import { hasFixedRange, useColoring, useMarks } from "./coloring";
import { useGesture, useSize } from "./gesture";
import { HoverMark } from "./HoverCard";
import { LassoPath } from "./LassoPath";
import { pointPicture, provenance } from "./saving";
import { share } from "./stills";
import { usePicture } from "./usePicture";
import { measured } from "./words";

interface StillProps {
  layout: Float32Array;
  dims: Dims;
  predictions: Predictions | null;
  kept?: KeptResult | null;
  label: string;
  /** What colour means here; the workspace's choice when left out. */
  color?: ColorBy;
  /** For files of all small pictures: its title, and the study that it is of; left out where it takes no part in them. */
  share?: { title: string; situation: Situation };
}

/** A small multiple: a whole projection as a still picture, with hover, click and lasso like the large one. */
export function Still({ layout, dims, predictions, kept = null, label, color, share: shared }: StillProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const holder = useRef<HTMLDivElement | null>(null);
  const [attach, size] = useSize();
  const { tool } = useWorkspace();
  const [{ orbit }] = useEye();
  // Outlined triangles in a small picture would hide the numbers that colour means.
  const coloring = useColoring(predictions, kept, color);
  const numbers = coloring.scale !== null;
  const marks = useMarks(predictions, kept, numbers, color);
  const { locator, position, target } = usePicture(layout, dims, { camera: HOME, orbit }, size, marks);
  const gesture = useGesture(() => target, tool, 8);

  useEffect(() => {
    if (canvas.current === null || size === null || marks === null || locator.count !== marks.labels.length) {
      return;
    }
    const ratio = devicePixelRatio || 1;
    canvas.current.width = Math.round(size.width * ratio);
    canvas.current.height = Math.round(size.height * ratio);
    const context = canvas.current.getContext("2d")!;
    context.scale(ratio, ratio);
    drawStill(context, { flat: locator.flat(), depth: locator.depth() }, marks, HOME, size);
  }, [locator, marks, size]);

  useEffect(() => {
    if (shared === undefined || holder.current === null || marks === null || locator.count !== marks.labels.length) {
      return undefined;
    }
    const { title, situation } = shared;
    const make = () => ({ ...pointPicture(situation, { title, provenance: provenance({ ...situation, predictions }, kept), flat: locator.flat(), depth: locator.depth(), marks, coloring, camera: HOME }), insets: [], images: null });
    return share({ element: holder.current, make });
  }, [shared, locator, marks, coloring, predictions, kept]);

  return (
    <div
      ref={(element) => {
        holder.current = element;
        attach(element);
      }}
      className="still" {...gesture.handlers} role="img" aria-label={label}>
      <canvas ref={canvas} />
      <LassoPath path={gesture.path} />
      {color === undefined && coloring.scale !== null && !hasFixedRange(coloring.by) && (
        <span className="still-range">
          {measured(coloring.scale.low)} to {measured(coloring.scale.high)}
        </span>
      )}
      {size !== null && <HoverMark position={position} predictions={predictions} width={size.width} height={size.height} card={false} />}
    </div>
  );
}
