import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from "react";
import type { Theme } from "../../draw/palette";
import { useApp, useCell } from "../../parts/app";

interface PixelGridProps {
  /** [row * cols + col] */
  values: Float32Array;
  cols: number;
  /** Values from 0 up in grey, or signed ones around 0 in two colours. */
  signed?: boolean;
  /** Pixels with a letter on them. */
  marks?: { pixel: number; text: string }[];
  label: string;
  id: string;
  /** A click, and with `stroke` every pixel that a drag comes over. */
  onPixel(pixel: number, row: number, col: number): void;
  stroke?: boolean;
}

/** Brown below zero, blue-green above, the ground at zero: readable with every common kind of colour vision. */
const ENDS: Record<Theme, [number[], number[], number[]]> = {
  light: [[140, 81, 10], [250, 250, 250], [1, 102, 94]],
  dark: [[216, 150, 70], [28, 34, 43], [90, 200, 185]],
};

/** An image whose pixels can be picked or painted, by pointer or keys. */
export function PixelGrid({ values, cols, signed = false, marks = [], label, id, onPixel, stroke = false }: PixelGridProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const theme = useCell(useApp().theme);
  const rows = values.length / cols;
  const [cursor, setCursor] = useState<[number, number]>([Math.floor(rows / 2), Math.floor(cols / 2)]);
  const [focused, setFocused] = useState(false);

  useEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (context) {
      context.putImageData(new ImageData(shaded(values, signed, theme), cols, rows), 0, 0);
    }
  }, [values, cols, rows, signed, theme]);

  const at = (event: PointerEvent): [number, number] => {
    const box = event.currentTarget.getBoundingClientRect();
    const within = (share: number, count: number) => Math.max(0, Math.min(count - 1, Math.floor(share * count)));
    return [within((event.clientY - box.top) / box.height, rows), within((event.clientX - box.left) / box.width, cols)];
  };
  const pick = ([row, col]: [number, number]) => {
    setCursor([row, col]);
    onPixel(row * cols + col, row, col);
  };
  const press = (event: KeyboardEvent) => {
    const [row, col] = cursor;
    const moves: Record<string, [number, number]> = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
    const by = moves[event.key];
    if (by !== undefined) {
      setCursor([Math.max(0, Math.min(rows - 1, row + by[0])), Math.max(0, Math.min(cols - 1, col + by[1]))]);
      event.preventDefault();
    } else if (event.key === "Enter" || event.key === " ") {
      pick(cursor);
      event.preventDefault();
    }
  };
  return (
    <div
      className="pixel-grid"
      role="application"
      aria-label={`${label}. Arrow keys move, Enter ${stroke ? "paints" : "picks"}. Row ${cursor[0] + 1}, column ${cursor[1] + 1}.`}
      tabIndex={0}
      data-testid={id}
      style={{ aspectRatio: `${cols} / ${rows}` }}
      onKeyDown={press}
      onFocus={() => setFocused(true)}
      onBlur={() => setFocused(false)}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        pick(at(event));
      }}
      onPointerMove={(event) => {
        if (stroke && event.buttons === 1) {
          pick(at(event));
        }
      }}
    >
      <canvas ref={canvas} width={cols} height={rows} aria-hidden="true" />
      {focused && <Cell row={cursor[0]} col={cursor[1]} rows={rows} cols={cols} text="" />}
      {marks.map(({ pixel, text }) => (
        <Cell key={text} row={Math.floor(pixel / cols)} col={pixel % cols} rows={rows} cols={cols} text={text} />
      ))}
    </div>
  );
}

function Cell({ row, col, rows, cols, text }: { row: number; col: number; rows: number; cols: number; text: string }) {
  const share = (value: number, of: number) => `${(100 * value) / of}%`;
  return (
    <span className={text === "" ? "pixel-cursor" : "pixel-mark"} style={{ top: share(row, rows), left: share(col, cols), width: share(1, cols), height: share(1, rows) }}>
      {text !== "" && <b>{text}</b>}
    </span>
  );
}

function shaded(values: Float32Array, signed: boolean, theme: Theme): Uint8ClampedArray<ArrayBuffer> {
  const most = values.reduce((high, value) => Math.max(high, Math.abs(value)), 1e-9);
  const rgba = new Uint8ClampedArray(values.length * 4);
  values.forEach((value, pixel) => {
    const share = value / most;
    const [low, middle, high] = ENDS[theme];
    const end = share < 0 ? low : high;
    for (let channel = 0; channel < 3; channel++) {
      rgba[pixel * 4 + channel] = signed ? middle[channel] + (end[channel] - middle[channel]) * Math.abs(share) : 255 * share;
    }
    rgba[pixel * 4 + 3] = 255;
  });
  return rgba;
}
