import { describe, expect, it } from "vitest";
import { exampleImages, examplePixels } from "../src/draw/examples";
import { ServerError } from "../src/server/client";
import type { DataFacts, ImportClient, LookBody, StartBody, Understanding } from "../src/server/imports";
import { activationsRoot, areActivations, sortActivations } from "../src/state/import/activations";
import { type Dropped, type Entry, joined, placeOf, sortDropped, walk } from "../src/state/import/dropped";
import { readingFields, readingProblem, standsWithField } from "../src/state/import/reading";
import { type Choices, ImportSession, NOTHING_CHOSEN } from "../src/state/import/session";
import { parseSteps, presetOf, PRESETS, settingNames, stepsText, withRange, type Step } from "../src/state/import/steps";
import { isPassing, type UploadState, Uploads } from "../src/state/import/uploads";
import { epochsText } from "../src/views/import/ActivationsCard";
import { byChance } from "../src/views/import/Understood";
import { shapeText, sizeText } from "../src/views/import/useImport";

const files = (...paths: string[]): Dropped[] => paths.map((path) => ({ path, file: new Blob(["x"]), bytes: 1 }));
const paths = (some: readonly Dropped[]) => some.map(({ path }) => path);
const sorted = (...names: string[]) => {
  const { model, data, leftOut } = sortDropped(files(...names));
  return { model: paths(model), data: paths(data), leftOut: paths(leftOut) };
};

describe("sorting what is dropped", () => {
  it("tells checkpoints from a folder of images", () => {
    expect(sorted("all/epoch-1.onnx", "all/epoch-2.onnx", "all/images/cat/1.png", "all/images/dog/2.JPG")).toEqual({
      model: ["all/epoch-1.onnx", "all/epoch-2.onnx"],
      data: ["all/images/cat/1.png", "all/images/dog/2.JPG"],
      leftOut: [],
    });
  });

  it("keeps weights with the model beside which they lie, and CIFAR's batches with the data", () => {
    expect(sorted("m/net.onnx", "m/net.onnx.data", "m/weights.bin", "m/onnx__MatMul_12", "m/encoder.layer.0.weight", "m/data_batch_1.bin").model).toEqual(["m/net.onnx", "m/net.onnx.data", "m/weights.bin", "m/onnx__MatMul_12", "m/encoder.layer.0.weight"]);
    expect(sorted("cifar/data_batch_1.bin", "cifar/test_batch.bin", "train.bin").data).toHaveLength(3);
    expect(sorted("m/net.onnx", "m/data_batch_1.bin").data).toEqual(["m/data_batch_1.bin"]);
  });

  it("knows every kind of data", () => {
    const names = ["a.csv", "a.parquet", "x.npy", "x.npz", "x.h5", "train_32x32.mat", "t10k-images-idx3-ubyte", "train-labels-idx1-ubyte.gz", "train.bin", "lines.txt", "tokenizer.json"];
    expect(sorted(...names).data).toEqual(names);
  });

  it("leaves out what nothing reads, and does not mention what file systems leave behind", () => {
    expect(sorted("README.md", "train.py", "requirements.txt", "config.json", ".DS_Store", "__MACOSX/a.png", "d/.git/x", "d/Thumbs.db")).toEqual({ model: [], data: [], leftOut: ["README.md", "train.py", "requirements.txt", "config.json"] });
    expect(sorted("m/net.onnx", "m/README.md", "m/LICENSE", "m/train.py").leftOut).toEqual(["m/README.md", "m/LICENSE", "m/train.py"]);
  });

  it("finds the folder that is meant", () => {
    expect(placeOf(["a/images/cat/1.png", "a/images/dog/2.png"])).toBe("a/images");
    expect(placeOf(["iris.csv"])).toBe("iris.csv");
    expect(placeOf(["d/iris.csv"])).toBe("d/iris.csv");
    expect(placeOf(["d/cat.png"])).toBe("d");
    expect(placeOf(["texts/lines.txt", "model/tokenizer.json"])).toBe("texts/lines.txt");
    expect(placeOf(["epoch-1.onnx", "epoch-2.onnx"])).toBe("");
    expect(placeOf(["ab/1.npy", "abc/2.npy"])).toBe("");
  });

  it("replaces a file by a later one of the same name", () => {
    const [old, young] = [files("a.onnx"), files("a.onnx", "b.onnx")];
    expect(joined(old, young)).toEqual(young);
  });

  it("reads folders however deep, a hundred entries at a time", async () => {
    let reads = 0;
    const file = (fullPath: string): Entry => ({ isFile: true, isDirectory: false, fullPath, file: (found) => found(new File(["ab"], fullPath)) });
    const folder = (fullPath: string, children: Entry[]): Entry => ({
      isFile: false,
      isDirectory: true,
      fullPath,
      createReader: () => {
        let at = 0;
        return { readEntries: (found) => (reads++, found(children.slice(at, (at += 100)))) };
      },
    });
    const many = Array.from({ length: 250 }, (_, at) => file(`/images/cat/${at}.png`));
    const found = await walk([folder("/images", [folder("/images/cat", many), folder("/images/.git", [file("/images/.git/x")]), file("/images/one.png")])]);
    expect(found).toHaveLength(251);
    expect(found.find(({ path }) => path === "images/cat/249.png")?.bytes).toBe(2);
    expect(reads).toBe(2 + 4);
  });
});

describe("a folder of activations", () => {
  it("is told by the names of runs and epochs", () => {
    expect(areActivations(["a/jax/epoch-0000/fc1.npy", "a/labels.npy"])).toBe(true);
    expect(areActivations(["jax/12/fc1.npy"])).toBe(true);
    expect(areActivations(["a/jax/step_500.safetensors"])).toBe(true);
    expect(areActivations(["images.npy", "labels.npy"])).toBe(false);
    expect(areActivations(["data/train/x.npy", "data/test/x.npy"])).toBe(false);
    expect(areActivations(["data/train/1.npz"])).toBe(false);
    expect(areActivations(["phase1/a.npy", "b/sample2/a.npy"])).toBe(false);
    expect(areActivations(["a/jax/epoch-0000/fc1.npy", "a/net.onnx"])).toBe(false);
    expect(areActivations(["digits/0/a.png", "digits/1/b.png"])).toBe(false);
  });

  it("has its root where labels lie, or above the runs", () => {
    expect(activationsRoot(["all/a/labels.npy", "all/a/jax/epoch-0/labels.npy"])).toBe("all/a");
    expect(activationsRoot(["a/jax/metrics.csv", "a/jax/5/fc1.npy"])).toBe("a");
    expect(activationsRoot(["all/a/jax/epoch-1/fc1.npy", "all/a/jax/epoch-2.npz"])).toBe("all/a");
    expect(activationsRoot(["jax/epoch-1/fc1.npy"])).toBe("");
    expect(activationsRoot(["labels.npy", "jax/epoch-1/fc1.npy"])).toBe("");
    expect(activationsRoot(["fc1.npy"])).toBe("");
  });

  it("is sent without what nothing reads in it", () => {
    const { wanted, leftOut } = sortActivations(files("a/labels.npy", "a/classes.txt", "a/jax/metrics.csv", "a/jax/layers.txt", "a/jax/e1.h5", "a/README.md", "a/.DS_Store", "a/plot.png"));
    expect(paths(wanted)).toEqual(["a/labels.npy", "a/classes.txt", "a/jax/metrics.csv", "a/jax/layers.txt", "a/jax/e1.h5"]);
    expect(paths(leftOut)).toEqual(["a/README.md", "a/plot.png"]);
  });
});

/** Sends that the test ends by hand. */
function sender() {
  const open: { path: string; end(error?: unknown): void; sent(bytes: number): void }[] = [];
  const tries: string[] = [];
  const states: UploadState[] = [];
  const uploads = new Uploads(
    (path, _file, sent, signal) =>
      new Promise((resolve, reject) => {
        tries.push(path);
        const one = { path, sent, end: (error?: unknown) => (open.splice(open.indexOf(one), 1), error === undefined ? resolve() : reject(error)) };
        open.push(one);
        signal.addEventListener("abort", () => one.end(new DOMException("stopped", "AbortError")));
      }),
    (state) => states.push(state),
    { wait: async () => {} },
  );
  return { open, tries, states, uploads };
}

const rest = () => new Promise((resolve) => setTimeout(resolve, 0));
const some = (count: number, folder = "data-1") => Array.from({ length: count }, (_, at) => ({ path: `${folder}/${at}`, file: new Blob(["abcd"]), bytes: 4 }));

describe("sending files", () => {
  it("sends four at a time and counts bytes", async () => {
    const { open, uploads } = sender();
    uploads.add(some(10));
    expect(open.map(({ path }) => path)).toEqual(["data-1/0", "data-1/1", "data-1/2", "data-1/3"]);
    open[0].sent(2);
    expect(uploads.state()).toMatchObject({ files: 10, filesDone: 0, bytes: 40, bytesSent: 2, active: true });
    while (open.length > 0) {
      expect(open.length).toBeLessThanOrEqual(4);
      open[0].end();
      await rest();
    }
    expect(uploads.state()).toMatchObject({ filesDone: 10, bytesSent: 40, active: false, failed: [] });
  });

  it("tries again what failed on the way, gives up in the end, and tries once more when asked", async () => {
    const { open, tries, uploads } = sender();
    uploads.add(some(1));
    for (let attempt = 1; attempt <= 4; attempt++) {
      open[0].end(new ServerError("busy", 503));
      await rest();
    }
    expect(tries).toHaveLength(4);
    expect(uploads.state()).toMatchObject({ active: false, filesDone: 0, failed: [{ path: "data-1/0", message: "busy" }] });
    uploads.retry();
    open[0].end();
    await rest();
    expect(uploads.state()).toMatchObject({ filesDone: 1, failed: [], active: false });
  });

  it("does not repeat what the server refuses", async () => {
    const { open, tries, uploads } = sender();
    uploads.add(some(1));
    open[0].end(new ServerError("the path climbs out of its folder", 400));
    await rest();
    expect(tries).toHaveLength(1);
    expect(uploads.state().failed).toHaveLength(1);
    expect(isPassing(new ServerError("too large", 413))).toBe(false);
    expect(isPassing(new TypeError("failed to fetch"))).toBe(true);
  });

  it("stops and forgets a folder, and goes on with the others", async () => {
    const { open, uploads } = sender();
    uploads.add([...some(3, "model-1"), ...some(3, "data-2")]);
    open[0].end();
    await rest();
    uploads.drop("model-1");
    await rest();
    expect(open.map(({ path }) => path).every((path) => path.startsWith("data-2/"))).toBe(true);
    expect(uploads.state()).toMatchObject({ files: 3, bytes: 12, filesDone: 0, failed: [] });
  });

  it("stays quick with thousands of small files", async () => {
    let told = 0;
    const uploads = new Uploads(async () => {}, () => told++, {});
    const started = performance.now();
    uploads.add(some(5_000));
    while (uploads.state().active) {
      await rest();
    }
    expect(uploads.state().filesDone).toBe(5_000);
    expect(performance.now() - started).toBeLessThan(8000);
  });
});

const NOTHING: Understanding = { model: null, data: null, input: null, check: null, views: [], problems: [], ready: false };

function fakeClient(over: Partial<ImportClient> = {}) {
  const asked: LookBody[] = [];
  const sent: string[] = [];
  let areas = 0;
  const client = {
    open: async () => `area${++areas}`,
    upload: async (id: string, path: string) => void sent.push(`${id} ${path}`),
    look: async (_id: string, body: LookBody) => (asked.push(body), NOTHING),
    examples: async () => null,
    start: async (_id: string, _body: StartBody) => {},
    follow: () => () => {},
    stop: async () => {},
    folders: async () => ({ path: "/", parent: null, entries: [] }),
    studied: async () => true,
    ...over,
  } as ImportClient;
  return { client, asked, sent };
}

const sessionOf = (client: ImportClient, fixed = false) => new ImportSession(client, { fixedData: () => fixed, done: () => {}, pause: 1, retry: { wait: async () => {} } });
const later = () => new Promise((resolve) => setTimeout(resolve, 25));

describe("an import", () => {
  it("looks once everything has arrived, at the folders that are meant", async () => {
    const { client, asked, sent } = fakeClient();
    const session = sessionOf(client);
    session.take(files("run/epoch-1.onnx", "run/epoch-2.onnx", "run/pictures/cat/1.png", "run/pictures/dog/1.png", "notes.md"), null);
    await later();
    expect(sent).toEqual(["area1 model/run/epoch-1.onnx", "area1 model/run/epoch-2.onnx", "area1 data/run/pictures/cat/1.png", "area1 data/run/pictures/dog/1.png"]);
    expect(asked).toHaveLength(1);
    expect(asked[0]).toMatchObject({ model: { staged: "model/run" }, data: { staged: "data/run/pictures" }, preprocess: null, epochs: null });
    expect(session.get().leftOut).toEqual(["notes.md"]);
  });

  it("never mixes files of an earlier choice with later ones", async () => {
    const { client, asked } = fakeClient();
    const session = sessionOf(client);
    session.take(files("old.onnx"), "model");
    await later();
    session.remove("model");
    session.take(files("young.onnx"), "model");
    await later();
    expect(asked.at(-1)?.model).toEqual({ staged: "model-2/young.onnx" });
  });

  it("lets the newest answer win", async () => {
    const answers: ((understanding: Understanding) => void)[] = [];
    const { client } = fakeClient({ look: () => new Promise((resolve) => answers.push(resolve)) });
    const session = sessionOf(client);
    session.point("data", { kind: "name", name: "mnist" });
    await later();
    session.choose({ preprocess: "scale" });
    await later();
    answers[1]({ ...NOTHING, problems: ["young"] });
    answers[0]({ ...NOTHING, problems: ["old"] });
    await later();
    expect(session.get().understanding?.problems).toEqual(["young"]);
    expect(session.get().looking).toBe(false);
  });

  it("keeps everything when the server says no, and sends files again to a server that forgot them", async () => {
    let forgot = false;
    const { client, sent, asked } = fakeClient();
    const look = client.look;
    client.look = async (id, body, signal) => {
      if (forgot && id === "area1") {
        throw new ServerError("no such import", 404);
      }
      return look(id, body, signal);
    };
    const session = sessionOf(client);
    session.take(files("a.onnx"), "model");
    await later();
    forgot = true;
    session.choose({ run: "other" });
    await later();
    await later();
    expect(sent).toEqual(["area1 model/a.onnx", "area2 model/a.onnx"]);
    expect(asked.at(-1)).toMatchObject({ run: "other", model: { staged: "model/a.onnx" } });
  });

  it("does not send again for ever", async () => {
    const { client, sent } = fakeClient({ look: async () => Promise.reject(new ServerError("no file a.onnx", 404)) });
    const session = sessionOf(client);
    session.take(files("a.onnx"), "model");
    await later();
    await later();
    await later();
    expect(sent).toHaveLength(2);
    expect(session.get().lookError).toBe("no file a.onnx");
  });

  it("leaves the data of a study as they are", async () => {
    const { client, asked } = fakeClient();
    const session = sessionOf(client, true);
    session.take(files("a.onnx", "x.csv"), null);
    await later();
    expect(session.get().leftOut).toEqual(["x.csv"]);
    expect(asked[0].data).toBeNull();
  });

  it("takes activations instead of model and data, and says nothing else of them", async () => {
    const { client, asked, sent } = fakeClient();
    const session = sessionOf(client);
    session.choose({ preprocess: "scale", label: "y", run: "mine" });
    session.take(files("a/jax/epoch-1/fc1.npy", "a/labels.npy"), null);
    await later();
    session.take(files("a/jax/epoch-2/fc1.npy", "a/more.csv"), null);
    await later();
    expect(sent).toEqual(["area1 activations/a/jax/epoch-1/fc1.npy", "area1 activations/a/labels.npy", "area1 activations/a/jax/epoch-2/fc1.npy"]);
    expect(asked.at(-1)).toEqual({ model: null, activations: { staged: "activations/a" }, data: null, preprocess: null, epochs: null, run: null, tokenizer: null, tokens: null, label: null });
    expect(session.get().leftOut).toEqual(["a/more.csv"]);
    session.remove("activations");
    session.take(files("a.onnx"), null);
    session.take(files("a/jax/epoch-1/fc1.npy"), null);
    await later();
    expect(asked.at(-1)).toMatchObject({ activations: null, label: "y", data: { staged: "data/a/jax/epoch-1/fc1.npy" } });
  });

  it("forgets how data were to be read with the data", async () => {
    const { client, asked } = fakeClient();
    const session = sessionOf(client);
    session.point("data", { kind: "path", path: "/texts" });
    session.choose({ tokenizer: "/t/tokenizer.json", tokens: 16, label: "kind", preprocess: "none" });
    await later();
    expect(asked.at(-1)).toMatchObject({ tokenizer: { path: "/t/tokenizer.json" }, tokens: 16, label: "kind" });
    session.point("data", { kind: "name", name: "mnist" });
    await later();
    expect(asked.at(-1)).toMatchObject({ tokenizer: null, tokens: null, label: null, preprocess: "none" });
  });

  it("says that predictions are left out only where the network gives other classes", async () => {
    const started: StartBody[] = [];
    let suspicious = true;
    const { client } = fakeClient({
      start: async (_id, body) => void started.push(body),
      look: async () => ({ ...NOTHING, check: { accuracy: null, of: 0, epoch: 1, sentence: "other classes", suspicious } }),
    });
    const session = sessionOf(client);
    session.point("model", { kind: "path", path: "/m" });
    await later();
    session.choose({ withoutPredictions: true });
    await session.start();
    suspicious = false;
    session.choose({ preprocess: "scale" });
    await later();
    await session.start();
    expect(started.map(({ withoutPredictions }) => withoutPredictions)).toEqual([true, null]);
  });

  it("tells of a failure and is ready to begin again", async () => {
    const { client } = fakeClient({ follow: (_id, handlers) => (handlers.failed("conv1 has NaN at observation 7"), () => {}) });
    const session = sessionOf(client);
    session.point("model", { kind: "path", path: "/m" });
    await session.start();
    expect(session.get().running).toMatchObject({ state: "failed", message: "conv1 has NaN at observation 7" });
    expect(session.get().model).toEqual({ kind: "path", path: "/m" });
  });
});

describe("how data are read", () => {
  const facts = (over: Partial<DataFacts>): DataFacts => ({ name: "d", kind: "images", shape: null, columns: 0, train: 0, test: 1, classes: [], labels: "none", classCounts: [], problem: null, ...over });
  const state = (path: string, choices: Partial<Choices> = {}) => ({ data: { kind: "path", path } as const, choices: { ...NOTHING_CHOSEN, ...choices }, lookError: null });

  it("can be corrected where it makes sense", () => {
    expect(readingFields(facts({}), state("/pictures"))).toEqual([]);
    expect(readingFields(facts({ kind: "vectors" }), state("/a.csv"))).toEqual(["label"]);
    expect(readingFields(facts({ kind: "texts" }), state("/texts"))).toEqual(["tokenizer", "tokens"]);
    expect(readingFields(facts({ kind: "texts" }), state("/a.csv"))).toEqual(["label", "tokenizer", "tokens"]);
    expect(readingFields(facts({ kind: "vectors" }), { data: null, choices: NOTHING_CHOSEN })).toEqual([]);
  });

  it("keeps a field whose value made the data unreadable, with the problem beside it", () => {
    const broken = facts({ problem: "a.csv: found no column z; name the column of the labels as the header does" });
    const now = state("/folder", { label: "z" });
    const fields = readingFields(broken, now);
    expect(fields).toEqual(["label"]);
    expect(readingProblem("label", fields, broken, now)).toMatch(/no column z/);
    const missing = facts({ problem: "no tokenizer.json beside the texts; --tokenizer names it" });
    const both = readingFields(missing, state("/folder"));
    expect(both).toEqual(["tokenizer", "tokens"]);
    expect(readingProblem("tokenizer", both, missing, now)).not.toBeNull();
    expect(readingProblem("tokens", both, missing, now)).toBeNull();
    expect(standsWithField(both, facts({ problem: "the file is cut" }), now)).toBe(false);
  });
});

describe("preprocessing", () => {
  it("reads and writes the server's text", () => {
    expect(parseSteps("resize(256), crop(224),scale,standardise(0.5,0.25)")).toEqual([
      { name: "resize", numbers: [256] },
      { name: "crop", numbers: [224] },
      { name: "scale", numbers: [] },
      { name: "standardise", numbers: [0.5, 0.25] },
    ]);
    for (const text of ["scale", "none", "bgr,hwc", "blur(1),sobel"]) {
      expect(stepsText(parseSteps(text) as Step[])).toBe(text);
    }
    expect(parseSteps("scale,")).toMatch(/Cannot read/);
    expect(parseSteps("blur(x)")).toMatch(/must be numbers/);
  });

  it("puts a preset in the place of the old range", () => {
    const steps = parseSteps("resize(256),crop(224),scale,hwc") as Step[];
    const imagenet = PRESETS.find(({ title }) => title === "ImageNet")!;
    const next = withRange(steps, imagenet);
    expect(stepsText(next)).toBe("resize(256),crop(224),scale,standardise(0.485,0.456,0.406,0.229,0.224,0.225),hwc");
    expect(presetOf(next)).toBe(imagenet);
    expect(presetOf([{ name: "scale", numbers: [] }, { name: "standardise", numbers: [0.1, 0.2] }])).toBeNull();
    expect(stepsText(withRange([], PRESETS[1]))).toBe("scale");
  });

  it("names the numbers of a step", () => {
    expect(settingNames({ name: "standardise", numbers: [0.5, 0.5] })).toEqual(["mean", "deviation"]);
    expect(settingNames({ name: "standardise", numbers: [1, 2, 3, 4, 5, 6] })[4]).toBe("deviation of channel 2");
    expect(settingNames({ name: "resize", numbers: [8, 9] })).toEqual(["rows", "columns"]);
  });
});

describe("the network's input as pictures", () => {
  it("spreads each channel over black to white", () => {
    const images = exampleImages({ shape: [1, 3, 1, 2], values: Float32Array.of(-2, 2, 0, 0, 5, 6) })!;
    expect(images.facts[0]).toEqual({ low: -2, high: 2, mean: 0 });
    expect([...examplePixels(images, 0, null)]).toEqual([0, 128, 0, 255, 255, 128, 255, 255]);
    expect([...examplePixels(images, 0, 2)]).toEqual([0, 0, 0, 255, 255, 255, 255, 255]);
    expect(exampleImages({ shape: [2, 3], values: new Float32Array(6) })).toBeNull();
  });
});

describe("words", () => {
  it("knows an accuracy that guessing gets too", () => {
    expect(byChance(0.11, 500, 10)).toBe(true);
    expect(byChance(0.93, 500, 10)).toBe(false);
    expect(byChance(0.5, 500, 1)).toBe(false);
  });

  it("names epochs", () => {
    expect([epochsText([3]), epochsText([0, 1, 5])]).toEqual(["epoch 3", "epochs 0, 1 and 5"]);
    expect(epochsText(Array.from({ length: 20 }, (_, at) => at * 5))).toBe("20 epochs, 0 to 95");
  });

  it("writes sizes and shapes", () => {
    expect([sizeText(12), sizeText(2000), sizeText(247_112), sizeText(8.2e9)]).toEqual(["12 bytes", "2.0 kB", "247 kB", "8.2 GB"]);
    expect(shapeText([null, 3, 28, 28])).toBe("any × 3 × 28 × 28");
  });
});
