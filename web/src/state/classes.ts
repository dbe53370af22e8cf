/** What the view "classes" shows: its part of the workspace, and the same as keys of the URL. */

export type Classes = Record<never, never>;

export const CLASSES: Classes = {};

/** Entries of the URL, without what is at its default. */
export function classesEntries(_: Classes): [string, string][] {
  return [];
}

/** What the URL says; what cannot be understood is ignored. */
export function classesOf(_: ReadonlyMap<string, string>): Classes {
  return CLASSES;
}
