/** Bringing a model and data, in a real browser, against a made-up server (import-fixture.mjs). */
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { broughtStudy, startBrought, startImportServer, textOf } from "./import-fixture.mjs";
import { launch, open, parses, pixelsOf, saved } from "./support.mjs";

let browser;

before(async () => {
  browser = await launch();
});
after(() => browser?.close());

const onnx = (...names) => names.map((name) => ({ name, mimeType: "application/octet-stream", buffer: Buffer.from("onnx") }));

/** Failed loads are what a server without a study answers. */
const real = (problems) => problems.filter((text) => !text.startsWith("Failed to load resource"));

async function bringing(server, options = {}) {
  const opened = await open(browser, options.fragment ?? "", { at: server.address, ...options });
  await opened.page.getByTestId("import").waitFor();
  return opened;
}

/** Waits for what the page sends after it has shown that it will. */
async function until(condition) {
  for (let attempt = 0; !condition(); attempt++) {
    assert.ok(attempt < 500, `waited for ${condition}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

async function understood(page) {
  await page.getByTestId("understood").waitFor();
  await page.waitForFunction(() => document.querySelector("[data-testid=understood]")?.dataset.looking === "false");
}

describe("a server without a study", () => {
  it("is the import alone; a dropped folder is sorted, sent and understood", async () => {
    const server = await startImportServer({});
    const { page, context, problems } = await bringing(server);
    assert.equal(await page.locator(".rail").count(), 0);
    assert.match(await page.getByTestId("title").innerText(), /Bring a model and data/);
    const folder = mkdtempSync(join(tmpdir(), "bring-"));
    mkdirSync(join(folder, "pictures", "cat"), { recursive: true });
    writeFileSync(join(folder, "pictures", "cat", "1.png"), "x");
    writeFileSync(join(folder, "pictures", "cat", "2.png"), "x");
    await page.getByTestId("folder-data").setInputFiles(join(folder, "pictures"));
    await page.getByTestId("files-model").setInputFiles(onnx("epoch-2.onnx", "epoch-10.onnx"));
    await page.getByTestId("views").waitFor();
    await understood(page);
    rmSync(folder, { recursive: true });
    assert.deepEqual([...server.seen.uploads].sort(), ["data/pictures/cat/1.png", "data/pictures/cat/2.png", "model/epoch-10.onnx", "model/epoch-2.onnx"]);
    const { model, data } = server.seen.looks.at(-1);
    assert.deepEqual([model, data], [{ staged: "model" }, { staged: "data/pictures/cat" }]);
    assert.equal(await page.getByLabel("Epoch of epoch-10.onnx").inputValue(), "10");
    assert.match(await page.getByTestId("views").innerText(), /Ablation\s+not\s+the operator GridSample/);
    assert.deepEqual(real(problems), []);
    await context.close();
    await server.close();
  });

  it("takes what is dropped anywhere, tells it apart, and names what it leaves out", async () => {
    const server = await startImportServer({});
    const { page, context } = await bringing(server);
    await page.evaluate(() => {
      const transfer = new DataTransfer();
      for (const name of ["net.onnx", "houses.csv", "README.md"]) {
        transfer.items.add(new File(["x"], name));
      }
      document.querySelector("[data-testid=zone-any]").dispatchEvent(new DragEvent("drop", { dataTransfer: transfer, bubbles: true, cancelable: true }));
    });
    await page.getByTestId("left-out").waitFor();
    assert.match(await page.getByTestId("left-out").innerText(), /README\.md/);
    await page.getByTestId("data-facts").waitFor();
    assert.match(await page.getByTestId("data-facts").innerText(), /506 rows of 13 numbers. Each has a number that it stands for/);
    await context.close();
    await server.close();
  });

  it("tries again what failed on the way, four at a time", async () => {
    const server = await startImportServer({ refuse: { times: 5, status: 503 }, uploadDelay: 15 });
    const { page, context } = await bringing(server);
    const names = Array.from({ length: 60 }, (_, at) => `epoch-${at}.onnx`);
    await page.getByTestId("files-model").setInputFiles(onnx(...names));
    await understood(page);
    assert.equal(server.seen.uploads.length, 60);
    assert.equal(new Set(server.seen.uploads).size, 60);
    assert.ok(server.seen.most <= 4, `${server.seen.most} at once`);
    await context.close();
    await server.close();
  });

  it("names files that the server refuses", async () => {
    const server = await startImportServer({ refuse: { times: 1, status: 413 } });
    const { page, context } = await bringing(server);
    await page.getByTestId("files-model").setInputFiles(onnx("a.onnx"));
    const failed = page.getByTestId("sending-failed");
    await failed.waitFor();
    assert.match(await failed.innerText(), /One file did not arrive: a\.onnx\. the disk is busy/);
    assert.ok(await page.getByTestId("start-import").isDisabled());
    await failed.getByRole("button").click();
    await understood(page);
    assert.equal(await failed.count(), 0);
    await context.close();
    await server.close();
  });

  it("shows a wrong preprocessing at once, and a right one", async () => {
    const server = await startImportServer({});
    const { page, context } = await bringing(server);
    await page.getByTestId("files-model").setInputFiles(onnx("epoch-1.onnx"));
    await page.getByTestId("known").selectOption("mnist");
    await page.getByTestId("examples").waitFor();
    assert.equal(await page.locator(".example-grid canvas").count(), 12);
    assert.equal(await page.getByTestId("check").getAttribute("data-tone"), "bad");
    assert.match(await page.getByTestId("check").innerText(), /11\.2 %.*Guessing among 10 classes gets 10\.0 %/s);
    await page.getByTestId("preset").selectOption("ImageNet");
    await page.waitForFunction(() => document.querySelector("[data-testid=check]")?.dataset.tone === "good");
    await understood(page);
    assert.equal(await page.getByTestId("steps-text").inputValue(), "scale,standardise(0.485,0.456,0.406,0.229,0.224,0.225)");
    assert.match(await page.getByTestId("input-range").innerText(), /-2\.12 to 2\.25/);
    await page.getByTestId("steps-text").fill("scale,hwc");
    await page.getByTestId("problems").waitFor();
    assert.match(await page.getByTestId("problems").innerText(), /3 × 28 × 28/);
    await understood(page);
    assert.ok(await page.getByTestId("start-import").isDisabled());
    await page.getByTestId("steps-text").fill("scale,nonsense(");
    assert.match(await page.getByTestId("steps").innerText(), /Cannot read/);
    await context.close();
    await server.close();
  });

  it("imports with progress, then opens the overview of the run", async () => {
    const server = await startImportServer({});
    const { page, context, problems } = await bringing(server);
    await page.getByTestId("files-model").setInputFiles(onnx("epoch-1.onnx", "epoch-2.onnx"));
    await page.getByTestId("known").selectOption("mnist");
    await understood(page);
    await page.getByLabel("Epoch of epoch-2.onnx").fill("20");
    await page.getByRole("checkbox", { name: "Keep fc1" }).check();
    await page.getByTestId("run-name").fill("mine");
    await page.getByTestId("observations").fill("500");
    await page.getByTestId("study-name").fill("first");
    await page.waitForTimeout(600);
    await understood(page);
    await page.getByTestId("start-import").click();
    await page.getByTestId("importing").getByText(/^Run lenet, epoch \d \(\d of 6\): measuring on test observations$/).waitFor();
    await page.waitForFunction(() => window.inscape?.state().view === "overview" && document.querySelector("[data-testid=title]")?.textContent.includes("lenet"), undefined, { timeout: 15_000 });
    assert.equal(await page.evaluate(() => window.inscape.state().run), "lenet");
    const [start] = server.seen.starts;
    assert.deepEqual([start.epochs, start.run, start.observations, start.study], [{ "epoch-2.onnx": 20 }, "mine", 500, "first"]);
    assert.deepEqual(start.layers, ["conv1", "conv2", "pooled", "fc1", "output"]);
    assert.deepEqual(real(problems), []);
    await context.close();
    await server.close();
  });

  it("says why an import failed, and keeps everything to correct it", async () => {
    const server = await startImportServer({ ending: "conv1 has NaN at observation 7 of epoch-2.onnx" });
    const { page, context } = await bringing(server);
    await page.getByTestId("files-model").setInputFiles(onnx("epoch-1.onnx"));
    await page.getByTestId("known").selectOption("mnist");
    await understood(page);
    await page.getByTestId("start-import").click();
    await page.getByTestId("import-ended").waitFor();
    assert.match(await page.getByTestId("import-ended").innerText(), /NaN at observation 7/);
    assert.match(await page.getByTestId("holding-model").innerText(), /epoch-1\.onnx/);
    await understood(page);
    await page.waitForFunction(() => document.querySelector("[data-testid=start-import]")?.disabled === false);
    await context.close();
    await server.close();
  });

  it("takes a dropped folder of activations instead of model and data, and imports it", async () => {
    const server = await startImportServer({});
    const { page, context, problems } = await bringing(server);
    const paths = ["labels.npy", "jax/epoch-0000/fc1.npy", "jax/epoch-0005/fc1.npy", "torch/epoch-10.npz", "notes.md"];
    const folder = mkdtempSync(join(tmpdir(), "bring-"));
    for (const path of paths) {
      mkdirSync(join(folder, "elsewhere", path, ".."), { recursive: true });
      writeFileSync(join(folder, "elsewhere", path), "x");
    }
    await page.getByTestId("folder-activations").setInputFiles(join(folder, "elsewhere"));
    await page.getByTestId("activation-facts").waitFor();
    await understood(page);
    rmSync(folder, { recursive: true });
    assert.deepEqual([...server.seen.uploads].sort(), ["activations/elsewhere/jax/epoch-0000/fc1.npy", "activations/elsewhere/jax/epoch-0005/fc1.npy", "activations/elsewhere/labels.npy", "activations/elsewhere/torch/epoch-10.npz"]);
    const { activations, ...others } = server.seen.looks.at(-1);
    assert.deepEqual(activations, { staged: "activations/elsewhere" });
    assert.deepEqual(Object.values(others).filter((one) => one !== null), []);
    assert.match(await page.getByTestId("left-out").innerText(), /notes\.md/);
    assert.equal(await page.getByTestId("zone-model").count(), 0);
    const facts = await page.getByTestId("activation-facts").innerText();
    assert.match(facts, /2 runs.*120 rows/s);
    assert.match(facts, /jax epochs 0, 1 and 5/);
    assert.match(facts, /torch 30 epochs, 0 to 290/);
    assert.match(facts, /conv1\s+3 × 4 × 4\s+48/);
    assert.match(await page.getByTestId("views").innerText(), /Weights\s+not\s+activations come without weights/);
    await page.getByTestId("observations").fill("50");
    await page.getByTestId("start-import").click();
    await page.waitForFunction(() => window.inscape?.state().view === "overview" && document.querySelector("[data-testid=title]")?.textContent.includes("lenet"), undefined, { timeout: 15_000 });
    const [start] = server.seen.starts;
    assert.deepEqual([start.activations, start.observations, start.layers, start.withoutPredictions], [{ staged: "activations/elsewhere" }, 50, null, null]);
    assert.deepEqual(real(problems), []);
    await context.close();
    await server.close();
  });

  it("names a folder of activations on the machine, and says what is wrong with a run of it", async () => {
    const server = await startImportServer({});
    const { page, context } = await bringing(server);
    await page.getByTestId("browse-activations").click();
    await page.getByRole("button", { name: /^activations/ }).click();
    await page.waitForFunction(() => document.querySelector("[data-testid=browser-path]").value === "/home/ada/activations");
    await page.getByTestId("browser-use").click();
    await understood(page);
    assert.deepEqual(server.seen.looks.at(-1).activations, { path: "/home/ada/activations" });
    await page.getByRole("button", { name: "Remove the activations" }).click();
    await page.getByTestId("zone-model").waitFor();
    await page.getByTestId("files-activations").setInputFiles([{ name: "short.npy", mimeType: "application/octet-stream", buffer: Buffer.from("x") }]);
    await page.getByTestId("outside-run").getByText("found 10 rows").waitFor();
    await understood(page);
    assert.ok(await page.getByTestId("start-import").isDisabled());
    await context.close();
    await server.close();
  });

  it("brings only activations into a study of activations", async () => {
    const server = await startImportServer({ study: broughtStudy({ brought: "activations", answers: "none" }) });
    const { page, context } = await bringing(server, { fragment: "view=import" });
    assert.match(await page.getByTestId("title").innerText(), /Bring activations into/);
    assert.equal(await page.getByTestId("zone-model").count(), 0);
    await page.getByTestId("files-activations").setInputFiles([{ name: "epoch-5.npz", mimeType: "application/octet-stream", buffer: Buffer.from("x") }]);
    await understood(page);
    assert.match(await page.getByTestId("activation-facts").innerText(), /New to the study: epoch 5\./);
    assert.equal(await page.getByTestId("study-name").count(), 0);
    await context.close();
    await server.close();
  });

  it("corrects the labels' column of a table, with the problem beside the field", async () => {
    const server = await startImportServer({});
    const { page, context } = await bringing(server);
    await page.getByTestId("files-data").setInputFiles([{ name: "houses.csv", mimeType: "text/csv", buffer: Buffer.from("x") }]);
    await understood(page);
    assert.equal(await page.getByTestId("tokenizer").count(), 0);
    const column = page.getByTestId("label-column");
    await column.fill("kind");
    const problem = page.locator(".field-block", { has: column }).locator(".problem");
    await problem.waitFor();
    assert.match(await problem.innerText(), /no column kind/);
    assert.equal(await page.getByTestId("data-facts").locator(".problem").count(), 1);
    assert.equal(await column.getAttribute("aria-invalid"), "true");
    await column.fill("species");
    await page.getByTestId("class-counts").waitFor();
    assert.equal(server.seen.looks.at(-1).label, "species");
    assert.equal(await problem.count(), 0);
    await context.close();
    await server.close();
  });

  it("corrects the tokenizer and the length of texts", async () => {
    const server = await startImportServer({});
    const { page, context } = await bringing(server);
    await page.getByTestId("files-data").setInputFiles([{ name: "reviews.txt", mimeType: "text/plain", buffer: Buffer.from("x") }]);
    await understood(page);
    assert.equal(await page.getByTestId("label-column").count(), 0);
    await page.getByTestId("tokens").fill("1");
    await page.locator(".field-block", { has: page.getByTestId("tokens") }).getByText("room for 2 tokens or more").waitFor();
    await page.getByTestId("tokens").fill("64");
    await page.getByTestId("tokenizer").fill("tokenizer.json");
    await page.locator(".field-block", { has: page.getByTestId("tokenizer") }).getByText("A whole path is needed").waitFor();
    await page.getByTestId("tokenizer").fill("/nowhere/tokenizer.json");
    await page.locator(".field-block", { has: page.getByTestId("tokenizer") }).getByText("expected the tokenizer").waitFor();
    const { tokens, tokenizer } = server.seen.looks.at(-1);
    assert.deepEqual([tokens, tokenizer], [64, { path: "/nowhere/tokenizer.json" }]);
    await context.close();
    await server.close();
  });

  it("takes a network of other classes without predictions only when that is said", async () => {
    const server = await startImportServer({ otherClasses: true });
    const { page, context } = await bringing(server);
    await page.getByTestId("files-model").setInputFiles(onnx("epoch-1.onnx"));
    await page.getByTestId("known").selectOption("mnist");
    await understood(page);
    assert.equal(await page.getByTestId("check").getAttribute("data-tone"), "bad");
    assert.ok(await page.getByTestId("start-import").isDisabled());
    await page.getByLabel("Take it without predictions").check();
    await page.getByTestId("start-import").click();
    await page.getByTestId("importing").waitFor();
    await until(() => server.seen.starts.length > 0);
    assert.equal(server.seen.starts[0].withoutPredictions, true);
    await context.close();
    await server.close();
  });

  it("stops when asked", async () => {
    const server = await startImportServer({ pace: 400 });
    const { page, context } = await bringing(server);
    await page.getByTestId("files-model").setInputFiles(onnx("epoch-1.onnx"));
    await page.getByTestId("known").selectOption("mnist");
    await understood(page);
    await page.getByTestId("start-import").click();
    await page.getByTestId("stop-import").click();
    await page.getByTestId("import-ended").getByText("The import was stopped").waitFor();
    await context.close();
    await server.close();
  });

  it("shows every operation of the graph with its shape when it is asked to", async () => {
    const server = await startImportServer({});
    const { page, context, problems } = await bringing(server);
    await page.getByTestId("files-model").setInputFiles(onnx("epoch-1.onnx"));
    await page.getByTestId("known").selectOption("mnist");
    await page.getByTestId("examples").waitFor();
    await understood(page);
    assert.equal(await page.getByTestId("graph-table").count(), 0);
    await page.getByText("Every operation and the shape of its values").click();
    await page.getByTestId("graph-table").waitFor();
    const rows = await page.getByTestId("graph-table").locator("tbody tr").allInnerTexts();
    assert.deepEqual(rows.map((row) => row.split("\t").join("|")), ["Conv|conv1_out|any × 8 × 28 × 28|224", "Relu|relu_out|any × 8 × 28 × 28|", "Resize|resize_out|a number, or known when it runs|", "Gemm|fc_out|any × 10|7,850"]);
    const wide = await page.evaluate(() => [...document.querySelectorAll(".import *")].filter((one) => one.getBoundingClientRect().right > innerWidth + 1).length);
    assert.equal(wide, 0);
    assert.deepEqual(real(problems), []);
    await context.close();
    await server.close();
  });

  it("finds a folder on the machine by itself", async () => {
    const server = await startImportServer({});
    const { page, context } = await bringing(server);
    await page.getByTestId("browse-model").click();
    await page.getByRole("button", { name: /^checkpoints/ }).click();
    await page.waitForFunction(() => document.querySelector("[data-testid=browser-path]").value === "/home/ada/checkpoints");
    await page.getByTestId("browser-use").click();
    await understood(page);
    assert.deepEqual(server.seen.looks.at(-1).model, { path: "/home/ada/checkpoints" });
    await page.getByTestId("browse-model").click();
    await page.getByTestId("browser-path").fill("/nowhere");
    await page.keyboard.press("Enter");
    await page.getByText("there is no folder /nowhere").waitFor();
    await page.keyboard.press("Escape");
    await page.getByTestId("browser").waitFor({ state: "detached" });
    await context.close();
    await server.close();
  });

  it("has nothing that axe objects to, in both themes", async () => {
    const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
    for (const colorScheme of ["light", "dark"]) {
      const server = await startImportServer({});
      const { page, context } = await bringing(server, { colorScheme });
      const check = async (where) => {
        await page.evaluate(axe);
        const found = await page.evaluate(async () => (await window.axe.run(document)).violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).slice(0, 3).join(" ")}`));
        assert.deepEqual(found, [], `${where}, ${colorScheme}`);
      };
      await check("empty");
      await page.getByTestId("files-model").setInputFiles(onnx("epoch-1.onnx", "epoch-2.onnx"));
      await page.getByTestId("known").selectOption("mnist");
      await page.getByTestId("examples").waitFor();
      await understood(page);
      await check("understood");
      await page.getByTestId("browse-data").click();
      await page.getByRole("button", { name: /^pictures/ }).waitFor();
      await check("folders");
      await page.keyboard.press("Escape");
      await page.getByRole("button", { name: "Remove the model" }).click();
      await page.getByRole("button", { name: "Remove the data" }).click();
      await page.getByTestId("files-activations").setInputFiles([{ name: "epoch-5.npz", mimeType: "application/octet-stream", buffer: Buffer.from("x") }]);
      await page.getByTestId("activation-facts").waitFor();
      await understood(page);
      await check("activations");
      await context.close();
      await server.close();
    }
  });

  it("cuts nothing off at 1280 x 800", async () => {
    const server = await startImportServer({});
    const { page, context } = await bringing(server);
    await page.getByTestId("files-model").setInputFiles(onnx("epoch-1.onnx"));
    await page.getByTestId("known").selectOption("mnist");
    await page.getByTestId("examples").waitFor();
    await understood(page);
    const wide = await page.evaluate(() => [...document.querySelectorAll(".import *")].filter((one) => one.getBoundingClientRect().right > innerWidth + 1).map((one) => one.outerHTML.slice(0, 80)));
    assert.deepEqual(wide, []);
    await context.close();
    await server.close();
  });
});

describe("a study of a run that was brought", () => {
  const VIEWS = ["overview", "projection", "compare", "evolution", "neurons", "weights", "classes", "network", "explore", "import"];

  it("shows every view without predictions, classes or metrics, and asks for nothing that is not there", async () => {
    const cases = [
      { labels: "none", answers: "none", brought: "activations" },
      { labels: "values", answers: "values", brought: "activations" },
      { kind: "vectors", labels: "values", answers: "none", brought: "activations" },
      { kind: "texts", labels: "classes", answers: "none", brought: "activations" },
    ];
    for (const one of cases) {
      const server = await startBrought(one);
      const { page, context, problems } = await open(browser, "view=overview&run=lenet&epoch=3&layer=pooled", { at: server.address });
      await page.getByTestId("title").waitFor();
      for (const view of VIEWS) {
        await page.getByTestId(`view-${view}`).click();
        await page.waitForFunction((name) => document.querySelector(`[data-testid=view-${name}]`)?.getAttribute("aria-current") === "page", view);
        await page.waitForTimeout(250);
        const words = await page.locator("body").innerText();
        assert.doesNotMatch(words, /NaN|undefined|Infinity/, `${view} of ${JSON.stringify(one)}`);
        assert.equal(await page.locator(".legend-glyph").count(), 0, `${view}: triangles`);
      }
      assert.deepEqual(real(problems), [], JSON.stringify(one));
      assert.deepEqual(server.asked.filter((path) => /predictions|graph$|runs\/lenet\/weights/.test(path)), []);
      await context.close();
      await server.close();
    }
  });

  it("of texts shows the text wherever another shows an image", async () => {
    const server = await startBrought({ kind: "texts" });
    const { page, context, problems } = await open(browser, "view=projection&run=lenet&epoch=3&layer=pooled", { at: server.address });
    await page.waitForFunction(() => window.inscape?.settled());
    const words = (row) => {
      const text = textOf(row);
      return text === "" ? "An empty text." : text.length > 240 ? `${text.slice(0, 240).trimEnd()}…` : text;
    };
    const shown = async (place, row) => {
      const found = place.locator(`[data-text="${row}"]`);
      await found.and(page.locator("[data-here=true]")).first().waitFor();
      return found.first().textContent();
    };
    assert.equal(server.asked.filter((path) => path === "observations/texts").length, 0, "no text is asked for before one is looked at");
    for (const row of [3, 4, 5, 6]) {
      const at = await page.evaluate((which) => window.inscape.screenPosition(which), row);
      await page.mouse.move(at.x, at.y);
      const card = page.getByTestId("hover-card");
      await card.waitFor();
      const under = Number(await card.getAttribute("data-row"));
      assert.equal(await shown(card, under), words(under));
      await page.mouse.move(2, 400);
      await card.waitFor({ state: "detached" });
    }
    assert.equal(server.asked.filter((path) => path === "observations/texts").length, 1, "the texts of a block come together");

    await page.goto(`${server.address}/#view=projection&run=lenet&epoch=3&layer=pooled&look=4`);
    assert.equal(await shown(page.getByTestId("primary"), 4), textOf(4), "the whole text is with the observation itself");
    await page.keyboard.press("t");
    const table = page.getByTestId("point-table");
    for (const row of [4, 5, 6, 7]) assert.equal(await shown(table, row), words(row));
    await page.keyboard.press("t");

    await page.getByTestId("view-classes").click();
    await page.getByTestId("cell-4-4").click();
    const list = page.getByTestId("images");
    assert.equal(await shown(list, 14), words(14));
    assert.equal(await list.locator("[data-text]").count(), 30);
    await page.keyboard.press("Escape");
    await page.keyboard.press("t");
    await page.getByTestId("class-table").locator("[data-text][data-here=true]").first().waitFor();
    assert.doesNotMatch(await page.locator("body").innerText(), /undefined|NaN/);
    assert.deepEqual(real(problems), []);
    await context.close();
    await server.close();
  });

  it("of texts places a text of one's own, as a line of text", async () => {
    const server = await startBrought({ kind: "texts" });
    const { page, context, problems } = await open(browser, "view=projection&run=lenet&epoch=3&layer=pooled&try=on", { at: server.address });
    await page.waitForFunction(() => window.inscape?.settled());
    assert.equal(await page.getByTestId("try-canvas").count(), 0);
    await page.getByTestId("try-text").fill("The frog\njumped ünder the stone");
    const facts = page.getByTestId("try-facts");
    await facts.locator("[data-text='3'][data-here=true]").first().waitFor();
    assert.deepEqual({ ...server.placed.at(-1), digest: "" }, { digest: "", type: "text", text: "The frog jumped ünder the stone" });
    assert.equal(await facts.locator("[data-text='3']").first().textContent(), textOf(3));
    assert.match(await facts.innerText(), /Prediction by lenet, epoch 3[\s\S]*Nearest in pooled[\s\S]*Nearest as texts/);
    assert.match(await facts.innerText(), /exact input, 12 tokens, numbers from 0 to 801\./);
    const marks = page.getByTestId("tried");
    const [spot, box] = [await page.evaluate(() => window.inscape.screenPosition(3)), await page.getByTestId("plane").boundingBox()];
    assert.ok(Math.abs(Number(await marks.getAttribute("data-x")) + box.x - spot.x) < 1);
    await facts.locator("[data-row='13']").first().click();
    await page.getByTestId("try-observation").click();
    await page.waitForFunction((text) => document.querySelector("[data-testid=try-text]").value === text, textOf(13));
    await page.getByTestId("try-clear").click();
    await page.getByTestId("tried").waitFor({ state: "detached" });
    assert.deepEqual(real(problems), []);
    await context.close();
    await server.close();

    const without = await startBrought({ kind: "texts", answers: "none", brought: "activations" });
    const other = await open(browser, "view=projection&run=lenet&epoch=3&layer=pooled&try=on", { at: without.address });
    assert.match(await other.page.getByTestId("try-why").innerText(), /lenet is activations without a network, so nothing new/);
    await other.context.close();
    await without.close();
  });

  it("saves the overview and the comparison: every picture with its points, one legend, and where each comes from", async () => {
    const server = await startBrought({});
    for (const [view, pictures] of [["overview", ["Raw pixels, PCA", "pooled, epoch 1, PCA", "pooled, epoch 3, PCA"]], ["compare", ["Epoch 1, PCA", "Epoch 2, PCA", "Epoch 3, PCA"]]]) {
      const { page, context, problems } = await open(browser, `view=${view}&run=lenet&epoch=3&layer=pooled&method=pca&compare=epochs`, { at: server.address });
      await page.waitForFunction((count) => document.querySelectorAll("[data-testid=multiple][data-ready=true]").length === count, pictures.length);
      const svg = (await saved(page, "save-svg")).toString();
      assert.equal(await parses(page, svg), "svg");
      const parts = svg.split('<g class="multiple"').slice(1);
      assert.deepEqual(parts.map((part) => /<text [^>]*>([^<]*)</.exec(part)[1].toLowerCase()), pictures.map((title) => title.toLowerCase()));
      parts.forEach((part) => assert.ok(part.match(/<(circle|polygon) /g).length >= 300));
      assert.match(svg, />truck <tspan/);
      assert.match(svg.match(/<desc>(.*)<\/desc>/)[1], /run lenet.*pooled after epoch 1, pca: dimensions 2, seed 0.*pooled after epoch 3, pca/);
      const [, width] = svg.match(/^<svg [^>]*width="(\d+)"/);
      assert.equal(pixelsOf(await saved(page, "save-png")).width, 2 * Number(width));
      assert.deepEqual(real(problems), []);
      await context.close();
    }
    await server.close();
  });

  it("offers findings only where the network's classes can be compared with the data's", async () => {
    for (const [options, why] of [
      [{}, null],
      [{ labels: "classes", answers: "none" }, /has no scores of classes/],
      [{ labels: "values", answers: "values" }, /answers with numbers, not with classes/],
      [{ labels: "none" }, /These data have no labels/],
      [{ labels: "classes", answers: "none", brought: "activations" }, /is activations without a network/],
    ]) {
      const server = await startBrought(options);
      const { page, context } = await open(browser, "view=overview&run=lenet&epoch=3&layer=pooled", { at: server.address });
      for (const view of ["overview", "compare", "projection"]) {
        await page.getByTestId(`view-${view}`).click();
        const panel = page.getByTestId("findings");
        await panel.waitFor();
        assert.equal(await panel.getByTestId("look-for-findings").count(), why === null ? 1 : 0, `${view} of ${JSON.stringify(options)}`);
        if (why !== null) assert.match(await panel.getByTestId("no-findings").innerText(), why);
      }
      await context.close();
      await server.close();
    }
  });

  it("says why there are no classes, no weights, no network and no curves", async () => {
    const server = await startBrought({ labels: "none", answers: "none", brought: "activations" });
    const { page, context } = await open(browser, "view=classes&run=lenet&epoch=3&layer=pooled", { at: server.address });
    for (const view of ["classes", "weights", "network"]) {
      await page.getByTestId(`view-${view}`).click();
      await page.getByTestId("unavailable").getByText("lenet is activations without a network.").waitFor();
    }
    await page.getByTestId("view-overview").click();
    await page.getByTestId("unavailable").getByText("No learning curves").waitFor();
    await page.getByText("No loss or accuracy is known of this run.").waitFor();
    await context.close();
    await server.close();
  });

  it("colours by the value that the data give", async () => {
    const server = await startBrought({ labels: "values", answers: "values" });
    const { page, context } = await open(browser, "view=projection&run=lenet&epoch=3&layer=pooled", { at: server.address });
    await page.waitForFunction(() => window.inscape?.settled());
    const scale = page.getByTestId("scale");
    await scale.waitFor();
    assert.match(await scale.getAttribute("aria-label"), /^Value: colours run from dark at .* 6 observations have no value and are grey/);
    const at = await page.evaluate(() => window.inscape.screenPosition(3));
    await page.mouse.move(at.x, at.y);
    const card = page.getByTestId("hover-card");
    await card.waitFor();
    const row = Number(await card.getAttribute("data-row"));
    assert.equal(await page.getByTestId("hover-label").innerText(), row % 50 === 7 ? "no value" : String(Number((row / 10).toPrecision(7))));
    await context.close();
    await server.close();
  });

  it("has room for all entries of the rail at 800 pixels", async () => {
    const server = await startBrought({});
    for (const view of ["overview", "weights", "evolution"]) {
      const { page, context } = await open(browser, `view=${view}`, { at: server.address });
      await page.getByTestId("view-import").waitFor();
      const [inner, outer] = await page.evaluate(() => [document.querySelector(".rail").scrollHeight, document.querySelector(".rail").clientHeight]);
      assert.ok(inner <= outer, `${view}: ${inner} > ${outer}`);
      await context.close();
    }
    await server.close();
  });
});
