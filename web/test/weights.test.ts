import { describe, expect, it } from "vitest";
import { accuracyAt, accuracyScale, accuracyShare, epochIndex, epochsOf, figuresAt, layersOf, ratios, type WeightReport } from "../src/state/distributions";
import { besideEpoch, chooseModel, keptUpTo, onlyWeightsPass, WEIGHTS, weightsOf } from "../src/state/weights";

const figures = { mean: 0.5, variance: 0.25, deviation: 0.5, min: -1, max: 1, quartiles: [0, 0.5, 1], nearZero: 0.1, nonFinite: 0 };
const report = (run: string, layers: string[], epochs: number[]): WeightReport => ({
  run, architecture: "a", divergedAt: null,
  tensors: layers.flatMap((layer) => (["weights", "biases"] as const).map((kind) => ({ tensor: `${layer}.${kind}`, layer, kind, shape: [2, 3], count: 6 }))),
  epochs: epochs.map((epoch) => ({
    epoch, testAccuracy: 0.9, exact: false, nonFinite: 0,
    tensors: layers.map((layer) => ({ tensor: `${layer}.weights`, ...figures, mean: epoch, update: epoch === 0 ? null : { ...figures, ratio: -epoch } })),
  })),
});

describe("choosing models", () => {
  it("takes two, and puts a third in the place of the older choice with a message", () => {
    const second = chooseModel(["a"], "b", false);
    expect(second.runs).toEqual(["a", "b"]);
    const third = chooseModel(second.runs, "c", false);
    expect(third.runs).toEqual(["b", "c"]);
    expect(third.message).toMatch(/c takes the place of a, the older choice/);
  });

  it("stacks up to four when asked to", () => {
    const runs = ["a", "b", "c", "d"].reduce<readonly string[]>((chosen, name) => chooseModel(chosen, name, true).runs, []);
    expect(runs).toEqual(["a", "b", "c", "d"]);
    expect(chooseModel(runs, "e", true).runs).toEqual(["b", "c", "d", "e"]);
  });

  it("takes one away, but never the last", () => {
    expect(chooseModel(["a", "b"], "a", false).runs).toEqual(["b"]);
    expect(chooseModel(["a"], "a", false).runs).toEqual(["a"]);
  });
});

describe("epochs", () => {
  it("of several runs lie on one axis, and a run without one shows the epoch before", () => {
    expect(epochsOf([report("a", ["fc1"], [0, 1, 2]), report("b", ["fc1"], [0, 2, 4])])).toEqual([0, 1, 2, 4]);
    expect(epochIndex([0, 2, 4], 3)).toBe(1);
    expect(epochIndex([2, 4], 1)).toBe(-1);
    expect(figuresAt(report("a", ["fc1"], [0, 1, 2]), "fc1.weights", 9, false)?.mean).toBe(2);
    expect(figuresAt(report("a", ["fc1"], [0, 1, 2]), "fc1.weights", 0, true)).toBeNull();
  });

  it("step to the next and stay at the ends; snapshots lie at or before", () => {
    expect(besideEpoch([0, 1, 5], 1, 1)).toBe(5);
    expect(besideEpoch([0, 1, 5], 5, 1)).toBe(5);
    expect(besideEpoch([0, 1, 5], 5, -1)).toBe(1);
    expect(keptUpTo([0, 5, 10], 7)).toBe(5);
    expect(keptUpTo([3], 1)).toBe(3);
    expect(keptUpTo([], 1)).toBeNull();
  });

  it("pass without moving the rest", () => {
    expect(onlyWeightsPass(WEIGHTS, { ...WEIGHTS, at: 3 })).toBe(true);
    expect(onlyWeightsPass(WEIGHTS, { ...WEIGHTS, at: 3, log: true })).toBe(false);
  });
});

describe("layers and ratios", () => {
  it("are those of all models by name", () => {
    expect(layersOf([report("a", ["fc1", "fc2"], [0]), report("b", ["conv1", "fc2"], [0])])).toEqual([
      { layer: "fc1", runs: ["a"] },
      { layer: "fc2", runs: ["a", "b"] },
      { layer: "conv1", runs: ["b"] },
    ]);
    expect(ratios(report("a", ["fc1"], [0, 1, 3]))).toEqual([{ layer: "fc1", values: [null, -1, -3] }]);
  });
});

describe("colours of accuracies", () => {
  it("take equal steps where errors halve, and name the range", () => {
    const scale = accuracyScale([0.2, null, 0.8, 0.9])!;
    expect(scale).toEqual({ low: 0.2, high: 0.9 });
    expect(accuracyShare(scale, 0.2)).toBe(0);
    expect(accuracyShare(scale, 0.9)).toBe(1);
    expect(accuracyShare(scale, 0.6) - accuracyShare(scale, 0.2)).toBeCloseTo(accuracyShare(scale, 0.8) - accuracyShare(scale, 0.6));
    expect(accuracyAt(scale, accuracyShare(scale, 0.7))).toBeCloseTo(0.7);
    expect(accuracyScale([null])).toBeNull();
    expect(accuracyShare({ low: 0.5, high: 0.5 }, 0.5)).toBe(1);
  });
});

describe("the URL of the weights", () => {
  it("ignores what it cannot understand", () => {
    const odd = new Map([["w.at", "-1"], ["w.mode", "spiral"], ["w.window", "5.5.0.1"], ["w.look", "1,2"], ["w.models", "a~a~b~c"], ["w.what", "gradients"]]);
    expect(weightsOf(odd)).toEqual({ ...WEIGHTS, runs: ["a", "b"] });
  });
});
