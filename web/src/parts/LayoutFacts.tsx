import type { Parameters, Source } from "../server/types";
import { type EnergyPoint, fromHistory } from "../state/energy";
import { parameterLabel, duration, measured } from "./words";
import type { Situation } from "./app";
import { EnergyChart } from "./EnergyChart";
import { QualityBlock } from "./Quality";
import { type Shown, useShown } from "./useShown";

/** The energy curve of what is shown: as seen while it moved, or as kept, whichever says more. */
export function energyShown({ kept, running, trace }: Pick<Shown, "kept" | "running" | "trace">): { curve: readonly EnergyPoint[]; iterations: number } {
  const history = fromHistory(kept?.result.energyHistory);
  const seen = trace !== null && (running !== null || trace.job.digest === kept?.result.digest) ? trace.energy : [];
  return { curve: running !== null || history.length < seen.length ? seen : history, iterations: running?.job.iterations ?? kept?.result.iterations ?? 0 };
}

interface LayoutFactsProps {
  situation: Situation;
  source: Source | null;
  parameters: Parameters;
  /** Shown only while a job is under way, or only when none is; left out: always. */
  when?: "running" | "settled";
  /** Whether the energy is shown here. */
  energy?: boolean;
}

/** What is known about the shown layout: its energy while it moves and afterwards, how far to trust it, how it was made. */
export function LayoutFacts({ situation, source, parameters, when, energy = true }: LayoutFactsProps) {
  const { method } = situation;
  const { kept, running, trace } = useShown(source, method, parameters);
  const { curve, iterations } = energyShown({ kept, running, trace });
  const details = Object.entries(running?.job.details ?? kept?.result.details ?? {});
  const seconds = Object.entries(kept?.result.seconds ?? {}).filter(([, value]) => typeof value === "number" && value >= 0.05);
  const settled = running === null ? kept : null;
  if (when !== undefined && (when === "running") !== (running !== null)) {
    return null;
  }
  if (curve.length < 2 && settled === null && details.length === 0) {
    return null;
  }
  return (
    <section data-testid="layout-facts">
      {settled !== null && <QualityBlock quality={settled.result.quality} total={situation.observations.count} />}
      {energy && curve.length >= 2 && <EnergyChart key={`${method.name}/${kept?.result.digest}`} curve={curve} method={method.name} iterations={iterations} />}
      {(details.length > 0 || (settled !== null && seconds.length > 0)) && (
        <details className="made">
          <summary>How it was made</summary>
          <dl>
            {details.map(([name, value]) => (
              <div key={name}>
                <dt>{parameterLabel(name)}</dt>
                <dd>{typeof value === "number" ? measured(value) : String(value)}</dd>
              </div>
            ))}
            {settled !== null &&
              seconds.map(([stage, value]) => (
                <div key={`s.${stage}`}>
                  <dt>{stage}</dt>
                  <dd>{value < 10 ? `${value.toFixed(1)} s` : duration(value)}</dd>
                </div>
              ))}
          </dl>
        </details>
      )}
    </section>
  );
}
