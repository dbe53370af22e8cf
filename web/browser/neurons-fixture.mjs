/** A server of one made-up study whose 120 neurons lie in ten groups, one per class: maps, scores and trails, computed when asked for. */
import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { column, json, listening, missing, parameter, random } from "./answers.mjs";

const DIST = join(dirname(fileURLToPath(import.meta.url)), "..", "dist");
const MIME = { ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml" };
const TYPES = new Map([[Float32Array, "float32"], [Int32Array, "int32"]]);
export const [UNITS, CLASSES, COUNT] = [120, 10, 400];
export const DEAD = [7, 31];
export const LIVE = Array.from({ length: UNITS }, (_, unit) => unit).filter((unit) => !DEAD.includes(unit));
const EPOCHS = [0, 1, 5];
const LAYERS = [{ name: "conv1", title: "conv1", units: 96, shape: [6, 4, 4], operator: "Conv" }, { name: "fc4", title: "fc4", units: UNITS, shape: [UNITS], operator: "Relu" }, { name: "one", title: "one", units: 1, shape: [1], operator: "Relu" }];

/** [class][unit]; a neuron scores most for class unit % 10, and no two score the same. */
export function scores(seed = 0) {
  const next = random(5 + seed);
  return Float32Array.from({ length: CLASSES * UNITS }, (_, at) => {
    const [label, unit] = [Math.floor(at / UNITS), at % UNITS];
    return DEAD.includes(unit) ? 0 : (unit % CLASSES === label ? 0.02 + unit / 10_000 : 0.001) + next() * 0.0005;
  });
}

/** The neurons of a class, strongest first. */
export const ranked = (label) => LIVE.map((unit) => [scores()[label * UNITS + unit], unit]).sort((a, b) => b[0] - a[0]).map(([, unit]) => unit);

const layout = (share) => {
  const next = random(21);
  return Float32Array.from({ length: LIVE.length * 2 }, (_, at) => {
    const angle = ((LIVE[Math.floor(at / 2)] % CLASSES) * 2 * Math.PI) / CLASSES;
    return (at % 2 === 0 ? Math.cos(angle) : Math.sin(angle)) * 5 * share + (next() * 2 - 1) * 1.2;
  });
};

export async function startNeuronsFixture({ labelled = true, kept = false, answerMs = 120 } = {}) {
  const run = {
    name: "mlp", architecture: "mlp", state: "complete", shuffledLabels: false, seed: 0, parameterCount: 10_000, plannedEpochs: EPOCHS, snapshots: EPOCHS, layers: LAYERS,
    metrics: EPOCHS.slice(1).map((epoch) => ({ epoch, trainLoss: 0.3 / epoch, trainAccuracy: 0.97, testLoss: 0.3 / epoch, testAccuracy: 0.96, testRecall: Array(CLASSES).fill(0.95), seconds: 9, imagesPerSecond: 6000 })), training: null, progress: null, error: null,
  };
  const [results, tasks, asked, columns, streams] = [[], [], [], new Map(), new Set()];
  const keep = (kind, source, method, parameters, report, values) => {
    const digest = `${kind}${JSON.stringify([source, method, parameters])}`.replace(/[^a-z0-9]/g, "").padEnd(64, "0");
    const described = Object.fromEntries(Object.entries(values).map(([name, [array, shape]]) => [name, { type: TYPES.get(array.constructor), shape }]));
    results.push({ digest, kind, source, method, parameters, quality: null, version: "test", iterations: 1, energy: null, seconds: {}, columns: described, details: {}, energyHistory: [], report });
    columns.set(digest, values);
    return digest;
  };
  const compute = {
    units: (source, method, parameters) => keep("units", source, method, parameters, { units: UNITS, dead: DEAD, measure: "pearson", stress: 0.213, pooling: "none" }, { unit: [Int32Array.from(LIVE), [LIVE.length]], layout: [layout(0.2 + 0.16 * source.epoch), [LIVE.length, 2]] }),
    scores: (source, method, parameters) => {
      const mean = Float32Array.from({ length: CLASSES * UNITS }, (_, at) => (DEAD.includes(at % UNITS) ? 0 : at % UNITS % CLASSES === Math.floor(at / UNITS) ? 2 : 0.25));
      const figures = Float32Array.from({ length: UNITS }, (_, unit) => (DEAD.includes(unit) ? 0 : 0.425));
      const each = (value) => Array.from({ length: CLASSES }, () => value);
      const report = { units: UNITS, dead: DEAD, skipped: [], top: [], best: [], spread: each({ spearman: 0.83, shared10: 7 }), compactness: each(source.epoch === 0 ? { top: 0.84, all: 0.92 } : { top: 0.58, all: 0.8 }) };
      return keep("scores", source, method, parameters, report, { scores: [scores(), [CLASSES, UNITS]], second: [scores(3), [CLASSES, UNITS]], mean: [mean, [CLASSES, UNITS]], overall: [figures, [UNITS]], deviation: [figures, [UNITS]] });
    },
    "trails-of-units": (source, method, parameters) => {
      const all = Float32Array.from(EPOCHS.flatMap((epoch) => [...layout(0.2 + 0.16 * epoch)]));
      return keep("trails-of-units", { epochs: EPOCHS, ...source }, method, parameters, { names: EPOCHS.map(String), epochs: EPOCHS, excluded: DEAD }, { unit: [Int32Array.from(LIVE), [LIVE.length]], layouts: [all, [EPOCHS.length, LIVE.length, 2]], length: [new Float32Array(LIVE.length), [LIVE.length]] });
    },
  };
  let serial = 0;
  function job({ kind, source, method, parameters }) {
    const full = { pooling: "none", ...source };
    const entry = { id: String(++serial), kind, digest: "", source: full, method: method ?? kind, parameters, state: "running", stage: "working", fraction: 0.4, iteration: 0, iterations: 10, energy: null, revision: 0, error: null, seconds: 0, details: {}, energyHistory: [] };
    tasks.push(entry);
    setTimeout(() => {
      Object.assign(entry, { digest: compute[kind](full, entry.method, parameters), state: "done", fraction: 1, revision: 1 });
      streams.forEach((stream) => stream.write(`event: job\ndata: ${JSON.stringify(entry)}\n\n`));
    }, answerMs);
    return entry;
  }
  if (kept) {
    for (const epoch of [0, 5]) {
      compute.units({ run: "mlp", epoch, layer: "fc4", pooling: "none" }, "smacof", { measure: "pearson" });
      compute.scores({ run: "mlp", epoch, layer: "fc4", pooling: "none" }, "extra-trees", { trees: 500, seed: 0 });
    }
    compute["trails-of-units"]({ run: "mlp", layer: "fc4", pooling: "none" }, "vff", { measure: "pearson" });
  }
  const measure = parameter("measure", "choice", "pearson", null, null, { choices: ["pearson", "cosine", "spearman"] });
  const study = () => ({
    format: 1, version: "test", name: "made up", readOnly: false, pipeline: "scale",
    dataset: { name: "mnist", digest: "0".repeat(64), kind: "images", shape: { channels: 1, rows: 8, cols: 8 }, columns: 64, trainCount: 6000, testCount: 1000, classNames: labelled ? Array.from({ length: CLASSES }, (_, at) => String(at)) : [] },
    sample: { split: "test", count: COUNT, seed: 0, classCounts: labelled ? Array(CLASSES).fill(COUNT / CLASSES) : [] },
    runs: [run], methods: [{ name: "smacof", title: "SMACOF", text: "Stress.", parameters: [parameter("dimensions", "integer", 2, 2, 3), parameter("seed", "integer", 0, 0, 1e9)] }], alignments: [], tasks,
    options: { units: [measure], "trails-of-units": [measure], scores: [parameter("trees", "integer", 500, 1, 100_000), parameter("seed", "integer", 0, 0, 1e9)] },
  });

  function api(path, query, request, answer) {
    const [first, second, third, fourth] = path.split("/");
    if (request.method === "POST") {
      let body = "";
      request.on("data", (part) => (body += part));
      return request.on("end", () => {
        asked.push({ path, body: JSON.parse(body) });
        return path === "jobs" ? json(answer, job(JSON.parse(body)), 202) : missing(answer);
      });
    }
    if (path === "study") return json(answer, study());
    if (path === "projections") return json(answer, []);
    if (path === "observations/ids") return column(answer, Int32Array.from({ length: COUNT }, (_, row) => row), [COUNT]);
    if (path === "observations/labels") return column(answer, Uint16Array.from({ length: COUNT }, (_, row) => row % CLASSES), [COUNT]);
    if (path === "observations/images") return column(answer, new Uint8Array(COUNT * 64), [COUNT, 1, 8, 8]);
    if (path === "observations/statistics") return json(answer, { statistics: [] });
    if (first === "runs" && path.endsWith("predictions")) return column(answer, Float32Array.from({ length: COUNT * CLASSES }, (_, at) => (at % CLASSES === Math.floor(at / CLASSES) % CLASSES ? 0.91 : 0.01)), [COUNT, CLASSES]);
    if (path === "results") return json(answer, results.filter((one) => one.kind === query.get("kind")).map(({ digest, kind, source, method, parameters }) => ({ digest, kind, source, method, parameters, quality: null })));
    if (first === "results") {
      const found = results.find((one) => one.digest === second);
      if (!found) return missing(answer);
      return third === undefined ? json(answer, found) : column(answer, ...columns.get(second)[fourth]);
    }
    if (path === "events") {
      answer.writeHead(200, { "Content-Type": "text/event-stream" });
      answer.write("event: hello\ndata: {}\n\n");
      streams.add(answer);
      return request.on("close", () => streams.delete(answer));
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
    asked,
    close: () => {
      streams.forEach((stream) => stream.end());
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}
