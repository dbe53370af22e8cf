import { describe, expect, it } from "vitest";
import type { Client } from "../src/server/client";
import type { EventHandlers } from "../src/server/events";
import type { Job, Layer, Method, Parameter, Run, SequenceSource, Study, Task, TaskSummary } from "../src/server/types";
import { EVOLUTION } from "../src/state/evolution";
import { Library } from "../src/state/library";
import { bundleParameters, controlRun, findMade, findMaking, findSequence, findSequenceTask, sequenceKey, sequenceOf, sequenceSource, sequenceWords, stepsOf } from "../src/state/sequences";
import { createStore, type Place } from "../src/state/store";

const parameter = (name: string, value: number | string, more: Partial<Parameter> = {}): Parameter => ({ name, kind: "number", default: value, min: null, max: null, text: "", ...more });
const VFF: Method = { name: "vff", title: "VFF", text: "", parameters: [parameter("lambda", 0.5), parameter("seed", 0)] };
const layer = (name: string): Layer => ({ name, title: name, units: 3, shape: [3], operator: "" });
const run = (name: string, part: Partial<Run> = {}): Run => ({
  name, architecture: "mlp", state: "complete", shuffledLabels: false, seed: 0, parameterCount: 1, plannedEpochs: [0, 5], snapshots: [0, 5, 1],
  layers: ["fc1", "fc2", "logits", "probabilities"].map(layer), metrics: [], training: null, progress: null, error: null, ...part,
});
const STUDY: Study = {
  format: 1, version: "1", name: "s", pipeline: "scale", methods: [], alignments: [VFF], tasks: [], runs: [run("mlp"), run("other", { snapshots: [0, 5] }), run("mixed", { shuffledLabels: true, snapshots: [0, 1] })],
  dataset: { name: "d", digest: "", shape: { channels: 1, rows: 1, cols: 1 }, trainCount: 1, testCount: 2, classNames: ["0", "1"] },
  sample: { split: "test", count: 2, seed: 0, classCounts: [1, 1] },
};
const PLACE = { study: STUDY, run: STUDY.runs[0], epoch: 5, layer: "fc2" };
const EPOCHS: SequenceSource = { by: "epoch", run: "mlp", layer: "fc2", epochs: [0, 1, 5] };

const kept = (digest: string, source: TaskSummary["source"], parameters: TaskSummary["parameters"] = { lambda: 0.5, seed: 0 }, kind: TaskSummary["kind"] = "sequence"): TaskSummary => ({
  digest, kind, source, method: "vff", parameters,
});
const task = (part: Partial<Task> = {}): Task => ({
  id: "1", kind: "sequence", digest: "d", source: EPOCHS, method: "vff", parameters: { lambda: 0.5, seed: 0 }, state: "running", stage: "layout", fraction: 0, iteration: 0, iterations: 10,
  energy: null, revision: 0, error: null, seconds: 0, ...part,
});

describe("the sequence that is meant", () => {
  it("is all kept epochs of the layer, all layers of the epoch, or all runs that have it", () => {
    const by = (how: "epoch" | "layer" | "run") => sequenceSource(PLACE, { ...EVOLUTION, by: how })!;
    expect(by("epoch")).toEqual({ by: "epoch", run: "mlp", layer: "fc2" });
    expect(stepsOf(by("epoch"), STUDY).map(({ name }) => name)).toEqual(["epoch 0", "epoch 1", "epoch 5"]);
    expect(stepsOf(by("layer"), STUDY).map(({ name }) => name)).toEqual(["input", "fc1", "fc2"]);
    expect(stepsOf(by("run"), STUDY)).toEqual([{ name: "mlp", run: "mlp", epoch: 5, layer: "fc2" }, { name: "other", run: "other", epoch: 5, layer: "fc2" }]);
  });

  it("is of the last hidden layer where the input is chosen, which never changes", () => {
    expect(sequenceSource({ ...PLACE, layer: "input" }, EVOLUTION)).toEqual({ by: "epoch", run: "mlp", layer: "fc2" });
  });

  it("is nothing with fewer than two steps or without a run", () => {
    expect(sequenceSource({ ...PLACE, run: null }, EVOLUTION)).toBeNull();
    expect(sequenceSource(PLACE, { ...EVOLUTION, epochs: [5] })).toBeNull();
    expect(sequenceSource({ ...PLACE, epoch: 1 }, { ...EVOLUTION, by: "run", runs: ["mlp"] })).toBeNull();
  });

  it("is the same whether its steps are written out or left out, but not with others", () => {
    const open: SequenceSource = { by: "epoch", run: "mlp", layer: "fc2" };
    expect(sequenceKey(open, STUDY)).toBe(sequenceKey(EPOCHS, STUDY));
    expect(sequenceKey({ ...open, epochs: [0, 5] }, STUDY)).not.toBe(sequenceKey(EPOCHS, STUDY));
    expect(sequenceKey({ ...open, run: "other" }, STUDY)).not.toBe(sequenceKey(EPOCHS, STUDY));
  });

  it("has words", () => {
    expect(sequenceWords(EPOCHS, STUDY)).toBe("fc2 of mlp over 3 epochs");
    expect(sequenceWords({ by: "layer", run: "mlp", epoch: 0 }, STUDY)).toBe("3 layers of mlp, before training");
  });

  it("has a control: the run of the same architecture that learned from shuffled labels, at the epochs it has", () => {
    const control = controlRun(STUDY, STUDY.runs[0])!;
    expect(control.name).toBe("mixed");
    expect(sequenceOf(EPOCHS, control)).toEqual({ ...EPOCHS, run: "mixed", epochs: [0, 1] });
    expect(sequenceOf({ by: "run", runs: ["a", "b"], epoch: 1, layer: "fc1" }, control)).toBeNull();
    expect(controlRun({ ...STUDY, runs: STUDY.runs.slice(0, 2) }, STUDY.runs[0])).toBeNull();
  });
});

describe("finding sequences", () => {
  const open: SequenceSource = { by: "epoch", run: "mlp", layer: "fc2" };

  it("takes the same steps and parameters", () => {
    const list = [kept("a", { ...EPOCHS, layer: "fc1" }), kept("b", EPOCHS, { lambda: 0.9, seed: 0 }), kept("c", EPOCHS)];
    expect(findSequence(list, open, VFF, {}, STUDY)).toMatchObject({ summary: { digest: "c" }, differs: [], otherSteps: false });
    expect(findSequence(list, open, VFF, { lambda: 0.9 }, STUDY)?.summary.digest).toBe("b");
    expect(findSequence(list, open, VFF, { lambda: 0.1 }, STUDY)).toBeNull();
    expect(findSequence(list, open, { ...VFF, name: "dtsne" }, {}, STUDY)).toBeNull();
  });

  it("shows fewer steps of the same thing, and says so, until the person names steps", () => {
    const list = [kept("a", { ...EPOCHS, epochs: [0, 5] })];
    expect(findSequence(list, open, VFF, {}, STUDY)).toMatchObject({ summary: { digest: "a" }, otherSteps: true });
    expect(findSequence(list, EPOCHS, VFF, {}, STUDY)).toBeNull();
  });

  it("does not take a bundle for a sequence", () => {
    expect(findSequence([kept("a", { ...EPOCHS, of: "c" }, {}, "bundle")], open, VFF, {}, STUDY)).toBeNull();
  });

  it("finds the job under way rather than an older one", () => {
    const traces = [task({ id: "1", state: "failed" }), task({ id: "2" }), task({ id: "3", parameters: { lambda: 0.1 } })].map((job) => ({ job }));
    expect(findSequenceTask(traces, open, VFF, {}, STUDY)?.job.id).toBe("2");
    expect(findSequenceTask(traces.slice(0, 1), open, VFF, {}, STUDY)?.job.id).toBe("1");
    expect(findSequenceTask(traces, open, VFF, { seed: 5 }, STUDY)).toBeNull();
  });

  it("finds what was made of a result with the same options", () => {
    const options = [parameter("grouping", "CLASS", { kind: "choice", choices: ["ALL", "CLASS"] }), parameter("kernel", 0.1)];
    const list = [kept("x", { ...EPOCHS, of: "c" }, { grouping: "ALL", kernel: 0.1 }, "bundle"), kept("y", { ...EPOCHS, of: "c" }, { grouping: "CLASS", kernel: 0.1 }, "bundle")];
    const wanted = { ...EVOLUTION, grouping: "all" as const, bundling: { kernel: 0.1, unknown: 3 } };
    expect(bundleParameters(options, EVOLUTION)).toEqual({});
    expect(bundleParameters(options, wanted)).toEqual({ grouping: "ALL" });
    expect(findMade(list, "bundle", "c", options, bundleParameters(options, wanted))?.digest).toBe("x");
    expect(findMade(list, "bundle", "c", options, {})?.digest).toBe("y");
    expect(findMade(list, "bundle", "other", options, {})).toBeNull();
    const making = [task({ kind: "bundle", source: { ...EPOCHS, of: "c" }, parameters: { grouping: "CLASS" } })].map((job) => ({ job }));
    expect(findMaking(making, "bundle", "c", options, {})).not.toBeNull();
    expect(findMaking(making, "field", "c", options, {})).toBeNull();
  });
});

describe("the library and tasks", () => {
  const layouts = { shape: [3, 2, 2], values: Float32Array.from({ length: 12 }, (_, at) => at) };

  function setUp(change: Partial<Client> = {}) {
    const client = {
      study: async () => ({ ...STUDY, tasks: [task({ id: "9", state: "done" })] }),
      projections: async () => [],
      labels: async () => ({ shape: [2], values: Uint16Array.from([0, 1]) }),
      ids: async () => ({ shape: [2], values: Int32Array.from([7, 9]) }),
      images: async () => ({ shape: [2, 1, 1, 1], values: Uint8Array.from([0, 255]) }),
      statistics: async () => [],
      jobLayout: async () => layouts,
      kept: async () => [kept("old", EPOCHS, { lambda: 0.9, seed: 0 })],
      taskResult: async () => ({ ...kept("d", EPOCHS), version: "1", iterations: 1, energy: 1, seconds: {}, columns: {}, report: { names: [], quality: {} } }),
      tensor: async () => layouts,
      ...change,
    } as unknown as Client;
    let handlers!: EventHandlers;
    const library = new Library(client, (given) => {
      handlers = given;
      return { retry: () => {}, close: () => {} };
    });
    return { library, events: () => handlers };
  }
  const settle = async () => {
    for (let turn = 0; turn < 20; turn++) {
      await Promise.resolve();
    }
  };

  it("keeps sequences apart from projections", async () => {
    const { library, events } = setUp();
    await library.start();
    const projection = { ...task({ id: "2" }), kind: "projection", source: { layer: "input" } } as unknown as Job;
    events().job(projection);
    events().job(task({ id: "3" }));
    expect(library.get().jobs.map(({ job }) => job.id)).toEqual(["2"]);
    expect(library.get().tasks.map(({ job }) => job.id)).toEqual(["9", "3"]);
  });

  it("follows a sequence from its first layouts to the kept result", async () => {
    const { library, events } = setUp();
    await library.start();
    expect(library.kept("sequence")).toBeUndefined();
    await settle();
    expect(library.kept("sequence")!.map(({ digest }) => digest)).toEqual(["old"]);
    events().job(task({ revision: 1, iteration: 3, energy: 4 }));
    await settle();
    expect(library.get().tasks.at(-1)!.layouts?.shape).toEqual([3, 2, 2]);
    events().job(task({ revision: 2, state: "done" }));
    await settle();
    expect(library.kept("sequence")!.map(({ digest }) => digest)).toEqual(["old", "d"]);
    expect(library.tensor("d", "layouts")).toBe(layouts);
    expect(library.get().tasks.at(-1)!.layouts).toBeNull();
    expect(library.get().tasks.at(-1)!.job.state).toBe("done");
  });

  it("takes an answer of another shape for no layouts", async () => {
    const { library, events } = setUp({ jobLayout: async () => ({ shape: [6, 2], values: new Float32Array(12) }) } as Partial<Client>);
    await library.start();
    events().job(task({ revision: 1 }));
    await settle();
    expect(library.get().tasks.at(-1)!.layouts).toBeNull();
  });

  it("has none of a kind that the server does not know", async () => {
    const { library } = setUp({
      kept: async () => {
        throw new Error("kind must be one of projection");
      },
    } as Partial<Client>);
    await library.start();
    library.kept("probe");
    await settle();
    expect(library.kept("probe")).toEqual([]);
    expect(library.get().notices).toEqual([]);
  });
});

describe("the store while an evolution plays", () => {
  it("stays still for what only passes", () => {
    const place: Place = { fragment: () => "view=evolution", write: () => {}, onMove: () => {}, travel: () => {} };
    const store = createStore(place);
    const still = store.still();
    const pass = (part: object) => store.change({ evolution: { ...store.get().evolution, ...part } }, "along");
    pass({ at: 1.5 });
    pass({ strength: 0.2, from: 1, to: 2 });
    expect(store.still()).toBe(still);
    expect(store.get().evolution.at).toBe(1.5);
    pass({ classMeans: true });
    expect(store.still()).not.toBe(still);
  });
});
