/** From a layout in three dimensions to the plane: turned around the upright axis, tilted, and seen from a little way off. */
import type { Orbit } from "../state/workspace";

/** How far away the person stands, in radii of the layout. */
export const DISTANCE = 4;

/** What a shader or a loop needs of an orbit. */
export interface Turn {
  cosYaw: number;
  sinYaw: number;
  cosPitch: number;
  sinPitch: number;
}

export function turn({ yaw, pitch }: Orbit): Turn {
  const [a, b] = [(yaw * Math.PI) / 180, (pitch * Math.PI) / 180];
  return { cosYaw: Math.cos(a), sinYaw: Math.sin(a), cosPitch: Math.cos(b), sinPitch: Math.sin(b) };
}

/** One point after turning: x to the right, y upwards, z towards the person. */
export function turned(x: number, y: number, z: number, by: Turn): [number, number, number] {
  const across = by.cosYaw * x + by.sinYaw * z;
  const deep = by.cosYaw * z - by.sinYaw * x;
  return [across, by.cosPitch * y - by.sinPitch * deep, by.sinPitch * y + by.cosPitch * deep];
}

export interface Flat {
  /** [observation * 2 + axis] in the plane of the fitted layout */
  position: Float32Array;
  /** [observation] towards the person, from -1 to 1 */
  depth: Float32Array;
}

/** A fitted layout in three dimensions as it lies on the plane. */
export function flatten(fitted: Float32Array, orbit: Orbit): Flat {
  const by = turn(orbit);
  const count = fitted.length / 3;
  const position = new Float32Array(count * 2);
  const depth = new Float32Array(count);
  for (let row = 0; row < count; row++) {
    const [x, y, z] = [fitted[row * 3], fitted[row * 3 + 1], fitted[row * 3 + 2]];
    const across = by.cosYaw * x + by.sinYaw * z;
    const deep = by.cosYaw * z - by.sinYaw * x;
    const near = by.sinPitch * y + by.cosPitch * deep;
    const grow = DISTANCE / (DISTANCE - near);
    position[row * 2] = across * grow;
    position[row * 2 + 1] = (by.cosPitch * y - by.sinPitch * deep) * grow;
    depth[row] = near;
  }
  return { position, depth };
}

/** One row of it. */
export function flattenRow(fitted: Float32Array, row: number, orbit: Orbit): [number, number] {
  const [x, y, z] = turned(fitted[row * 3], fitted[row * 3 + 1], fitted[row * 3 + 2], turn(orbit));
  const grow = DISTANCE / (DISTANCE - z);
  return [x * grow, y * grow];
}

/** The orbit after a drag by so many degrees; it never goes over the top. */
export function spun({ yaw, pitch }: Orbit, byYaw: number, byPitch: number): Orbit {
  const around = (((yaw + byYaw + 180) % 360) + 360) % 360 - 180;
  return { yaw: around, pitch: Math.max(-90, Math.min(90, pitch + byPitch)) };
}

/** How much of the ground's colour a point takes on at a depth: nothing in front, a good half at the back. */
export const fog = (depth: number): number => Math.max(0, Math.min(1, (1 - depth) / 2)) * 0.62;
