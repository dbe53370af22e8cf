import { useMemo } from "react";
import { useEvolution, usePassing } from "../../../parts/app";
import { decimals, percent } from "../../../parts/words";
import { bargain, type Honesty, lent, readHonesty, type StepHonesty, verdict } from "../../../state/honesty";
import type { PanelProps } from "../slots";
import { ControlPart } from "./ControlPart";
import { HonestyTable } from "./HonestyTable";
import { type Series, StepChart } from "./StepChart";

const TEXTS = {
  aligned: "in the picture that is shown, where steps were laid out together",
  unaligned: "in a picture of each step by itself, with nothing to keep it in place",
  own: "in the layer's own space, before any projecting: what there is to show",
};

const line = (name: string, mark: Series["mark"], text: string, steps: readonly StepHonesty[], of: (step: StepHonesty) => number | null): Series => ({ name, mark, text, values: steps.map(of) });

/** How much of the picture alignment made: beside the canvas, in numbers, for every step. */
export function HonestyPanel({ situation, shown, control }: PanelProps) {
  const honesty = useMemo(() => readHonesty(shown?.report), [shown?.report]);
  if (shown === null) {
    return null;
  }
  if (honesty === null) {
    return (
      <section className="honesty" data-testid="honesty" aria-labelledby="honesty-title">
        <h3 id="honesty-title">How much of this picture did alignment make?</h3>
        <p className="sentence">{shown.live ? "The numbers come when the layout is finished." : "Loading the numbers"}</p>
      </section>
    );
  }
  return (
    <section className="honesty" data-testid="honesty" aria-labelledby="honesty-title">
      <header>
        <h3 id="honesty-title">How much of this picture did alignment make?</h3>
        <p className="sentence" data-testid="verdict">
          {verdict(honesty)} {lent(honesty)}
        </p>
        <Warnings warnings={honesty.warnings} />
      </header>
      <div className="honesty-parts">
        <Charts honesty={honesty} />
        <StabilityPart honesty={honesty} />
        <ControlPart situation={situation} shown={shown} control={control} honesty={honesty} />
      </div>
      <HonestyTable honesty={honesty} />
    </section>
  );
}

function Warnings({ warnings }: { warnings: readonly string[] }) {
  if (warnings.length === 0) {
    return null;
  }
  return (
    <details className="honesty-warnings" data-testid="warnings">
      <summary>
        <span aria-hidden="true">⚠</span> {warnings.length === 1 ? "1 warning" : `${warnings.length} warnings`}
      </summary>
      <ul>
        {warnings.map((warning) => (
          <li key={warning}>{warning}</li>
        ))}
      </ul>
    </details>
  );
}

function Charts({ honesty }: { honesty: Honesty }) {
  const [, change] = useEvolution();
  const passing = usePassing("at");
  const { steps, k } = honesty;
  const last = steps.length - 1;
  const at = Math.max(0, Math.min(last, Math.round(passing ?? last)));
  const names = steps.map(({ name }) => name);
  const go = (step: number) => change({ at: step === last ? null : step });
  const warned = useMemo(() => new Set(steps.flatMap(({ warning }, step) => (warning === null ? [] : [step]))), [steps]);
  return (
    <>
      <StepChart
        id="hit"
        title="Neighborhood hit"
        text={`Share of each observation's ${k ?? "nearest"} nearest neighbours that have its class. Shaded: the picture shows more than the layer has.`}
        series={[
          line("aligned", "disc", TEXTS.aligned, steps, ({ alignedHit }) => alignedHit),
          line("unaligned", "ring", TEXTS.unaligned, steps, ({ unalignedHit }) => unalignedHit),
          line("own space", "square", TEXTS.own, steps, ({ ownHit }) => ownHit),
        ]}
        {...{ names, at, warned }}
        format={(value) => percent(value)}
        onStep={go}
      />
      <StepChart
        id="stress"
        title="Stress"
        text="How far distances in the picture are from those in the layer, at the scale that fits best: 0 is perfect. Aligning costs some."
        series={[line("aligned", "disc", TEXTS.aligned, steps, ({ alignedStress }) => alignedStress), line("unaligned", "ring", TEXTS.unaligned, steps, ({ unalignedStress }) => unalignedStress)]}
        {...{ names, at }}
        format={(value) => decimals(value)}
        onStep={go}
        span={[0, 0]}
      />
    </>
  );
}

const FIGURES = [
  { key: "pearson", name: "Pearson", text: "correlation of each observation's movement in the picture with its movement in the layer; 1 is perfect" },
  { key: "spearman", name: "Spearman", text: "the same by rank: whether what moves more in the layer moves more in the picture" },
  { key: "normalizedStress", name: "Stress of movement", text: "how far movements in the picture are from those in the layer; 0 is perfect" },
] as const;

/** Whether movement in the picture means movement in the layer. */
function StabilityPart({ honesty }: { honesty: Honesty }) {
  const { aligned, unaligned } = honesty;
  if (aligned === null) {
    return null;
  }
  if (FIGURES.every(({ key }) => aligned[key] === null)) {
    return (
      <p className="sentence" data-testid="stability">
        Movement in the picture cannot be compared with movement in the layer here: between steps of different widths there is none.
      </p>
    );
  }
  return (
    <table className="honesty-stability" data-testid="stability">
      <caption title={bargain(honesty) ?? "Compares how far each observation moves from step to step in the picture and in the layer"}>Movement: picture against layer</caption>
      <thead>
        <tr>
          <td />
          <th scope="col">aligned</th>
          <th scope="col">unaligned</th>
        </tr>
      </thead>
      <tbody>
        {FIGURES.map(({ key, name, text }) => (
          <tr key={key} title={text} data-figure={key}>
            <th scope="row">{name}</th>
            <td>{aligned[key] === null ? "–" : decimals(aligned[key])}</td>
            <td>{unaligned?.[key] == null ? "–" : decimals(unaligned[key])}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
