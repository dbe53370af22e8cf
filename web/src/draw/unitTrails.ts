/** The ways of neurons through the epochs, as strokes: one per class and transition, for the canvas and for SVG. */
import { pixelsPerUnit, type Size, toScreen } from "./camera";
import { rgbToHex } from "./palette";
import { Look } from "./scene";
import { GREY, RAMP, type Ramp } from "./trailColors";
import type { Camera } from "../state/workspace";

export interface UnitWays {
  steps: number;
  /** [step][row][axis], fitted */
  positions: Float32Array;
  /** The ramp of each row; -1 for grey. */
  of: ArrayLike<number>;
  ramps: readonly Ramp[];
}

export interface Stroke {
  color: string;
  opacity: number;
  width: number;
  /** x1, y1, x2, y2 of each line, in pixels */
  lines: Float32Array;
}

/** What is still to come is drawn more faintly than what has been. */
const TO_COME = 0.22;

/** @param now the step that points stand at */
export function unitStrokes(ways: UnitWays, look: Uint8Array, now: number, camera: Camera, size: Size): Stroke[] {
  const { steps, positions, of, ramps } = ways;
  const count = look.length;
  const [left, top] = toScreen(0, 0, camera, size);
  const scale = pixelsPerUnit(camera, size);
  const some = look.some((one) => one === Look.DIM);
  const plain = look.reduce((sum, one) => sum + (one === Look.PLAIN ? 1 : 0), 0);
  const usual = Math.max(0.25, Math.min(0.9, 14 / Math.sqrt(Math.max(1, plain))));
  const groups = new Map<string, { lines: number[]; color: string; opacity: number; width: number; rank: number }>();
  for (let row = 0; row < count; row++) {
    const stands = look[row] === Look.PLAIN;
    const ramp = stands ? (ramps[of[row]] ?? GREY) : GREY;
    for (let step = 0; step + 1 < steps; step++) {
      const key = `${stands ? of[row] : "dim"}/${step}`;
      const [a, b] = [(step * count + row) * 2, ((step + 1) * count + row) * 2];
      let group = groups.get(key);
      if (group === undefined) {
        const moment = (step + 0.5) / Math.max(1, steps - 1);
        const opacity = (stands ? usual : 0.12) * (step < now ? 1 : TO_COME);
        group = { lines: [], color: rgbToHex(ramp[Math.round(moment * (RAMP - 1))]), opacity, width: stands && some ? 1.6 : 1, rank: stands ? 1 : 0 };
        groups.set(key, group);
      }
      group.lines.push(left + positions[a] * scale, top - positions[a + 1] * scale, left + positions[b] * scale, top - positions[b + 1] * scale);
    }
  }
  return [...groups.values()].sort((a, b) => a.rank - b.rank).map(({ lines, color, opacity, width }) => ({ color, opacity, width, lines: Float32Array.from(lines) }));
}

export function drawStrokes(context: CanvasRenderingContext2D, strokes: readonly Stroke[]): void {
  for (const { color, opacity, width, lines } of strokes) {
    context.globalAlpha = opacity;
    context.strokeStyle = color;
    context.lineWidth = width;
    context.beginPath();
    for (let at = 0; at < lines.length; at += 4) {
      context.moveTo(lines[at], lines[at + 1]);
      context.lineTo(lines[at + 2], lines[at + 3]);
    }
    context.stroke();
  }
  context.globalAlpha = 1;
}

const number = (value: number): string => String(Math.round(value * 10) / 10);

export function svgStrokes(strokes: readonly Stroke[]): string[] {
  return strokes.map(({ color, opacity, width, lines }) => {
    let path = "";
    for (let at = 0; at < lines.length; at += 4) {
      path += `M${number(lines[at])} ${number(lines[at + 1])}L${number(lines[at + 2])} ${number(lines[at + 3])}`;
    }
    return `<path d="${path}" fill="none" stroke="${color}" stroke-width="${width}" stroke-opacity="${number(opacity * 100) === "0" ? 0.01 : Math.round(opacity * 100) / 100}"/>`;
  });
}
