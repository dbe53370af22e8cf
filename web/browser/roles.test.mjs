/** Role of a neuron, subsets against neurons, ablation and activity on a made-up study (roles-fixture.mjs). Needs the built page only. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, describe, it } from "node:test";
import { activations, ALWAYS, DEAD, labelOf, startRolesFixture, TWIN, UNITS, winnerOf } from "./roles-fixture.mjs";
import { launch, open, settled } from "./support.mjs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const LAST = 10;

let browser;
let fixture;
let stored;

before(async () => {
  browser = await launch();
  fixture = await startRolesFixture();
  stored = activations(fixture.count, LAST);
});
after(async () => {
  await browser?.close();
  await fixture?.close();
});

const show = (fragment, options = {}) => open(browser, fragment, { at: fixture.address, ...options });
const state = (page) => page.evaluate(() => window.inscape.state());
const activation = (row, unit) => stored[row * UNITS + unit];
const rowsWith = (test) => Array.from({ length: fixture.count }, (_, row) => row).filter(test);
const meanOf = (rows, unit) => rows.reduce((sum, row) => sum + activation(row, unit), 0) / rows.length;
const written = (value) => String(Number(value.toPrecision(7)));

describe("the role of a neuron", () => {
  it("says when and for whom it is active, and shows the images at both ends", async () => {
    const { page, context, problems } = await show("view=neurons&layer=fc4&n.panel=role&unit=8");
    await page.getByTestId("role-title").waitFor();
    assert.equal(await page.getByTestId("role-title").textContent(), "Neuron 8 of fc4 after epoch 10");
    const best = page.locator('[data-testid="class-profile"] tr[data-best="true"]');
    await best.waitFor();
    const means = Array.from({ length: 10 }, (_, label) => meanOf(rowsWith((row) => labelOf(row) === label), 8));
    assert.match(await best.locator("th").textContent(), new RegExp(`^${means.indexOf(Math.max(...means))}`));
    const first = page.locator('[data-testid="top-images"] .image').first();
    const row = Number(await first.getAttribute("data-row"));
    assert.equal(activation(row, 8), Math.max(...rowsWith(() => true).map((each) => activation(each, 8))));
    assert.match(await first.getAttribute("aria-label"), new RegExp(`activation ${written(activation(row, 8)).replace(".", "\\.")}$`));
    await first.click();
    assert.equal((await state(page)).primary, row);
    assert.equal(await page.getByTestId("primary").getAttribute("data-row"), String(row));
    assert.deepEqual(problems, []);
    await context.close();
  });

  it("leads to its senders, and shows weights of the input as a picture", async () => {
    const { page, context, problems } = await show("view=neurons&layer=fc4&n.panel=role&unit=8");
    await page.getByTestId("senders").waitFor();
    const sender = page.locator('[data-testid="senders"] .unit-chip').first();
    const unit = Number(await sender.textContent());
    await sender.click();
    assert.deepEqual([(await state(page)).layer, (await state(page)).unit], ["fc3", unit]);
    const kernel = page.locator(".kernel");
    await kernel.waitFor();
    assert.equal(await kernel.evaluate((canvas) => canvas.width * canvas.height), 144);
    await kernel.hover({ position: { x: 3, y: 3 } });
    assert.match(await page.locator(".unit-incoming .unit-reading").textContent(), /^-?[\d.]+ at row 0, column 0$/);
    assert.deepEqual(problems, []);
    await context.close();
  });

  it("colours the projection with its raw activations, from one click to the hover", async () => {
    const { page, context, problems } = await show("view=neurons&layer=fc4&n.panel=role&unit=12");
    await page.locator('[data-testid="role-projection"][data-ready="true"]').waitFor();
    await page.getByTestId("color-projection").click();
    await settled(page);
    const now = await state(page);
    assert.deepEqual([now.view, now.color], ["projection", "unit.fc4.12"]);
    await page.getByTestId("scale").waitFor();
    assert.match(await page.getByTestId("scale").textContent(), /Neuron 12 of fc4/);
    for (const row of [2, 102, 333]) {
      const at = await page.evaluate((each) => window.inscape.screenPosition(each), row);
      await page.mouse.move(at.x, at.y);
      const card = page.getByTestId("hover-card");
      await card.waitFor();
      await page.waitForTimeout(250);
      const shown = Number(await card.getAttribute("data-row"));
      assert.equal(await page.getByTestId("hover-value").textContent(), written(activation(shown, 12)));
      await page.mouse.move(5, 5);
      await page.waitForTimeout(50);
    }
    // The layer stays said where another one is shown.
    await page.evaluate(() => (location.hash = "#view=projection&layer=fc4&epoch=5&color=unit.fc3.20"));
    await page.waitForTimeout(400);
    assert.match(await page.getByTestId("scale").textContent(), /Neuron 20 of fc3/);
    assert.deepEqual(problems, []);
    await context.close();
  });

  it("marks the dead, the ones always on and the twins, and says why there is nothing", async () => {
    const { page, context, problems } = await show(`view=neurons&layer=fc4&n.panel=role&unit=${DEAD}`);
    await page.getByText("It is dead: 0 for each").waitFor();
    assert.match(await page.getByTestId("role-flags").textContent(), /dead/);
    await page.getByTestId("unit-number").fill(String(ALWAYS));
    await page.getByTestId("unit-number").press("Enter");
    await page.waitForFunction(() => document.querySelector('[data-testid="role-flags"]')?.textContent.includes("always on"));
    await page.getByTestId("unit-number").fill(String(TWIN));
    await page.getByTestId("unit-number").press("Enter");
    await page.locator('[data-testid="role-flags"] .unit-chip').click();
    assert.equal((await state(page)).unit, 12);
    await page.evaluate(() => (location.hash = "#view=neurons&layer=fc4&n.panel=role&unit=999"));
    await page.getByTestId("role-panel-empty").waitFor();
    assert.match(await page.getByTestId("role-panel-empty").textContent(), /0 to 79; this link asks for 999/);
    assert.deepEqual(problems, []);
    await context.close();
  });
});

describe("subsets against neurons", () => {
  it("from a class minus another to the neuron that tells them apart, and its role", async () => {
    const { page, context, problems } = await show("view=neurons&layer=fc4&n.panel=subsets");
    await page.getByTestId("all-classes").waitFor();
    for (const label of ["4", "9"]) {
      await page.getByTestId("subset-class").selectOption(label);
      await page.getByTestId("subset-add").click();
    }
    await page.getByTestId("subset-kind").selectOption("taken");
    await page.getByTestId("subset-class").selectOption("4");
    await page.getByTestId("subset-predicted").selectOption("9");
    await page.getByTestId("subset-name").fill("mixed up");
    await page.getByTestId("subset-add").click();
    assert.equal(await page.getByTestId("subsets").getAttribute("data-rows"), "3");
    await page.getByTestId("a-0").click();
    await page.getByTestId("b-1").click();
    await page.getByTestId("sort-difference").click();
    await page.getByTestId("higher").waitFor();
    const fours = rowsWith((row) => labelOf(row) === 4);
    const cells = await page.locator('[data-testid="higher"] tbody tr').first().locator("th, td").allTextContents();
    const unit = Number(cells[0]);
    assert.equal(unit % 10, 4);
    assert.ok(Math.abs(Number(cells[1]) - meanOf(fours, unit)) < 0.006, `${cells[1]} instead of ${meanOf(fours, unit)}`);
    await page.locator('[data-testid="higher"] .unit-chip').first().click();
    await page.getByTestId("role-title").waitFor();
    assert.equal(await page.getByTestId("role-title").textContent(), `Neuron ${unit} of fc4 after epoch 10`);
    assert.deepEqual(problems, []);
    await context.close();
  });

  it("reads cells by pointer and by keys, and is restored from the URL", async () => {
    const link = "view=neurons&layer=fc4&n.panel=subsets&u.subsets=c4!fours~t4.9~r5&u.sort=0&u.a=1";
    const { page, context, problems } = await show(link);
    await page.locator('[data-testid="subsets"][data-busy="false"]').waitFor();
    assert.equal(await page.evaluate(() => window.inscape.fragment()).then(decodeURIComponent), link);
    const titles = await page.locator(".subset-title > span:first-child").allTextContents();
    assert.deepEqual(titles, ["fours", "4 taken for 9", "#15", "4 taken for 9 − all others"]);
    const fours = rowsWith((row) => labelOf(row) === 4);
    const order = Array.from({ length: UNITS }, (_, unit) => unit).sort((a, b) => meanOf(fours, b) - meanOf(fours, a));
    await page.getByTestId("heat").hover({ position: { x: 8, y: 40 + 14 } });
    const reading = await page.getByTestId("subset-reading").textContent();
    assert.match(reading, new RegExp(`^fours, neuron ${order[0]}: `));
    assert.ok(Math.abs(Number(reading.split(": ")[1]) - meanOf(fours, order[0])) < 0.006);
    await page.mouse.move(5, 5);
    await page.locator(".heat").focus();
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowDown");
    const mixed = rowsWith((row) => labelOf(row) === 4 && winnerOf(row) === 9);
    const read = await page.getByTestId("subset-reading").textContent();
    assert.ok(Math.abs(Number(read.split(": ")[1]) - meanOf(mixed, order[1])) < 0.006, read);
    assert.equal((await state(page)).epoch, null, "arrow keys in the matrix must not step through epochs");
    await page.getByTestId("subsets-panel-table").click();
    assert.equal(await page.locator(".unit-table tbody tr").count(), UNITS);
    await page.getByTestId("subsets-panel-table").click();
    await page.getByTestId("remove-1").click();
    assert.equal((await state(page)).neurons.roles.subsets.length, 2);
    assert.equal((await state(page)).neurons.roles.minuend, null);
    assert.deepEqual(problems, []);
    await context.close();
  });

  it("follows a lasso, asking for the new row only", async () => {
    const { page, context, problems } = await show("view=neurons&layer=fc4&n.panel=subsets&u.subsets=c4~c9&select=r1.2.3");
    await page.locator('[data-testid="subsets"][data-busy="false"]').waitFor();
    const questions = () => fixture.asked.filter(({ path }) => path.endsWith("/subsets"));
    const earlier = questions().length;
    await page.evaluate(() => {
      location.hash = location.hash.replace(/select=[^&]*/, "select=r11.21");
    });
    await page.waitForTimeout(100);
    await page.locator('[data-testid="subsets"][data-busy="false"]').waitFor();
    assert.deepEqual(questions().slice(earlier).map(({ body }) => body), [{ subsets: [{ rows: [11, 21] }] }]);
    await page.getByTestId("heat").hover({ position: { x: 8, y: 40 + 14 } });
    const reading = await page.getByTestId("subset-reading").textContent();
    assert.ok(Math.abs(Number(reading.split(": ")[1]) - meanOf([11, 21], 0)) < 0.006, reading);
    await page.getByTestId("keep-selection").click();
    assert.deepEqual((await state(page)).neurons.roles.subsets[2], { name: "", of: { kind: "rows", rows: [11, 21] } });
    assert.deepEqual(problems, []);
    await context.close();
  });
});

describe("ablation", () => {
  it("of a class's strongest neurons shows what falls, with the random control beside", async () => {
    const { page, context, problems } = await show("view=neurons&layer=fc4&n.panel=ablation");
    await page.getByTestId("ablation-panel-empty").waitFor();
    await page.getByTestId("off-class").click();
    await page.getByTestId("off-class-select").selectOption("8");
    await page.getByTestId("off-count").fill("8");
    await page.getByRole("button", { name: "Score the neurons" }).click();
    await page.getByTestId("switched").waitFor();
    assert.deepEqual(await page.locator('[data-testid="switched"] .unit-chip').allTextContents(), ["8", "18", "28", "38", "48", "58", "68", "78"]);
    await page.getByTestId("ablate").click();
    await page.getByTestId("ablation-sentence").waitFor();
    assert.equal(await page.getByTestId("ablation-sentence").textContent(), "Class 8 falls from 97.2 % to 4.9 %, the others change by at most .2 points; 8 random neurons: at most .1.");
    assert.equal(await page.getByTestId("random-8").textContent(), "−.1");
    assert.equal(await page.getByTestId("change-8").textContent(), "−92.3");
    assert.deepEqual(fixture.asked.findLast(({ body }) => body.kind === "ablation").body, { kind: "ablation", source: { run: "mlp", epoch: 10, layer: "fc4" }, parameters: { units: [8, 18, 28, 38, 48, 58, 68, 78], replacement: "zero", controls: 5 } });
    await settled(page);
    const spot = () => page.evaluate(() => window.inscape.screenPosition(8));
    const there = await spot();
    await page.getByTestId("moved-before").click();
    await page.waitForTimeout(500);
    const here = await spot();
    assert.ok(Math.hypot(there.x - here.x, there.y - here.y) > 40, "the points of class 8 do not move");
    const link = await page.evaluate(() => location.hash.slice(1));
    await context.close();
    const again = await show(link);
    await again.page.getByTestId("ablation-sentence").waitFor();
    assert.match(await again.page.getByTestId("ablation-sentence").textContent(), /^Class 8 falls/);
    assert.deepEqual([...problems, ...again.problems], []);
    await again.context.close();
  });
});

describe("activity", () => {
  it("lists odd neurons, and says since when the layer is stable", async () => {
    const { page, context, problems } = await show("view=neurons&layer=fc4&n.panel=activity");
    await page.getByTestId("flags").waitFor();
    assert.match(await page.getByTestId("flags").textContent(), /Of 80 neurons: 1 dead, 1 always on, 2 that are as good as equal/);
    await page.getByTestId("measure-activity").click();
    await page.getByTestId("stable").waitFor();
    assert.match(await page.getByTestId("stable").textContent(), /stable since epoch 5/);
    await page.locator('.epoch-column[data-epoch="2"]').focus();
    await page.keyboard.press("Enter");
    assert.equal((await state(page)).epoch, 2);
    await page.getByTestId("choose-duplicates").click();
    assert.deepEqual((await state(page)).units, [12, TWIN]);
    await page.locator('[data-flag="dead"] .unit-chip').click();
    assert.deepEqual([(await state(page)).unit, (await state(page)).neurons.panel], [DEAD, "role"]);
    assert.deepEqual(problems, []);
    await context.close();
  });
});

describe("everybody", () => {
  for (const colorScheme of ["light", "dark"]) {
    it(`finds no barrier that axe knows of, in ${colorScheme} colours`, async () => {
      const panels = ["role&unit=8", "role", "subsets&u.subsets=c4~c9&u.a=0&u.b=1", "subsets", "ablation&units=r1.2&u.off=8", "activity"];
      for (const panel of panels) {
        const { page, context, problems } = await show(`view=neurons&layer=fc4&n.panel=${panel}`, { colorScheme });
        await page.waitForTimeout(1200);
        await page.evaluate(AXE);
        const { violations } = await page.evaluate(() => window.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"] }));
        assert.deepEqual(violations.map(({ id, nodes }) => `${panel}: ${id}: ${nodes.map(({ target }) => target).join(" ")}`), []);
        assert.deepEqual(problems, []);
        const small = await page.evaluate(() => [...document.querySelectorAll(".unit-panel *")].filter((element) => element.childNodes.length > 0 && [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim() !== "") && Number.parseFloat(getComputedStyle(element).fontSize) < 12).map((element) => element.outerHTML.slice(0, 80)));
        assert.deepEqual(small, []);
        const wide = await page.evaluate(() => [...document.querySelectorAll(".unit-panel")].filter((element) => element.scrollWidth > element.clientWidth + 1).length);
        assert.equal(wide, 0, `${panel} is wider than its room`);
        await context.close();
      }
    });
  }
});
