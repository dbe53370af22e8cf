import { useMemo } from "react";
import { heightsFor } from "../../draw/histogram";
import { type Situation, useApp, useCell, useWeights } from "../../parts/app";
import { useSize } from "../../parts/gesture";
import { measured, percent, whole } from "../../parts/words";
import { epochIndex, type Figures, figuresAt, type Histograms, tensorOf, WHAT_WORDS, type WeightReport } from "../../state/distributions";
import { type Drawn, Plot } from "./Plot";
import { accuracyColor, type Standing, useAt } from "./standing";

/** Room beside each histogram for its figures, and the least that a histogram takes. */
const [FIGURES, LEAST, CAPTION] = [264, 132, 24];

/** The chosen models' histograms, one above the other, in the same bins and with the same axes at every epoch. */
export function Stack({ situation, standing, histograms }: { situation: Situation; standing: Standing; histograms: Histograms }) {
  const [attach, size] = useSize();
  const [{ mode, log }] = useWeights();
  const { theme: cell } = useApp();
  const theme = useCell(cell);
  const at = useAt(situation, standing.epochs);
  const { chosen, reports, scale } = standing;
  const heights = useMemo(() => heightsFor(histograms.runs.flatMap(({ counts }) => counts), histograms.runs.flatMap(({ outOf }) => outOf), log), [histograms, log]);
  const colors = useMemo(
    () => new Map(histograms.runs.map(({ run, epochs }) => [run, epochs.map((epoch) => accuracyColor(scale, reports.get(run)?.epochs.find((one) => one.epoch === epoch)?.testAccuracy, theme))])),
    [histograms, reports, scale, theme],
  );
  const means = useMemo(
    () => new Map(histograms.runs.map(({ run, tensor, epochs }) => [run, epochs.map((epoch) => figuresAt(reports.get(run), tensor, epoch, standing.update)?.mean ?? null)])),
    [histograms, reports, standing.update],
  );
  const width = Math.max(240, (size?.width ?? 0) - FIGURES);
  const height = Math.max(LEAST, Math.floor((size?.height ?? 0) / Math.max(1, chosen.length)) - CAPTION - 8);
  return (
    <div className="stack" ref={attach} data-testid="stack" data-at={at} tabIndex={0} role="group" aria-label="Histograms">
      {size !== null &&
        chosen.map(({ name }) => {
          const one = histograms.runs.find(({ run }) => run === name);
          const report = reports.get(name);
          const figures = one === undefined ? null : figuresAt(report, one.tensor, at, standing.update);
          return (
            <figure key={name} className="stacked" data-testid={`stacked-${name}`}>
              <Caption name={name} standing={standing} at={at} />
              {one === undefined ? (
                <p className="stacked-none">{missingWords(name, standing, histograms)}</p>
              ) : (
                <div className="stacked-row">
                  <Plot drawn={{ all: histograms, one, heights, mode, at, theme, colors: colors.get(name)!, means: means.get(name)! } satisfies Drawn} width={width} height={height} label={label(name, standing, one.epochs, at, figures)} />
                  <FigureList figures={figures} one={one} at={at} update={standing.update} tall={height} />
                </div>
              )}
            </figure>
          );
        })}
    </div>
  );
}

const label = (name: string, { layer, kind, update }: Standing, epochs: readonly number[], at: number, figures: Figures | null): string =>
  `Histogram of ${update ? "updates of " : ""}${kind} of ${layer} in ${name} at epoch ${epochs[epochIndex(epochs, at)] ?? "none"}: mean ${text(figures?.mean)}, standard deviation ${text(figures?.deviation)}. The numbers as a table: press T.`;

function missingWords(name: string, { layer, kind, reports }: Standing, { missing }: Histograms): string {
  const said = missing.find((sentence) => sentence.includes(name));
  const has = [...new Set(reports.get(name)?.tensors.filter((one) => one.kind === kind).map((one) => one.layer) ?? [])];
  return said ?? `${name} has no ${kind} in a layer ${layer}. It has them in ${has.join(", ") || "none"}.`;
}

function Caption({ name, standing, at }: { name: string; standing: Standing; at: number }) {
  const { layer, kind, update, reports } = standing;
  const report = reports.get(name);
  const tensor = layer === null ? undefined : tensorOf(report, layer, kind);
  const index = report === undefined ? -1 : epochIndex(report.epochs.map(({ epoch }) => epoch), at);
  const epoch = report?.epochs[index];
  return (
    <figcaption>
      <strong>{name}</strong>
      <span className="secondary">
        {layer} {WHAT_WORDS[update ? (kind === "biases" ? "bias-updates" : "updates") : kind]}
        {tensor === undefined ? "" : `, ${tensor.shape.join(" × ")}`}
        {epoch === undefined ? "" : `, epoch ${epoch.epoch}`}
        {epoch?.testAccuracy == null ? "" : `: ${percent(epoch.testAccuracy)} of the test images right`}
      </span>
      {epoch !== undefined && epoch.epoch !== at && <span className="note">has no epoch {at}, its {epoch.epoch} is shown</span>}
      <Diverged report={report} at={at} />
    </figcaption>
  );
}

function Diverged({ report, at }: { report: WeightReport | undefined; at: number }) {
  if (report?.divergedAt == null) {
    return null;
  }
  return (
    <span className="diverged" data-testid="diverged">
      ⚠ diverged at epoch {report.divergedAt}
      {at >= report.divergedAt ? ": weights that are no numbers are counted, not drawn" : ""}
    </span>
  );
}

const text = (value: number | null | undefined): string => (value == null || !Number.isFinite(value) ? "–" : measured(value));

/** What the distribution is in numbers. */
function FigureList({ figures, one, at, update, tall }: { figures: Figures | null; one: { epochs: readonly number[]; outOf: readonly number[] }; at: number; update: boolean; tall: number }) {
  const index = epochIndex(one.epochs, at);
  if (figures === null || index < 0) {
    return <p className="figures none">{update && at === (one.epochs[0] ?? 0) ? "No step has been taken before this epoch." : "Nothing is known of this epoch."}</p>;
  }
  const [low, middle, high] = figures.quartiles ?? [];
  const rows: [string, string, string][] = [
    ["mean", text(figures.mean), "the red line"],
    ["variance", text(figures.variance), "mean squared distance from the mean"],
    ["sd", text(figures.deviation), "standard deviation"],
    ["median", text(middle), "half of the values are below it"],
    ["quartiles", `${text(low)}, ${text(high)}`, "a quarter of the values is below the first, a quarter above the second"],
    ["range", `${text(figures.min)}, ${text(figures.max)}`, "the least and the largest"],
    ["near zero", figures.nearZero === null ? "–" : percent(figures.nearZero), "share of values of at most 0.001 in size"],
    ["n", whole(one.outOf[index]), "how many values there are"],
  ];
  return (
    <dl className="figures" data-testid="figures" data-tight={tall < 170}>
      {rows.map(([name, value, meaning]) => (
        <div key={name} title={meaning} data-figure={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
      {figures.nonFinite > 0 && (
        <div className="problem" data-figure="not numbers">
          <dt>no numbers</dt>
          <dd>{whole(figures.nonFinite)}</dd>
        </div>
      )}
    </dl>
  );
}
