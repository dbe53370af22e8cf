/** What the view "classes" shows: its part of the workspace, and the same as keys of the URL that begin with `k.`. */

export const FILLS = ["score", "class"] as const;
/** score: one ramp for all; class: the hue of the true class, paler where the score is low. */
export type Fill = (typeof FILLS)[number];

export const LISTS = ["flips", "suspects"] as const;
/** The list beside: observations that change between right and wrong, or labels that may be wrong. */
export type List = (typeof LISTS)[number];

export const FLIP_SORTS = ["flips", "first", "last", "wrong", "id", "label"] as const;
export type FlipSort = (typeof FLIP_SORTS)[number];

export interface Classes {
  fill: Fill;
  /** A triangle marks what is wrong in more than so many kept epochs; null: in more than half of them. */
  often: number | null;
  list: List;
  sort: FlipSort;
  /** Whether the sorted list begins with the least. */
  least: boolean;
  /** So sure must the network be of another class for an observation's label to be suspect. */
  sure: number;
  /** Only columns of classes whose names hold this. */
  find: string;
}

export const CLASSES: Classes = { fill: "score", often: null, list: "flips", sort: "flips", least: false, sure: 0.8, find: "" };

const PREFIX = "k.";
const LONGEST = 80;

/** Entries of the URL, without what is at its default. */
export function classesEntries(classes: Classes): [string, string][] {
  const entries: [string, string][] = [];
  for (const key of ["fill", "often", "list", "sort", "sure", "find"] as const) {
    const value = classes[key];
    if (value !== CLASSES[key] && value !== null) {
      entries.push([PREFIX + key, String(value)]);
    }
  }
  if (classes.least) {
    entries.push([`${PREFIX}least`, "on"]);
  }
  return entries;
}

/** What the URL says; what cannot be understood is ignored. */
export function classesOf(entries: ReadonlyMap<string, string>): Classes {
  const text = (key: string): string | undefined => entries.get(PREFIX + key);
  const oneOf = <T extends string>(key: string, allowed: readonly T[], otherwise: T): T => allowed.find((value) => value === text(key)) ?? otherwise;
  const often = text("often");
  const sure = Number(text("sure") ?? Number.NaN);
  return {
    fill: oneOf("fill", FILLS, CLASSES.fill),
    often: /^\d{1,6}$/.test(often ?? "") ? Number(often) : null,
    list: oneOf("list", LISTS, CLASSES.list),
    sort: oneOf("sort", FLIP_SORTS, CLASSES.sort),
    least: text("least") === "on",
    sure: sure >= 0 && sure <= 1 && text("sure") !== "" ? sure : CLASSES.sure,
    find: (text("find") ?? CLASSES.find).slice(0, LONGEST),
  };
}
