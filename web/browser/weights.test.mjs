/** Distributions, Hinton diagrams and the network, on a made-up study (weights-fixture.mjs). Needs the built page only. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, describe, it } from "node:test";
import { launch, open, pixelsOf } from "./support.mjs";
import { accuracyOf, EPOCHS, graph, histograms, matrix, startWeightsFixture } from "./weights-fixture.mjs";

let browser;
let fixture;
let residual;

before(async () => {
  [browser, fixture, residual] = await Promise.all([launch(), startWeightsFixture(), startWeightsFixture({ blocks: 10 })]);
});
after(async () => {
  await browser?.close();
  await fixture?.close();
  await residual?.close();
});

const state = (page) => page.evaluate(() => window.inscape.state());
const show = async (fragment, options = {}) => {
  const opened = await open(browser, fragment, { at: fixture.address, ...options });
  await opened.page.getByTestId(options.wait ?? "weights").waitFor();
  return opened;
};
const stacked = (page) => page.getByTestId("stack").locator("figure strong").allInnerTexts();

describe("distributions", () => {
  it("show models as circles, take two, and put a third in the place of the older choice with a message", async () => {
    const { page, context, problems } = await show("view=weights&run=wide&layer=fc1");
    await page.getByTestId("stack").waitFor();
    assert.deepEqual(await stacked(page), ["wide"]);
    assert.match(await page.getByTestId("accuracy-legend").innerText(), /10\.0 %[\s\S]*99\.2 %/);
    await page.getByTestId("model-narrow").hover();
    const card = await page.locator("#model-card-narrow").innerText();
    assert.match(card, /mlp-64[\s\S]*2: fc1, output[\s\S]*95\.70 %/);
    await page.getByTestId("model-narrow").click();
    await page.getByTestId("stacked-narrow").waitFor();
    assert.deepEqual(await stacked(page), ["wide", "narrow"]);
    await page.getByTestId("model-conv").focus();
    await page.keyboard.press("Enter");
    assert.match(await page.getByTestId("models-message").innerText(), /conv takes the place of wide, the older choice/);
    await page.getByTestId("stacked-conv").waitFor();
    assert.deepEqual(await stacked(page), ["narrow", "conv"]);
    assert.equal(await page.getByTestId("model-wide").getAttribute("aria-pressed"), "false");
    await page.getByTestId("stack-more").check();
    await page.getByTestId("model-wide").click();
    await page.getByTestId("stacked-wide").waitFor();
    assert.deepEqual(await stacked(page), ["narrow", "conv", "wide"]);
    assert.deepEqual(problems, []);
    await context.close();
  });

  it("slide through all epochs without a question, each step in less than 50 ms, bars and mean moving on the same axis", async () => {
    const { page, context, problems } = await show("view=weights&run=wide&layer=fc1&w.models=wide~narrow&w.at=0");
    await page.getByTestId("histogram-narrow").waitFor();
    const axis = await page.getByTestId("histogram-wide").locator(".axes").innerHTML();
    assert.equal(await page.getByTestId("histogram-narrow").locator(".axes").innerHTML(), axis, "both have one axis");
    const asked = fixture.asked.length;
    const bars = new Set();
    const colors = new Set();
    for (const epoch of EPOCHS.slice(1)) {
      await page.keyboard.press("ArrowRight");
      assert.equal(await page.getByTestId("stack").getAttribute("data-at"), String(epoch));
      const one = page.getByTestId("histogram-wide");
      bars.add(await one.getByTestId("bars").getAttribute("d"));
      colors.add(await one.getByTestId("bars").getAttribute("fill"));
      assert.ok(Math.abs(Number(await one.getByTestId("mean").getAttribute("data-value")) + 0.0012 * epoch) < 1e-9);
    }
    assert.equal(bars.size, 15, "an epoch looks like another");
    assert.ok(colors.size >= 8, `${colors.size} colours for 15 accuracies`);
    const weights = fixture.asked.slice(asked).filter((url) => /weights|matrix/.test(url) && !/distances/.test(url));
    assert.deepEqual(weights, [], "a step asks");
    assert.equal(await page.getByTestId("histogram-wide").locator(".axes").innerHTML(), axis, "the axis moves");
    const took = await page.evaluate(async (epochs) => {
      const slider = document.querySelector("[data-testid=epoch-slider]");
      const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set;
      const times = [];
      for (let round = 0; round < 3; round++) {
        for (let at = 0; at < epochs; at++) {
          const began = performance.now();
          set.call(slider, String(at));
          slider.dispatchEvent(new Event("input", { bubbles: true }));
          while (document.querySelector("[data-testid=stack]").dataset.at !== String(at)) {
            await new Promise((go) => setTimeout(go, 0));
          }
          times.push(performance.now() - began);
          await new Promise((go) => setTimeout(go, 5));
        }
      }
      return times.sort((a, b) => a - b)[Math.floor(times.length / 2)];
    }, EPOCHS.length);
    assert.ok(took < 50, `a step takes ${took} ms`);
    assert.deepEqual(problems, []);
    await context.close();
  });

  it("tell figures and counts as numbers, and as files with their provenance", async () => {
    const { page, context } = await show("view=weights&run=wide&layer=fc1&w.models=wide~narrow&w.at=5");
    await page.getByTestId("histogram-narrow").waitFor();
    const figures = await page.getByTestId("stacked-wide").getByTestId("figures").innerText();
    assert.match(figures, /mean\s+-0\.006[\s\S]*n\s+235,200/);
    await page.keyboard.press("t");
    const table = page.getByTestId("weights-table");
    const { bins, runs } = histograms(["wide", "narrow"], "fc1", "weights", false);
    const rows = await table.locator("tbody tr").evaluateAll((found) => found.map((row) => [...row.querySelectorAll("td")].map((cell) => cell.textContent.replaceAll(",", ""))));
    assert.equal(rows.length, 7 + bins);
    assert.deepEqual(rows.slice(7).map(([count]) => Number(count)), runs[0].counts[5]);
    assert.deepEqual(rows.slice(7).map(([, count]) => Number(count)), runs[1].counts[5]);
    const saved = async (kind) => {
      await page.getByTestId("save").click();
      const [file] = await Promise.all([page.waitForEvent("download"), page.getByTestId(`save-${kind}`).click()]);
      return readFileSync(await file.path());
    };
    const csv = (await saved("csv")).toString();
    assert.match(csv, /^# MNIST[\s\S]*# run narrow: mlp-64, seed 1/);
    const lines = csv.trim().split("\n").filter((line) => !line.startsWith("#"));
    assert.equal(lines.length, 1 + 2 * EPOCHS.length);
    assert.deepEqual(lines[6].split(",").slice(18).map(Number), runs[0].counts[5]);
    const svg = (await saved("svg")).toString();
    assert.match(svg, /<title>fc1 weights of wide and narrow/);
    assert.match(svg, /test accuracy at the epoch[\s\S]*the same for all models and epochs/);
    assert.equal((await saved("png")).subarray(1, 4).toString(), "PNG");
    await context.close();
  });

  it("lay epochs over each other and behind each other, on linear and logarithmic heights", async () => {
    const { page, context, problems } = await show("view=weights&run=wide&layer=fc1&w.at=3");
    await page.getByTestId("mode-overlay").click();
    const lines = page.getByTestId("overlay").locator("path[stroke^='#']");
    assert.equal(await page.getByTestId("overlay").locator("path").count(), EPOCHS.length + 1);
    const lightness = await lines.evaluateAll((paths) => paths.map((path) => path.getAttribute("stroke")).map((hex) => [1, 3, 5].reduce((sum, at) => sum + Number.parseInt(hex.slice(at, at + 2), 16), 0)));
    assert.deepEqual(lightness.slice(0, EPOCHS.length), [...lightness.slice(0, EPOCHS.length)].sort((a, b) => a - b), "later is not brighter");
    await page.getByTestId("mode-ridge").click();
    assert.equal(await page.getByTestId("ridge").locator("path").count(), EPOCHS.length);
    const before = await page.getByTestId("ridge").locator("path").nth(5).getAttribute("d");
    await page.getByTestId("log").check();
    assert.notEqual(await page.getByTestId("ridge").locator("path").nth(5).getAttribute("d"), before);
    assert.deepEqual((({ mode, log }) => ({ mode, log }))((await state(page)).weights), { mode: "ridge", log: true });
    assert.deepEqual(problems, []);
    await context.close();
  });

  it("choose any layer of any model, biases and updates; say who has none", async () => {
    const { page, context } = await show("view=weights&run=wide&layer=fc1&w.models=wide~conv");
    await page.getByTestId("weights-layer").selectOption("conv1");
    await page.getByTestId("stacked-wide").getByText("has no weights of a layer").or(page.getByText("wide has no weights in a layer conv1")).first().waitFor();
    assert.equal((await state(page)).layer, "fc1", "a layer that the run has not is the weights' own");
    await page.getByTestId("ratio-fc2").click();
    assert.equal((await state(page)).layer, "fc2");
    await page.getByTestId("what").selectOption("updates");
    await page.getByTestId("histogram-wide").waitFor();
    assert.match(await page.getByTestId("title").innerText(), /fc2 updates of weights of wide and conv/);
    await page.getByTestId("layer-fc1").click();
    assert.match(await page.getByTestId("title").innerText(), /fc1 updates/);
    await context.close();
  });

  it("draw updates beside weights with the guide, and distances with how exact they are", async () => {
    const { page, context } = await show("view=weights&run=wide&layer=fc1&w.models=wide~conv&w.at=5");
    await page.getByTestId("ratio").waitFor();
    assert.equal(await page.getByTestId("guide").count(), 1);
    assert.match(await page.getByTestId("ratio-fc1").innerText(), /fc1\s+−2\.65/);
    const distances = page.getByTestId("distances");
    await distances.locator("tbody tr").first().waitFor();
    assert.match(await distances.innerText(), /fc1\s*weights\s+0\.212\s+0\.0101[\s\S]*cannot be compared: run wide has them, run conv has not[\s\S]*All|of 8 are exact/);
    await page.keyboard.press("ArrowRight");
    await page.getByTestId("exactness").getByText("From the histograms").waitFor();
    assert.match(await distances.innerText(), /0\.212 to 0\.213[\s\S]*0\.0098 to 0\.0104/);
    await context.close();
  });

  it("show a diverged run as such, with the epoch", async () => {
    const { page, context } = await show("view=weights&run=steep&layer=fc1");
    await page.getByTestId("stack").waitFor();
    assert.match(await page.getByTestId("model-steep").innerText(), /diverged, epoch 4/);
    for (let step = 0; step < 4; step++) {
      await page.keyboard.press("ArrowRight");
    }
    assert.match(await page.getByTestId("diverged").innerText(), /diverged at epoch 4: weights that are no numbers are counted, not drawn/);
    assert.match(await page.getByTestId("figures").innerText(), /no numbers\s+77/);
    await context.close();
  });

  it("come back from the URL", async () => {
    const fragment = "view=weights&run=conv&epoch=5&layer=fc1&w.models=wide~conv&w.what=biases&w.at=7&w.mode=overlay&w.log=on";
    const { page, context } = await show(fragment);
    await page.getByTestId("overlay").first().waitFor();
    assert.deepEqual(await stacked(page), ["wide", "conv"]);
    assert.equal(await page.getByTestId("stack").getAttribute("data-at"), "7");
    assert.match(await page.getByTestId("epoch").innerText(), /Epoch 7 of 15/);
    assert.equal(await page.evaluate(() => window.inscape.fragment()).then((text) => decodeURIComponent(text)), fragment);
    await context.close();
  });

  it("play through all epochs, and all views follow where it rests", async () => {
    const { page, context } = await show("view=weights&run=wide&layer=fc1&w.at=9");
    await page.getByTestId("stack").waitFor();
    await page.getByTestId("epoch-11").click();
    await page.waitForFunction(() => window.inscape.state().epoch === 10);
    assert.equal((await state(page)).weights.at, 11);
    assert.ok(accuracyOf("wide", 11) > 0.9);
    await page.getByTestId("play").click();
    await page.waitForFunction(() => document.querySelector("[data-testid=stack]").dataset.at === "13");
    await page.getByTestId("play").click();
    await context.close();
  });
});

describe("Hinton diagrams", () => {
  it("draw areas that are proportional to weights, the largest fills its cell", async () => {
    const { page, context, problems } = await show("view=weights&run=wide&epoch=15&layer=fc1&w.show=hinton&w.scale=epoch&w.window=0.12.0.12");
    const canvas = page.getByTestId("hinton");
    await canvas.waitFor();
    await page.waitForFunction(() => document.querySelector("[data-testid=hinton]").dataset.per === "1x1");
    await page.mouse.move(2, 400);
    const { values, receivers, most } = matrix("wide", "fc1", 15);
    const cell = Number(await canvas.getAttribute("data-cell"));
    assert.ok(Math.abs(Number(await canvas.getAttribute("data-scale")) - most) < 1e-9);
    const address = await canvas.evaluate((element) => element.toDataURL().split(",")[1]);
    const pixels = pixelsOf(Buffer.from(address, "base64"));
    for (let row = 0; row < 12; row++) {
      for (let col = 0; col < 12; col++) {
        const value = values[row * receivers + col];
        const end = value > 0 ? 127 : -128;
        let area = 0;
        for (let y = Math.ceil(row * cell); y < Math.floor((row + 1) * cell); y++) {
          for (let x = Math.ceil(col * cell); x < Math.floor((col + 1) * cell); x++) {
            area += (pixels.at(x, y)[0] - 128) / end;
          }
        }
        // Pixels that two cells share are left out: squares that reach them are measured as far as they lie inside.
        const inside = (at) => Math.floor((at + 1) * cell) - Math.ceil(at * cell);
        const side = cell * Math.sqrt(Math.abs(value) / most);
        const expected = Math.min(side, inside(col)) * Math.min(side, inside(row));
        assert.ok(Math.abs(area - expected) <= Math.max(0.02 * expected, 1), `${row} -> ${col}: ${area} of ${expected}`);
      }
    }
    assert.deepEqual(problems, []);
    await context.close();
  });

  it("begin as block means, come nearer by dragging, and read every weight", async () => {
    const { page, context } = await show("view=weights&run=wide&epoch=15&layer=fc1&w.show=hinton");
    const canvas = page.getByTestId("hinton");
    await canvas.waitFor();
    assert.match(await page.getByTestId("hinton-words").innerText(), /784 senders × 300 receivers\. A square is the mean of \d+ × \d+ weights/);
    assert.ok(Number(await canvas.getAttribute("data-drawn-ms")) < 1000);
    const box = await canvas.boundingBox();
    await page.mouse.move(box.x + 2, box.y + 2);
    await page.mouse.down();
    await page.mouse.move(box.x + 30, box.y + 20, { steps: 3 });
    await page.mouse.up();
    await page.waitForFunction(() => document.querySelector("[data-testid=hinton]").dataset.per === "1x1");
    const [top, , left] = (await state(page)).weights.window;
    assert.deepEqual([top, left], [0, 0]);
    const { values } = matrix("wide", "fc1", 15);
    const near = await canvas.boundingBox();
    const cell = Number(await canvas.getAttribute("data-cell"));
    const pointed = page.getByTestId("hinton-pointed");
    for (let tries = 0; tries < 50 && !/→/.test(await pointed.innerText()); tries++) {
      await page.mouse.move(near.x + cell * 1.5 + (tries % 2), near.y + cell * 0.5); // the picture may take a moment to hear the pointer
      await page.waitForTimeout(100);
    }
    const words = await pointed.innerText();
    assert.match(words, /^0 → 1 of fc1 = −/);
    assert.ok(Math.abs(Number(words.split("= ")[1].replace("−", "-")) / values[1] - 1) < 0.01);
    await page.getByTestId("receiver-0").click();
    const { view, layer, unit, units } = await state(page);
    assert.deepEqual({ view, layer, unit, units }, { view: "neurons", layer: "fc1", unit: 0, units: [0] });
    await context.close();
  });

  it("draw 784 x 1,000 at once, sort it, and zoom by keys", async () => {
    const { page, context } = await show("view=weights&run=wide&epoch=15&layer=output&w.show=hinton&w.cols=norm&w.rows=mean");
    const canvas = page.getByTestId("hinton");
    await canvas.waitFor();
    const { values, senders, receivers } = matrix("wide", "output", 15);
    const norms = Array.from({ length: receivers }, (_, col) => Array.from({ length: senders }, (_, row) => values[row * receivers + col] ** 2).reduce((a, b) => a + b, 0));
    const largest = norms.indexOf(Math.max(...norms));
    const first = await page.locator(".hinton-heads button").first().innerText();
    assert.equal(Number(first), largest);
    await page.locator(".hinton-picture").focus();
    await page.keyboard.press("+");
    await page.waitForFunction(() => window.inscape.state().weights.window !== null);
    const pointed = page.getByTestId("hinton-pointed");
    for (let tries = 0; tries < 50 && !/→/.test(await pointed.innerText()); tries++) {
      await page.keyboard.press("ArrowRight"); // says nothing before the part zoomed to is here
      await page.waitForTimeout(100);
    }
    assert.match(await pointed.innerText(), /→/);
    await page.keyboard.press("0");
    assert.equal((await state(page)).weights.window, null);
    await page.keyboard.press("t");
    assert.equal(await page.getByTestId("weights-table").locator("tbody tr").count(), 100);
    await context.close();
  });

  it("say when an epoch has no snapshot, and save with a legend", async () => {
    const { page, context } = await show("view=weights&run=narrow&layer=fc1&w.show=hinton&w.at=7&epoch=5");
    await page.getByTestId("hinton").waitFor();
    assert.match(await page.getByTestId("hinton-words").innerText(), /Epoch 7 has no snapshot: the last one kept before it is shown/);
    await page.getByTestId("save").click();
    const [file] = await Promise.all([page.waitForEvent("download"), page.getByTestId("save-svg").click()]);
    const svg = readFileSync(await file.path()).toString();
    assert.match(svg, /tensor fc1\.weight at epoch 5[\s\S]*rows are senders/);
    await context.close();
  });
});

describe("the network", () => {
  it("shows operators with shapes and parameters; a click chooses the layer and shows its settings", async () => {
    const { page, context, problems } = await show("view=network&run=wide", { wait: "network" });
    const { nodes, parameterCount } = graph("wide");
    await page.getByTestId("diagram").waitFor();
    assert.equal(await page.locator(".node").count(), nodes.length + 2);
    assert.match(await page.getByTestId("network").innerText(), new RegExp(parameterCount.toLocaleString("en")));
    await page.getByTestId("node-fc1/Gemm").click();
    assert.equal((await state(page)).layer, "fc1");
    assert.match(await page.getByTestId("node-details").innerText(), /transB\s+1[\s\S]*fc1\.weight: 300 × 784/);
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    assert.equal((await state(page)).layer, "fc2");
    await page.getByTestId("to-weights").click();
    assert.match(await page.getByTestId("title").innerText(), /fc2 weights of wide/);
    await page.goBack();
    await page.getByTestId("node-details").waitFor();
    assert.equal((await state(page)).weights.node, "fc2/Gemm");
    assert.deepEqual(problems, []);
    await context.close();
  });

  it("folds a deep network, opens it again, zooms and pans, and reads as a table", async () => {
    const { page, context, problems } = await open(browser, "view=network&run=wide", { at: residual.address });
    await page.getByTestId("diagram").waitFor();
    const boxes = await page.locator(".node").count();
    const { nodes } = graph("wide", 10);
    assert.ok(boxes < 50 && nodes.length > 60, `${boxes} boxes of ${nodes.length} operators`);
    await page.getByTestId("node-b0.conv1").click();
    await page.getByTestId("unfold").click();
    assert.equal(await page.locator(".node").count(), boxes + 2);
    const diagram = await page.getByTestId("diagram").boundingBox();
    await page.mouse.move(diagram.x + 400, diagram.y + 200);
    await page.mouse.wheel(0, 300);
    await page.waitForFunction(() => window.inscape.state().weights.look?.scale < 1);
    const { x, scale } = (await state(page)).weights.look;
    await page.mouse.down();
    await page.mouse.move(diagram.x + 300, diagram.y + 200, { steps: 4 });
    await page.mouse.up();
    assert.ok(Math.abs((await state(page)).weights.look.x - x - 100 / scale) < 1);
    await page.getByTestId("network-fit").click();
    const ends = await page.locator(".node").evaluateAll((found) => found.map((one) => one.getBoundingClientRect()).map(({ top, bottom }) => [top, bottom]));
    assert.ok(Math.min(...ends.map(([top]) => top)) >= diagram.y && Math.max(...ends.map(([, bottom]) => bottom)) <= diagram.y + diagram.height + 1);
    await page.getByTestId("direction-right").click();
    await page.keyboard.press("t");
    assert.equal(await page.getByTestId("network-table").locator("tbody tr").count(), nodes.length);
    assert.deepEqual(problems, []);
    await context.close();
  });
});

describe("accessibility", () => {
  const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
  const views = [
    ["distributions", "view=weights&run=wide&layer=fc1&w.models=wide~steep&w.mode=ridge"],
    ["a Hinton diagram", "view=weights&run=wide&epoch=15&layer=fc1&w.show=hinton&w.window=0.20.0.20"],
    ["the network", "view=network&run=wide"],
  ];
  for (const scheme of ["light", "dark"]) {
    for (const [name, fragment] of views) {
      it(`has no violations in ${name}, ${scheme}`, async () => {
        const { page, context } = await open(browser, fragment, { at: fixture.address, colorScheme: scheme });
        await page.locator("[data-testid=ridge], [data-testid=hinton], .node").first().waitFor();
        await page.waitForTimeout(400);
        await page.evaluate(axe);
        const { violations } = await page.evaluate(() => window.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"] }));
        assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target, failureSummary }) => `${target} ${failureSummary}`).join("; ")}`), []);
        await context.close();
      });
    }
  }

  it("keeps words at 12 pixels or more and inside of the window", async () => {
    for (const [, fragment] of views) {
      const { page, context } = await open(browser, fragment, { at: fixture.address });
      await page.locator("[data-testid=ridge], [data-testid=hinton], .node").first().waitFor();
      await page.waitForTimeout(300);
      const small = await page.evaluate(() => [...document.querySelectorAll("main *, footer *, aside *")].filter((element) => [...element.childNodes].some((child) => child.nodeType === 3 && child.textContent.trim() !== "") && Number.parseFloat(getComputedStyle(element).fontSize) < 12).map((element) => element.outerHTML.slice(0, 90)));
      assert.deepEqual(small, []);
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth && document.documentElement.scrollHeight <= innerHeight));
      await context.close();
    }
  });
});
