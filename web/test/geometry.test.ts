import { describe, expect, it } from "vitest";
import { fitLayout, fromScreen, toScreen, zoomAt } from "../src/draw/camera";
import { enclosed, insidePolygon, rectangle } from "../src/draw/geometry";
import { placeInsets, strideOf } from "../src/draw/insets";
import { Locator } from "../src/draw/locator";
import { PointGrid } from "../src/draw/pointGrid";
import { combine, selectionMode } from "../src/state/workspace";

const everywhere = () => true;

describe("the lasso", () => {
  const u = [
    { x: 0, y: 0 }, { x: 10, y: 0 }, { x: 10, y: 10 }, { x: 7, y: 10 },
    { x: 7, y: 3 }, { x: 3, y: 3 }, { x: 3, y: 10 }, { x: 0, y: 10 },
  ];

  it("knows inside from outside in a concave shape", () => {
    expect(insidePolygon(1, 8, u)).toBe(true);
    expect(insidePolygon(5, 1, u)).toBe(true);
    expect(insidePolygon(5, 8, u)).toBe(false);
    expect(insidePolygon(11, 5, u)).toBe(false);
  });

  it("agrees with the winding number on simple polygons", () => {
    for (let y = 0.25; y < 11; y += 0.5) {
      for (let x = -0.75; x < 11; x += 0.5) {
        expect(insidePolygon(x, y, u), `${x}, ${y}`).toBe(winding(x, y, u) !== 0);
      }
    }
  });

  it("returns exactly the enclosed visible rows", () => {
    const screen = Float32Array.from([1, 1, 5, 5, 9, 9, 2, 2]);
    const box = rectangle({ x: 6, y: 6 }, { x: 0, y: 0 });
    expect(enclosed(screen, box, everywhere)).toEqual([0, 1, 3]);
    expect(enclosed(screen, box, (row) => row !== 1)).toEqual([0, 3]);
    expect(enclosed(screen, box.slice(0, 2), everywhere)).toEqual([]);
  });

  function winding(x: number, y: number, polygon: { x: number; y: number }[]): number {
    let turns = 0;
    polygon.forEach((a, at) => {
      const b = polygon[(at + 1) % polygon.length];
      const side = (b.x - a.x) * (y - a.y) - (x - a.x) * (b.y - a.y);
      turns += a.y <= y && b.y > y && side > 0 ? 1 : a.y > y && b.y <= y && side < 0 ? -1 : 0;
    });
    return turns;
  }
});

describe("hovering", () => {
  const random = (seed: number) => () => (seed = (seed * 1664525 + 1013904223) % 2 ** 32) / 2 ** 32;

  it("finds the nearest visible row within the radius", () => {
    const grid = new PointGrid(Float32Array.from([0, 0, 10, 0, 12, 0]));
    expect(grid.nearest(11.2, 0, 14, everywhere)).toBe(2);
    expect(grid.nearest(11.2, 0, 14, (row) => row !== 2)).toBe(1);
    expect(grid.nearest(40, 0, 14, everywhere)).toBeNull();
    expect(new PointGrid(new Float32Array(0)).nearest(0, 0, 1, everywhere)).toBeNull();
  });

  it("agrees with looking at every point, also where points lie on top of each other or have no place", () => {
    const next = random(7);
    const flat = Float32Array.from({ length: 6000 }, (_, at) => (at % 50 === 0 ? Number.NaN : Math.round((next() ** 2 - 0.5) * 100) / 50));
    const grid = new PointGrid(flat);
    for (let turn = 0; turn < 300; turn++) {
      const [x, y, radius] = [next() * 2.4 - 1.2, next() * 2.4 - 1.2, next() * 0.3];
      let best = Infinity;
      for (let row = 0; row < 3000; row++) {
        best = row % 3 !== 0 ? Math.min(best, Math.hypot(flat[row * 2] - x, flat[row * 2 + 1] - y) || Infinity) : best;
      }
      const found = grid.nearest(x, y, radius, (row) => row % 3 !== 0);
      const distance = found === null ? Infinity : Math.hypot(flat[found * 2] - x, flat[found * 2 + 1] - y);
      expect(distance).toBeCloseTo(best <= radius ? best : Infinity, 5);
    }
  });

  it("looks at where points are on the screen, also when they are turned", () => {
    const size = { width: 800, height: 400 };
    const fitted = Float32Array.from([0.9, 0, 0, 0, 0, 0.9, -0.5, 0.5, 0.1]);
    const camera = { x: 0.1, y: 0, scale: 1.5 };
    const locator = new Locator(fitted, 3, { yaw: 37, pitch: -12 });
    for (const row of [0, 1, 2]) {
      const [x, y] = locator.position(row, camera, size);
      expect(locator.nearest({ x: x + 2, y: y - 1 }, 14, camera, size, everywhere)).toBe(row);
      expect(locator.enclosed(rectangle({ x: x - 3, y: y - 3 }, { x: x + 3, y: y + 3 }), camera, size, everywhere)).toEqual([row]);
      const [again] = locator.position(row, camera, size);
      expect(again).toBeCloseTo(x, 3);
    }
  });
});

describe("selecting", () => {
  it("replaces, adds and removes", () => {
    expect(combine([1, 5], [9, 3], "replace")).toEqual([3, 9]);
    expect(combine([1, 5], [5, 3], "add")).toEqual([1, 3, 5]);
    expect(combine([1, 3, 5], [5, 7], "remove")).toEqual([1, 3]);
  });

  it("reads the keys as every tool does", () => {
    const keys = { ctrlKey: false, metaKey: false, altKey: false };
    expect(selectionMode(keys)).toBe("replace");
    expect(selectionMode({ ...keys, metaKey: true })).toBe("add");
    expect(selectionMode({ ...keys, ctrlKey: true })).toBe("add");
    expect(selectionMode({ ...keys, altKey: true })).toBe("remove");
  });
});

describe("the camera", () => {
  const size = { width: 900, height: 450 };

  it("fits a layout without bending it", () => {
    expect([...fitLayout(Float32Array.from([10, 10, 30, 20]))]).toEqual([-1, -0.5, 1, 0.5]);
    expect([...fitLayout(Float32Array.from([5, 5, 5, 5]))]).toEqual([0, 0, 0, 0]);
  });

  it("goes to the screen and back, y upwards", () => {
    const camera = { x: 0.2, y: -0.1, scale: 2.5 };
    const [left, top] = toScreen(0.3, 0.4, camera, size);
    const [x, y] = fromScreen(left, top, camera, size);
    expect(x).toBeCloseTo(0.3);
    expect(y).toBeCloseTo(0.4);
    expect(toScreen(0, 1, { x: 0, y: 0, scale: 1 }, size)[1]).toBeLessThan(size.height / 2);
  });

  it("zooms around the pointer", () => {
    const camera = { x: 0.2, y: -0.1, scale: 2 };
    const zoomed = zoomAt(camera, 3, 700, 100, size);
    expect(zoomed.scale).toBe(6);
    const before = fromScreen(700, 100, camera, size);
    const after = fromScreen(700, 100, zoomed, size);
    expect(after[0]).toBeCloseTo(before[0]);
    expect(after[1]).toBeCloseTo(before[1]);
  });
});

describe("images in the picture", () => {
  it("never touch each other nor leave the panel, and keep their own row", () => {
    const count = 500;
    const screen = Float32Array.from({ length: count * 2 }, (_, at) => (Math.sin(at * 12.9898) * 43758.5453) % 1 * 300 + 300);
    const placed = placeInsets({ count, position: (row) => [screen[row * 2], screen[row * 2 + 1]], width: 600, height: 600, edge: 28, most: 100, eligible: (row) => row % 3 === 0 });
    expect(placed.length).toBeGreaterThan(20);
    placed.forEach((a, at) => {
      expect(a.row % 3).toBe(0);
      expect([a.pointX, a.pointY]).toEqual([screen[a.row * 2], screen[a.row * 2 + 1]]);
      expect(Math.min(a.x, a.y, 600 - a.x, 600 - a.y)).toBeGreaterThanOrEqual(14);
      for (const b of placed.slice(at + 1)) {
        expect(Math.max(Math.abs(a.x - b.x), Math.abs(a.y - b.y))).toBeGreaterThanOrEqual(28);
      }
    });
  });

  it("are taken from everywhere: the order visits each row once", () => {
    for (const count of [1, 2, 10, 64, 2000]) {
      const seen = new Set(Array.from({ length: count }, (_, step) => (step * strideOf(count)) % count));
      expect(seen.size).toBe(count);
    }
  });
});
