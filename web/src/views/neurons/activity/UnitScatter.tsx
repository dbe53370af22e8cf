import { type PointerEvent, useEffect, useRef, useState } from "react";
import { grounds } from "../../../draw/scene";
import { ramp } from "../../../draw/ramp";
import { rgbToHex } from "../../../draw/palette";
import { useApp, useCell, useWorkspace } from "../../../parts/app";
import { useSize } from "../../../parts/gesture";
import { measured, percent, whole } from "../../../parts/words";
import { combine, selectionMode } from "../../../state/workspace";
import { type FlagName, heatCells } from "./report";

const HEIGHT = 260;
const PAD = { left: 48, right: 12, top: 8, bottom: 36 };
/** From so many units on the picture shows how many lie in a cell instead of each. */
const MANY = 4000;
const [COLS, ROWS] = [48, 24];
const REACH = 12;

interface ScatterProps {
  /** [unit] */
  max: Float32Array;
  frequency: Float32Array;
  odd: Record<FlagName, number[]>;
  /** What frequency means here. */
  frequencyWords: string;
  onOpen(unit: number): void;
}

/** Each neuron by its largest activation and by how often it is active; Shift-drag chooses some. */
export function UnitScatter({ max, frequency, odd, frequencyWords, onOpen }: ScatterProps) {
  const { store, theme: themeCell } = useApp();
  const theme = useCell(themeCell);
  const { units: chosen, unit } = useWorkspace();
  const [attach, size] = useSize();
  const canvas = useRef<HTMLCanvasElement>(null);
  const [hovered, setHovered] = useState<number | null>(null);
  const [box, setBox] = useState<[number, number, number, number] | null>(null);
  const drag = useRef<{ x: number; y: number } | null>(null);
  const width = Math.max(200, size?.width ?? 500);
  const high = max.reduce((found, value) => Math.max(found, Number.isFinite(value) ? value : 0), 0) || 1;
  const innerWidth = width - PAD.left - PAD.right;
  const innerHeight = HEIGHT - PAD.top - PAD.bottom;
  const x = (at: number) => PAD.left + (Math.max(0, max[at]) / high) * innerWidth;
  const y = (at: number) => PAD.top + (1 - frequency[at]) * innerHeight;
  const count = max.length;

  useEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (!context) {
      return;
    }
    const ratio = devicePixelRatio || 1;
    context.canvas.width = Math.round(width * ratio);
    context.canvas.height = Math.round(HEIGHT * ratio);
    context.scale(ratio, ratio);
    draw(context);
  });

  function draw(context: CanvasRenderingContext2D): void {
    const { ink, ground } = grounds(theme);
    context.clearRect(0, 0, width, HEIGHT);
    if (count > MANY) {
      const cells = heatCells(max, frequency, high, COLS, ROWS);
      const most = Math.max(1, ...cells.flat());
      const colors = ramp(theme);
      cells.forEach((row, at) =>
        row.forEach((value, col) => {
          if (value > 0) {
            context.fillStyle = rgbToHex(colors[Math.round(Math.sqrt(value / most) * 255)]);
            context.fillRect(PAD.left + (col * innerWidth) / COLS, PAD.top + (at * innerHeight) / ROWS, innerWidth / COLS - 0.5, innerHeight / ROWS - 0.5);
          }
        }),
      );
    } else {
      const some = new Set(chosen);
      context.fillStyle = theme === "light" ? "#5a6577" : "#93a0b3";
      for (let at = 0; at < count; at++) {
        context.globalAlpha = some.size === 0 || some.has(at) ? 0.7 : 0.25;
        disc(context, x(at), y(at), some.has(at) ? 4 : 3);
      }
      context.globalAlpha = 1;
    }
    const marks: [FlagName, string][] = [["duplicates", theme === "light" ? "#1f5fbf" : "#8ab6ff"], ["alwaysOn", theme === "light" ? "#955200" : "#e6a550"], ["dead", theme === "light" ? "#b3261e" : "#ff9d94"]];
    context.lineWidth = 2;
    for (const [name, color] of marks) {
      context.strokeStyle = color;
      odd[name].forEach((at) => glyph(context, name, x(at), y(at)));
    }
    for (const at of [unit, hovered]) {
      if (at !== null && at < count) {
        context.strokeStyle = ground;
        context.lineWidth = 4;
        ring(context, x(at), y(at));
        context.strokeStyle = ink;
        context.lineWidth = 2;
        ring(context, x(at), y(at));
      }
    }
  }

  const place = (event: PointerEvent) => {
    const frame = event.currentTarget.getBoundingClientRect();
    return { x: event.clientX - frame.left, y: event.clientY - frame.top };
  };
  const nearest = (at: { x: number; y: number }): number | null => {
    let [best, distance] = [-1, REACH];
    for (let each = 0; each < count; each++) {
      const away = Math.hypot(x(each) - at.x, y(each) - at.y);
      if (away < distance) {
        [best, distance] = [each, away];
      }
    }
    return best < 0 ? null : best;
  };
  const up = (event: PointerEvent) => {
    const start = drag.current;
    drag.current = null;
    setBox(null);
    const at = place(event);
    if (start !== null && Math.hypot(at.x - start.x, at.y - start.y) > 4) {
      const [left, right, top, bottom] = [Math.min(start.x, at.x), Math.max(start.x, at.x), Math.min(start.y, at.y), Math.max(start.y, at.y)];
      const found = Array.from({ length: count }, (_, each) => each).filter((each) => x(each) >= left && x(each) <= right && y(each) >= top && y(each) <= bottom);
      store.change({ units: combine(store.get().units, found, selectionMode(event)) });
      return;
    }
    const found = nearest(at);
    if (found !== null) {
      onOpen(found);
    }
  };
  return (
    <figure className="unit-figure activity-chart">
      <figcaption>
        {count > MANY ? `${whole(count)} neurons in cells` : "Each neuron"} <span className="secondary">by its largest activation and how often it is active; Shift-drag chooses</span>
      </figcaption>
      <div ref={attach} className="unit-scatter">
        <canvas
          ref={canvas}
          data-testid="unit-scatter"
          style={{ width, height: HEIGHT }}
          role="img"
          aria-label={`${whole(count)} neurons by largest activation, 0 to ${measured(high)}, and by ${frequencyWords}. The same as a table: press Table.`}
          onPointerDown={(event) => {
            if (event.shiftKey) {
              event.preventDefault();
              event.currentTarget.setPointerCapture(event.pointerId);
              drag.current = place(event);
            }
          }}
          onPointerMove={(event) => {
            const at = place(event);
            if (drag.current === null) {
              setHovered(nearest(at));
            } else {
              setBox([drag.current.x, drag.current.y, at.x, at.y]);
            }
          }}
          onPointerUp={up}
          onPointerLeave={() => setHovered(null)}
        />
        <svg width={width} height={HEIGHT} aria-hidden="true">
          {[0, 0.5, 1].map((share) => (
            <g key={share}>
              <line x1={PAD.left} x2={width - PAD.right} y1={PAD.top + (1 - share) * innerHeight} y2={PAD.top + (1 - share) * innerHeight} className="grid" />
              <text x={PAD.left - 6} y={PAD.top + (1 - share) * innerHeight} dy="0.35em" textAnchor="end">
                {percent(share, 0)}
              </text>
              <text x={PAD.left + share * innerWidth} y={HEIGHT - 20} textAnchor={share === 0 ? "start" : share === 1 ? "end" : "middle"}>
                {measured(share * high)}
              </text>
            </g>
          ))}
          <text x={PAD.left + innerWidth / 2} y={HEIGHT - 4} textAnchor="middle">
            largest activation
          </text>
          {box !== null && <rect className="unit-marquee" x={Math.min(box[0], box[2])} y={Math.min(box[1], box[3])} width={Math.abs(box[2] - box[0])} height={Math.abs(box[3] - box[1])} />}
        </svg>
      </div>
      <p className="unit-reading" role="status" data-testid="activity-reading">
        {hovered === null ? `Upwards: ${frequencyWords}.` : `Neuron ${hovered}: at most ${measured(max[hovered])}, active for ${percent(frequency[hovered])}`}
      </p>
    </figure>
  );
}

function disc(context: CanvasRenderingContext2D, x: number, y: number, radius: number): void {
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fill();
}

function ring(context: CanvasRenderingContext2D, x: number, y: number): void {
  context.beginPath();
  context.arc(x, y, 7, 0, 2 * Math.PI);
  context.stroke();
}

/** A cross for the dead, a square for those that are always on, a diamond for duplicates: colour is never alone. */
function glyph(context: CanvasRenderingContext2D, name: FlagName, x: number, y: number): void {
  context.beginPath();
  if (name === "dead") {
    context.moveTo(x - 4, y - 4);
    context.lineTo(x + 4, y + 4);
    context.moveTo(x + 4, y - 4);
    context.lineTo(x - 4, y + 4);
  } else if (name === "alwaysOn") {
    context.rect(x - 5, y - 5, 10, 10);
  } else {
    context.moveTo(x, y - 6);
    context.lineTo(x + 6, y);
    context.lineTo(x, y + 6);
    context.lineTo(x - 6, y);
    context.closePath();
  }
  context.stroke();
}
