import { describe, expect, it } from "vitest";
import { Pictures } from "../src/state/pictures";
import { along, centred, dot, meanImage, painted, pixelColumns, principal, pulled, scattered, tellingPixels } from "../src/views/explore/linear";
import { spread } from "../src/views/explore/useColumns";

const random = (seed: number) => () => (seed = (seed * 1664525 + 1013904223) % 2 ** 32) / 2 ** 32;

/** Images of 3 x 3 in which pixel 0 varies much, pixel 8 by itself half as much, and the others hardly. */
function example(count = 400) {
  const next = random(3);
  const images = Uint8Array.from({ length: count * 9 }, (_, at) => (at % 9 === 0 ? next() * 255 : at % 9 === 8 ? 64 + next() * 128 : 100 + next() * 6));
  return pixelColumns(Uint32Array.from({ length: count }, (_, row) => row), images, 1, 9);
}

describe("linear pictures", () => {
  it("keep each pixel's values together, and mix channels evenly", () => {
    const columns = pixelColumns(Uint32Array.from([4, 7]), Uint8Array.from([255, 0, 0, 255, 255, 255, 0, 0]), 2, 2);
    expect([...columns.values]).toEqual([0.5, 0.5, 0.5, 0.5]);
    expect([...meanImage(columns, (row) => row === 4)]).toEqual([0.5, 0.5]);
  });

  it("begin with the two directions of most spread, at right angles", () => {
    const [first, second] = principal(example());
    expect(Math.abs(first[0])).toBeGreaterThan(0.99);
    expect(Math.abs(second[8])).toBeGreaterThan(0.99);
    expect(dot(first, second)).toBeCloseTo(0, 4);
    expect(dot(first, first)).toBeCloseTo(1, 4);
  });

  it("suggest two lively pixels that do not go along with each other", () => {
    expect(tellingPixels(example()).sort((a, b) => a - b)).toEqual([0, 8]);
  });

  it("move a pulled image exactly as far as it is pulled", () => {
    const columns = example();
    const mean = meanImage(columns);
    const [first] = principal(columns);
    const image = centred(columns, 17, mean);
    const before = along(columns, first, mean)[17];
    const after = along(columns, pulled(first, image, 0.25), mean)[17];
    expect(after - before).toBeCloseTo(0.25, 4);
  });

  it("measure from the mean image", () => {
    const columns = example();
    const sums = along(columns, Float32Array.from({ length: 9 }, () => 1), meanImage(columns));
    expect(sums.reduce((sum, value) => sum + value, 0) / sums.length).toBeCloseTo(0, 4);
  });

  it("are painted softly, and wiped", () => {
    const weights = painted(new Float32Array(25), 5, 2, 2, 1);
    expect(weights[12]).toBeCloseTo(1);
    expect(weights[13]).toBeGreaterThan(0.3);
    expect(painted(weights, 5, 2, 2, 0)[12]).toBeCloseTo(0);
    expect(painted(new Float32Array(25), 5, 0, 0, -1)[0]).toBeCloseTo(-1);
  });

  it("leave observations out that they know nothing of", () => {
    expect([...scattered(3, Uint32Array.from([2]), Float32Array.from([4]), Float32Array.from([5]))]).toEqual([NaN, NaN, NaN, NaN, 4, 5]);
    expect(spread(2000)).toEqual([[0, 2000]]);
    const blocks = spread(70_000);
    expect(blocks).toHaveLength(40);
    expect(blocks[0][0]).toBe(0);
    expect(blocks[39][1]).toBe(70_000);
  });
});

describe("images on demand", () => {
  const shape = { channels: 1, rows: 1, cols: 2 };
  const settle = () => new Promise((resolve) => setTimeout(resolve));

  it("come in blocks, once, and belong to their row", async () => {
    const asked: [number, number][] = [];
    const pictures = new Pictures(1000, shape, async (from, to) => {
      asked.push([from, to]);
      return Uint8Array.from({ length: (to - from) * 2 }, (_, at) => (from + (at >> 1)) % 251);
    });
    let told = 0;
    pictures.subscribe(() => told++);
    expect(pictures.row(300)).toBeNull();
    expect(pictures.row(310)).toBeNull();
    expect(pictures.row(999)).toBeNull();
    await settle();
    expect(asked.sort((a, b) => a[0] - b[0])).toEqual([[256, 384], [896, 1000]]);
    expect(told).toBe(2);
    expect([...pictures.row(300)!]).toEqual([49, 49]);
    expect([...pictures.row(999)!]).toEqual([246, 246]);
    expect(pictures.has(5)).toBe(false);
  });

  it("are not asked for again and again when they cannot be had", async () => {
    let asked = 0;
    const pictures = new Pictures(10, shape, async () => {
      asked++;
      throw new Error("gone");
    });
    pictures.row(1);
    await settle();
    pictures.row(1);
    await settle();
    expect(asked).toBe(1);
  });

  it("are all here while they are few", () => {
    const pictures = new Pictures(2, shape, async () => new Uint8Array(0), Uint8Array.from([1, 2, 3, 4]));
    expect([...pictures.row(1)!]).toEqual([3, 4]);
    expect(pictures.has(1)).toBe(true);
  });
});
