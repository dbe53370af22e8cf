/** Hovering, clicking, lassoing and turning over a picture of points: the same for the main canvas and the small multiples. */
import { type MouseEvent as ReactMouseEvent, type PointerEvent as ReactPointerEvent, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { type Point, rectangle } from "../draw/geometry";
import { combine, type SelectionMode, selectionMode, type Tool } from "../state/workspace";
import { useApp } from "./app";

/** How far from a point the pointer still finds it, in pixels. */
const PICK_RADIUS = 14;
/** A press that moves less than this is a click. */
const CLICK_SLACK = 4;

/** The picture that a gesture is about. */
export interface Target {
  /** The visible row nearest to a position in pixels of the panel. */
  nearest(at: Point, radius: number): number | null;
  /** The visible rows that lie inside of an outline. */
  enclosed(outline: readonly Point[]): number[];
  /** Takes a drawn outline for something else than a selection; says whether it did. */
  outlined?: (outline: readonly Point[]) => boolean;
  /** Where a drag does more than deck.gl does by itself: what it does from here, by so many pixels; null for the usual. */
  grab?: (at: Point, moves: boolean) => ((byX: number, byY: number) => void) | null;
}

/** What points stand for: what pointing at one, enclosing some and clicking changes. */
export interface Subject {
  hover(row: number | null): void;
  select(rows: readonly number[], mode: SelectionMode): void;
  /** @param toggles whether Shift was held */
  click(row: number | null, mode: SelectionMode, toggles: boolean): void;
}

export interface Gesture {
  /** The lasso while it is being drawn, in pixels of the panel. */
  path: Point[];
  handlers: {
    onPointerDownCapture(event: ReactPointerEvent): void;
    onPointerMove(event: ReactPointerEvent): void;
    onPointerUp(event: ReactPointerEvent): void;
    onPointerLeave(): void;
    onContextMenu(event: ReactMouseEvent): void;
  };
}

/** Points are observations, in every view but one. */
function useObservations(): Subject {
  const { store, pointer } = useApp();
  return useMemo(
    () => ({
      hover: (row) => {
        if (pointer.get().row !== row) {
          pointer.set({ ...pointer.get(), row });
        }
      },
      select: (rows, mode) => store.change({ selection: combine(store.get().selection, rows, mode) }),
      click: (row, mode) => {
        if (row !== null && mode !== "replace") {
          store.change({ selection: combine(store.get().selection, [row], mode), primary: row });
        } else if (row !== store.get().primary) {
          store.change({ primary: row });
        }
      },
    }),
    [store, pointer],
  );
}

export function useGesture(target: () => Target, tool: Tool, pickRadius = PICK_RADIUS, subject?: Subject): Gesture {
  const observations = useObservations();
  const { hover, select: choose, click: press } = subject ?? observations;
  const [path, setPath] = useState<Point[]>([]);
  const drawing = useRef<{ points: Point[]; shape: Tool } | null>(null);
  const pressed = useRef<Point | null>(null);
  const dragging = useRef<{ last: Point; act: (byX: number, byY: number) => void } | null>(null);

  useEffect(() => () => hover(null), [hover]);

  const select = (polygon: Point[], event: ReactPointerEvent) => {
    if (target().outlined?.(polygon) === true) {
      return;
    }
    choose(target().enclosed(polygon), selectionMode(event));
  };

  return {
    path,
    handlers: {
      onPointerDownCapture: (event) => {
        const within = (event.target as Element).closest("button, a, input") !== null;
        const { grab } = target();
        if (within || (event.button !== 0 && !(grab !== undefined && event.button === 2))) {
          return;
        }
        const at = position(event);
        pressed.current = event.button === 0 ? at : null;
        const grabbing = !event.shiftKey && (tool === "pan" || event.button === 2);
        const act = grabbing ? (grab?.(at, event.button === 2 || event.ctrlKey || event.metaKey) ?? null) : null;
        if (act !== null) {
          event.stopPropagation();
          dragging.current = { last: at, act };
          event.currentTarget.setPointerCapture(event.pointerId);
          return;
        }
        if (tool === "pan" && !event.shiftKey) {
          return;
        }
        event.stopPropagation();
        event.preventDefault();
        event.currentTarget.setPointerCapture(event.pointerId);
        drawing.current = { points: [at], shape: tool === "marquee" ? "marquee" : "lasso" };
        hover(null);
      },
      onPointerMove: (event) => {
        const at = position(event);
        if (drawing.current !== null) {
          const { points, shape } = drawing.current;
          points.push(at);
          setPath(shape === "marquee" ? rectangle(points[0], at) : [...points]);
          return;
        }
        if (dragging.current !== null) {
          const { last, act } = dragging.current;
          act(at.x - last.x, at.y - last.y);
          dragging.current = { last: at, act };
          hover(null);
          return;
        }
        hover(event.buttons !== 0 ? null : target().nearest(at, pickRadius));
      },
      onPointerUp: (event) => {
        const at = position(event);
        const start = pressed.current;
        pressed.current = null;
        const drawn = drawing.current;
        drawing.current = null;
        dragging.current = null;
        if (drawn !== null) {
          setPath([]);
        }
        const still = start !== null && Math.hypot(at.x - start.x, at.y - start.y) < CLICK_SLACK;
        if (drawn !== null && !still) {
          select(drawn.shape === "marquee" ? rectangle(drawn.points[0], at) : drawn.points, event);
        } else if (still) {
          click(event, at);
        }
      },
      onPointerLeave: () => hover(null),
      onContextMenu: (event) => {
        if (target().grab !== undefined) {
          event.preventDefault();
        }
      },
    },
  };

  function click(event: ReactPointerEvent, at: Point): void {
    press(target().nearest(at, pickRadius), selectionMode(event), event.shiftKey);
  }
}

function position(event: ReactPointerEvent): Point {
  const box = event.currentTarget.getBoundingClientRect();
  return { x: event.clientX - box.left, y: event.clientY - box.top };
}

/** The size of an element, followed as it changes. */
export function useSize(): [(element: HTMLElement | null) => void, { width: number; height: number } | null] {
  const [size, setSize] = useState<{ width: number; height: number } | null>(null);
  const observer = useRef<ResizeObserver | null>(null);
  const attach = useCallback((element: HTMLElement | null) => {
    observer.current?.disconnect();
    if (element !== null) {
      const measure = () => {
        const { clientWidth: width, clientHeight: height } = element;
        setSize((old) => (old?.width === width && old.height === height ? old : { width, height }));
      };
      observer.current = new ResizeObserver(measure);
      observer.current.observe(element);
      measure();
    }
  }, []);
  return [attach, size];
}
