import { edgeOf } from "../../draw/histogram";
import type { Situation } from "../../parts/app";
import { measured, percent, whole } from "../../parts/words";
import { epochIndex, figuresAt, type Histograms } from "../../state/distributions";
import { type Standing, useAt } from "./standing";

const number = (value: number | null | undefined): string => (value == null || !Number.isFinite(value) ? "–" : measured(value));

/** The same as numbers: figures of each model, and how many values lie in each bin. */
export function DistributionTable({ situation, standing, histograms }: { situation: Situation; standing: Standing; histograms: Histograms }) {
  const at = useAt(situation, standing.epochs);
  const { runs } = histograms;
  const columns = runs.map((one) => ({ one, index: epochIndex(one.epochs, at), figures: figuresAt(standing.reports.get(one.run), one.tensor, at, standing.update) }));
  const figure = (name: string, value: (column: (typeof columns)[number]) => string) => (
    <tr key={name}>
      <th scope="row">{name}</th>
      {columns.map((column) => (
        <td key={column.one.run}>{value(column)}</td>
      ))}
    </tr>
  );
  return (
    <div className="point-table weights-table" data-testid="weights-table" tabIndex={0} aria-label="Distributions as a table">
      <table>
        <caption>
          {standing.layer} {standing.update ? "updates of " : ""}
          {standing.kind} at epoch {at}: figures, then values per bin
        </caption>
        <thead>
          <tr>
            <td />
            {columns.map(({ one }) => (
              <th key={one.run} scope="col">
                {one.run}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {figure("n", ({ one, index }) => whole(one.outOf[index] ?? 0))}
          {figure("mean", ({ figures }) => number(figures?.mean))}
          {figure("variance", ({ figures }) => number(figures?.variance))}
          {figure("standard deviation", ({ figures }) => number(figures?.deviation))}
          {figure("quartiles", ({ figures }) => (figures?.quartiles ?? []).map(number).join(", "))}
          {figure("least, largest", ({ figures }) => `${number(figures?.min)}, ${number(figures?.max)}`)}
          {figure("near zero", ({ figures }) => (figures?.nearZero == null ? "–" : percent(figures.nearZero)))}
          {Array.from({ length: histograms.bins }, (_, bin) => figure(`${number(edgeOf(histograms, bin))} to ${number(edgeOf(histograms, bin + 1))}`, ({ one, index }) => whole(one.counts[index]?.[bin] ?? 0)))}
        </tbody>
      </table>
    </div>
  );
}
