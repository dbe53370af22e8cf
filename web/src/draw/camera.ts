/** From a layout to the screen: layouts are fitted to [-1, 1] x [-1, 1], y upwards; a camera looks at a part of that. */
import type { Camera } from "../state/workspace";

/** Room between the outermost points and the canvas's edge, as a share of the half size. */
const MARGIN = 0.06;

export interface Size {
  width: number;
  height: number;
}

/** How layouts are moved and scaled: fitted = (layout - middle) / half. */
export interface Fit {
  middle: readonly number[];
  half: number;
}

/**
 * The layout moved and scaled, equally in all axes: in two dimensions all points lie in [-1, 1] x [-1, 1], in three in the unit ball,
 * so that no turn moves one out of the picture.
 */
export function fitLayout(layout: Float32Array, dims = 2): Float32Array {
  return fitted(layout, fitOf(layout, dims));
}

export function fitOf(layout: Float32Array, dims = 2): Fit {
  const low = new Float64Array(dims).fill(Infinity);
  const high = new Float64Array(dims).fill(-Infinity);
  for (let at = 0; at < layout.length; at += dims) {
    for (let dim = 0; dim < dims; dim++) {
      const value = layout[at + dim];
      low[dim] = value < low[dim] ? value : low[dim];
      high[dim] = value > high[dim] ? value : high[dim];
    }
  }
  const middle = low.map((value, dim) => (value + high[dim]) / 2);
  const half = (dims === 2 ? Math.max(high[0] - low[0], high[1] - low[1]) / 2 : reach(layout, middle)) || 1;
  return { middle: [...middle], half };
}

export function fitted(layout: Float32Array, { middle, half }: Fit): Float32Array {
  const dims = middle.length;
  const moved = new Float32Array(layout.length);
  for (let at = 0; at < layout.length; at += dims) {
    for (let dim = 0; dim < dims; dim++) {
      moved[at + dim] = (layout[at + dim] - middle[dim]) / half;
    }
  }
  return moved;
}

/** Distance of the farthest point from the middle. */
function reach(layout: Float32Array, middle: Float64Array): number {
  let farthest = 0;
  for (let at = 0; at < layout.length; at += 3) {
    const squared = (layout[at] - middle[0]) ** 2 + (layout[at + 1] - middle[1]) ** 2 + (layout[at + 2] - middle[2]) ** 2;
    farthest = squared > farthest ? squared : farthest;
  }
  return Math.sqrt(farthest);
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
  const least = count > 200_000 ? 1.2 : 2;
  return Math.min(18, Math.max(least, Math.min(7, room * 0.5)) * Math.max(0.8, camera.scale ** 0.35));
}

/** Share of the picture that points usually lie on. */
const OCCUPIED = 0.35;

/** How opaque points are: where they would cover the picture many times over, they let through how many there are. */
export function pointOpacity(count: number, camera: Camera, size: Size): number {
  const diameter = pointDiameter(count, camera, size);
  const side = Math.min(size.width, size.height) * camera.scale;
  const layers = (count * diameter * diameter * 0.785) / (OCCUPIED * side * side || 1);
  return Math.max(0.12, Math.min(1, 1.6 / Math.sqrt(Math.max(layers, 1e-9))));
}
