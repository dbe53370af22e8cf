import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from "react";
import { grounds, MISSING } from "../../../draw/scene";
import { ramp } from "../../../draw/ramp";
import { rgbToHex } from "../../../draw/palette";
import { signedRamp, signedStep } from "../../../draw/signed";
import { useApp, useCell } from "../../../parts/app";

export interface HeatRow {
  title: string;
  values: Float32Array | null;
  /** Differences: around 0, blue below and red above. */
  signed: boolean;
  old: boolean;
}

interface HeatProps {
  rows: readonly HeatRow[];
  /** Units from left to right. */
  units: readonly number[];
  low: number;
  high: number;
  /** The strongest colour of differences. */
  most: number;
  chosen: number | null;
  label: string;
  onRead(at: { row: number; unit: number } | null): void;
  onOpen(unit: number): void;
}

/** As in the style sheet: the names beside are as high. */
export const ROW_HEIGHT = 28;
export const HEAD_HEIGHT = 40;
const CELL = 16;

/** Rows of cells on a canvas: pointing reads one, a click or Enter opens its neuron, arrow keys walk. */
export function Heat({ rows, units, low, high, most, chosen, label, onRead, onOpen }: HeatProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const holder = useRef<HTMLDivElement>(null);
  const theme = useCell(useApp().theme);
  const [cursor, setCursor] = useState<{ row: number; col: number } | null>(null);
  const [width, height] = [Math.max(1, units.length * CELL), HEAD_HEIGHT + rows.length * ROW_HEIGHT];

  useEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (!context) {
      return;
    }
    const ratio = devicePixelRatio || 1;
    context.canvas.width = Math.round(width * ratio);
    context.canvas.height = Math.round(height * ratio);
    context.scale(ratio, ratio);
    draw(context);
  });

  function draw(context: CanvasRenderingContext2D): void {
    const { ink } = grounds(theme);
    const [colors, differences] = [ramp(theme), signedRamp("activations", theme)];
    context.clearRect(0, 0, width, height);
    context.font = "12px system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif";
    context.textBaseline = "middle";
    units.forEach((unit, col) => {
      context.save();
      context.translate(col * CELL + CELL / 2, HEAD_HEIGHT - 5);
      context.rotate(-Math.PI / 2);
      context.fillStyle = ink;
      context.globalAlpha = unit === chosen ? 1 : 0.75;
      context.fillText(String(unit), 0, 1);
      context.restore();
    });
    rows.forEach(({ values, signed, old }, at) => {
      const top = HEAD_HEIGHT + at * ROW_HEIGHT;
      context.globalAlpha = old ? 0.5 : 1;
      units.forEach((unit, col) => {
        const value = values?.[unit];
        const step = value === undefined || !Number.isFinite(value) ? -1 : signed ? signedStep(value, most) : Math.round((high > low ? (value - low) / (high - low) : 0.5) * 255);
        context.fillStyle = step < 0 ? MISSING[theme] : rgbToHex((signed ? differences : colors)[Math.max(0, Math.min(255, step))]);
        context.globalAlpha = step < 0 ? 0.25 : old ? 0.5 : 1;
        context.fillRect(col * CELL, top + 2, CELL - 1, ROW_HEIGHT - 4);
      });
      context.globalAlpha = 1;
    });
    const marked = chosen === null ? -1 : units.indexOf(chosen);
    context.strokeStyle = ink;
    context.lineWidth = 1.5;
    if (marked >= 0) {
      context.strokeRect(marked * CELL - 0.5, HEAD_HEIGHT + 0.5, CELL, rows.length * ROW_HEIGHT - 1);
    }
    if (cursor !== null && cursor.row < rows.length && cursor.col < units.length) {
      context.lineWidth = 2;
      context.strokeRect(cursor.col * CELL, HEAD_HEIGHT + cursor.row * ROW_HEIGHT + 2, CELL - 1, ROW_HEIGHT - 4);
    }
  }

  const place = (row: number, col: number) => {
    const next = { row: Math.max(0, Math.min(rows.length - 1, row)), col: Math.max(0, Math.min(units.length - 1, col)) };
    setCursor(next);
    onRead({ row: next.row, unit: units[next.col] });
    const box = holder.current;
    if (box !== null) {
      box.scrollLeft = Math.max(Math.min(box.scrollLeft, next.col * CELL), (next.col + 1) * CELL - box.clientWidth);
    }
  };
  const found = (event: PointerEvent<HTMLCanvasElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    return { row: Math.floor((event.clientY - box.top - HEAD_HEIGHT) / ROW_HEIGHT), col: Math.floor((event.clientX - box.left) / CELL) };
  };
  const point = (event: PointerEvent<HTMLCanvasElement>) => {
    const { row, col } = found(event);
    const unit = units[col];
    onRead(unit === undefined || row < 0 || row >= rows.length ? null : { row, unit });
  };
  const press = (event: KeyboardEvent) => {
    const by = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[event.key];
    if (by !== undefined) {
      place((cursor?.row ?? 0) + (cursor === null ? 0 : by[0]), (cursor?.col ?? 0) + (cursor === null ? 0 : by[1]));
    } else if (event.key === "Enter" && cursor !== null) {
      onOpen(units[cursor.col]);
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div ref={holder} className="heat" tabIndex={0} role="application" aria-roledescription="matrix" aria-label={label} onKeyDown={press} onBlur={() => setCursor(null)}>
      <canvas
        ref={canvas}
        data-testid="heat"
        style={{ width, height }}
        onPointerMove={point}
        onPointerLeave={() => onRead(null)}
        onClick={(event) => {
          const unit = units[found(event as unknown as PointerEvent<HTMLCanvasElement>).col];
          if (unit !== undefined) {
            onOpen(unit);
          }
        }}
      />
    </div>
  );
}
