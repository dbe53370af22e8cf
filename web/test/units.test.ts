import { describe, expect, it } from "vitest";
import { hexToRgb, rgbToHex } from "../src/draw/palette";
import { turnedTo } from "../src/draw/procrustes";
import { divergingRamp, LEVELS, levelOf, paintBest, paintDiverging, reachOf, shade, standing } from "../src/draw/unitColors";
import type { TaskSummary } from "../src/server/types";
import { neuronsEntries, neuronsOf, NEURONS } from "../src/state/neurons";
import { bestClasses, compactnessWords, findUnits, meanSpread, ranking, rankOf, readScores, restMean, spreadWords, unitPlace, usualPooling } from "../src/state/units";

/** Two classes, five neurons; the last is dead. */
const SCORES = { classes: 2, units: 5, values: Float32Array.of(0.5, 0.1, 0.2, 0.3, 0, 0.1, 0.4, 0.2, 0.1, 0) };
const LIVE = Int32Array.of(0, 1, 2, 3);
const COLORS = ["#1f77b4", "#ff7f0e"];

const saturation = (hex: string): number => {
  const rgb = hexToRgb(hex);
  return (Math.max(...rgb) - Math.min(...rgb)) / Math.max(...rgb);
};

describe("the discriminative map", () => {
  it("gives each neuron the class of its highest score, the first of equal ones, and none to dead neurons", () => {
    expect([...bestClasses(SCORES)]).toEqual([0, 1, 0, 0, -1]);
  });

  it("measures scores within the class, from the least to the greatest of its live neurons", () => {
    const share = standing(SCORES.values, 5, bestClasses(SCORES), LIVE);
    expect([...share].map((one) => Number(one.toFixed(4)))).toEqual([1, 1, 0.25, 0.5, 0]);
  });

  it("saturates colours with the score, keeps the class's own colour for the strongest, and never loses the hue", () => {
    for (const theme of ["light", "dark"] as const) {
      for (const color of COLORS) {
        const all = Array.from({ length: LEVELS }, (_, level) => saturation(shade(color, level, theme)));
        all.forEach((one, at) => at > 0 && expect(one).toBeGreaterThanOrEqual(all[at - 1] - 0.01));
        expect(shade(color, LEVELS - 1, theme)).toBe(color);
        expect(all[LEVELS - 1]).toBeGreaterThan(all[0] + 0.2);
      }
    }
    expect([0, 0.25, 1].map(levelOf)).toEqual([0, Math.round((LEVELS - 1) / 2), LEVELS - 1]);
  });

  it("paints with that, and greys other classes while one is pointed at", () => {
    const best = bestClasses(SCORES);
    const share = standing(SCORES.values, 5, best, LIVE);
    const { colors, of } = paintBest(LIVE, best, share, COLORS, "light", null);
    expect(Array.from(of, (at) => colors[at])).toEqual([COLORS[0], COLORS[1], shade(COLORS[0], levelOf(0.25), "light"), shade(COLORS[0], levelOf(0.5), "light")]);
    const pointed = paintBest(LIVE, best, share, COLORS, "light", 1);
    expect(pointed.colors[pointed.of[1]]).toBe(COLORS[1]);
    expect(new Set([0, 2, 3].map((row) => pointed.of[row]))).toEqual(new Set([pointed.colors.length - 1]));
  });

  it("diverges around 0: red above, blue below, and equal sizes equally far from the middle", () => {
    const values = Float32Array.of(-2, -1, 0, 1, 2, 50);
    const { colors, of } = paintDiverging(values, 2, COLORS, "light");
    const [low, , middle, , high, beyond] = Array.from(of, (at) => hexToRgb(colors[at]));
    expect(low[2]).toBeGreaterThan(low[0]);
    expect(high[0]).toBeGreaterThan(high[2]);
    expect(beyond).toEqual(high);
    expect(Math.max(...middle) - Math.min(...middle)).toBeLessThan(12);
    expect(of[2] - of[1]).toBe(of[3] - of[2]);
    expect(rgbToHex(divergingRamp("light")[0])).toBe(colors[of[0]]);
    expect(reachOf(Float32Array.from({ length: 200 }, (_, at) => (at === 0 ? 1000 : 1)))).toBe(1);
    expect(reachOf([0, 0])).toBe(1);
  });
});

describe("the ranking", () => {
  it("lists neurons of a class strongest first, equal ones by number, dead ones not at all", () => {
    expect(ranking(SCORES, 0)).toEqual([0, 3, 2, 1]);
    expect(ranking(SCORES, 1)).toEqual([1, 2, 0, 3]);
    expect([0, 1, 2, 3, 4].map((unit) => rankOf(SCORES, 0, unit))).toEqual([1, 4, 3, 2, null]);
  });

  it("knows the mean of all other classes from the class's and the overall one", () => {
    const scores = { ...SCORES, second: null, deviation: null, mean: Float32Array.of(3, 0, 0, 0, 0, 1, 0, 0, 0, 0), overall: Float32Array.of(1.5, 0, 0, 0, 0) };
    expect(restMean(scores, 0, 0, [10, 30])).toBeCloseTo(1, 6);
    expect(restMean(scores, 0, 0, [10, 0])).toBeNull();
  });

  it("says how far to trust it", () => {
    const report = readScores({ units: 5, dead: [4], skipped: [], spread: [{ spearman: 0.8, shared10: 7 }, null, { spearman: 0.86, shared10: 8 }], compactness: [{ top: 0.58, all: 0.8, ratio: 0.725 }, null] });
    expect(spreadWords(meanSpread(report.spread))).toBe("scores of two seeds agree .83; 7.5 of the ten strongest are shared");
    expect(compactnessWords(report.compactness[0]!)).toBe("its 20 strongest neurons are .58 apart on average, all pairs .80: ratio .72");
    expect(readScores({ spread: null }).spread).toEqual([]);
    expect(spreadWords(meanSpread([]))).toBe("");
    expect(readScores(undefined)).toEqual({ units: 0, dead: [], skipped: [], spread: [], compactness: [] });
  });
});

describe("what is kept", () => {
  const place = { run: "mlp", epoch: 5, layer: "conv1", pooling: "mean" as const };
  const method = { name: "smacof", title: "", text: "", parameters: [{ name: "measure", kind: "choice" as const, default: "pearson", min: null, max: null, text: "" }, { name: "seed", kind: "integer" as const, default: 0, min: 0, max: 9, text: "" }] };
  const summary = (digest: string, source: object, parameters: object = {}): TaskSummary => ({ digest, kind: "units", source: source as never, method: "smacof", parameters: parameters as never });
  const kept = [
    summary("a", { run: "mlp", epoch: 5, layer: "conv1" }, { measure: "cosine" }),
    summary("b", { run: "mlp", epoch: 5, layer: "conv1", pooling: "mean" }, { measure: "pearson", seed: 3 }),
    summary("c", { run: "mlp", epoch: 5, layer: "conv1", pooling: "max" }, {}),
    summary("d", { run: "mlp", epoch: 4, layer: "conv1" }, {}),
  ];

  it("is found by run, epoch, layer and pooling, whether the pooling was said or not", () => {
    expect(findUnits(kept, "units", place, "mean", method, { measure: "cosine" })?.digest).toBe("a");
    expect(findUnits(kept, "units", place, "mean", method, { seed: 3 })?.digest).toBe("b");
    expect(findUnits(kept, "units", { ...place, pooling: "max" }, "mean", method, {})?.digest).toBe("c");
    expect(findUnits(kept, "units", { ...place, epoch: 3 }, "mean", method, {})).toBeNull();
    expect(findUnits(kept, "units", place, "mean", method, { seed: 4 })).toBeNull();
  });

  it("is about channels of maps, and about single values elsewhere", () => {
    const layer = (shape: number[]) => ({ name: "l", title: "l", units: shape.reduce((a, b) => a * b), shape, operator: "" });
    const run = { name: "mlp", layers: [{ ...layer([6, 4, 4]), name: "conv1" }, { ...layer([80]), name: "fc1" }] } as never;
    expect(usualPooling(layer([6, 4, 4]))).toBe("mean");
    expect(unitPlace(run, 5, "conv1", "max")?.pooling).toBe("max");
    expect(unitPlace(run, 5, "fc1", "max")?.pooling).toBe("none");
    expect(unitPlace(run, 5, "input", null)).toBeNull();
    expect(unitPlace(null, 5, "fc1", null)).toBeNull();
  });
});

describe("two maps side by side", () => {
  it("are turned and mirrored onto each other without changing any distance", () => {
    const reference = Float32Array.of(0, 0, 4, 0, 4, 1, 0, 3);
    const [cos, sin] = [Math.cos(2.1), Math.sin(2.1)];
    for (const mirror of [1, -1]) {
      const other = reference.map((_, at) => {
        const [x, y] = [reference[at - (at % 2)] * mirror, reference[at - (at % 2) + 1]];
        return at % 2 === 0 ? cos * x - sin * y + 7 : sin * x + cos * y - 2;
      });
      const turned = turnedTo(other, reference, [0, 1, 2, 3].map((row) => [row, row]));
      const [dx, dy] = [turned[0] - reference[0], turned[1] - reference[1]];
      reference.forEach((value, at) => expect(turned[at] - (at % 2 === 0 ? dx : dy)).toBeCloseTo(value, 4));
    }
    expect(turnedTo(reference, reference, [])).toBe(reference);
  });
});

describe("the URL", () => {
  it("ignores what it cannot understand", () => {
    const odd = new Map([["n.panel", "cellar"], ["n.class", "-1"], ["n.method", "a b"], ["n.pooling", "median"], ["n.show", "trails"], ["n.color", ""]]);
    expect(neuronsOf(odd)).toEqual({ ...NEURONS, arrangement: "trails" });
    expect(neuronsEntries(NEURONS)).toEqual([]);
  });
});
