import type { ReactNode } from "react";

/** Stands where something cannot be shown: what is missing, why, and what there is instead. */
export function Unavailable({ title, why, small = false, children }: { title: string; why: string; small?: boolean; children?: ReactNode }) {
  return (
    <div className={small ? "unavailable" : "empty"} role="status" data-testid="unavailable">
      <h3>{title}</h3>
      <p>{why}</p>
      {children}
    </div>
  );
}
