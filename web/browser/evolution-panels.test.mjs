/** Field, region, honesty and probes of the evolution, on a made-up study (evolution-fixture.mjs). Needs the built page only. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, describe, it } from "node:test";
import { labelOf, startEvolutionFixture } from "./evolution-fixture.mjs";
import { launch, open, parses, pixelsOf, saved } from "./support.mjs";

const COUNT = 600;
let browser;
let fixture;

before(async () => {
  [browser, fixture] = await Promise.all([launch(), startEvolutionFixture({ count: COUNT })]);
});
after(async () => {
  await browser?.close();
  await fixture?.close();
});

const state = (page) => page.evaluate(() => window.inscape.state());
const text = (page, id) => page.getByTestId(id).innerText();
/** Waits for the field; where it does not come by itself, asks for it. */
async function fieldShown(page) {
  const ready = page.locator("[data-testid=field-controls][data-ready=true]");
  const asking = page.getByTestId("fit-field").click().catch(() => undefined); // goes away where the fit has begun already
  await ready.waitFor();
  void asking;
}
const percent = (share) => `${(share * 100).toFixed(1)} %`;
const report = () => fixture.results.find(({ kind, source }) => kind === "sequence" && source.run === "mlp").report.quality;
const rowsOf = async (page, id) => page.getByTestId(id).locator("button[data-row]").evaluateAll((found) => found.map((one) => Number(one.dataset.row)));

async function plane(page) {
  await page.getByTestId("plane").waitFor();
  await page.waitForFunction(() => window.inscape?.settled());
  return page.getByTestId("plane");
}

async function difference(a, b) {
  const [one, two] = [pixelsOf(a), pixelsOf(b)];
  let different = 0;
  const [width, height] = [Math.min(one.width, two.width), Math.min(one.height, two.height)];
  for (let y = 0; y < height; y += 2) {
    for (let x = 0; x < width; x += 2) {
      const [p, q] = [one.at(x, y), two.at(x, y)];
      different += Math.hypot(p[0] - q[0], p[1] - q[1], p[2] - q[2]) > 24 ? 1 : 0;
    }
  }
  return (different * 4) / (width * height);
}

describe("the field", () => {
  it("is fitted when the person asks for it, drawn as lines or particles, and blank where no trajectory passes", async () => {
    const { page, context, problems } = await open(browser, "view=evolution&e.trails=none", { at: fixture.address });
    const canvas = await plane(page);
    await page.waitForTimeout(400);
    const bare = await canvas.screenshot();
    assert.equal(fixture.asked.filter(({ body }) => body.kind === "field").length, 0, "nothing is fitted before anybody asks");
    await page.getByTestId("field-lines").click();
    await fieldShown(page);
    await page.waitForTimeout(500);
    const lines = await canvas.screenshot();
    assert.ok((await difference(bare, lines)) > 0.01, "no lines are drawn");
    const [one, two] = [pixelsOf(bare), pixelsOf(lines)];
    assert.deepEqual(two.at(two.width - 20, two.height - 20), one.at(one.width - 20, one.height - 20), "the corner has no data");
    await page.getByTestId("field-particles").click();
    await page.waitForTimeout(500);
    const particles = await canvas.screenshot();
    assert.ok((await difference(lines, particles)) > 0.01, "particles look like lines");
    await page.waitForTimeout(400);
    assert.ok((await difference(particles, await canvas.screenshot())) < 0.001, "particles move although less motion is asked for");
    assert.match(await text(page, "field-legend"), /speed 0\s+(≥ )?[\d.]+ per step/);
    assert.deepEqual(problems, []);
    await context.close();
  });

  it("lets particles drift where motion is welcome", async () => {
    const { page, context } = await open(browser, "view=evolution&e.trails=none&e.field=particles", { at: fixture.address, reducedMotion: "no-preference" });
    const canvas = await plane(page);
    await fieldShown(page);
    await page.waitForTimeout(600);
    const before = await canvas.screenshot();
    await page.waitForTimeout(400);
    assert.ok((await difference(before, await canvas.screenshot())) > 0.005, "particles stand still");
    await context.close();
  });

  it("asks for other lines while the slider moves, and for another fit when it is let go of", async () => {
    const { page, context, problems } = await open(browser, "view=evolution&e.field=lines", { at: fixture.address });
    await plane(page);
    await fieldShown(page);
    const lines = page.waitForRequest(/streamlines\?field=0&separation=0\.0[34]/);
    await page.getByTestId("separation").fill("0.035");
    await lines;
    assert.equal((await state(page)).evolution.separation, 0.035);
    await page.getByTestId("field-options").click();
    const fits = () => fixture.asked.filter(({ body }) => body.kind === "field").length;
    const before = fits();
    await page.getByTestId("grid").focus();
    await page.keyboard.press("ArrowLeft");
    await page.waitForFunction(() => window.inscape.state().evolution.grid === 45);
    await page.waitForFunction(() => document.querySelector("[data-testid=field-controls]")?.dataset.ready === "true");
    assert.equal(fits(), before + 1);
    assert.deepEqual(fixture.asked.findLast(({ body }) => body.kind === "field").body.parameters, { grid: 45 });
    assert.deepEqual(problems, []);
    await context.close();
  });

  it("of several is shown one by one or all in their colours, trails too", async () => {
    const { page, context, problems } = await open(browser, "view=evolution&e.field=lines&e.fields=3", { at: fixture.address });
    const canvas = await plane(page);
    await fieldShown(page);
    assert.match(await text(page, "shown-0"), /Field 1\s*240/);
    await page.waitForTimeout(400);
    const all = await canvas.screenshot();
    await page.getByTestId("shown-1").click();
    await page.waitForTimeout(500);
    assert.ok((await difference(all, await canvas.screenshot())) > 0.005);
    await page.getByTestId("shown-all").click();
    await page.getByTestId("assigned").click();
    await page.waitForTimeout(500);
    const coloured = await canvas.screenshot();
    assert.ok((await difference(all, coloured)) > 0.03, "the trails kept their classes' colours");
    assert.match(await page.evaluate(() => window.inscape.fragment()), /e\.fields=3.*e\.assigned=on/);
    assert.deepEqual(problems, []);
    await context.close();
  });
});

describe("a saved picture", () => {
  it("holds every line of the field, with what its colours mean and what it was fitted with", async () => {
    for (const colorScheme of ["light", "dark"]) {
      const { page, context, problems } = await open(browser, "view=evolution&e.trails=straight&e.field=lines&e.separation=0.03", { at: fixture.address, colorScheme });
      await plane(page);
      await fieldShown(page);
      const svg = (await saved(page, "save-svg")).toString();
      assert.equal(await parses(page, svg), "svg");
      const { digest, parameters } = fixture.results.find(({ kind, parameters: { grid = 50, smoothness = 0.05, fields = 1 } }) => kind === "field" && grid === 50 && smoothness === 0.05 && fields === 1);
      const points = new Float32Array(await (await fetch(`${fixture.address}/api/fields/${digest}/streamlines?field=0&separation=0.03`)).arrayBuffer());
      const lines = new Set(points.filter((_, at) => at % 4 === 0)).size;
      assert.ok(lines >= 10, `${lines} lines`);
      assert.equal(svg.match(/<g class="field-line">/g).length, lines);
      assert.equal(svg.match(/<circle /g).length, COUNT);
      assert.match(svg, />field: speed 0</);
      assert.match(svg, /per step</);
      assert.match(svg.match(/<desc>(.*)<\/desc>/)[1], new RegExp(`vector field: grid ${parameters.grid ?? 50}, smoothness ${parameters.smoothness ?? 0.05}, fields 1, energy 0\\.143; result ${digest.slice(0, 12)}; streamlines 3 % of its width apart`));
      const png = await saved(page, "save-png");
      const [one, width] = [pixelsOf(png), (await page.getByTestId("plane").boundingBox()).width];
      assert.equal(one.width, Math.round(width) * 2);
      await page.getByTestId("field-none").click();
      assert.doesNotMatch((await saved(page, "save-svg")).toString(), /field-line|vector field/);
      assert.deepEqual(problems, []);
      await context.close();
    }
  });

  it("holds several fields in their colours, and particles as they stand", async () => {
    const { page, context, problems } = await open(browser, "view=evolution&e.trails=straight&e.field=lines&e.fields=3&e.assigned=on", { at: fixture.address });
    await plane(page);
    await fieldShown(page);
    const svg = (await saved(page, "save-svg")).toString();
    const { sizes } = fixture.results.find(({ kind, parameters }) => kind === "field" && parameters.fields === 3).report;
    sizes.forEach((size, at) => assert.ok(svg.includes(`>field ${at + 1}, ${size} trajectories<`), `field ${at + 1}`));
    assert.match(svg, /3 vector fields: grid 50, smoothness 0\.05, fields 3/);
    assert.match(svg, /hue is the field that each follows/);
    await saved(page, "save-png");
    await page.getByTestId("field-particles").click();
    const still = (await saved(page, "save-svg")).toString();
    assert.equal(await parses(page, still), "svg");
    assert.equal(still.match(/<g class="field-line">/g).length, 2400);
    assert.match(still, /particles after a short drift/);
    assert.deepEqual(problems, []);
    await context.close();
  });
});

describe("a region", () => {
  it("that is brushed lists who passes, is in the link, and becomes the selection", async () => {
    const { page, context, problems } = await open(browser, "view=evolution&e.field=lines", { at: fixture.address });
    const canvas = await plane(page);
    await fieldShown(page);
    await page.getByTestId("field-brush").click();
    const box = await canvas.boundingBox();
    const at = await page.evaluate(() => window.inscape.screenPosition(1));
    await page.mouse.move(at.x - 25, at.y - 25);
    await page.mouse.down();
    await page.mouse.move(at.x + 25, at.y + 25, { steps: 4 });
    await page.mouse.up();
    assert.ok(box.x < at.x && at.x < box.x + box.width);
    await page.locator("[data-testid=region-panel][data-current=true][data-count]").waitFor();
    const { evolution, selection } = await state(page);
    assert.equal(evolution.region.length, 4, "a drag makes a box");
    assert.deepEqual(selection, [], "brushing selects nothing by itself");
    // Who passes, worked out here from the layouts alone.
    const [left, right] = [0, 1].map((end) => Math[end === 0 ? "min" : "max"](...evolution.region.map(([x]) => x)));
    const [bottom, top] = [0, 1].map((end) => Math[end === 0 ? "min" : "max"](...evolution.region.map(([, y]) => y)));
    const passes = Array.from({ length: COUNT }, (_, row) => row).filter((row) =>
      Array.from({ length: 160 }, (_, sample) => fixture.along(row, sample / 40)).some(([x, y]) => x > left && x < right && y > bottom && y < top),
    );
    assert.ok(passes.includes(1) && passes.length < COUNT / 2);
    assert.match(await text(page, "region-count"), new RegExp(`^${passes.length} of ${COUNT} trajectories`));
    // The most responsible first, as the fixture defines it; the outliers by dissimilarity.
    const field = fixture.results.find(({ kind, parameters }) => kind === "field" && Object.keys(parameters).length === 0);
    const dissimilarity = fixture.column(field.digest, "dissimilarity");
    const outliers = [...passes].sort((a, b) => dissimilarity[b] - dissimilarity[a] || a - b).slice(0, 12);
    assert.deepEqual(await rowsOf(page, "passages-outliers"), outliers);
    const listed = await rowsOf(page, "passages-responsible");
    assert.ok(listed.length === Math.min(12, passes.length) && listed.every((row) => passes.includes(row)));
    await page.getByTestId("region-order").selectOption("dissimilarity");
    assert.deepEqual((await rowsOf(page, "passages-all")).slice(0, 12), outliers);
    const classes = new Set(passes.map(labelOf));
    assert.equal(await page.getByTestId("region-panel").locator(".bars tbody tr").count(), classes.size);
    await page.getByTestId("passages-outliers").locator("[data-row]").first().click();
    assert.equal((await state(page)).primary, outliers[0]);
    await page.getByTestId("region-select").click();
    assert.deepEqual((await state(page)).selection, passes);

    const again = await open(browser, await page.evaluate(() => window.inscape.fragment()), { at: fixture.address });
    await again.page.locator("[data-testid=region-panel][data-current=true][data-count]").waitFor();
    assert.deepEqual((await state(again.page)).evolution.region, evolution.region);
    assert.match(await text(again.page, "region-count"), new RegExp(`^${passes.length} of`));
    await again.context.close();
    assert.deepEqual(problems, []);
    await context.close();
  });

  it("can be placed, moved, sized and written in numbers without a mouse", async () => {
    const { page, context, problems } = await open(browser, "view=evolution&e.field=lines", { at: fixture.address });
    await plane(page);
    await fieldShown(page);
    await page.getByTestId("region-place").focus();
    await page.keyboard.press("Enter");
    const mover = page.getByTestId("region-mover");
    await mover.waitFor();
    const before = (await state(page)).evolution;
    await mover.focus();
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Shift+ArrowUp");
    const after = (await state(page)).evolution;
    const bounds = (region) => [Math.min(...region.map(([x]) => x)), Math.max(...region.map(([x]) => x)), Math.max(...region.map(([, y]) => y)) - Math.min(...region.map(([, y]) => y))];
    const [old, now] = [bounds(before.region), bounds(after.region)];
    assert.ok(now[0] > old[0] && now[1] > old[1], "it did not move");
    assert.ok(now[2] > old[2] * 1.05, "it did not grow");
    assert.equal((await state(page)).epoch, null, "the arrow keys must not step through epochs meanwhile");
    await page.getByTestId("region-numbers").click();
    await page.getByTestId("region-left").fill("9");
    await page.getByTestId("region-right").fill("1");
    assert.match(await page.getByTestId("region-panel").getByRole("alert").innerText(), /left must be less than right, got 9 and 1/);
    for (const [side, value] of Object.entries({ left: 30, right: 40, bottom: 30, top: 40 })) {
      await page.getByTestId(`region-${side}`).fill(String(value));
    }
    await page.getByTestId("region-apply").click();
    await page.getByText("No trajectory passes here").waitFor();
    assert.deepEqual((await state(page)).evolution.region, [[30, 30], [40, 30], [40, 40], [30, 40]]);
    await page.getByTestId("region-clear").click();
    assert.equal((await state(page)).evolution.region, null);
    assert.deepEqual(problems, []);
    await context.close();
  });
});

describe("honesty", () => {
  it("shows every number of the report, in the chart for the moment and in the table for all", async () => {
    const { page, context, problems } = await open(browser, "view=evolution", { at: fixture.address });
    await plane(page);
    const quality = report();
    assert.match(await text(page, "verdict"), /At epoch 0, alignment shows class structure that the layer does not have: neighborhood hit 66\.1 % in the picture, 49\.0 % in the layer's own space/);
    const last = quality.steps.at(-1);
    assert.equal((await page.getByTestId("chart-hit").locator("li").allInnerTexts()).join(" | ").replaceAll("\n", " "), `aligned ${percent(last.alignedNeighborhoodHit)} | unaligned ${percent(last.unalignedNeighborhoodHit)} | own space ${percent(last.ownNeighborhoodHit)}`);
    await page.evaluate(() => (location.hash = `${window.inscape.fragment()}&e.at=1`));
    await page.getByText(percent(quality.steps[1].ownNeighborhoodHit)).first().waitFor();
    const stability = await page.getByTestId("stability").locator("tbody tr").allInnerTexts();
    assert.deepEqual(stability.map((row) => row.split(/\s+(?=[\d.])/)), [
      ["Pearson", "0.812", "0.204"], ["Spearman", "0.782", "0.174"], ["Stress of movement", quality.aligned.normalizedStress.toFixed(3), quality.unaligned.normalizedStress.toFixed(3)],
    ]);
    await page.getByTestId("warnings").locator("summary").click();
    assert.equal(await page.getByTestId("warnings").locator("li").innerText(), quality.warnings[0]);
    await page.getByTestId("honesty-numbers").click();
    const rows = await page.getByTestId("honesty-table").locator("tbody tr").all();
    assert.equal(rows.length, quality.steps.length);
    for (const [at, row] of rows.entries()) {
      const one = quality.steps[at];
      const shares = [one.alignedNeighborhoodHit, one.unalignedNeighborhoodHit, one.ownNeighborhoodHit].map(percent);
      const plain = [one.alignedStress, one.unalignedStress, one.alignedTrustworthiness, one.unalignedTrustworthiness, one.alignedClassRatio, one.unalignedClassRatio, one.ownClassRatio].map((value) => value.toFixed(3));
      assert.deepEqual(await row.locator("td").allInnerTexts(), [...shares, ...plain]);
    }
    assert.deepEqual(problems, []);
    await context.close();
  });

  it("trains the control with one click, lays out the same steps, and sets what separates them side by side", async () => {
    const own = await startEvolutionFixture({ count: COUNT, trainMs: 6000 });
    const { page, context, problems } = await open(browser, "view=evolution", { at: own.address });
    await plane(page);
    await page.getByTestId("train-control").click();
    await page.getByText(/Training mlp-shuffled: epoch \d+ of 10/).waitFor();
    assert.equal(await page.getByTestId("train-control").count(), 0, "it cannot be asked for twice");
    await page.getByTestId("contrast").waitFor({ timeout: 30_000 });
    const trained = own.asked.filter(({ path }) => path === "runs").map(({ body }) => body);
    assert.deepEqual(trained, [{ like: "mlp", shuffleLabels: true }]);
    const { source, method, parameters } = own.asked.find(({ body }) => body.kind === "sequence").body;
    assert.deepEqual({ by: source.by, run: source.run, layer: source.layer, method, lambda: parameters.lambda }, { by: "epoch", run: "mlp-shuffled", layer: "fc4", method: "vff", lambda: 0.5 });
    const cells = (row) => page.getByTestId("contrast").locator(`[data-row="${row}"] td`).allInnerTexts();
    assert.deepEqual(await cells("Neighborhood hit, own space"), ["96.0 %", "25.0 %"]);
    assert.deepEqual(await cells("Between / within classes, own space"), ["2.50", "1.21"]);
    assert.match(await text(page, "coherence"), /does not tell them apart/);
    await page.getByTestId("control-plane").waitFor();
    await page.getByTestId("control-beside").uncheck();
    await page.getByTestId("control-plane").waitFor({ state: "detached" });
    assert.deepEqual(problems, []);
    await context.close();
    await own.close();
  });
});

describe("probes", () => {
  it("say which layers add nothing, and the reduced network is trained and set beside", async () => {
    const own = await startEvolutionFixture({ count: COUNT, trainMs: 6000 });
    const { page, context, problems } = await open(browser, "view=evolution", { at: own.address });
    await plane(page);
    await page.getByTestId("probe-layers").click();
    await page.getByTestId("advice").waitFor();
    assert.deepEqual(own.asked.at(-1).body, { kind: "probe", source: { run: "mlp", epoch: 10 }, parameters: {} });
    assert.match(await text(page, "advice"), /fc2, fc3 and fc4 add nothing/);
    const row = page.getByTestId("probe-table").locator("[data-layer=fc1] td");
    assert.deepEqual((await row.allInnerTexts()).slice(1), ["97.9 %", "95.9 %"]);
    assert.equal(await page.getByTestId("probe-table").locator(".probe-flag").count(), 3);
    await page.getByTestId("train-reduced").click();
    await page.getByTestId("run-progress").waitFor();
    await page.getByTestId("beside").waitFor({ timeout: 30_000 });
    assert.deepEqual(own.asked.filter(({ path }) => path === "runs").map(({ body }) => body), [{ like: "mlp", architecture: "rmlp" }]);
    assert.match(await text(page, "difference"), /rmlp is 0\.1 points less accurate, with 21 % of the weights/);
    assert.deepEqual(problems, []);
    await context.close();
    await own.close();
  });
});

describe("a study that is open for reading only", () => {
  it("offers nothing that would be refused, and says why", async () => {
    const own = await startEvolutionFixture({ count: COUNT, readOnly: true });
    const { page, context, problems } = await open(browser, "view=evolution&e.field=lines", { at: own.address });
    await plane(page);
    assert.match(await text(page, "field-missing"), /open for reading only/);
    assert.equal(await page.getByTestId("fit-field").count(), 0);
    assert.equal(await page.getByTestId("train-control").isDisabled(), true);
    assert.match(await text(page, "probe"), /open for reading only/);
    assert.deepEqual(own.asked, []);
    assert.deepEqual(problems, []);
    await context.close();
    await own.close();
  });
});

describe("everybody", () => {
  const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
  for (const colorScheme of ["light", "dark"]) {
    it(`can use the panels on a ${colorScheme} ground: names, contrast, no small print, nothing cut off`, async () => {
      const { page, context, problems } = await open(browser, "view=evolution&e.field=lines&e.fields=3&e.region=1,1_6,1_6,6_1,6", { at: fixture.address, colorScheme });
      await plane(page);
      await fieldShown(page);
      await page.locator("[data-testid=region-panel][data-count]").waitFor();
      await page.getByTestId("honesty-numbers").click();
      await page.getByTestId("region-numbers").click();
      await page.addScriptTag({ content: axe });
      const found = await page.evaluate(() => window.axe.run({ include: [[".honesty"], [".region"], [".probe"], [".field-controls"]] }, { resultTypes: ["violations"] }));
      assert.deepEqual(found.violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`), []);
      const small = await page.evaluate(() =>
        [...document.querySelectorAll(".honesty *, .region *, .probe *, .field-controls *")].filter((one) => one.childNodes.length > 0 && [...one.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim() !== "") && Number.parseFloat(getComputedStyle(one).fontSize) < 12).map((one) => one.outerHTML.slice(0, 80)),
      );
      assert.deepEqual(small, []);
      const wide = await page.evaluate(() => [...document.querySelectorAll(".honesty, .region, .probe, .control, .step-chart, .contrast, .probe-layers, .field-controls")].filter((one) => one.scrollWidth > one.clientWidth + 1).map((one) => `${one.className} ${one.scrollWidth} > ${one.clientWidth}`));
      assert.deepEqual(wide, []);
      const scrolled = await page.evaluate(() => [document.documentElement.scrollTop, document.documentElement.scrollWidth - innerWidth]);
      assert.deepEqual(scrolled, [0, 0]);
      assert.deepEqual(problems, []);
      await context.close();
    });
  }
});
