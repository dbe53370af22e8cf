/** Colour by the cluster that an observation is in: the class's hue, lighter and darker from cluster to cluster. */
import { useMemo } from "react";
import { classColors, hexToRgb, type Rgb, rgbToHex, type Theme } from "../draw/palette";
import { MISSING } from "../draw/scene";
import { clustersOf, placesWithin } from "../state/clusters";
import type { PaletteName } from "../state/workspace";
import type { KeptResult } from "../state/library";
import { useApp, useLibrary } from "./app";

/** Shades of a class's hue that are told apart; more clusters begin again. */
const SHADES: readonly [Rgb, number][] = [[[0, 0, 0], 0], [[0, 0, 0], 0.5], [[255, 255, 255], 0.55], [[0, 0, 0], 0.28], [[255, 255, 255], 0.3], [[128, 128, 128], 0.6]];

export interface Groups {
  /** [observation] the number of its colour */
  of: Uint16Array;
  colors: readonly string[];
}

/** One colour per class and cluster, and last that of those in none. */
export function groupsOf(cluster: ArrayLike<number>, labels: ArrayLike<number>, classes: readonly string[], theme: Theme): Groups {
  const places = placesWithin(cluster, labels);
  const colors = classes.flatMap((hex) => SHADES.map(([toward, amount]) => rgbToHex(mixed(hexToRgb(hex), toward, amount))));
  const of = Uint16Array.from(places, (place, row) => (place < 0 ? colors.length : labels[row] * SHADES.length + (place % SHADES.length)));
  return { of, colors: [...colors, MISSING[theme]] };
}

const mixed = (from: Rgb, to: Rgb, amount: number): Rgb => {
  const [r, g, b] = from.map((part, channel) => Math.round(part + (to[channel] - part) * amount));
  return [r, g, b];
};

/** The clusters of a kept projection; null while there are none. */
export function useClusters(kept: KeptResult | null, wanted: boolean): { digest: string; cluster: ArrayLike<number> | null } | null {
  const { library } = useApp();
  const { study } = useLibrary();
  // Older servers are not asked for what they do not know.
  const summaries = wanted && kept !== null && study?.options?.clusters !== undefined ? library.kept("clusters") : undefined;
  const summary = summaries === undefined ? null : clustersOf(summaries, kept!.result.digest);
  const column = summary === null ? undefined : library.tensor(summary.digest, "cluster");
  return useMemo(() => (summary === null ? null : { digest: summary.digest, cluster: column?.values ?? null }), [summary, column]);
}

/** The colours of the clusters where colour means them; null elsewhere. */
export function useGroups(kept: KeptResult | null, wanted: boolean, palette: PaletteName, theme: Theme): Groups | null {
  const { study, observations } = useLibrary();
  const found = useClusters(kept, wanted);
  const cluster = found?.cluster ?? null;
  const classCount = study?.dataset.classNames.length ?? 0;
  return useMemo(() => {
    const usable = wanted && cluster !== null && observations !== null && cluster.length === observations.count;
    return usable ? groupsOf(cluster, observations.labels, classColors(palette, theme, Math.max(1, classCount)), theme) : null;
  }, [wanted, cluster, observations, palette, theme, classCount]);
}
