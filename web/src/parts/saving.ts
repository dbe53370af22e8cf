/** Files that the person takes away. */
import { type Picture, type Row, toCsv, toPng, toSvg } from "../draw/exports";
import type { Library, KeptResult } from "../state/library";
import type { Situation } from "./app";
import { datasetTitle, epochWords, sourceWords } from "./words";

export function download(name: string, content: Blob): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** Where a picture or table comes from, line by line: enough to make it again. */
export function provenance(situation: Situation, kept: KeptResult | null): string[] {
  const { study, run } = situation;
  const { dataset, sample } = study;
  const lines = [
    `${datasetTitle(dataset.name)} (${dataset.digest.slice(0, 12)}), ${sample.count} observations of the ${sample.split} split, sample seed ${sample.seed}, pipeline ${study.pipeline}`,
  ];
  if (run !== null) {
    lines.push(`run ${run.name}: ${run.architecture}, seed ${run.seed}${run.shuffledLabels ? ", shuffled labels" : ""}`);
  }
  if (kept !== null) {
    const { result } = kept;
    const values = Object.entries(result.parameters).map(([name, value]) => `${name} ${value}`);
    lines.push(`${sourceWords(result.source)}, ${result.method}: ${values.join(", ")}`);
    const { k, neighborhoodHit, trustworthiness, trustworthinessK } = result.quality;
    lines.push(
      `neighborhood hit (k = ${k}) ${neighborhoodHit.toFixed(4)}, trustworthiness (k = ${trustworthinessK}) ${trustworthiness.toFixed(4)}; Inscape ${result.version}, result ${result.digest.slice(0, 12)}`,
    );
  }
  if (situation.predictions !== null && run !== null) {
    lines.push(`triangles: ${situation.predictions.wrongCount} observations that ${run.name} misclassifies ${epochWords(situation.epoch ?? 0)}`);
  }
  return lines;
}

export function tableRow(row: number, situation: Situation, layout: Float32Array | null): Row {
  const { observations, study, predictions } = situation;
  const names = study.dataset.classNames;
  const winner = predictions?.winner[row];
  return {
    id: observations.ids[row],
    label: names[observations.labels[row]],
    prediction: winner === undefined ? null : names[winner],
    score: winner === undefined ? null : predictions!.scores[row * names.length + winner],
    x: layout?.[row * 2] ?? Number.NaN,
    y: layout?.[row * 2 + 1] ?? Number.NaN,
  };
}

export function saveCsv(rows: readonly number[], situation: Situation, kept: KeptResult | null, name: string): void {
  const table = rows.map((row) => tableRow(row, situation, kept?.layout ?? null));
  download(`${name}.csv`, new Blob([toCsv(table, provenance(situation, kept))], { type: "text/csv" }));
}

/** The selection, with coordinates when a result of the source is on the page. */
export function saveSelection(rows: readonly number[], situation: Situation, library: Library): void {
  const { source } = situation;
  const summary = library.get().summaries.find(
    (candidate) => source !== null && sourceWords(candidate.source) === sourceWords(source) && candidate.method === situation.method.name,
  );
  saveCsv(rows, situation, (summary && library.result(summary.digest)) ?? null, "inscape-selection");
}

export const saveSvg = (picture: Picture, name: string): void =>
  download(`${name}.svg`, new Blob([toSvg(picture)], { type: "image/svg+xml" }));

export const savePng = async (picture: Picture, name: string): Promise<void> => download(`${name}.png`, await toPng(picture));
