import { describe, expect, it } from "vitest";
import { fitOf, fitted } from "../src/draw/camera";
import { contrast, hexToRgb, luminance } from "../src/draw/palette";
import { Look, type Marks } from "../src/draw/scene";
import { GREY, hueDistance, ramp, RAMP, rampColor, toOklch, TRAIL_GROUND, trailHues } from "../src/draw/trailColors";
import { lengthsWithin, meanTrails, moment, positionsAt, RESTART, someTrails, stepLengths, straightTrails, stripIndex, trailAt, trailOpacity, withBundle } from "../src/draw/trails";
import { lineColors, trailLooks, trailMarks } from "../src/draw/trailScene";
import { ribbonColumns } from "../src/draw/trailsLayer";
import { ranked } from "../src/views/evolution/measure";
import { neighbourStep, stepText } from "../src/views/evolution/StepAxis";
import { EVOLUTION, evolutionEntries, evolutionOf, momentOf, onlyPasses } from "../src/state/evolution";

const random = (seed: number) => () => (seed = (seed * 1664525 + 1013904223) % 2 ** 32) / 2 ** 32;

function layoutsOf(steps: number, count: number, seed = 3): Float32Array {
  const next = random(seed);
  return Float32Array.from({ length: steps * count * 2 }, () => next() * 8 - 4);
}

describe("ramps of trails", () => {
  const hues = [...Array.from({ length: 72 }, (_, at) => at * 5), null];

  it("become lighter with every step, in every hue", () => {
    for (const hue of hues) {
      const lights = ramp(hue).map(luminance);
      expect(lights).toHaveLength(RAMP);
      lights.slice(1).forEach((light, at) => expect(light, `hue ${hue}, step ${at}`).toBeGreaterThan(lights[at]));
    }
  });

  it("are equally light at the same moment whatever the hue", () => {
    for (const share of [0, 0.25, 0.5, 0.75, 1]) {
      const lights = hues.map((hue) => toOklch(rampColor(hue, share)).lightness);
      expect(Math.max(...lights) - Math.min(...lights)).toBeLessThan(0.01);
    }
  });

  it("keep their hue from dark to bright", () => {
    for (const hue of hues.filter((one) => one !== null)) {
      for (const rgb of ramp(hue)) {
        expect(hueDistance(toOklch(rgb).hue, hue), `hue ${hue}`).toBeLessThan(6);
      }
    }
  });

  it("stand out from the ground of both themes, late more than early", () => {
    for (const ground of Object.values(TRAIL_GROUND).map(hexToRgb)) {
      for (const hue of hues) {
        const colors = ramp(hue);
        expect(contrast(colors[0], ground)).toBeGreaterThan(1.3);
        expect(contrast(colors[RAMP - 1], ground)).toBeGreaterThan(6);
      }
    }
  });
});

describe("hues of classes", () => {
  it.each([3, 10, 14, 26])("are equally far from each other for %i classes", (count) => {
    for (const palette of ["category10", "safe"] as const) {
      const hues = (trailHues(palette, "light", count, []) as number[]).sort((a, b) => a - b);
      const gaps = hues.map((hue, at) => hueDistance(hue, hues[(at + 1) % count]));
      const even = count === 3 && palette === "category10" ? 36 : 360 / count;
      expect(Math.min(...gaps)).toBeGreaterThanOrEqual(Math.min(even, 360 / count) - 1e-6);
    }
  });

  it("are near to the class's colour in the other views where that has one", () => {
    const own = ["#1f77b4", "#ff7f0e", "#2ca02c", "#d62728", "#9467bd", "#e377c2", "#bcbd22", "#17becf"].map((color) => toOklch(hexToRgb(color)).hue);
    const hues = trailHues("category10", "light", 10, []);
    [0, 1, 2, 3, 4, 6, 8, 9].forEach((label, at) => expect(hueDistance(hues[label]!, own[at]), `class ${label}`).toBeLessThan(36));
  });

  it("turn grey but for those that are highlighted, which everybody can tell apart", () => {
    expect(trailHues("category10", "light", 10, [1, 4])).toEqual([null, 53, null, null, 305, null, null, null, null, null]);
    const safe = trailHues("safe", "dark", 10, [0, 3, 5, 9]).filter((hue) => hue !== null);
    expect(safe).toHaveLength(4);
    safe.forEach((hue, at) => safe.slice(0, at).forEach((other) => expect(hueDistance(hue, other)).toBeGreaterThan(60)));
  });
});

describe("trails", () => {
  const [steps, count] = [4, 7];
  const layouts = layoutsOf(steps, count);

  it("have exactly the slices as their vertices", () => {
    const trails = straightTrails(layouts, steps);
    expect(trails).toMatchObject({ count, steps, samples: steps, perSegment: 1 });
    for (let row = 0; row < count; row++) {
      const trail = trailAt(trails, row, 1);
      for (let step = 0; step < steps; step++) {
        expect([...trail.subarray(step * 2, step * 2 + 2)]).toEqual([...layouts.subarray((step * count + row) * 2, (step * count + row) * 2 + 2)]);
      }
    }
  });

  it("pass through the slices with more samples, and lie on the lines between them", () => {
    const [coarse, fine] = [straightTrails(layouts, steps), straightTrails(layouts, steps, 6)];
    expect(fine.samples).toBe(19);
    for (let row = 0; row < count; row++) {
      const [one, many] = [trailAt(coarse, row, 0), trailAt(fine, row, 0)];
      for (let sample = 0; sample < fine.samples; sample++) {
        const [step, share] = [Math.min(steps - 2, Math.floor(sample / 6)), sample / 6 - Math.min(steps - 2, Math.floor(sample / 6))];
        for (const axis of [0, 1]) {
          const wanted = one[step * 2 + axis] + (one[step * 2 + 2 + axis] - one[step * 2 + axis]) * share;
          expect(many[sample * 2 + axis]).toBeCloseTo(wanted, 5);
          if (sample % 6 === 0) {
            expect(many[sample * 2 + axis]).toBe(one[(sample / 6) * 2 + axis]);
          }
        }
      }
    }
  });

  it("are straight at strength 0, bundled at 1, and half way at a half", () => {
    const fit = { middle: [1, -2], half: 4 };
    const straight = straightTrails(layouts, steps, 3);
    const bundled = layoutsOf(1, count * straight.samples, 9);
    const trails = withBundle(straight, bundled, fit);
    const row = 5;
    const own = fitted(bundled.slice(row * straight.samples * 2, (row + 1) * straight.samples * 2), fit);
    expect([...trailAt(trails, row, 0)]).toEqual([...trailAt(straight, row, 1)]);
    trailAt(trails, row, 1).forEach((value, at) => expect(value).toBeCloseTo(own[at], 5));
    trailAt(trails, row, 0.5).forEach((value, at) => expect(value).toBeCloseTo((trailAt(straight, row, 0)[at] + own[at]) / 2, 5));
    expect(() => withBundle(straight, bundled.subarray(2), fit)).toThrow(`must have ${bundled.length} numbers for 7 trails of 10 samples, got ${bundled.length - 2}`);
  });

  it("of a class have their mean", () => {
    const labels = [0, 1, 0, 1, 1, 0, 0];
    const trails = straightTrails(layouts, steps);
    const means = meanTrails(trails, labels, 3);
    const rows = [1, 3, 4].map((row) => trailAt(trails, row, 0));
    trailAt(means, 1, 0).forEach((value, at) => expect(value).toBeCloseTo((rows[0][at] + rows[1][at] + rows[2][at]) / 3, 5));
    expect([...trailAt(means, 2, 0)].every((value) => value === 0)).toBe(true);
    expect(means.bundled).toBe(means.straight);
    expect([...trailAt(someTrails(trails, [6, 2]), 1, 0)]).toEqual([...trailAt(trails, 2, 0)]);
  });

  it("are one line strip each, in the order that is asked for", () => {
    expect([...stripIndex([2, 0], 3)]).toEqual([6, 7, 8, RESTART, 0, 1, 2, RESTART]);
  });

  it("let through how many there are", () => {
    const opacities = [10, 200, 2000, 60_000].map((many) => trailOpacity(many, 400));
    opacities.slice(1).forEach((opacity, at) => expect(opacity).toBeLessThan(opacities[at]));
    expect(trailOpacity(2000, 4000)).toBeGreaterThan(trailOpacity(2000, 400));
  });

  it("as ribbons know where they come from and go to", () => {
    const trails = straightTrails(Float32Array.from([0, 0, 1, 0, 1, 2]), 3);
    const columns = ribbonColumns(trails, new Uint8Array(12).fill(9));
    expect([...columns.straight]).toEqual([0, 0, 0, 0, 1, 0, 1, 0, 1, 2, 1, 2]);
    expect([...columns.straightWays.subarray(0, 4)]).toEqual([0, 0, 1, 0]);
    expect([...columns.straightWays.subarray(8, 12)]).toEqual([0, 0, 1, 2]);
    expect([...columns.straightWays.subarray(20, 24)]).toEqual([1, 0, 1, 2]);
    expect([...columns.index]).toEqual([0, 1, 2, 3, 4, 5, RESTART]);
    expect(columns.color).toHaveLength(24);
  });
});

describe("moments", () => {
  const layouts = layoutsOf(3, 4);

  it("lie between two steps", () => {
    expect(moment(0, 3)).toEqual({ step: 0, share: 0 });
    expect(moment(1.25, 3)).toEqual({ step: 1, share: 0.25 });
    expect(moment(2, 3)).toEqual({ step: 1, share: 1 });
    expect(moment(-1, 3)).toEqual({ step: 0, share: 0 });
    expect(moment(9, 3)).toEqual({ step: 1, share: 1 });
  });

  it("have the slices at the steps and the way between them elsewhere", () => {
    [0, 1, 2].forEach((step) => expect([...positionsAt(layouts, 3, step)]).toEqual([...layouts.subarray(step * 8, step * 8 + 8)]));
    positionsAt(layouts, 3, 1.5).forEach((value, at) => expect(value).toBeCloseTo((layouts[8 + at] + layouts[16 + at]) / 2, 5));
  });

  it("go from step to step", () => {
    expect([0, 0.4, 1, 2].map((at) => neighbourStep(at, 3, 1))).toEqual([1, 1, 2, 2]);
    expect([0, 0.4, 1, 2].map((at) => neighbourStep(at, 3, -1))).toEqual([0, 0, 0, 1]);
  });

  it("are said in words", () => {
    const steps = [0, 1, 5].map((epoch) => ({ name: `epoch ${epoch}`, run: "a", epoch, layer: "b" }));
    expect([0, 1.5, 2].map((at) => stepText(at, steps))).toEqual(["epoch 0", "50 % after epoch 1", "epoch 5"]);
  });

  it("fill what the workspace leaves open, and stay within the sequence", () => {
    expect(momentOf(EVOLUTION, 5)).toEqual({ at: 4, from: 0, to: 4 });
    expect(momentOf({ at: 9, from: 3, to: 2 }, 5)).toEqual({ at: 4, from: 2, to: 2 });
    expect(momentOf(EVOLUTION, 0)).toEqual({ at: 0, from: 0, to: 0 });
  });
});

describe("movement", () => {
  const lengths = stepLengths(Float32Array.from([0, 0, 1, 1, 3, 4, 1, 1, 3, 10, 1, 2]), 3);

  it("is measured from step to step, and in a part of time", () => {
    expect([...lengths]).toEqual([5, 0, 6, 1]);
    expect([...lengthsWithin(lengths, 3, 0, 2)]).toEqual([11, 1]);
    expect([...lengthsWithin(lengths, 3, 0.5, 1.5)]).toEqual([5.5, 0.5]);
    expect([...lengthsWithin(lengths, 3, 1, 1)]).toEqual([0, 0]);
  });

  it("orders observations, without those that are hidden or have no number", () => {
    const values = Float32Array.from([3, Number.NaN, 7, 3, 1]);
    expect(ranked(values, false, () => true)).toEqual([2, 0, 3, 4]);
    expect(ranked(values, true, (row) => row !== 4)).toEqual([0, 3, 2]);
  });
});

describe("how trails look", () => {
  const marks: Marks = { labels: [0, 1, 2, 1], colors: ["#1f77b4", "#ff7f0e", "#2ca02c"], scale: null, theme: "light", hiddenClasses: [2], selection: [], wrong: null, emphasis: null };

  it("hides, steps back and stands out", () => {
    expect([...trailLooks(trailMarks(marks, "category10", []))]).toEqual([Look.PLAIN, Look.PLAIN, Look.HIDDEN, Look.PLAIN]);
    expect([...trailLooks(trailMarks(marks, "category10", [0]))]).toEqual([Look.PLAIN, Look.DIM, Look.HIDDEN, Look.DIM]);
    expect([...trailLooks(trailMarks({ ...marks, selection: [3] }, "category10", []))]).toEqual([Look.DIM, Look.DIM, Look.HIDDEN, Look.PLAIN]);
  });

  it("colours every sample from dark to bright, grey and faint where it steps back", () => {
    const shown = trailMarks(marks, "category10", [1]);
    const trails = straightTrails(layoutsOf(5, 4), 5);
    const colors = lineColors(trails, shown, trailLooks(shown));
    expect([...colors.subarray(1 * 20, 1 * 20 + 4)]).toEqual([...ramp(53)[0], 255]);
    expect([...colors.subarray(1 * 20 + 16, 1 * 20 + 20)]).toEqual([...ramp(53)[RAMP - 1], 255]);
    expect([...colors.subarray(0, 3)]).toEqual([...GREY[0]]);
    expect(colors[3]).toBeLessThan(80);
  });

  it("takes other groups than classes where that is asked for", () => {
    const shown = { ...trailMarks(marks, "category10", []), groups: { of: [1, 0, 0, 0], ramps: [ramp(29), ramp(264)] } };
    const trails = straightTrails(layoutsOf(2, 4), 2);
    const colors = lineColors(trails, shown, trailLooks(shown));
    const hue = (at: number) => toOklch([colors[at], colors[at + 1], colors[at + 2]]).hue;
    expect(hueDistance(hue(4), 264)).toBeLessThan(6);
    expect(hueDistance(hue(12), 29)).toBeLessThan(6);
  });
});

describe("fitting", () => {
  it("moves and scales all steps alike", () => {
    const fit = fitOf(Float32Array.from([0, 0, 4, 2, 2, 8, 6, 0]));
    expect(fit).toEqual({ middle: [3, 4], half: 4 });
    expect([...fitted(Float32Array.from([3, 4, 7, 0]), fit)]).toEqual([0, 0, 1, -1]);
  });
});

describe("the evolution in the URL", () => {
  it("leaves out what is at its default", () => {
    expect(evolutionEntries(EVOLUTION)).toEqual([]);
    expect(evolutionEntries({ ...EVOLUTION, at: 1.23456, trails: "none", bundling: { iterations: 9 }, parameters: { lambda: 0.3 } })).toEqual([
      ["e.p.lambda", "0.3"],
      ["e.at", "1.235"],
      ["e.trails", "none"],
      ["e.b.iterations", "9"],
    ]);
  });

  it("is not led astray", () => {
    const odd = new Map(Object.entries({ "e.at": "x", "e.from": "-2", "e.highlight": "9.8.7.6.5.4", "e.region": "1,2_3,4", "e.layers": "~", "e.grid": "2.5" }));
    expect(evolutionOf(odd)).toEqual({ ...EVOLUTION, highlight: [4, 5, 6, 7] });
  });

  it("knows what only passes", () => {
    expect(onlyPasses(EVOLUTION, { ...EVOLUTION, at: 1, from: 1, to: 2, strength: 0 })).toBe(true);
    expect(onlyPasses(EVOLUTION, { ...EVOLUTION, at: 1, control: true })).toBe(false);
  });
});
