/** The page in a real browser on a real study. `npm run test:browser`; support.mjs says what it needs. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, describe, it } from "node:test";
import { address, datasetImages, expectedPositions, facts, fragmentOf, inside, launch, open, pixelsOf, settled } from "./support.mjs";

let browser;
let known;

before(async () => {
  browser = await launch();
  known = await facts();
});
after(() => browser?.close());

describe("the projection", () => {
  it("draws every observation where its layout says, in its class's colour", async () => {
    const started = performance.now();
    const { page, context, problems } = await open(browser, fragmentOf(known));
    await page.waitForFunction(() => window.inscape?.settled());
    console.log(`picture ready ${Math.round(performance.now() - started)} ms after the address was opened`);
    await settled(page);
    const { pixels, positions } = await picture(page);
    const count = known.labels.length;
    const missing = positions.filter(([x, y]) => !near(pixels, x, y, (rgb) => saturated(rgb)));
    assert.equal(positions.length, count);
    assert.deepEqual(missing, [], `${missing.length} of ${count} observations are not drawn`);
    const colors = await page.evaluate(() =>
      [...document.querySelectorAll(".legend .swatch")].map((swatch) => getComputedStyle(swatch).borderColor.match(/\d+/g).map(Number)),
    );
    const right = positions.filter(([x, y], row) => near(pixels, x, y, (rgb) => distance(rgb, colors[known.labels[row]]) < 90));
    assert.ok(right.length > 0.9 * count, `only ${right.length} of ${count} show their class's colour; overlaps explain few`);
    assert.deepEqual(problems, []);
    await context.close();
  });

  it("says how far to trust it, in numbers that are the server's", async () => {
    const { page, context } = await open(browser, fragmentOf(known));
    await settled(page);
    const { neighborhoodHit, trustworthiness } = known.summary.quality;
    const text = await page.getByTestId("quality").first().innerText();
    assert.match(text, new RegExp(`${(neighborhoodHit * 100).toFixed(1)} %`));
    assert.match(text, new RegExp(trustworthiness.toFixed(3)));
    assert.match(await page.getByTestId("title").innerText(), new RegExp(`^${known.layer} after epoch ${known.epoch}, t-SNE`));
    await context.close();
  });

  it("shows on hover the right image, pixel by pixel, with label, prediction, score and id", async () => {
    const { page, context } = await open(browser, fragmentOf(known));
    await settled(page);
    const { shape, classNames } = known.study.dataset;
    const size = shape.rows * shape.cols * shape.channels;
    const original = datasetImages();
    const positions = await expectedPositions(page, known.layout);
    for (const row of lonely(positions).slice(0, 12)) {
      const [x, y] = positions[row];
      await page.mouse.move(x, y);
      const card = page.locator(`[data-testid=hover-card][data-row="${row}"]`);
      await card.waitFor({ timeout: 3000 });
      const shown = await card.locator("canvas").evaluate((canvas) => {
        const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
        return Array.from({ length: data.length / 4 }, (_, pixel) => data[pixel * 4]);
      });
      assert.deepEqual(shown, [...known.images.subarray(row * size, row * size + size / shape.channels)], `image of row ${row}`);
      if (original !== null) {
        const at = known.ids[row] * size;
        assert.deepEqual(shown, [...original.subarray(at, at + size)], `image of row ${row} in the data set's file`);
      }
      const scores = [...known.predictions.subarray(row * classNames.length, (row + 1) * classNames.length)];
      const winner = scores.indexOf(Math.max(...scores));
      const words = (await card.innerText()).split(/\s+/).join(" ");
      assert.equal(words, `label ${classNames[known.labels[row]]} predicted ${classNames[winner]} score ${(scores[winner] * 100).toFixed(1)} % id #${known.ids[row]}`);
    }
    await context.close();
  });

  it("selects with the lasso exactly what it encloses, adds and removes", async () => {
    const { page, context } = await open(browser, fragmentOf(known));
    await settled(page);
    const positions = await expectedPositions(page, known.layout);
    const star = starAround(await page.getByTestId("plane").boundingBox());
    const enclosed = rows(positions, star);
    assert.ok(enclosed.length > 50, "the polygon should enclose some observations");
    await lasso(page, star, ["Shift"]);
    assert.deepEqual(await selection(page), enclosed);
    assert.equal(await page.getByTestId("selection").getAttribute("data-count"), String(enclosed.length));
    assert.equal(await page.getByTestId("images").locator("button").count(), Math.min(60, enclosed.length));
    const shownRows = await page.getByTestId("images").locator("button").evaluateAll((all) => all.map((one) => Number(one.dataset.row)));
    assert.deepEqual(shownRows, enclosed.slice(0, 60));

    const box = await page.getByTestId("plane").boundingBox();
    const corner = [[box.x + 60, box.y + 2], [box.x + box.width / 2, box.y + 2], [box.x + box.width / 2, box.y + box.height / 2], [box.x + 60, box.y + box.height / 2]];
    const more = new Set([...enclosed, ...rows(positions, corner)]);
    await lasso(page, corner, ["Shift", "Control"]);
    assert.deepEqual(await selection(page), [...more].sort((a, b) => a - b));
    await lasso(page, star, ["Shift", "Alt"]);
    assert.deepEqual(await selection(page), [...more].filter((row) => !enclosed.includes(row)).sort((a, b) => a - b));
    await page.keyboard.press("Escape");
    assert.deepEqual(await selection(page), []);
    await context.close();
  });

  it("hides a class on click, shows it alone on double click, and never lassoes what is hidden", async () => {
    const { page, context } = await open(browser, fragmentOf(known));
    await settled(page);
    await page.getByTestId("legend-3").click();
    assert.deepEqual(await page.evaluate(() => window.inscape.state().hiddenClasses), [3]);
    const box = await page.getByTestId("plane").boundingBox();
    const all = [[box.x + 50, box.y + 1], [box.x + box.width - 2, box.y + 1], [box.x + box.width - 2, box.y + box.height - 2], [box.x + 50, box.y + box.height - 2]];
    await lasso(page, all, ["Shift"]);
    assert.deepEqual(await selection(page), [...known.labels.keys()].filter((row) => known.labels[row] !== 3));
    await page.waitForTimeout(400);
    await page.getByTestId("legend-3").dblclick();
    const visible = await page.evaluate(() => window.inscape.visible());
    assert.deepEqual(visible, [...known.labels.keys()].filter((row) => known.labels[row] === 3));
    await context.close();
  });

  it("puts thumbnails of the right observations beside their points, none on another", async () => {
    const { page, context } = await open(browser, `${fragmentOf(known)}&images=on`);
    await settled(page);
    const insets = await page.evaluate(() => window.inscape.insets().map((inset) => ({ ...inset })));
    assert.ok(insets.length >= 20, `${insets.length} thumbnails`);
    const { rows: height, cols: width, channels } = known.study.dataset.shape;
    const shown = await page.locator(".inset canvas").evaluateAll((all) =>
      all.map((canvas) => ({
        row: Number(canvas.dataset.row),
        grey: Array.from(canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data.filter((_, at) => at % 4 === 0)),
      })),
    );
    for (const { row, grey } of shown) {
      const start = row * channels * width * height;
      assert.deepEqual(grey, [...known.images.subarray(start, start + width * height)], `thumbnail of row ${row}`);
    }
    for (const [at, a] of insets.entries()) {
      assert.ok(insets.slice(at + 1).every((b) => Math.max(Math.abs(a.x - b.x), Math.abs(a.y - b.y)) >= 28), `thumbnail ${a.row} is covered`);
    }
    await context.close();
  });

  it("computes on demand, shows the moving layout, and can be cancelled", async () => {
    const { page, context, problems } = await open(browser, fragmentOf(known));
    await settled(page);
    await page.getByTestId("parameter-seed").fill("1");
    await page.getByTestId("parameter-seed").fill(String(1000 + (process.pid % 1000)));
    await page.getByTestId("compute").click();
    await page.getByTestId("job").waitFor();
    await page.waitForFunction(() => window.inscape.visible().length > 0, undefined, { timeout: 60_000 });
    const seen = await page.evaluate(() => window.inscape.screenPosition(0));
    await page.waitForFunction((old) => JSON.stringify(window.inscape.screenPosition(0)) !== JSON.stringify(old), seen, { timeout: 60_000 });
    await page.getByTestId("cancel").click();
    await page.getByTestId("empty").waitFor();
    assert.deepEqual(problems, []);
    await page.getByTestId("method").selectOption("pca");
    await page.getByTestId("compute").or(page.getByTestId("quality")).first().waitFor();
    const compute = page.getByTestId("compute");
    if (await compute.isEnabled()) {
      await compute.click();
    }
    await page.getByTestId("quality").first().waitFor({ timeout: 60_000 });
    assert.match(await page.getByTestId("title").innerText(), /PCA$/);
    await context.close();
  });

  it("says what is wrong with a parameter before it asks the server", async () => {
    const { page, context } = await open(browser, fragmentOf(known));
    await settled(page);
    await page.getByTestId("parameter-perplexity").fill("1e");
    assert.match(await page.locator(".method .problem").innerText(), /perplexity must be a number, got “1e”/);
    assert.equal(await page.getByTestId("compute").isDisabled(), true);
    await context.close();
  });
});

describe("the workspace", () => {
  it("comes back from a copied link exactly as it was", async () => {
    const { page, context } = await open(browser, fragmentOf(known));
    await settled(page);
    await lasso(page, starAround(await page.getByTestId("plane").boundingBox()), ["Shift"]);
    await page.getByTestId("legend-1").click();
    const box = await page.getByTestId("plane").boundingBox();
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await page.mouse.wheel(0, -300);
    await page.mouse.move(2, 400);
    await page.waitForTimeout(600);
    await page.getByTestId("copy-link").click();
    const link = await page.evaluate(() => navigator.clipboard.readText());
    assert.ok(link.startsWith(`${address}/#view=projection&run=`), link);
    const state = await page.evaluate(() => window.inscape.state());
    assert.ok(state.camera.scale > 1.2, "the wheel should have zoomed");
    assert.ok(state.selection.length > 0);
    const before = await page.getByTestId("plane").screenshot();
    const other = await open(browser, link.split("#")[1]);
    await settled(other.page);
    const { camera, ...rest } = await other.page.evaluate(() => window.inscape.state());
    const { camera: expected, ...others } = state;
    assert.deepEqual(rest, others);
    for (const key of ["x", "y", "scale"]) {
      assert.ok(Math.abs(camera[key] - expected[key]) < 1e-4, key);
    }
    const same = await difference(before, await other.page.getByTestId("plane").screenshot());
    assert.ok(same < 0.001, `the pictures differ in ${(same * 100).toFixed(2)} % of their pixels`);
    await context.close();
    await other.context.close();
  });

  it("goes back and forward", async () => {
    const { page, context } = await open(browser, "view=overview");
    await page.getByTestId("view-projection").click();
    await page.getByTestId("layer-input").click();
    await page.goBack();
    await page.goBack();
    assert.equal((await page.evaluate(() => window.inscape.state())).view, "overview");
    await page.goForward();
    await page.goForward();
    assert.equal((await page.evaluate(() => window.inscape.state())).layer, "input");
    await context.close();
  });

  it("listens to the keyboard", async () => {
    const { page, context } = await open(browser, fragmentOf(known));
    await settled(page);
    const state = () => page.evaluate(() => window.inscape.state());
    await page.keyboard.press("ArrowLeft");
    const kept = [...known.run.snapshots].sort((a, b) => a - b);
    assert.equal((await state()).epoch, kept.at(-2) ?? kept.at(-1));
    await page.keyboard.press("ArrowUp");
    assert.notEqual((await state()).layer, known.layer);
    await page.keyboard.press("4");
    assert.deepEqual((await state()).hiddenClasses, [4]);
    await page.keyboard.press("a");
    await page.keyboard.press("/");
    await page.keyboard.type(`#${known.ids[7]}`);
    await page.keyboard.press("Enter");
    assert.deepEqual((await state()).selection, [7]);
    await page.keyboard.press("?");
    assert.equal(await page.getByTestId("help-sheet").isVisible(), true);
    await page.keyboard.press("Escape");
    assert.equal(await page.getByTestId("help-sheet").isVisible(), false);
    await page.keyboard.press("Escape");
    assert.deepEqual((await state()).selection, []);
    await page.keyboard.press("g");
    await page.keyboard.press("c");
    assert.equal((await state()).view, "compare");
    await context.close();
  });

  it("puts small multiples side by side with one selection", async () => {
    const { page, context } = await open(browser, `view=compare&run=${known.run.name}&layer=${known.layer}&select=r3.4.5`);
    await page.locator("[data-testid=multiple][data-ready=true]").first().waitFor();
    assert.equal(await page.getByTestId("multiple").count(), 2);
    assert.equal(await page.getByTestId("selection").getAttribute("data-count"), "3");
    await page.getByTestId("compare-layers").click();
    assert.equal(await page.getByTestId("multiple").count(), known.run.layers.filter(({ name }) => name !== "input").length + 1);
    await context.close();
  });

  it("says that the server is gone, and comes back by itself", async () => {
    const { page, context } = await open(browser, fragmentOf(known));
    await settled(page);
    await context.close();
    const second = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    const lost = await second.newPage();
    await lost.route("**/api/events", (route) => route.abort());
    await lost.goto(`${address}/#view=overview`);
    await lost.getByTestId("lost").waitFor();
    await lost.unroute("**/api/events");
    await lost.getByTestId("lost").waitFor({ state: "detached", timeout: 10_000 });
    await second.close();
  });

  it("explains links to what does not exist", async () => {
    const { page, context } = await open(browser, "view=projection&run=nobody");
    assert.match(await page.getByTestId("missing").innerText(), /asks for the run “nobody”, which this study does not have/);
    await context.close();
  });
});

describe("everybody", () => {
  const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

  for (const colorScheme of ["light", "dark"]) {
    for (const view of ["overview", "projection", "compare", "compare&compare=pair", "projection&color=statistic.ink", "explore", "explore&chapter=directions", "explore&chapter=distances"]) {
      it(`can use the ${view} (${colorScheme})`, async () => {
        const { page, context } = await open(browser, `view=${view}&look=3&select=r3.4.5`, { colorScheme });
        await page.locator(view.startsWith("explore") ? "[data-testid=pixel-picker], [data-testid=weights-up], [data-testid=empty], .chapter [data-testid=plane]" : "[data-testid=quality]").first().waitFor();
        await page.evaluate(axe);
        const { violations } = await page.evaluate(() => window.axe.run({ resultTypes: ["violations"] }));
        const serious = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
        assert.deepEqual(serious.map(({ id, nodes }) => [id, nodes.map(({ target, failureSummary }) => `${target} ${failureSummary}`).slice(0, 3)]), []);
        const shot = pixelsOf(await page.screenshot());
        const [r] = shot.at(shot.width - 4, 400);
        assert.ok(colorScheme === "light" ? r > 230 : r < 60, `the ground is ${r}`);
        const overflow = await page.evaluate(() => [document.documentElement.scrollWidth - innerWidth, document.documentElement.scrollHeight - innerHeight]);
        assert.deepEqual(overflow, [0, 0]);
        await context.close();
      });
    }
  }

  it("can read the picture as a table", async () => {
    const { page, context } = await open(browser, fragmentOf(known));
    await settled(page);
    await page.keyboard.press("t");
    const row = (await page.getByTestId("point-table").locator("tbody tr").first().innerText()).split(/\s+/);
    assert.equal(row[0], `#${known.ids[0]}`);
    assert.equal(Number(row.at(-2)).toFixed(3), known.layout[0].toFixed(3));
    await context.close();
  });
});

async function picture(page) {
  const pixels = pixelsOf(await page.screenshot());
  return { pixels, positions: await expectedPositions(page, known.layout) };
}

function near(pixels, x, y, accept) {
  for (const dx of [0, -1, 1]) {
    for (const dy of [0, -1, 1]) {
      if (accept(pixels.at(Math.round(x) + dx, Math.round(y) + dy))) {
        return true;
      }
    }
  }
  return false;
}

/** Anything but the white ground: category10 has a grey too. */
const saturated = ([r, g, b]) => Math.min(r, g, b) < 190;
const distance = (a, b) => Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);

/** Rows that no other row is close to, so that a hover means them alone. */
function lonely(positions) {
  return positions
    .map(([x, y], row) => [Math.min(...positions.map(([ox, oy], other) => (other === row ? Infinity : Math.hypot(ox - x, oy - y)))), row])
    .sort((a, b) => b[0] - a[0])
    .map(([, row]) => row);
}

const rows = (positions, polygon) => positions.flatMap((position, row) => (inside(position, polygon) ? [row] : []));

function starAround(box) {
  return Array.from({ length: 10 }, (_, corner) => {
    const radius = corner % 2 === 0 ? 0.38 : 0.22;
    const angle = (corner * Math.PI) / 5;
    return [Math.round(box.x + box.width / 2 + Math.cos(angle) * radius * box.height), Math.round(box.y + box.height / 2 + Math.sin(angle) * radius * box.height)];
  });
}

async function lasso(page, polygon, keys) {
  for (const key of keys) {
    await page.keyboard.down(key);
  }
  const [first, ...others] = polygon;
  await page.mouse.move(...first);
  await page.mouse.down();
  for (const corner of others) {
    await page.mouse.move(...corner);
  }
  await page.mouse.up();
  for (const key of keys) {
    await page.keyboard.up(key);
  }
}

const selection = (page) => page.evaluate(() => window.inscape.state().selection);

async function difference(a, b) {
  const [one, two] = [pixelsOf(a), pixelsOf(b)];
  let different = 0;
  for (let y = 0; y < one.height; y++) {
    for (let x = 0; x < one.width; x++) {
      different += distance(one.at(x, y), two.at(x, y)) > 24 ? 1 : 0;
    }
  }
  return different / (one.width * one.height);
}
