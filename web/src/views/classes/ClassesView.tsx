import type { Situation } from "../../parts/app";

export function ClassesView({ situation }: { situation: Situation; table: boolean; onTable(): void }) {
  return (
    <div className="classes" data-testid="classes">
      <header className="panel-header">
        <h2 data-testid="title">Classes of {situation.run?.name}</h2>
      </header>
    </div>
  );
}
