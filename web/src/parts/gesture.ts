/** Hovering, clicking and lassoing over a picture of points: the same for the main canvas and the small multiples. */
import { type PointerEvent as ReactPointerEvent, useCallback, useEffect, useRef, useState } from "react";
import { enclosed, nearest, type Point, rectangle } from "../draw/geometry";
import { combine, selectionMode, type Tool } from "../state/workspace";
import { useApp } from "./app";

/** How far from a point the pointer still finds it, in pixels. */
const PICK_RADIUS = 14;
/** A press that moves less than this is a click. */
const CLICK_SLACK = 4;

export interface Target {
  screen: Float32Array | null;
  visible: (row: number) => boolean;
}

export interface Gesture {
  /** The lasso while it is being drawn, in pixels of the panel. */
  path: Point[];
  handlers: {
    onPointerDownCapture(event: ReactPointerEvent): void;
    onPointerMove(event: ReactPointerEvent): void;
    onPointerUp(event: ReactPointerEvent): void;
    onPointerLeave(): void;
  };
}

export function useGesture(target: () => Target, tool: Tool, pickRadius = PICK_RADIUS): Gesture {
  const { store, pointer } = useApp();
  const [path, setPath] = useState<Point[]>([]);
  const drawing = useRef<{ points: Point[]; shape: Tool } | null>(null);
  const pressed = useRef<Point | null>(null);

  const hover = useCallback(
    (row: number | null) => {
      if (pointer.get().row !== row) {
        pointer.set({ ...pointer.get(), row });
      }
    },
    [pointer],
  );

  useEffect(() => () => hover(null), [hover]);

  const select = (polygon: Point[], event: ReactPointerEvent) => {
    const { screen, visible } = target();
    const found = screen === null ? [] : enclosed(screen, polygon, visible);
    store.change({ selection: combine(store.get().selection, found, selectionMode(event)) });
  };

  return {
    path,
    handlers: {
      onPointerDownCapture: (event) => {
        if (event.button !== 0 || (event.target as Element).closest("button, a, input") !== null) {
          return;
        }
        const at = position(event);
        pressed.current = at;
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
        const { screen, visible } = target();
        const dragging = event.buttons !== 0;
        hover(screen === null || dragging ? null : nearest(screen, at.x, at.y, pickRadius, visible));
      },
      onPointerUp: (event) => {
        const at = position(event);
        const start = pressed.current;
        pressed.current = null;
        const drawn = drawing.current;
        drawing.current = null;
        setPath([]);
        const still = start !== null && Math.hypot(at.x - start.x, at.y - start.y) < CLICK_SLACK;
        if (drawn !== null && !still) {
          select(drawn.shape === "marquee" ? rectangle(drawn.points[0], at) : drawn.points, event);
        } else if (still) {
          click(event, at);
        }
      },
      onPointerLeave: () => hover(null),
    },
  };

  function click(event: ReactPointerEvent, at: Point): void {
    const { screen, visible } = target();
    const row = screen === null ? null : nearest(screen, at.x, at.y, pickRadius, visible);
    const mode = selectionMode(event);
    if (row !== null && mode !== "replace") {
      store.change({ selection: combine(store.get().selection, [row], mode), primary: row });
    } else if (row !== store.get().primary) {
      store.change({ primary: row });
    }
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
