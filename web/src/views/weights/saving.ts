/** Files that the person takes away from the weights. */
import { barsPath, edgeOf, type Frame, heightOf, heightsFor, heightTicks, outlinePath, ridgeFrame, ticks, timeColor, xOf } from "../../draw/histogram";
import type { Theme } from "../../draw/palette";
import { escaped, type Sheet, sheetPng, sheetSvg } from "../../draw/sheet";
import { TRAIL_GROUND, TRAIL_INK } from "../../draw/trailColors";
import type { Situation } from "../../parts/app";
import { download, provenance } from "../../parts/saving";
import { measured, percent } from "../../parts/words";
import { accuracyAt, type AccuracyScale, epochIndex, type Figures, figuresAt, type Histograms } from "../../state/distributions";
import type { Weights } from "../../state/weights";
import { accuracyColor, type Standing } from "./standing";

export interface ToSave {
  situation: Situation;
  standing: Standing;
  histograms: Histograms;
  weights: Weights;
  theme: Theme;
  title: string;
}

const [WIDTH, HEIGHT, FIGURES] = [640, 180, 220];

const fileName = (title: string): string => `inscape-${title.replaceAll(/[^\w.-]+/g, "-")}`;

export async function saveDistributions(kind: "svg" | "png" | "csv", saved: ToSave): Promise<void> {
  const name = fileName(`${saved.title}-epoch-${present(saved)}`);
  if (kind === "csv") {
    download(`${name}.csv`, new Blob([distributionsCsv(saved)], { type: "text/csv" }));
    return;
  }
  await saveSheet(kind, name, distributionSheet(saved));
}

export async function saveSheet(kind: "svg" | "png", name: string, sheet: Sheet): Promise<void> {
  const svg = sheetSvg(sheet);
  download(`${fileName(name).replace("inscape-inscape-", "inscape-")}.${kind}`, kind === "svg" ? new Blob([svg], { type: "image/svg+xml" }) : await sheetPng(svg));
}

const present = ({ weights, situation, standing }: Pick<ToSave, "weights" | "situation" | "standing">): number => weights.at ?? situation.epoch ?? standing.epochs[standing.epochs.length - 1] ?? 0;

/** Where the numbers come from: data, and every model that is shown. */
export function weightsProvenance(situation: Situation, standing: Standing, more: readonly string[]): string[] {
  const data = provenance({ ...situation, run: null, predictions: null }, null);
  const models = standing.chosen.map((run) => `run ${run.name}: ${run.architecture}, seed ${run.seed}${run.shuffledLabels ? ", shuffled labels" : ""}, epochs ${standing.reports.get(run.name)?.epochs.map(({ epoch }) => epoch).join(" ") ?? ""}`);
  return [...data, ...models, ...more, `Inscape ${situation.study.version}`];
}

function distributionSheet(saved: ToSave): Sheet {
  const { histograms, standing, weights, theme, situation, title } = saved;
  const at = present(saved);
  const heights = heightsFor(histograms.runs.flatMap(({ counts }) => counts), histograms.runs.flatMap(({ outOf }) => outOf), weights.log);
  const pictures = histograms.runs.map((one, place) => {
    const frame: Frame = { left: 56, right: WIDTH - 10, top: 26, bottom: HEIGHT - 24 };
    const figures = figuresAt(standing.reports.get(one.run), one.tensor, at, standing.update);
    const index = epochIndex(one.epochs, at);
    const accuracy = (epoch: number) => standing.reports.get(one.run)?.epochs.find((each) => each.epoch === epoch)?.testAccuracy;
    const marks =
      weights.mode === "overlay"
        ? `<rect x="${frame.left}" y="${frame.top}" width="${frame.right - frame.left}" height="${frame.bottom - frame.top}" fill="${TRAIL_GROUND[theme]}"/>${one.counts.map((counts, epoch) => `<path d="${outlinePath(histograms, frame, counts, one.outOf[epoch], heights)}" fill="none" stroke="${timeColor(epoch / Math.max(1, one.counts.length - 1))}"/>`).join("")}${index < 0 ? "" : `<path d="${outlinePath(histograms, frame, one.counts[index], one.outOf[index], heights)}" fill="none" stroke="${TRAIL_INK}" stroke-width="2"/>`}`
        : weights.mode === "ridge"
          ? one.counts.map((counts, epoch) => `<path d="${outlinePath(histograms, ridgeFrame(frame, epoch, one.counts.length), counts, one.outOf[epoch], heights, true)}" fill="${accuracyColor(standing.scale, accuracy(one.epochs[epoch]), theme)}" fill-opacity=".82" stroke="currentColor" stroke-width="${epoch === index ? 2 : 0.5}"/>`).join("")
          : index < 0 ? "" : `<path d="${barsPath(histograms, frame, one.counts[index], Math.max(1, one.outOf[index]), heights)}" fill="${accuracyColor(standing.scale, accuracy(one.epochs[index]), theme)}"/>`;
    const up = weights.mode === "ridge" ? "" : heightTicks(heights, 4).map((share) => `<text x="${frame.left - 6}" y="${frame.bottom - heightOf(heights, share) * (frame.bottom - frame.top) + 4}" text-anchor="end">${Number((share * 100).toPrecision(2))} %</text>`).join("");
    const across = ticks(edgeOf(histograms, 0), edgeOf(histograms, histograms.bins), 7).map((value) => `<text x="${xOf(histograms, frame, value)}" y="${frame.bottom + 16}" text-anchor="middle">${measured(value)}</text>`).join("");
    const mean = figures?.mean == null ? "" : `<path d="M${xOf(histograms, frame, figures.mean)} ${frame.top}V${frame.bottom}" stroke="#d62728" stroke-width="1.75"/>`;
    const zero = xOf(histograms, frame, 0);
    const zeroLine = zero < frame.left || zero > frame.right ? "" : `<path d="M${zero} ${frame.top}V${frame.bottom}" stroke="currentColor" stroke-opacity=".55" stroke-dasharray="2 3"/>`;
    const words = figureWords(figures, one.outOf[index]).map(([name, value], line) => `<text x="${WIDTH + 12}" y="${frame.top + 14 + 16 * line}">${escaped(name)} ${escaped(value)}</text>`).join("");
    const caption = `${one.run}, epoch ${one.epochs[index] ?? "none"}${accuracy(one.epochs[index]) == null ? "" : `, ${percent(accuracy(one.epochs[index])!)} test accuracy`}`;
    return `<g transform="translate(0 ${place * HEIGHT})"><text x="0" y="14" font-weight="600">${escaped(caption)}</text>${marks}<path d="M${frame.left} ${frame.bottom}H${frame.right}" stroke="currentColor" stroke-opacity=".4"/>${zeroLine}${mean}${up}${across}${words}</g>`;
  });
  return {
    title, theme, width: WIDTH + FIGURES, height: HEIGHT * pictures.length, body: pictures.join(""), legend: legendSvg(standing.scale, theme, weights.mode === "overlay" ? standing.epochs : null), legendHeight: 30,
    provenance: weightsProvenance(situation, standing, [
      `${histograms.bins} bins of ${measured(histograms.width)} from ${measured(edgeOf(histograms, 0))}, the same for all models and epochs; heights are ${weights.log ? "logarithms of " : ""}shares of each tensor's values; red line: mean${weights.mode === "overlay" ? "; luminance is time, white is the epoch of the title" : ""}`,
      ...histograms.missing,
    ]),
  };
}

function legendSvg(scale: AccuracyScale | null, theme: Theme, epochs: readonly number[] | null): string {
  const low = epochs === null ? (scale === null ? "" : percent(scale.low)) : `epoch ${epochs[0]}`;
  const high = epochs === null ? (scale === null ? "" : percent(scale.high)) : `epoch ${epochs[epochs.length - 1]}`;
  if (scale === null && epochs === null) {
    return "";
  }
  const boxes = Array.from({ length: 40 }, (_, at) => `<rect x="${200 + at * 5}" y="8" width="5.5" height="12" fill="${epochs === null ? accuracyColor(scale, accuracyAt(scale!, at / 39), theme) : timeColor(at / 39)}"/>`);
  return `<text x="0" y="18">${epochs === null ? "test accuracy at the epoch" : "time"}</text><text x="194" y="18" text-anchor="end">${low}</text>${boxes.join("")}<text x="408" y="18">${high}</text>`;
}

const text = (value: number | null | undefined): string => (value == null || !Number.isFinite(value) ? "none" : measured(value));

function figureWords(figures: Figures | null, values: number | undefined): [string, string][] {
  return figures === null ? [["no figures", "at this epoch"]] : [
    ["mean", text(figures.mean)], ["variance", text(figures.variance)], ["sd", text(figures.deviation)], ["quartiles", (figures.quartiles ?? []).map(text).join(", ")],
    ["near zero", figures.nearZero === null ? "none" : percent(figures.nearZero)], ["n", String(values ?? 0)], ...(figures.nonFinite > 0 ? [["no numbers", String(figures.nonFinite)] as [string, string]] : []),
  ];
}

const cell = (value: string | number | null | undefined): string => (value == null ? "" : /[",\n]/.test(String(value)) ? `"${String(value).replaceAll('"', '""')}"` : String(value));

/** One row per model and epoch: figures, then the count of every bin; the head names the bins' edges. */
export function distributionsCsv(saved: ToSave): string {
  const { histograms, standing, situation } = saved;
  const head = weightsProvenance(situation, standing, [`bin i counts values from its edge to the next; the last edge is ${edgeOf(histograms, histograms.bins)}`]).map((line) => `# ${line}\n`).join("");
  const names = ["run", "layer", "tensor", "of", "epoch", "test accuracy", "n", "mean", "variance", "standard deviation", "min", "q1", "median", "q3", "max", "near zero", "not finite", "log10 update to weight"];
  const edges = Array.from({ length: histograms.bins }, (_, bin) => `from ${edgeOf(histograms, bin)}`);
  const rows = histograms.runs.flatMap((one) =>
    one.epochs.map((epoch, index) => {
      const report = standing.reports.get(one.run);
      const figures = figuresAt(report, one.tensor, epoch, standing.update);
      const update = figuresAt(report, one.tensor, epoch, true);
      const accuracy = report?.epochs.find((each) => each.epoch === epoch)?.testAccuracy;
      return [one.run, standing.layer, one.tensor, standing.update ? "updates" : "values", epoch, accuracy, one.outOf[index], figures?.mean, figures?.variance, figures?.deviation, figures?.min, ...[0, 1, 2].map((at) => figures?.quartiles?.[at]), figures?.max, figures?.nearZero, figures?.nonFinite, update?.ratio, ...one.counts[index]].map(cell).join(",");
    }),
  );
  return `${head}${[...names, ...edges].map(cell).join(",")}\n${rows.join("\n")}\n`;
}
