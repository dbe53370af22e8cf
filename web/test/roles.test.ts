import { describe, expect, it } from "vitest";
import { cleanName, MOST_SUBSETS, ROLES, rolesEntries, rolesOf, type UnitRoles, withoutSubset } from "../src/state/unitRoles";
import { unitColorOf, unitColorText, unitsPath } from "../src/state/unitColor";
import { isColorBy } from "../src/state/workspace";
import { signedRamp, signedStep } from "../src/draw/signed";
import { csvTable } from "../src/views/neurons/common/PanelFrame";
import { flagsOf, isAbout, type UnitPlace } from "../src/views/neurons/common/place";
import { ablationSentence, type AblationReport, axisStart, changes, points, sameUnits, strongestFor } from "../src/views/neurons/ablation/report";
import { moment } from "../src/views/neurons/ablation/moment";
import { activitySentence, figure, flagged, flagSentence, heatCells, occupied } from "../src/views/neurons/activity/report";
import { asPictures, type Profile, profileRange, roleSentence } from "../src/views/neurons/role/profile";
import { difference, effectsOf, listed, rangeOf, rowsOf, sortedUnits, subsetBody, subsetTitle } from "../src/views/neurons/subsets/rows";
import { readPredictions } from "../src/state/predictions";

const roundTrip = (roles: UnitRoles): UnitRoles => rolesOf(new Map(rolesEntries(roles)));

describe("subsets in the URL", () => {
  it("come back equal, with their names", () => {
    const many = Array.from({ length: 700 }, (_, at) => at * 3);
    const roles: UnitRoles = {
      ...ROLES,
      subsets: [{ name: "four", of: { kind: "class", label: 4 } }, { name: "", of: { kind: "taken", label: 4, predicted: 9 } }, { name: "", of: { kind: "wrong" } }, { name: "upper left", of: { kind: "rows", rows: many } }],
      sort: "difference", minuend: "selection", subtrahend: 3, offClass: 8, offCount: 50, replacement: "mean",
    };
    expect(roundTrip(roles)).toEqual(roles);
    expect(rolesEntries(ROLES)).toEqual([]);
    expect(rolesEntries({ ...ROLES, subsets: roles.subsets.slice(0, 3) })).toEqual([["u.subsets", "c4!four~t4.9~w"]]);
  });

  it("lose what cannot be understood, and names lose signs that separate", () => {
    const read = (text: string) => rolesOf(new Map([["u.subsets", text]])).subsets;
    expect(read("c~t4~t4.x~q~w~c12.3~r5.4~r7!a!b")).toEqual([{ name: "", of: { kind: "wrong" } }, { name: "a", of: { kind: "rows", rows: [7] } }]);
    expect(cleanName(" a~b!c ")).toBe("a b c");
    expect(read(Array(200).fill("c1").join("~"))).toHaveLength(MOST_SUBSETS);
    expect(rolesOf(new Map([["u.a", "0"], ["u.sort", "5"], ["u.count", "0"], ["u.replace", "noise"]]))).toEqual(ROLES);
  });

  it("keep what points behind a removed one, and let go of what pointed at it", () => {
    const roles: UnitRoles = { ...ROLES, subsets: [1, 2, 3].map((label) => ({ name: "", of: { kind: "class", label } })), sort: 1, minuend: 2, subtrahend: "selection" };
    expect(withoutSubset(roles, 1)).toEqual({ ...roles, subsets: [roles.subsets[0], roles.subsets[2]], sort: null, minuend: 1 });
  });
});

describe("colour by a neuron", () => {
  it("keeps which layer it belongs to, whatever it is called", () => {
    for (const layer of ["fc4", "conv1", "block.2-relu", "/features/Relu_3", "a~b!c", "größe", "x.7"]) {
      for (const pooling of [null, "max"] as const) {
        const text = unitColorText({ layer, unit: 12, pooling });
        expect(isColorBy(text), text).toBe(true);
        expect(unitColorOf(text)).toEqual({ layer, unit: 12, pooling });
      }
    }
    expect(unitColorText({ layer: "fc4", unit: 12, pooling: null })).toBe("unit.fc4.12");
  });

  it("is nothing else", () => {
    for (const bad of ["unit.", "unit.fc4", "unit..3", "unit.fc4.-1", "unit.fc4.x", "unit.%E0%A4%A.3", "class"]) {
      expect(unitColorOf(bad), bad).toBeNull();
    }
    expect(unitsPath("a b", 5, "/x", "profile", "max", { unit: 3 })).toBe("units/a%20b/5/%2Fx/profile?pooling=max&unit=3");
    expect(unitsPath("mlp", 0, "fc1", "flags", null)).toBe("units/mlp/0/fc1/flags");
  });

  it("has nothing at 0 on a scale of signed numbers, and equal strength on both sides", () => {
    expect(signedStep(0, 2)).toBe(128);
    expect([signedStep(-2, 2), signedStep(2, 2), signedStep(9, 2), signedStep(3, 0)]).toEqual([0, 255, 255, 128]);
    for (const theme of ["light", "dark"] as const) {
      const [red, green, blue] = signedRamp("weights", theme)[128];
      expect(Math.max(red, green, blue) - Math.min(red, green, blue)).toBeLessThan(20);
    }
  });
});

describe("rows of the matrix", () => {
  const labels = [0, 0, 1, 1, 2, 2];
  const winners = [0, 1, 1, 1, 0, 2];
  const predictions = readPredictions(Float32Array.from(winners.flatMap((winner) => [0, 1, 2].map((label) => (label === winner ? 1 : 0)))), 3, labels);
  const names = ["zero", "one", "two"];

  it("are the observations that their words say", () => {
    expect(rowsOf({ kind: "class", label: 1 }, labels, null)).toEqual([2, 3]);
    expect(rowsOf({ kind: "taken", label: 0, predicted: 1 }, labels, predictions)).toEqual([1]);
    expect(rowsOf({ kind: "wrong" }, labels, predictions)).toEqual([1, 4]);
    expect(rowsOf({ kind: "wrong" }, labels, null)).toBeNull();
    expect(rowsOf({ kind: "rows", rows: [2, 99] }, labels, null)).toEqual([2]);
    expect(subsetTitle({ name: "", of: { kind: "taken", label: 0, predicted: 1 } }, names, [])).toBe("zero taken for one");
    expect(subsetTitle({ name: "", of: { kind: "rows", rows: [1] } }, names, [70, 71])).toBe("#71");
    const roles = { ...ROLES, subsets: [{ name: "", of: { kind: "class" as const, label: 2 } }] };
    expect(listed(roles, [1, 77], labels, labels, predictions, names).map(({ key, rows }) => [key, rows])).toEqual([["selection", [1]], [0, [4, 5]]]);
    expect(listed(roles, [], labels, labels, predictions, names)).toHaveLength(1);
  });

  it("are asked for as numbers while they are few, as bits when they are many", () => {
    expect(subsetBody([3, 9], 300)).toEqual({ rows: [3, 9] });
    const many = Array.from({ length: 100 }, (_, at) => at * 2 + 1);
    const body = subsetBody(many, 300) as { bits: string };
    const bytes = Uint8Array.from(atob(body.bits), (char) => char.charCodeAt(0));
    expect(bytes).toHaveLength(38);
    expect(Array.from({ length: bytes.length * 8 }, (_, row) => row).filter((row) => (bytes[row >> 3] >> (row & 7)) & 1)).toEqual(many);
  });

  it("order neurons from the largest value down", () => {
    expect(sortedUnits([1, 3, Number.NaN, 3, -2])).toEqual([1, 3, 0, 4, 2]);
    expect([...difference(Float32Array.of(1, 2), Float32Array.of(3, 0))]).toEqual([-2, 2]);
    expect(rangeOf([Float32Array.of(1, Number.NaN), Float32Array.of(-4, 2)])).toEqual([-4, 2]);
    expect(rangeOf([])).toEqual([0, 1]);
  });

  it("say which neurons tell two apart, in both directions", () => {
    const { higher, lower } = effectsOf([5, 1, 0, 3, 1, 2, 0, 3, 2, -0.5, 0, 0, 9, -3, 0, 0], 4, 3);
    expect(higher).toEqual([{ unit: 0, a: 5, b: 1, effect: 2, t: 9 }]);
    expect(lower.map(({ unit }) => unit)).toEqual([1]);
  });
});

describe("the role in words", () => {
  const profile: Profile = { unit: 3, mean: 0.5, deviation: 1, min: 0, max: 4, frequency: 0.342, dead: false, classMean: [0.1, 2.5, null], classDeviation: [0.2, 0.7, null], best: 1, histogram: { low: 0, high: 4, counts: [] }, top: [], low: [], observations: 2000 };
  it("says how often, how much, and for whom", () => {
    expect(roleSentence(profile, ["a", "b", "c"])).toBe("It is above 0 for 34.2 % of the 2,000 observations, at most 4. Its mean is highest in class b: 2.5, against 0.5 over all.");
    expect(roleSentence({ ...profile, min: -1 }, [])).toBe("It is above its own mean for 34.2 % of the 2,000 observations, at most 4.");
    expect(roleSentence({ ...profile, dead: true, mean: 0 }, ["a"])).toMatch(/^It is dead: 0 for each of the 2,000/);
    expect(profileRange([2, -1, null], [0.5, 1, null])).toEqual([-2, 2.5]);
    expect(profileRange([0, 0], [0, 0])).toEqual([0, 1]);
  });

  it("draws weights that have places, and lists others", () => {
    expect(asPictures([28, 28], 784)).toEqual({ channels: 1, rows: 28, cols: 28 });
    expect(asPictures([3, 5, 5], 75)).toEqual({ channels: 3, rows: 5, cols: 5 });
    expect([asPictures(null, 10), asPictures([3, 3], 10), asPictures([], 0)]).toEqual([null, null, null]);
  });

  it("knows the dead, the ones that are always on, and the twins", () => {
    const flags = { units: 9, pooling: "none", shape: [9], dead: [1], alwaysOn: [2], duplicates: [[3, 5], [5, 3], [3, 8]] as [number, number][] };
    expect(flagsOf(3, flags)).toEqual({ dead: false, alwaysOn: false, twins: [5, 8] });
    expect(flagged(flags)).toEqual({ dead: [1], alwaysOn: [2], duplicates: [3, 5, 8] });
    expect(flagSentence(flags)).toBe("Of 9 neurons: 1 dead, 1 always on, 3 that are as good as equal to another.");
    expect(flagSentence({ ...flags, dead: [], alwaysOn: [], duplicates: [] })).toMatch(/^None of the 9 neurons/);
  });

  it("is about one layer, at one epoch, pooled one way", () => {
    const place = { run: { name: "mlp" }, epoch: 5, layer: { name: "conv1", shape: [6, 4, 4] }, pooling: null } as unknown as UnitPlace;
    expect(isAbout(place, { run: "mlp", epoch: 5, layer: "conv1", pooling: "MEAN" })).toBe(true);
    expect(isAbout(place, { run: "mlp", epoch: 5, layer: "conv1", pooling: "max" })).toBe(false);
    expect(isAbout(place, { run: "mlp", epoch: 4, layer: "conv1" })).toBe(false);
    expect(isAbout(place, { run: "mlp", layer: "conv1" }, true)).toBe(true);
  });
});

describe("ablation in words", () => {
  const report = (after: number[]): AblationReport => ({
    accuracy: { before: 0.97, after: 0.88, control: [0.97, 0.968] },
    recall: { before: [0.98, 0.971, 0.9], after, control: { mean: [0.978, 0.97, 0.9], deviation: [0.001, 0.001, 0] } },
    confusionBefore: [], confusionAfter: [], changed: 3,
  });
  it("names the class that falls, the others, and the control", () => {
    expect(ablationSentence(report([0.976, 0.12, 0.9]), ["a", "8", "c"], 50)).toBe("Class 8 falls from 97.1 % to 12.0 %, the others change by at most .4 points; 50 random neurons: at most .2.");
    expect(ablationSentence(report([0.979, 0.971, 0.9]), ["a", "8", "c"], 1)).toBe("No class falls by more than .1 points; 1 random neuron: at most .2.");
    expect(points(-0.0004)).toBe("0");
    expect(points(0.123)).toBe("12.3");
    expect(changes({ ...report([0.9, 0.9, 0.9]), recall: { before: [null, 1], after: [null, 0.5], control: { mean: [null, null], deviation: [null, null] } } })).toEqual([{ label: 1, before: 1, after: 0.5, control: 1, deviation: 0 }]);
  });

  it("takes the strongest neurons that are more active for the class than on average", () => {
    const scores = [0.1, 0.5, 0.3, 0.4, 0, 0, 0, 0];
    const means = [1, 0.2, 1, 2, 0, 0, 0, 0];
    expect(strongestFor(0, 2, scores, means, [0.5, 0.5, 0.5, 0.5])).toEqual([2, 3]);
    expect(strongestFor(0, 9, scores, means, [0.5, 0.5, 0.5, 0.5])).toEqual([0, 2, 3]);
    expect(sameUnits([3, 1], [1, 3])).toBe(true);
    expect(sameUnits("1,3", [1, 3])).toBe(true);
    expect(sameUnits(undefined, [1])).toBe(false);
  });

  it("begins the axis where small changes can be seen, at 0 where a class is lost", () => {
    expect([axisStart([0.97, 0.955]), axisStart([0.97, 0.12]), axisStart([0.8, 0.99]), axisStart([1])]).toEqual([0.9, 0, 0.7, 0.9]);
  });

  it("moves points between two layouts in one box", () => {
    const both = Float32Array.of(-1, 0, 1, 0, -1, 2, 3, 2);
    expect([...moment(both, 0)]).toEqual([-1, -0.5, 0, -0.5]);
    expect([...moment(both, 1)]).toEqual([-1, 0.5, 1, 0.5]);
    expect([...moment(both, 0.5)]).toEqual([-1, 0, 0.5, 0]);
  });
});

describe("activity", () => {
  it("shows the bins that hold something, with one more on each side", () => {
    expect(occupied([[0, 0, 0, 3, 0, 0], [0, 0, 1, 0, 0, 0]])).toEqual([1, 5]);
    expect(occupied([[1, 0], [0, 2]])).toEqual([0, 2]);
    expect(occupied([[0, 0]])).toEqual([0, 2]);
  });

  it("says since when it is stable", () => {
    const report = { epochs: [0, 1, 5], units: 4, bins: [0, 1], histogram: [[1], [1], [1]], median: [12, null, 4.5], stableSince: 1, flags: [] };
    expect(activitySentence(report)).toBe("How many neurons an observation makes active is stable since epoch 1. The median goes from 12 neurons at epoch 0 to 4.5 at epoch 5.");
    expect(activitySentence({ ...report, stableSince: null, median: [] })).toBe("How many neurons an observation makes active still changes from epoch to epoch.");
  });

  it("finds the server's figures in their order, and counts cells", () => {
    const values = Float32Array.from({ length: 10 }, (_, at) => at);
    expect([...figure(values, 2, "max")]).toEqual([6, 7]);
    expect([...figure(values, 2, "frequency")]).toEqual([8, 9]);
    expect(heatCells(Float32Array.of(0, 1, 2), Float32Array.of(0, 1, 0.4), 2, 2, 2)).toEqual([[0, 1], [1, 1]]);
  });
});

describe("tables to take away", () => {
  it("say where they come from, and quote what must be quoted", () => {
    expect(csvTable(["a, b"], ["unit", "x"], [[1, null], ["p,q", 'say "no"']])).toBe('# a, b\nunit,x\n1,\n"p,q","say ""no"""\n');
  });
});
