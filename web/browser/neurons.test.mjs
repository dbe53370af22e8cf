/** Neurons on a made-up study (neurons-fixture.mjs). Needs the built page only. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, describe, it } from "node:test";
import { DEAD, LIVE, ranked, scores, startNeuronsFixture, UNITS } from "./neurons-fixture.mjs";
import { launch, open, pixelsOf } from "./support.mjs";

let browser;
let fixture;

before(async () => {
  browser = await launch();
  fixture = await startNeuronsFixture({ kept: true });
});
after(async () => {
  await browser?.close();
  await fixture?.close();
});

const PLACE = "view=neurons&run=mlp&epoch=5&layer=fc4";
const show = (more = "", options = {}) => open(browser, PLACE + more, { at: fixture.address, ...options });
const state = (page) => page.evaluate(() => window.inscape.state());
const ascending = (units) => [...units].sort((a, b) => a - b);
const mapped = (page) => page.waitForFunction(() => window.inscape.visible().length > 0);

describe("neurons", () => {
  it("are computed when somebody asks, ranked by class 8, selected, looked at, and found again after a reload", async () => {
    const fresh = await startNeuronsFixture();
    const { page, context, problems } = await open(browser, PLACE, { at: fresh.address });
    await page.getByTestId("compute-empty").waitFor();
    assert.deepEqual(fresh.asked, [], "opening the view computes something");
    await page.getByTestId("compute-empty").click();
    await mapped(page);
    await page.getByTestId("unit-words").filter({ hasText: "two seeds agree .83" }).waitFor();
    assert.deepEqual(fresh.asked.map(({ body }) => [body.kind, body.source, body.method]), [["units", { run: "mlp", epoch: 5, layer: "fc4" }, "smacof"], ["scores", { run: "mlp", epoch: 5, layer: "fc4" }, "extra-trees"]]);
    assert.deepEqual(await page.evaluate(() => window.inscape.visible()), LIVE);

    await page.getByTestId("class-8").click();
    const rows = page.getByTestId("ranked").locator("li");
    assert.deepEqual(await rows.evaluateAll((all) => all.map((one) => Number(one.dataset.unit))), ranked(8).slice(0, 20));
    assert.match(await page.getByTestId("unit-words").innerText(), /Class 8: its 20 strongest neurons are \.58 apart on average, all pairs \.80: ratio \.7/);
    await page.getByTestId("select-20").click();
    assert.deepEqual((await state(page)).units, ascending(ranked(8).slice(0, 20)));
    const second = ranked(8)[1];
    await page.locator(`[data-testid=ranked] [data-unit="${second}"] .rank-row`).click();
    assert.equal((await state(page)).unit, second);
    await page.keyboard.press("ArrowDown");
    assert.equal((await state(page)).unit, ranked(8)[2]);
    await page.locator(`[data-testid=ranked] [data-unit="${second}"] input`).click();
    assert.equal((await state(page)).units.length, 19);

    await page.reload();
    await mapped(page);
    const again = await state(page);
    assert.deepEqual([again.unit, again.units.length, again.neurons.chosen], [ranked(8)[2], 19, 8]);
    await page.goBack();
    await page.waitForFunction(() => window.inscape.state().units.length === 20);
    assert.deepEqual(problems, []);
    await context.close();
    await fresh.close();
  });

  it("lie where the map says, and a lasso, a click and a Shift-click choose them", async () => {
    const { page, context, problems } = await show();
    await mapped(page);
    const spots = await page.evaluate((all) => all.map((unit) => window.inscape.screenPosition(unit)), LIVE);
    assert.ok(spots.every((spot) => spot !== null));
    const box = await page.getByTestId("plane").boundingBox();
    const half = box.x + box.width / 2;
    const inside = LIVE.filter((_, row) => spots[row].x < half);
    await page.mouse.move(box.x + 60, box.y + 3);
    await page.keyboard.down("Shift");
    await page.mouse.down();
    for (const [x, y] of [[half, box.y + 3], [half, box.y + box.height - 3], [box.x + 60, box.y + box.height - 3]]) {
      await page.mouse.move(x, y, { steps: 4 });
    }
    await page.mouse.up();
    await page.keyboard.up("Shift");
    assert.deepEqual((await state(page)).units, inside);
    await page.keyboard.press("Escape");
    assert.deepEqual((await state(page)).units, []);
    const alone = LIVE.map((unit, row) => [unit, Math.min(...spots.map((other, at) => (at === row ? Infinity : Math.hypot(other.x - spots[row].x, other.y - spots[row].y)))), spots[row]]).sort((a, b) => b[1] - a[1])[0];
    await page.mouse.click(alone[2].x, alone[2].y);
    assert.equal((await state(page)).unit, alone[0]);
    await page.getByTestId("unit-card").waitFor();
    await page.keyboard.down("Shift");
    await page.mouse.click(alone[2].x, alone[2].y);
    await page.keyboard.up("Shift");
    assert.deepEqual((await state(page)).units, [alone[0]]);
    assert.deepEqual(problems, []);
    await context.close();
  });

  it("have their best class's hue, or a class's numbers with their range", async () => {
    const { page, context } = await show();
    await mapped(page);
    await page.waitForTimeout(400);
    const unit = ranked(3)[0];
    const at = await page.evaluate((one) => window.inscape.screenPosition(one), unit);
    const pixels = pixelsOf(await page.screenshot());
    const [r, g, b] = pixels.at(Math.round(at.x), Math.round(at.y));
    assert.ok(r > 180 && g < 110 && b < 110, `the strongest of class 3 is ${r}, ${g}, ${b}`);
    await page.getByTestId("class-3").click();
    await page.getByTestId("meaning").selectOption("scores");
    assert.match(await page.getByTestId("unit-ramp").getAttribute("aria-label"), /Score for class 3: dark at .*, bright at/);
    await page.getByTestId("meaning").selectOption("contrast");
    assert.match(await page.getByTestId("unit-ramp").innerText(), /≤ −1\.5\d*[\s\S]*0[\s\S]*≥ 1\.5\d*/);
    assert.equal((await state(page)).neurons.meaning, "contrast");
    await context.close();
  });

  it("stand before and after side by side, and as trails through the epochs", async () => {
    const { page, context, problems } = await show("&n.class=8");
    await mapped(page);
    await page.getByTestId("show-pair").click();
    await page.getByTestId("plane-right").waitFor();
    assert.match(await page.getByTestId("unit-words").innerText(), /before training ratio \.91/);
    await page.getByTestId("show-trails").click();
    await page.locator(".unit-frame[data-trails=true] [data-testid=plane]").waitFor();
    await page.waitForTimeout(300);
    const late = await page.getByTestId("plane").screenshot();
    await page.getByTestId("epoch-0").click();
    await page.locator(".unit-caption", { hasText: "before training" }).waitFor();
    assert.notDeepEqual(await page.getByTestId("plane").screenshot(), late);
    assert.match(await page.getByTestId("unit-words").innerText(), /2 are not/);
    assert.deepEqual(problems, []);
    await context.close();
  });

  it("can be taken away as CSV, SVG and PNG, and read as a table; dead ones are listed", async () => {
    const { page, context } = await show("&n.class=8&units=r8.18");
    await mapped(page);
    const save = async (kind) => {
      await page.getByTestId("save").click();
      const [file] = await Promise.all([page.waitForEvent("download"), page.getByTestId(`save-${kind}`).click()]);
      return readFileSync(await file.path());
    };
    const lines = (text) => String(text).split("\n").filter((line) => line !== "" && !line.startsWith("#")).map((line) => line.split(","));
    const text = String(await save("csv"));
    assert.match(text, /# scores: extra-trees, trees 500/);
    const [head, ...rows] = lines(text);
    assert.equal(rows.length, UNITS);
    const score = head.indexOf("score 8");
    rows.forEach((row, unit) => assert.ok(Math.abs(Number(row[score]) - scores()[8 * UNITS + unit]) < 1e-7, `score of neuron ${unit}`));
    assert.deepEqual(rows.filter((row) => row[1] === "1").map(([unit]) => Number(unit)), DEAD);
    const [file] = await Promise.all([page.waitForEvent("download"), page.getByTestId("save-units").click()]);
    assert.deepEqual(lines(readFileSync(await file.path())).slice(1).map(([unit]) => Number(unit)), [8, 18]);
    const svg = String(await save("svg"));
    assert.equal(svg.match(/<circle [^>]*fill-opacity/g).length, LIVE.length);
    assert.match(svg, /layout: smacof/);
    assert.ok((await save("png")).length > 5000);
    await page.keyboard.press("t");
    assert.equal(await page.getByTestId("unit-table").locator("tbody tr").count(), 2);
    await page.keyboard.press("t");
    await page.getByTestId("list-dead").click();
    assert.deepEqual((await page.locator(".rank-numbers button").allInnerTexts()).map(Number), DEAD);
    await context.close();
  });

  it("say why there is nothing to see: the input, one neuron, no labels", async () => {
    const { page, context } = await open(browser, "view=neurons&run=mlp&epoch=5&layer=input", { at: fixture.address });
    await page.getByTestId("to-layer").waitFor();
    await page.getByTestId("layer-one").click();
    await page.getByText("one has one neuron only.").waitFor();
    await context.close();
    const bare = await startNeuronsFixture({ labelled: false, kept: true });
    const other = await open(browser, PLACE, { at: bare.address });
    await mapped(other.page);
    await other.page.getByText("These data have no labels, so no neuron tells a class").waitFor();
    assert.equal(await other.page.getByTestId("compute-scores").count(), 0);
    await other.context.close();
    await bare.close();
  });

  const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
  for (const colorScheme of ["light", "dark"]) {
    it(`have no accessibility violations, ${colorScheme}, and nothing is cut at 1280 x 800`, async () => {
      const { page, context } = await show("&n.class=8&unit=18&units=r8.18", { colorScheme });
      await mapped(page);
      for (const way of ["one", "pair", "trails"]) {
        await page.getByTestId(`show-${way}`).click();
        await page.waitForTimeout(300);
        await page.evaluate(axe);
        const { violations } = await page.evaluate(() => window.axe.run({ resultTypes: ["violations"] }));
        assert.deepEqual(violations.map(({ id, nodes }) => `${way} ${id}: ${nodes[0].html.slice(0, 160)}`), []);
        assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 1280);
      }
      await context.close();
    });
  }
});
