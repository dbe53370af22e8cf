import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { pixelsPerUnit, type Size, zoomAt } from "../../../draw/camera";
import type { Marks } from "../../../draw/scene";
import { drawStill, type Under } from "../../../draw/stillPoints";
import { useApp, useCell, useEye, useWorkspace } from "../../../parts/app";
import { useGesture, useSize } from "../../../parts/gesture";
import { hooks } from "../../../parts/hooks";
import { LassoPath } from "../../../parts/LassoPath";
import { reducedMotion } from "../../../parts/theme";
import { usePicture } from "../../../parts/usePicture";
import type { Camera } from "../../../state/workspace";
import { useUnitSubject } from "./actions";
import { UnitCard } from "./UnitCard";
import type { UnitScores } from "./useUnits";

interface UnitPlaneProps {
  live: Int32Array;
  /** [row * 2 + axis] */
  layout: Float32Array;
  marks: Marks;
  scores: UnitScores;
  description: string;
  /** The second of two planes; it may have a camera of its own. */
  right?: boolean;
  /** Whether tests and exports mean this plane. */
  leading?: boolean;
  /** Whether the layout is in the plane's own units already. */
  fixed?: boolean;
  /** What is drawn under the points, for a camera. */
  under?: (camera: Camera, size: Size) => Under;
}

const GLIDE_MS = 320;
const WHEEL = 0.0015;
const HEAD = 16;

/** Neurons as points: some thousands at most, so a 2-D canvas draws them between two frames. */
export function UnitPlane({ live, layout, marks, scores, description, right = false, leading = true, fixed = false, under }: UnitPlaneProps) {
  const { store, pointer } = useApp();
  const { tool, unit, linked } = useWorkspace();
  const hovered = useCell(pointer).unit ?? null;
  const [eye, move] = useEye(right && !linked);
  const [attach, size] = useSize();
  const holder = useRef<HTMLDivElement | null>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const [shift, setShift] = useState(false);
  const { fitted, visible, position, target } = usePicture(layout, 2, eye, size, marks, fixed);
  const rows = useMemo(() => new Map(Array.from(live, (one, row) => [one, row])), [live]);
  const at = useCallback((one: number | null) => (one === null || !rows.has(one) ? null : position(rows.get(one)!)), [rows, position]);
  const subject = useUnitSubject(live);

  const latest = useRef({ eye, size, move });
  latest.current = { eye, size, move };
  const grab = useCallback(
    () => (byX: number, byY: number) => {
      const { eye: now, size: room, move: change } = latest.current;
      const scale = room === null ? 1 : pixelsPerUnit(now.camera, room);
      change({ camera: { ...now.camera, x: now.camera.x - byX / scale, y: now.camera.y + byY / scale } });
    },
    [],
  );
  const gesture = useGesture(() => ({ ...target, grab }), tool, undefined, subject);
  useGliding(canvas, fitted, marks, eye.camera, size, under);

  useEffect(() => {
    const element = holder.current;
    const wheel = (event: WheelEvent) => {
      event.preventDefault();
      const { eye: now, size: room, move: change } = latest.current;
      if (room !== null && element !== null) {
        const box = element.getBoundingClientRect();
        change({ camera: zoomAt(now.camera, Math.exp(-event.deltaY * WHEEL), event.clientX - box.left, event.clientY - box.top, room) });
      }
    };
    element?.addEventListener("wheel", wheel, { passive: false });
    return () => element?.removeEventListener("wheel", wheel);
  }, []);
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
    const shown = { count: Math.max(0, ...live) + 1, position: at, visible: (one: number) => rows.has(one) && visible(rows.get(one)!), drawn: size !== null, element: holder.current!, rate: () => 0 };
    return leading ? hooks.showPlane(shown) : undefined;
  }, [leading, live, at, rows, visible, size]);

  const join = useCallback(
    (element: HTMLDivElement | null) => {
      holder.current = element;
      attach(element);
    },
    [attach],
  );
  const [ring, spot] = [at(unit), at(hovered)];
  const look = (one: number | null) => store.change({ unit: one });
  return (
    <div
      ref={join}
      className={`plane unit-plane ${tool === "pan" && !shift ? "panning" : "selecting"}`}
      data-testid={right ? "plane-right" : "plane"}
      data-dims={2}
      data-eye={right && !linked ? "right" : "left"}
      role="img"
      aria-label={description}
      onDoubleClick={() => look(null)}
      {...gesture.handlers}
    >
      <canvas ref={canvas} />
      {ring !== null && <span className="ring primary-ring" style={{ transform: `translate(${ring[0]}px, ${ring[1]}px)` }} />}
      {ring !== null && size !== null && inside(ring, size) && (
        <span className="unit-name" style={{ transform: `translate(${ring[0]}px, ${ring[1] - HEAD}px)` }} aria-hidden="true">
          {unit}
        </span>
      )}
      {spot !== null && <span className="ring" style={{ transform: `translate(${spot[0]}px, ${spot[1]}px)` }} />}
      <LassoPath path={gesture.path} />
      {hovered !== null && spot !== null && size !== null && <UnitCard unit={hovered} x={spot[0]} y={spot[1]} scores={scores} width={size.width} height={size.height} />}
    </div>
  );
}

const inside = ([x, y]: [number, number], { width, height }: Size): boolean => x > 12 && y > 24 && x < width - 12 && y < height;

/** Draws the points; where the same ones go to another layout they glide there. */
function useGliding(canvas: React.RefObject<HTMLCanvasElement | null>, fitted: Float32Array, marks: Marks, camera: Camera, size: Size | null, under: UnitPlaneProps["under"]): void {
  const shown = useRef(fitted);
  const now = useRef({ marks, camera, size, under });
  now.current = { marks, camera, size, under };
  const draw = useCallback(() => {
    const { marks: looks, camera: eye, size: room, under: below } = now.current;
    const context = canvas.current?.getContext("2d");
    if (context == null || canvas.current === null || room === null || shown.current.length !== looks.labels.length * 2) {
      return;
    }
    const ratio = devicePixelRatio || 1;
    const [width, height] = [Math.round(room.width * ratio), Math.round(room.height * ratio)];
    if (canvas.current.width !== width || canvas.current.height !== height) {
      canvas.current.width = width;
      canvas.current.height = height;
    }
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    drawStill(context, { flat: shown.current, depth: null }, looks, eye, room, below?.(eye, room));
  }, [canvas]);
  useEffect(() => {
    const from = shown.current;
    if (from === fitted || from.length !== fitted.length || reducedMotion()) {
      shown.current = fitted;
      draw();
      return undefined;
    }
    let frame = 0;
    const start = performance.now();
    const glide = () => {
      const share = Math.min(1, (performance.now() - start) / GLIDE_MS);
      const eased = share * share * (3 - 2 * share);
      shown.current = share === 1 ? fitted : fitted.map((value, place) => from[place] + (value - from[place]) * eased);
      draw();
      if (share < 1) {
        frame = requestAnimationFrame(glide);
      }
    };
    frame = requestAnimationFrame(glide);
    return () => cancelAnimationFrame(frame);
  }, [fitted, draw]);
  useEffect(draw, [draw, marks, camera, size, under]);
}
