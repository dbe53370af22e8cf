import type { Situation } from "../../parts/app";

export function NeuronsView({ situation }: { situation: Situation; table: boolean; onTable(): void }) {
  return (
    <div className="neurons" data-testid="neurons">
      <header className="panel-header">
        <h2 data-testid="title">Neurons of {situation.run?.name}</h2>
      </header>
    </div>
  );
}
