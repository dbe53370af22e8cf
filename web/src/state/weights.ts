/** What the view "weights" and the view "network" show: its part of the workspace, and the same as keys of the URL. */

export const PANELS = ["distributions", "hinton"] as const;
export type WeightPanel = (typeof PANELS)[number];

export const WHATS = ["weights", "biases", "updates", "bias-updates"] as const;
/** Of what a histogram is: the values themselves, or the last step of the optimiser in the epoch. */
export type What = (typeof WHATS)[number];

export const MODES = ["single", "overlay", "ridge"] as const;
export type Mode = (typeof MODES)[number];

export const ORDERS = ["none", "mean", "norm"] as const;
export type Order = (typeof ORDERS)[number];

/** Rows and columns of a matrix that are looked at, half open, in the order in which they are drawn. */
export type WindowOf = readonly [top: number, bottom: number, left: number, right: number];

/** Where one stands above the diagram of a network: what lies in the panel's corner, and how large one pixel of it is. */
export interface Look {
  x: number;
  y: number;
  scale: number;
}

/** So many models can be compared when a person asks for more than two. */
export const MOST_MODELS = 4;

export interface Weights {
  panel: WeightPanel;
  /** The chosen models, the oldest choice first; null for the run of the workspace alone. */
  runs: readonly string[] | null;
  /** Whether up to four models may be chosen instead of two. */
  many: boolean;
  /** A layer that the run of the workspace does not have, but another model; null for the layer of the workspace. */
  layer: string | null;
  what: What;
  /** The epoch, also one without a snapshot; null for the epoch of the workspace. */
  at: number | null;
  mode: Mode;
  /** Whether heights are logarithms of counts. */
  log: boolean;
  /** The epoch of the same model that distances are measured from; null for the other model, or the first epoch. */
  against: number | null;
  /** Whether squares of all epochs have one scale. */
  scale: "run" | "epoch";
  rows: Order;
  cols: Order;
  window: WindowOf | null;
  /** The diagram of the network: where inputs lie, the node that is looked at, folded parts that are open, and the place. */
  direction: "down" | "right";
  node: string | null;
  open: readonly string[];
  look: Look | null;
}

export const WEIGHTS: Weights = {
  panel: "distributions", runs: null, many: false, layer: null, what: "weights", at: null, mode: "single", log: false, against: null,
  scale: "run", rows: "none", cols: "none", window: null, direction: "down", node: null, open: [], look: null,
};

/** What changes many times a second while a person slides, plays or pans; everything else of it is still meanwhile. */
export const PASSING_WEIGHTS = ["at", "look"] as const;
export type StillWeights = Omit<Weights, (typeof PASSING_WEIGHTS)[number]>;

/** Whether two differ in nothing but what passes. */
export function onlyWeightsPass(before: Weights, after: Weights): boolean {
  return (Object.keys(after) as (keyof Weights)[]).every((key) => before[key] === after[key] || (PASSING_WEIGHTS as readonly string[]).includes(key));
}

const PREFIX = "w.";

/** Entries of the URL, without what is at its default. */
export function weightsEntries(weights: Weights): [string, string][] {
  const entries: [string, string][] = [];
  const put = (key: string, value: string | number | null, usual: string | number | null = null) => {
    if (value !== null && value !== usual && value !== "") {
      entries.push([PREFIX + key, String(value)]);
    }
  };
  const { window, look } = weights;
  put("show", weights.panel, WEIGHTS.panel);
  put("models", weights.runs?.join("~") ?? null);
  put("many", weights.many ? "on" : null);
  put("layer", weights.layer);
  put("what", weights.what, WEIGHTS.what);
  put("at", weights.at);
  put("mode", weights.mode, WEIGHTS.mode);
  put("log", weights.log ? "on" : null);
  put("against", weights.against);
  put("scale", weights.scale, WEIGHTS.scale);
  put("rows", weights.rows, WEIGHTS.rows);
  put("cols", weights.cols, WEIGHTS.cols);
  put("window", window?.join(".") ?? null);
  put("direction", weights.direction, WEIGHTS.direction);
  put("node", weights.node);
  put("open", weights.open.join("~"));
  put("look", look === null ? null : [look.x, look.y, look.scale].map((value) => Number(value.toFixed(3))).join(","));
  return entries;
}

/** The same back; what cannot be understood is at its default. */
export function weightsOf(entries: ReadonlyMap<string, string>): Weights {
  const text = (key: string): string | undefined => entries.get(PREFIX + key);
  const oneOf = <T extends string>(key: string, allowed: readonly T[], otherwise: T): T => allowed.find((value) => value === text(key)) ?? otherwise;
  const whole = (key: string): number | null => (/^\d{1,7}$/.test(text(key) ?? "") ? Number(text(key)) : null);
  const names = (key: string): string[] => [...new Set((text(key) ?? "").split("~").filter((name) => name !== ""))];
  const many = text("many") === "on";
  const runs = names("models").slice(0, many ? MOST_MODELS : 2);
  return {
    panel: oneOf("show", PANELS, WEIGHTS.panel),
    runs: runs.length === 0 ? null : runs,
    many,
    layer: text("layer") || null,
    what: oneOf("what", WHATS, WEIGHTS.what),
    at: whole("at"),
    mode: oneOf("mode", MODES, WEIGHTS.mode),
    log: text("log") === "on",
    against: whole("against"),
    scale: oneOf("scale", ["run", "epoch"] as const, WEIGHTS.scale),
    rows: oneOf("rows", ORDERS, WEIGHTS.rows),
    cols: oneOf("cols", ORDERS, WEIGHTS.cols),
    window: windowOf(text("window")),
    direction: oneOf("direction", ["down", "right"] as const, WEIGHTS.direction),
    node: text("node") || null,
    open: names("open"),
    look: lookOf(text("look")),
  };
}

function windowOf(text: string | undefined): WindowOf | null {
  if (!/^\d{1,8}(\.\d{1,8}){3}$/.test(text ?? "")) {
    return null;
  }
  const [top, bottom, left, right] = text!.split(".").map(Number);
  return top < bottom && left < right ? [top, bottom, left, right] : null;
}

function lookOf(text: string | undefined): Look | null {
  const [x, y, scale, ...more] = (text ?? "").split(",").map(Number);
  return text !== undefined && more.length === 0 && [x, y, scale].every(Number.isFinite) && scale >= 0.05 && scale <= 8 ? { x, y, scale } : null;
}

/** The models after one was clicked, and in words what became of the others. */
export function chooseModel(chosen: readonly string[], name: string, many: boolean): { runs: readonly string[]; message: string } {
  if (chosen.includes(name)) {
    return chosen.length === 1
      ? { runs: chosen, message: `${name} is the only model shown; choose another one first.` }
      : { runs: chosen.filter((one) => one !== name), message: `${name} is no longer shown.` };
  }
  const most = many ? MOST_MODELS : 2;
  if (chosen.length < most) {
    return { runs: [...chosen, name], message: chosen.length === 0 ? "" : `${name} is shown below ${chosen[chosen.length - 1]}, with the same bins and axes.` };
  }
  const more = many ? `${MOST_MODELS} is the most that can be stacked.` : `“Stack more” allows up to ${MOST_MODELS}.`;
  return { runs: [...chosen.slice(chosen.length - most + 1), name], message: `${name} takes the place of ${chosen[0]}, the older choice. ${more}` };
}

/** The last epoch with a snapshot up to this one; the first where all are later, null without any. */
export function keptUpTo(snapshots: readonly number[], epoch: number): number | null {
  const sorted = [...snapshots].sort((a, b) => a - b);
  return sorted.findLast((kept) => kept <= epoch) ?? sorted[0] ?? null;
}

/** The epoch before or after one; the same at the ends. Epochs are ascending. */
export function besideEpoch(epochs: readonly number[], at: number, by: 1 | -1): number {
  return (by === 1 ? epochs.find((epoch) => epoch > at) : epochs.findLast((epoch) => epoch < at)) ?? at;
}
