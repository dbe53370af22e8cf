/**
 * A server of one made-up study with four models whose weights widen over fifteen epochs, for the views "weights" and "network": the part
 * of the HTTP interface that they use, with numbers that tests can work out for themselves. One model diverges; one has other layers.
 */
import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { column, json, listening, missing, parameter, random } from "./answers.mjs";

const DIST = join(dirname(fileURLToPath(import.meta.url)), "..", "dist");
const MIME = { ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml" };

export const EPOCHS = Array.from({ length: 16 }, (_, epoch) => epoch);
export const KEPT = [0, 1, 2, 5, 10, 15];
const CLASSES = Array.from({ length: 10 }, (_, label) => String(label));
const COUNT = 40;

/** name: [sizes of layers by name, final accuracy, spread of weights] */
const MODELS = {
  wide: { architecture: "mlp-300-100", seed: 0, accuracy: 0.981, spread: 0.05, layers: { fc1: [784, 300], fc2: [300, 100], output: [100, 10] } },
  narrow: { architecture: "mlp-64", seed: 1, accuracy: 0.957, spread: 0.09, layers: { fc1: [784, 64], output: [64, 10] } },
  conv: { architecture: "cnn", seed: 2, accuracy: 0.992, spread: 0.07, layers: { conv1: [9, 32], conv2: [288, 64], fc1: [1600, 128], output: [128, 10] } },
  steep: { architecture: "mlp-64", seed: 3, accuracy: 0.12, spread: 0.09, diverges: 4, layers: { fc1: [784, 64], output: [64, 10] } },
};

export const accuracyOf = (name, epoch) => {
  const { accuracy } = MODELS[name];
  return epoch === 0 ? 0.1 : 0.1 + (accuracy - 0.1) * (1 - Math.exp(-epoch * 0.9)) / (1 - Math.exp(-13.5));
};

/** The standard deviation and the mean of a layer's weights at an epoch; its biases start at nothing. */
const shape = (name, layer, kind, epoch, updates) => {
  const { spread } = MODELS[name];
  const place = Object.keys(MODELS[name].layers).indexOf(layer);
  const widened = spread * (0.7 + 0.5 * (epoch / 15)) * (1 - 0.15 * place);
  const deviation = kind === "biases" ? 0.002 + 0.004 * epoch : widened;
  return { mean: -0.0012 * epoch * (place + 1), deviation: updates ? deviation * 10 ** ratioOf(name, layer, epoch) : deviation };
};

export const ratioOf = (name, layer, epoch) => -2.2 - 0.09 * epoch - 0.3 * Object.keys(MODELS[name].layers).indexOf(layer);

const cumulative = (x) => {
  const t = 1 / (1 + 0.2316419 * Math.abs(x));
  const tail = (Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI)) * t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  return x >= 0 ? 1 - tail : tail;
};

const figures = ({ mean, deviation }, count) => ({
  mean, variance: deviation ** 2, deviation, min: mean - 4 * deviation, max: mean + 4 * deviation, quartiles: [-0.6745, 0, 0.6745].map((q) => mean + q * deviation),
  nearZero: cumulative((0.001 - mean) / deviation) - cumulative((-0.001 - mean) / deviation), nonFinite: 0, count,
});

const epochsOf = (name) => EPOCHS.filter((epoch) => epoch <= (MODELS[name].diverges ?? 99));
const tensorsOf = (name) => Object.entries(MODELS[name].layers).flatMap(([layer, [from, to]]) => [
  { tensor: `${layer}.weight`, layer, kind: "weights", shape: [to, from], count: from * to },
  { tensor: `${layer}.bias`, layer, kind: "biases", shape: [to], count: to },
]);
const diverged = (name, epoch) => MODELS[name].diverges === epoch;

function report(name) {
  return {
    run: name, architecture: MODELS[name].architecture, tensors: tensorsOf(name), divergedAt: MODELS[name].diverges ?? null,
    epochs: epochsOf(name).map((epoch) => ({
      epoch, testAccuracy: diverged(name, epoch) ? null : accuracyOf(name, epoch), exact: KEPT.includes(epoch), nonFinite: diverged(name, epoch) ? 77 : 0,
      tensors: tensorsOf(name).map(({ tensor, layer, kind, count }) => ({
        tensor, ...figures(shape(name, layer, kind, epoch, false), count), nonFinite: diverged(name, epoch) ? 77 : 0,
        update: epoch === 0 ? null : { ...figures(shape(name, layer, kind, epoch, true), count), ratio: ratioOf(name, layer, epoch) },
      })),
    })),
  };
}

/** Counts that add up: normal distributions in common bins. */
export function histograms(names, layer, kind, updates) {
  const series = names.map((run) => ({ run, ...tensorsOf(run).find((one) => one.layer === layer && one.kind === kind) }));
  const found = series.filter(({ tensor }) => tensor !== undefined);
  const known = (run) => epochsOf(run).filter((epoch) => !updates || epoch > 0);
  const all = found.flatMap(({ run, count }) => known(run).map((epoch) => figures(shape(run, layer, kind, epoch, updates), count)));
  const [low, high] = [Math.min(...all.map(({ min }) => min)), Math.max(...all.map(({ max }) => max))];
  const width = 2 ** Math.ceil(Math.log2((high - low) / 63));
  const first = Math.floor(low / width);
  const bins = Math.floor(high / width) - first + 1;
  return {
    width, first, bins, low, high,
    missing: series.filter(({ tensor }) => tensor === undefined).map(({ run }) => `run ${run} has no ${kind} of a layer '${layer}'`),
    runs: found.map(({ run, tensor, shape: size, count }) => ({
      run, tensor, shape: size, epochs: known(run), outOf: known(run).map(() => count), nonFinite: known(run).map((epoch) => (diverged(run, epoch) ? 77 : 0)),
      counts: known(run).map((epoch) => {
        const { mean, deviation } = shape(run, layer, kind, epoch, updates);
        const below = (bin) => (bin === 0 ? 0 : bin === bins ? count : Math.round(count * cumulative(((first + bin) * width - mean) / deviation)));
        return Array.from({ length: bins }, (_, bin) => below(bin + 1) - below(bin));
      }),
    })),
  };
}

/** [sender * receivers + receiver]; the first weights are round, so that areas can be compared. */
export function matrix(name, layer, epoch) {
  const [senders, receivers] = MODELS[name].layers[layer];
  const next = random(epoch * 31 + senders);
  const { deviation, mean } = shape(name, layer, "weights", epoch, false);
  const values = Float32Array.from({ length: senders * receivers }, (_, at) => {
    const [row, col] = [Math.floor(at / receivers), at % receivers];
    const pattern = 0.6 * Math.sin(row / 17) * Math.cos(col / 5);
    return Math.max(-3.9, Math.min(3.9, (next() + next() + next() + next() - 2) * 1.2 + pattern)) * deviation + mean;
  });
  const most = Math.max(Math.abs(mean + 4 * deviation), Math.abs(mean - 4 * deviation));
  values.set([most, -most / 4, most / 2, -most / 16], 0);
  return { senders, receivers, values, most };
}

function windowed(name, layer, epoch, query) {
  const { senders, receivers, values } = matrix(name, layer, epoch);
  const number = (key, otherwise) => Number(query.get(key) ?? otherwise);
  const [from, to, left, right] = [number("from", 0), number("to", senders), number("left", 0), number("right", receivers)];
  const block = Math.ceil(Math.max(to - from, right - left) / number("cells", 128));
  const [rows, cols] = [Math.ceil((to - from) / block), Math.ceil((right - left) / block)];
  const cells = new Float32Array(rows * cols);
  for (let row = 0; row < rows; row++) {
    for (let col = 0; col < cols; col++) {
      let [sum, count] = [0, 0];
      for (let y = from + row * block; y < Math.min(to, from + (row + 1) * block); y++) {
        for (let x = left + col * block; x < Math.min(right, left + (col + 1) * block); x++, count++) {
          sum += values[y * receivers + x];
        }
      }
      cells[row * cols + col] = sum / count;
    }
  }
  return [cells, [rows, cols]];
}

const operator = (name, kind, inputs, output, shapeOut, layer, learned = [], attributes = {}) => ({
  name, operator: kind, title: `${layer ?? name} (${kind})`, attributes, inputs, outputs: [output], outputShapes: [shapeOut], layer,
  parameters: learned.map(([tensor, size]) => ({ name: tensor, shape: size, count: size.reduce((a, b) => a * b, 1), learned: true })),
  parameterCount: learned.reduce((sum, [, size]) => sum + size.reduce((a, b) => a * b, 1), 0),
});

/** A perceptron, or with `blocks` a network of residual blocks. */
export function graph(name, blocks = 0) {
  const nodes = [];
  let value = "image";
  for (let block = 0; block < blocks; block++) {
    const at = (part) => `b${block}.${part}`;
    const size = [-1, 16, 14, 14];
    nodes.push(
      operator(at("conv1"), "Conv", [value], at("c1"), size, null, [[at("w1"), [16, 16, 3, 3]]], { kernel_shape: [3, 3], pads: [1, 1, 1, 1] }), operator(at("norm1"), "BatchNormalization", [at("c1")], at("n1"), size, null), operator(at("relu1"), "Relu", [at("n1")], at("r1"), size, null),
      operator(at("conv2"), "Conv", [at("r1")], at("c2"), size, null, [[at("w2"), [16, 16, 3, 3]]]), operator(at("norm2"), "BatchNormalization", [at("c2")], at("n2"), size, null),
      operator(at("add"), "Add", [at("n2"), value], at("sum"), size, null), operator(at("relu2"), "Relu", [at("sum")], at("out"), size, null),
    );
    value = at("out");
  }
  nodes.push(operator("flatten", "Flatten", [value], "flat", [-1, 784], null, [], { axis: 1 }));
  value = "flat";
  for (const [layer, [from, to]] of Object.entries(MODELS[name].layers)) {
    nodes.push(operator(`${layer}/Gemm`, "Gemm", [value], `${layer}.sum`, [-1, to], layer, [[`${layer}.weight`, [to, from]], [`${layer}.bias`, [to]]], { alpha: 1, beta: 1, transB: 1 }));
    value = `${layer}.sum`;
    if (layer !== "output") {
      nodes.push(operator(`${layer}/Relu`, "Relu", [value], layer, [-1, to], layer));
      value = layer;
    }
  }
  nodes.push(operator("softmax", "Softmax", [value], "probabilities", [-1, 10], null, [], { axis: -1 }));
  return {
    run: name, name, nodes, inputs: [{ name: "image", type: "float", shape: ["n", "1", "28", "28"] }], outputs: [{ name: "probabilities", type: "float", shape: ["n", "10"] }],
    parameterCount: nodes.reduce((sum, node) => sum + node.parameterCount, 0), opset: 17,
  };
}

export async function startWeightsFixture({ blocks = 0 } = {}) {
  const asked = [];
  const run = (name) => {
    const layers = Object.entries(MODELS[name].layers).map(([layer, [, units]]) => ({ name: layer, title: layer, units, shape: [units], operator: layer === "output" ? "Gemm" : "Relu" }));
    const epochs = epochsOf(name).filter((epoch) => !diverged(name, epoch));
    return {
      name, architecture: MODELS[name].architecture, state: MODELS[name].diverges ? "failed" : "complete", shuffledLabels: false, seed: MODELS[name].seed, parameterCount: tensorsOf(name).reduce((sum, { count }) => sum + count, 0),
      plannedEpochs: KEPT, snapshots: KEPT.filter((epoch) => epochs.includes(epoch)), layers,
      metrics: epochs.map((epoch) => ({ epoch, trainLoss: 2.3 / (epoch + 1), trainAccuracy: accuracyOf(name, epoch), testLoss: 2.3 / (epoch + 1), testAccuracy: accuracyOf(name, epoch), testRecall: Array(10).fill(accuracyOf(name, epoch)), seconds: 3, imagesPerSecond: 9000 })),
      training: { learningRate: 0.01, momentum: 0.9, decay: 0, batchSize: 32 }, progress: null, error: MODELS[name].diverges ? "training diverged at epoch 4" : null,
    };
  };
  const study = {
    format: 1, version: "test", name: "four models", readOnly: false, pipeline: "none",
    dataset: { name: "mnist", digest: "0".repeat(64), kind: "images", shape: { channels: 1, rows: 28, cols: 28 }, trainCount: 60000, testCount: 10000, classNames: CLASSES },
    sample: { split: "test", count: COUNT, seed: 0, classCounts: Array(10).fill(COUNT / 10) }, runs: Object.keys(MODELS).map(run),
    methods: [{ name: "pca", title: "PCA", text: "Axes of largest spread.", parameters: [parameter("seed", "integer", 0, 0, 9)] }], tasks: [],
  };

  function api(path, query, answer) {
    const parts = path.split("/");
    if (path === "study") return json(answer, study);
    if (path === "projections" || path === "results") return json(answer, []);
    if (path === "observations/ids") return column(answer, Int32Array.from({ length: COUNT }, (_, row) => row), [COUNT]);
    if (path === "observations/labels") return column(answer, Uint16Array.from({ length: COUNT }, (_, row) => row % 10), [COUNT]);
    if (path === "observations/images") return column(answer, Uint8Array.from({ length: COUNT * 784 }, (_, at) => at % 251), [COUNT, 1, 28, 28]);
    if (path === "observations/statistics") return json(answer, { statistics: [] });
    if (path === "weights/histograms") return json(answer, histograms(query.get("runs").split(","), query.get("layer"), query.get("kind"), query.get("of") === "updates"));
    if (path === "weights/distances") {
      const [[a, at], [b, to]] = [query.get("a"), query.get("b")].map((place) => place.split("/"));
      const exact = KEPT.includes(Number(at)) && KEPT.includes(Number(to));
      const bounds = exact ? { ksMost: null, wassersteinLeast: null, wassersteinMost: null } : { ksMost: 0.2131, wassersteinLeast: 0.0098, wassersteinMost: 0.0104 };
      return json(answer, {
        tensors: tensorsOf(a).map(({ layer, kind }) => tensorsOf(b).some((other) => other.layer === layer && other.kind === kind)
          ? { layer, kind, ks: 0.2117, wasserstein: 0.0101, exact, ...bounds, why: null }
          : { layer, kind, ks: null, wasserstein: null, exact: false, why: `${layer} ${kind} cannot be compared: run ${a} has them, run ${b} has not` }),
      });
    }
    if (parts[0] === "runs" && MODELS[parts[1]] !== undefined) {
      const [, name, what, epoch, fourth, about] = parts;
      if (what === "weights") return json(answer, report(name));
      if (what === "graph") return json(answer, graph(name, blocks));
      if (what === "epochs" && fourth === "predictions") return column(answer, new Float32Array(COUNT * 10).fill(0.1), [COUNT, 10]);
      if (what === "epochs" && fourth === "matrix") {
        const layer = query.get("tensor").replace(".weight", "");
        const [senders, receivers] = MODELS[name].layers[layer];
        return about ? json(answer, { senders, receivers, scale: 0.5, scales: [], scaleOfRun: 0.5, shape: [receivers, senders] }) : column(answer, ...windowed(name, layer, Number(epoch), query));
      }
    }
    return missing(answer);
  }

  const streams = new Set();
  const server = createServer((request, answer) => {
    const { pathname, searchParams } = new URL(request.url, "http://localhost");
    if (pathname === "/api/events") {
      answer.writeHead(200, { "Content-Type": "text/event-stream" });
      answer.write("event: hello\ndata: {}\n\n");
      streams.add(answer);
      return undefined;
    }
    if (pathname.startsWith("/api/")) {
      asked.push(request.url);
      return api(decodeURIComponent(pathname.slice(5)), searchParams, answer);
    }
    const file = join(DIST, pathname === "/" ? "index.html" : pathname);
    if (!file.startsWith(DIST) || !existsSync(file)) {
      return missing(answer);
    }
    answer.writeHead(200, { "Content-Type": MIME[extname(file)] ?? "application/octet-stream" });
    return answer.end(readFileSync(file));
  });
  await listening(server);
  return {
    address: `http://127.0.0.1:${server.address().port}`, asked,
    close: () => {
      streams.forEach((stream) => stream.end());
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}
