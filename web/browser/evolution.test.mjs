/** The evolution on a made-up study (evolutionFixture.mjs): ten classes that fan out over five epochs. Needs the built page only. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, describe, it } from "node:test";
import { bundle, fan } from "./evolutionFixture.mjs";
import { startFixture } from "./fixture.mjs";
import { launch, open, pixelsOf, settled } from "./support.mjs";

const [COUNT, STEPS, PER_SEGMENT] = [600, 5, 8];
const LAYOUTS = fan(COUNT, STEPS);

let browser;
let fixture;

before(async () => {
  browser = await launch();
  fixture = await startFixture({ count: COUNT, evolving: true, steps: STEPS, bundleSamples: PER_SEGMENT });
});
after(async () => {
  await browser?.close();
  await fixture?.close();
});

const show = (fragment = "", options = {}) => open(browser, `view=evolution${fragment}`, { at: fixture.address, ...options });
const state = async (page) => (await page.evaluate(() => window.inscape.state())).evolution;
const trail = (page, row) => page.evaluate((at) => window.inscape.trail(at), row);
const facts = (page) => page.evaluate(() => window.inscape.trails());
const spots = (page) => page.evaluate((count) => Array.from({ length: count }, (_, row) => window.inscape.screenPosition(row)), COUNT);
const near = (a, b, slack = 1e-4) => assert.ok(a.length === b.length && a.every((value, at) => Math.abs(value - b[at]) <= slack), `${a} instead of ${b}`);
const slices = (row) => Array.from({ length: STEPS }, (_, step) => [...LAYOUTS.subarray((step * COUNT + row) * 2, (step * COUNT + row) * 2 + 2)]).flat();

describe("trails", () => {
  it("have exactly the slices as their vertices, and nothing is computed on opening", async () => {
    const { page, context, problems } = await show();
    await settled(page);
    assert.deepEqual(await facts(page), { count: COUNT, steps: STEPS, perSegment: 1, samples: STEPS, strength: 0, bundled: false });
    for (const row of [0, 7, 123, 599]) {
      near(await trail(page, row), slices(row));
    }
    const study = await (await fetch(`${fixture.address}/api/study`)).json();
    assert.deepEqual(study.tasks, []);
    assert.deepEqual(problems, []);
    await context.close();
  });

  it("are bundled when that is asked for, straight at strength 0, with ends that never move", async () => {
    const { page, context, problems } = await show("&e.trails=straight");
    await settled(page);
    await page.getByTestId("trails-bundled").click();
    await page.getByTestId("strength").waitFor({ timeout: 20_000 });
    await page.waitForFunction(() => window.inscape.trails().bundled);
    const samples = (STEPS - 1) * PER_SEGMENT + 1;
    const bundled = bundle(LAYOUTS, COUNT, STEPS, PER_SEGMENT);
    for (const row of [3, 42, 598]) {
      await page.getByTestId("strength").fill("1");
      near(await trail(page, row), [...bundled.subarray(row * samples * 2, (row + 1) * samples * 2)]);
      await page.getByTestId("strength").fill("0");
      const straight = await trail(page, row);
      near(straight.filter((_, at) => Math.floor(at / 2) % PER_SEGMENT === 0), slices(row));
      await page.getByTestId("strength").fill("0.5");
      const half = await trail(page, row);
      near([...half.slice(0, 2), ...half.slice(-2)], [...slices(row).slice(0, 2), ...slices(row).slice(-2)]);
    }
    assert.equal((await state(page)).strength, 0.5);
    await page.getByTestId("trails-straight").click();
    assert.equal((await facts(page)).strength, 0);
    assert.deepEqual(problems, []);
    await context.close();
  });

  it("are drawn in their class's hue, dark early and bright late, on a dark ground in both themes", async () => {
    for (const colorScheme of ["light", "dark"]) {
      const { page, context, problems } = await show("&hide=0.1.2.3.5.6.7.8.9&e.trails=straight&e.at=0", { colorScheme });
      await settled(page);
      const shot = pixelsOf(await page.getByTestId("plane").screenshot());
      const light = ([r, g, b]) => 0.2126 * r + 0.7152 * g + 0.0722 * b;
      assert.ok(light(shot.at(shot.width - 40, 40)) < 60, "the ground is not dark");
      // The way of class 4 from the middle outwards: purple, brighter at its end once the present is there.
      await page.getByTestId("step-4").click();
      await page.waitForTimeout(400);
      const later = pixelsOf(await page.getByTestId("plane").screenshot());
      const colored = [];
      for (let y = 0; y < later.height; y += 2) {
        for (let x = 60; x < later.width; x += 2) {
          const [r, g, b] = later.at(x, y);
          if (b > g + 25) {
            colored.push([r, g, b]);
          }
        }
      }
      assert.ok(colored.length > 200, `${colored.length} pixels of the class's hue`);
      assert.ok(colored.filter(([r, g]) => r > g).length > colored.length * 0.8, "the hue is not purple");
      assert.deepEqual(problems, []);
      await context.close();
    }
  });

  it("can be brushed, hidden, and turned into class means", async () => {
    const { page, context } = await show("&e.trails=straight");
    await settled(page);
    const plane = page.getByTestId("plane");
    const whole = await plane.screenshot();
    const axis = await page.getByTestId("brush").boundingBox();
    await page.mouse.move(axis.x + axis.width * 0.25, axis.y + 10);
    await page.mouse.down();
    await page.mouse.move(axis.x + axis.width * 0.5, axis.y + 14, { steps: 5 });
    await page.mouse.up();
    const { from, to } = await state(page);
    assert.equal(from, 1);
    assert.equal(to, 2);
    await page.waitForTimeout(300);
    assert.ok((await difference(whole, await plane.screenshot())) > 0.01, "brushing changes nothing");
    await page.getByTestId("brush-from").focus();
    await page.keyboard.press("ArrowLeft");
    assert.equal((await state(page)).from, 0);
    await page.getByTestId("brush-clear").click();
    assert.deepEqual([(await state(page)).from, (await state(page)).to], [0, null]);
    await page.getByTestId("trails-none").click();
    await page.waitForTimeout(300);
    assert.ok((await difference(whole, await plane.screenshot())) > 0.01, "without trails it looks the same");
    await page.getByTestId("trails-straight").click();
    await page.getByTestId("class-means").check();
    await page.waitForTimeout(300);
    assert.equal(await page.locator(".class-names span").count(), 10);
    await context.close();
  });
});

describe("time", () => {
  it("moves points from slice to slice, by keys, slider and play", async () => {
    const { page, context, problems } = await show("&e.at=0");
    await settled(page);
    const at = async () => (await state(page)).at;
    const first = await spots(page);
    await page.keyboard.press("ArrowRight");
    assert.equal(await at(), 1);
    assert.match(await page.getByTestId("step").innerText(), /epoch 1/);
    const second = await spots(page);
    await page.getByTestId("present").fill("0.5");
    const between = await spots(page);
    for (const row of [1, 50, 400]) {
      assert.ok(Math.abs(between[row].x - (first[row].x + second[row].x) / 2) < 0.6, "half way is not half way");
    }
    await page.keyboard.press("Escape");
    await page.getByTestId("present").blur();
    await page.keyboard.press("ArrowLeft");
    assert.equal(await at(), 0);
    await page.getByTestId("speed").selectOption("4");
    await page.getByTestId("speed").blur();
    await page.keyboard.press(" ");
    await page.waitForFunction(() => window.inscape.state().evolution.at === 4, undefined, { timeout: 20_000 });
    assert.equal(await page.getByTestId("play").getAttribute("aria-label"), "Play through the steps");
    assert.deepEqual(problems, []);
    await context.close();
  });

  it("slides in less than 50 ms of script a step", async () => {
    const { page, context } = await show("&e.trails=straight", { reducedMotion: "no-preference" });
    await settled(page);
    const median = await page.evaluate(async () => {
      const input = document.querySelector("[data-testid=present]");
      const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set;
      const times = [];
      for (let turn = 0; turn < 30; turn++) {
        const before = performance.now();
        set.call(input, String(((turn * 4) / 30).toFixed(2)));
        input.dispatchEvent(new Event("input", { bubbles: true }));
        times.push(performance.now() - before);
        await new Promise((done) => requestAnimationFrame(done));
      }
      return times.sort((a, b) => a - b)[15];
    });
    console.log(`a step of the slider takes ${median.toFixed(1)} ms of script here`);
    assert.ok(median < 50, `${median} ms`);
    await context.close();
  });
});

describe("pointing", () => {
  it("hovers and lassoes the points of the present, and dims the others", async () => {
    const { page, context, problems } = await show("&e.at=2.5&e.trails=straight");
    await settled(page);
    const seen = await spots(page);
    const box = await page.getByTestId("plane").boundingBox();
    const corners = [box.x + box.width / 2 - 80, box.y + box.height / 2 - 70, box.x + box.width / 2 + 90, box.y + box.height / 2 + 60].map(Math.round);
    const inside = seen.flatMap((spot, row) => (spot.x > corners[0] && spot.x < corners[2] && spot.y > corners[1] && spot.y < corners[3] ? [row] : []));
    assert.ok(inside.length > 20);
    const before = await page.getByTestId("plane").screenshot();
    await page.getByTestId("tool-marquee").click();
    await page.mouse.move(corners[0], corners[1]);
    await page.mouse.down();
    await page.mouse.move(corners[2], corners[3], { steps: 4 });
    await page.mouse.up();
    assert.deepEqual((await page.evaluate(() => window.inscape.state())).selection, inside);
    await page.waitForTimeout(300);
    assert.ok((await difference(before, await page.getByTestId("plane").screenshot())) > 0.01, "nothing is dimmed");
    await page.getByTestId("tool-pan").click();
    const lonely = seen.map((spot, row) => ({ ...spot, row })).find((spot) => seen.every((other, row) => row === spot.row || Math.hypot(other.x - spot.x, other.y - spot.y) > 24));
    if (lonely !== undefined) {
      await page.mouse.move(lonely.x, lonely.y);
      await page.locator(`[data-testid=hover-card][data-row="${lonely.row}"]`).waitFor({ timeout: 5000 });
    }
    assert.deepEqual(problems, []);
    await context.close();
  });

  it("lists who moves most and least, and selects by click", async () => {
    const { page, context } = await show();
    await settled(page);
    const length = (row) => Array.from({ length: STEPS - 1 }, (_, step) => Math.hypot(...[0, 1].map((axis) => slices(row)[step * 2 + 2 + axis] - slices(row)[step * 2 + axis]))).reduce((sum, one) => sum + one, 0);
    const order = Array.from({ length: COUNT }, (_, row) => row).sort((a, b) => length(b) - length(a));
    const listed = () => page.locator("[data-testid=movement] .mover").evaluateAll((all) => all.map((one) => Number(one.dataset.row)));
    assert.deepEqual((await listed()).slice(0, 5), order.slice(0, 5));
    await page.getByTestId("least").click();
    assert.deepEqual((await listed()).slice(0, 5), order.slice(-5).reverse());
    const [first] = await listed();
    await page.locator(`[data-testid=movement] .mover[data-row="${first}"]`).click();
    assert.equal((await page.evaluate(() => window.inscape.state())).primary, first);
    await page.locator(`[data-testid=primary][data-row="${first}"]`).waitFor();
    await context.close();
  });
});

describe("computing", () => {
  it("shows the layouts as they move, keeps the result, and draws the control beside from the same place", async () => {
    const { page, context, problems } = await show("&layer=fc1&e.control=on");
    await page.getByTestId("compute-empty").click();
    await page.getByTestId("job").first().waitFor();
    await page.getByTestId("plane").waitFor({ timeout: 20_000 });
    await page.getByTestId("step-quality").first().waitFor({ timeout: 20_000 });
    assert.match(await page.getByTestId("title").innerText(), /^fc1 of mlp over 5 epochs, Visual Feature Fusion/);
    await page.getByTestId("compute-control").click();
    await page.getByTestId("control-plane").waitFor({ timeout: 20_000 });
    await page.waitForFunction(() => window.inscape.settled(), undefined, { timeout: 20_000 });
    const [one, two] = [await page.getByTestId("plane").boundingBox(), await page.getByTestId("control-plane").boundingBox()];
    assert.ok(Math.abs(one.width - two.width) <= 2 && Math.abs(one.y - two.y) < 1);
    const before = await page.getByTestId("control-plane").screenshot();
    await page.mouse.move(one.x + one.width / 2, one.y + one.height / 2);
    await page.mouse.wheel(0, -600);
    await page.waitForTimeout(500);
    assert.ok((await difference(before, await page.getByTestId("control-plane").screenshot())) > 0.02, "the control's camera is not linked");
    assert.deepEqual(problems, []);
    await context.close();
  });

  it("goes through layers and runs, and steps can be left out", async () => {
    const { page, context, problems } = await show();
    await settled(page);
    await page.getByTestId("by-layer").click();
    await page.getByTestId("compute-empty").waitFor();
    assert.match(await page.getByTestId("empty").innerText(), /3 layers of mlp, after epoch 8/);
    assert.equal(await page.getByTestId("step-1").innerText(), "fc1");
    await page.getByTestId("by-run").click();
    assert.equal(await page.getByTestId("step-1").innerText(), "mlp-shuffled");
    await page.getByTestId("by-epoch").click();
    await page.getByTestId("steps-menu").click();
    await page.getByRole("group", { name: "Epochs" }).getByLabel("6").uncheck();
    assert.deepEqual((await state(page)).epochs, [0, 1, 2, 8]);
    await page.getByTestId("compute-empty").waitFor();
    assert.deepEqual(problems, []);
    await context.close();
  });
});

describe("the link, files and other ways to read it", () => {
  it("restores everything from the URL", async () => {
    const wanted = "&e.at=1.3&e.from=0.5&e.to=3&e.trails=straight&e.means=on&e.sort=speed&e.highlight=1.4&e.control=on&hide=2&look=11&camera=0.1,-0.2,1.6";
    const { page, context } = await show(wanted);
    await settled(page);
    const fragment = await page.evaluate(() => window.inscape.fragment());
    const again = await open(browser, fragment, { at: fixture.address });
    await settled(again.page);
    assert.deepEqual(await again.page.evaluate(() => window.inscape.state()), await page.evaluate(() => window.inscape.state()));
    const [one, two] = [await spots(page), await spots(again.page)];
    one.forEach((spot, row) => assert.deepEqual(spot, two[row]));
    assert.equal(await again.page.locator(".class-names span").count() > 0, true);
    await again.context.close();
    await context.close();
  });

  it("saves the slices, and pictures with legend and provenance", async () => {
    const { page, context } = await show("&e.trails=straight");
    await settled(page);
    const save = async (kind) => {
      await page.getByTestId("save").click();
      const [file] = await Promise.all([page.waitForEvent("download"), page.getByTestId(`save-${kind}`).click()]);
      return readFileSync(await file.path());
    };
    const rows = (await save("csv")).toString().split("\n").filter((line) => line !== "" && !line.startsWith("#"));
    assert.equal(rows[0], "id,label,step,name,x,y");
    assert.equal(rows.length, 1 + COUNT * STEPS);
    const [id, label, step, name, x, y] = rows[1 + 2 * COUNT + 37].split(",");
    assert.deepEqual([id, label, step, name], ["37", "7", "2", "epoch 2"]);
    near([Number(x), Number(y)], slices(37).slice(4, 6), 1e-5);
    const svg = (await save("svg")).toString();
    assert.equal(svg.match(/<circle /g).length, COUNT);
    assert.ok(svg.match(/<polyline /g).length >= COUNT * (STEPS - 1));
    assert.match(svg, /vff: lambda 0\.5[\s\S]*dark is early[\s\S]*neighborhood hit epoch 0: 64\.0 % aligned, 50\.0 % in its own space/);
    assert.deepEqual([...(await save("png")).subarray(1, 4)].map((byte) => String.fromCharCode(byte)).join(""), "PNG");
    await context.close();
  });

  it("is a table at T, has a text, and no known obstacle", async () => {
    const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
    for (const colorScheme of ["light", "dark"]) {
      const { page, context, problems } = await show("&e.control=on&e.means=on", { colorScheme });
      await settled(page);
      for (const table of [false, true]) {
        if (table) {
          await page.keyboard.press("t");
          assert.equal(await page.locator("[data-testid=point-table] tbody tr").count(), 100);
        }
        await page.evaluate(axe);
        const { violations } = await page.evaluate(() => window.axe.run({ resultTypes: ["violations"] }));
        assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target).join("; ")}`), [], colorScheme);
      }
      assert.match(await page.getByTestId("plane").getAttribute("aria-label"), /600 points and their (straight|bundled) trails through 5 steps/);
      assert.deepEqual(problems, []);
      await context.close();
    }
  });

  it("keeps its words within the window", async () => {
    const { page, context } = await show("&e.control=on");
    await settled(page);
    const wide = await page.evaluate(() => [...document.querySelectorAll(".evolution *, .time *")].filter((one) => one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).overflowX === "hidden" && one.tagName !== "SPAN").map((one) => one.className));
    assert.deepEqual(wide, []);
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 1280);
    await context.close();
  });
});

/** Share of pixels that differ between two pictures of equal size. */
async function difference(one, two) {
  const [a, b] = [pixelsOf(one), pixelsOf(two)];
  let changed = 0;
  for (let y = 0; y < a.height; y += 2) {
    for (let x = 0; x < a.width; x += 2) {
      changed += a.at(x, y).some((value, channel) => Math.abs(value - b.at(x, y)[channel]) > 12) ? 1 : 0;
    }
  }
  return (changed * 4) / (a.width * a.height);
}
