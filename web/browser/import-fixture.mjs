/**
 * A server to which a model and data are brought: it takes files, says what it understood, imports, and serves the study that comes of
 * it. What it says depends on what it was given, so that a test sees whether the page asked for the right thing.
 */
import { column, json, missing, parameter, random } from "./answers.mjs";
import { clouds, serve } from "./fixture.mjs";

const LAYERS = [
  { name: "conv1", value: "/conv1/Relu_output_0", shape: [null, 8, 14, 14], units: 1568, operator: "Relu", reading: "all", proposed: true },
  { name: "conv2", value: "/conv2/Relu_output_0", shape: [null, 16, 7, 7], units: 784, operator: "Relu", reading: "all", proposed: true },
  { name: "pooled", value: "/pool/Flatten_output_0", shape: [null, 16], units: 16, operator: "Flatten", reading: "all", proposed: true },
  { name: "fc1", value: "/fc1/Gemm_output_0", shape: [null, 32], units: 32, operator: "Gemm", reading: "all", proposed: false },
  { name: "output", value: "scores", shape: [null, 10], units: 10, operator: "Gemm", reading: "all", proposed: true },
];

const VIEWS = [
  ["overview", "Overview", "yes", "ten checkpoints and 10 classes"],
  ["projection", "Projection", "yes", "four layers and the pixels"],
  ["evolution", "Evolution", "yes", "ten epochs"],
  ["neurons", "Neurons", "yes", "every layer keeps its units"],
  ["weights", "Weights", "reduced", "there is no epoch 0: updates begin at the first checkpoint"],
  ["classes", "Classes", "yes", "the output has as many numbers as there are classes"],
  ["network", "Network", "yes", "47 operations"],
  ["ablation", "Ablation", "no", "the operator GridSample is not known to the differentiable executor"],
].map(([view, title, available, why]) => ({ view, title, available, why }));

const model = (files, body) => ({
  name: "lenet", run: body.run ?? "lenet", opset: 17, parameters: 61706, problem: null,
  files: files.map((file, at) => ({ file, epoch: body.epochs?.[file] ?? Number(/(\d+)\.onnx$/.exec(file)?.[1] ?? at), bytes: 247_112 })),
  inputs: [{ name: "images", type: "float32", shape: [null, 3, 28, 28] }],
  outputs: [{ name: "scores", type: "float32", shape: [null, 10] }],
  layers: LAYERS,
});

const GRAPH = {
  run: "lenet", name: "lenet", parameterCount: 61706, opset: 17, inputs: [{ name: "images", type: "float", shape: ["n", "3", "28", "28"] }], outputs: [{ name: "scores", type: "float", shape: ["n", "10"] }],
  nodes: [["conv1", "Conv", [-1, 8, 28, 28], 224], ["relu", "Relu", [-1, 8, 28, 28], 0], ["resize", "Resize", [], 0], ["fc", "Gemm", [-1, 10], 7850]].map(([name, operator, shape, count], at, all) => ({
    name, operator, title: operator, attributes: {}, inputs: [at === 0 ? "images" : `${all[at - 1][0]}_out`], outputs: [`${name}_out`], outputShapes: [shape], parameters: [], parameterCount: count, layer: null,
  })),
};

const CLASSES = ["airplane", "bird", "boat", "car", "cat", "deer", "dog", "frog", "horse", "truck"];

const images = { name: "pictures", kind: "images", shape: [3, 28, 28], columns: 2352, train: 0, test: 1200, classes: CLASSES, labels: "classes", classCounts: CLASSES.map((_, at) => 150 - at * 7), problem: null };
const texts = { name: "reviews.txt", kind: "texts", shape: null, columns: 384, train: 0, test: 800, classes: ["bad", "good"], labels: "classes", classCounts: [400, 400], problem: null };
const digits = { name: "elsewhere", kind: "images", shape: [1, 28, 28], columns: 784, train: 0, test: 120, classes: [..."0123456789"], labels: "classes", classCounts: Array(10).fill(12), problem: null };

/** Two runs; the second has a layer of another number of rows where a file says so. */
const activations = (files, known) => ({
  name: "elsewhere", observations: 120, problem: null,
  runs: [
    { name: "jax", epochs: [0, 1, 5], fresh: known ? [5] : [0, 1, 5], predictions: 3, metrics: 2, problem: null, layers: [{ name: "conv1", units: 48, shape: [3, 4, 4] }, { name: "fc1", units: 16, shape: [16] }] },
    files.some((path) => path.includes("short"))
      ? { name: "torch", epochs: [1], fresh: [1], predictions: 0, metrics: 0, layers: [], problem: "torch/epoch-1/short.npy: epoch 1 of run torch, layer short: found 10 rows, expected 120, one for each observation" }
      : { name: "torch", epochs: Array.from({ length: 30 }, (_, at) => at * 10), fresh: Array.from({ length: 30 }, (_, at) => at * 10), predictions: 0, metrics: 0, problem: null, layers: [{ name: "relu1", units: 3600, shape: [6, 10, 10] }, { name: "relu2", units: 32, shape: [32] }] },
  ],
});

const ACTIVATION_VIEWS = [
  ["overview", "Overview", "yes", "the layers, first and last epoch"],
  ["projection", "Projection", "yes", "2 layers and the input"],
  ["evolution", "Evolution", "yes", "over 30 epochs, and from layer to layer"],
  ["weights", "Weights", "no", "activations come without weights"],
].map(([view, title, available, why]) => ({ view, title, available, why }));

const table = { name: "houses.csv", kind: "vectors", shape: null, columns: 13, train: 0, test: 506, classes: [], labels: "values", classCounts: [], problem: null };

/** What is given for a text of steps: numbers in the range that they lead to. */
function range(preprocess) {
  const scaled = preprocess === null || /\bscale\b/.test(preprocess);
  const [, ...numbers] = /standardise\(([^)]*)\)/.exec(preprocess ?? "") ?? [];
  const [mean, deviation] = numbers.length === 0 ? [0, 1] : [Number(numbers[0].split(",")[0]), Number(numbers[0].split(",").at(numbers[0].split(",").length / 2))];
  const most = scaled ? 1 : 255;
  return { low: -mean / deviation, high: (most - mean) / deviation, mean: (most * 0.4 - mean) / deviation };
}

const size = (preprocess) => Number(/crop\((\d+)/.exec(preprocess ?? "")?.[1] ?? /resize\((\d+)/.exec(preprocess ?? "")?.[1] ?? 28);

/** Coloured discs and bars on a shaded ground. */
function examples(count, edge, { low, high }) {
  const values = new Float32Array(count * 3 * edge * edge);
  const next = random(5);
  for (let example = 0; example < count; example++) {
    const [cx, cy, r] = [0.3 + next() * 0.4, 0.3 + next() * 0.4, 0.15 + next() * 0.2];
    const color = [next(), next(), next()];
    for (let channel = 0; channel < 3; channel++) {
      for (let at = 0; at < edge * edge; at++) {
        const [x, y] = [(at % edge) / edge, Math.floor(at / edge) / edge];
        const inside = example % 2 === 0 ? Math.hypot(x - cx, y - cy) < r : Math.abs(x - cx) < r / 2;
        const share = inside ? color[channel] : 0.25 + 0.5 * y * (channel / 2);
        values[(example * 3 + channel) * edge * edge + at] = low + share * (high - low);
      }
    }
  }
  return values;
}

/**
 * @param study what is there already: null for a server that has none yet
 * @param refuse how many of the first uploads fail, with which status
 * @param pace milliseconds between two steps of the import
 * @param otherClasses whether the network gives a number for each of other classes than the data have
 * @param ending "done" or the sentence with which the import fails
 */
export async function startImportServer({ study = null, refuse = { times: 0, status: 503 }, pace = 60, ending = "done", uploadDelay = 0, otherClasses = false } = {}) {
  const seen = { uploads: [], looks: [], starts: [], most: 0 };
  let [present, running, refused, uploading] = [study, null, 0, 0];
  const streams = new Set();
  let last = null;

  function lookAtActivations(body) {
    const files = seen.uploads.filter((path) => path.startsWith(body.activations.staged ?? "\0"));
    const found = activations(files, present !== null);
    const problems = found.runs.flatMap(({ problem }) => (problem === null ? [] : [problem]));
    return { model: null, activations: found, data: digits, input: null, check: null, views: problems.length > 0 ? [] : ACTIVATION_VIEWS, problems, ready: problems.length === 0 };
  }

  /** Tables with the columns species and label, and texts that need 2 tokens or more and a tokenizer that is there. */
  function reading(body, name) {
    if (/\.txt$/.test(name)) {
      return body.tokenizer?.path?.includes("nowhere") ? { ...texts, kind: "images", problem: `${body.tokenizer.path}: found nothing, expected the tokenizer of the texts` } : { ...texts, columns: 3 * (body.tokens ?? 128) };
    }
    if (body.label !== null && body.label !== "species") {
      return { ...table, kind: "images", problem: `houses.csv: the header: found no column ${body.label}, expected species, price; name the column of the labels as the header does` };
    }
    return body.label === "species" ? { ...table, labels: "classes", classes: ["flat", "house"], classCounts: [200, 306] } : table;
  }

  function look(body) {
    if (body.activations !== null) return lookAtActivations(body);
    const staged = (where) => where?.staged ?? where?.path ?? null;
    const files = staged(body.model) === null ? [] : seen.uploads.filter((path) => path.startsWith(body.model.staged ?? "\0") && path.endsWith(".onnx")).map((path) => path.split("/").at(-1)).sort();
    const facts = body.model === null ? null : model(files.length > 0 ? files : ["epoch-1.onnx", "epoch-2.onnx"], body);
    const data = body.data === null ? null : /\.(csv|txt)$/.test(staged(body.data) ?? "") ? reading(body, staged(body.data)) : body.data.name === "mnist" ? { ...images, name: "mnist", shape: [1, 28, 28], train: 60000, test: 10000, classes: [..."0123456789"] } : images;
    const fixed = present !== null;
    const broken = body.preprocess?.includes("hwc") ?? false;
    const both = facts !== null && (data !== null || fixed);
    last = { ...range(body.preprocess), edge: size(body.preprocess), count: both && data?.kind !== "vectors" ? 12 : 0 };
    const input = both && { fits: !broken, sentence: broken ? "The network's input images takes [any, 3, 28, 28], and the observations are [28, 28, 3]: leave out hwc." : `images takes [any, 3, 28, 28], and the observations are [3, ${last.edge}, ${last.edge}].`, binding: [{ input: "images", part: "images", shape: [null, 3, 28, 28], layout: "NCHW", type: "float32" }], ...range(body.preprocess), examples: last.count, problem: null };
    const accuracy = body.preprocess?.includes("0.485") ? 0.934 : 0.112;
    return {
      model: facts, data, input: input || null,
      check: both && otherClasses ? { accuracy: null, of: 0, epoch: 10, suspicious: true, sentence: "output scores: found 1000 numbers for each observation, expected 10, one for each class" } : both && !broken && data?.kind !== "vectors" ? { accuracy, of: 500, epoch: 10, sentence: "of 500 observations get the right class after epoch 10." } : null,
      views: both ? VIEWS : [],
      problems: broken ? ["The network's input does not fit the data: it takes 3 × 28 × 28, the data have 28 × 28 × 3."] : [],
      ready: both && !broken,
    };
  }

  function run() {
    let step = 0;
    const tell = (event, data) => streams.forEach((stream) => stream.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`));
    running = setInterval(() => {
      step++;
      if (step < 12) {
        return tell("progress", { stage: "test images", fraction: step / 12, epoch: Math.ceil(step / 2), message: `Run lenet, epoch ${Math.ceil(step / 2)} (${Math.ceil(step / 2)} of 6): measuring on test observations` });
      }
      clearInterval(running);
      running = null;
      if (ending !== "done") {
        return tell("failed", { message: ending });
      }
      present ??= broughtStudy();
      return tell("done", { run: "lenet", study: "pictures" });
    }, pace);
    return tell;
  }

  async function imports(parts, query, request, answer) {
    const [, id, what] = parts;
    const body = Buffer.concat(await request.toArray());
    const said = () => JSON.parse(body.toString() || "{}");
    if (id === undefined) return json(answer, { id: "area1" }, 201);
    if (id !== "area1") return missing(answer);
    if (what === "files") {
      uploading++;
      seen.most = Math.max(seen.most, uploading);
      await new Promise((resolve) => setTimeout(resolve, uploadDelay));
      uploading--;
      if (refused < refuse.times) {
        refused++;
        return json(answer, { error: { message: "the disk is busy, try again" } }, refuse.status);
      }
      seen.uploads.push(query.get("path"));
      return json(answer, { path: query.get("path"), bytes: body.length }, 201);
    }
    if (what === "look") {
      seen.looks.push(said());
      return json(answer, look(said()));
    }
    if (what === "examples") return column(answer, examples(last.count, last.edge, last), [last.count, 3, last.edge, last.edge]);
    if (what === "graph") return json(answer, GRAPH);
    if (what === "start") {
      seen.starts.push(said());
      run();
      return json(answer, { id, state: "running" }, 202);
    }
    if (request.method === "DELETE") {
      clearInterval(running);
      running = null;
      streams.forEach((stream) => stream.write("event: cancelled\ndata: {}\n\n"));
      return json(answer, {});
    }
    return missing(answer);
  }

  function api(path, query, request, answer) {
    const parts = path.split("/");
    if (path === "folders") return folders(query.get("path"), answer);
    if (parts[0] === "imports" && parts[2] === "events") {
      answer.writeHead(200, { "Content-Type": "text/event-stream" });
      streams.add(answer);
      return request.on("close", () => streams.delete(answer));
    }
    if (parts[0] === "imports") return imports(parts, query, request, answer);
    if (present === null) {
      // As the real one: it knows no other routes, and may refuse them before it says why.
      return path === "study" ? setTimeout(() => json(answer, { error: { message: "there is no study here yet" }, empty: true }, 404), 50) : missing(answer);
    }
    return present.api(path, query, request, answer);
  }

  const server = await serve({ api, close: () => (clearInterval(running), streams.forEach((stream) => stream.end()), present?.close?.()) });
  return { ...server, seen };
}

const HOME = "/home/ada";
const TREE = {
  [HOME]: [["checkpoints", true], ["pictures", true], ["activations", true], ["notes.txt", false]],
  [`${HOME}/checkpoints`]: [["epoch-1.onnx", false], ["epoch-2.onnx", false]],
  [`${HOME}/activations`]: [["jax", true], ["labels.npy", false]],
  [`${HOME}/pictures`]: [["cat", true], ["dog", true]],
};

function folders(path, answer) {
  const at = path ?? HOME;
  if (!(at in TREE)) {
    return json(answer, { error: { message: `there is no folder ${at}` } }, 404);
  }
  return json(answer, { path: at, parent: at === HOME ? "/home" : HOME, entries: TREE[at].map(([name, folder]) => ({ name, folder, bytes: folder ? null : 247_112 })) });
}

const METHODS = [{ name: "pca", title: "PCA", text: "The method pca.", parameters: [parameter("dimensions", "integer", 2, 2, 3), parameter("seed", "integer", 0, 0, 1e9)] }];

const WORDS = ["the boat crossed the lake", "a dog slept by the door", "rain fell on the truck", "two cats watched a bird", "the car would not start", "a frog jumped over the stone"];

/** The text of an observation: short, long, of another script, empty, and one that a page must not take for markup. */
export function textOf(row) {
  const usual = `${WORDS[row % WORDS.length]}, said line ${row}`;
  return row % 10 === 4 ? Array.from({ length: 30 }, (_, at) => `${WORDS[(row + at) % WORDS.length]} (${at})`).join(", ") : row % 10 === 5 ? `四季の歌 ${row} – <b>not bold</b>` : row % 10 === 6 ? "" : usual;
}

/**
 * A study of a run that was brought.
 * @param labels "classes", "values" or "none": what is known of each observation
 * @param answers what the network gives
 * @param brought "networks" or "activations"
 * @param kind "images", "vectors" or "texts"
 */
export function broughtStudy({ count = 300, labels = "classes", answers = "classes", brought = "networks", kind = "images" } = {}) {
  const classNames = labels === "classes" ? CLASSES : [];
  const shape = kind === "images" ? { channels: 1, rows: 8, cols: 8 } : null;
  const snapshots = [1, 2, 3];
  const layers = ["conv1", "pooled", "output"].map((name) => ({ name, title: name, units: 16, shape: [16], operator: "Relu" }));
  const run = {
    name: "lenet", architecture: brought === "activations" ? "activations" : "lenet.onnx", state: "complete", shuffledLabels: false, seed: 0, parameterCount: brought === "activations" ? 0 : 61706,
    plannedEpochs: snapshots, snapshots, layers, metrics: [], training: null, progress: null, error: null, answers, brought,
  };
  const sources = [{ layer: "input" }, ...snapshots.map((epoch) => ({ run: "lenet", epoch, layer: "pooled" }))];
  const quality = { trustworthinessK: 7, trustworthiness: 0.95, ...(labels === "classes" ? { k: 6, neighborhoodHit: 0.9 } : {}) };
  const results = sources.map((source, at) => ({
    digest: `${at}`.padEnd(64, "a"), kind: "projection", source, method: "pca", parameters: { dimensions: 2, seed: 0 }, quality, version: "test", iterations: 0, energy: null,
    seconds: { layout: 1 }, columns: { layout: { type: "float32", shape: [count, 2] } }, details: {}, energyHistory: [],
  }));
  const study = {
    format: 1, version: "test", name: "brought", readOnly: false, pipeline: "scale",
    dataset: { name: "pictures", digest: "0".repeat(64), kind, shape, columns: 64, count, trainCount: 0, testCount: count, classNames, labels },
    sample: { split: "all", count, seed: 0, classCounts: classNames.map(() => count / classNames.length) },
    runs: [run], methods: METHODS, tasks: [], options: { findings: [] },
  };
  const asked = [];
  const placed = [];
  const streams = new Set();
  const per = (make) => Float32Array.from({ length: count }, (_, row) => make(row));
  function api(path, query, request, answer) {
    asked.push(path);
    if (path === "study") return json(answer, study);
    if (path === "projections") return json(answer, results);
    if (path === "results") return json(answer, []);
    if (path === "observations/ids") return column(answer, Int32Array.from({ length: count }, (_, row) => row), [count]);
    if (path === "observations/labels" && classNames.length > 0) return column(answer, Uint16Array.from({ length: count }, (_, row) => row % classNames.length), [count]);
    if (path === "observations/values" && labels === "values") return column(answer, per((row) => (row % 50 === 7 ? Number.NaN : row / 10)), [count]);
    if (path === "observations/images" && kind === "images") {
      const [from, to] = [Number(query.get("from") ?? 0), Number(query.get("to") ?? count)];
      return column(answer, Uint8Array.from({ length: (to - from) * 64 }, (_, at) => (at * 37) % 256), [to - from, 1, 8, 8]);
    }
    if (path === "observations/texts" && kind === "texts") {
      return json(answer, { texts: Array.from({ length: count }, (_, row) => textOf(row)).slice(Number(query.get("from") ?? 0), Number(query.get("to") ?? count)) });
    }
    if (path.startsWith("place/") && request.method === "POST") return place(path.slice("place/".length), request, answer);
    if (path === "observations/statistics") return json(answer, { statistics: [] });
    if (/^runs\/lenet\/epochs\/\d+\/predictions$/.test(path) && answers === "classes") {
      const next = random(3);
      return column(answer, Float32Array.from({ length: count * classNames.length }, (_, at) => (at % classNames.length === Math.floor(at / classNames.length) % classNames.length ? 0.9 : next() * 0.1)), [count, classNames.length]);
    }
    const result = results.find(({ digest }) => path.startsWith(`results/${digest}`));
    if (result !== undefined) return path.endsWith("/columns/layout") ? column(answer, clouds(count, 2), [count, 2]) : json(answer, result);
    if (path === "events") {
      answer.writeHead(200, { "Content-Type": "text/event-stream" });
      answer.write("event: hello\ndata: {}\n\n");
      streams.add(answer);
      return request.on("close", () => streams.delete(answer));
    }
    return missing(answer);
  }

  /** Every text lies where row 3 lies. */
  async function place(digest, request, answer) {
    const text = Buffer.concat(await request.toArray()).toString();
    placed.push({ digest, type: request.headers["inscape-type"], text });
    const { source } = results.find((one) => one.digest === digest);
    const neighbours = [3, 13, 4, 6].map((observation, at) => ({ observation, distance: 1 + at / 4, label: classNames.length > 0 ? observation % classNames.length : null }));
    const position = [...clouds(count, 2).subarray(6, 8)];
    const units = Array.from({ length: 8 }, (_, unit) => ({ unit, activation: 3 - unit / 4, mean: 1, z: 2 - unit / 4 }));
    return json(answer, {
      digest, kind: "projection", method: "pca", source, step: 0, position, positions: [position], steps: [{ name: "pooled", source, percentile: 40, prediction: null }], neighbours, inputNeighbours: neighbours.slice(0, 2), metric: "euclidean",
      prediction: answers === "classes" ? classNames.map((_, at) => (at === 3 ? 0.91 : 0.01)) : null, units, unusual: units, pooling: "none",
      input: { shape: [12], low: 0, high: 801, mean: 210.5, pixels: null, made: "its tokens" },
      far: { percentile: 40, nearest: 1, median: 1.2, of: count, warning: null },
      quality: { observations: 20, median: 0.01, upper: 0.03, chance: 0.4, sentence: "half of 20 observations come to lie within 1.0 % of the layout's longer side from where they lie" },
    });
  }

  return { api, asked, placed, close: () => streams.forEach((stream) => stream.end()) };
}

/** The same as a server by itself. */
export async function startBrought(options) {
  const study = broughtStudy(options);
  return { ...(await serve(study)), asked: study.asked, placed: study.placed };
}
