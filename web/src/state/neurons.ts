/** What the view "neurons" shows: its part of the workspace, and the same as keys of the URL. */

export type Neurons = Record<never, never>;

export const NEURONS: Neurons = {};

/** Entries of the URL, without what is at its default. */
export function neuronsEntries(_: Neurons): [string, string][] {
  return [];
}

/** What the URL says; what cannot be understood is ignored. */
export function neuronsOf(_: ReadonlyMap<string, string>): Neurons {
  return NEURONS;
}
