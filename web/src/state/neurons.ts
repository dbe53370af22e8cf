/** What the view "neurons" shows: its part of the workspace, and the same as keys of the URL. */
import type { Parameters } from "../server/types";
import { optionValue } from "./evolution";
import { ROLES, rolesEntries, rolesOf, type UnitRoles } from "./unitRoles";
import { POOLINGS, type Pooling } from "./units";

export const PANELS = ["map", "role", "subsets", "ablation", "activity"] as const;
export type Panel = (typeof PANELS)[number];

/** one: the shown epoch; pair: two epochs side by side; trails: the way of each neuron through all epochs. */
export const ARRANGEMENTS = ["one", "pair", "trails"] as const;
export type Arrangement = (typeof ARRANGEMENTS)[number];

/**
 * What colour means. best: hue is the class that a neuron tells best, saturation how well; scores: how well it tells the chosen class;
 * contrast: its mean in the chosen class less its mean over all.
 */
export const MEANINGS = ["best", "scores", "contrast"] as const;
export type Meaning = (typeof MEANINGS)[number];

export interface Neurons {
  panel: Panel;
  arrangement: Arrangement;
  meaning: Meaning;
  /** The class whose neurons are ranked. */
  chosen: number | null;
  /** How the map is laid out; null for the usual way. */
  method: string | null;
  /** Only what differs from the defaults: of the map, and of the forests that score. */
  parameters: Parameters;
  forest: Parameters;
  /** What counts as a neuron of a layer of maps; null for the layer's usual. */
  pooling: Pooling | null;
  /** The left epoch of a pair; null for the first that is kept. */
  before: number | null;
  /** What the panels about roles, subsets and ablation show. */
  roles: UnitRoles;
}

export const NEURONS: Neurons = { panel: "map", arrangement: "one", meaning: "best", chosen: null, method: null, parameters: {}, forest: {}, pooling: null, before: null, roles: ROLES };

const PREFIX = "n.";
const OPTION = "n.p.";
const FOREST = "n.s.";

/** Entries of the URL, without what is at its default. */
export function neuronsEntries(neurons: Neurons): [string, string][] {
  const entries: [string, string][] = [];
  const put = (key: string, value: string | number | null, usual: string | null = null) => {
    if (value !== null && value !== usual) {
      entries.push([key, String(value)]);
    }
  };
  put(`${PREFIX}panel`, neurons.panel, NEURONS.panel);
  put(`${PREFIX}show`, neurons.arrangement, NEURONS.arrangement);
  put(`${PREFIX}color`, neurons.meaning, NEURONS.meaning);
  put(`${PREFIX}class`, neurons.chosen);
  put(`${PREFIX}method`, neurons.method);
  put(`${PREFIX}pooling`, neurons.pooling);
  put(`${PREFIX}before`, neurons.before);
  for (const [prefix, values] of [[OPTION, neurons.parameters], [FOREST, neurons.forest]] as const) {
    Object.keys(values).sort().forEach((name) => put(prefix + name, String(values[name])));
  }
  return [...entries, ...rolesEntries(neurons.roles)];
}

/** What the URL says; what cannot be understood is ignored. */
export function neuronsOf(entries: ReadonlyMap<string, string>): Neurons {
  const oneOf = <T extends string, U extends T | null>(key: string, allowed: readonly T[], otherwise: U): T | U => allowed.find((value) => value === entries.get(PREFIX + key)) ?? otherwise;
  const whole = (key: string): number | null => {
    const text = entries.get(PREFIX + key) ?? "";
    return /^\d{1,6}$/.test(text) ? Number(text) : null;
  };
  const method = entries.get(`${PREFIX}method`) ?? "";
  return {
    panel: oneOf("panel", PANELS, NEURONS.panel),
    arrangement: oneOf("show", ARRANGEMENTS, NEURONS.arrangement),
    meaning: oneOf("color", MEANINGS, NEURONS.meaning),
    chosen: whole("class"),
    method: /^[a-z0-9-]{1,40}$/.test(method) ? method : null,
    parameters: optionsOf(OPTION, entries),
    forest: optionsOf(FOREST, entries),
    pooling: oneOf("pooling", POOLINGS, null),
    before: whole("before"),
    roles: rolesOf(entries),
  };
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
