import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { placeInsets } from "../../draw/insets";
import type { Point } from "../../draw/geometry";
import { spun } from "../../draw/orbit";
import { PointCanvas } from "../../draw/pointCanvas";
import { paintHex } from "../../draw/scene";
import { useApp, useEye, useWorkspace } from "../../parts/app";
import { useColoring, useMarks } from "../../parts/coloring";
import { useGesture, useSize } from "../../parts/gesture";
import { HoverMark } from "../../parts/HoverCard";
import { hooks } from "../../parts/hooks";
import { LassoPath } from "../../parts/LassoPath";
import { reducedMotion } from "../../parts/theme";
import { usePicture } from "../../parts/usePicture";
import { whole } from "../../parts/words";
import { pixelsPerUnit } from "../../draw/camera";
import type { Dims, KeptResult } from "../../state/library";
import type { Predictions } from "../../state/predictions";
import type { Camera } from "../../state/workspace";
import { Gizmo } from "./Gizmo";
import { INSET_EDGE, Insets, MOST_INSETS } from "./Insets";

interface PlaneProps {
  layout: Float32Array;
  dims: Dims;
  /** Layouts of a running job follow each other quickly. */
  live: boolean;
  /** The layout is still that of what was shown before. */
  waiting: boolean;
  predictions: Predictions | null;
  kept: KeptResult | null;
  description: string;
  /** The second of two pictures whose cameras are not linked. */
  right?: boolean;
  /** Whether tests and exports mean this picture. */
  leading?: boolean;
  /** Whether the layout is in the panel's own units already, and must not be moved or scaled. */
  fixed?: boolean;
  /** A drag of one point, in the layout's units. */
  onPull?: (row: number, byX: number, byY: number) => void;
  /** Whether misclassified observations look like all others. */
  plain?: boolean;
  /** Drawn over the points and under the pointer. */
  children?: React.ReactNode;
  onFailed(message: string): void;
}

/** Degrees of turning per pixel of a drag. */
const TURN = 0.4;
/** A drag that begins so near to a point takes hold of it. */
const PULL_RADIUS = 10;

/** The large canvas with everything that lies on it. */
export function Plane({ layout, dims, live, waiting, predictions, kept, description, right = false, leading = true, fixed = false, plain = false, onPull, children, onFailed }: PlaneProps) {
  const { store } = useApp();
  const { tool, insets, primary } = useWorkspace();
  const [eye, move] = useEye(right);
  const holder = useRef<HTMLDivElement>(null);
  const canvas = useRef<PointCanvas | null>(null);
  const [attach, size] = useSize();
  const [shift, setShift] = useState(false);
  const [drawn, setDrawn] = useState(false);
  const [thinned, setThinned] = useState<number | null>(null);
  const marks = useMarks(predictions, kept, plain);
  const coloring = useColoring(predictions, kept);
  const { fitted, locator, visible, position, target } = usePicture(layout, dims, eye, size, marks, fixed);

  const latest = useRef({ eye, size, move });
  latest.current = { eye, size, move };
  const grab = useCallback(
    (at: Point, moves: boolean) => {
      if (dims === 3) {
        return (byX: number, byY: number) => {
          const { eye: now, size: room, move: change } = latest.current;
          const scale = room === null ? 1 : pixelsPerUnit(now.camera, room);
          change(moves ? { camera: { ...now.camera, x: now.camera.x - byX / scale, y: now.camera.y + byY / scale } } : { orbit: spun(now.orbit, byX * TURN, byY * TURN) });
        };
      }
      const row = onPull === undefined ? null : target.nearest(at, PULL_RADIUS);
      return row === null
        ? null
        : (byX: number, byY: number) => {
            const { eye: now, size: room } = latest.current;
            const scale = room === null ? 1 : pixelsPerUnit(now.camera, room);
            onPull?.(row, byX / scale, -byY / scale);
          };
    },
    [dims, target, onPull],
  );
  const gesture = useGesture(() => (dims === 3 || onPull !== undefined ? { ...target, grab } : target), tool);

  useEffect(() => {
    const events = { camera: (camera: Camera) => latest.current.move({ camera }), failed: onFailed, drawn: () => setDrawn(true), thinned: setThinned };
    const created = new PointCanvas(holder.current!, latest.current.eye, events, reducedMotion);
    canvas.current = created;
    return () => created.destroy();
  }, [store, onFailed]);

  useEffect(() => {
    if (size !== null) {
      canvas.current?.setView(eye, size);
    }
  }, [eye, size]);
  useEffect(() => {
    if (marks !== null) {
      canvas.current?.setMarks(marks);
    }
  }, [marks]);
  useEffect(() => canvas.current?.setLayout(fitted, dims, live), [fitted, dims, live]);
  useEffect(() => canvas.current?.setPanning(tool === "pan" && dims === 2), [tool, dims]);

  useEffect(() => {
    const follow = (event: KeyboardEvent) => setShift(event.shiftKey);
    addEventListener("keydown", follow);
    addEventListener("keyup", follow);
    return () => {
      removeEventListener("keydown", follow);
      removeEventListener("keyup", follow);
    };
  }, []);

  useEffect(() => {
    const rate = () => canvas.current?.pace.rate() ?? 0;
    return leading ? hooks.showPlane({ count: locator.count, position, visible, drawn: drawn && !waiting, element: holder.current!, rate }) : undefined;
  }, [leading, locator, position, visible, drawn, waiting]);

  const placed = useMemo(() => {
    if (!insets || live || size === null || marks === null) {
      return [];
    }
    const chosen = marks.selection.length > 0 ? new Set(marks.selection) : null;
    const eligible = (row: number) => chosen === null || chosen.has(row);
    return placeInsets({ count: locator.count, position, ...size, edge: INSET_EDGE, most: MOST_INSETS, eligible });
  }, [insets, live, size, marks, locator, position]);
  useEffect(() => (leading ? hooks.showInsets(placed) : undefined), [leading, placed]);
  const colorOf = useMemo(() => (marks === null ? null : paintHex(marks)), [marks]);
  const ring = primary === null ? null : position(primary);

  return (
    <div
      ref={attach}
      className={`plane ${tool === "pan" && !shift ? "panning" : "selecting"}`}
      data-testid="plane"
      data-dims={dims}
      data-eye={right ? "right" : "left"}
      role={dims === 3 ? "application" : "img"}
      aria-roledescription={dims === 3 ? "picture in three dimensions" : undefined}
      tabIndex={dims === 3 ? 0 : undefined}
      aria-label={description + (dims === 3 ? " Arrow keys turn it, plus and minus zoom, F shows it as at first." : "")}
      {...gesture.handlers}
    >
      <div ref={holder} className="plane-canvas" />
      {children}
      {placed.length > 0 && colorOf !== null && <Insets placed={placed} colorOf={colorOf} />}
      {ring !== null && <span className="ring primary-ring" style={{ transform: `translate(${ring[0]}px, ${ring[1]}px)` }} />}
      <LassoPath path={gesture.path} />
      {dims === 3 && <Gizmo orbit={eye.orbit} />}
      {thinned !== null && (
        <p className="thinned" role="status" data-testid="thinned">
          While it moves: {whole(thinned)} of {whole(locator.count)} points
        </p>
      )}
      {size !== null && <HoverMark position={position} predictions={predictions} coloring={coloring} width={size.width} height={size.height} card />}
    </div>
  );
}
