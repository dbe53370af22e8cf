/** What the view "evolution" shows: its part of the workspace, and the same as keys of the URL. */
import type { Parameters, ParameterValue } from "../server/types";

export const SEQUENCES = ["epoch", "layer", "run"] as const;
export type By = (typeof SEQUENCES)[number];

export const TRAILS = ["bundled", "straight", "none"] as const;
export type Trails = (typeof TRAILS)[number];

export const SORTS = ["length", "speed", "outlier"] as const;
export type Sort = "none" | (typeof SORTS)[number];

export const FIELDS = ["none", "lines", "particles"] as const;
export type FieldLook = (typeof FIELDS)[number];

/** So many classes can be told apart with every kind of colour vision when brightness means time. */
export const MOST_HIGHLIGHTED = 4;

export interface Evolution {
  /** What the steps are: epochs of one layer, layers of one snapshot, or runs. */
  by: By;
  /** The steps that are meant; null for all that are kept. */
  epochs: readonly number[] | null;
  layers: readonly string[] | null;
  runs: readonly string[] | null;
  /** Name of the alignment; null for the usual one. */
  method: string | null;
  /** Only what differs from the alignment's defaults. */
  parameters: Parameters;
  /** Present time, 0 to the number of steps - 1, fractional while it plays; null for the last step. */
  at: number | null;
  /** The part of the time axis of which trails are drawn; null for its end. */
  from: number;
  to: number | null;
  /** Steps per second while it plays. */
  speed: number;
  trails: Trails;
  /** 0 straight, 1 bundled. */
  strength: number;
  grouping: "class" | "all";
  direction: "mixed" | "separated";
  /** Other options of bundling; only what differs from their defaults. */
  bundling: Parameters;
  /** One thick mean trail per class. */
  classMeans: boolean;
  /** By what observations are listed; `least` lists from the other end. */
  sort: Sort;
  least: boolean;
  /** Classes that keep their colours while the others are grey; none means all keep them. */
  highlight: readonly number[];
  field: FieldLook;
  /** Distance of streamlines as a share of the field's width. */
  separation: number;
  /** Vertices per side. */
  grid: number;
  smoothness: number;
  /** Number of fields, and the one that is shown; null for all. */
  fields: number;
  shownField: number | null;
  /** Whether trails and points have the colours of the fields that they follow instead of their classes'. */
  assigned: boolean;
  /** A brushed region of the field: corners in the layout's own units. */
  region: readonly (readonly [number, number])[] | null;
  /** Whether the run that learned from shuffled labels is shown beside. */
  control: boolean;
}

export const EVOLUTION: Evolution = {
  by: "epoch",
  epochs: null,
  layers: null,
  runs: null,
  method: null,
  parameters: {},
  at: null,
  from: 0,
  to: null,
  speed: 1,
  trails: "bundled",
  strength: 0.8,
  grouping: "class",
  direction: "mixed",
  bundling: {},
  classMeans: false,
  sort: "length",
  least: false,
  highlight: [],
  field: "none",
  separation: 0.02,
  grid: 50,
  smoothness: 0.05,
  fields: 1,
  shownField: null,
  assigned: false,
  region: null,
  control: false,
};

/** What changes many times a second while a person slides or plays; everything else of it is still meanwhile. */
export const PASSING = ["at", "from", "to", "strength"] as const;
export type StillEvolution = Omit<Evolution, (typeof PASSING)[number]>;

/** Whether two differ in nothing but what passes. */
export function onlyPasses(before: Evolution, after: Evolution): boolean {
  return (Object.keys(after) as (keyof Evolution)[]).every((key) => before[key] === after[key] || (PASSING as readonly string[]).includes(key));
}

/** What passes, with its gaps filled for a sequence of so many steps. */
export function momentOf({ at, from, to }: Pick<Evolution, "at" | "from" | "to">, steps: number): { at: number; from: number; to: number } {
  const last = Math.max(0, steps - 1);
  const end = Math.min(to ?? last, last);
  const start = Math.min(from, end);
  return { at: Math.min(at ?? last, last), from: start, to: end };
}

const PREFIX = "e.";
const OPTION = "p.";
const BUNDLING = "b.";

/** Entries of the URL, without what is at its default. */
export function evolutionEntries(evolution: Evolution): [string, string][] {
  const entries: [string, string][] = [];
  const put = (key: string, value: string | number | null, usual: string | number | null) => {
    if (value !== null && value !== usual && value !== "") {
      entries.push([PREFIX + key, String(value)]);
    }
  };
  const usual = EVOLUTION;
  put("by", evolution.by, usual.by);
  put("epochs", evolution.epochs?.join(".") ?? null, null);
  put("layers", evolution.layers?.join("~") ?? null, null);
  put("runs", evolution.runs?.join("~") ?? null, null);
  put("method", evolution.method, null);
  options(OPTION, evolution.parameters, put);
  put("at", rounded(evolution.at), null);
  put("from", rounded(evolution.from), 0);
  put("to", rounded(evolution.to), null);
  put("speed", evolution.speed, usual.speed);
  put("trails", evolution.trails, usual.trails);
  put("strength", rounded(evolution.strength), usual.strength);
  put("grouping", evolution.grouping, usual.grouping);
  put("direction", evolution.direction, usual.direction);
  options(BUNDLING, evolution.bundling, put);
  put("means", evolution.classMeans ? "on" : null, null);
  put("sort", evolution.sort, usual.sort);
  put("least", evolution.least ? "on" : null, null);
  put("highlight", evolution.highlight.join("."), "");
  put("field", evolution.field, usual.field);
  put("separation", evolution.separation, usual.separation);
  put("grid", evolution.grid, usual.grid);
  put("smoothness", evolution.smoothness, usual.smoothness);
  put("fields", evolution.fields, usual.fields);
  put("shown", evolution.shownField, null);
  put("assigned", evolution.assigned ? "on" : null, null);
  put("region", regionText(evolution.region), null);
  put("control", evolution.control ? "on" : null, null);
  return entries;
}

/** The same back; what cannot be understood is at its default. */
export function evolutionOf(entries: ReadonlyMap<string, string>): Evolution {
  const text = (key: string): string | undefined => entries.get(PREFIX + key);
  const oneOf = <T extends string>(key: string, allowed: readonly T[], otherwise: T): T => allowed.find((value) => value === text(key)) ?? otherwise;
  const number = (key: string, low: number, high: number): number | null => {
    const value = Number(text(key) ?? "");
    return text(key) !== undefined && text(key) !== "" && value >= low && value <= high ? value : null;
  };
  const whole = (key: string, low: number, high: number): number | null => {
    const value = number(key, low, high);
    return value !== null && Number.isInteger(value) ? value : null;
  };
  const names = (key: string): string[] | null => {
    const found = (text(key) ?? "").split("~").filter((name) => name !== "");
    return found.length === 0 ? null : found;
  };
  return {
    by: oneOf("by", SEQUENCES, EVOLUTION.by),
    epochs: numbers(text("epochs")),
    layers: names("layers"),
    runs: names("runs"),
    method: text("method") ?? null,
    parameters: optionsOf(PREFIX + OPTION, entries),
    at: number("at", 0, 1e6),
    from: number("from", 0, 1e6) ?? 0,
    to: number("to", 0, 1e6),
    speed: number("speed", 0.05, 20) ?? EVOLUTION.speed,
    trails: oneOf("trails", TRAILS, EVOLUTION.trails),
    strength: number("strength", 0, 1) ?? EVOLUTION.strength,
    grouping: oneOf("grouping", ["class", "all"] as const, EVOLUTION.grouping),
    direction: oneOf("direction", ["mixed", "separated"] as const, EVOLUTION.direction),
    bundling: optionsOf(PREFIX + BUNDLING, entries),
    classMeans: text("means") === "on",
    sort: oneOf("sort", ["none", ...SORTS] as const, EVOLUTION.sort),
    least: text("least") === "on",
    highlight: (numbers(text("highlight")) ?? []).slice(0, MOST_HIGHLIGHTED),
    field: oneOf("field", FIELDS, EVOLUTION.field),
    separation: number("separation", 0.001, 1) ?? EVOLUTION.separation,
    grid: whole("grid", 3, 200) ?? EVOLUTION.grid,
    smoothness: number("smoothness", 1e-9, 1 - 1e-9) ?? EVOLUTION.smoothness,
    fields: whole("fields", 1, 6) ?? EVOLUTION.fields,
    shownField: whole("shown", 0, 5),
    assigned: text("assigned") === "on",
    region: regionOf(text("region")),
    control: text("control") === "on",
  };
}

const rounded = (value: number | null): number | null => (value === null ? null : Number(value.toFixed(3)));

function options(prefix: string, values: Parameters, put: (key: string, value: string, usual: null) => void): void {
  for (const name of Object.keys(values).sort()) {
    put(prefix + name, String(values[name]), null);
  }
}

function optionsOf(prefix: string, entries: ReadonlyMap<string, string>): Parameters {
  const found: Parameters = {};
  for (const [key, text] of entries) {
    if (key.startsWith(prefix)) {
      found[key.slice(prefix.length)] = optionValue(text);
    }
  }
  return found;
}

/** A parameter's value as the URL writes it. */
export function optionValue(text: string): ParameterValue {
  if (text === "true" || text === "false") {
    return text === "true";
  }
  return /^-?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(text) ? Number(text) : text;
}

/** Whole numbers with dots between, each once, ascending; null when there is none. */
function numbers(text: string | undefined): number[] | null {
  const found = (text ?? "").split(".").filter((part) => /^\d{1,9}$/.test(part));
  return found.length === 0 ? null : [...new Set(found.map(Number))].sort((a, b) => a - b);
}

/** A wrong or hostile URL must not make the page work on a region of more corners than a person draws. */
const MOST_CORNERS = 2000;

const regionText = (region: Evolution["region"]): string | null =>
  region === null ? null : region.map((corner) => corner.map((value) => Number(value.toPrecision(5))).join(",")).join("_");

function regionOf(text: string | undefined): Evolution["region"] {
  const corners = (text ?? "").split("_").map((corner) => corner.split(",").map(Number));
  const usable = corners.length >= 3 && corners.length <= MOST_CORNERS && corners.every((corner) => corner.length === 2 && corner.every(Number.isFinite));
  return usable ? corners.map(([x, y]) => [x, y] as const) : null;
}
