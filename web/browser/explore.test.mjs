/** The way in, and colours by statistics, on a real study of images (see support.mjs). */
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { column, json, launch, open, settled } from "./support.mjs";

let browser;
let study;

before(async () => {
  browser = await launch();
  study = await json("study");
});
after(() => browser?.close());

const spots = (page, rows) => page.evaluate((all) => all.map((row) => window.inscape.screenPosition(row)), rows);
const fragment = (page) => page.evaluate(() => decodeURIComponent(window.inscape.fragment()));

describe("the way in", () => {
  it("puts images where two pixels say, picked by pointer or keys", async () => {
    const { page, context, problems } = await open(browser, "view=explore");
    await settled(page);
    const picker = page.getByTestId("pixel-picker");
    const { cols, rows } = study.dataset.shape;
    const box = await picker.boundingBox();
    const at = (row, col) => [box.x + ((col + 0.5) / cols) * box.width, box.y + ((row + 0.5) / rows) * box.height];
    await page.mouse.click(...at(14, 10));
    await page.mouse.click(...at(7, 17));
    const [x, y] = [14 * cols + 10, 7 * cols + 17];
    assert.match(await fragment(page), new RegExp(`features=${x}\\.${y}`));
    await page.waitForTimeout(600);
    const values = await column(`observations/features?columns=${x},${y}`);
    const some = Array.from({ length: 200 }, (_, row) => row);
    const seen = await spots(page, some);
    for (const axis of [0, 1]) {
      const [dark, bright] = [Math.min, Math.max].map((best) => best(...some.map((row) => values[row * 2 + axis])));
      const mean = (value) => {
        const found = some.filter((row) => values[row * 2 + axis] === value).map((row) => (axis === 0 ? seen[row].x : -seen[row].y));
        return found.reduce((sum, one) => sum + one, 0) / found.length;
      };
      assert.ok(mean(bright) > mean(dark) + 100, `axis ${axis}: ${mean(dark)} ${mean(bright)}`);
    }
    await picker.focus();
    for (const key of ["ArrowDown", "ArrowRight", "Enter"]) {
      await page.keyboard.press(key);
    }
    assert.match(await fragment(page), new RegExp(`features=${8 * cols + 18}\\.${y}`));
    assert.deepEqual(problems, []);
    await context.close();
  });

  it("turns its axes so that a pulled image follows the pointer, and when they are painted", async () => {
    const { page, context, problems } = await open(browser, "view=explore&chapter=directions");
    await settled(page);
    const rows = Array.from({ length: study.sample.count }, (_, row) => row);
    const all = await spots(page, rows);
    const [pulled] = rows.filter((row) => all[row] !== null).sort((a, b) => all[b].x - all[a].x);
    const { x, y } = all[pulled];
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x - 40, y + 60, { steps: 8 });
    await page.waitForTimeout(500);
    const [there] = await spots(page, [pulled]);
    assert.ok(Math.hypot(there.x - (x - 40), there.y - (y + 60)) < 4, `${JSON.stringify(there)} instead of ${x - 40}, ${y + 60}`);
    await page.mouse.up();
    const before = await spots(page, [0, 1, 2]);
    const box = await page.getByTestId("weights-across").boundingBox();
    await page.mouse.move(box.x + box.width / 3, box.y + box.height / 2);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2, { steps: 6 });
    await page.mouse.up();
    await page.waitForTimeout(400);
    assert.notDeepEqual(await spots(page, [0, 1, 2]), before);
    await page.getByTestId("direction-across").selectOption("class1");
    await page.getByTestId("directions-home").click();
    await page.waitForTimeout(400);
    const [home] = await spots(page, [pulled]);
    assert.ok(Math.hypot(home.x - x, home.y - y) < 1.5, "starting over does not bring the first view back");
    assert.deepEqual(problems, []);
    await context.close();
  });

  it("shows the digit under the pointer", async () => {
    const { page, context } = await open(browser, "view=explore&chapter=directions");
    await settled(page);
    const rows = Array.from({ length: 300 }, (_, row) => row);
    const seen = (await spots(page, rows)).map((spot, row) => ({ ...spot, row })).filter((spot) => spot.x !== undefined);
    const { x, y } = seen.sort((a, b) => b.x - a.x)[0];
    await page.mouse.move(x, y);
    await page.locator("[data-testid=hover-card] canvas[data-here=true]").waitFor({ timeout: 5000 });
    await context.close();
  });

  it("lowers the stress with every step of MDS, and has less of it in space", async () => {
    const stress = {};
    for (const dims of [2, 3]) {
      const { page, context, problems } = await open(browser, `view=explore&chapter=distances&method=smacof&p.iterations=60${dims === 3 ? "&p.dimensions=3" : ""}`);
      await page.getByTestId("chapter-compute").or(page.getByTestId("energy")).first().waitFor();
      if (await page.getByTestId("chapter-compute").isVisible()) {
        await page.getByTestId("chapter-compute").click();
      }
      await page.getByTestId("quality-block").waitFor({ timeout: 120_000 });
      const kept = (await json("projections")).find(({ method, source, parameters }) => method === "smacof" && source.layer === "input" && parameters.dimensions === dims && parameters.iterations === 60);
      const energies = await page.evaluate((digest) => window.inscape.energy(digest).map(({ energy }) => energy), kept.digest);
      assert.ok(energies.length > 5, `${energies.length} energies`);
      energies.slice(1).forEach((energy, at) => assert.ok(energy <= energies[at] * (1 + 1e-12), `step ${at}: ${energies[at]} to ${energy}`));
      stress[dims] = kept.quality.scaleOptimalStress;
      assert.deepEqual(problems, []);
      await context.close();
    }
    assert.ok(stress[3] <= stress[2], JSON.stringify(stress));
  });
});

describe("statistics of the input", () => {
  it("colour the points, and the card says the number", async () => {
    const { page, context, problems } = await open(browser, "view=explore&chapter=directions&color=statistic.ink");
    await settled(page);
    await page.getByTestId("scale").waitFor();
    const values = await column("observations/statistics/ink");
    const label = await page.getByTestId("scale").getAttribute("aria-label");
    const sorted = [...values].sort((a, b) => a - b);
    const low = Number(label.match(/dark at (?:≤ )?([\d.]+)/)[1]);
    assert.ok(low >= sorted[0] - 0.001 && low <= sorted[Math.floor(sorted.length / 20)], label);
    const seen = (await spots(page, Array.from({ length: 300 }, (_, row) => row))).map((spot, row) => ({ ...spot, row })).filter((spot) => spot.x !== undefined);
    const { x, y } = seen.sort((a, b) => b.x - a.x)[0];
    await page.mouse.move(x, y);
    const card = page.getByTestId("hover-card");
    await card.waitFor();
    const row = Number(await card.getAttribute("data-row"));
    assert.ok((await card.innerText()).includes(String(Number(values[row].toPrecision(3)))), await card.innerText());
    assert.deepEqual(problems, []);
    await context.close();
  });
});
