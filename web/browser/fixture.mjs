/**
 * A server of made-up studies for tests that need what no real study has at hand: a million points, vectors without labels, a job that
 * takes as long as the test wants. It serves the built page (web/dist) and the part of the HTTP interface that the page uses.
 */
import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { column, json, listening, missing, parameter, random } from "./answers.mjs";
import { evolution } from "./evolutionFixture.mjs";
import { dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";

const DIST = join(dirname(fileURLToPath(import.meta.url)), "..", "dist");
const MIME = { ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml" };


const METHODS = ["smacof", "pca"].map((name) => ({
  name,
  title: name === "pca" ? "PCA" : "SMACOF",
  text: `The method ${name}.`,
  parameters: [
    parameter("dimensions", "integer", 2, 2, 3),
    ...(name === "smacof"
      ? [
          parameter("iterations", "integer", 300, 1, 10_000),
          parameter("metric", "choice", "EUCLIDEAN", null, null, { choices: ["EUCLIDEAN", "COSINE"] }),
          parameter("start.spread", "autoOrNumber", "auto", 0, 10),
          parameter("start.jitter", "number", 0.1, 0, 1),
        ]
      : []),
    parameter("seed", "integer", 0, 0, 1e9),
  ],
}));

/** Points in ten clouds; in three dimensions each cloud lies at another depth. */
export function clouds(count, dims) {
  const next = random(11);
  const layout = new Float32Array(count * dims);
  for (let row = 0; row < count; row++) {
    const cloud = row % 10;
    const angle = (cloud * Math.PI) / 5;
    const middle = [Math.cos(angle) * 10, Math.sin(angle) * 10, (cloud - 4.5) * 2.2];
    for (let dim = 0; dim < dims; dim++) {
      layout[row * dims + dim] = middle[dim] + (next() + next() + next() - 1.5) * 3;
    }
  }
  return layout;
}

const quality = (labelled) => ({
  observations: 1, sampled: 500, exact: false, trustworthinessK: 7, trustworthiness: 0.95, randomTrustworthiness: 0.5, continuity: 0.93, scaleOptimalStress: 0.21,
  ...(labelled ? { k: 6, neighborhoodHit: 0.9, ownNeighborhoodHit: 0.92, baseline: 0.1, neighborhoodHitPerClass: [0.9, 0.9] } : {}),
});

export async function startFixture({ count, labelled = false, evolving = false, steps = 5, bundleSamples = 8 }) {
  if (evolving) {
    return serve(evolution({ count, steps, perSegment: bundleSamples }));
  }
  const digest = (method, dims) => `${method}${dims}`.padEnd(64, "0");
  const columns = (dims) => ({ layout: { type: "float32", shape: [count, dims] }, trustworthiness: { type: "float32", shape: [count] }, stress: { type: "float32", shape: [count] } });
  const history = Array.from({ length: 60 }, (_, at) => [at * 5, 1000 / (at + 1) + 3]);
  const result = (method, dims) => ({
    digest: digest(method, dims), kind: "projection", source: { layer: "input" }, method, parameters: { dimensions: dims, seed: 0 }, quality: quality(labelled),
    version: "test", iterations: method === "pca" ? 0 : 300, energy: method === "pca" ? null : 3, seconds: { layout: 2 }, columns: columns(dims),
    details: { components: dims, exact: true }, energyHistory: method === "pca" ? [] : history,
  });
  const results = [result("pca", 2), result("pca", 3)];
  const jobs = [];
  const streams = new Set();
  const study = () => ({
    format: 1, version: "test", name: "made up", readOnly: false, pipeline: "none",
    dataset: { name: "clouds", digest: "0".repeat(64), kind: "vectors", shape: null, columns: 8, count, trainCount: 0, testCount: count, classNames: labelled ? ["even", "odd"] : [] },
    sample: { split: "all", count, seed: 0, classCounts: labelled ? [Math.ceil(count / 2), Math.floor(count / 2)] : [] },
    runs: [], methods: METHODS, tasks: jobs.map(({ job }) => job),
  });
  const tell = (job) => {
    for (const stream of streams) {
      stream.write(`event: job\ndata: ${JSON.stringify(job)}\n\n`);
    }
  };

  /** A job whose energy falls and whose points move from a heap to their clouds. */
  function start({ method, parameters }) {
    const dims = Number(parameters.dimensions ?? 2);
    const wanted = results.find((one) => one.digest === digest(method, dims));
    const base = { id: String(jobs.length + 1), kind: "projection", digest: digest(method, dims), source: { layer: "input" }, method, parameters: { ...parameters, dimensions: dims }, stage: "layout", iterations: 300, error: null, seconds: 0, details: {}, energyHistory: [] };
    const entry = { job: { ...base, state: wanted ? "done" : "running", fraction: 0, iteration: 0, energy: null, revision: 0 }, dims };
    jobs.push(entry);
    if (!wanted) {
      const timer = setInterval(() => {
        const { job } = entry;
        if (job.state !== "running") {
          return job.state === "cancelled" ? clearInterval(timer) : undefined;
        }
        const iteration = Math.min(300, job.iteration + 5);
        entry.job = { ...job, iteration, fraction: iteration / 300, energy: 1000 / (iteration / 5 + 1) + 3, revision: job.revision + 1 };
        if (iteration === 300) {
          results.push(result(method, dims));
          entry.job = { ...entry.job, state: "done" };
          clearInterval(timer);
        }
        tell(entry.job);
      }, 40);
    }
    return entry.job;
  }

  function api(path, query, request, answer) {
    const [first, second, third, fourth] = path.split("/");
    if (path === "study") return json(answer, study());
    if (path === "projections") return json(answer, results);
    if (path === "observations/ids") return column(answer, Int32Array.from({ length: count }, (_, row) => row), [count]);
    if (path === "observations/labels" && labelled) return column(answer, Uint16Array.from({ length: count }, (_, row) => row % 2), [count]);
    if (path === "observations/statistics") return json(answer, { statistics: [{ name: "norm", title: "Norm", text: "length of the vector", unit: null }] });
    if (path === "observations/statistics/norm") return column(answer, Float32Array.from({ length: count }, (_, row) => (row % 100 === 3 ? Number.NaN : (row % 10) + 0.5)), [count]);
    if (path === "observations/features") {
      const asked = query.get("columns").split(",").map(Number);
      return column(answer, Float32Array.from({ length: count * asked.length }, (_, at) => Math.sin(at * (asked[at % asked.length] + 1))), [count, asked.length]);
    }
    if (first === "results" && second) {
      const found = results.find((one) => one.digest === second);
      if (!found) return missing(answer);
      if (third === undefined) return json(answer, found);
      const dims = found.columns.layout.shape[1];
      return fourth === "layout" ? column(answer, clouds(count, dims), [count, dims]) : column(answer, Float32Array.from({ length: count }, (_, row) => (row % 997) / 997), [count]);
    }
    if (path === "events") {
      answer.writeHead(200, { "Content-Type": "text/event-stream" });
      answer.write("event: hello\ndata: {}\n\n");
      streams.add(answer);
      return request.on("close", () => streams.delete(answer));
    }
    if (path === "jobs" && request.method === "POST") {
      let body = "";
      request.on("data", (part) => (body += part));
      return request.on("end", () => json(answer, start(JSON.parse(body)), 202));
    }
    const entry = first === "jobs" ? jobs.find(({ job }) => job.id === second) : undefined;
    if (entry && third === "layout") {
      const share = entry.job.iteration / 300;
      return column(answer, clouds(count, entry.dims).map((value, at) => value * share + Math.sin(at) * (1 - share)), [count, entry.dims]);
    }
    if (entry && (request.method === "DELETE" || third)) {
      entry.job = { ...entry.job, state: request.method === "DELETE" ? "cancelled" : third === "pause" ? "paused" : "running" };
      tell(entry.job);
      return json(answer, entry.job);
    }
    return missing(answer);
  }

  return serve({ api, close: () => streams.forEach((stream) => stream.end()) });
}

/** The built page, and what `api` answers. */
export async function serve({ api, close }) {
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
      close();
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}
