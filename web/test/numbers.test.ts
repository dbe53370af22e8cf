import { describe, expect, it } from "vitest";
import { contrast, GROUND, hexToRgb, luminance, type Theme } from "../src/draw/palette";
import { ramp, scaleOf, stepOf } from "../src/draw/ramp";
import { MISSING, type Marks, paint } from "../src/draw/scene";
import { curvePath } from "../src/parts/EnergyChart";
import { measured } from "../src/parts/words";
import { canLog, energyName, fromHistory, grown, wantsLog } from "../src/state/energy";
import { figures, hitCurve, hitOf, standsOn } from "../src/state/quality";

const THEMES: Theme[] = ["light", "dark"];

describe("colours for numbers", () => {
  it("run evenly from dark to bright and stand out from the ground at both ends", () => {
    for (const theme of THEMES) {
      const colors = ramp(theme);
      expect(colors).toHaveLength(256);
      colors.slice(1).forEach((rgb, at) => expect(luminance(rgb)).toBeGreaterThanOrEqual(luminance(colors[at]) - 1e-3));
      for (const end of [colors[0], colors[255], hexToRgb(MISSING[theme])]) {
        expect(contrast(end, hexToRgb(GROUND[theme]))).toBeGreaterThan(1.35);
      }
    }
  });

  it("span the middle of the values, and say so", () => {
    const values = Float32Array.from({ length: 1000 }, (_, at) => (at === 500 ? 1e6 : at / 1000));
    const scale = scaleOf(values);
    expect(scale.high).toBeLessThan(1.1);
    expect(scale).toMatchObject({ above: true, below: true, missing: 0 });
    expect(stepOf(scale, 500)).toBe(255);
    expect(scale.bins.reduce((sum, count) => sum + count, 0)).toBe(1000);
    expect(scaleOf(values, [0, 2]).high).toBe(2);
  });

  it("show plainly who has no number", () => {
    const scale = scaleOf(Float32Array.from([0, Number.NaN, 1]));
    expect(scale.missing).toBe(1);
    const marks: Marks = { labels: [0, 0, 0], colors: ["#010203"], scale, theme: "dark", hiddenClasses: [], selection: [], wrong: null, emphasis: null };
    const { colors, of } = paint(marks);
    expect([0, 1, 2].map((row) => colors[of(row)])).toEqual([colors[0], hexToRgb(MISSING.dark), colors[255]]);
    expect(scaleOf(Float32Array.from([Number.NaN])).missing).toBe(1);
    expect(stepOf(scaleOf(Float32Array.from([5, 5, 5])), 0)).toBe(128);
  });

  it("are written short", () => {
    expect([0.123456, 12_345, 0.00001234, 0, -2.5].map((value) => measured(value))).toEqual(["0.123", "12,300", "1.2e-5", "0", "-2.5"]);
    expect(measured(3, "px")).toBe("3 px");
    expect(measured(26_544_362)).toBe("26.5M");
  });
});

describe("the energy curve", () => {
  it("grows with news only, never with what is no number, and stays short", () => {
    let curve = grown([], 10, 2);
    curve = grown(curve, 10, 1);
    curve = grown(curve, 11, null);
    curve = grown(curve, 12, Number.NaN);
    expect(curve).toEqual([{ iteration: 10, energy: 2 }]);
    for (let at = 13; at < 5000; at++) {
      curve = grown(curve, at, 1 / at);
    }
    expect(curve.length).toBeLessThanOrEqual(801);
    expect(curve[curve.length - 1].iteration).toBe(4999);
  });

  it("comes back from a kept history in order", () => {
    expect(fromHistory([[5, 1], [1, 3], [5, 9], [7, Number.NaN]])).toEqual([{ iteration: 1, energy: 3 }, { iteration: 5, energy: 1 }]);
    expect(fromHistory(null)).toEqual([]);
    expect(fromHistory(undefined)).toEqual([]);
  });

  it("is logarithmic only where it spans much and never touches zero", () => {
    const of = (...values: number[]) => values.map((energy, iteration) => ({ iteration, energy }));
    expect(wantsLog(of(100, 1))).toBe(true);
    expect(wantsLog(of(3, 1))).toBe(false);
    expect(wantsLog(of(100, 0))).toBe(false);
    expect(canLog(of(1, -1))).toBe(false);
    expect(energyName("smacof")).toBe("stress");
  });

  it("never breaks: every point has a place in the box", () => {
    const curve = [[0, 1000], [50, 10], [100, 1]].map(([iteration, energy]) => ({ iteration, energy }));
    expect(curvePath(curve, 100, false, 200, 100).map(([x]) => x)).toEqual([0, 100, 200]);
    expect(curvePath(curve, 100, true, 200, 100)[1][1]).toBeCloseTo(100 * (2 / 3));
    const flat = curvePath([{ iteration: 0, energy: 2 }, { iteration: 1, energy: 2 }], 0, false, 10, 10);
    expect(flat.flat().every(Number.isFinite)).toBe(true);
  });
});

describe("the quality block", () => {
  it("knows each figure with its own space and chance, and leaves out what is not there", () => {
    const found = figures({
      observations: 2000, sampled: 2000, exact: true, k: 6, trustworthinessK: 7, shepardPairs: 100,
      neighborhoodHit: 0.9, ownNeighborhoodHit: 0.92, neighborhoodHitOwnSpace: 0.92, baseline: 0.1, neighborhoodHitBaseline: 0.1,
      neighborhoodHitPerClass: [1], neighborhoodHitCurve: [{ k: 1, neighborhoodHit: 1 }], distanceConsistency: 0.7, randomDistanceConsistency: 0.2,
      trustworthiness: 0.99, randomTrustworthiness: 0.5, rawStress: 812, scaleOptimalStress: 0.2, randomScaleOptimalStress: 0.6, maxNormalizedStress: 0.3,
      stress1: 0.25, shepardGoodness: null, somethingNew: 3,
    });
    const keys = ["neighborhoodHit", "trustworthiness", "distanceConsistency", "stressScaled", "stressMax", "stressRaw", "stress1", "somethingNew"];
    expect(found.map(({ key }) => key)).toEqual(keys);
    expect(found[0]).toMatchObject({ value: 0.9, own: 0.92, baseline: 0.1, share: true });
    expect(found[2]).toMatchObject({ value: 0.7, own: null, baseline: 0.2 });
    expect(found[3]).toMatchObject({ value: 0.2, baseline: 0.6 });
    expect(found[7].title).toBe("Something new");
    expect(figures({})).toEqual([]);
  });

  it("reads older names the same way", () => {
    const [hit] = figures({ neighborhoodHit: 0.9, neighborhoodHitOwnSpace: 0.92, neighborhoodHitBaseline: 0.1 });
    expect(hit).toMatchObject({ value: 0.9, own: 0.92, baseline: 0.1 });
  });

  it("says what it stands on", () => {
    expect(standsOn({ sampled: 2000, exact: true }, 2000)).toBe("Computed exactly, on all 2,000 observations.");
    expect(standsOn({ sampled: 5000, exact: false }, 70_000)).toBe("Comparisons of all pairs stand on a sample of 5,000 of 70,000 observations.");
    expect(standsOn({}, 10)).toBeNull();
    expect(hitOf({ neighborhoodHit: null })).toBeNull();
  });

  it("has the hit over more and more neighbours", () => {
    expect(hitCurve({ neighborhoodHitCurve: [{ k: 6, neighborhoodHit: 0.9, ownNeighborhoodHit: 0.8 }, { k: 1, neighborhoodHit: 0.95 }, { k: 9 }] })).toEqual([
      { k: 1, hit: 0.95, own: null },
      { k: 6, hit: 0.9, own: 0.8 },
    ]);
    expect(hitCurve({})).toEqual([]);
  });
});
