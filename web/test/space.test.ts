import { describe, expect, it } from "vitest";
import { fitLayout, pointOpacity } from "../src/draw/camera";
import { flatten, flattenRow, spun, turn, turned } from "../src/draw/orbit";
import { Pace } from "../src/draw/pace";
import { dimensionsOf, findResult } from "../src/state/results";
import type { Method, ResultSummary } from "../src/server/types";

describe("space", () => {
  it("is looked at from the front, with up upwards and near in front", () => {
    const front = turn({ yaw: 0, pitch: 0 });
    expect(turned(0.3, 0.4, 0.5, front)).toEqual([0.3, 0.4, 0.5]);
    const [x, , z] = turned(0, 0, 1, turn({ yaw: 90, pitch: 0 }));
    expect([x, z].map((value) => Math.round(value * 1000) / 1000)).toEqual([1, 0]);
    expect(turned(0, 0, 1, turn({ yaw: 0, pitch: 30 }))[1]).toBeLessThan(0);
  });

  it("keeps distances while it turns", () => {
    for (const orbit of [{ yaw: 20, pitch: 70 }, { yaw: -133, pitch: -15 }]) {
      const [x, y, z] = turned(0.2, -0.5, 0.7, turn(orbit));
      expect(Math.hypot(x, y, z)).toBeCloseTo(Math.hypot(0.2, 0.5, 0.7));
    }
  });

  it("shows near points larger apart than far ones, and one row as all rows", () => {
    const fitted = Float32Array.from([0.5, 0, 0.8, 0.5, 0, -0.8]);
    const { position, depth } = flatten(fitted, { yaw: 0, pitch: 0 });
    expect(position[0]).toBeGreaterThan(position[2]);
    expect([...depth].map((value) => Math.round(value * 10) / 10)).toEqual([0.8, -0.8]);
    const orbit = { yaw: 33, pitch: 21 };
    const all = flatten(fitted, orbit).position;
    const [x, y] = flattenRow(fitted, 1, orbit);
    expect(x).toBeCloseTo(all[2]);
    expect(y).toBeCloseTo(all[3]);
  });

  it("never lets a point leave the picture, whatever the turn", () => {
    const layout = Float32Array.from({ length: 300 }, (_, at) => Math.sin(at * 7.3) * (at % 3 === 0 ? 40 : 3));
    const fitted = fitLayout(layout, 3);
    for (let yaw = -180; yaw < 180; yaw += 30) {
      const { position } = flatten(fitted, { yaw, pitch: yaw / 2 });
      expect(Math.max(...position.map(Math.abs))).toBeLessThan(1.06);
    }
  });

  it("turns round and round, but not over the top", () => {
    expect(spun({ yaw: 170, pitch: 80 }, 20, 30)).toEqual({ yaw: -170, pitch: 90 });
    expect(spun({ yaw: -170, pitch: 0 }, -20, 0)).toEqual({ yaw: 170, pitch: 0 });
  });

  it("is its own result: a plane is never shown for it", () => {
    const method: Method = { name: "m", title: "M", text: "", parameters: [{ name: "dimensions", kind: "integer", default: 2, min: 2, max: 3, text: "" }, { name: "seed", kind: "integer", default: 0, min: 0, max: 9, text: "" }] };
    const kept = (digest: string, parameters: ResultSummary["parameters"]): ResultSummary => ({ digest, kind: "projection", source: { layer: "input" }, method: "m", parameters, quality: {} });
    const all = [kept("plane", { dimensions: 2, seed: 0 }), kept("space", { dimensions: 3, seed: 4 })];
    expect(dimensionsOf(method, {})).toBe(2);
    expect(findResult(all, { layer: "input" }, method, {})?.summary.digest).toBe("plane");
    expect(findResult(all, { layer: "input" }, method, { dimensions: 3 })?.summary.digest).toBe("space");
    expect(findResult(all.slice(0, 1), { layer: "input" }, method, { dimensions: 3 })).toBeNull();
  });
});

describe("many points", () => {
  const size = { width: 900, height: 450 };

  it("let through how many lie on each other, and less so when one comes closer", () => {
    const at = (count: number, scale: number) => pointOpacity(count, { x: 0, y: 0, scale }, size);
    expect(at(2000, 1)).toBe(1);
    expect(at(1_000_000, 1)).toBeLessThan(0.6);
    expect(at(1_000_000, 8)).toBeGreaterThan(at(1_000_000, 1));
    expect(at(100_000_000, 1)).toBeGreaterThanOrEqual(0.12);
  });

  it("are thinned only after slow pictures, and pauses are none", () => {
    let time = 0;
    const pace = new Pace(() => time);
    /** Asked for at once, there after a while. */
    const pictures = (...takes: number[]) => takes.forEach((took) => (pace.ask(), (time += took), pace.frame()));
    pictures(0, 16, 16);
    time += 5000;
    pictures(16, 16);
    expect(pace.slowly()).toBe(false);
    pictures(100, 100, 100);
    expect(pace.slowly()).toBe(true);
    pictures(16, 16, 16);
    expect(pace.slowly()).toBe(false);
    pictures(2500);
    expect(pace.slowly()).toBe(true);
    pictures(20, 20, 20, 20);
    expect(pace.rate()).toBeGreaterThan(1);
  });
});
