/** What the view "weights" and the view "network" show: its part of the workspace, and the same as keys of the URL. */

export type Weights = Record<never, never>;

export const WEIGHTS: Weights = {};

/** Entries of the URL, without what is at its default. */
export function weightsEntries(_: Weights): [string, string][] {
  return [];
}

/** What the URL says; what cannot be understood is ignored. */
export function weightsOf(_: ReadonlyMap<string, string>): Weights {
  return WEIGHTS;
}
