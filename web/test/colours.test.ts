import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { classColors, contrast, DIM, GROUND, hexToRgb, INK, type Theme } from "../src/draw/palette";
import { drawingOrder, Look, looks, outlinesWrong, type Marks } from "../src/draw/scene";
import { countClasses, isolateClass, toggleClass } from "../src/state/legend";

const THEMES: Theme[] = ["light", "dark"];

describe("class colours", () => {
  it("are different for every class, even beyond the palette", () => {
    for (const palette of ["category10", "safe"] as const) {
      for (const theme of THEMES) {
        expect(new Set(classColors(palette, theme, 26)).size).toBe(26);
      }
    }
  });

  it("stand out from the ground and from points that step back", () => {
    for (const theme of THEMES) {
      for (const palette of ["category10", "safe"] as const) {
        for (const color of classColors(palette, theme, 10)) {
          expect(contrast(hexToRgb(color), hexToRgb(GROUND[theme])), `${color} on ${theme}`).toBeGreaterThan(1.35);
        }
      }
      expect(contrast(hexToRgb(INK[theme]), hexToRgb(GROUND[theme]))).toBeGreaterThan(12);
      expect(contrast(hexToRgb(DIM[theme]), hexToRgb(GROUND[theme]))).toBeLessThan(2);
    }
  });

  it("compute contrast as the standard does", () => {
    expect(contrast([0, 0, 0], [255, 255, 255])).toBeCloseTo(21, 5);
    expect(contrast([119, 119, 119], [255, 255, 255])).toBeCloseTo(4.478, 2);
  });
});

describe("words", () => {
  const css = readFileSync(new URL("../src/styles/base.css", import.meta.url), "utf8");
  const values = (selector: string) => {
    const block = css.slice(css.indexOf(selector)).split("}")[0];
    return new Map([...block.matchAll(/--([\w-]+): (#[0-9a-f]{6})/g)].map((match) => [match[1], hexToRgb(match[2])]));
  };

  it("can be read in both themes: at least 4.5 to 1 on every ground", () => {
    for (const selector of [":root {", ':root[data-theme="dark"] {']) {
      const colors = values(selector);
      for (const word of ["text", "text-2", "accent", "bad", "good", "loss"]) {
        for (const ground of ["surface", "ground", "raised", "sunken"]) {
          const ratio = contrast(colors.get(word)!, colors.get(ground)!);
          expect(ratio, `${word} on ${ground}, ${selector}`).toBeGreaterThanOrEqual(4.5);
        }
      }
      expect(contrast(colors.get("accent")!, colors.get("accent-soft")!)).toBeGreaterThanOrEqual(4.5);
      expect(contrast(colors.get("on-accent")!, colors.get("accent")!)).toBeGreaterThanOrEqual(4.5);
    }
  });

  it("lie on the same ground as the canvas", () => {
    expect(values(":root {").get("surface")).toEqual(hexToRgb(GROUND.light));
    expect(values(':root[data-theme="dark"] {').get("surface")).toEqual(hexToRgb(GROUND.dark));
  });

  it("are never smaller than 12 pixels", () => {
    for (const file of ["base", "frame", "panels", "views", "layouts", "explore"]) {
      const text = readFileSync(new URL(`../src/styles/${file}.css`, import.meta.url), "utf8");
      for (const [, size] of text.matchAll(/(?:font-size:|font:[^;]*?)\s(\d+)px/g)) {
        expect(Number(size), file).toBeGreaterThanOrEqual(12);
      }
    }
  });
});

describe("the legend", () => {
  it("hides and shows on click", () => {
    expect(toggleClass([], 3)).toEqual([3]);
    expect(toggleClass([3, 7], 3)).toEqual([7]);
    expect(toggleClass([7], 3)).toEqual([3, 7]);
  });

  it("isolates on double click, and shows all on the next", () => {
    expect(isolateClass([], 1, 4)).toEqual([0, 2, 3]);
    expect(isolateClass([0, 2, 3], 1, 4)).toEqual([]);
    expect(isolateClass([1, 2, 3], 1, 4)).toEqual([0, 2, 3]);
  });

  it("counts classes of all rows or of some", () => {
    expect(countClasses([0, 2, 2, 1], 3)).toEqual([1, 1, 2]);
    expect(countClasses([0, 2, 2, 1], 3, [1, 2])).toEqual([0, 0, 2]);
  });
});

describe("how observations look", () => {
  const marks: Marks = {
    labels: [0, 1, 1, 2],
    colors: ["#111111", "#222222", "#333333"],
    scale: null,
    theme: "light",
    hiddenClasses: [2],
    selection: [1],
    wrong: Uint8Array.from([1, 0, 0, 0]),
    emphasis: null,
  };

  it("dims what is not selected and hides only hidden classes", () => {
    expect([...looks(marks)]).toEqual([Look.DIM, Look.PLAIN, Look.DIM, Look.HIDDEN]);
    expect([...looks({ ...marks, selection: [], emphasis: 1 })]).toEqual([Look.DIM, Look.PLAIN, Look.PLAIN, Look.HIDDEN]);
  });

  it("draws what matters on top", () => {
    expect([...drawingOrder(looks(marks), marks.wrong)]).toEqual([2, 0, 1]);
    const all = looks({ ...marks, selection: [], hiddenClasses: [] });
    expect([...drawingOrder(all, null, Float32Array.from([0.9, -0.5, 0.1, -0.9]))]).toEqual([3, 1, 2, 0]);
  });

  it("outlines wrong ones while they are the exception", () => {
    expect(outlinesWrong(marks.wrong)).toBe(true);
    expect(outlinesWrong(Uint8Array.from([1, 1, 0, 0]))).toBe(false);
    expect(outlinesWrong(null)).toBe(false);
  });
});
