import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { fitLayout } from "../../draw/camera";
import { placeInsets } from "../../draw/insets";
import { PointCanvas } from "../../draw/pointCanvas";
import { screenPositions } from "../../draw/scene";
import { useApp, useMarks, useWorkspace } from "../../parts/app";
import { useGesture, useSize } from "../../parts/gesture";
import { HoverMark } from "../../parts/HoverCard";
import { LassoPath } from "../../parts/LassoPath";
import { reducedMotion } from "../../parts/theme";
import { INSET_EDGE, Insets, MOST_INSETS } from "./Insets";
import { hooks } from "../../parts/hooks";
import type { Predictions } from "../../state/predictions";

interface PlaneProps {
  layout: Float32Array;
  /** Layouts of a running job follow each other quickly. */
  live: boolean;
  /** The layout is still that of what was shown before. */
  waiting: boolean;
  predictions: Predictions | null;
  description: string;
  onFailed(message: string): void;
}

/** The large canvas with everything that lies on it. */
export function Plane({ layout, live, waiting, predictions, description, onFailed }: PlaneProps) {
  const { store } = useApp();
  const { camera, tool, insets, primary } = useWorkspace();
  const holder = useRef<HTMLDivElement>(null);
  const canvas = useRef<PointCanvas | null>(null);
  const [attach, size] = useSize();
  const [shift, setShift] = useState(false);
  const [drawn, setDrawn] = useState(false);
  const marks = useMarks(predictions?.wrong ?? null);
  const fitted = useMemo(() => fitLayout(layout), [layout]);
  const screen = useMemo(() => (size === null ? null : screenPositions(fitted, camera, size)), [fitted, camera, size]);
  const visible = useCallback((row: number) => !(marks?.hiddenClasses.includes(marks.labels[row]) ?? true), [marks]);
  const target = useCallback(() => ({ screen, visible }), [screen, visible]);
  const gesture = useGesture(target, tool);

  useEffect(() => {
    const events = { camera: (moved: typeof camera) => store.change({ camera: moved }, "along"), failed: onFailed, drawn: () => setDrawn(true) };
    const created = new PointCanvas(holder.current!, store.get().camera, events, reducedMotion);
    canvas.current = created;
    return () => created.destroy();
  }, [store, onFailed]);

  useEffect(() => {
    if (size !== null) {
      canvas.current?.setView(camera, size);
    }
  }, [camera, size]);
  useEffect(() => {
    if (marks !== null) {
      canvas.current?.setMarks(marks);
    }
  }, [marks]);
  useEffect(() => canvas.current?.setLayout(fitted, live), [fitted, live]);
  useEffect(() => canvas.current?.setPanning(tool === "pan"), [tool]);

  useEffect(() => {
    const follow = (event: KeyboardEvent) => setShift(event.shiftKey);
    addEventListener("keydown", follow);
    addEventListener("keyup", follow);
    return () => {
      removeEventListener("keydown", follow);
      removeEventListener("keyup", follow);
    };
  }, []);

  useEffect(() => hooks.showPlane({ screen, visible, drawn: drawn && !waiting, element: holder.current! }), [screen, visible, drawn, waiting]);

  const placed = useMemo(() => {
    if (!insets || live || screen === null || size === null || marks === null) {
      return [];
    }
    const chosen = marks.selection.length > 0 ? new Set(marks.selection) : null;
    const eligible = (row: number) => visible(row) && (chosen === null || chosen.has(row));
    return placeInsets({ screen, ...size, edge: INSET_EDGE, most: MOST_INSETS, eligible });
  }, [insets, live, screen, size, marks, visible]);
  useEffect(() => hooks.showInsets(placed), [placed]);

  return (
    <div
      ref={attach}
      className={`plane ${tool === "pan" && !shift ? "panning" : "selecting"}`}
      data-testid="plane"
      role="img"
      aria-label={description}
      {...gesture.handlers}
    >
      <div ref={holder} className="plane-canvas" />
      {placed.length > 0 && marks !== null && <Insets placed={placed} colors={marks.colors} labels={marks.labels} />}
      {primary !== null && screen !== null && primary * 2 < screen.length && visible(primary) && (
        <span className="ring primary-ring" style={{ transform: `translate(${screen[primary * 2]}px, ${screen[primary * 2 + 1]}px)` }} />
      )}
      <LassoPath path={gesture.path} />
      {size !== null && <HoverMark screen={screen} predictions={predictions} width={size.width} height={size.height} card />}
    </div>
  );
}
