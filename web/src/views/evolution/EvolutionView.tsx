import type { Situation } from "../../parts/app";
import { HonestyPanel, ProbePanel, RegionPanel } from "./slots";

/** Observations through the steps of a sequence: points, trails, bundles and fields. */
export function EvolutionView({ situation }: { situation: Situation; table: boolean; onTable(): void }) {
  return (
    <div className="evolution">
      <HonestyPanel situation={situation} shown={null} control={null} />
      <RegionPanel situation={situation} shown={null} control={null} />
      <ProbePanel situation={situation} shown={null} control={null} />
    </div>
  );
}
