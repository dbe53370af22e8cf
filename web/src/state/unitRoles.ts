/**
 * What the panels about neurons show beside the chosen ones: named subsets of the observations, what they are sorted and compared by,
 * and which neurons are switched off. A part of the workspace, and the same as keys of the URL.
 */
import { decodeRows, encodeRows } from "./codec";

/** Which observations: those of a class, those of a class that the network takes for another, all wrong ones, or some rows. */
export type Subset =
  | { kind: "class"; label: number }
  | { kind: "taken"; label: number; predicted: number }
  | { kind: "wrong" }
  | { kind: "rows"; rows: readonly number[] };

export interface NamedSubset {
  /** Empty for the usual name. */
  name: string;
  of: Subset;
}

/** A row of the matrix: the present selection, or a kept subset by its number. */
export type RowKey = "selection" | number;

export const REPLACEMENTS = ["zero", "mean"] as const;
export type Replacement = (typeof REPLACEMENTS)[number];

export interface UnitRoles {
  subsets: readonly NamedSubset[];
  /** What orders the neurons: a row, the difference of two, or null for their numbers. */
  sort: RowKey | "difference" | null;
  /** The two rows of which the second is subtracted from the first; null there stands for all other observations. */
  minuend: RowKey | null;
  subtrahend: RowKey | null;
  /** The class whose strongest neurons are switched off, and how many; null for the chosen neurons. */
  offClass: number | null;
  offCount: number;
  replacement: Replacement;
}

/** As many as one request may ask for, but for the selection. */
export const MOST_SUBSETS = 60;
export const MOST_OFF = 500;
const LONGEST_NAME = 40;

export const ROLES: UnitRoles = { subsets: [], sort: null, minuend: null, subtrahend: null, offClass: null, offCount: 20, replacement: "zero" };

const PREFIX = "u.";

/** Entries of the URL, without what is at its default. */
export function rolesEntries(roles: UnitRoles): [string, string][] {
  const entries: [string, string][] = [];
  const put = (key: string, value: string | null) => {
    if (value !== null && value !== "") {
      entries.push([PREFIX + key, value]);
    }
  };
  put("subsets", roles.subsets.map(subsetText).join("~"));
  put("sort", roles.sort === null ? null : String(roles.sort));
  put("a", roles.minuend === null ? null : String(roles.minuend));
  put("b", roles.subtrahend === null ? null : String(roles.subtrahend));
  put("off", roles.offClass === null ? null : String(roles.offClass));
  put("count", roles.offCount === ROLES.offCount ? null : String(roles.offCount));
  put("replace", roles.replacement === ROLES.replacement ? null : roles.replacement);
  return entries;
}

/** The same back; what cannot be understood is at its default. */
export function rolesOf(entries: ReadonlyMap<string, string>): UnitRoles {
  const text = (key: string): string => entries.get(PREFIX + key) ?? "";
  const subsets = text("subsets").split("~").map(subsetOf).filter((found) => found !== null).slice(0, MOST_SUBSETS);
  const sort = text("sort");
  const count = whole(text("count"));
  return {
    subsets,
    sort: sort === "difference" ? sort : rowKey(sort, subsets.length),
    minuend: rowKey(text("a"), subsets.length),
    subtrahend: rowKey(text("b"), subsets.length),
    offClass: whole(text("off")),
    offCount: count !== null && count >= 1 && count <= MOST_OFF ? count : ROLES.offCount,
    replacement: REPLACEMENTS.find((name) => name === text("replace")) ?? ROLES.replacement,
  };
}

const whole = (text: string): number | null => (/^\d{1,6}$/.test(text) ? Number(text) : null);

function rowKey(text: string, subsets: number): RowKey | null {
  const at = whole(text);
  return text === "selection" ? text : at !== null && at < subsets ? at : null;
}

/** Names have no sign that separates. */
export const cleanName = (name: string): string => name.replace(/[~!]/g, " ").trim().slice(0, LONGEST_NAME);

function subsetText({ name, of }: NamedSubset): string {
  const words = cleanName(name);
  return definitionText(of) + (words === "" ? "" : `!${words}`);
}

function definitionText(of: Subset): string {
  switch (of.kind) {
    case "class":
      return `c${of.label}`;
    case "taken":
      return `t${of.label}.${of.predicted}`;
    case "wrong":
      return "w";
    case "rows":
      return encodeRows(of.rows);
  }
}

function subsetOf(text: string): NamedSubset | null {
  const [definition, name = ""] = text.split("!");
  const of = definitionOf(definition);
  return of === null ? null : { name: cleanName(name), of };
}

function definitionOf(text: string): Subset | null {
  if (text === "w") {
    return { kind: "wrong" };
  }
  const [, label, , predicted] = /^[ct](\d{1,5})(\.(\d{1,5}))?$/.exec(text) ?? [];
  if (label !== undefined) {
    const taken = text.startsWith("t");
    return taken !== (predicted !== undefined) ? null : taken ? { kind: "taken", label: Number(label), predicted: Number(predicted) } : { kind: "class", label: Number(label) };
  }
  const rows = decodeRows(text);
  return rows === null || rows.length === 0 ? null : { kind: "rows", rows };
}

/** The roles without a subset; what pointed at it points at nothing, what pointed behind it follows. */
export function withoutSubset(roles: UnitRoles, gone: number): UnitRoles {
  const key = <T extends RowKey | "difference" | null>(at: T): T | null => (typeof at !== "number" || at < gone ? at : at === gone ? null : ((at - 1) as T));
  return { ...roles, subsets: roles.subsets.filter((_, at) => at !== gone), sort: key(roles.sort), minuend: key(roles.minuend), subtrahend: key(roles.subtrahend) };
}

/** Two definitions of the same observations. */
export const sameSubset = (a: Subset, b: Subset): boolean => definitionText(a) === definitionText(b);
