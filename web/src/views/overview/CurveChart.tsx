import * as Plot from "@observablehq/plot";
import { useEffect, useRef } from "react";
import type { Run } from "../../server/types";
import { useSize } from "../../parts/gesture";

export type Measure = "accuracy" | "loss";

interface Line {
  run: string;
  epoch: number;
  split: "test" | "train";
  value: number;
}

export function curveLines(runs: readonly Run[], measure: Measure): Line[] {
  return runs.flatMap((run) =>
    run.metrics.flatMap((row): Line[] => [
      { run: run.name, epoch: row.epoch, split: "train", value: measure === "accuracy" ? row.trainAccuracy : row.trainLoss },
      { run: run.name, epoch: row.epoch, split: "test", value: measure === "accuracy" ? row.testAccuracy : row.testLoss },
    ]).filter(({ value }) => Number.isFinite(value)),
  );
}

/** Accuracy or loss of all runs over the epochs: test solid, train dashed. */
export function CurveChart({ runs, current, measure }: { runs: readonly Run[]; current: string | null; measure: Measure }) {
  const holder = useRef<HTMLDivElement | null>(null);
  const [attach, size] = useSize();
  const width = size?.width ?? 0;
  useEffect(() => {
    if (width === 0 || holder.current === null) {
      return;
    }
    const lines = curveLines(runs, measure);
    const last = Math.max(1, ...runs.flatMap((run) => run.plannedEpochs));
    const chart = Plot.plot({
      width,
      height: 132,
      marginLeft: 44,
      marginBottom: 26,
      marginTop: 12,
      marginRight: 12,
      style: { background: "none", fontSize: "12px", fontFamily: "inherit" },
      x: { domain: [0, last], label: null, ticks: Math.min(last, 6), tickFormat: (value: number) => (Number.isInteger(value) ? String(value) : "") },
      y: {
        domain: measure === "accuracy" ? [0, 1] : [0, Math.max(0.1, ...lines.map(({ value }) => value))],
        label: null,
        ticks: 4,
        ...(measure === "accuracy" ? { tickFormat: (value: number) => `${Math.round(value * 100)} %` } : {}),
        grid: true,
      },
      marks: [
        Plot.line(lines.filter(({ split }) => split === "train"), { x: "epoch", y: "value", z: "run", className: "chart-train", stroke: "currentColor", strokeDasharray: "3 3", strokeOpacity: ({ run }: Line) => (run === current ? 0.8 : 0.3) } as Plot.LineOptions),
        Plot.line(lines.filter(({ split }) => split === "test"), { x: "epoch", y: "value", z: "run", stroke: "currentColor", strokeWidth: 2, strokeOpacity: ({ run }: Line) => (run === current ? 1 : 0.3) } as Plot.LineOptions),
        Plot.dot(lines.filter(({ split }) => split === "test"), { x: "epoch", y: "value", r: 2.5, fill: "currentColor", fillOpacity: ({ run }: Line) => (run === current ? 1 : 0.35) } as Plot.DotOptions),
      ],
    });
    chart.setAttribute("aria-hidden", "true");
    holder.current.replaceChildren(chart);
  }, [runs, current, measure, width]);
  const summary = runs
    .map((run) => `${run.name}: ${run.metrics.filter((row) => Number.isFinite(measure === "accuracy" ? row.testAccuracy : row.testLoss)).map((row) => `epoch ${row.epoch} ${(measure === "accuracy" ? row.testAccuracy : row.testLoss).toFixed(3)}`).join(", ")}`)
    .join("; ");
  return (
    <figure className={`chart ${measure}`}>
      <figcaption>
        {measure === "accuracy" ? "Accuracy" : "Loss"} <span className="secondary">test solid, train dashed</span>
      </figcaption>
      <div
        ref={(element) => {
          holder.current = element;
          attach(element);
        }}
        role="img"
        aria-label={`${measure} on the test images. ${summary}`}
      />
    </figure>
  );
}
