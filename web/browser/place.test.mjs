/**
 * Trying something of one's own: drawing, files, what is said of it and where it is marked. With a made-up study of digits whose server
 * answers what the test has it answer; with INSCAPE_URL also on a real study (support.mjs).
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, describe, it } from "node:test";
import { startPlaceFixture } from "./place-fixture.mjs";
import { address, facts, fragmentOf, launch, open, settled } from "./support.mjs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

let browser;
let server;

before(async () => {
  [browser, server] = await Promise.all([launch(), startPlaceFixture()]);
});
after(async () => {
  await browser?.close();
  await server?.close();
});

const FRAGMENT = "view=projection&run=mlp&epoch=1&layer=fc1&method=pca&try=on";

async function draw(page, points) {
  const box = await page.getByTestId("try-canvas").boundingBox();
  const at = ([x, y]) => [box.x + x * box.width, box.y + y * box.height];
  await page.mouse.move(...at(points[0]));
  await page.mouse.down();
  for (const point of points.slice(1)) {
    await page.mouse.move(...at(point), { steps: 4 });
  }
  await page.mouse.up();
}

const answered = (page) => page.locator("[data-testid=try-facts][data-asking=false] .bars").waitFor({ timeout: 15_000 });

describe("try your own", () => {
  it("places every stroke, and only the newest is shown", async () => {
    const { page, context, problems } = await open(browser, FRAGMENT, { at: server.address });
    await settled(page);
    const asked = server.asked.length;
    await draw(page, [[0.3, 0.2], [0.7, 0.2], [0.5, 0.8]]);
    await answered(page);
    assert.ok(server.asked.length > asked);
    const last = server.asked.at(-1);
    assert.equal(last.type, "application/octet-stream");
    assert.equal(last.query.get("centre"), "true", "digits are centred unless a person says otherwise");
    assert.equal(last.body.subarray(1, 4).toString(), "PNG");

    const marks = page.getByTestId("tried");
    const spot = await page.evaluate(() => window.inscape.screenPosition(4)); // the fixture puts everything where row 4 is
    const box = await page.getByTestId("plane").boundingBox();
    assert.ok(Math.abs(Number(await marks.getAttribute("data-x")) + box.x - spot.x) < 1);
    assert.ok(Math.abs(Number(await marks.getAttribute("data-y")) + box.y - spot.y) < 1);
    assert.equal(await page.locator(".tried-neighbour").count(), 10);

    server.place = 9; // the next answer lies elsewhere: the way there is drawn
    await draw(page, [[0.2, 0.9], [0.8, 0.9]]);
    await page.locator(".tried-way").waitFor({ timeout: 15_000 });
    assert.equal(await page.locator(".tried-before").count(), 1);
    server.place = 4;
    assert.deepEqual(problems, []);
    await context.close();
  });

  it("undoes, clears, inverts and shifts by keyboard", async () => {
    const { page, context } = await open(browser, FRAGMENT, { at: server.address });
    await settled(page);
    const bright = () => page.getByTestId("try-canvas").evaluate((canvas) => {
      const { data, width } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
      let [sum, across] = [0, 0];
      for (let at = 0; at < data.length; at += 4) {
        sum += data[at];
        across += data[at] * ((at / 4) % width);
      }
      return { sum, middle: across / Math.max(sum, 1) };
    });
    const press = async (name) => {
      await page.getByTestId("try").getByRole("button", { name, exact: true }).focus();
      await page.keyboard.press("Enter");
    };
    await draw(page, [[0.5, 0.2], [0.5, 0.8]]);
    const drawn = await bright();
    assert.ok(drawn.sum > 0);
    await press("Shift right");
    const shifted = await bright();
    assert.ok(Math.abs(shifted.middle - drawn.middle - 10) < 0.5, "a pixel of the image is ten of the canvas");
    await press("Undo");
    assert.deepEqual(await bright(), drawn);
    await press("Invert");
    assert.ok((await bright()).sum > drawn.sum);
    await press("Clear");
    assert.equal((await bright()).sum, 0);
    await page.getByTestId("tried").waitFor({ state: "detached" });
    await context.close();
  });

  it("begins with the selected observation exactly as it is, or with a file", async () => {
    const { page, context } = await open(browser, `${FRAGMENT}&look=3`, { at: server.address });
    await settled(page);
    await page.getByTestId("try-observation").click();
    await answered(page);
    assert.equal(server.asked.at(-1).query.get("centre"), "false", "it is centred already");
    const shown = await page.getByTestId("try-canvas").evaluate((canvas) => {
      const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
      return Array.from({ length: 784 }, (_, at) => data[((Math.floor(at / 28) * 10 + 5) * 280 + (at % 28) * 10 + 5) * 4]);
    });
    assert.deepEqual(shown, [...server.image(3)]);

    const count = server.asked.length;
    await page.getByTestId("try-file").setInputFiles({ name: "dot.gif", mimeType: "image/gif", buffer: Buffer.from("R0lGODdhAQABAIAAAP///////ywAAAAAAQABAAACAkQBADs=", "base64") });
    await page.waitForFunction((before) => before, count);
    await answered(page);
    await page.getByTestId("try-file").setInputFiles({ name: "no.png", mimeType: "image/png", buffer: Buffer.from("no image") });
    await page.getByText("no.png is no image that the browser can read").waitFor();
    await context.close();
  });

  it("tells a far one, goes to a neuron's role, and says why something failed", async () => {
    const { page, context } = await open(browser, FRAGMENT, { at: server.address });
    await settled(page);
    server.far = "nothing in the sample is like it";
    await draw(page, [[0.1, 0.1], [0.9, 0.9]]);
    await page.getByTestId("try-far").waitFor();
    server.far = null;
    server.refuse = "the picture is of another world";
    await draw(page, [[0.1, 0.9], [0.9, 0.1]]);
    await page.getByRole("alert").getByText("of another world").waitFor();
    server.refuse = null;
    await page.getByTestId("try-unit-5").click();
    const state = await page.evaluate(() => window.inscape.state());
    assert.deepEqual([state.view, state.unit, state.layer, state.neurons.panel], ["neurons", 5, "fc1", "role"]);
    await context.close();
  });

  for (const theme of ["light", "dark"]) {
    it(`is clean to axe and overlaps nothing at 1280 x 800, ${theme}`, async () => {
      const { page, context } = await open(browser, FRAGMENT, { at: server.address, colorScheme: theme });
      await settled(page);
      await draw(page, [[0.3, 0.2], [0.7, 0.2], [0.5, 0.8]]);
      await answered(page);
      if (process.env.INSCAPE_SHOTS) {
        await page.screenshot({ path: `${process.env.INSCAPE_SHOTS}/place-${theme}.png` });
      }
      await page.evaluate(AXE);
      const violations = await page.evaluate(async () => (await window.axe.run("[data-testid=inspector]")).violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`));
      assert.deepEqual(violations, []);
      const wide = await page.getByTestId("inspector").evaluate((aside) => aside.scrollWidth - aside.clientWidth);
      assert.ok(wide <= 0, `the inspector is ${wide} pixels too narrow`);
      await context.close();
    });
  }

  it("is in the link, and only that it is open", async () => {
    const { page, context } = await open(browser, FRAGMENT.replace("&try=on", ""), { at: server.address });
    await settled(page);
    assert.equal(await page.getByTestId("try-canvas").count(), 0);
    await page.getByTestId("try-toggle").click();
    await page.getByTestId("try-canvas").waitFor();
    assert.match(await page.evaluate(() => window.inscape.fragment()), /(^|&)try=on(&|$)/);
    await context.close();
  });
});

describe("on a real study", { skip: address === undefined && "INSCAPE_URL names no server" }, () => {
  it("puts an observation where it lies", async () => {
    const known = await facts();
    const { page, context, problems } = await open(browser, `${fragmentOf(known)}&try=on&look=12`);
    await settled(page);
    await page.getByTestId("try-observation").click();
    await answered(page);
    const nearest = page.getByTestId("try-facts").locator("[data-row]").first();
    assert.equal(await nearest.getAttribute("data-row"), "12");
    const spot = await page.evaluate(() => window.inscape.screenPosition(12));
    const box = await page.getByTestId("plane").boundingBox();
    const marks = page.getByTestId("tried");
    const off = Math.hypot(Number(await marks.getAttribute("data-x")) + box.x - spot.x, Number(await marks.getAttribute("data-y")) + box.y - spot.y);
    assert.ok(off < 0.15 * box.height, `it lies ${off} pixels from itself`);
    assert.deepEqual(problems, []);
    await context.close();
  });
});
