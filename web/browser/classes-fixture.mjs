/**
 * A server of one made-up study for the classification view, findings and clusters: any number of classes and kept epochs, predictions
 * that tests can work out for themselves, and analyses that end after a moment.
 */
import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { column, json, listening, missing, parameter, random } from "./answers.mjs";

const DIST = join(dirname(fileURLToPath(import.meta.url)), "..", "dist");
const MIME = { ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml" };
const EDGE = 10;
const LAYERS = ["fc1", "fc2"].map((name) => ({ name, title: name, units: 20, shape: [20], operator: "Relu" }));

/** The labels, and for each epoch the scores: the more epochs, the fewer observations are taken for the next class; row 7 always is. */
export function outcomes({ count, classCount, epochs }) {
  const labels = Uint16Array.from({ length: count }, (_, row) => row % classCount);
  const scores = epochs.map((_, step) => {
    const next = random(17 + step);
    const values = new Float32Array(count * classCount);
    const share = 0.6 / (step + 1);
    for (let row = 0; row < count; row++) {
      const [chance, sureness] = [next(), next()];
      const wrong = row === 7 || chance < share;
      const winner = wrong ? (labels[row] + (row === 7 ? 1 : 1 + Math.floor(next() * (classCount - 1)))) % classCount : labels[row];
      const score = row === 7 ? 0.97 : Math.max(1.1 / classCount, 0.4 + 0.6 * Math.min(1, sureness + step * 0.1));
      values.fill((1 - score) / (classCount - 1), row * classCount, (row + 1) * classCount);
      values[row * classCount + winner] = score;
    }
    return values;
  });
  const winners = scores.map((values) => Uint16Array.from({ length: count }, (_, row) => argmax(values, row * classCount, classCount)));
  return { labels, scores, winners };
}

function argmax(values, from, count) {
  let best = 0;
  for (let at = 1; at < count; at++) {
    best = values[from + at] > values[from + best] ? at : best;
  }
  return best;
}

export async function startClassesFixture({ count = 600, classCount = 10, epochs = [0, 1, 2, 5], kind = "images", labelled = true, analyses = true } = {}) {
  const { labels, scores } = outcomes({ count, classCount, epochs });
  const classNames = labelled ? Array.from({ length: classCount }, (_, at) => (classCount > 12 ? `class ${at}` : String(at))) : [];
  const run = {
    name: "mlp", architecture: "mlp", state: "complete", shuffledLabels: false, seed: 0, parameterCount: 1000, plannedEpochs: epochs, snapshots: epochs, layers: LAYERS,
    metrics: epochs.filter((epoch) => epoch > 0).map((epoch) => ({ epoch, trainLoss: 0.3 / epoch, trainAccuracy: 0.9, testLoss: 0.4 / epoch, testAccuracy: 0.85, testRecall: Array(classCount).fill(0.85), seconds: 2, imagesPerSecond: 5000 })),
    training: { learningRate: 0.01, momentum: 0.9, decay: 0, batchSize: 32 }, progress: null, error: null,
  };
  const results = [];
  const columnsOf = new Map();
  const tasks = [];
  const streams = new Set();
  let serial = 0;
  const tell = (event, data) => streams.forEach((stream) => stream.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`));
  const digestOf = (text) => Array.from({ length: 8 }, (_, part) => Array.from(text).reduce((hash, letter) => (Math.imul(hash, 31) + letter.charCodeAt(0) + part) >>> 0, 7 + part).toString(16).padStart(8, "0")).join("");

  function keep(result, columns) {
    const digest = digestOf(JSON.stringify([result.kind, result.source]));
    const described = Object.fromEntries(Object.entries(columns).map(([name, [values, shape]]) => [name, { type: { Float32Array: "float32", Int32Array: "int32" }[values.constructor.name], shape }]));
    results.push({ version: "test", iterations: 0, energy: null, seconds: {}, details: {}, energyHistory: [], parameters: {}, ...result, digest, columns: described });
    columnsOf.set(digest, columns);
    return digest;
  }

  /** Each class a cloud; of even classes two. */
  function layout(step) {
    const next = random(3);
    return Float32Array.from({ length: count * 2 }, (_, at) => {
      const row = Math.floor(at / 2);
      const angle = (labels[row] / classCount) * 2 * Math.PI;
      const part = labels[row] % 2 === 0 && row % (2 * classCount) >= classCount ? 2.5 : 0;
      return (at % 2 === 0 ? Math.cos(angle) : Math.sin(angle)) * (6 + step + part) + (next() + next() - 1) * 1.2;
    });
  }
  const quality = { observations: count, exact: true, k: 6, neighborhoodHit: 0.9, trustworthiness: 0.95, trustworthinessK: 7 };
  epochs.forEach((epoch, step) => keep({ kind: "projection", source: { run: "mlp", epoch, layer: "fc2" }, method: "pca", parameters: { dimensions: 2 }, quality }, { layout: [layout(step), [count, 2]] }));

  const FINDINGS = {
    findings: [
      { id: "weakest-class", sentence: "Class 4 has the lowest recall, 0.71: more samples of it would help.", effect: 0.14, control: "the other classes: 0.85", strength: 0.8, link: { view: "classes", run: "mlp", epoch: epochs.at(-1), selection: [14, 4, 24] }, speaks: true },
      { id: "luminance", sentence: "Every even class splits in two by luminance.", effect: "eta squared 0.62", control: "luminance shuffled within classes: 0.01", strength: 0.9, link: { view: "projection", layer: "fc2", color: "cluster", hide: "1.3" }, speaks: true },
    ],
    silent: [{ id: "overfitting", why: "Train NH exceeds test NH by 0.4 points, within sampling noise (1.1)." }],
  };

  function finish({ kind, source }) {
    if (kind === "findings") {
      return keep({ kind, source, method: "tests", report: FINDINGS }, {});
    }
    const cluster = Int32Array.from(labels, (label, row) => (row % 50 === 49 ? -1 : label % 2 === 0 && row % (2 * classCount) >= classCount ? 1 : 0));
    const classes = classNames.map((_, label) => ({
      class: label, clusters: label % 2 === 0 ? 2 : 1, sizes: [1, 1], silhouette: 0.4,
      explained: label % 2 === 0 ? { statistic: "luminance", title: "mean luminance", effect: 0.62, low: 0.1, high: 0.5, p: 1e-9 } : null,
    }));
    return keep({ kind, source, method: "dbscan", report: { classes, run: "mlp", epoch: epochs.at(-1), layer: "fc2" } }, { cluster: [cluster, [count]] });
  }

  function start(request) {
    const entry = { id: String(++serial), digest: "", method: "", parameters: {}, ...request, state: "running", stage: "testing", fraction: 0, iteration: 0, iterations: 0, energy: null, revision: 0, error: null, seconds: 0, details: {}, energyHistory: [] };
    tasks.push(entry);
    const timer = setInterval(() => {
      Object.assign(entry, { fraction: Math.min(1, entry.fraction + 0.25), revision: entry.revision + 1 });
      if (entry.fraction === 1) {
        clearInterval(timer);
        Object.assign(entry, { digest: finish(request), state: "done" });
      }
      tell("job", entry);
    }, 60);
    return entry;
  }

  const study = () => ({
    format: 1, version: "test", name: "made up", readOnly: false, pipeline: "scale",
    dataset: { name: "made", digest: "0".repeat(64), kind, shape: kind === "images" ? { channels: 1, rows: EDGE, cols: EDGE } : null, columns: EDGE * EDGE, trainCount: 0, testCount: count, classNames },
    sample: { split: "test", count, seed: 0, classCounts: classNames.map((_, label) => labels.filter((one) => one === label).length) },
    runs: kind === "images" ? [run] : [],
    methods: [{ name: "pca", title: "PCA", text: "Principal components.", parameters: [parameter("dimensions", "integer", 2, 2, 3)] }],
    options: analyses ? { findings: [], clusters: [] } : {},
    tasks,
  });

  async function api(path, query, request, answer) {
    const [first, second, third, fourth, fifth] = path.split("/");
    if (path === "study") return json(answer, study());
    if (path === "projections") return json(answer, results.filter((one) => one.kind === "projection" && kind === "images"));
    if (path === "results") return json(answer, results.filter((one) => one.kind === query.get("kind")));
    if (path === "observations/ids") return column(answer, Int32Array.from({ length: count }, (_, row) => 1000 + row * 3), [count]);
    if (path === "observations/labels" && labelled) return column(answer, labels, [count]);
    if (path === "observations/statistics") return json(answer, { statistics: [] });
    if (path === "observations/images") return column(answer, Uint8Array.from({ length: count * EDGE * EDGE }, (_, at) => (at * 7 + Math.floor(at / 100) * 31) % 256), [count, EDGE * EDGE]);
    if (first === "runs" && fifth === "predictions") return column(answer, scores[epochs.indexOf(Number(fourth))], [count, classCount]);
    if (first === "results" && second) {
      const found = results.find((one) => one.digest === second);
      if (!found) return missing(answer);
      return third === undefined ? json(answer, found) : column(answer, ...columnsOf.get(second)[fourth]);
    }
    if (path === "events") {
      answer.writeHead(200, { "Content-Type": "text/event-stream" });
      answer.write("event: hello\ndata: {}\n\n");
      streams.add(answer);
      return request.on("close", () => streams.delete(answer));
    }
    if (path === "jobs" && request.method === "POST") {
      const parts = [];
      for await (const part of request) parts.push(part);
      return json(answer, start(JSON.parse(Buffer.concat(parts).toString())), 202);
    }
    return missing(answer);
  }

  const server = createServer((request, answer) => {
    const { pathname, searchParams } = new URL(request.url, "http://localhost");
    if (pathname.startsWith("/api/")) {
      return api(decodeURIComponent(pathname.slice(5)), searchParams, request, answer);
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
    address: `http://127.0.0.1:${server.address().port}`,
    close: () => {
      streams.forEach((stream) => stream.end());
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}
