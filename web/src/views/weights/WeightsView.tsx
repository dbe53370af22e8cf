import type { Situation } from "../../parts/app";

export function WeightsView({ situation }: { situation: Situation; table: boolean; onTable(): void }) {
  return (
    <div className="weights" data-testid="weights">
      <header className="panel-header">
        <h2 data-testid="title">Weights of {situation.run?.name}</h2>
      </header>
    </div>
  );
}
