import { describe, expect, it } from "vitest";
import { bargain, COHERENCE, contrasts, inflated, lent, readHonesty, verdict } from "../src/state/honesty";
import { epochsOfBoth, readProbe, reducedOf, sister } from "../src/state/probe";
import type { EpochMetrics, Run } from "../src/server/types";

const step = (at: number, part: object = {}) => ({
  step: at, name: `epoch ${at}`, constant: false, ownNeighborhoodHit: 0.9, alignedNeighborhoodHit: 0.88, unalignedNeighborhoodHit: 0.87, alignedStress: 0.2, unalignedStress: 0.1,
  alignedTrustworthiness: 0.9, unalignedTrustworthiness: 0.91, ownClassRatio: 2.5, alignedClassRatio: 2.4, unalignedClassRatio: 2.3, warning: null, ...part,
});
const report = (steps: object[], more: object = {}) => ({
  names: steps.map((_, at) => `epoch ${at}`),
  quality: { steps, k: 6, warnings: [], aligned: { pearson: 0.8, spearman: 0.7, normalizedStress: 0.3 }, unaligned: { pearson: 0.1, spearman: 0.2, normalizedStress: 2 }, ...more },
});
const INVENTED = step(0, { ownNeighborhoodHit: 0.49, alignedNeighborhoodHit: 0.66, warning: "epoch 0 shows more than there is" });

describe("a sequence's honesty", () => {
  it("is read as the server writes it, with gaps where a figure is missing", () => {
    const found = readHonesty(report([INVENTED, step(1, { ownNeighborhoodHit: null, alignedNeighborhoodHit: undefined })], { warnings: ["said once", "epoch 0 shows more than there is"] }))!;
    expect(found.steps[0]).toMatchObject({ name: "epoch 0", ownHit: 0.49, alignedHit: 0.66, alignedStress: 0.2, ownRatio: 2.5 });
    expect(found.steps[1]).toMatchObject({ ownHit: null, alignedHit: null, unalignedHit: 0.87 });
    expect(found.aligned).toEqual({ pearson: 0.8, spearman: 0.7, normalizedStress: 0.3 });
    expect(found.warnings).toEqual(["said once", "epoch 0 shows more than there is"]);
    expect(found.k).toBe(6);
    expect(readHonesty({})).toBeNull();
    expect(readHonesty(undefined)).toBeNull();
  });

  it("names the worst step where alignment shows more than there is", () => {
    const found = readHonesty(report([INVENTED, step(1)]))!;
    expect(inflated(found).map(({ name }) => name)).toEqual(["epoch 0"]);
    expect(verdict(found)).toBe("At epoch 0, alignment shows class structure that the layer does not have: neighborhood hit 66.0 % in the picture, 49.0 % in the layer's own space.");
    const two = readHonesty(report([step(0, { ...INVENTED, name: "input", alignedNeighborhoodHit: 0.5 }), step(1, { ...INVENTED, step: 1, name: "fc1" }), step(2)]))!;
    expect(verdict(two)).toMatch(/^At 2 of 3 steps, most at fc1, alignment shows/);
  });

  it("does not cry out where the difference is no more than noise, or where there are no labels", () => {
    const noise = readHonesty(report([step(0, { alignedNeighborhoodHit: 0.91 }), step(1)]))!;
    expect(verdict(noise)).toMatch(/^At no step does the aligned picture separate the classes better/);
    const bare = readHonesty(report([step(0, { ownNeighborhoodHit: null, alignedNeighborhoodHit: null }), step(1, { ownNeighborhoodHit: null })]))!;
    expect(verdict(bare)).toBe("Without labels only stress and stability can say how far to trust this picture.");
  });

  it("says where a step's classes are lent by the others", () => {
    const found = readHonesty(report([step(0, { name: "input", alignedNeighborhoodHit: 0.74, unalignedNeighborhoodHit: 0.467 }), step(1)]))!;
    expect(lent(found)).toBe("At input, 27.3 points of the neighborhood hit come from the other steps: laid out by itself it has 46.7 %.");
    expect(lent(readHonesty(report([step(0), step(1)]))!)).toBeNull();
  });

  it("tells of dead layers", () => {
    expect(verdict(readHonesty(report([step(0, { constant: true, warning: "constant" }), step(1)]))!)).toMatch(/At 1 of 2 steps all observations have the same activations/);
  });

  it("says what alignment bought and what it cost", () => {
    expect(bargain(readHonesty(report([step(0), step(1)]))!)).toBe(
      "Movement in the picture follows movement in the layer with correlation 0.80 (0.10 without alignment); the price is a mean stress of 0.200 instead of 0.100.",
    );
    expect(bargain(readHonesty(report([step(0)], { unaligned: null }))!)).toBeNull();
  });

  it("is set beside the control by the last step's hit and class ratio, never by the field's coherence", () => {
    const rows = contrasts(readHonesty(report([step(0), step(1)]))!, readHonesty(report([step(0), step(1, { ownNeighborhoodHit: 0.2, ownClassRatio: 1.2, alignedNeighborhoodHit: 0.3, alignedClassRatio: 1.1 })])));
    expect(rows.map(({ real, control }) => [real, control])).toEqual([[0.9, 0.2], [0.88, 0.3], [2.5, 1.2], [2.4, 1.1]]);
    expect(rows.some(({ figure }) => /coheren/i.test(figure))).toBe(false);
    expect(COHERENCE).toMatch(/does not tell them apart/);
    expect(contrasts(readHonesty(report([step(0), step(1)]))!, null)[0].control).toBeNull();
  });
});

describe("probes", () => {
  it("are read with the layers that can go marked", () => {
    const found = readProbe({ layers: [{ layer: "fc1", units: 1000, accuracy: 0.98, trainAccuracy: 1, ownNeighborhoodHit: 0.96 }, { layer: "fc2", units: 1000, accuracy: 0.981, trainAccuracy: 1, ownNeighborhoodHit: null }], network: { accuracy: 0.982 }, advice: "fc2 adds nothing.", drop: ["fc2"] })!;
    expect(found.layers.map(({ layer, drop, ownHit }) => [layer, drop, ownHit])).toEqual([["fc1", false, 0.96], ["fc2", true, null]]);
    expect(found).toMatchObject({ networkAccuracy: 0.982, advice: "fc2 adds nothing.", drop: ["fc2"] });
    expect(readProbe({})).toBeNull();
  });

  const metrics = (epoch: number) => ({ epoch }) as EpochMetrics;
  const run = (name: string, part: Partial<Run> = {}): Run => ({
    name, architecture: "mlp", state: "complete", shuffledLabels: false, seed: 0, parameterCount: 1, plannedEpochs: [0, 5], snapshots: [0, 5], layers: [], metrics: [], training: null, progress: null, error: null, ...part,
  });

  it("compare a run with the one that differs in its architecture alone", () => {
    const mlp = run("mlp");
    expect(reducedOf(mlp)?.architecture).toBe("rmlp");
    expect(reducedOf(run("cnn", { architecture: "cnn" }))).toBeNull();
    const others = [run("other seed", { architecture: "rmlp", seed: 4 }), run("shorter", { architecture: "rmlp", plannedEpochs: [0, 1] }), run("shuffled", { architecture: "rmlp", shuffledLabels: true })];
    expect(sister(others, mlp, "rmlp")).toBeNull();
    const fitting = [...others, run("broken", { architecture: "rmlp", state: "failed" }), run("good", { architecture: "rmlp" })];
    expect(sister(fitting, mlp, "rmlp")?.name).toBe("good");
  });

  it("show the epochs that both runs have, the last among them", () => {
    const a = run("a", { metrics: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map(metrics) });
    expect(epochsOfBoth(a, run("b", { metrics: [1, 2, 3].map(metrics) }), 4)).toEqual([1, 2, 3]);
    expect(epochsOfBoth(a, a, 4)).toEqual([1, 4, 7, 10]);
    expect(epochsOfBoth(a, run("c"), 4)).toEqual([]);
  });
});
