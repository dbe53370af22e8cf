import { describe, expect, it } from "vitest";
import { type Client, ServerError } from "../src/server/client";
import type { EventHandlers } from "../src/server/events";
import type { Job, Method, Result, ResultSummary, Run, Study } from "../src/server/types";
import { Library } from "../src/state/library";
import { readPredictions } from "../src/state/predictions";
import { changedParameters, findJob, findResult, lastHiddenLayer, leadingRun } from "../src/state/results";
import { search } from "../src/state/search";

const parameter = (name: string, value: number | string) =>
  ({ name, kind: "number", default: value, min: null, max: null, text: "" }) as const;
const METHOD: Method = { name: "tsne", title: "t-SNE", text: "", parameters: [parameter("perplexity", 30), parameter("seed", 0)] };
const SOURCE = { run: "mlp", epoch: 1, layer: "fc1" };
const QUALITY = { k: 6, neighborhoodHit: 1, neighborhoodHitOwnSpace: 1, neighborhoodHitBaseline: 0.1, neighborhoodHitPerClass: [], trustworthiness: 1, trustworthinessK: 7 };

const summary = (digest: string, parameters: ResultSummary["parameters"], source: ResultSummary["source"] = SOURCE): ResultSummary => ({
  digest, kind: "projection", source, method: "tsne", parameters, quality: QUALITY,
});
const job = (part: Partial<Job>): Job => ({
  id: "1", kind: "projection", digest: "d", source: SOURCE, method: "tsne", parameters: { perplexity: 30, seed: 0 }, state: "running",
  stage: "", fraction: 0, iteration: 0, iterations: 100, energy: null, revision: 0, error: null, seconds: 0, ...part,
});
const run = (name: string, part: Partial<Run> = {}): Run => ({
  name, architecture: "mlp", state: "complete", shuffledLabels: false, seed: 0, parameterCount: 1, plannedEpochs: [0, 1], snapshots: [0, 1],
  layers: [], metrics: [], training: null, progress: null, error: null, ...part,
});
const metrics = (testAccuracy: number) =>
  ({ epoch: 1, trainLoss: 0, trainAccuracy: 0, testLoss: 0, testAccuracy, testRecall: [], seconds: 0, imagesPerSecond: 0 });

describe("finding results", () => {
  const kept = [summary("a", { perplexity: 30, seed: 0 }), summary("b", { perplexity: 50, seed: 0 }), summary("c", {}, { layer: "input" })];

  it("prefers what was asked for exactly", () => {
    expect(findResult(kept, SOURCE, METHOD, { perplexity: 50 })?.summary.digest).toBe("b");
    expect(findResult(kept, SOURCE, METHOD, {})).toMatchObject({ summary: { digest: "a" }, differs: [] });
  });

  it("does not pass another result off as what was asked for", () => {
    expect(findResult(kept, SOURCE, METHOD, { seed: 3 })).toBeNull();
  });

  it("shows the closest while nothing was asked for, and says what differs", () => {
    expect(findResult([kept[1]], SOURCE, METHOD, {})).toMatchObject({ summary: { digest: "b" }, differs: ["perplexity"] });
  });

  it("knows the input without run and epoch", () => {
    expect(findResult(kept, { layer: "input", run: "mlp", epoch: 3 }, METHOD, {})?.summary.digest).toBe("c");
  });

  it("leaves defaults out of what changed", () => {
    expect(changedParameters(METHOD, { perplexity: 30, seed: 4, unknown: 1 })).toEqual({ seed: 4 });
  });

  it("finds the job under way rather than an older one", () => {
    const jobs = [job({ id: "1", state: "failed" }), job({ id: "2" }), job({ id: "3", parameters: { perplexity: 5, seed: 0 } })];
    expect(findJob(jobs, SOURCE, METHOD, {})?.id).toBe("2");
    expect(findJob(jobs.slice(0, 1), SOURCE, METHOD, {})?.id).toBe("1");
    expect(findJob(jobs, SOURCE, METHOD, { perplexity: 7 })).toBeNull();
  });
});

describe("runs", () => {
  it("lead with the most accurate that learned from true labels", () => {
    const runs = [run("a", { metrics: [metrics(0.9)] }), run("b", { metrics: [metrics(0.97)] }), run("s", { shuffledLabels: true, metrics: [metrics(0.99)] })];
    expect(leadingRun(runs)?.name).toBe("b");
    expect(leadingRun([])).toBeNull();
  });

  it("show their last hidden layer, not the scores", () => {
    const layers = ["conv1", "fc1", "logits", "probabilities"].map((name) => ({ name, title: name, units: 1, shape: [1], operator: "" }));
    expect(lastHiddenLayer(run("a", { layers }))).toBe("fc1");
  });
});

describe("predictions and search", () => {
  const labels = [0, 1, 1];
  const predictions = readPredictions(Float32Array.from([0.9, 0.1, 0.2, 0.8, 0.7, 0.3]), 2, labels);
  const data = { labels, ids: [10, 20, 30], classNames: ["cat", "dog"], predictions };

  it("knows who is wrong", () => {
    expect([...predictions.wrong]).toEqual([0, 0, 1]);
    expect(predictions.wrongCount).toBe(1);
    expect(() => readPredictions(new Float32Array(5), 2, labels)).toThrow("must hold 3 x 2 scores, got 5");
  });

  it("understands classes, predictions, ids and right or wrong", () => {
    expect(search("dog", data)).toEqual([1, 2]);
    expect(search("dog as:cat", data)).toEqual([2]);
    expect(search("wrong", data)).toEqual([2]);
    expect(search("class:d right", data)).toEqual([1]);
    expect(search("#20", data)).toEqual([1]);
    expect(search("  ", data)).toEqual([]);
  });

  it("says what it does not understand", () => {
    expect(() => search("bird", data)).toThrow("“bird” is no class here");
    expect(() => search("wrong", { ...data, predictions: null })).toThrow("choose a run and an epoch first");
  });
});

describe("the library", () => {
  const STUDY: Study = {
    format: 1, version: "1", name: "s", pipeline: "scale", methods: [METHOD], tasks: [], runs: [run("mlp")],
    dataset: { name: "d", digest: "", shape: { channels: 1, rows: 1, cols: 1 }, trainCount: 1, testCount: 2, classNames: ["0", "1"] },
    sample: { split: "test", count: 2, seed: 0, classCounts: [1, 1] },
  };
  const RESULT: Result = { ...summary("d", { perplexity: 30, seed: 0 }), version: "1", iterations: 1, energy: 1, seconds: {}, columns: {} };

  function setUp(change: Partial<Client> = {}) {
    const client = {
      study: async () => STUDY,
      projections: async () => [],
      labels: async () => ({ shape: [2], values: Uint16Array.from([0, 1]) }),
      ids: async () => ({ shape: [2], values: Int32Array.from([7, 9]) }),
      images: async () => ({ shape: [2, 1, 1, 1], values: Uint8Array.from([0, 255]) }),
      result: async () => RESULT,
      resultColumn: async () => ({ shape: [2, 2], values: Float32Array.from([0, 1, 2, 3]) }),
      statistics: async () => [],
      jobLayout: async () => ({ shape: [2, 2], values: Float32Array.from([5, 5, 6, 6]) }),
      ...change,
    } as Client;
    let handlers!: EventHandlers;
    const library = new Library(client, (given) => {
      handlers = given;
      return { retry: () => {}, close: () => {} };
    });
    return { library, events: () => handlers };
  }
  const settle = async () => {
    for (let turn = 0; turn < 10; turn++) {
      await Promise.resolve();
    }
  };

  it("follows a job from its first layout to the kept result", async () => {
    const { library, events } = setUp();
    await library.start();
    events().job(job({ revision: 1, iteration: 10, energy: 2 }));
    await settle();
    expect([...library.get().jobs[0].layout!]).toEqual([5, 5, 6, 6]);
    events().job(job({ revision: 2, iteration: 20, energy: 1 }));
    events().job(job({ revision: 1, iteration: 10, energy: 9 }));
    expect(library.get().jobs[0].energy).toEqual([{ iteration: 10, energy: 2 }, { iteration: 20, energy: 1 }]);
    events().job(job({ revision: 3, state: "done" }));
    await settle();
    expect(library.get().summaries.map(({ digest }) => digest)).toEqual(["d"]);
    expect([...library.result("d")!.layout]).toEqual([0, 1, 2, 3]);
  });

  it("knows a server without a study, whichever of its refusals comes first", async () => {
    const { library } = setUp({
      study: () => new Promise((_, reject) => setTimeout(() => reject(new ServerError("no study yet", 404, true)), 5)),
      projections: () => Promise.reject(new ServerError("there is nothing at /api/projections", 404)),
    });
    await library.start();
    expect(library.get().status).toBe("empty");
    const { library: broken } = setUp({ projections: () => Promise.reject(new ServerError("cannot be read", 500)) });
    await broken.start();
    expect(broken.get()).toMatchObject({ status: "failed", error: "cannot be read" });
  });

  it("is not confused by an answer that an event has overtaken", async () => {
    const { library, events } = setUp({ project: async () => job({ state: "queued" }) });
    await library.start();
    events().job(job({ state: "running" }));
    await library.project(SOURCE, "tsne", {});
    expect(library.get().jobs.map(({ job }) => job.state)).toEqual(["running"]);
    events().job(job({ state: "paused" }));
    events().job(job({ state: "running" }));
    expect(library.get().jobs[0].job.state).toBe("running");
  });

  it("takes new runs and live progress from events", async () => {
    const { library, events } = setUp();
    await library.start();
    events().run(run("second"));
    events().progress({ run: "mlp", epoch: 1, imagesDone: 5, imagesTotal: 10, imagesPerSecond: 3, secondsLeft: 2 });
    expect(library.get().study!.runs.map(({ name }) => name)).toEqual(["mlp", "second"]);
    expect(library.get().study!.runs[0].progress?.imagesDone).toBe(5);
  });

  it("says why when the study cannot be read, and reads it when the server is back", async () => {
    let down = true;
    const { library, events } = setUp({
      study: async () => {
        if (down) {
          throw new Error("no server");
        }
        return STUDY;
      },
    });
    await library.start();
    expect(library.get()).toMatchObject({ status: "failed", error: "no server" });
    down = false;
    events().connected();
    await settle();
    expect(library.get().status).toBe("ready");
  });

  it("keeps what it has when the connection is lost, and reads the study again afterwards", async () => {
    let reads = 0;
    const { library, events } = setUp({
      study: async () => {
        reads++;
        return STUDY;
      },
    });
    await library.start();
    events().lost();
    expect(library.get()).toMatchObject({ connected: false, status: "ready" });
    events().connected();
    await settle();
    expect(library.get().connected).toBe(true);
    expect(reads).toBe(2);
  });

  it("shows the server's refusal once, until it is dismissed", async () => {
    const { library } = setUp({
      project: async () => {
        throw new Error("the queue is full (64 jobs); wait for one to end");
      },
    });
    await library.start();
    await library.project(SOURCE, "tsne", {});
    await library.project(SOURCE, "tsne", {});
    const { notices } = library.get();
    expect(notices.map(({ text }) => text)).toEqual(["the queue is full (64 jobs); wait for one to end"]);
    library.dismiss(notices[0].id);
    expect(library.get().notices).toEqual([]);
  });
});
