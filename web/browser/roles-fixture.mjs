/**
 * A server of one made-up study with everything that is asked about neurons: figures, profiles, subsets, comparisons, incoming weights,
 * scores, ablations and activity, worked out from activations that tests can work out for themselves.
 */
import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { column, json, listening, missing, parameter, random } from "./answers.mjs";

const DIST = join(dirname(fileURLToPath(import.meta.url)), "..", "dist");
const MIME = { ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml" };
const TYPES = new Map([[Float32Array, "float32"], [Int32Array, "int32"]]);
const CLASSES = 10;
const EDGE = 12;
export const UNITS = 80;
export const [DEAD, ALWAYS, TWIN] = [7, 11, 13];
const EPOCHS = [0, 1, 2, 5, 10];
const LAYERS = [
  { name: "conv1", title: "conv1", units: 6 * 16, shape: [6, 4, 4], operator: "Conv" },
  { name: "fc3", title: "fc3", units: UNITS, shape: [UNITS], operator: "Relu" },
  { name: "fc4", title: "fc4", units: UNITS, shape: [UNITS], operator: "Relu" },
];

export const labelOf = (row) => row % CLASSES;
/** Every 25th observation is taken for the next class. */
export const winnerOf = (row) => (row % 25 === 4 ? (labelOf(row) + 5) % CLASSES : labelOf(row));

/** [observation, unit]: unit j speaks for class j % 10; the three odd ones are dead, always on, and a copy of unit 12. */
export function activations(count, epoch) {
  const next = random(9 + epoch);
  const share = Math.min(1, epoch / 5);
  const all = new Float32Array(count * UNITS);
  for (let row = 0; row < count; row++) {
    for (let unit = 0; unit < UNITS; unit++) {
      const own = unit % CLASSES === labelOf(row) ? 2 + (unit % 7) / 5 : unit % CLASSES === winnerOf(row) ? 1.4 : 0;
      const noise = next() + next() - 0.8;
      all[row * UNITS + unit] = Math.max(0, own * share + noise * (0.5 + 0.1 * (unit % 4)));
    }
    all[row * UNITS + DEAD] = 0;
    all[row * UNITS + ALWAYS] += 0.5;
    all[row * UNITS + TWIN] = all[row * UNITS + 12];
  }
  return all;
}

const mean = (values) => (values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length);
const deviation = (values) => {
  const middle = mean(values);
  return values.length === 0 ? null : Math.sqrt(mean(values.map((value) => (value - middle) ** 2)));
};

export async function startRolesFixture({ count = 500, answerMs = 150 } = {}) {
  const stored = new Map(EPOCHS.map((epoch) => [epoch, activations(count, epoch)]));
  const unitOf = (epoch, unit) => Array.from({ length: count }, (_, row) => stored.get(epoch)[row * UNITS + unit]);
  const run = {
    name: "mlp", architecture: "mlp", state: "complete", shuffledLabels: false, seed: 0, parameterCount: 10_000, plannedEpochs: EPOCHS, snapshots: EPOCHS, layers: LAYERS,
    metrics: EPOCHS.slice(1).map((epoch, at) => ({ epoch, trainLoss: 0.3 / epoch, trainAccuracy: 0.95 + 0.01 * at, testLoss: 0.3 / epoch, testAccuracy: 0.94 + 0.012 * at, testRecall: Array(CLASSES).fill(0.95), seconds: 9, imagesPerSecond: 6000 })),
    training: { learningRate: 0.01, momentum: 0.9, decay: 1e-6, batchSize: 32 }, progress: null, error: null,
  };
  const results = [];
  const columnsOf = new Map();
  const tasks = [];
  const streams = new Set();
  const asked = [];
  let serial = 0;
  const tell = (event, data) => streams.forEach((stream) => stream.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`));
  const digestOf = (text) => Array.from({ length: 8 }, (_, part) => Array.from(text).reduce((hash, letter) => (Math.imul(hash, 31) + letter.charCodeAt(0) + part) >>> 0, 7 + part).toString(16).padStart(8, "0")).join("");

  function keep(kind, source, method, parameters, report, columns, more = {}) {
    const digest = digestOf(JSON.stringify([kind, source, method, parameters]));
    if (!results.some((one) => one.digest === digest)) {
      const described = Object.fromEntries(Object.entries(columns).map(([name, [values, shape]]) => [name, { type: TYPES.get(values.constructor), shape }]));
      results.push({ digest, kind, source, method, parameters, quality: null, version: "test", iterations: 1, energy: null, seconds: { layout: 0.4 }, columns: described, details: {}, energyHistory: [], report, ...more });
      columnsOf.set(digest, columns);
    }
    return digest;
  }

  /** Classes in a ring that opens while the network learns. */
  function ring(epoch, without = null) {
    const next = random(3);
    const share = 0.25 + 0.75 * Math.min(1, epoch / 5);
    return Float32Array.from({ length: count * 2 }, (_, at) => {
      const label = labelOf(Math.floor(at / 2));
      const far = (label === without ? 1.5 : 8) * share;
      const angle = (label * 2 * Math.PI) / CLASSES;
      return (at % 2 === 0 ? Math.cos(angle) : Math.sin(angle)) * far + (next() + next() - 1) * 2;
    });
  }
  for (const epoch of [0, 5, 10]) {
    keep("projection", { run: "mlp", epoch, layer: "fc4" }, "pca", { dimensions: 2, seed: 0 }, null, { layout: [ring(epoch), [count, 2]] }, { quality: { k: 6, neighborhoodHit: 0.5 + epoch / 25, trustworthiness: 0.9 } });
  }

  const rowsOfClass = (label) => Array.from({ length: count }, (_, row) => row).filter((row) => labelOf(row) === label);
  const correlation = (a, b) => {
    const [x, y] = [mean(a), mean(b)];
    return mean(a.map((value, row) => (value - x) * (b[row] - y))) / ((deviation(a) * deviation(b)) || 1);
  };

  function figures(epoch) {
    const all = new Float32Array(5 * UNITS);
    for (let unit = 0; unit < UNITS; unit++) {
      const values = unitOf(epoch, unit);
      [mean(values), deviation(values), Math.min(...values), Math.max(...values), mean(values.map((value) => (value > 0 ? 1 : 0)))].forEach((value, at) => (all[at * UNITS + unit] = value));
    }
    return all;
  }

  function flags(epoch) {
    const dead = [];
    const alwaysOn = [];
    const duplicates = [];
    for (let unit = 0; unit < UNITS; unit++) {
      const values = unitOf(epoch, unit);
      if (deviation(values) === 0) dead.push(unit);
      else if (values.every((value) => value > 0)) alwaysOn.push(unit);
    }
    if (correlation(unitOf(epoch, 12), unitOf(epoch, TWIN)) > 0.999) duplicates.push([12, TWIN]);
    return { units: UNITS, pooling: "none", shape: [UNITS], dead, alwaysOn, duplicates };
  }

  function profile(epoch, unit) {
    const values = unitOf(epoch, unit);
    const [low, high] = [Math.min(...values), Math.max(...values)];
    const counts = new Array(32).fill(0);
    values.forEach((value) => counts[Math.min(31, Math.floor(((value - low) / (high - low || 1)) * 32))]++);
    const order = values.map((_, row) => row).sort((a, b) => values[b] - values[a] || a - b);
    const classMean = Array.from({ length: CLASSES }, (_, label) => mean(rowsOfClass(label).map((row) => values[row])));
    return {
      unit, mean: mean(values), deviation: deviation(values), min: low, max: high, frequency: mean(values.map((value) => (value > 0 ? 1 : 0))), dead: high === low, classMean,
      classDeviation: Array.from({ length: CLASSES }, (_, label) => deviation(rowsOfClass(label).map((row) => values[row]))), best: high === low ? null : classMean.indexOf(Math.max(...classMean)), histogram: { low, high, counts }, top: order.slice(0, 24), low: order.slice(-24).reverse(), observations: count,
    };
  }

  function incoming(layer, unit) {
    const next = random(unit + 5);
    if (layer === "fc3") {
      const weights = Array.from({ length: EDGE * EDGE }, (_, at) => Math.sin((at % EDGE) / 2 + unit) * Math.cos(Math.floor(at / EDGE) / 3) * 0.3 + (next() - 0.5) * 0.1);
      return { layer, operator: "Gemm", senders: EDGE * EDGE, shape: [EDGE, EDGE], weights, bias: 0.02, strongest: [], sender: "input" };
    }
    if (layer === "conv1") {
      return { layer, operator: "Conv", senders: 27, shape: [3, 3, 3], weights: Array.from({ length: 27 }, () => next() - 0.5), bias: 0, strongest: [], sender: "input" };
    }
    const weights = Array.from({ length: UNITS }, () => next() - 0.5);
    const strongest = weights.map((weight, sender) => ({ unit: sender, weight })).sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight)).slice(0, 10);
    return { layer, operator: "Gemm", senders: UNITS, shape: null, weights, bias: -0.11, strongest, sender: "fc3" };
  }

  const membersOf = (subset) => {
    if (subset === null) return null;
    if (subset.rows) return subset.rows;
    const bytes = Buffer.from(subset.bits, "base64");
    if (bytes.length !== Math.ceil(count / 8)) throw new Error(`bits of a subset of ${count} observations got ${bytes.length} bytes`);
    return Array.from({ length: count }, (_, row) => row).filter((row) => row >> 3 < bytes.length && (bytes[row >> 3] >> (row & 7)) & 1);
  };

  function subsets(epoch, asked) {
    const found = new Float32Array(asked.length * UNITS);
    asked.map(membersOf).forEach((rows, at) => {
      for (let unit = 0; unit < UNITS; unit++) {
        found[at * UNITS + unit] = mean(rows.map((row) => stored.get(epoch)[row * UNITS + unit]));
      }
    });
    return found;
  }

  function compare(epoch, a, b) {
    const one = membersOf(a);
    const other = membersOf(b) ?? Array.from({ length: count }, (_, row) => row).filter((row) => !one.includes(row));
    const found = new Float32Array(4 * UNITS);
    for (let unit = 0; unit < UNITS; unit++) {
      const [x, y] = [one, other].map((rows) => rows.map((row) => stored.get(epoch)[row * UNITS + unit]));
      const [meanX, meanY, vx, vy] = [mean(x), mean(y), deviation(x) ** 2, deviation(y) ** 2];
      const pooled = Math.sqrt((vx * x.length + vy * y.length) / Math.max(1, x.length + y.length - 2));
      const error = Math.sqrt(vx / x.length + vy / y.length);
      [meanX, meanY, pooled === 0 ? 0 : (meanX - meanY) / pooled, error === 0 ? 0 : (meanX - meanY) / error].forEach((value, at) => (found[at * UNITS + unit] = value));
    }
    return found;
  }

  function keepScores(source, parameters) {
    const scores = new Float32Array(CLASSES * UNITS);
    const means = new Float32Array(CLASSES * UNITS);
    const overall = new Float32Array(UNITS);
    for (let unit = 0; unit < UNITS; unit++) {
      const values = unitOf(source.epoch, unit);
      overall[unit] = mean(values);
      for (let label = 0; label < CLASSES; label++) {
        means[label * UNITS + unit] = mean(rowsOfClass(label).map((row) => values[row]));
        scores[label * UNITS + unit] = Math.abs(means[label * UNITS + unit] - overall[unit]) * 0.01;
      }
    }
    const top = Array.from({ length: CLASSES }, (_, label) => Array.from({ length: UNITS }, (_, unit) => unit).sort((a, b) => scores[label * UNITS + b] - scores[label * UNITS + a]).slice(0, 20));
    const report = { units: UNITS, dead: [DEAD], skipped: [], top, best: top.map(([unit], label) => [{ unit, score: scores[label * UNITS + unit] }]), spread: top.map(() => ({ spearman: 0.86, shared10: 8 })), compactness: top.map(() => ({ top: 0.58, all: 0.8 })) };
    return keep("scores", source, "extra-trees", parameters, report, { scores: [scores, [CLASSES, UNITS]], mean: [means, [CLASSES, UNITS]], overall: [overall, [UNITS]], deviation: [overall, [UNITS]] });
  }

  /** Classes lose their recall as their own neurons go. */
  function keepAblation(source, parameters) {
    const off = Array.from({ length: CLASSES }, (_, label) => parameters.units.filter((unit) => unit % CLASSES === label).length);
    const before = Array.from({ length: CLASSES }, (_, label) => 0.98 - label * 0.001);
    const after = before.map((recall, label) => recall * Math.max(0.05, 1 - (off[label] / 8) ** 2) - (off[label] === 0 ? 0.002 : 0));
    const confusion = (recalls) => recalls.map((recall, label) => Array.from({ length: CLASSES }, (_, other) => (other === label ? Math.round(recall * 100) : other === (label + 1) % CLASSES ? 100 - Math.round(recall * 100) : 0)));
    const control = { mean: before.map((recall) => recall - 0.001), deviation: before.map(() => 0.0015) };
    const worst = off.indexOf(Math.max(...off));
    const scores = Float32Array.from({ length: count * CLASSES }, (_, at) => {
      const row = Math.floor(at / CLASSES);
      const says = labelOf(row) === worst && off[worst] > 3 ? (worst + 1) % CLASSES : winnerOf(row);
      return at % CLASSES === says ? 0.9 : 0.01;
    });
    const both = new Float32Array(count * 4);
    both.set(ring(source.epoch));
    both.set(ring(source.epoch, worst), count * 2);
    const report = { accuracy: { before: mean(before), after: mean(after), control: [0, 1, 2, 3, 4].map((at) => mean(before) - 0.001 * at) }, recall: { before, after, control }, confusionBefore: confusion(before), confusionAfter: confusion(after), changed: 45 };
    return keep("ablation", source, "ablation", parameters, report, { predictionsAfter: [scores, [count, CLASSES]], layout: [both, [2, count, 2]] });
  }

  function keepActivity(source) {
    const bins = Array.from({ length: 17 }, (_, at) => at * 5);
    const histogram = EPOCHS.map((epoch) => Array.from({ length: 16 }, (_, bin) => Math.round(120 * Math.exp(-(((bin - 8 + Math.min(4, epoch)) / (1.5 + 2 / (1 + epoch))) ** 2)))));
    const report = { epochs: EPOCHS, units: UNITS, bins, histogram, median: EPOCHS.map((epoch) => (8.5 - Math.min(4, epoch)) * 5), stableSince: 5, flags: EPOCHS.map((epoch) => ({ epoch, dead: 1, alwaysOn: 1, duplicates: 1 })) };
    return keep("activity", source, "activity", {}, report, { perplexity: [new Float32Array(EPOCHS.length * count), [EPOCHS.length, count]] });
  }

  function keepMap(source, method, parameters) {
    const live = Array.from({ length: UNITS }, (_, unit) => unit).filter((unit) => unit !== DEAD);
    const next = random(21);
    const layout = Float32Array.from({ length: live.length * 2 }, (_, at) => {
      const angle = ((live[Math.floor(at / 2)] % CLASSES) * 2 * Math.PI) / CLASSES;
      return (at % 2 === 0 ? Math.cos(angle) : Math.sin(angle)) * 5 + next() * 2 - 1;
    });
    return keep("units", source, method, parameters, { units: UNITS, dead: [DEAD], measure: "pearson", stress: 0.21, pooling: "none" }, { unit: [Int32Array.from(live), [live.length]], layout: [layout, [live.length, 2]] });
  }
  keepMap({ run: "mlp", epoch: 10, layer: "fc4", pooling: "none" }, "smacof", {});

  function job({ kind, source, method, parameters }) {
    const full = kind === "activity" ? { pooling: "none", ...source } : { pooling: "none", ...source };
    const entry = { id: String(++serial), kind, digest: "", source: full, method: method ?? kind, parameters, state: "running", stage: "working", fraction: 0, iteration: 0, iterations: 10, energy: null, revision: 0, error: null, seconds: 0, details: {}, energyHistory: [] };
    tasks.push(entry);
    setTimeout(() => {
      const digest = kind === "scores" ? keepScores(full, parameters) : kind === "ablation" ? keepAblation(full, parameters) : kind === "activity" ? keepActivity(full) : keepMap(full, method, parameters);
      Object.assign(entry, { digest, state: "done", fraction: 1, revision: 1 });
      tell("job", entry);
    }, answerMs);
    return entry;
  }

  const study = () => ({
    format: 1, version: "test", name: "made up", readOnly: false, pipeline: "scale",
    dataset: { name: "mnist", digest: "0".repeat(64), kind: "images", shape: { channels: 1, rows: EDGE, cols: EDGE }, columns: EDGE * EDGE, trainCount: 6000, testCount: 1000, classNames: Array.from({ length: CLASSES }, (_, at) => String(at)) },
    sample: { split: "test", count, seed: 0, classCounts: Array(CLASSES).fill(count / CLASSES) },
    runs: [run], methods: [{ name: "pca", title: "PCA", text: "Principal components.", parameters: [parameter("dimensions", "integer", 2, 2, 3), parameter("seed", "integer", 0, 0, 1e9)] }], alignments: [], tasks,
  });
  const images = () => Uint8Array.from({ length: count * EDGE * EDGE }, (_, at) => {
    const row = Math.floor(at / (EDGE * EDGE));
    const [x, y] = [(at % EDGE) - 5.5, Math.floor((at % (EDGE * EDGE)) / EDGE) - 5.5];
    const angle = (labelOf(row) * Math.PI) / CLASSES;
    return Math.max(0, 255 - 110 * Math.abs(x * Math.sin(angle) - y * Math.cos(angle) + Math.sin(row) * 1.2) - (Math.hypot(x, y) > 5 ? 200 : 0));
  });

  async function post(path, request, answer) {
    const parts = [];
    for await (const part of request) parts.push(part);
    const body = JSON.parse(Buffer.concat(parts).toString() || "{}");
    asked.push({ path, body });
    const [first, , epoch, , what] = path.split("/");
    if (first === "units" && what === "subsets") return column(answer, subsets(Number(epoch), body.subsets), [body.subsets.length, UNITS]);
    if (first === "units" && what === "compare") return column(answer, compare(Number(epoch), body.a, body.b), [4, UNITS]);
    if (path === "jobs") return json(answer, job(body), 202);
    return missing(answer);
  }

  function units(parts, query, answer) {
    const [, , epoch, layer, what] = parts;
    const unit = Number(query.get("unit") ?? 0);
    const at = Number(epoch);
    if (what === "figures") return column(answer, figures(at), [5, UNITS]);
    if (what === "flags") return json(answer, layer === "conv1" ? { units: 6, pooling: "mean", shape: [6, 4, 4], dead: [], alwaysOn: [], duplicates: [] } : flags(at));
    if (what === "activation") return column(answer, Float32Array.from(unitOf(at, unit)), [count]);
    if (what === "profile") return json(answer, profile(at, unit));
    if (what === "incoming") return json(answer, incoming(layer, unit));
    return missing(answer);
  }

  function api(path, query, request, answer) {
    const [first, second, third, fourth] = path.split("/");
    if (request.method === "POST") return void post(path, request, answer);
    if (path === "study") return json(answer, study());
    if (path === "projections") return json(answer, results.filter(({ kind }) => kind === "projection"));
    if (path === "observations/ids") return column(answer, Int32Array.from({ length: count }, (_, row) => row * 3), [count]);
    if (path === "observations/labels") return column(answer, Uint16Array.from({ length: count }, (_, row) => labelOf(row)), [count]);
    if (path === "observations/images") return column(answer, images(), [count, 1, EDGE, EDGE]);
    if (path === "observations/statistics") return json(answer, { statistics: [] });
    if (first === "runs" && path.endsWith("predictions")) return column(answer, Float32Array.from({ length: count * CLASSES }, (_, at) => (at % CLASSES === winnerOf(Math.floor(at / CLASSES)) ? 0.91 : 0.01)), [count, CLASSES]);
    if (first === "units") return units(path.split("/"), query, answer);
    if (path === "results") return json(answer, results.filter((one) => one.kind === query.get("kind")).map(({ digest, kind, source, method, parameters }) => ({ digest, kind, source, method, parameters, quality: null })));
    if (first === "results") {
      const found = results.find((one) => one.digest === second);
      if (!found) return missing(answer);
      if (third === undefined) return json(answer, found);
      const [values, shape] = columnsOf.get(second)[fourth] ?? [];
      return values === undefined ? missing(answer) : column(answer, values, shape);
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
    /** Questions with a body, in their order. */
    asked,
    count,
    close: () => {
      streams.forEach((stream) => stream.end());
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}
