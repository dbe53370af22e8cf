/** Files that the person takes away. */
import { csvHead, csvRow, type Picture, RASTER_FROM, rasterized, type Row, toPng, toSvg } from "../draw/exports";
import type { Dims, Library, KeptResult } from "../state/library";
import { clustersOf } from "../state/clusters";
import { FARED, fared, outcomesOf } from "../state/outcomes";
import { figures } from "../state/quality";
import type { Situation } from "./app";
import { type Coloring, numberText } from "./coloring";
import { hooks } from "./hooks";
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
    const written = figures(result.quality).map(({ title, value }) => `${title.toLowerCase()} ${value.toFixed(4)}`);
    lines.push(`${written.join(", ")}; Inscape ${result.version}, result ${result.digest.slice(0, 12)}`);
  }
  if (situation.predictions !== null && run !== null) {
    lines.push(`triangles: ${situation.predictions.wrongCount} observations that ${run.name} misclassifies ${epochWords(situation.epoch ?? 0)}`);
  }
  return lines;
}

export function tableRow(row: number, situation: Situation, layout: Float32Array | null, dims: Dims): Row {
  const { observations, study, predictions } = situation;
  const names = study.dataset.classNames;
  const winner = predictions?.winner[row];
  const at = (dim: number) => layout?.[row * dims + dim] ?? Number.NaN;
  return {
    id: observations.ids[row],
    label: observations.values === null ? (names[observations.labels[row]] ?? "") : numberText(observations.values[row]),
    prediction: winner === undefined ? null : names[winner] ?? null,
    score: winner === undefined ? null : predictions!.scores[row * names.length + winner],
    x: at(0),
    y: at(1),
    ...(dims === 3 ? { z: at(2) } : {}),
  };
}

/** Rows per piece of text: a million rows do not fit into one. */
const PIECE = 20_000;

/** Columns of a table beyond those of a picture: their names, and what they hold for a row. */
export interface MoreColumns {
  names: readonly string[];
  of(row: number): readonly (string | number)[];
}

const NOTHING_MORE: MoreColumns = { names: [], of: () => [] };

/** A line of a table with further cells at its end. */
const longer = (line: string, cells: readonly (string | number)[]): string => (cells.length === 0 ? line : `${line.replace(/\n$/, "")},${cells.join(",")}\n`);

/** @param rows null for all observations */
export function saveCsv(rows: readonly number[] | null, situation: Situation, kept: KeptResult | null, name: string, more = NOTHING_MORE): void {
  const dims = kept?.dims ?? 2;
  const count = rows?.length ?? situation.observations.count;
  const pieces = [longer(csvHead(provenance(situation, kept), dims === 3), more.names)];
  for (let from = 0; from < count; from += PIECE) {
    let text = "";
    for (let at = from; at < Math.min(count, from + PIECE); at++) {
      const row = rows === null ? at : rows[at];
      text += longer(csvRow(tableRow(row, situation, kept?.layout ?? null, dims)), more.of(row));
    }
    pieces.push(text);
  }
  download(`${name}.csv`, new Blob(pieces, { type: "text/csv" }));
}

/** The selection, with coordinates when a result of the source is on the page, and with what the kept epochs and clusters say of it. */
export function saveSelection(rows: readonly number[], situation: Situation, library: Library): void {
  const { source } = situation;
  const summary = library.get().summaries.find(
    (candidate) => source !== null && sourceWords(candidate.source) === sourceWords(source) && candidate.method === situation.method.name,
  );
  const kept = (summary && library.result(summary.digest)) ?? null;
  saveCsv(rows, situation, kept, "inscape-selection", joined(epochColumns(situation, library), clusterColumn(situation, kept, library)));
}

export async function saveSvg(picture: Picture, name: string): Promise<void> {
  const complete = picture.marks.labels.length >= RASTER_FROM ? { ...picture, raster: rasterized(picture) } : picture;
  download(`${name}.svg`, new Blob([toSvg(complete)], { type: "image/svg+xml" }));
}

/** The large picture as it lies on the screen, for a file. */
export function pointPicture(situation: Situation, seen: Pick<Picture, "title" | "provenance" | "flat" | "depth" | "marks" | "camera"> & { coloring: Coloring }): Picture {
  const { coloring, ...rest } = seen;
  const { study, observations } = situation;
  return {
    ...rest,
    scaleTitle: coloring.scale === null ? null : coloring.title,
    classNames: study.dataset.classNames,
    counts: study.sample.classCounts,
    images: observations.pictures,
    size: hooks.planeSize(),
    insets: hooks.insets(),
  };
}

export const savePicture = (kind: "svg" | "png", picture: Picture, name: string): Promise<void> => (kind === "svg" ? saveSvg(picture, name) : savePng(picture, name));

export const savePng = async (picture: Picture, name: string): Promise<void> => download(`${name}.png`, await toPng(picture));

/** How observations fared over the kept epochs, where the predictions of all of them are on the page. */
function epochColumns({ run, study }: Situation, library: Library): MoreColumns {
  const epochs = run?.snapshots ?? [];
  const found = epochs.map((epoch) => library.predictions(run!.name, epoch));
  if (epochs.length === 0 || study.dataset.classNames.length < 2 || found.some((one) => one === undefined)) {
    return NOTHING_MORE;
  }
  const outcomes = outcomesOf(epochs, found.map((one) => one!));
  return { names: FARED, of: (row) => fared(outcomes, row) };
}

/** Which cluster of its class each observation is in, where the picture's clusters are on the page. */
function clusterColumn({ observations, study }: Situation, kept: KeptResult | null, library: Library): MoreColumns {
  const summary = kept === null || study.options?.clusters === undefined ? null : clustersOf(library.kept("clusters") ?? [], kept.result.digest);
  const cluster = summary === null ? undefined : library.tensor(summary.digest, "cluster")?.values;
  return cluster === undefined || cluster.length !== observations.count ? NOTHING_MORE : { names: ["cluster"], of: (row) => [cluster[row] < 0 ? "" : cluster[row]] };
}

const joined = (one: MoreColumns, two: MoreColumns): MoreColumns => ({ names: [...one.names, ...two.names], of: (row) => [...one.of(row), ...two.of(row)] });
