import { useCallback, useEffect, useMemo, useRef } from "react";
import { fitLayout } from "../draw/camera";
import { screenPositions } from "../draw/scene";
import { drawStill } from "../draw/stillPoints";
import type { Predictions } from "../state/predictions";
import { HOME } from "../state/workspace";
import { useMarks, useWorkspace } from "./app";
import { useGesture, useSize } from "./gesture";
import { HoverMark } from "./HoverCard";
import { LassoPath } from "./LassoPath";

/** A small multiple: a whole projection as a still picture, with hover, click and lasso like the large one. */
export function Still({ layout, predictions, label }: { layout: Float32Array; predictions: Predictions | null; label: string }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [attach, size] = useSize();
  const { tool } = useWorkspace();
  const marks = useMarks(predictions?.wrong ?? null);
  const fitted = useMemo(() => fitLayout(layout), [layout]);
  const screen = useMemo(() => (size === null ? null : screenPositions(fitted, HOME, size)), [fitted, size]);

  const target = useCallback(
    () => ({ screen, visible: (row: number) => !(marks?.hiddenClasses.includes(marks.labels[row]) ?? true) }),
    [screen, marks],
  );
  const gesture = useGesture(target, tool, 8);

  useEffect(() => {
    if (canvas.current === null || size === null || marks === null || fitted.length !== marks.labels.length * 2) {
      return;
    }
    const ratio = devicePixelRatio || 1;
    canvas.current.width = Math.round(size.width * ratio);
    canvas.current.height = Math.round(size.height * ratio);
    const context = canvas.current.getContext("2d")!;
    context.scale(ratio, ratio);
    drawStill(context, fitted, marks, HOME, size);
  }, [fitted, marks, size]);

  return (
    <div ref={attach} className="still" {...gesture.handlers} role="img" aria-label={label}>
      <canvas ref={canvas} />
      <LassoPath path={gesture.path} />
      {size !== null && (
        <HoverMark screen={screen} predictions={predictions} width={size.width} height={size.height} card={false} />
      )}
    </div>
  );
}
