/**
 * What the browser tests share. The caller starts an Inscape server on a study that has at least one complete run with a kept t-SNE of
 * its last hidden layer at the last epoch (such as the demo's study), and says where:
 *
 *   INSCAPE_URL         the server's address, such as http://127.0.0.1:7070
 *   INSCAPE_STUDY_DATA  optional: folder with the data set's t10k-images-idx3-ubyte, to compare pictures with the data set itself
 *   CHROMIUM            optional: path of the browser; Debian's otherwise
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { PNG } from "pngjs";

export const address = process.env.INSCAPE_URL?.replace(/\/$/, "");

const FLAGS = [
  "--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
  "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--force-color-profile=srgb",
];

export const launch = () => chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: FLAGS });

/** A page that fails the test when anything is written to the console as an error. */
export async function open(browser, fragment = "", { at = address, ...options } = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, reducedMotion: "reduce", ...options });
  await context.grantPermissions(["clipboard-read", "clipboard-write"], { origin: at });
  const page = await context.newPage();
  const problems = [];
  page.on("pageerror", (error) => problems.push(error.message));
  page.on("console", (message) => message.type() === "error" && problems.push(message.text()));
  await page.goto(`${at}/#${fragment}`);
  return { page, context, problems };
}

/** Waits for the large picture to be shown and still. */
export async function settled(page) {
  await page.waitForFunction(() => window.inscape?.settled(), undefined, { timeout: 30_000 });
  await page.waitForTimeout(300);
}

export async function get(path) {
  assert.ok(address, "INSCAPE_URL must name a running Inscape server, such as http://127.0.0.1:7070");
  const response = await fetch(`${address}/api/${path}`);
  assert.equal(response.status, 200, `${path}: ${response.status}`);
  return response;
}

export const json = async (path) => (await get(path)).json();

const ARRAYS = { float32: Float32Array, uint16: Uint16Array, uint8: Uint8Array, int32: Int32Array };

export async function column(path) {
  const response = await get(path);
  return new ARRAYS[response.headers.get("Inscape-Type")](await response.arrayBuffer());
}

/** The study's facts that the tests compare the page with, read without the page's code. */
export async function facts() {
  const study = await json("study");
  const run = study.runs.filter((one) => !one.shuffledLabels && one.state === "complete").sort((a, b) => accuracy(b) - accuracy(a))[0];
  assert.ok(run, "the study needs a complete run");
  const epoch = run.snapshots.at(-1);
  const kept = (await json("projections")).filter((one) => one.method === "tsne" && one.source.run === run.name && one.source.epoch === epoch);
  const layers = run.layers.map(({ name }) => name).filter((name) => !["logits", "probabilities", "output"].includes(name));
  const summary = kept.find((one) => one.source.layer === layers.at(-1));
  assert.ok(summary, `the study needs a kept t-SNE of ${layers.at(-1)} after epoch ${epoch}`);
  return {
    study,
    run,
    epoch,
    layer: summary.source.layer,
    summary,
    layout: await column(`results/${summary.digest}/columns/layout`),
    labels: await column("observations/labels"),
    ids: await column("observations/ids"),
    images: await column("observations/images"),
    predictions: await column(`runs/${run.name}/epochs/${epoch}/predictions`),
  };
}

const accuracy = (run) => run.metrics.at(-1)?.testAccuracy ?? 0;

export const fragmentOf = ({ run, epoch, layer }) => `view=projection&run=${run.name}&epoch=${epoch}&layer=${layer}&method=tsne`;

/** Where the page must draw each observation, from the layout and the panel's box alone: [x, y] in CSS pixels of the window. */
export async function expectedPositions(page, layout) {
  const box = await page.getByTestId("plane").boundingBox();
  const xs = layout.filter((_, at) => at % 2 === 0);
  const ys = layout.filter((_, at) => at % 2 === 1);
  const [left, right, bottom, top] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const half = Math.max(right - left, top - bottom) / 2;
  const scale = (Math.min(box.width, box.height) / 2) * 0.94;
  return Array.from(xs, (x, row) => [
    box.x + box.width / 2 + ((x - (left + right) / 2) / half) * scale,
    box.y + box.height / 2 - ((ys[row] - (bottom + top) / 2) / half) * scale,
  ]);
}

/** A screenshot's pixels: {width, height, at(x, y) -> [r, g, b]}. */
export function pixelsOf(png) {
  const { width, height, data } = PNG.sync.read(png);
  return { width, height, at: (x, y) => [...data.subarray((y * width + x) * 4, (y * width + x) * 4 + 3)] };
}

/** Winding number: another rule than the page's, the same answer for outlines that do not cross themselves. */
export function inside([x, y], polygon) {
  let turns = 0;
  polygon.forEach(([ax, ay], at) => {
    const [bx, by] = polygon[(at + 1) % polygon.length];
    const side = (bx - ax) * (y - ay) - (x - ax) * (by - ay);
    turns += ay <= y && by > y && side > 0 ? 1 : ay > y && by <= y && side < 0 ? -1 : 0;
  });
  return turns !== 0;
}

/** The images of the data set's test split, from its own file; null when the caller did not say where it is. */
export function datasetImages() {
  const folder = process.env.INSCAPE_STUDY_DATA;
  return folder ? readFileSync(join(folder, "t10k-images-idx3-ubyte")).subarray(16) : null;
}

/** A file from the save menu. */
export async function saved(page, id) {
  await page.getByTestId("save").click();
  const [file] = await Promise.all([page.waitForEvent("download"), page.getByTestId(id).click()]);
  return readFileSync(await file.path());
}

/** The root of a document as a browser's own parser reads it. */
export const parses = (page, svg) => page.evaluate((text) => new DOMParser().parseFromString(text, "image/svg+xml").documentElement.tagName, svg);
