/** A projection as a still picture on a 2-D canvas: the small multiples, and the PNG export. */
import { type Size, pointDiameter, pointOpacity } from "./camera";
import { fog } from "./orbit";
import { hexToRgb, type Rgb, rgbToHex } from "./palette";
import { type Marks, Look, drawingOrder, grounds, looks, outlinesWrong, paint, screenPositions, triangle } from "./scene";
import type { Camera } from "../state/workspace";

/** A layout on the plane: [observation * 2 + axis], and how near each observation is in three dimensions. */
export interface StillLayout {
  flat: Float32Array;
  depth: Float32Array | null;
}

/** From so many points on, pixels are written by themselves: paths would take seconds. */
const DENSE = 6000;

/** Another ground, and what is drawn on it before the points. */
export interface Under {
  ground: string;
  draw(context: CanvasRenderingContext2D): void;
}

export function drawStill(context: CanvasRenderingContext2D, layout: StillLayout, marks: Marks, camera: Camera, size: Size, under?: Under): void {
  const { ground } = grounds(marks.theme);
  context.fillStyle = under?.ground ?? ground;
  context.fillRect(0, 0, size.width, size.height);
  under?.draw(context);
  if (marks.labels.length >= DENSE && under === undefined) {
    drawDense(context, layout, marks, camera, size);
  } else {
    drawPaths(context, layout, marks, camera, size);
  }
}

function drawPaths(context: CanvasRenderingContext2D, { flat, depth }: StillLayout, marks: Marks, camera: Camera, size: Size): void {
  const { ground, ink, dim } = grounds(marks.theme);
  const screen = screenPositions(flat, camera, size);
  const look = looks(marks);
  const diameter = pointDiameter(look.length, camera, size);
  const outlined = outlinesWrong(marks.wrong);
  const { colors, of } = paint(marks);
  const texts = colors.map(rgbToHex);
  const back = hexToRgb(ground);
  for (const row of drawingOrder(look, marks.wrong, depth)) {
    const [x, y] = [screen[row * 2], screen[row * 2 + 1]];
    const plain = look[row] === Look.PLAIN;
    context.globalAlpha = plain ? 0.85 : 0.5;
    const text = plain ? (texts[of(row)] ?? dim) : dim;
    context.fillStyle = depth === null ? text : rgbToHex(misty(hexToRgb(text), back, depth[row]));
    context.beginPath();
    if (plain && marks.wrong?.[row] === 1) {
      triangle(x, y, diameter + 2).forEach(([left, top], corner) =>
        corner === 0 ? context.moveTo(left, top) : context.lineTo(left, top),
      );
      context.closePath();
      context.fill();
      if (outlined) {
        context.globalAlpha = 1;
        context.strokeStyle = ink;
        context.lineWidth = 1;
        context.stroke();
      }
    } else {
      context.arc(x, y, diameter / 2, 0, 2 * Math.PI);
      context.fill();
    }
  }
  context.globalAlpha = 1;
}

export function misty(color: Rgb, ground: Rgb, depth: number): Rgb {
  const share = fog(depth);
  const mixed = color.map((part, channel) => Math.round(part + (ground[channel] - part) * share));
  return [mixed[0], mixed[1], mixed[2]];
}

/** Square points straight into the pixels; wrong ones are not told apart at this density. */
function drawDense(context: CanvasRenderingContext2D, { flat, depth }: StillLayout, marks: Marks, camera: Camera, size: Size): void {
  const ratio = context.getTransform().a || 1;
  const [width, height] = [Math.round(size.width * ratio), Math.round(size.height * ratio)];
  const { e: left, f: top } = context.getTransform();
  const { ground, dim } = grounds(marks.theme);
  const [back, stepped] = [hexToRgb(ground), hexToRgb(dim)];
  const look = looks(marks);
  const { colors, of } = paint(marks);
  const screen = screenPositions(flat, camera, size);
  const edge = Math.max(1, Math.round(pointDiameter(look.length, camera, size) * ratio * 0.8));
  const opacity = pointOpacity(look.length, camera, size);
  const picture = new ImageData(width, height);
  const { data } = picture;
  for (let at = 0; at < data.length; at += 4) {
    data[at] = back[0];
    data[at + 1] = back[1];
    data[at + 2] = back[2];
    data[at + 3] = 255;
  }
  for (const row of drawingOrder(look, null, depth)) {
    const plain = look[row] === Look.PLAIN;
    const rgb = plain ? (colors[of(row)] ?? stepped) : stepped;
    const share = depth === null ? 0 : fog(depth[row]);
    const alpha = (plain ? 0.85 : 0.5) * (depth === null ? opacity : 1);
    const fromX = Math.max(0, Math.round(screen[row * 2] * ratio - edge / 2));
    const fromY = Math.max(0, Math.round(screen[row * 2 + 1] * ratio - edge / 2));
    for (let y = fromY; y < Math.min(height, fromY + edge); y++) {
      for (let x = fromX; x < Math.min(width, fromX + edge); x++) {
        const at = (y * width + x) * 4;
        for (let channel = 0; channel < 3; channel++) {
          const color = rgb[channel] + (back[channel] - rgb[channel]) * share;
          data[at + channel] += (color - data[at + channel]) * alpha;
        }
      }
    }
  }
  context.putImageData(picture, Math.round(left), Math.round(top));
}
