/** From a layout to the screen: layouts are fitted to [-1, 1] x [-1, 1], y upwards; a camera looks at a part of that. */
import type { Camera } from "../state/workspace";

/** Room between the outermost points and the canvas's edge, as a share of the half size. */
const MARGIN = 0.06;

export interface Size {
  width: number;
  height: number;
}

/** The layout moved and scaled, equally in both axes, so that all points lie in [-1, 1] x [-1, 1]. */
export function fitLayout(layout: Float32Array): Float32Array {
  let [left, right, bottom, top] = [Infinity, -Infinity, Infinity, -Infinity];
  for (let at = 0; at < layout.length; at += 2) {
    left = Math.min(left, layout[at]);
    right = Math.max(right, layout[at]);
    bottom = Math.min(bottom, layout[at + 1]);
    top = Math.max(top, layout[at + 1]);
  }
  const half = Math.max(right - left, top - bottom) / 2 || 1;
  const [x, y] = [(left + right) / 2, (bottom + top) / 2];
  const fitted = new Float32Array(layout.length);
  for (let at = 0; at < layout.length; at += 2) {
    fitted[at] = (layout[at] - x) / half;
    fitted[at + 1] = (layout[at + 1] - y) / half;
  }
  return fitted;
}

/** Pixels per unit of the fitted layout. */
export function pixelsPerUnit(camera: Camera, size: Size): number {
  return (Math.min(size.width, size.height) / 2) * (1 - MARGIN) * camera.scale;
}

export function toScreen(x: number, y: number, camera: Camera, size: Size): [number, number] {
  const scale = pixelsPerUnit(camera, size);
  return [size.width / 2 + (x - camera.x) * scale, size.height / 2 - (y - camera.y) * scale];
}

export function fromScreen(left: number, top: number, camera: Camera, size: Size): [number, number] {
  const scale = pixelsPerUnit(camera, size);
  return [camera.x + (left - size.width / 2) / scale, camera.y - (top - size.height / 2) / scale];
}

/** The camera after zooming by a factor while the point under the pointer stays where it is. */
export function zoomAt(camera: Camera, factor: number, left: number, top: number, size: Size): Camera {
  const scale = clampScale(camera.scale * factor);
  const [x, y] = fromScreen(left, top, camera, size);
  const ratio = camera.scale / scale;
  return { x: x + (camera.x - x) * ratio, y: y + (camera.y - y) * ratio, scale };
}

export const clampScale = (scale: number): number => Math.min(200, Math.max(0.25, scale));

/** Diameter of a point in pixels: grows a little with the zoom and shrinks a little with the number of points. */
export function pointDiameter(count: number, camera: Camera, size: Size): number {
  const room = Math.sqrt((size.width * size.height) / Math.max(count, 1));
  return Math.min(18, Math.max(2, Math.min(7, room * 0.5)) * Math.max(0.8, camera.scale ** 0.35));
}
