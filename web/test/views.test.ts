import { describe, expect, it } from "vitest";
import { toCsv, toSvg, type Picture, wrapped } from "../src/draw/exports";
import { pixels } from "../src/draw/images";
import { epochPosition, neighbourEpoch } from "../src/parts/timeScale";
import { duration, parameterLabel, sourceTitle } from "../src/parts/words";
import { columnsFor, comparePanels } from "../src/views/compare/panels";
import { advice, headline } from "../src/views/overview/advice";
import { beforeAfterPanels } from "../src/views/overview/OverviewView";
import { arranged, parse, problem } from "../src/views/projection/fields";
import type { Method, Parameter, ResultSummary, Run } from "../src/server/types";

const layers = ["fc1", "fc2", "logits"].map((name) => ({ name, title: name, units: 4, shape: [4], operator: "Relu" }));
const RUN: Run = {
  name: "mlp", architecture: "mlp", state: "complete", shuffledLabels: false, seed: 0, parameterCount: 1, plannedEpochs: [0, 2, 5], snapshots: [0, 2, 5],
  layers, training: null, progress: null, error: null,
  metrics: [{ epoch: 5, trainLoss: 0, trainAccuracy: 1, testLoss: 0, testAccuracy: 0.9, testRecall: [0.9, 0.5], seconds: 1, imagesPerSecond: 1 }],
};

describe("the time axis", () => {
  it("spreads few epochs evenly and many by square root", () => {
    expect(epochPosition(2, 5)).toBeCloseTo(0.4);
    expect(epochPosition(25, 100)).toBeCloseTo(0.5);
    expect(epochPosition(0, 0)).toBe(0);
  });

  it("steps to kept epochs only, and stays at the ends", () => {
    expect(neighbourEpoch([0, 2, 5], 2, 1)).toBe(5);
    expect(neighbourEpoch([0, 2, 5], 4, -1)).toBe(2);
    expect(neighbourEpoch([0, 2, 5], 5, 1)).toBe(5);
    expect(neighbourEpoch([0, 2, 5], null, 1)).toBe(0);
    expect(neighbourEpoch([], 3, 1)).toBe(3);
  });
});

describe("comparing", () => {
  const titles = (...asked: Parameters<typeof comparePanels>) => comparePanels(...asked).map(({ title }) => title);

  it("puts the right pictures side by side", () => {
    expect(titles("training", RUN, 5, "fc2")).toEqual(["Before training", "After epoch 5"]);
    expect(titles("training", RUN, 2, "fc2")).toEqual(["Before training", "After epoch 2"]);
    expect(titles("training", RUN, 0, "fc2")).toEqual(["Before training", "After epoch 5"]);
    expect(titles("epochs", RUN, 5, "fc2")).toEqual(["Before training", "Epoch 2", "Epoch 5"]);
    expect(titles("layers", RUN, 5, "fc2")).toEqual(["Input", "fc1", "fc2", "logits"]);
    expect(titles("epochs", RUN, 5, "input")).toEqual(["Input"]);
  });

  it("makes them as large as the room allows", () => {
    expect(columnsFor(2, 900, 450, 48)).toBe(2);
    expect(columnsFor(6, 900, 500, 48)).toBe(3);
    expect(columnsFor(4, 300, 1200, 48)).toBe(1);
  });
});

describe("the overview's words", () => {
  const method: Method = { name: "tsne", title: "t-SNE", text: "", parameters: [] };
  const kept = (hit: number, source: ResultSummary["source"]): ResultSummary => ({
    digest: String(hit), kind: "projection", source, method: "tsne", parameters: {},
    quality: { k: 6, neighborhoodHit: hit, neighborhoodHitOwnSpace: hit, neighborhoodHitBaseline: 0.1, neighborhoodHitPerClass: [], trustworthiness: 1, trustworthinessK: 7 },
  });
  const known = (summaries: ResultSummary[]) => ({ run: RUN, method, summaries, classNames: ["a", "b"] });
  const at = (epoch: number) => ({ run: "mlp", epoch, layer: "fc2" });

  it("say only what the numbers say", () => {
    expect(headline(known([]))).toBe("What mlp makes of the data, before and after training.");
    const all = [kept(0.87, { layer: "input" }), kept(0.7, at(0)), kept(0.97, at(5))];
    expect(headline(known(all))).toBe("Training lifts the neighborhood hit of fc2 from 70.0 % to 97.0 %; raw pixels have 87.0 %.");
    expect(headline(known([kept(0.7, at(0)), kept(0.6, at(5))]))).toContain("lowers");
  });

  it("show the newest picture there is while a run trains", () => {
    const training: Run = { ...RUN, state: "training", snapshots: [0, 2] };
    const titles = (...pictured: number[]) => beforeAfterPanels(training, pictured).map(({ title }) => title);
    expect(titles(0)).toEqual(["Raw pixels", "fc2, untrained", "fc2, epoch 5"]);
    expect(titles(0, 2)).toEqual(["Raw pixels", "fc2, untrained", "fc2, epoch 2 so far"]);
    expect(beforeAfterPanels(RUN, [0]).map(({ title }) => title)).toEqual(["Raw pixels", "fc2, untrained", "fc2, epoch 5"]);
  });

  it("point at the class that lags", () => {
    const lagging = advice(known([])).find(({ title }) => title === "Class b lags");
    expect(lagging?.text).toContain("50.0 %");
    expect(lagging?.change.hiddenClasses).toEqual([0]);
  });
});

describe("parameters", () => {
  const field = (part: Partial<Parameter>): Parameter => ({ name: "schedule.exaggerationIterations", kind: "integer", default: 1, min: 0, max: 10, text: "", ...part });

  it("say what a field must hold", () => {
    expect(problem(field({}), "3")).toBeNull();
    expect(problem(field({}), "3.5")).toBe("exaggeration iterations must be a whole number, got “3.5”");
    expect(problem(field({}), "")).toContain("must be a whole number");
    expect(problem(field({}), "-1")).toBe("exaggeration iterations must be at least 0, got -1");
    expect(problem(field({}), "11")).toBe("exaggeration iterations must be at most 10, got 11");
    expect(problem(field({ minExclusive: true }), "0")).toBe("exaggeration iterations must be more than 0, got 0");
    expect(problem(field({ kind: "autoOrNumber" }), "auto")).toBeNull();
    expect(problem(field({ kind: "autoOrNumber" }), "soon")).toContain("auto or a number");
  });

  it("stand in the groups of their record, the most used ones first", () => {
    const names = ["dimensions", "perplexity", "iterations", "schedule.exaggeration", "schedule.iterations", "seed"];
    const { first, groups } = arranged({ name: "tsne", title: "t-SNE", text: "", parameters: names.map((name) => field({ name })) });
    expect(first.map(({ name }) => name)).toEqual(["perplexity", "seed"]);
    expect(groups.map(({ title, parameters }) => [title, parameters.length])).toEqual([["", 1], ["schedule", 2]]);
  });

  it("become what the server expects", () => {
    expect(parse(field({ kind: "autoOrNumber" }), " auto ")).toBe("auto");
    expect(parse(field({ kind: "autoOrNumber" }), "0.5")).toBe(0.5);
    expect(parse(field({ kind: "boolean" }), "true")).toBe(true);
    expect(parse(field({ kind: "choice" }), "COSINE")).toBe("COSINE");
    expect(problem(field({ kind: "integers" }), "1, 2,3")).toBeNull();
    expect(problem(field({ kind: "integers" }), "1,x")).toContain("must be a whole number");
  });

  it("read as words", () => {
    expect(parameterLabel("learningRate")).toBe("learning rate");
    expect(sourceTitle({ layer: "input" })).toBe("The input");
    expect(sourceTitle({ run: "a", epoch: 0, layer: "fc1" })).toBe("fc1 before training");
    expect(duration(200.4)).toBe("3 min 20 s");
    expect(duration(Number.NaN)).toBe("unknown");
  });
});

describe("what people take away", () => {
  const picture: Picture = {
    title: "a < b & c", provenance: ["seed 1"], flat: Float32Array.from([0, 0, 1, 1, -1, -1]), depth: null, scaleTitle: null,
    marks: { labels: [0, 1, 1], colors: ["#010203", "#040506"], scale: null, theme: "dark", hiddenClasses: [], selection: [], wrong: Uint8Array.from([0, 0, 1]), emphasis: null },
    classNames: ["x", "y"], counts: [1, 2], camera: { x: 0, y: 0, scale: 1 }, size: { width: 200, height: 100 }, insets: [], images: null,
  };

  it("is an SVG with every point, the legend and where it comes from", () => {
    const svg = toSvg(picture);
    expect(svg).toContain("a &lt; b &amp; c");
    expect(svg).toContain("seed 1");
    expect(svg.match(/fill-opacity="0.85"/g)).toHaveLength(2);
    expect(svg.match(/<polygon/g)).toHaveLength(1);
    expect(svg).toContain("#14181f");
  });

  it("never cuts the provenance off", () => {
    const line = "perplexity 30, iterations 1000, learningRate auto, schedule.exaggeration 12";
    const rows = wrapped([line], 300);
    expect(rows.join(" ")).toBe(line);
    expect(rows.length).toBe(3);
    expect(Math.max(...rows.map((row) => row.length)) * 7).toBeLessThanOrEqual(276);
  });

  it("is a CSV that says where it comes from and quotes what needs it", () => {
    const csv = toCsv([{ id: 4, label: 'T-shirt, "top"', prediction: null, score: null, x: 1.5, y: -2 }], ["seed 1"]);
    expect(csv).toBe('# seed 1\nid,label,prediction,score,x,y\n4,"T-shirt, ""top""",,,1.5,-2\n');
  });

  it("shows grey images as grey and three channels as colours", () => {
    expect([...pixels(Uint8Array.from([3, 4]), { channels: 1, rows: 1, cols: 2 })]).toEqual([3, 3, 3, 255, 4, 4, 4, 255]);
    expect([...pixels(Uint8Array.from([1, 2, 3, 4, 5, 6]), { channels: 3, rows: 1, cols: 2 })]).toEqual([1, 3, 5, 255, 2, 4, 6, 255]);
  });
});
