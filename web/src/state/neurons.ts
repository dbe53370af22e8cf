/** What the view "neurons" shows: its part of the workspace, and the same as keys of the URL. */
import { ROLES, rolesEntries, rolesOf, type UnitRoles } from "./unitRoles";

export interface Neurons {
  /** What the panels about roles, subsets and ablation show. */
  roles: UnitRoles;
}

export const NEURONS: Neurons = { roles: ROLES };

/** Entries of the URL, without what is at its default. */
export function neuronsEntries({ roles }: Neurons): [string, string][] {
  return rolesEntries(roles);
}

/** What the URL says; what cannot be understood is ignored. */
export function neuronsOf(entries: ReadonlyMap<string, string>): Neurons {
  return { roles: rolesOf(entries) };
}
