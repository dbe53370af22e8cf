import type { Situation } from "../../../parts/app";

export function RolePanel({ situation }: { situation: Situation }) {
  return <section className="unit-panel" data-testid="role-panel" aria-label={situation.layer} />;
}
