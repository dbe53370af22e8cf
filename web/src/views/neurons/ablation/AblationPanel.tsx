import type { Situation } from "../../../parts/app";

export function AblationPanel({ situation }: { situation: Situation }) {
  return <section className="unit-panel" data-testid="ablation-panel" aria-label={situation.layer} />;
}
