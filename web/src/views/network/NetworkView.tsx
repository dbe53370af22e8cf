import type { Situation } from "../../parts/app";

export function NetworkView({ situation }: { situation: Situation; table: boolean; onTable(): void }) {
  return (
    <div className="network" data-testid="network">
      <header className="panel-header">
        <h2 data-testid="title">Network of {situation.run?.name}</h2>
      </header>
    </div>
  );
}
