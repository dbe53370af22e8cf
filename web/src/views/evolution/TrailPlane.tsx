import { useEffect, useMemo, useRef, useState } from "react";
import { fromScreen, toScreen } from "../../draw/camera";
import type { Point } from "../../draw/geometry";
import { TrailCanvas } from "../../draw/trailCanvas";
import { trailAt } from "../../draw/trails";
import type { TrailMarks } from "../../draw/trailScene";
import { TRAIL_GROUND } from "../../draw/trailColors";
import { useApp, useCell, useEvolution, useEye, useWorkspace } from "../../parts/app";
import { type Target, useGesture, useSize } from "../../parts/gesture";
import { hooks } from "../../parts/hooks";
import { LassoPath } from "../../parts/LassoPath";
import { reducedMotion } from "../../parts/theme";
import { whole } from "../../parts/words";
import { momentOf } from "../../state/evolution";
import { shortened, simplified } from "../../state/fields";
import type { Predictions } from "../../state/predictions";
import type { Camera } from "../../state/workspace";
import { Momentary } from "./momentary";
import { Overlay } from "./Overlay";
import type { SequenceShown } from "./shown";
import { useFieldLayers } from "./slots";
import type { Bundled } from "./useSequence";

interface TrailPlaneProps {
  shown: SequenceShown;
  bundled: Bundled;
  marks: TrailMarks;
  predictions: Predictions | null;
  description: string;
  /** The control beside: tests and exports do not mean it. */
  control?: boolean;
  brushing: boolean;
  /** Drawn over the trails. */
  children?: React.ReactNode;
  onFailed(message: string): void;
}

/** Points and trails of one sequence, large, with everything that lies on them. */
export function TrailPlane({ shown, bundled, marks, predictions, description, control = false, brushing, children, onFailed }: TrailPlaneProps) {
  const { store, pointer } = useApp();
  const { tool, primary } = useWorkspace();
  const [evolution] = useEvolution();
  const hovered = useCell(pointer).row;
  const [eye, move] = useEye();
  const holder = useRef<HTMLDivElement>(null);
  const canvas = useRef<TrailCanvas | null>(null);
  const [attach, size] = useSize();
  const [shift, setShift] = useState(false);
  const [drawn, setDrawn] = useState(false);
  const [thinned, setThinned] = useState<number | null>(null);
  const { trails } = bundled;
  const steps = shown.steps.length;
  const under = useFieldLayers({ shown: shown.digest === null ? null : shown, theme: marks.theme, control });

  const layouts = useMemo(() => shown.layouts.map((value, at) => (value - shown.fit.middle[at % 2]) / shown.fit.half), [shown.layouts, shown.fit]);
  const byStep = useMemo(() => {
    const length = layouts.length / steps;
    return Array.from({ length: steps }, (_, step) => layouts.subarray(step * length, (step + 1) * length));
  }, [layouts, steps]);
  const momentary = useMemo(() => new Momentary(layouts, steps), [layouts, steps]);

  const latest = useRef({ size, move, marks, momentary, fit: shown.fit });
  latest.current = { size, move, marks, momentary, fit: shown.fit };

  /** All of these read the moment and the camera when they are asked: neither is worth drawing this anew. */
  const picture = useMemo(() => {
    const hidden = new Set(marks.hiddenClasses);
    const visible = (row: number) => !hidden.has(marks.labels[row]);
    const now = () => momentary.locator(momentOf(store.get().evolution, momentary.steps).at);
    const position = (row: number): [number, number] | null => {
      const { size: room } = latest.current;
      return room === null || row >= momentary.count || !visible(row) ? null : now().position(row, store.get().camera, room);
    };
    const target: Target = {
      nearest: (at, radius) => (latest.current.size === null ? null : now().nearest(at, radius, store.get().camera, latest.current.size, visible)),
      enclosed: (outline) => (latest.current.size === null ? [] : now().enclosed(outline, store.get().camera, latest.current.size, visible)),
    };
    return { visible, position, target };
  }, [momentary, marks.hiddenClasses, marks.labels, store]);

  const outlined = (outline: readonly Point[]): boolean => {
    const { size: room, fit } = latest.current;
    if (room === null || outline.length < 3) {
      return true;
    }
    const corners = outline.map(({ x, y }) => {
      const [across, up] = fromScreen(x, y, store.get().camera, room);
      return [across * fit.half + fit.middle[0], up * fit.half + fit.middle[1]] as const;
    });
    const region = shortened(simplified(corners, (fit.half * REGION_SLACK) / store.get().camera.scale));
    store.change({ evolution: { ...store.get().evolution, region } });
    return true;
  };
  const gesture = useGesture(() => (brushing ? { ...picture.target, outlined } : picture.target), brushing ? (tool === "lasso" ? "lasso" : "marquee") : tool);

  useEffect(() => {
    const events = { camera: (camera: Camera) => latest.current.move({ camera }), failed: onFailed, drawn: () => setDrawn(true), thinned: setThinned };
    const created = new TrailCanvas(holder.current!, store.get().camera, events, reducedMotion);
    canvas.current = created;
    return () => created.destroy();
  }, [store, onFailed]);

  useEffect(() => canvas.current?.setTrails(byStep, trails), [byStep, trails]);
  useEffect(() => canvas.current?.setMarks(marks), [marks]);
  const rows = useMemo(() => {
    const wanted = new Set([...(marks.selection.length <= MOST_MARKED ? marks.selection : []), primary, hovered].filter((row) => row !== null));
    return [...wanted].filter((row) => row < trails.count && picture.visible(row));
  }, [marks.selection, primary, hovered, trails.count, picture]);
  const drawsTrails = evolution.trails !== "none";
  useEffect(() => canvas.current?.setStyle({ trails: drawsTrails, means: evolution.classMeans && drawsTrails, rows }), [drawsTrails, evolution.classMeans, rows]);
  useEffect(() => canvas.current?.setUnder(under), [under]);
  useEffect(() => canvas.current?.setPanning(tool === "pan" && !brushing), [tool, brushing]);
  useEffect(() => {
    if (size !== null) {
      canvas.current?.setView(eye.camera, size);
    }
  }, [eye, size]);

  const isBundled = evolution.trails === "bundled" && trails.bundled !== trails.straight;
  useEffect(() => {
    const show = () => {
      const now = store.get().evolution;
      canvas.current?.setMoment({ ...momentOf(now, steps), strength: isBundled ? now.strength : 0 });
    };
    let before = store.get().evolution;
    show();
    return store.subscribe(() => {
      if (store.get().evolution !== before) {
        before = store.get().evolution;
        show();
      }
    });
  }, [store, steps, isBundled, byStep, trails]);

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
    if (control) {
      return undefined;
    }
    const strength = () => (isBundled ? store.get().evolution.strength : 0);
    const { fit } = shown;
    const hidePlane = hooks.showPlane({ count: momentary.count, position: picture.position, visible: picture.visible, drawn, element: holder.current!, rate: () => canvas.current?.pace.rate() ?? 0 });
    const hideTrails = hooks.showTrails({
      facts: () => ({ count: trails.count, steps: trails.steps, perSegment: trails.perSegment, samples: trails.samples, strength: strength(), bundled: isBundled }),
      trail: (row) => trailAt(trails, row, strength()).map((value, at) => value * fit.half + fit.middle[at % 2]),
    });
    return () => {
      hidePlane();
      hideTrails();
    };
  }, [control, momentary, picture, drawn, trails, isBundled, shown, store]);

  return (
    <div
      ref={attach}
      className={`plane trail-plane ${tool === "pan" && !shift && !brushing ? "panning" : "selecting"}`}
      data-testid={control ? "control-plane" : "plane"}
      data-dims={2}
      data-eye="left"
      role="img"
      aria-label={description}
      style={{ background: TRAIL_GROUND[marks.theme] }}
      {...gesture.handlers}
    >
      <div ref={holder} className="plane-canvas" />
      <LassoPath path={gesture.path} />
      {size !== null && (
        <Overlay momentary={momentary} marks={marks} eye={eye} size={size} position={picture.position} predictions={predictions} region={evolution.field === "none" ? null : evolution.region} toScreen={([x, y]) => toScreen((x - shown.fit.middle[0]) / shown.fit.half, (y - shown.fit.middle[1]) / shown.fit.half, eye.camera, size)} labels={evolution.highlight} means={evolution.classMeans && drawsTrails && marks.groups === undefined} />
      )}
      {children}
      {thinned !== null && (
        <p className="thinned" role="status" data-testid="thinned">
          While it moves: {whole(thinned)} of {whole(trails.count)} trails
        </p>
      )}
    </div>
  );
}

/** How far a brushed region may be from what was drawn, as a share of the picture: a link must be able to hold it. */
const REGION_SLACK = 0.004;
/** A selection of so many trails is drawn as ribbons. */
const MOST_MARKED = 40;
