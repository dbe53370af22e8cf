import type { Situation } from "../../../parts/app";

export function SubsetsPanel({ situation }: { situation: Situation }) {
  return <section className="unit-panel" data-testid="subsets-panel" aria-label={situation.layer} />;
}
