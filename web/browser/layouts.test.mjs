/** Space, colours, energy, two side by side, and very many points, on made-up studies (fixture.mjs). Needs the built page only. */
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { startFixture } from "./fixture.mjs";
import { launch, open, parses, pixelsOf, saved, settled } from "./support.mjs";

let browser;
let small;
let labelled;

before(async () => {
  browser = await launch();
  [small, labelled] = await Promise.all([startFixture({ count: 3000 }), startFixture({ count: 3000, labelled: true })]);
});
after(async () => {
  await browser?.close();
  await Promise.all([small?.close(), labelled?.close()]);
});

const state = (page) => page.evaluate(() => window.inscape.state());
const spot = (page, row) => page.evaluate((at) => window.inscape.screenPosition(at), row);
const middle = async (page) => {
  const box = await page.getByTestId("plane").first().boundingBox();
  return [box.x + box.width / 2, box.y + box.height / 2];
};

describe("space", () => {
  it("turns by arrow keys and by drag, zooms, comes back, and is in the link", async () => {
    const { page, context, problems } = await open(browser, "view=projection&method=pca&p.dimensions=3", { at: small.address });
    await settled(page);
    const plane = page.getByTestId("plane");
    assert.equal(await plane.getAttribute("data-dims"), "3");
    const first = await plane.screenshot();
    await plane.focus();
    const before = await state(page);
    for (const key of ["ArrowRight", "ArrowRight", "ArrowUp"]) {
      await page.keyboard.press(key);
    }
    await page.waitForTimeout(300);
    const keyed = await state(page);
    assert.equal(keyed.orbit.yaw - before.orbit.yaw, 12);
    assert.equal(keyed.orbit.pitch - before.orbit.pitch, -6);
    assert.ok((await difference(first, await plane.screenshot())) > 0.01, "the picture did not turn");

    const [x, y] = await middle(page);
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x + 60, y + 20, { steps: 4 });
    await page.mouse.up();
    const dragged = await state(page);
    assert.ok(Math.abs(dragged.orbit.yaw - keyed.orbit.yaw - 24) < 1e-6);
    assert.deepEqual(dragged.camera, keyed.camera, "a drag turns, it does not pan");
    await page.waitForTimeout(400);
    assert.match(await page.evaluate(() => location.hash), /orbit=/);

    const seen = await spot(page, 5);
    const again = await open(browser, (await page.evaluate(() => window.inscape.fragment())), { at: small.address });
    await settled(again.page);
    const there = await spot(again.page, 5);
    assert.ok(Math.hypot(there.x - seen.x, there.y - seen.y) < 0.5);
    await again.context.close();

    await page.keyboard.press("f");
    assert.deepEqual((await state(page)).orbit, before.orbit);
    assert.deepEqual(problems, []);
    await context.close();
  });

  it("hovers and lassoes what is on the screen", async () => {
    const { page, context } = await open(browser, "view=projection&method=pca&p.dimensions=3", { at: small.address });
    await settled(page);
    const spots = await page.evaluate(() => Array.from({ length: 3000 }, (_, row) => window.inscape.screenPosition(row)));
    const [x, y] = await middle(page);
    const box = [x - 90, y - 70, x + 120, y + 80].map(Math.round);
    const inside = spots.flatMap((at, row) => (at.x > box[0] && at.x < box[2] && at.y > box[1] && at.y < box[3] ? [row] : []));
    assert.ok(inside.length > 50);
    await page.getByTestId("tool-marquee").click();
    await page.mouse.move(box[0], box[1]);
    await page.mouse.down();
    await page.mouse.move(box[2], box[3], { steps: 3 });
    await page.mouse.up();
    assert.deepEqual((await state(page)).selection, inside);
    await page.getByTestId("tool-pan").click();
    const lonely = lonelyRow(spots);
    await page.mouse.move(spots[lonely].x, spots[lonely].y);
    await page.locator(`[data-testid=hover-card][data-row="${lonely}"]`).waitFor({ timeout: 3000 });
    await context.close();
  });

  it("draws 5,000 points as fast as it can while they turn", async () => {
    const five = await startFixture({ count: 5000 });
    const { page, context } = await open(browser, "view=projection&method=pca&p.dimensions=3", { at: five.address, reducedMotion: "no-preference" });
    await settled(page);
    const [x, y] = await middle(page);
    await page.mouse.move(x, y);
    await page.mouse.down();
    for (let step = 0; step < 90; step++) {
      await page.mouse.move(x + step * 2, y + Math.sin(step / 9) * 30);
    }
    const rate = await page.evaluate(() => window.inscape.rate());
    await page.mouse.up();
    console.log(`5,000 points turn at ${rate.toFixed(0)} pictures per second here`);
    assert.ok(rate > 3, `${rate} pictures per second`);
    await context.close();
    await five.close();
  });
});

describe("colour", () => {
  it("means classes, placement or a statistic, and the legend says which", async () => {
    const { page, context, problems } = await open(browser, "view=projection&method=pca", { at: labelled.address });
    await settled(page);
    const plane = page.getByTestId("plane");
    const classes = await plane.screenshot();
    assert.equal(await page.getByTestId("legend-0").count(), 1);
    await page.getByTestId("color-by").selectOption("statistic.norm");
    const scale = page.getByTestId("scale");
    await scale.waitFor();
    assert.match(await scale.innerText(), /Norm[\s\S]*0\.5[\s\S]*9\.5[\s\S]*no value 30/);
    await page.waitForTimeout(300);
    const numbers = await plane.screenshot();
    assert.ok((await difference(classes, numbers)) > 0.02, "the colours did not change");
    await page.getByTestId("color-by").selectOption("quality.stress");
    await page.getByText("Local error (stress)").last().waitFor();
    await page.waitForFunction(() => document.querySelector("[data-testid=scale]")?.getAttribute("aria-label")?.startsWith("Local error"));
    await page.waitForTimeout(300);
    assert.ok((await difference(numbers, await plane.screenshot())) > 0.02);
    assert.match(await page.evaluate(() => window.inscape.fragment()), /color=quality\.stress/);
    assert.deepEqual(problems, []);
    await context.close();
  });
});

describe("a job's energy", () => {
  it("is drawn while it runs and afterwards, and never rises", async () => {
    const { page, context, problems } = await open(browser, "view=projection&method=smacof", { at: small.address });
    await page.getByTestId("compute-empty").click();
    await page.getByTestId("job").waitFor();
    await page.locator("[data-testid=energy]").waitFor();
    await page.getByRole("button", { name: "Pause" }).click();
    await page.locator("[data-testid=job][data-state=paused]").waitFor();
    await page.getByRole("button", { name: "Go on" }).click();
    const live = await page.evaluate(() => window.inscape.energy().map(({ energy }) => energy));
    assert.ok(live.length >= 2 && live.every((value, at) => at === 0 || value <= live[at - 1]), `${live}`);
    await page.getByTestId("quality-block").waitFor({ timeout: 20_000 });
    const heights = (await page.locator("[data-testid=energy] .curve").getAttribute("points")).split(" ").map((point) => Number(point.split(",")[1]));
    assert.ok(heights.length >= 50 && heights.every((y, at) => at === 0 || y >= heights[at - 1]), "the drawn curve rises");
    assert.ok(heights.every(Number.isFinite));
    await page.getByLabel("log", { exact: true }).click();
    assert.match(await page.getByTestId("energy").innerText(), /Stress/);
    assert.deepEqual(problems, []);
    await context.close();
  });
});

describe("parameters", () => {
  it("are made from the method's description: choices, groups, automatic values", async () => {
    const { page, context } = await open(browser, "view=projection&method=smacof&p.seed=3", { at: small.address });
    await page.getByTestId("more").click();
    assert.deepEqual(await page.getByTestId("parameter-metric").locator("option").allInnerTexts(), ["euclidean", "cosine"]);
    assert.equal(await page.getByTestId("parameter-start.spread").isDisabled(), true);
    await page.getByLabel("auto", { exact: true }).click();
    await page.getByTestId("parameter-start.spread").fill("99");
    assert.match(await page.locator(".method .problem").innerText(), /spread must be at most 10, got 99/);
    await context.close();
  });
});

describe("two side by side", () => {
  it("share selection, pointer and camera, until the cameras are parted", async () => {
    const { page, context, problems } = await open(browser, "view=compare&compare=pair&method=pca&right=m.pca&select=r3.4.5", { at: small.address });
    await page.getByTestId("pair-right").getByTestId("plane").waitFor();
    await page.getByTestId("choose-right").selectOption({ index: (await page.getByTestId("choose-right").locator("option").count()) - 1 });
    await settled(page);
    assert.equal(await page.getByTestId("selection").getAttribute("data-count"), "3");
    const left = page.getByTestId("pair-left").getByTestId("plane");
    const at = await spot(page, 4);
    await page.mouse.move(at.x, at.y);
    await page.waitForFunction(() => document.querySelectorAll(".pair .ring").length >= 2);
    const box = await left.boundingBox();
    await page.mouse.move(box.x + 100, box.y + 100);
    await page.mouse.wheel(0, -200);
    await page.waitForTimeout(300);
    const zoomed = await state(page);
    assert.ok(zoomed.camera.scale > 1.1);
    await page.getByTestId("link-cameras").click();
    await page.mouse.move(box.x + 100, box.y + 100);
    await page.mouse.wheel(0, -200);
    await page.waitForTimeout(300);
    const apart = await state(page);
    assert.ok(apart.camera.scale > zoomed.camera.scale);
    assert.equal(apart.rightEye.camera.scale, zoomed.camera.scale);
    assert.deepEqual(problems, []);
    await context.close();
  });
});

describe("the way in", () => {
  it("is saved with its points, legend and provenance", async () => {
    for (const [fragment, made, words] of [
      ["view=explore", small, /All 3000 observations by feature 0 and feature 1/],
      ["view=explore&features=3.5", labelled, /All 3000 observations by feature 3 and feature 5/],
    ]) {
      const { page, context, problems } = await open(browser, fragment, { at: made.address });
      await settled(page);
      const svg = (await saved(page, "save-svg")).toString();
      assert.equal(await parses(page, svg), "svg");
      assert.equal(svg.match(/<(circle|polygon) /g).length, 3000 + (made === labelled ? 2 : 0), "points, and classes in the legend");
      assert.match(svg.match(/<desc>(.*)<\/desc>/)[1], words);
      const [, width] = svg.match(/^<svg [^>]*width="(\d+)"/);
      assert.equal(pixelsOf(await saved(page, "save-png")).width, 2 * Number(width));
      assert.deepEqual(problems, []);
      await context.close();
    }
  });
});

describe("data without labels, images and runs", () => {
  for (const view of ["overview", "projection", "compare", "explore", "explore&chapter=directions", "explore&chapter=distances", "explore&chapter=neighbours"]) {
    it(`have a ${view} without errors`, async () => {
      const { page, context, problems } = await open(browser, `view=${view}&method=pca`, { at: small.address });
      await page.getByTestId("title").waitFor();
      await page.waitForTimeout(500);
      assert.doesNotMatch(await page.locator("body").innerText(), /NaN|undefined|Infinity|null/);
      const overflow = await page.evaluate(() => [document.documentElement.scrollWidth - innerWidth, document.documentElement.scrollHeight - innerHeight]);
      assert.deepEqual(overflow, [0, 0]);
      assert.deepEqual(problems, []);
      await context.close();
    });
  }

  it("are picked by feature in the way in", async () => {
    const { page, context } = await open(browser, "view=explore", { at: small.address });
    await settled(page);
    const before = await spot(page, 7);
    await page.getByTestId("feature-1").fill("5");
    await page.waitForFunction((old) => JSON.stringify(window.inscape.screenPosition(7)) !== JSON.stringify(old), before);
    assert.match(await page.evaluate(() => window.inscape.fragment()), /features=0\.5/);
    await context.close();
  });
});

describe("a million points", () => {
  it("pan and zoom without an error, and are found under the pointer", async () => {
    const count = 1_000_000;
    const large = await startFixture({ count });
    const { page, context, problems } = await open(browser, "view=projection&method=pca", { at: large.address, reducedMotion: "no-preference" });
    await page.waitForFunction(() => window.inscape?.settled(), undefined, { timeout: 60_000 });
    const [x, y] = await middle(page);
    await page.mouse.move(x, y);
    await page.mouse.wheel(0, -400);
    await page.waitForTimeout(500);
    await page.mouse.down();
    for (let step = 1; step <= 12; step++) {
      await page.mouse.move(x + step * 8, y + step * 5);
    }
    const rate = await page.evaluate(() => window.inscape.rate());
    await page.mouse.up();
    console.log(`1,000,000 points pan at ${rate.toFixed(1)} pictures per second here`);
    const { camera } = await state(page);
    assert.ok(camera.scale > 1.2 && camera.x !== 0, JSON.stringify(camera));
    const row = await page.evaluate((total) => Array.from({ length: total / 1000 }, (_, at) => at * 1000).find((one) => window.inscape.screenPosition(one) !== null), count);
    const at = await spot(page, row);
    await page.mouse.move(at.x, at.y);
    const card = page.getByTestId("hover-card");
    await card.waitFor({ timeout: 10_000 });
    const found = await spot(page, Number(await card.getAttribute("data-row")));
    assert.ok(Math.hypot(found.x - at.x, found.y - at.y) < 2, "another point was found than the one under the pointer");
    assert.deepEqual(problems, []);
    await context.close();
    await large.close();
  });
});

/** The row that is farthest from all others. */
function lonelyRow(spots) {
  const box = { left: 150, right: 950, top: 180, bottom: 520 };
  const distance = (row) => Math.min(...spots.map((other, at) => (at === row ? Infinity : Math.hypot(other.x - spots[row].x, other.y - spots[row].y))));
  const rows = spots.flatMap(({ x, y }, row) => (row % 5 === 0 && x > box.left && x < box.right && y > box.top && y < box.bottom ? [row] : []));
  return rows.map((row) => [distance(row), row]).sort((a, b) => b[0] - a[0])[0][1];
}

async function difference(a, b) {
  const [one, two] = [pixelsOf(a), pixelsOf(b)];
  let different = 0;
  for (let y = 0; y < one.height; y++) {
    for (let x = 0; x < one.width; x++) {
      const [p, q] = [one.at(x, y), two.at(x, y)];
      different += Math.hypot(p[0] - q[0], p[1] - q[1], p[2] - q[2]) > 24 ? 1 : 0;
    }
  }
  return different / (one.width * one.height);
}

