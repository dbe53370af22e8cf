import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState, type WheelEvent } from "react";
import { type Cells, cellSize, hintonPixels, pannedWindow, zoomedWindow } from "../../../draw/hinton";
import { useWeights } from "../../../parts/app";
import { measured, whole } from "../../../parts/words";
import type { WindowOf } from "../../../state/weights";
import { HEAD } from "./HintonPanel";
import type { Seen } from "./useMatrix";

export interface Shown {
  cells: Cells;
  /** The part that is looked at, in the order in which it is drawn. */
  window: WindowOf;
  scale: number;
  rowOrder: Int32Array;
  colOrder: Int32Array;
  seen: Seen;
  size: { width: number; height: number };
  layer: string;
  sorted: boolean;
}

interface CanvasProps {
  shown: Shown;
  label: string;
  onPointed(words: string | null): void;
  onOpen(unit: number): void;
}

interface Place {
  row: number;
  col: number;
}

/** A press that moves less than this is a click. */
const SLACK = 5;
/** Heads of columns closer than this have no number. */
const NUMBER_WIDTH = 34;

/** The squares, what is pointed at, and the part that is being drawn with the pointer. */
export function HintonCanvas({ shown, label, onPointed, onOpen }: CanvasProps) {
  const [, change] = useWeights();
  const canvas = useRef<HTMLCanvasElement>(null);
  const [cursor, setCursor] = useState<Place | null>(null);
  const [drag, setDrag] = useState<{ from: Place; to: Place } | null>(null);
  const start = useRef<{ x: number; y: number; place: Place } | null>(null);
  const { cells, window, scale, seen, size } = shown;
  const cell = cellSize(cells, size.width - 2 * HEAD, size.height - HEAD);
  const [width, height] = [cells.cols * cell, cells.rows * cell];
  useEffect(() => {
    const element = canvas.current!;
    const fine = devicePixelRatio;
    [element.width, element.height] = [Math.ceil(width * fine), Math.ceil(height * fine)];
    const began = performance.now();
    const pixels = hintonPixels(cells, scale, cell * fine, element.width, element.height);
    element.getContext("2d")!.putImageData(new ImageData(pixels, element.width, element.height), 0, 0);
    [element.style.width, element.style.height] = [`${element.width / fine}px`, `${element.height / fine}px`];
    element.dataset.drawnMs = (performance.now() - began).toFixed(1);
  }, [cells, scale, cell, width, height]);
  useEffect(() => setCursor(null), [window]);
  useEffect(() => {
    onPointed(cursor === null ? null : cellWords(shown, cursor));
  }, [cursor, shown]);
  const single = cells.perCol === 1;
  const placeAt = (event: { clientX: number; clientY: number }): Place => {
    const box = canvas.current!.getBoundingClientRect();
    const along = (at: number, count: number) => Math.max(0, Math.min(count - 1, Math.floor(at / cell)));
    return { row: along(event.clientY - box.top, cells.rows), col: along(event.clientX - box.left, cells.cols) };
  };
  const look = (next: WindowOf | null) => change({ window: next }, "along");
  const zoom = (factor: number, at: Place | null) => look(zoomedWindow(window, factor, at === null ? 0.5 : (at.col + 0.5) / cells.cols, at === null ? 0.5 : (at.row + 0.5) / cells.rows, seen.senders, seen.receivers));
  const windowOf = (a: Place, b: Place): WindowOf => [
    cells.rowEdges[Math.min(a.row, b.row)], cells.rowEdges[Math.max(a.row, b.row) + 1], cells.colEdges[Math.min(a.col, b.col)], cells.colEdges[Math.max(a.col, b.col) + 1],
  ];
  const release = (event: PointerEvent) => {
    const from = start.current;
    start.current = null;
    setDrag(null);
    if (from === null) {
      return;
    }
    if (Math.hypot(event.clientX - from.x, event.clientY - from.y) > SLACK) {
      change({ window: windowOf(from.place, placeAt(event)) });
    } else if (cells.perRow * cells.perCol > 1) {
      zoom(4, from.place);
    }
  };
  const keys = (event: KeyboardEvent) => {
    const step = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[event.key];
    if (step !== undefined) {
      const here = cursor ?? { row: 0, col: 0 };
      const next = cursor === null ? here : { row: here.row + step[0], col: here.col + step[1] };
      const beyond = next.row < 0 || next.col < 0 || next.row >= cells.rows || next.col >= cells.cols;
      if (event.shiftKey || beyond) {
        look(pannedWindow(window, step[0] * (window[1] - window[0] >> 1 || 1), step[1] * (window[3] - window[2] >> 1 || 1), seen.senders, seen.receivers));
      } else {
        setCursor(next);
      }
    } else if (event.key === "+" || event.key === "=" || event.key === "-") {
      zoom(event.key === "-" ? 0.5 : 2, cursor);
    } else if (event.key === "0") {
      look(null);
    } else if (event.key === "Enter" && cursor !== null && single) {
      onOpen(receiver(shown, cursor.col));
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  };
  const marked = drag === null ? cursor && { from: cursor, to: cursor } : drag;
  return (
    <div className="hinton" style={{ width: width + 2 * HEAD, height: height + HEAD }}>
      <Heads shown={shown} cell={cell} onOpen={onOpen} onPointed={onPointed} />
      <span className="hinton-rows" style={{ height }}>
        senders {whole(window[0])} to {whole(window[1] - 1)}
        {shown.sorted ? " in order" : ""} →
      </span>
      <div
        className="hinton-picture"
        role="application"
        tabIndex={0}
        data-keys="own"
        aria-label={`${label} Arrow keys go from square to square, plus and minus zoom, Enter opens the receiving unit.`}
        style={{ left: HEAD, top: HEAD, width, height }}
        onKeyDown={keys}
        onPointerDown={(event) => {
          if (event.button === 0) {
            event.currentTarget.setPointerCapture(event.pointerId);
            start.current = { x: event.clientX, y: event.clientY, place: placeAt(event) };
          }
        }}
        onPointerMove={(event) => {
          const here = placeAt(event);
          setCursor((old) => (old?.row === here.row && old.col === here.col ? old : here));
          if (start.current !== null) {
            setDrag({ from: start.current.place, to: here });
          }
        }}
        onPointerUp={release}
        onPointerLeave={() => start.current === null && setCursor(null)}
        onDoubleClick={() => cursor !== null && single && onOpen(receiver(shown, cursor.col))}
        onWheel={(event: WheelEvent) => zoom(event.deltaY < 0 ? 1.25 : 0.8, placeAt(event))}
      >
        <canvas ref={canvas} data-testid="hinton" data-cell={cell} data-scale={scale} data-rows={cells.rows} data-cols={cells.cols} data-per={`${cells.perRow}x${cells.perCol}`} data-epoch={seen.epoch} />
        {marked && <span className={drag === null ? "hinton-cursor" : "hinton-drag"} style={boxOf(marked.from, marked.to, cell)} />}
      </div>
    </div>
  );
}

const boxOf = (a: Place, b: Place, cell: number) => ({
  left: Math.min(a.col, b.col) * cell, top: Math.min(a.row, b.row) * cell, width: (Math.abs(a.col - b.col) + 1) * cell, height: (Math.abs(a.row - b.row) + 1) * cell,
});

const receiver = ({ cells, colOrder, seen }: Shown, col: number): number => (seen.whole ? colOrder[cells.colEdges[col]] : cells.colEdges[col]);
const sender = ({ cells, rowOrder, seen }: Shown, row: number): number => (seen.whole ? rowOrder[cells.rowEdges[row]] : cells.rowEdges[row]);

/** "34 → 17 = −0.0213", or the mean of a block in words. */
export function cellWords(shown: Shown, { row, col }: Place): string {
  const { cells, layer, sorted } = shown;
  const value = cells.values[row * cells.cols + col];
  const text = Number.isFinite(value) ? measured(value).replace("-", "−") : "not a number";
  if (cells.perRow * cells.perCol === 1) {
    return `${sender(shown, row)} → ${receiver(shown, col)} of ${layer} = ${text}`;
  }
  const [top, bottom, left, right] = [cells.rowEdges[row], cells.rowEdges[row + 1], cells.colEdges[col], cells.colEdges[col + 1]];
  const range = (from: number, to: number, word: string) => (sorted ? `${to - from} ${word}s` : to - from === 1 ? `${word} ${from}` : `${word}s ${from} to ${to - 1}`);
  return `${range(top, bottom, "sender")} → ${range(left, right, "receiver")} of ${layer}: mean ${text} of ${whole((bottom - top) * (right - left))} weights`;
}

/** Numbers over the columns; where a column is one unit, its head opens the unit. */
function Heads({ shown, cell, onOpen, onPointed }: { shown: Shown; cell: number; onOpen(unit: number): void; onPointed(words: string | null): void }) {
  const { cells, window, layer } = shown;
  if (cells.perCol > 1) {
    return (
      <span className="hinton-cols" style={{ left: HEAD }}>
        receivers {whole(window[2])} to {whole(window[3] - 1)} →
      </span>
    );
  }
  const every = Math.max(1, Math.ceil(NUMBER_WIDTH / cell));
  return (
    <div className="hinton-heads" style={{ left: HEAD, width: cells.cols * cell }}>
      {Array.from({ length: Math.ceil(cells.cols / every) }, (_, at) => at * every).map((col) => {
        const unit = receiver(shown, col);
        return (
          <button key={col} type="button" data-testid={`receiver-${unit}`} title={`Look at unit ${unit} of ${layer}`} aria-label={`Look at unit ${unit} of ${layer}`} style={{ left: col * cell, width: Math.max(cell, Math.min(every, cells.cols - col) * cell) }} onPointerEnter={() => onPointed(`unit ${unit} of ${layer}: click to look at it`)} onClick={() => onOpen(unit)}>
            {unit}
          </button>
        );
      })}
    </div>
  );
}
