/**
 * A made-up study with two runs of two layers whose ten classes fan out over the epochs (of the second, which learned from shuffled
 * labels, they do not), and with jobs of kinds sequence and bundle that take a moment. See fixture.mjs.
 */
import { column, json, missing, parameter, random } from "./answers.mjs";

const CLASSES = 10;
const HIDDEN = ["fc1", "fc2"];

/** [step][observation][axis]: classes leave the middle one after the other; without labels all go the same way. */
export function fan(count, steps, honest = true) {
  const next = random(honest ? 5 : 6);
  const layouts = new Float32Array(steps * count * 2);
  for (let row = 0; row < count; row++) {
    const own = honest ? row % CLASSES : Math.floor(next() * CLASSES);
    const angle = (own * 2 * Math.PI) / CLASSES;
    const [wide, far] = [(next() + next() + next() - 1.5) * 2.4, (next() + next() + next() - 1.5) * 2.4];
    const [startX, startY] = [(next() + next() + next() - 1.5) * 4, (next() + next() + next() - 1.5) * 4];
    const late = (own % 3) * 0.16;
    for (let step = 0; step < steps; step++) {
      const share = Math.max(0, Math.min(1, (step / (steps - 1) - late) / (1 - late)));
      const reach = 10 * (honest ? share : share * 0.35);
      const bend = angle + 0.9 * (1 - share);
      const at = (step * count + row) * 2;
      layouts[at] = Math.cos(bend) * reach + wide * (0.4 + 0.6 * share) + startX * (1 - share);
      layouts[at + 1] = Math.sin(bend) * reach + far * (0.4 + 0.6 * share) + startY * (1 - share);
    }
  }
  return layouts;
}

/** [observation][sample][axis]: samples go to the class's mean trail, but never at the ends. */
export function bundle(layouts, count, steps, perSegment, honest = true) {
  const samples = (steps - 1) * perSegment + 1;
  const straight = new Float32Array(count * samples * 2);
  const means = new Float64Array(CLASSES * samples * 3);
  for (let row = 0; row < count; row++) {
    for (let sample = 0; sample < samples; sample++) {
      const step = Math.min(steps - 2, Math.floor(sample / perSegment));
      const share = sample / perSegment - step;
      const mean = ((honest ? row % CLASSES : 0) * samples + sample) * 3;
      for (let axis = 0; axis < 2; axis++) {
        const [a, b] = [layouts[(step * count + row) * 2 + axis], layouts[((step + 1) * count + row) * 2 + axis]];
        means[mean + axis] += straight[(row * samples + sample) * 2 + axis] = a + (b - a) * share;
      }
      means[mean + 2]++;
    }
  }
  return straight.map((value, at) => {
    const [axis, sample, row] = [at % 2, Math.floor(at / 2) % samples, Math.floor(at / 2 / samples)];
    const mean = ((honest ? row % CLASSES : 0) * samples + sample) * 3;
    const pull = 0.9 * Math.sin((Math.PI * sample) / (samples - 1)) ** 0.5;
    return value + (means[mean + axis] / means[mean + 2] - value) * (sample === 0 || sample === samples - 1 ? 0 : pull);
  });
}

const ALIGNMENTS = [
  { name: "vff", title: "Visual Feature Fusion", text: "Stress of each step, with a pull that keeps observations where they were.", parameters: [parameter("lambda", "number", 0.5, 0, 1), parameter("sweeps", "integer", 60, 1, 1000), parameter("seed", "integer", 0, 0, 1e9)] },
  { name: "dtsne", title: "Dynamic t-SNE", text: "t-SNE of all steps at once, with a penalty on movement.", parameters: [parameter("lambda", "number", 0.1, 0, 10), parameter("perplexity", "number", 30, 2, 100), parameter("seed", "integer", 0, 0, 1e9)] },
];
const BUNDLE = [
  parameter("grouping", "choice", "CLASS", null, null, { choices: ["ALL", "CLASS"] }),
  parameter("direction", "choice", "MIXED", null, null, { choices: ["MIXED", "SEPARATED"] }),
  parameter("kernel", "number", 0.0625, 0.005, 0.5),
  parameter("iterations", "integer", 15, 0, 1000),
];

const defaults = (parameters, chosen) => Object.fromEntries(parameters.map(({ name, default: value }) => [name, chosen[name] ?? value]));

/** What the fixture's server answers. */
export function evolution({ count, steps, perSegment }) {
  const epochs = Array.from({ length: steps }, (_, step) => step * (step > 2 ? 2 : 1));
  const layer = (name, units) => ({ name, title: name, units, shape: [units], operator: "Gemm" });
  const metrics = (learns) => epochs.map((epoch, step) => ({
    epoch, trainLoss: 2.3 - (learns ? 2 : 0.1) * (step / steps), trainAccuracy: 0.1 + (learns ? 0.88 : 0.2) * (1 - 1 / (1 + step)), testLoss: 2.3 - (learns ? 1.9 : 0) * (step / steps),
    testAccuracy: learns ? 0.1 + 0.87 * (1 - 1 / (1 + 2 * step)) : 0.1, testRecall: Array.from({ length: CLASSES }, () => 0.9), seconds: 1, imagesPerSecond: 1000,
  }));
  const run = (name, shuffledLabels) => ({
    name, architecture: "mlp", state: "complete", shuffledLabels, seed: 0, parameterCount: 1000, plannedEpochs: epochs, snapshots: epochs,
    layers: [layer("fc1", 64), layer("fc2", 32), layer("logits", 10)], metrics: metrics(!shuffledLabels), training: null, progress: null, error: null,
  });
  const runs = [run("mlp", false), run("mlp-shuffled", true)];
  const results = new Map();
  const jobs = [];
  const streams = new Set();
  const classNames = Array.from({ length: CLASSES }, (_, label) => String(label));
  const namesOf = (source) => (source.by === "epoch" ? (source.epochs ?? epochs).map((epoch) => `epoch ${epoch}`) : source.by === "layer" ? (source.layers ?? ["input", ...HIDDEN]) : source.runs);
  const digestOf = (request) => {
    let hash = 2166136261;
    for (const letter of JSON.stringify(request)) {
      hash = Math.imul(hash ^ letter.charCodeAt(0), 16777619) >>> 0;
    }
    return hash.toString(16).padStart(8, "0").repeat(8);
  };
  const tell = (job) => streams.forEach((stream) => stream.write(`event: job\ndata: ${JSON.stringify(job)}\n\n`));

  function layoutsOf(source) {
    return fan(count, namesOf(source).length, source.run !== "mlp-shuffled");
  }

  function quality(names, honest) {
    const steps = names.map((name, step) => {
      const share = step / (names.length - 1);
      const own = honest ? 0.5 + 0.46 * share : 0.12;
      const aligned = honest ? 0.64 + 0.33 * share : 0.2;
      return {
        step, name, constant: false, ownNeighborhoodHit: own, alignedNeighborhoodHit: aligned, unalignedNeighborhoodHit: own - 0.02, alignedStress: 0.4 - 0.1 * share, unalignedStress: 0.33 - 0.1 * share,
        alignedTrustworthiness: 0.9, unalignedTrustworthiness: 0.93, ownClassRatio: 1 + share, alignedClassRatio: 1.2 + 1.3 * share, unalignedClassRatio: 1.1 + share,
        warning: aligned > own + 0.03 ? `At ${name} the picture separates classes better than the layer does.` : null,
      };
    });
    const stability = { pearson: 0.4, spearman: 0.4, normalizedStress: 0.5, standardizedStress: 0.6, movement: names.slice(1).map(() => 0.2) };
    return { steps, aligned: stability, unaligned: stability, k: 6, warnings: steps.map(({ warning }) => warning).filter((text) => text !== null) };
  }

  function finish(request) {
    const digest = digestOf(request);
    if (request.kind === "sequence") {
      const names = namesOf(request.source);
      const layouts = layoutsOf(request.source);
      results.set(digest, {
        digest, kind: "sequence", source: request.source, method: request.method, parameters: request.parameters, quality: null, version: "test", iterations: 60, energy: 1, seconds: { layout: 1 }, details: {},
        columns: { layouts: { type: "float32", shape: [names.length, count, 2] } }, report: { names, quality: quality(names, request.source.run !== "mlp-shuffled") }, data: { layouts: [layouts, [names.length, count, 2]] },
      });
    } else {
      const of = results.get(request.of);
      const length = of.report.names.length;
      const samples = (length - 1) * perSegment + 1;
      const bundled = bundle(of.data.layouts[0], count, length, perSegment, of.source.run !== "mlp-shuffled");
      results.set(digest, {
        digest, kind: "bundle", source: { ...of.source, of: request.of }, method: "bundle", parameters: request.parameters, quality: null, version: "test", iterations: 15, energy: null, seconds: {}, details: {},
        columns: { bundled: { type: "float32", shape: [count, samples, 2] } }, report: { samples, perSegment, ink: { straight: 0.4, bundled80: 0.2, classRight80: 0.97 } }, data: { bundled: [bundled, [count, samples, 2]] },
      });
    }
    return digest;
  }

  function start(body) {
    const method = ALIGNMENTS.find(({ name }) => name === body.method);
    const parameters = body.kind === "sequence" ? defaults(method.parameters, body.parameters) : defaults(BUNDLE, body.parameters);
    const request = { ...body, parameters };
    const digest = digestOf(request);
    const source = body.kind === "sequence" ? body.source : { ...results.get(body.of).source, of: body.of };
    const iterations = body.kind === "sequence" ? 60 : 15;
    const job = { id: String(jobs.length + 1), kind: body.kind, digest, source, method: body.method ?? "bundle", parameters, stage: "layout", iterations, error: null, seconds: 0, details: {}, energyHistory: [], state: "running", fraction: 0, iteration: 0, energy: null, revision: 0 };
    const entry = { job: results.has(digest) ? { ...job, state: "done" } : job };
    jobs.push(entry);
    if (entry.job.state === "running") {
      const timer = setInterval(() => {
        const { job: now } = entry;
        if (now.state !== "running") {
          return now.state === "cancelled" ? clearInterval(timer) : undefined;
        }
        const iteration = now.iteration + 3;
        entry.job = { ...now, iteration, fraction: iteration / iterations, energy: 100 / iteration, revision: now.revision + 1 };
        if (iteration >= iterations) {
          finish(request);
          entry.job.state = "done";
          clearInterval(timer);
        }
        tell(entry.job);
      }, 60);
    }
    return entry.job;
  }

  finish({ kind: "sequence", source: { by: "epoch", run: "mlp", layer: "fc2", epochs }, method: "vff", parameters: defaults(ALIGNMENTS[0].parameters, {}) });

  const study = () => ({
    format: 1, version: "test", name: "made up", readOnly: false, pipeline: "scale",
    dataset: { name: "fans", digest: "0".repeat(64), kind: "images", shape: { channels: 1, rows: 8, cols: 8 }, trainCount: 0, testCount: count, classNames },
    sample: { split: "test", count, seed: 0, classCounts: classNames.map((_, label) => Math.ceil((count - label) / CLASSES)) },
    runs, methods: [{ name: "pca", title: "PCA", text: "PCA.", parameters: [] }], alignments: ALIGNMENTS, bundle: BUNDLE, field: [], probe: [], tasks: jobs.map(({ job }) => job),
  });
  const plain = ({ data: _, ...result }) => result;

  function read(request) {
    return new Promise((resolve) => {
      let text = "";
      request.on("data", (piece) => (text += piece));
      request.on("end", () => resolve(JSON.parse(text || "{}")));
    });
  }

  async function api(path, query, request, answer) {
    const [first, second, third, fourth] = path.split("/");
    const rows = (length, value) => Uint8Array.from({ length }, value);
    if (path === "study") return json(answer, study());
    if (path === "projections") return json(answer, []);
    if (path === "observations/ids") return column(answer, Int32Array.from({ length: count }, (_, row) => row), [count]);
    if (path === "observations/labels") return column(answer, Uint16Array.from({ length: count }, (_, row) => row % CLASSES), [count]);
    if (path === "observations/images") return column(answer, rows(count * 64, (_, at) => (Math.floor(at / 64) % 64 >= at % 64 ? 230 : 20)), [count, 1, 8, 8]);
    if (path === "observations/statistics") return json(answer, { statistics: [] });
    if (first === "runs" && fourth !== undefined) return column(answer, Float32Array.from({ length: count * CLASSES }, (_, at) => (Math.floor(at / CLASSES) % CLASSES === at % CLASSES ? 0.9 : 0.01)), [count, CLASSES]);
    if (path === "results") {
      const found = [...results.values()].filter(({ kind, source }) => kind === query.get("kind") && (!query.has("of") || source.of === query.get("of")));
      return json(answer, found.map(({ digest, kind, source, method, parameters }) => ({ digest, kind, source, method, parameters })));
    }
    if (first === "results" && second) {
      const found = results.get(second);
      if (!found) return missing(answer);
      return third === undefined ? json(answer, plain(found)) : found.data[fourth] ? column(answer, ...found.data[fourth]) : missing(answer);
    }
    if (path === "events") {
      answer.writeHead(200, { "Content-Type": "text/event-stream" });
      answer.write("event: hello\ndata: {}\n\n");
      return streams.add(answer);
    }
    if (path === "jobs" && request.method === "POST") return json(answer, start(await read(request)), 202);
    const entry = first === "jobs" ? jobs.find(({ job }) => job.id === second) : undefined;
    if (entry && third === "layout") {
      if (entry.job.kind !== "sequence") {
        answer.writeHead(204);
        return answer.end();
      }
      const share = entry.job.iteration / 60;
      const layouts = layoutsOf(entry.job.source);
      return column(answer, layouts.map((value, at) => value * share + Math.sin(at) * 3 * (1 - share)), [layouts.length / 2 / count, count, 2]);
    }
    if (entry && (request.method === "DELETE" || third)) {
      entry.job = { ...entry.job, state: request.method === "DELETE" ? "cancelled" : third === "pause" ? "paused" : "running" };
      tell(entry.job);
      return json(answer, entry.job);
    }
    return missing(answer);
  }
  return { api, close: () => streams.forEach((stream) => stream.end()), results };
}
