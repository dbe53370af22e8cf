/** A server of one made-up study of digits with a kept projection; where it places something, and what it says of it, is up to the test. */
import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { column, json, listening, missing, parameter, random } from "./answers.mjs";

const DIST = join(dirname(fileURLToPath(import.meta.url)), "..", "dist");
const MIME = { ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml" };
const [COUNT, CLASSES, SIDE] = [200, 10, 28];
const DIGEST = "pca1".padEnd(64, "0");
const SOURCE = { run: "mlp", epoch: 1, layer: "fc1" };

const next = random(5);
const layout = Float32Array.from({ length: COUNT * 2 }, (_, at) => (at % 2 === 0 ? Math.cos : Math.sin)(((Math.floor(at / 2) % CLASSES) * Math.PI) / 5) * 10 + next() * 3);
const images = Uint8Array.from({ length: COUNT * SIDE * SIDE }, (_, at) => {
  const [row, pixel] = [Math.floor(at / (SIDE * SIDE)), at % (SIDE * SIDE)];
  const [y, x] = [Math.floor(pixel / SIDE), pixel % SIDE];
  return Math.abs(Math.hypot(x - 14, y - 14) - 3 - (row % 7)) < 1.5 ? 255 - (row % 50) : 0;
});
const predictions = Float32Array.from({ length: COUNT * CLASSES }, (_, at) => (at % CLASSES === Math.floor(at / CLASSES) % CLASSES ? 0.91 : 0.01));

const run = {
  name: "mlp", architecture: "mlp", state: "complete", shuffledLabels: false, seed: 0, parameterCount: 1000, plannedEpochs: [0, 1], snapshots: [0, 1],
  layers: [{ name: "fc1", title: "fc1", units: 40, shape: [40], operator: "Relu" }],
  metrics: [{ epoch: 1, trainLoss: 0.2, trainAccuracy: 0.95, testLoss: 0.2, testAccuracy: 0.94, testRecall: Array(CLASSES).fill(0.94), seconds: 2, imagesPerSecond: 6000 }],
  training: { learningRate: 0.01, momentum: 0.9, decay: 0, batchSize: 16 }, progress: null, error: null,
};
const quality = { k: 6, neighborhoodHit: 0.9, ownNeighborhoodHit: 0.92, baseline: 0.1, neighborhoodHitPerClass: Array(CLASSES).fill(0.9), trustworthiness: 0.95, randomTrustworthiness: 0.5, trustworthinessK: 7 };
const result = { digest: DIGEST, kind: "projection", source: SOURCE, method: "pca", parameters: { dimensions: 2, seed: 0 }, quality, version: "test", iterations: 0, energy: null, seconds: {}, columns: { layout: { type: "float32", shape: [COUNT, 2] } }, details: {}, energyHistory: [] };
const study = {
  format: 1, version: "test", name: "made-up digits", readOnly: false, pipeline: "scale",
  dataset: { name: "mnist", digest: "0".repeat(64), kind: "images", shape: { channels: 1, rows: SIDE, cols: SIDE }, columns: 784, count: COUNT, trainCount: 0, testCount: COUNT, classNames: [..."0123456789"] },
  sample: { split: "test", count: COUNT, seed: 0, classCounts: Array(CLASSES).fill(COUNT / CLASSES) },
  runs: [run], methods: [{ name: "pca", title: "PCA", text: "Linear.", parameters: [parameter("dimensions", "integer", 2, 2, 3), parameter("seed", "integer", 0, 0, 9)] }], tasks: [],
};

function placement(row, far) {
  const neighbours = Array.from({ length: 10 }, (_, at) => ({ observation: (row + at * CLASSES) % COUNT, distance: 1 + at / 4, label: row % CLASSES }));
  const units = Array.from({ length: 12 }, (_, at) => ({ unit: at + 5, activation: 9 - at / 2, mean: 1, z: 4 - at / 3 }));
  return {
    digest: DIGEST, kind: "projection", method: "pca", source: SOURCE, step: 0, position: [...layout.subarray(row * 2, row * 2 + 2)], positions: [[...layout.subarray(row * 2, row * 2 + 2)]],
    steps: [{ name: "fc1, epoch 1", source: SOURCE, percentile: 40, prediction: null }], neighbours, inputNeighbours: neighbours.slice(0, 5), metric: "euclidean",
    prediction: [...predictions.subarray(row * CLASSES, (row + 1) * CLASSES)], units, unusual: units, pooling: "none",
    input: { shape: [1, SIDE, SIDE], low: 0, high: 1, mean: 0.1, pixels: Buffer.from(images.subarray(row * 784, (row + 1) * 784)).toString("base64"), made: "scaled as a whole" },
    far: { percentile: far === null ? 40 : 100, nearest: 1, median: 1.2, of: COUNT, warning: far },
    quality: { observations: 20, median: 0.01, upper: 0.03, chance: 0.4, sentence: "half of 20 observations come to lie within 1.0 % of the layout's longer side from where they lie" },
  };
}

export async function startPlaceFixture() {
  /** `asked`: every request to place; `place`: the row that answers lie at; `far`, `refuse`: sentences to answer with. */
  const fixture = { asked: [], place: 4, far: null, refuse: null, image: (row) => images.subarray(row * 784, (row + 1) * 784) };
  const streams = new Set();

  function api(path, query, request, answer) {
    if (path === "study") return json(answer, study);
    if (path === "projections") return json(answer, [result]);
    if (path === "results") return json(answer, []);
    if (path === `results/${DIGEST}`) return json(answer, result);
    if (path === `results/${DIGEST}/columns/layout`) return column(answer, layout, [COUNT, 2]);
    if (path === "observations/ids") return column(answer, Int32Array.from({ length: COUNT }, (_, row) => row), [COUNT]);
    if (path === "observations/labels") return column(answer, Uint16Array.from({ length: COUNT }, (_, row) => row % CLASSES), [COUNT]);
    if (path === "observations/images") {
      const [from, to] = [Number(query.get("from") ?? 0), Number(query.get("to") ?? COUNT)];
      return column(answer, images.slice(from * 784, to * 784), [to - from, 1, SIDE, SIDE]);
    }
    if (path === "observations/statistics") return json(answer, { statistics: [] });
    if (path.endsWith("/predictions")) return column(answer, predictions, [COUNT, CLASSES]);
    if (path === "events") {
      answer.writeHead(200, { "Content-Type": "text/event-stream" });
      answer.write("event: hello\ndata: {}\n\n");
      streams.add(answer);
      return request.on("close", () => streams.delete(answer));
    }
    if (path === `place/${DIGEST}` && request.method === "POST") {
      const parts = [];
      request.on("data", (part) => parts.push(part));
      return request.on("end", () => {
        fixture.asked.push({ query, type: request.headers["content-type"], body: Buffer.concat(parts) });
        return fixture.refuse === null ? json(answer, placement(fixture.place, fixture.far)) : json(answer, { error: { message: fixture.refuse } }, 400);
      });
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
  fixture.address = `http://127.0.0.1:${server.address().port}`;
  fixture.close = () => {
    streams.forEach((stream) => stream.end());
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  };
  return fixture;
}
