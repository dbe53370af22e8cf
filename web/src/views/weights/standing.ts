/** What the weights' view shows, with the gaps of the workspace filled from what the server knows. */
import { hasNetworks } from "../../state/brought";
import { useEffect, useMemo } from "react";
import type { Run } from "../../server/types";
import { type Situation, useApp, usePassingWeights, useWeights } from "../../parts/app";
import { type AccuracyScale, accuracyScale, accuracyShare, epochsOf, type Histograms, isUpdate, type Kind, kindOf, layersOf, tensorOf, type WeightReport } from "../../state/distributions";
import { ramp } from "../../draw/ramp";
import { rgbToHex, type Theme } from "../../draw/palette";

export const encoded = encodeURIComponent;

export interface Standing {
  /** The chosen models, the oldest choice first, and what is known of each. */
  chosen: readonly Run[];
  reports: ReadonlyMap<string, WeightReport>;
  layers: readonly { layer: string; runs: string[] }[];
  /** The layer that is shown; null while nothing is known. */
  layer: string | null;
  kind: Kind;
  update: boolean;
  /** Epochs of the chosen models, ascending. */
  epochs: readonly number[];
  scale: AccuracyScale | null;
}

export function useChosen(situation: Situation): readonly Run[] {
  const [{ runs }] = useWeights();
  const { study, run } = situation;
  return useMemo(() => {
    const named = (runs ?? []).map((name) => study.runs.find((one) => one.name === name)).filter((one) => one !== undefined && hasNetworks(one)) as Run[];
    return named.length > 0 ? named : run === null ? [] : [run];
  }, [runs, study.runs, run]);
}

export function useStanding(situation: Situation): Standing {
  const { library } = useApp();
  const [weights] = useWeights();
  const chosen = useChosen(situation);
  const all = situation.study.runs;
  const runs = useMemo(() => all.filter(hasNetworks), [all]);
  const known = runs.map(({ name }) => library.json<WeightReport>(reportPath(name)));
  const got = known.map((report) => report?.epochs.length ?? -1).join(",");
  const { layer: wanted, what } = weights;
  const { layer: here } = situation;
  return useMemo(() => {
    const reports = new Map(runs.flatMap(({ name }, at): [string, WeightReport][] => (known[at] === undefined ? [] : [[name, known[at]]])));
    const mine = chosen.flatMap(({ name }) => reports.get(name) ?? []);
    const layers = layersOf([...mine, ...reports.values()]);
    // What the chosen models have decides; nothing is guessed before it is known.
    const layer = mine.length < chosen.length ? null : [wanted, here].find((name) => layers.some((one) => one.layer === name)) ?? layers[0]?.layer ?? null;
    const epochs = mine.length > 0 ? epochsOf(mine) : [...new Set(chosen.flatMap((run) => [...run.snapshots, ...run.metrics.map(({ epoch }) => epoch)]))].sort((a, b) => a - b);
    const accuracies = [...[...reports.values()].flatMap((report) => report.epochs.map(({ testAccuracy }) => testAccuracy)), ...runs.flatMap(({ metrics }) => metrics.map(({ testAccuracy }) => testAccuracy))].filter((accuracy) => accuracy === null || Number.isFinite(accuracy));
    return { chosen, reports, layers, layer, kind: kindOf(what), update: isUpdate(what), epochs, scale: accuracyScale(accuracies) };
    // `got` stands for `known`, which is another list each time.
  }, [runs, got, chosen, wanted, here, what]);
}

const reportPath = (run: string): string => `runs/${encoded(run)}/weights`;

/** Asks anew when a run has trained another epoch. */
export function useFresh(situation: Situation): void {
  const { library } = useApp();
  const trained = situation.study.runs.map(({ name, metrics }) => `${name}:${metrics.length}`).join(",");
  useEffect(() => {
    for (const { name, metrics } of situation.study.runs.filter(hasNetworks)) {
      const report = library.json<WeightReport>(reportPath(name));
      const last = metrics[metrics.length - 1]?.epoch ?? 0;
      if (report !== undefined && !report.epochs.some(({ epoch }) => epoch >= last)) {
        library.forget(reportPath(name));
        library.forget("weights/");
      }
    }
  }, [trained]);
}

/** The epoch that is shown: any that was trained. */
export function useAt(situation: Situation, epochs: readonly number[]): number {
  const at = usePassingWeights("at") ?? situation.epoch ?? epochs[epochs.length - 1] ?? 0;
  return epochs.length === 0 ? at : Math.max(epochs[0], Math.min(epochs[epochs.length - 1], at));
}

/** All histograms of the layer, over all epochs, with one question; undefined until they are here, null where no chosen model has any. */
export function useHistograms({ chosen, reports, layer, kind, update }: Standing): Histograms | null | undefined {
  const { library } = useApp();
  if (layer === null) {
    return undefined;
  }
  const able = chosen.filter(({ name }) => tensorOf(reports.get(name), layer, kind) !== undefined);
  if (able.length === 0) {
    return null;
  }
  const names = able.map(({ name }) => encoded(name)).join(",");
  return library.json<Histograms>(`weights/histograms?runs=${names}&layer=${encoded(layer)}&kind=${kind}&of=${update ? "updates" : "values"}&bins=64`);
}

/** The colour of an accuracy; grey without one. */
export function accuracyColor(scale: AccuracyScale | null, accuracy: number | null | undefined, theme: Theme): string {
  const colors = ramp(theme);
  return scale === null || accuracy == null ? "#8a929e" : rgbToHex(colors[Math.round(accuracyShare(scale, accuracy) * (colors.length - 1))]);
}

export const finalAccuracy = (run: Run, report: WeightReport | undefined): number | null =>
  run.metrics[run.metrics.length - 1]?.testAccuracy ?? report?.epochs.findLast(({ testAccuracy }) => testAccuracy !== null)?.testAccuracy ?? null;

/** Chooses a layer; one that the run of the workspace has is the layer everywhere. */
export function useChooseLayer(situation: Situation): (layer: string) => void {
  const { store } = useApp();
  const { run } = situation;
  return (layer) => {
    const { weights } = store.get();
    const shared = run?.layers.some(({ name }) => name === layer) === true;
    store.change(shared ? { layer, unit: null, units: [], weights: { ...weights, layer: null, window: null } } : { weights: { ...weights, layer, window: null } });
  };
}
