/** Which pictures stand side by side. */
import type { Source, Run } from "../../server/types";
import type { Panel } from "../../parts/Multiple";
import { capital, epochWords } from "../../parts/words";
import { INPUT_LAYER } from "../../state/results";
import type { Comparison } from "../../state/workspace";

export function comparePanels(comparison: Comparison, run: Run, epoch: number, layer: string): Panel[] {
  const at = (when: number, where: string): Source => ({ run: run.name, epoch: when, layer: where });
  const input: Panel = { source: { layer: INPUT_LAYER }, title: "Input" };
  if (comparison === "layers") {
    const names = run.layers.map(({ name }) => name).filter((name) => name !== INPUT_LAYER);
    return [input, ...names.map((name) => ({ source: at(epoch, name), title: name }))];
  }
  if (layer === INPUT_LAYER) {
    return [input];
  }
  const epochs = [...run.snapshots].sort((a, b) => a - b);
  if (comparison === "epochs") {
    return epochs.map((when) => ({ source: at(when, layer), title: when === 0 ? "Before training" : `Epoch ${when}` }));
  }
  const last = epochs[epochs.length - 1] ?? 0;
  const first = epochs[0] ?? 0;
  const after = epoch > first ? epoch : last;
  return [...new Set([first, after])].map((when) => ({ source: at(when, layer), title: capital(epochWords(when)) }));
}

export function comparisonWords(comparison: Comparison, run: Run, epoch: number, layer: string): string {
  switch (comparison) {
    case "layers":
      return `All layers of ${run.name} ${epochWords(epoch)}`;
    case "epochs":
      return `${layerTitle(layer)} of ${run.name} over its kept epochs`;
    case "pair":
      return "Two layouts side by side";
    case "training":
      return `${layerTitle(layer)} of ${run.name} before and after training`;
  }
}

const layerTitle = (layer: string): string => (layer === INPUT_LAYER ? "Input" : layer);

/** Columns that give the largest squares in a given room. */
export function columnsFor(count: number, width: number, height: number, caption: number): number {
  let best = 1;
  let largest = 0;
  for (let columns = 1; columns <= count; columns++) {
    const edge = Math.min(width / columns, height / Math.ceil(count / columns) - caption);
    if (edge > largest + 0.5) {
      largest = edge;
      best = columns;
    }
  }
  return best;
}
