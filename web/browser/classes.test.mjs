/** The classification view, findings and clusters on made-up studies (classes-fixture.mjs). Needs the built page only. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, describe, it } from "node:test";
import { outcomes, startClassesFixture } from "./classes-fixture.mjs";
import { launch, open, parses, pixelsOf, saved, settled } from "./support.mjs";

const [COUNT, CLASSES, EPOCHS] = [600, 10, [0, 1, 2, 5]];
const { labels: LABELS, winners: WINNERS } = outcomes({ count: COUNT, classCount: CLASSES, epochs: EPOCHS });
const ROWS = Array.from({ length: COUNT }, (_, row) => row);

let browser;
let fixture;

before(async () => {
  browser = await launch();
  fixture = await startClassesFixture({ count: COUNT, classCount: CLASSES, epochs: EPOCHS });
});
after(async () => {
  await browser?.close();
  await fixture?.close();
});

const show = (fragment = "", { at = fixture.address, ...options } = {}) => open(browser, `view=classes${fragment}`, { at, ...options });
const state = (page) => page.evaluate(() => window.inscape.state());
const middle = (page, row) => page.evaluate((at) => window.inscape.screenPosition(at), row);

describe("the classification view", () => {
  it("has at every epoch as many boxes as the confusion matrix counts, and both are right", async () => {
    const { page, context, problems } = await show();
    await settled(page);
    for (const [step, epoch] of EPOCHS.entries()) {
      await page.getByTestId(`epoch-${epoch}`).click();
      await page.waitForFunction((wrong) => document.querySelector("[data-testid=wrong-count]")?.textContent === String(wrong), ROWS.filter((row) => WINNERS[step][row] !== LABELS[row]).length);
      const heads = await page.locator("[data-testid^=column-]").evaluateAll((all) => all.map(({ dataset }) => [Number(dataset.count), Number(dataset.wrong)]));
      const cells = await page.locator("[data-testid^=cell-]").evaluateAll((all) => all.map((one) => Number(one.textContent) || 0));
      for (let predicted = 0; predicted < CLASSES; predicted++) {
        const own = ROWS.filter((row) => WINNERS[step][row] === predicted);
        assert.deepEqual(heads[predicted], [own.length, own.filter((row) => LABELS[row] !== predicted).length], `column ${predicted} at epoch ${epoch}`);
        for (let label = 0; label < CLASSES; label++) {
          assert.equal(cells[label * CLASSES + predicted], own.filter((row) => LABELS[row] === label).length, `cell ${label}, ${predicted} at epoch ${epoch}`);
        }
      }
    }
    const often = ROWS.filter((row) => WINNERS.filter((at) => at[row] !== LABELS[row]).length > 2).length;
    assert.equal(await page.getByTestId("often-count").innerText(), String(often));
    await page.getByTestId("often").fill("0");
    assert.equal(await page.getByTestId("often-count").innerText(), String(ROWS.filter((row) => WINNERS.some((at) => at[row] !== LABELS[row])).length));
    assert.equal((await state(page)).classes.often, 0);
    assert.deepEqual(problems, []);
    await context.close();
  });

  it("moves boxes into their new columns, and finds each where it is drawn", async () => {
    const { page, context, problems } = await show("&epoch=0", { reducedMotion: "no-preference" });
    await settled(page);
    await page.getByTestId("epoch-5").click();
    await page.waitForTimeout(500);
    for (const row of [0, 7, 42, 599]) {
      const at = await middle(page, row);
      const column = await page.getByTestId(`column-${WINNERS[3][row]}`).boundingBox();
      assert.ok(at.x >= column.x && at.x <= column.x + column.width, `row ${row} is not in its column`);
      await page.mouse.move(at.x, at.y);
      const card = page.locator(`[data-testid=hover-card][data-row="${row}"]`);
      await card.waitFor({ timeout: 3000 });
      const words = (await card.innerText()).split(/\s+/).join(" ");
      assert.match(words, new RegExp(`label ${LABELS[row]} predicted ${WINNERS[3][row]} score [\\d.]+ % id #${1000 + row * 3} wrong in ${WINNERS.filter((one) => one[row] !== LABELS[row]).length} of 4`));
    }
    const at = await middle(page, 42);
    await page.mouse.click(at.x, at.y);
    assert.equal((await state(page)).primary, 42);
    assert.equal(await page.getByTestId("fared").locator("tbody tr").first().locator("td").allInnerTexts().then((all) => all.join(" ")), WINNERS.map((one) => one[42]).join(" "));
    assert.deepEqual(problems, []);
    await context.close();
  });

  it("selects by rubber band, by column and by cell, and undoes each", async () => {
    const { page, context, problems } = await show("&epoch=5");
    await settled(page);
    await page.getByTestId("column-3").click();
    const third = ROWS.filter((row) => WINNERS[3][row] === 3);
    assert.deepEqual((await state(page)).selection, third);
    const cell = ROWS.filter((row) => LABELS[row] === 7 && WINNERS[3][row] === 8);
    await page.getByTestId("cell-7-8").click();
    assert.deepEqual((await state(page)).selection, cell);
    assert.ok(cell.includes(7));
    assert.equal(await page.getByTestId("cell-7-8").getAttribute("data-selected"), "all");
    assert.match(await page.getByTestId("chosen").innerText(), new RegExp(`True 7 taken for 8: ${cell.length}`));
    await page.getByTestId("cell-3-3").click({ modifiers: ["Control"] });
    assert.equal((await state(page)).selection.length, cell.length + ROWS.filter((row) => LABELS[row] === 3 && WINNERS[3][row] === 3).length);
    await page.keyboard.press("Control+z");
    assert.deepEqual((await state(page)).selection, cell);
    await page.keyboard.press("Control+z");
    assert.deepEqual((await state(page)).selection, third);
    const box = await page.getByTestId("boxes").boundingBox();
    await page.mouse.move(box.x + 2, box.y + 2);
    await page.mouse.down();
    await page.mouse.move(box.x + 100, box.y + 60, { steps: 4 });
    await page.mouse.up();
    const inside = [];
    for (const row of ROWS) {
      const at = await middle(page, row);
      if (at !== null && at.x <= box.x + 100 && at.y <= box.y + 60) inside.push(row);
    }
    assert.deepEqual((await state(page)).selection, inside);
    assert.ok(inside.length > 5);
    assert.deepEqual(problems, []);
    await context.close();
  });

  it("leads from a confusion to its units, and the address brings it all back", async () => {
    const { page, context } = await show("&epoch=5");
    await settled(page);
    await page.getByTestId("cell-7-8").click();
    await page.getByTestId("fill-class").click();
    await page.getByTestId("list-suspects").click();
    await page.getByTestId("compare-units").click();
    const { view, selection, epoch, layer } = await state(page);
    assert.deepEqual([view, epoch, layer], ["neurons", 5, "fc2"]);
    assert.deepEqual(selection, ROWS.filter((row) => LABELS[row] === 7 && WINNERS[3][row] === 8));
    await page.keyboard.press("Control+z");
    assert.equal((await state(page)).view, "classes");
    const fragment = await page.evaluate(() => window.inscape.fragment());
    const again = await show(`&${fragment.replace(/^view=classes&?/, "")}`);
    await settled(again.page);
    assert.deepEqual(await state(again.page), await state(page));
    assert.equal(await again.page.getByTestId("fill-class").getAttribute("aria-pressed"), "true");
    assert.equal(await again.page.getByTestId("cell-7-8").getAttribute("data-selected"), "all");
    await again.context.close();
    await context.close();
  });

  it("lists flips and suspects, and writes them with their ids", async () => {
    const { page, context } = await show("&epoch=5");
    await settled(page);
    const wrong = (step, row) => WINNERS[step][row] !== LABELS[row];
    const flips = ROWS.map((row) => [0, 1, 2].filter((step) => wrong(step, row) !== wrong(step + 1, row)).length);
    assert.equal(await page.getByTestId("flips").getAttribute("data-count"), String(flips.filter((times) => times > 0).length));
    const first = Number(await page.locator(".list-row").first().getAttribute("data-row"));
    assert.equal(flips[first], Math.max(...flips));
    const [file] = await Promise.all([page.waitForEvent("download"), page.getByTestId("save-flips").click()]);
    const lines = readFileSync(await file.path(), "utf8").trim().split("\n").filter((line) => !line.startsWith("#"));
    assert.equal(lines[0], "id,label,wrong_epochs,flips,first_right,last_right,epoch_0,epoch_1,epoch_2,epoch_5");
    assert.equal(lines.length - 1, flips.filter((times) => times > 0).length);
    assert.equal(lines[1].split(",")[0], String(1000 + first * 3));
    await page.getByTestId("righted").click();
    assert.deepEqual((await state(page)).selection, ROWS.filter((row) => wrong(2, row) && !wrong(3, row)));

    await page.getByTestId("list-suspects").click();
    await page.getByTestId("sure").fill("0.95");
    assert.ok(Number(await page.getByTestId("suspects").getAttribute("data-count")) >= 1);
    assert.equal(await page.locator(".list-row").first().getAttribute("data-row"), "7");
    const [suspects] = await Promise.all([page.waitForEvent("download"), page.getByTestId("save-suspects").click()]);
    assert.match(readFileSync(await suspects.path(), "utf8"), /\n1021,7,8,4,0\.97,4,0,,\n/);
    await context.close();
  });

  it("saves all boxes and the confusion matrix as pictures with legend and provenance", async () => {
    for (const [classCount, fill, colorScheme] of [[CLASSES, "score", "light"], [45, "class", "dark"]]) {
      const made = classCount === CLASSES ? fixture : await startClassesFixture({ count: COUNT, classCount, epochs: EPOCHS });
      const { winners, labels } = outcomes({ count: COUNT, classCount, epochs: EPOCHS });
      const { page, context, problems } = await show(`&epoch=5&k.fill=${fill}&k.find=7`, { at: made.address, colorScheme });
      await settled(page);
      const svg = (await saved(page, "save-boxes-svg")).toString();
      assert.equal(await parses(page, svg), "svg");
      const parts = (layer) => [...svg.matchAll(new RegExp(`<path class="${layer}" [^>]* d="([^"]*)"`, "g"))].reduce((sum, [, path]) => sum + path.split("M").length - 1, 0);
      const wrong = ROWS.filter((row) => winners[3][row] !== labels[row]).length;
      const often = ROWS.filter((row) => winners.filter((at) => at[row] !== labels[row]).length > 2).length;
      assert.deepEqual([parts("box"), parts("wrong"), parts("often")], [COUNT, wrong, often]);
      for (let predicted = 0; predicted < classCount; predicted++) {
        const count = ROWS.filter((row) => winners[3][row] === predicted).length;
        const name = classCount > 12 ? `class ${predicted}` : String(predicted);
        assert.match(svg, new RegExp(`<title>predicted ${name}: ${count}, `));
      }
      assert.match(svg, fill === "score" ? /100 %: score of the predicted class/ : /hue is the true class/);
      assert.match(svg, new RegExp(`framed: wrong at this epoch, ${wrong}<[\\s\\S]*triangle: wrong in more than 2 of 4 kept epochs, ${often}<`));
      assert.match(svg, /<desc>[^<]*run mlp: mlp, seed 0[^<]*epoch 5[^<]*600 boxes[^<]*Inscape test<\/desc>/);
      const png = pixelsOf(await saved(page, "save-boxes-png"));
      const [, width, height] = svg.match(/width="([\d.]+)" height="([\d.]+)"/);
      assert.deepEqual([png.width, png.height], [width, height].map((side) => Math.round(Number(side) * 2)));

      const matrix = (await saved(page, "save-confusion-svg")).toString();
      assert.equal(await parses(page, matrix), "svg");
      const cells = new Set(ROWS.map((row) => labels[row] * classCount + winners[3][row]));
      assert.equal(matrix.match(/<rect class="cell" /g).length, cells.size);
      assert.match(matrix, /Confusion matrix of mlp after epoch 5[\s\S]*rightly called so[\s\S]*rows: true class, columns: predicted class/);
      await saved(page, "save-confusion-png");
      assert.deepEqual(problems, []);
      await context.close();
      await (made === fixture ? undefined : made.close());
    }
  });

  it("is worked by keys alone, and read as a table", async () => {
    const { page, context } = await show("&epoch=5");
    await settled(page);
    await page.locator(".boxes-scroll").focus();
    await page.keyboard.press("ArrowDown");
    const { primary } = await state(page);
    assert.equal(WINNERS[3][primary], 0);
    await page.keyboard.press("Enter");
    assert.deepEqual((await state(page)).selection, [primary]);
    await page.keyboard.press("ArrowRight");
    assert.notEqual((await state(page)).primary, primary);
    assert.equal((await state(page)).epoch, 5);
    await page.keyboard.press("Escape");
    await page.keyboard.press("t");
    assert.equal(await page.getByTestId("class-table").locator("tbody tr").count(), 100);
    await context.close();
  });
});

describe("other studies", () => {
  const other = async (options, check, fragment = "") => {
    const made = await startClassesFixture(options);
    const { page, context, problems } = await show(fragment, { at: made.address });
    try {
      await page.waitForFunction(() => window.inscape !== undefined && document.querySelector("[data-testid=classes]") !== null);
      await check(page);
      assert.deepEqual(problems.filter((text) => !text.includes("404")), []);
    } finally {
      await context.close();
      await made.close();
    }
  };

  it("of two classes and of a hundred have their columns; one may look for some", async () => {
    await other({ count: 300, classCount: 2 }, async (page) => {
      await settled(page);
      assert.equal(await page.locator("[data-testid^=column-]").count(), 2);
    });
    await other({ count: 1500, classCount: 100 }, async (page) => {
      await settled(page);
      assert.equal(await page.locator("[data-testid^=column-]").count(), 100);
      assert.ok((await page.locator(".boxes-scroll").evaluate((one) => one.scrollWidth / one.clientWidth)) > 3);
      await page.getByTestId("find-class").fill("class 7");
      assert.equal(await page.locator("[data-testid^=column-]").count(), 11);
      await page.locator(".confusion-scroll").evaluate((one) => one.scrollTo(0, 1e6));
      await page.getByTestId("cell-99-99").click();
      assert.ok((await state(page)).selection.every((row) => row % 100 === 99));
    });
  });

  it("with one kept epoch have boxes but no history", async () => {
    await other({ count: 200, epochs: [3] }, async (page) => {
      await settled(page);
      assert.match(await page.locator(".box-controls").innerText(), /One epoch is kept/);
      assert.match(await page.getByTestId("side").innerText(), /Only epoch 3 is kept/);
    });
  });

  it("without labels or without a network say why there is nothing", async () => {
    await other({ count: 200, labelled: false }, async (page) => assert.match(await page.getByTestId("why-not").innerText(), /no labels/));
    await other({ count: 200, kind: "vectors" }, async (page) => assert.match(await page.getByTestId("why-not").innerText(), /vectors without a network/));
    await other({ count: 200 }, async (page) => assert.match(await page.getByTestId("why-not").innerText(), /Epoch 4 is not kept/), "&epoch=4");
  });

  it("of ten thousand observations follow the pointer and move", async () => {
    const made = await startClassesFixture({ count: 10_000 });
    const { page, context } = await show("&epoch=0", { at: made.address, reducedMotion: "no-preference" });
    await settled(page);
    const took = await page.evaluate(async () => {
      const boxes = document.querySelector("[data-testid=boxes]");
      const { left, top, width, height } = boxes.getBoundingClientRect();
      const times = [];
      for (let at = 0; at < 120; at++) {
        const began = performance.now();
        boxes.dispatchEvent(new PointerEvent("pointermove", { bubbles: true, clientX: left + (width * at) / 120, clientY: top + height * (0.1 + 0.3 * Math.abs(Math.sin(at))) }));
        times.push(performance.now() - began);
        await new Promise((resolve) => setTimeout(resolve));
      }
      return times.sort((a, b) => a - b);
    });
    console.log(`10,000 boxes: ${took[60].toFixed(2)} ms per movement of the pointer, ${took[113].toFixed(2)} ms at the 95th percentile`);
    assert.ok(took[60] < 16, `${took[60]} ms`);
    await page.getByTestId("epoch-5").click();
    await page.waitForTimeout(600);
    console.log(`10,000 boxes move at ${Math.round(await page.evaluate(() => window.inscape.rate()))} pictures per second (drawn without a graphics card)`);
    await context.close();
    await made.close();
  });
});

describe("findings", () => {
  it("are looked for on the overview, each leads to its view, and what was not found is said", async () => {
    const made = await startClassesFixture({ count: 300 });
    const { page, context, problems } = await open(browser, "view=overview", { at: made.address });
    await page.getByTestId("look-for-findings").click();
    await page.getByTestId("finding-weakest-class").waitFor({ timeout: 5000 });
    const ids = await page.locator("[data-testid^=finding-]").evaluateAll((all) => all.map(({ dataset }) => dataset.testid));
    assert.deepEqual(ids, ["finding-luminance", "finding-weakest-class"]);
    await page.getByTestId("silent").locator("summary").click();
    assert.match(await page.getByTestId("silent").innerText(), /within sampling noise/);
    await page.getByTestId("finding-weakest-class").getByRole("button").click();
    const after = await state(page);
    assert.deepEqual([after.view, after.epoch, after.selection], ["classes", 5, [4, 14, 24]]);
    await settled(page);
    await page.keyboard.press("Escape");
    await page.getByTestId("inspector").getByTestId("finding-luminance").getByRole("button").click();
    const there = await state(page);
    assert.deepEqual([there.view, there.hiddenClasses, there.color], ["projection", [1, 3], "cluster"]);
    await page.keyboard.press("Control+z");
    assert.equal((await state(page)).view, "classes");
    assert.deepEqual(problems, []);
    await context.close();
    await made.close();
  });
});

describe("clusters within classes", () => {
  it("are looked for in the projection, select, and colour it", async () => {
    const made = await startClassesFixture({ count: 300 });
    const { page, context, problems } = await open(browser, "view=projection&run=mlp&epoch=5&layer=fc2&method=pca", { at: made.address });
    await settled(page);
    await page.getByTestId("look-for-clusters").click();
    await page.getByTestId("clusters-0").waitFor({ timeout: 5000 });
    assert.match(await page.getByTestId("clusters").innerText(), /5 of 10 classes fall into more than one cluster/);
    await page.getByTestId("clusters-0").getByRole("button").nth(2).click();
    const { selection } = await state(page);
    assert.deepEqual(selection, Array.from({ length: 300 }, (_, row) => row).filter((row) => row % 10 === 0 && row % 20 >= 10 && row % 50 !== 49));
    await page.getByTestId("color-clusters").check();
    assert.equal((await state(page)).color, "cluster");
    await page.getByTestId("clusters-3").getByRole("button").first().click();
    assert.ok((await state(page)).selection.every((row) => row % 10 === 3));
    assert.deepEqual(problems, []);
    await context.close();
    await made.close();
  });
});

describe("for everybody", () => {
  it("is accessible in both themes, and its words stay within the window", async () => {
    const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
    for (const colorScheme of ["light", "dark"]) {
      const { page, context, problems } = await show("&epoch=5&look=42&select=r1.2.7", { colorScheme });
      await settled(page);
      const check = async (what) => {
        await page.evaluate(axe);
        const { violations } = await page.evaluate(() => window.axe.run({ resultTypes: ["violations"] }));
        assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target).join("; ")}`), [], `${what}, ${colorScheme}`);
        assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 1280);
        const small = await page.evaluate(() => [...document.querySelectorAll("main *, .inspector *")].filter((one) => one.childNodes.length > 0 && [...one.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim() !== "") && Number.parseFloat(getComputedStyle(one).fontSize) < 12).map((one) => one.className));
        assert.deepEqual(small, []);
      };
      await check("boxes");
      await page.getByTestId("list-suspects").click();
      await page.keyboard.press("t");
      await check("table");
      await page.keyboard.press("t");
      await page.keyboard.press("Escape");
      await page.getByTestId("inspector").getByTestId("look-for-findings").or(page.getByTestId("inspector").locator("[data-testid^=finding-]").first()).first().click();
      await page.getByTestId("view-overview").click();
      await page.locator("[data-testid^=finding-]").first().waitFor({ timeout: 5000 });
      await check("findings");
      await page.getByTestId("view-projection").click();
      await settled(page);
      await page.getByTestId("look-for-clusters").or(page.getByTestId("color-clusters")).first().click();
      await page.getByTestId("clusters-0").waitFor({ timeout: 5000 });
      await check("clusters");
      assert.deepEqual(problems, []);
      await context.close();
    }
  });
});
