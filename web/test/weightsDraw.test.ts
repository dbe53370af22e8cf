import { describe, expect, it } from "vitest";
import { type GraphNode, type GraphReport, linked, placed, ranks, shapeOf } from "../src/draw/graph";
import { cellsOf, edges, hintonPixels, hintonSvg, ordered, pannedWindow, scaleFor, sideOf, squares, strongest, windowIn, zoomedWindow } from "../src/draw/hinton";
import { barsPath, binAt, edgeOf, heightOf, heightsFor, heightTicks, outlinePath, ridgeFrame, ticks, xOf } from "../src/draw/histogram";

const bins = { first: -2, width: 0.25, bins: 4 };
const frame = { left: 10, right: 110, top: 0, bottom: 100 };

describe("histograms in common bins", () => {
  it("span the axis from the first bin's edge to the last one's", () => {
    expect([0, 1, 4].map((bin) => edgeOf(bins, bin))).toEqual([-0.5, -0.25, 0.5]);
    expect(xOf(bins, frame, 0)).toBe(60);
    expect(binAt(bins, frame, 10)).toBe(0);
    expect(binAt(bins, frame, 84.9)).toBe(2);
    expect(binAt(bins, frame, 111)).toBeNull();
  });

  it("have one height for all models and epochs", () => {
    const heights = heightsFor([[1, 3, 0, 0], [0, 0, 10, 10]], [4, 20], false);
    expect(heights.most).toBe(0.75);
    expect(heightOf(heights, 0.75)).toBe(1);
    const logs = heightsFor([[1, 3, 0, 0], [0, 0, 10, 10]], [4, 20], true);
    expect(heightOf(logs, 0)).toBe(0);
    expect(heightOf(logs, 1 / 20)).toBeGreaterThan(0.1);
    expect(heightOf(logs, 0.75)).toBe(1);
  });

  it("draw a bar as tall as its share, and see a single value", () => {
    const heights = heightsFor([[8, 0, 0, 0]], [8], false);
    expect(barsPath(bins, frame, [4, 0, 4, 0], 8, heights)).toBe("M10 100v-50h24v50zM60 100v-50h24v50z");
    expect(barsPath(bins, frame, [1, 0, 0, 0], 1e6, heights)).toContain("v-0.75");
    expect(outlinePath(bins, frame, [4, 0, 8, 0], 8, heights)).toBe("M10 50V50H35V100H60V0H85V100H110");
  });

  it("keep a concentrated tensor a bell: its bins are as narrow as it is", () => {
    const narrow = { first: 15500, width: 2 ** -14, bins: 60 };
    expect(ticks(edgeOf(narrow, 0), edgeOf(narrow, 60), 5)).toEqual([0.947, 0.948, 0.949]);
  });

  it("have round ticks within the range, zero exactly", () => {
    expect(ticks(-0.45, 0.42, 4)).toEqual([-0.4, -0.2, 0, 0.2, 0.4]);
    expect(ticks(1, 1, 4)).toEqual([]);
    expect(heightTicks({ most: 0.3, least: 0.0001, log: true }, 4)).toEqual([0.0001, 0.001, 0.01, 0.1]);
    expect(heightTicks({ most: 0.3, least: 0.0001, log: true }, 2)).toEqual([0.001, 0.1]);
  });

  it("stand behind each other, the first at the top", () => {
    const [first, last] = [0, 15].map((at) => ridgeFrame(frame, at, 16));
    expect(first.top).toBe(0);
    expect(last.bottom).toBe(100);
    expect(first.bottom).toBeLessThan(last.bottom);
    expect(ridgeFrame(frame, 0, 1).bottom).toBe(100);
  });
});

describe("Hinton diagrams", () => {
  const matrix = { rows: 3, cols: 2, values: Float32Array.from([1, -0.25, 0.5, 0, -0.0625, 0.125]) };
  const [rows, cols] = [ordered(matrix, "rows", "none"), ordered(matrix, "cols", "none")];
  const whole = cellsOf(matrix, rows, cols, [0, 3, 0, 2], 10, 10);

  it("give a weight an area proportional to its size, and the largest its whole cell", () => {
    const found = squares(whole, 1, 20);
    expect(found.map(({ side }) => side ** 2)).toEqual([400, 100, 200, 25, 50].map((area) => expect.closeTo(area, 6)));
    expect(found.map(({ color }) => color)).toEqual(["#ffffff", "#000000", "#ffffff", "#000000", "#ffffff"]);
    expect(found.every(({ x, y, side }) => x >= 0 && y >= 0 && x + side <= 40 && y + side <= 60)).toBe(true);
    expect(sideOf(7, 1, 20)).toBe(20);
    expect(hintonSvg(whole, 1, 20)).toContain('<rect x="0" y="0" width="20" height="20" fill="#ffffff"/>');
  });

  it("mark what is no number", () => {
    const broken = cellsOf({ rows: 1, cols: 1, values: Float32Array.of(Number.NaN) }, Int32Array.of(0), Int32Array.of(0), [0, 1, 0, 1], 1, 1);
    expect(squares(broken, 1, 10)[0].color).toBe("#d62728");
  });

  it("begin as means of equal blocks where there is no room", () => {
    expect(edges(0, 10, 4)).toEqual({ edges: [0, 3, 6, 9, 10], per: 3 });
    const blocks = cellsOf(matrix, rows, cols, [0, 3, 0, 2], 2, 1);
    expect([blocks.rows, blocks.cols, blocks.perRow, blocks.perCol]).toEqual([2, 1, 2, 2]);
    expect([...blocks.values]).toEqual([(1 - 0.25 + 0.5) / 4, (-0.0625 + 0.125) / 2]);
    expect(scaleFor(blocks, 1)).toBe(0.5);
    expect(scaleFor(whole, 1)).toBe(1);
  });

  it("sort by mean and by norm, and name the weight that is meant", () => {
    expect([...ordered(matrix, "rows", "mean")]).toEqual([0, 1, 2]);
    expect([...ordered(matrix, "cols", "norm")]).toEqual([0, 1]);
    const turned = { rows: 2, cols: 2, values: Float32Array.from([0, -3, 1, 1]) };
    expect([...ordered(turned, "rows", "mean")]).toEqual([1, 0]);
    expect([...ordered(turned, "rows", "norm")]).toEqual([0, 1]);
    expect(strongest(turned, Int32Array.of(0, 1), Int32Array.of(0, 1), [0, 2, 0, 2], 1)).toEqual([{ from: 0, to: 1, value: -3 }]);
  });

  it("zoom to a part and back to all of it", () => {
    expect(windowIn(100, 50, null)).toEqual([0, 100, 0, 50]);
    expect(windowIn(100, 50, [90, 300, 49, 80])).toEqual([90, 100, 49, 50]);
    expect(zoomedWindow([0, 100, 0, 50], 2, 0.5, 0.5, 100, 50)).toEqual([25, 75, 13, 38]);
    expect(zoomedWindow([25, 75, 13, 38], 0.5, 0.5, 0.5, 100, 50)).toBeNull();
    expect(pannedWindow([0, 10, 40, 50], 5, 5, 100, 50)).toEqual([5, 15, 40, 50]);
  });
});

const node = (name: string, operator: string, inputs: string[], more: Partial<GraphNode> = {}): GraphNode => ({ name, operator, title: name, attributes: {}, inputs, outputs: [`${name}.out`], outputShapes: [[1]], parameterCount: 0, parameters: [], layer: null, ...more });
const residual: GraphReport = {
  nodes: [node("conv", "Conv", ["x"], { parameterCount: 9 }), node("norm", "BatchNormalization", ["conv.out"]), node("relu", "Relu", ["norm.out"]), node("add", "Add", ["relu.out", "x"])],
  inputs: [{ name: "x" }], outputs: [{ name: "add.out" }], parameterCount: 9, opset: 17,
};

describe("the network's diagram", () => {
  it("lays boxes by the longest path, and lets a residual branch pass beside", () => {
    const drawn = linked(residual, false, []);
    expect(drawn.boxes.map(({ id }) => id)).toEqual(["in:x", "conv", "norm", "relu", "add", "out:add.out"]);
    expect(ranks(drawn.boxes.length, drawn.edges)).toEqual([0, 1, 2, 3, 4, 5]);
    const places = placed(drawn, "down");
    const [branch] = drawn.edges.flatMap(([from, to], at) => (drawn.boxes[from].id === "in:x" && drawn.boxes[to].id === "add" ? [places.edges[at]] : []));
    const inner = branch.slice(1, -1);
    expect(inner.length).toBe(6);
    for (const { x } of inner) {
      expect(Math.abs(x - places.boxes[2].x)).toBeGreaterThan(88);
    }
    const right = placed(drawn, "right");
    expect(right.boxes[5].x).toBeGreaterThan(right.boxes[0].x);
  });

  it("never lays boxes over each other", () => {
    const wide: GraphReport = { ...residual, nodes: [...Array.from({ length: 5 }, (_, at) => node(`a${at}`, "Conv", ["x"])), node("join", "Concat", Array.from({ length: 5 }, (_, at) => `a${at}.out`))], outputs: ["join.out"] };
    const { boxes } = placed(linked(wide, false, []), "down");
    for (let a = 0; a < boxes.length; a++) {
      for (let b = 0; b < a; b++) {
        expect(Math.abs(boxes[a].x - boxes[b].x) >= 176 || Math.abs(boxes[a].y - boxes[b].y) >= 60).toBe(true);
      }
    }
  });

  it("folds small operators into the one before them, until they are opened", () => {
    const folded = linked(residual, true, []);
    expect(folded.boxes.map(({ nodes }) => nodes.length)).toEqual([0, 3, 1, 0]);
    expect(linked(residual, true, ["conv"]).boxes.length).toBe(6);
  });

  const block = "/blocks/block_0";
  const transformer: GraphReport = {
    nodes: [
      node("/Shape", "Shape", ["x"]),
      node("/Gather", "Gather", ["/Shape.out"]),
      node("/Reshape", "Reshape", ["x", "/Gather.out"]),
      node(`${block}/ln/ReduceMean`, "ReduceMean", ["/Reshape.out"]),
      node(`${block}/ln/Sub`, "Sub", ["/Reshape.out", `${block}/ln/ReduceMean.out`]),
      node(`${block}/ln/Mul`, "Mul", [`${block}/ln/Sub.out`], { parameterCount: 4, outputShapes: [[-1, 4]] }),
      node(`${block}/attention/MatMul`, "MatMul", [`${block}/ln/Mul.out`]),
      node(`${block}/Dropout`, "Dropout", [`${block}/attention/MatMul.out`]),
      node(`${block}/attention/MatMul_1`, "MatMul", [`${block}/Dropout.out`, `${block}/attention/MatMul.out`]),
      node(`${block}/Add`, "Add", [`${block}/attention/MatMul_1.out`, "/Reshape.out"]),
    ],
    inputs: [{ name: "x" }], outputs: [{ name: `${block}/Add.out` }], parameterCount: 4, opset: 17,
  };

  it("folds a module's operators together, and what reckons with sizes into what it is for", () => {
    const { boxes, edges } = linked(transformer, true, []);
    const names = boxes.filter(({ end }) => end === null).map(({ nodes }) => nodes.map(({ name }) => name.slice(name.lastIndexOf("/") + 1)));
    expect(names).toEqual([["Reshape", "Gather", "Shape"], ["ReduceMean", "Sub", "Mul"], ["MatMul"], ["Dropout"], ["MatMul_1"], ["Add"]]);
    expect(boxes[2].module).toBe("blocks/block_0/ln");
    expect(shapeOf(boxes[2])).toBe("n × 4");
    expect(shapeOf(boxes[1])).toBe("1");
    const order = ranks(boxes.length, edges);
    expect(Math.max(...order)).toBeLessThan(boxes.length);
    for (const [from, to] of edges) {
      expect(order[from]).toBeLessThan(order[to]);
    }
    expect(linked(transformer, true, ["/Reshape"]).boxes.length).toBe(boxes.length + 2);
  });
});

describe("the pixels of a Hinton diagram", () => {
  it("cover as much as the weight's square does, whatever the cell's size", () => {
    const values = Float32Array.from([1, -0.5, 0.1, -0.01]);
    const cells = cellsOf({ rows: 2, cols: 2, values }, Int32Array.of(0, 1), Int32Array.of(0, 1), [0, 2, 0, 2], 2, 2);
    for (const cell of [7.3, 12, 31.6]) {
      const width = Math.ceil(2 * cell);
      const pixels = hintonPixels(cells, 1, cell, width, width);
      const area = [0, 0];
      for (let at = 0; at < pixels.length; at += 4) {
        area[0] += Math.max(0, (pixels[at] - 128) / 127);
        area[1] += Math.max(0, (128 - pixels[at]) / 128);
      }
      expect(area[0] / (cell * cell * 1.1)).toBeCloseTo(1, 1.7);
      expect(area[1] / (cell * cell * 0.51)).toBeCloseTo(1, 1.7);
    }
  });
});
