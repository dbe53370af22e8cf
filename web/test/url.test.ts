import { describe, expect, it } from "vitest";
import { decodeRows, encodeRows } from "../src/state/codec";
import { createStore, type Place } from "../src/state/store";
import { fromFragment, toFragment } from "../src/state/url";
import { HOME, INITIAL, type Workspace } from "../src/state/workspace";

const FULL: Workspace = {
  view: "compare",
  run: "mlp & friends #2",
  epoch: 0,
  layer: "fc4",
  method: "tsne",
  parameters: { perplexity: 12.5, "schedule.exaggeration": 4, learningRate: "auto", shuffle: true, seed: 7 },
  comparison: "layers",
  hiddenClasses: [0, 3, 9],
  selection: [0, 4, 5, 6, 1999],
  primary: 5,
  camera: { x: -0.25, y: 0.5, scale: 3.125 },
  orbit: { yaw: -42.5, pitch: 12 },
  color: "quality.continuity",
  left: "m.umap",
  right: "d.0123456789ab",
  linked: false,
  rightEye: { camera: { x: 0.1, y: 0, scale: 2 }, orbit: { yaw: 5, pitch: -80 } },
  chapter: "directions",
  features: [380, 406],
  palette: "safe",
  insets: true,
  tool: "lasso",
  trying: true,
  units: [2, 3, 700],
  unit: 3,
  evolution: {
    by: "layer", epochs: [0, 1, 5], layers: ["input", "fc1"], runs: ["mlp", "mlp & friends #2"], method: "dtsne", parameters: { lambda: 0.25, seed: 3 },
    at: 1.25, from: 0.5, to: 3, speed: 2, trails: "straight", strength: 0.35, grouping: "all", direction: "separated", bundling: { iterations: 9 }, classMeans: true,
    sort: "speed", least: true, highlight: [1, 4], field: "particles", separation: 0.03, grid: 30, smoothness: 0.2, fields: 3, assigned: true, shownField: 2,
    region: [[0, 1.5], [-2.25, 3], [4, 0]], control: true,
  },
  neurons: {
    panel: "ablation", arrangement: "pair", meaning: "contrast", chosen: 8, method: "umap", parameters: { measure: "spearman", seed: 2 }, forest: { trees: 50, features: "auto" }, pooling: "max", before: 1,
    roles: {
      subsets: [{ name: "fours", of: { kind: "class", label: 4 } }, { name: "", of: { kind: "taken", label: 4, predicted: 9 } }, { name: "", of: { kind: "wrong" } }, { name: "left & up", of: { kind: "rows", rows: [3, 17] } }],
      sort: "difference", minuend: 0, subtrahend: "selection", offClass: 8, offCount: 50, replacement: "mean",
    },
  },
  weights: {
    panel: "hinton", runs: ["mlp", "mlp & friends #2"], many: true, layer: "conv1", what: "updates", at: 7, mode: "ridge", log: true, against: 3, scale: "epoch",
    rows: "norm", cols: "mean", window: [0, 28, 5, 100], direction: "right", node: "/fc1/Gemm", open: ["a"], look: { x: -12.5, y: 3, scale: 0.75 },
  },
  classes: { fill: "class", often: 3, list: "suspects", sort: "first", least: true, sure: 0.95, find: "ankle boot" },
};

describe("the URL", () => {
  it("restores the whole workspace", () => {
    expect(fromFragment(`#${toFragment(FULL)}`)).toEqual(FULL);
    expect(fromFragment(toFragment(INITIAL))).toEqual(INITIAL);
  });

  it("reads as words and leaves out what is at its default", () => {
    const fragment = toFragment({ ...INITIAL, view: "projection", run: "mlp", epoch: 5, parameters: { perplexity: 50 } });
    expect(fragment).toBe("view=projection&run=mlp&epoch=5&p.perplexity=50");
  });

  it("ignores what it cannot understand", () => {
    const odd = "#view=nowhere&epoch=-3&camera=1,NaN,2&hide=a.2.2&select=zzz&look=1e9&tool=hammer&other=1&orbit=3,200&color=rainbow&left=x.y&features=4&e.by=week&e.at=-1&e.strength=2&e.epochs=a&e.fields=7&e.region=1,2_3&e.trails=&e.speed=0";
    expect(fromFragment(odd)).toEqual({ ...INITIAL, hiddenClasses: [2], camera: HOME });
    expect(fromFragment("#camera=0,0,0").camera).toEqual(HOME);
    expect(fromFragment("#%E0%A4%A")).toEqual(INITIAL);
  });
});

describe("rows in the URL", () => {
  const random = (seed: number) => () => (seed = (seed * 1664525 + 1013904223) % 2 ** 32) / 2 ** 32;

  it("come back equal whatever their density", () => {
    for (let seed = 1; seed <= 40; seed++) {
      const next = random(seed);
      const density = next();
      const rows = Array.from({ length: 3000 }, (_, row) => row).filter(() => next() < density * density);
      expect(decodeRows(encodeRows(rows))).toEqual(rows);
    }
    expect(decodeRows(encodeRows([300_000]))).toEqual([300_000]);
    const far = Array.from({ length: 30 }, (_, at) => at * 30_011);
    expect(decodeRows(encodeRows(far))).toEqual(far);
  });

  it("stay short: all of 2,000 in under 350 characters, a few readable", () => {
    const all = Array.from({ length: 2000 }, (_, row) => row);
    expect(encodeRows(all).length).toBeLessThan(350);
    expect(encodeRows([12, 55])).toBe("r12.55");
  });

  it("are refused when damaged", () => {
    for (const bad of ["r5.4", "r5.5", "r-1", "rx", "q12", "g!!", "g_w", "r99999999"]) {
      expect(decodeRows(bad), bad).toBeNull();
    }
  });
});

describe("the store", () => {
  function fake(start: string) {
    let fragment = start;
    let moved = () => {};
    const written: string[] = [];
    const place: Place = {
      fragment: () => fragment,
      write: (next, track) => {
        fragment = next;
        written.push(`${track}:${next}`);
      },
      onMove: (listener) => {
        moved = listener;
      },
      travel: () => {},
    };
    return { place, written, go: (to: string) => ((fragment = to), moved()) };
  }

  it("writes changes to the URL and follows Back", () => {
    const { place, written, go } = fake("view=projection&run=a");
    const store = createStore(place);
    const seen: (string | null)[] = [];
    store.subscribe(() => seen.push(store.get().run));
    store.change({ run: "b" });
    store.change({ camera: { x: 0, y: 0, scale: 2 } }, "along");
    go("view=projection&run=a");
    expect(written).toEqual(["step:view=projection&run=b", "along:view=projection&run=b&camera=0%2C0%2C2"]);
    expect(seen).toEqual(["b", "b", "a"]);
  });

  it("gives the same still value while only the camera moves", () => {
    const store = createStore(fake("view=projection").place);
    const still = store.still();
    store.change({ camera: { x: 0, y: 0, scale: 2 } }, "along");
    store.change({ orbit: { yaw: 1, pitch: 2 } }, "along");
    expect(store.still()).toBe(still);
    store.change({ color: "predicted" });
    expect(store.still()).not.toBe(still);
    expect(store.still().color).toBe("predicted");
  });

  it("does not write what does not change the URL", () => {
    const { place, written } = fake("view=overview");
    createStore(place).change({ view: "overview" });
    expect(written).toEqual([]);
  });
});
