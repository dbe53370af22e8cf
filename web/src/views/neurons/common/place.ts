/** The layer whose neurons are looked at, and what the server says of all of them. */
import { useMemo } from "react";
import type { Layer, Run } from "../../../server/types";
import { type Situation, useApp, useWorkspace } from "../../../parts/app";
import { epochWords } from "../../../parts/words";
import { unitsPath } from "../../../state/unitColor";
import { isSpatial, type Pooling, unitCount as countOf, usualPooling } from "../../../state/units";
import type { Workspace } from "../../../state/workspace";
import type { Store } from "../../../state/store";

export interface UnitPlace {
  run: Run;
  epoch: number;
  layer: Layer;
  /** What is asked for; null for the layer's usual way. */
  pooling: Pooling | null;
  /** "fc4 after epoch 5". */
  words: string;
  path(what: string, query?: Record<string, string | number>): string;
}

export interface UnitFlags {
  units: number;
  pooling: string;
  shape: number[];
  dead: number[];
  alwaysOn: number[];
  duplicates: [number, number][];
}

/** In the order of the server's column `figures`. */
export const FIGURES = ["mean", "deviation", "min", "max", "frequency"] as const;

/** A channel where positions are pooled, a neuron otherwise. */
export const unitWord = ({ layer, pooling }: UnitPlace): string => ((pooling ?? usualPooling(layer)) === "none" ? "neuron" : "channel");

/** The layer's neurons, or a sentence that says why there are none here and what to do. */
export function useUnitPlace({ run, epoch, layer: name }: Situation): UnitPlace | string {
  const { neurons } = useWorkspace();
  const asked = neurons.pooling;
  return useMemo(() => {
    if (run === null || epoch === null) {
      return "Neurons belong to a network, and this study has no run yet. One appears above as soon as its training starts.";
    }
    const layer = run.layers.find((candidate) => candidate.name === name);
    if (name === "input" || layer === undefined) {
      return `The input has pixels, not neurons. Choose one of the layers ${run.layers.map((each) => each.name).join(", ")}.`;
    }
    if (!run.snapshots.includes(epoch)) {
      return `Epoch ${epoch} of ${run.name} is not kept. Kept epochs: ${run.snapshots.join(", ") || "none yet"}; choose one on the time axis.`;
    }
    // Layers without positions have nothing to pool.
    const pooling = isSpatial(layer) && asked !== usualPooling(layer) ? asked : null;
    const path = (what: string, query?: Record<string, string | number>) => unitsPath(run.name, epoch, name, what, pooling, query);
    return { run, epoch, layer, pooling, words: `${name} ${epochWords(epoch)}`, path };
  }, [run, epoch, name, asked]);
}

/** Which neurons are dead, always on or alike; undefined until it is known. */
export function useFlags(place: UnitPlace | null): UnitFlags | undefined {
  const { library } = useApp();
  return place === null ? undefined : library.json<UnitFlags>(place.path("flags"));
}

/** How many units there are before the server has said so. */
export function unitCount(place: UnitPlace, flags: UnitFlags | undefined): number {
  return flags?.units ?? countOf(place.layer, place.pooling ?? usualPooling(place.layer));
}

/** Whether a kept analysis is about this layer, and pooled the same way. */
export function isAbout(place: UnitPlace, source: { run?: unknown; epoch?: unknown; layer?: unknown; pooling?: unknown }, anyEpoch = false): boolean {
  const usual = usualPooling(place.layer);
  const pooled = typeof source.pooling === "string" ? source.pooling.toLowerCase() : usual;
  return source.run === place.run.name && source.layer === place.layer.name && (anyEpoch || source.epoch === place.epoch) && pooled === (place.pooling ?? usual);
}

/** What an analysis of this layer is asked about. */
export const sourceOfUnits = ({ run, epoch, layer, pooling }: UnitPlace) => ({ run: run.name, epoch, layer: layer.name, ...(pooling === null ? {} : { pooling }) });

/** Turns to one neuron; where another layer is meant the person goes there. */
export function lookAtUnit(store: Store, unit: number, more: Partial<Workspace> = {}): void {
  store.change({ view: "neurons", unit, neurons: { ...store.get().neurons, panel: "role" }, ...more });
}

/** What a neuron is, in a word or two each; empty for an ordinary one. */
export function flagsOf(unit: number, { dead, alwaysOn, duplicates }: UnitFlags): { dead: boolean; alwaysOn: boolean; twins: number[] } {
  const twins = duplicates.filter((pair) => pair.includes(unit)).map(([a, b]) => (a === unit ? b : a));
  return { dead: dead.includes(unit), alwaysOn: alwaysOn.includes(unit), twins: [...new Set(twins)].sort((a, b) => a - b) };
}
