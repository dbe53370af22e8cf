/** A projection as a still picture on a 2-D canvas: the small multiples, and the PNG export. */
import { type Size, pointDiameter } from "./camera";
import { type Marks, Look, drawingOrder, grounds, looks, outlinesWrong, screenPositions, triangle } from "./scene";
import type { Camera } from "../state/workspace";

export function drawStill(
  context: CanvasRenderingContext2D,
  fitted: Float32Array,
  marks: Marks,
  camera: Camera,
  size: Size,
): void {
  const { ground, ink, dim } = grounds(marks.theme);
  const screen = screenPositions(fitted, camera, size);
  const look = looks(marks);
  const diameter = pointDiameter(look.length, camera, size);
  const outlined = outlinesWrong(marks.wrong);
  context.fillStyle = ground;
  context.fillRect(0, 0, size.width, size.height);
  for (const row of drawingOrder(look, marks.wrong)) {
    const [x, y] = [screen[row * 2], screen[row * 2 + 1]];
    const plain = look[row] === Look.PLAIN;
    context.globalAlpha = plain ? 0.85 : 0.5;
    context.fillStyle = plain ? marks.colors[marks.labels[row]] : dim;
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
