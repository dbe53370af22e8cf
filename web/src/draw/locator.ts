/** Where observations lie on the screen, asked for only when somebody points at them: moving the camera costs nothing per point. */
import { fromScreen, pixelsPerUnit, type Size, toScreen } from "./camera";
import { enclosed, type Point } from "./geometry";
import { flatten, type Flat, flattenRow } from "./orbit";
import { PointGrid } from "./pointGrid";
import type { Dims } from "../state/library";
import type { Camera, Orbit } from "../state/workspace";

export class Locator {
  readonly count: number;
  private flattened: Flat | null = null;
  private grid: PointGrid | null = null;

  constructor(
    private readonly fitted: Float32Array,
    readonly dims: Dims,
    private readonly orbit: Orbit,
  ) {
    this.count = fitted.length / dims;
  }

  /** [observation * 2 + axis] in the plane that the camera looks at. */
  flat(): Float32Array {
    if (this.dims === 2) {
      return this.fitted;
    }
    this.flattened ??= flatten(this.fitted, this.orbit);
    return this.flattened.position;
  }

  depth(): Float32Array | null {
    if (this.dims === 2) {
      return null;
    }
    this.flattened ??= flatten(this.fitted, this.orbit);
    return this.flattened.depth;
  }

  position(row: number, camera: Camera, size: Size): [number, number] {
    const { fitted, dims, flattened, orbit } = this;
    const source = dims === 2 ? fitted : flattened?.position;
    const [x, y] = source ? [source[row * 2], source[row * 2 + 1]] : flattenRow(fitted, row, orbit);
    return toScreen(x, y, camera, size);
  }

  nearest(at: Point, radius: number, camera: Camera, size: Size, visible: (row: number) => boolean): number | null {
    this.grid ??= new PointGrid(this.flat());
    const [x, y] = fromScreen(at.x, at.y, camera, size);
    return this.grid.nearest(x, y, radius / pixelsPerUnit(camera, size), visible);
  }

  enclosed(polygon: readonly Point[], camera: Camera, size: Size, visible: (row: number) => boolean): number[] {
    const corners = polygon.map((corner) => {
      const [x, y] = fromScreen(corner.x, corner.y, camera, size);
      return { x, y };
    });
    return enclosed(this.flat(), corners, visible);
  }
}
