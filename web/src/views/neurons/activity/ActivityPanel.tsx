import type { Situation } from "../../../parts/app";

export function ActivityPanel({ situation }: { situation: Situation }) {
  return <section className="unit-panel" data-testid="activity-panel" aria-label={situation.layer} />;
}
