import { describe, expect, it } from "vitest";
import { groupsOf } from "../src/parts/clusters";
import { members, placesWithin } from "../src/state/clusters";
import { findingsFor, leadsTo, spoken } from "../src/state/findings";
import type { TaskSummary } from "../src/server/types";

const kept = (run: string, epoch: number): TaskSummary => ({ digest: `${run}${epoch}`, kind: "findings", source: { run, epoch }, method: "tests", parameters: {} });

describe("findings", () => {
  it("are those of the epoch, or of the nearest one", () => {
    const all = [kept("mlp", 0), kept("mlp", 5), kept("cnn", 3)];
    expect(findingsFor(all, { run: "mlp", epoch: 5 })?.epoch).toBe(5);
    expect(findingsFor(all, { run: "mlp", epoch: 4 })?.epoch).toBe(5);
    expect(findingsFor(all, { run: "mlp", epoch: 1 })?.epoch).toBe(0);
    expect(findingsFor(all, { run: "other", epoch: 1 })).toBeNull();
  });

  it("that do not speak are not among those that do, and the strongest comes first", () => {
    const one = (id: string, strength: number, speaks = true) => ({ id, sentence: id, effect: null, control: "", strength, link: {}, speaks });
    expect(spoken({ findings: [one("a", 0.2), one("b", 0.9), one("c", 1, false)], silent: [] }).map(({ id }) => id)).toEqual(["b", "a"]);
  });

  it("lead to their view by the workspace's names", () => {
    const change = leadsTo({ view: "projection", run: "mlp", epoch: 5, layer: "fc4", hiddenClasses: [2, 1], selection: [9, 4], color: "statistic.mean" });
    expect(change).toEqual({ view: "projection", run: "mlp", epoch: 5, layer: "fc4", hiddenClasses: [1, 2], selection: [4, 9], primary: null, color: "statistic.mean" });
  });

  it("lead to their view by the URL's keys", () => {
    const change = leadsTo({ view: "classes", hide: "0.3", select: "r4.9", "k.often": "3", compare: "epochs" });
    expect(change).toMatchObject({ view: "classes", hiddenClasses: [0, 3], selection: [4, 9], comparison: "epochs", classes: { often: 3, fill: "score" } });
  });

  it("begin afresh with what they do not mention, and leave out what makes no sense", () => {
    expect(leadsTo({ color: "statistic:luminance" }).color).toBe("statistic.luminance");
    expect(leadsTo({ view: "nowhere", selection: "all", units: ["x"], epoch: -4 })).toEqual({ hiddenClasses: [], selection: [], primary: null });
  });
});

describe("clusters within classes", () => {
  const labels = [0, 0, 0, 1, 1, 1, 0];
  it("are told apart within their class, whichever way they are numbered", () => {
    expect([...placesWithin([0, 1, -1, 0, 0, 1, 1], labels)]).toEqual([0, 1, -1, 0, 0, 1, 1]);
    expect([...placesWithin([4, 7, -1, 9, 9, 12, 7], labels)]).toEqual([0, 1, -1, 0, 0, 1, 1]);
    expect(members([4, 7, -1, 9, 9, 12, 7], labels, 0)).toEqual([{ cluster: 4, rows: [0] }, { cluster: 7, rows: [1, 6] }]);
  });

  it("have shades of their class's hue; those in none are grey", () => {
    const { of, colors } = groupsOf([0, 1, -1, 0, 0, 1, 1], labels, ["#1f77b4", "#ff7f0e"], "light");
    expect(colors[of[0]]).toBe("#1f77b4");
    expect(colors[of[3]]).toBe("#ff7f0e");
    expect(new Set([of[0], of[1], of[2], of[3], of[5]]).size).toBe(5);
    expect(of[2]).toBe(colors.length - 1);
  });
});
