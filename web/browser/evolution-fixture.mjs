/**
 * A server of one made-up study with sequences, bundles, fields, regions, probes and runs that train in a second or two: the whole part
 * of the HTTP interface that the evolution uses, with numbers that tests can work out for themselves.
 */
import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { listening } from "./answers.mjs";
import { inside } from "./support.mjs";

const DIST = join(dirname(fileURLToPath(import.meta.url)), "..", "dist");
const MIME = { ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml" };
const TYPES = new Map([[Float32Array, "float32"], [Uint16Array, "uint16"], [Int32Array, "int32"], [Uint8Array, "uint8"]]);
const EDGE = 12;
const CLASSES = 10;

const option = (name, kind, value, min = null, max = null, more = {}) => ({ name, kind, default: value, min, max, text: `What ${name} does.`, ...more });
const ALIGNMENTS = [
  { name: "vff", title: "Visual Feature Fusion", text: "Stress and alignment together.", parameters: [option("lambda", "number", 0.5, 0, 1), option("sweeps", "integer", 300, 1, 10_000), option("seed", "integer", 0, 0, 1e9)] },
  { name: "dtsne", title: "Dynamic t-SNE", text: "t-SNE that keeps points in place.", parameters: [option("lambda", "number", 0.1, 0, 10), option("seed", "integer", 0, 0, 1e9)] },
];
const BUNDLE = [option("grouping", "choice", "CLASS", null, null, { choices: ["ALL", "CLASS"] }), option("direction", "choice", "MIXED", null, null, { choices: ["MIXED", "SEPARATED"] }), option("iterations", "integer", 15, 1, 100), option("seed", "integer", 0, 0, 1e9)];
const FIELD = [option("grid", "integer", 50, 3, 200), option("smoothness", "number", 0.05, 0, 1, { minExclusive: true, maxExclusive: true }), option("fields", "integer", 1, 1, 6)];
const PROBE = [option("trainCount", "integer", 10_000, 100, 60_000)];

const LAYERS = ["fc1", "fc2", "fc3", "fc4"].map((name) => ({ name, title: name, units: 100, shape: [100], operator: "Relu" }));
const EPOCHS = [0, 1, 2, 5, 10];

/** The same numbers for the same seed. */
function random(seed) {
  let state = seed;
  return () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
}

export const labelOf = (row) => row % CLASSES;

/** [step][observation][axis]: classes leave the middle, each in its own direction and a little bent; nothing leaves with shuffled labels. */
export function layouts(count, steps, shuffled) {
  const next = random(shuffled ? 5 : 3);
  const all = new Float32Array(steps * count * 2);
  const noise = Float32Array.from({ length: count * 2 }, () => next() + next() + next() - 1.5);
  for (let step = 0; step < steps; step++) {
    const share = (step / (steps - 1)) ** 0.8;
    for (let row = 0; row < count; row++) {
      const label = labelOf(row);
      const angle = (label * 2 * Math.PI) / CLASSES + share * 0.5 + noise[row * 2] * 0.12 + (shuffled ? row : 0);
      const far = shuffled ? 2.5 * share : (9 + (label % 3)) * share;
      const at = (step * count + row) * 2;
      all[at] = Math.cos(angle) * far + noise[row * 2] * (1.6 + share);
      all[at + 1] = Math.sin(angle) * far + noise[row * 2 + 1] * (1.6 + share);
    }
  }
  return all;
}

/** What a sequence says of itself; the untrained step's alignment invents structure. */
export function sequenceReport(names, shuffled) {
  const steps = names.map((name, step) => {
    const share = step / Math.max(1, names.length - 1);
    const own = shuffled ? 0.45 - 0.2 * share : 0.49 + 0.47 * share ** 0.5;
    const aligned = step === 0 ? own + 0.171 : own - 0.013 - 0.002 * step;
    return {
      step, name, constant: false, ownNeighborhoodHit: own, alignedNeighborhoodHit: aligned, unalignedNeighborhoodHit: own - 0.021, alignedStress: 0.212 - 0.09 * share, unalignedStress: 0.187 - 0.09 * share,
      alignedTrustworthiness: 0.91 + 0.05 * share, unalignedTrustworthiness: 0.93 + 0.05 * share, ownClassRatio: shuffled ? 1.21 : 1.2 + 1.3 * share, alignedClassRatio: shuffled ? 1.19 : 1.3 + 1.4 * share, unalignedClassRatio: 1.1 + 1.3 * share,
      warning: step === 0 ? `${name}: neighborhood hit is 0.661 in the aligned picture and 0.490 in the layer itself, more than sampling noise (0.022): alignment shows structure that the layer does not have` : null,
    };
  });
  const stability = (pearson) => ({ pearson, spearman: pearson - 0.03, normalizedStress: 0.41 - pearson / 4, standardizedStress: 2 * (1 - pearson), movement: names.slice(1).map((_, at) => 0.6 / (at + 1)) });
  return { names, quality: { steps, aligned: stability(0.812), unaligned: stability(0.204), k: 6, warnings: steps.flatMap(({ warning }) => (warning === null ? [] : [warning])) } };
}

/** Outwards and a little round, in the direction that a field has by its number. */
function vector(field, x, y) {
  const turn = 0.35 + field * 1.2;
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
  return [(x * cos - y * sin) * 0.3, (x * sin + y * cos) * 0.3];
}

export async function startEvolutionFixture({ count = 600, readOnly = false, trainMs = 1200 } = {}) {
  const run = (name, more = {}) => ({
    name, architecture: "mlp", state: "complete", shuffledLabels: false, seed: 0, parameterCount: 3_805_010, plannedEpochs: EPOCHS, snapshots: EPOCHS, layers: LAYERS,
    metrics: EPOCHS.slice(1).map((epoch, at) => ({ epoch, trainLoss: 0.3 / epoch, trainAccuracy: 0.95 + 0.01 * at, testLoss: 0.3 / epoch, testAccuracy: 0.94 + 0.012 * at, testRecall: Array(CLASSES).fill(0.95), seconds: 9, imagesPerSecond: 6000 })),
    training: { learningRate: 0.01, momentum: 0.9, decay: 1e-6, batchSize: 32 }, progress: null, error: null, ...more,
  });
  const runs = [run("mlp")];
  const results = [];
  const tasks = [];
  const streams = new Set();
  const asked = [];
  const columnsOf = new Map();
  let serial = 0;

  const tell = (event, data) => streams.forEach((stream) => stream.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`));
  const digestOf = (text) => Array.from({ length: 8 }, (_, part) => Array.from(text).reduce((hash, letter) => (Math.imul(hash, 31) + letter.charCodeAt(0) + part) >>> 0, 7 + part).toString(16).padStart(8, "0")).join("");
  const shuffledRun = (name) => runs.find((one) => one.name === name)?.shuffledLabels === true;

  const stepNames = (source) => (source.by === "epoch" ? (source.epochs ?? EPOCHS).map((epoch) => `epoch ${epoch}`) : source.by === "layer" ? (source.layers ?? ["input", ...LAYERS.map(({ name }) => name)]) : source.runs);

  function keep(kind, source, method, parameters, report, columns) {
    const digest = digestOf(JSON.stringify([kind, source, method, parameters]));
    if (!results.some((one) => one.digest === digest)) {
      const described = Object.fromEntries(Object.entries(columns).map(([name, [values, shape]]) => [name, { type: TYPES.get(values.constructor), shape }]));
      results.push({ digest, kind, source, method, parameters, quality: null, version: "test", iterations: 300, energy: 12.5, seconds: { layout: 0.4 }, columns: described, details: {}, energyHistory: [], report });
      columnsOf.set(digest, columns);
    }
    return digest;
  }

  function keepSequence(source, method, parameters) {
    const names = stepNames(source);
    const shuffled = shuffledRun(source.run);
    const steps = names.length;
    const all = layouts(count, steps, shuffled);
    const lengths = new Float32Array(count);
    const stepLength = new Float32Array((steps - 1) * count);
    for (let step = 0; step + 1 < steps; step++) {
      for (let row = 0; row < count; row++) {
        const [a, b] = [(step * count + row) * 2, ((step + 1) * count + row) * 2];
        stepLength[step * count + row] = Math.hypot(all[b] - all[a], all[b + 1] - all[a + 1]);
        lengths[row] += stepLength[step * count + row];
      }
    }
    return keep("sequence", source, method, parameters, sequenceReport(names, shuffled), {
      layouts: [all, [steps, count, 2]], unaligned: [all.map((value, at) => value + Math.sin(at)), [steps, count, 2]], length: [lengths, [count]], stepLength: [stepLength, [steps - 1, count]],
      neighborhoodHit: [new Float32Array(steps * count).fill(0.9), [steps, count]],
    });
  }

  const sequenceOf = (digest) => results.find((one) => one.digest === digest && one.kind === "sequence");
  const layoutsOf = (digest) => columnsOf.get(digest).layouts;

  function keepBundle(of, parameters) {
    const [all, [steps]] = layoutsOf(of);
    const per = 4;
    const samples = (steps - 1) * per + 1;
    const bundled = new Float32Array(count * samples * 2);
    for (let row = 0; row < count; row++) {
      for (let sample = 0; sample < samples; sample++) {
        const step = Math.min(steps - 2, Math.floor(sample / per));
        const share = sample / per - step;
        const ends = sample % per === 0 ? 0 : 0.5;
        for (let dim = 0; dim < 2; dim++) {
          const mine = all[(step * count + row) * 2 + dim] * (1 - share) + all[((step + 1) * count + row) * 2 + dim] * share;
          const friend = all[(step * count + labelOf(row)) * 2 + dim] * (1 - share) + all[((step + 1) * count + labelOf(row)) * 2 + dim] * share;
          bundled[(row * samples + sample) * 2 + dim] = mine + (friend - mine) * ends;
        }
      }
    }
    return keep("bundle", { ...sequenceOf(of).source, of }, "bundle", parameters, { samples, perSegment: per, ink: { straight: 0.3, bundled80: 0.14, classRight80: 0.97 } }, { bundled: [bundled, [count, samples, 2]] });
  }

  function keepField(of, parameters) {
    const { grid = 50, fields = 1 } = parameters;
    const [all, [steps]] = layoutsOf(of);
    const box = [Infinity, Infinity, -Infinity, -Infinity];
    for (let at = 0; at < all.length; at += 2) {
      box[0] = Math.min(box[0], all[at]);
      box[1] = Math.min(box[1], all[at + 1]);
      box[2] = Math.max(box[2], all[at]);
      box[3] = Math.max(box[3], all[at + 1]);
    }
    const values = new Float32Array(fields * grid * grid * 2);
    const coverage = new Float32Array(fields * grid * grid);
    for (let field = 0; field < fields; field++) {
      for (let vertex = 0; vertex < grid * grid; vertex++) {
        const [x, y] = [box[0] + ((vertex % grid) / (grid - 1)) * (box[2] - box[0]), box[1] + (Math.floor(vertex / grid) / (grid - 1)) * (box[3] - box[1])];
        values.set(vector(field, x, y), (field * grid * grid + vertex) * 2);
      }
    }
    const mark = (field, x, y) => {
      const col = Math.min(grid - 2, Math.floor(((x - box[0]) / (box[2] - box[0])) * (grid - 1)));
      const row = Math.min(grid - 2, Math.floor(((y - box[1]) / (box[3] - box[1])) * (grid - 1)));
      [0, 1, grid, grid + 1].forEach((corner) => (coverage[(field * grid + row) * grid + col + corner] += 1 / 12));
    };
    const assignment = Int32Array.from({ length: count }, (_, row) => labelOf(row) % fields);
    for (let row = 0; row < count; row++) {
      for (let sample = 0; sample <= (steps - 1) * 12; sample++) {
        mark(assignment[row], ...along(all, steps, row, sample / 12));
      }
    }
    const dissimilarity = Float32Array.from({ length: count }, (_, row) => ((row * 7919) % 1000) / 1000);
    const speed = Float32Array.from({ length: count }, (_, row) => 1 + labelOf(row) / 10);
    const sizes = Array.from({ length: fields }, (_, field) => assignment.filter((one) => one === field).length);
    const report = { box, grid, energy: 0.143 / fields, smoothnessEnergy: 0.012, energies: [0.2, 0.143 / fields], sizes };
    return keep("field", { ...sequenceOf(of).source, of }, "field", parameters, report, {
      field: [values, [fields, grid, grid, 2]], coverage: [coverage, [fields, grid, grid]], assignment: [assignment, [count]], dissimilarity: [dissimilarity, [count]], speed: [speed, [count]],
      responsibility: [speed.map((one, row) => one / (1 + dissimilarity[row])), [count]], outlier: [dissimilarity, [count]],
    });
  }

  /** Where an observation is at a time. */
  function along(all, steps, row, time) {
    const step = Math.min(steps - 2, Math.floor(time));
    const share = time - step;
    const [a, b] = [(step * count + row) * 2, ((step + 1) * count + row) * 2];
    return [all[a] + (all[b] - all[a]) * share, all[a + 1] + (all[b + 1] - all[a + 1]) * share];
  }

  function covers(found, field, x, y) {
    const { box, grid } = found.report;
    const [coverage] = columnsOf.get(found.digest).coverage;
    const col = Math.floor(((x - box[0]) / (box[2] - box[0])) * (grid - 1));
    const row = Math.floor(((y - box[1]) / (box[3] - box[1])) * (grid - 1));
    return col >= 0 && row >= 0 && col < grid - 1 && row < grid - 1 && [0, 1, grid, grid + 1].every((corner) => coverage[(field * grid + row) * grid + col + corner] > 0);
  }

  /** Lines from places that no line is near to yet. */
  function streamlines(found, field, separation) {
    const { box } = found.report;
    const width = (box[2] - box[0]) * separation;
    const taken = new Map();
    const cell = (x, y) => `${Math.floor(x / width)},${Math.floor(y / width)}`;
    const points = [];
    let line = 0;
    for (let seed = 0; seed < (1 / separation) ** 2; seed++) {
      const across = Math.floor(1 / separation);
      let [x, y] = [box[0] + ((seed % across) + 0.5) * width, box[1] + (Math.floor(seed / across) + 0.5) * width];
      const mine = [];
      const own = new Set();
      while (covers(found, field, x, y) && mine.length < 400 && (!taken.has(cell(x, y)) || own.has(cell(x, y)))) {
        const [vx, vy] = vector(field, x, y);
        const speed = Math.hypot(vx, vy);
        mine.push(line, x, y, speed);
        own.add(cell(x, y));
        taken.set(cell(x, y), line);
        if (speed < 1e-6) break;
        [x, y] = [x + (vx / speed) * width * 0.4, y + (vy / speed) * width * 0.4];
      }
      if (mine.length >= 24) {
        points.push(...mine);
        line++;
      }
    }
    return Float32Array.from(points);
  }

  function region(found, polygon, field) {
    const [all, [steps]] = layoutsOf(found.source.of);
    const columns = columnsOf.get(found.digest);
    const passages = [];
    for (let row = 0; row < count; row++) {
      if (field !== undefined && columns.assignment[0][row] !== field) continue;
      let [within, length] = [0, 0];
      for (let sample = 0; sample < (steps - 1) * 40; sample++) {
        const [x, y] = along(all, steps, row, sample / 40);
        if (inside([x, y], polygon)) {
          const [nx, ny] = along(all, steps, row, (sample + 1) / 40);
          within++;
          length += Math.hypot(nx - x, ny - y);
        }
      }
      if (within > 0) {
        const duration = within / 40;
        const dissimilarity = columns.dissimilarity[0][row];
        passages.push(row, duration, length, length / duration, dissimilarity, length / duration / (1 + dissimilarity));
      }
    }
    return Float32Array.from(passages);
  }

  function keepProbe(source) {
    const layers = ["input", ...LAYERS.map(({ name }) => name)].map((layer, at) => ({ layer, units: at === 0 ? EDGE * EDGE : 100, accuracy: at === 0 ? 0.921 : 0.9785 + at * 0.0005, trainAccuracy: at === 0 ? 0.93 : 0.995, ownNeighborhoodHit: at === 0 ? 0.863 : 0.958 + at * 0.001 }));
    return keep("probe", source, "probe", {}, { layers, network: { accuracy: 0.981 }, advice: "fc2, fc3 and fc4 add nothing that a linear probe or the neighborhood hit can see: both are within 0.5 points of the last layer already at fc1.", drop: ["fc2", "fc3", "fc4"] }, {});
  }

  /** Ends after some time with what `finish` keeps. */
  function start(kind, source, method, parameters, ms, finish) {
    const entry = { id: String(++serial), kind, digest: "", source, method, parameters, state: "running", stage: "layout", fraction: 0, iteration: 0, iterations: 300, energy: null, revision: 0, error: null, seconds: 0, details: {}, energyHistory: [] };
    tasks.push(entry);
    const began = Date.now();
    const timer = setInterval(() => {
      if (entry.state !== "running") return clearInterval(timer);
      const share = Math.min(1, (Date.now() - began) / ms);
      Object.assign(entry, { fraction: share, iteration: Math.round(share * 300), energy: 100 / (1 + share * 9), revision: entry.revision + 1 });
      if (share === 1) {
        Object.assign(entry, { digest: finish(), state: "done" });
      }
      tell("job", entry);
    }, 50);
    return entry;
  }

  function job({ kind, source, method, of, parameters }) {
    if (kind === "sequence") return start(kind, source, method, parameters, 600, () => keepSequence(source, method, parameters));
    if (kind === "bundle") return start(kind, { ...sequenceOf(of).source, of }, "bundle", parameters, 200, () => keepBundle(of, parameters));
    if (kind === "field") return start(kind, { ...sequenceOf(of).source, of }, "field", parameters, 300, () => keepField(of, parameters));
    return start("probe", source, "probe", parameters, 500, () => keepProbe(source));
  }

  function train({ like, architecture, shuffleLabels, name }) {
    const model = runs.find((one) => one.name === like);
    const made = run(name ?? (shuffleLabels ? `${like}-shuffled` : architecture), { architecture: architecture ?? model.architecture, shuffledLabels: shuffleLabels === true, state: "training", snapshots: [], metrics: [], parameterCount: architecture === "rmlp" ? 795_010 : model.parameterCount, layers: architecture === "rmlp" ? LAYERS.slice(0, 1) : LAYERS });
    runs.push(made);
    const began = Date.now();
    const timer = setInterval(() => {
      const share = Math.min(1, (Date.now() - began) / trainMs);
      const last = EPOCHS.at(-1);
      const epoch = Math.min(last, Math.floor(share * last) + 1);
      if (made.state !== "training") {
        clearInterval(timer);
      } else if (share === 1) {
        clearInterval(timer);
        Object.assign(made, { state: "complete", progress: null, snapshots: EPOCHS, metrics: model.metrics.map((row) => ({ ...row, testAccuracy: shuffleLabels ? 0.1 : row.testAccuracy - 0.001 })) });
      } else {
        made.progress = { epoch, imagesDone: Math.round((share * last - epoch + 1) * 6000), imagesTotal: 6000, imagesPerSecond: 6000, secondsLeft: ((1 - share) * trainMs) / 1000 };
        return tell("progress", { run: made.name, ...made.progress });
      }
      return tell("run", made);
    }, 60);
    return made;
  }

  const first = keepSequence({ by: "epoch", run: "mlp", layer: "fc4" }, "vff", { lambda: 0.5, sweeps: 300, seed: 0 });
  keepBundle(first, { grouping: "CLASS", direction: "MIXED", iterations: 15, seed: 0 });

  const study = () => ({
    format: 1, version: "test", name: "made up", readOnly, pipeline: "scale",
    dataset: { name: "mnist", digest: "0".repeat(64), kind: "images", shape: { channels: 1, rows: EDGE, cols: EDGE }, columns: EDGE * EDGE, trainCount: 6000, testCount: count, classNames: Array.from({ length: CLASSES }, (_, at) => String(at)) },
    sample: { split: "test", count, seed: 0, classCounts: Array(CLASSES).fill(count / CLASSES) },
    runs, methods: [{ name: "pca", title: "PCA", text: "Principal components.", parameters: [option("dimensions", "integer", 2, 2, 3)] }], alignments: ALIGNMENTS, bundle: BUNDLE, field: FIELD, probe: PROBE, tasks,
  });

  const column = (answer, values, shape) => {
    answer.writeHead(200, { "Content-Type": "application/octet-stream", "Inscape-Type": TYPES.get(values.constructor), "Inscape-Shape": shape.join(",") });
    answer.end(Buffer.from(values.buffer, values.byteOffset, values.byteLength));
  };
  const json = (answer, body, status = 200) => {
    answer.writeHead(status, { "Content-Type": "application/json" });
    answer.end(JSON.stringify(body));
  };
  const refuse = (answer, message, status = 404) => json(answer, { error: { message } }, status);
  const images = (from, to) => Uint8Array.from({ length: (to - from) * EDGE * EDGE }, (_, at) => {
    const row = from + Math.floor(at / (EDGE * EDGE));
    const [x, y] = [(at % EDGE) - 5.5, Math.floor((at % (EDGE * EDGE)) / EDGE) - 5.5];
    const angle = (labelOf(row) * Math.PI) / CLASSES;
    return Math.max(0, 255 - 110 * Math.abs(x * Math.sin(angle) - y * Math.cos(angle) + Math.sin(row) * 1.2) - (Math.hypot(x, y) > 5 ? 200 : 0));
  });

  async function post(path, request, answer) {
    const parts = [];
    for await (const part of request) parts.push(part);
    const body = parts.length === 0 ? {} : JSON.parse(Buffer.concat(parts).toString() || "{}");
    const [first, second, third] = path.split("/");
    asked.push({ path, body });
    if (first === "fields" && third === "region") {
      const found = results.find((one) => one.digest === second);
      const values = region(found, body.polygon, body.field);
      return values.length === 0 ? column(answer, values, [0, 6]) : column(answer, values, [values.length / 6, 6]);
    }
    if (readOnly) return refuse(answer, "the study is open for reading only", 403);
    if (path === "jobs") return json(answer, job(body), 202);
    if (path === "runs") return runs.some(({ state }) => state === "training") ? refuse(answer, "a run is training already", 409) : json(answer, train(body), 202);
    if (first === "runs" && third === "stop") {
      Object.assign(runs.find(({ name }) => name === second), { state: "interrupted", progress: null });
      return json(answer, {});
    }
    return refuse(answer, "no such thing here");
  }

  function api(path, query, request, answer) {
    const [first, second, third, fourth] = path.split("/");
    if (request.method === "POST") return void post(path, request, answer);
    if (path === "study") return json(answer, study());
    if (path === "projections") return json(answer, []);
    if (path === "observations/ids") return column(answer, Int32Array.from({ length: count }, (_, row) => row * 3), [count]);
    if (path === "observations/labels") return column(answer, Uint16Array.from({ length: count }, (_, row) => labelOf(row)), [count]);
    if (path === "observations/images") {
      const [from, to] = [Number(query.get("from") ?? 0), Number(query.get("to") ?? count)];
      return column(answer, images(from, to), [to - from, 1, EDGE, EDGE]);
    }
    if (path === "observations/statistics") return json(answer, { statistics: [] });
    if (first === "runs" && path.endsWith("predictions")) return column(answer, Float32Array.from({ length: count * CLASSES }, (_, at) => (at % CLASSES === (Math.floor(at / CLASSES) % 37 === 0 ? 1 : labelOf(Math.floor(at / CLASSES))) ? 0.91 : 0.01)), [count, CLASSES]);
    if (path === "results") {
      const found = results.filter((one) => one.kind === query.get("kind") && (query.get("of") === null || one.source.of === query.get("of")));
      return json(answer, found.map(({ digest, kind, source, method, parameters }) => ({ digest, kind, source, method, parameters, quality: null })));
    }
    if (first === "results") {
      const found = results.find((one) => one.digest === second);
      if (!found) return refuse(answer, "no such result here");
      if (third === undefined) return json(answer, found);
      const [values, shape] = columnsOf.get(second)[fourth] ?? [];
      return values === undefined ? refuse(answer, `no column ${fourth}`) : column(answer, values, shape);
    }
    if (first === "fields" && third === "streamlines") {
      const values = streamlines(results.find((one) => one.digest === second), Number(query.get("field") ?? 0), Number(query.get("separation") ?? 0.02));
      return column(answer, values, [values.length / 4, 4]);
    }
    if (path === "events") {
      answer.writeHead(200, { "Content-Type": "text/event-stream" });
      answer.write("event: hello\ndata: {}\n\n");
      streams.add(answer);
      return request.on("close", () => streams.delete(answer));
    }
    const task = first === "jobs" ? tasks.find((one) => one.id === second) : undefined;
    if (task && third === "layout") {
      if (task.kind !== "sequence") return answer.writeHead(204).end();
      const steps = stepNames(task.source).length;
      return column(answer, layouts(count, steps, shuffledRun(task.source.run)).map((value) => value * (0.3 + 0.7 * task.fraction)), [steps, count, 2]);
    }
    if (task && request.method === "DELETE") {
      Object.assign(task, { state: "cancelled", revision: task.revision + 1 });
      tell("job", task);
      return json(answer, task);
    }
    return refuse(answer, "no such thing here");
  }

  const server = createServer((request, answer) => {
    const { pathname, searchParams } = new URL(request.url, "http://localhost");
    if (pathname.startsWith("/api/")) {
      return api(decodeURIComponent(pathname.slice(5)), searchParams, request, answer);
    }
    const file = join(DIST, pathname === "/" ? "index.html" : pathname);
    if (!file.startsWith(DIST) || !existsSync(file)) {
      return refuse(answer, "no such thing here");
    }
    answer.writeHead(200, { "Content-Type": MIME[extname(file)] ?? "application/octet-stream" });
    return answer.end(readFileSync(file));
  });
  await listening(server);
  return {
    address: `http://127.0.0.1:${server.address().port}`,
    sequence: first,
    /** Requests that change or ask something, in their order. */
    asked,
    results,
    column: (digest, name) => columnsOf.get(digest)[name][0],
    along: (row, time) => along(...layoutsOf(first).map((part, at) => (at === 1 ? part[0] : part)), row, time),
    close: () => {
      streams.forEach((stream) => stream.end());
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}
