/** A copy of the page in one file, opened from the disk with no network: answers of a made-up study (fixture.mjs) recorded into it. */
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, before, describe, it } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { startFixture } from "./fixture.mjs";
import { launch, settled } from "./support.mjs";

const DIST = join(dirname(fileURLToPath(import.meta.url)), "..", "dist", "static");
const POLICY = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data: blob:; worker-src blob:";

let browser;
let folder;
let file;

async function recordedFrom(address, paths) {
  const answers = {};
  for (const path of paths) {
    const response = await fetch(`${address}/api/${path}`);
    assert.equal(response.status, 200, path);
    let body = Buffer.from(await response.arrayBuffer());
    if (path === "study") {
      body = Buffer.from(JSON.stringify({ ...JSON.parse(body.toString()), readOnly: true, tasks: [] }));
    }
    const [column, shape] = ["Inscape-Type", "Inscape-Shape"].map((name) => response.headers.get(name) ?? undefined);
    answers[path] = { type: response.headers.get("Content-Type"), column, shape, body: gzipSync(body).toString("base64") };
  }
  return answers;
}

before(async () => {
  browser = await launch();
  folder = mkdtempSync(join(tmpdir(), "inscape-static-"));
  file = join(folder, "page.html");
  const fixture = await startFixture({ count: 3000, labelled: true });
  const kept = await (await fetch(`${fixture.address}/api/projections`)).json();
  const results = kept.flatMap(({ digest }) => [`results/${digest}`, `results/${digest}/columns/layout`]);
  const answers = await recordedFrom(fixture.address, ["study", "projections", "observations/ids", "observations/labels", "observations/statistics", ...results]);
  await fixture.close();
  const recording = JSON.stringify({ views: ["projection", "compare"], answers }).replaceAll("<", "\\u003c");
  const code = readFileSync(join(DIST, "page.js"), "utf8").replaceAll("</script", "<\\/script");
  writeFileSync(
    file,
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${POLICY}"><title>Copy</title><link rel="icon" href="data:,">` +
      `<style>${readFileSync(join(DIST, "page.css"), "utf8")}</style></head><body><div id="page"></div>` +
      `<script type="application/json" id="inscape-recorded">${recording}</script><script type="module">${code}</script></body></html>`,
  );
});
after(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

async function openCopy(fragment) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, reducedMotion: "reduce", offline: true });
  const page = await context.newPage();
  const problems = [];
  const asked = [];
  page.on("pageerror", (error) => problems.push(error.message));
  page.on("console", (message) => message.type() === "error" && problems.push(message.text()));
  page.on("request", (request) => asked.push(request.url()));
  await page.goto(`${pathToFileURL(file)}#${fragment}`);
  return { page, context, problems, asked };
}

describe("a copy without a server", () => {
  it("shows what was recorded, asks nobody, and says what it is", async () => {
    const { page, context, problems, asked } = await openCopy("view=projection&method=pca");
    await settled(page);
    assert.equal(await page.getByTestId("copy-note").innerText(), "Read-only copy");
    assert.equal((await page.evaluate(() => window.inscape.state())).view, "projection");
    const box = await page.getByTestId("plane").boundingBox();
    assert.ok(box.width > 400 && box.height > 300, "the picture is there");
    assert.deepEqual(asked.filter((url) => !/^(file|data|blob):/.test(url)), []);
    assert.equal(asked.filter((url) => url.startsWith("file:")).length, 1, "one file and no other");
    assert.deepEqual(problems, []);
    await context.close();
  });

  it("has the chosen views only, and nothing that computes", async () => {
    const { page, context, problems } = await openCopy("method=pca");
    await settled(page);
    assert.deepEqual(await page.locator(".rail button").allInnerTexts(), ["Projection", "Compare"]);
    assert.equal(await page.getByTestId("copy-link").isVisible(), false);
    assert.equal(await page.locator(".primary-button:visible").count(), 0);
    await page.getByTestId("save").click();
    assert.equal(await page.locator(".save-files").count(), 0);
    await page.keyboard.press("Escape");
    await page.getByTestId("view-compare").click();
    await page.waitForTimeout(500);
    assert.deepEqual(problems, []);
    await context.close();
  });
});
