/** What the person looks at: one state for every view. All of it but the theme lives in the URL (see url.ts). */
import type { Parameters } from "../server/types";
import { CLASSES, type Classes } from "./classes";
import { EVOLUTION, type Evolution, type StillEvolution } from "./evolution";
import { NEURONS, type Neurons } from "./neurons";
import { unitColorOf, type UnitColorText } from "./unitColor";
import { type StillWeights, WEIGHTS, type Weights } from "./weights";

export const VIEWS = ["overview", "projection", "compare", "evolution", "neurons", "weights", "classes", "network", "explore", "import"] as const;
export type ViewName = (typeof VIEWS)[number];

export const COMPARISONS = ["training", "epochs", "layers", "pair"] as const;
/**
 * training: one layer before and after; epochs: one layer over all kept epochs; layers: all layers at one epoch; pair: any two
 * layouts, large.
 */
export type Comparison = (typeof COMPARISONS)[number];

export type PaletteName = "category10" | "safe";

/** What a drag on a canvas does without Shift. */
export type Tool = "pan" | "lasso" | "marquee";

/** Position of the person above a layout whose points lie in [-1, 1] x [-1, 1]; scale 1 shows all of it. */
export interface Camera {
  x: number;
  y: number;
  scale: number;
}

export const HOME: Camera = { x: 0, y: 0, scale: 1 };

/** How a layout in three dimensions is turned, in degrees: around the upright axis, then towards the person. */
export interface Orbit {
  yaw: number;
  pitch: number;
}

/** A little from the side and from above, so that depth shows at once. */
export const FRONT: Orbit = { yaw: 30, pitch: 20 };

/** Where a person stands: the camera over the plane, and the turn of a layout in three dimensions. */
export interface Eye {
  camera: Camera;
  orbit: Orbit;
}

/**
 * What colour means: the class (where the data have numbers instead, "value", that number), the class that the network predicts, or a number per observation: `quality.NAME` is a column of the
 * shown result, `statistic.NAME` a statistic of the input, `unit.LAYER.NUMBER` the activation of a neuron. "cluster" is the visual
 * cluster within its class.
 */
export type ColorBy = "class" | "value" | "predicted" | "cluster" | `quality.${string}` | `statistic.${string}` | UnitColorText;

export const isColorBy = (text: string): text is ColorBy => /^(class|value|predicted|cluster|(quality|statistic)\.[\w.-]{1,80})$/.test(text) || unitColorOf(text) !== null;

export const CHAPTERS = ["pixels", "directions", "distances", "neighbours"] as const;
export type Chapter = (typeof CHAPTERS)[number];

export interface Workspace {
  view: ViewName;
  run: string | null;
  epoch: number | null;
  layer: string | null;
  method: string | null;
  /** Only what differs from the method's defaults; the seed is one of them. */
  parameters: Parameters;
  comparison: Comparison;
  hiddenClasses: readonly number[];
  /** Rows of the sample, ascending. */
  selection: readonly number[];
  /** The one observation that the inspector shows in detail. */
  primary: number | null;
  /** Units of the layer, ascending: columns of its activations, or channels where those are pooled. */
  units: readonly number[];
  /** The one unit that is looked at closely. */
  unit: number | null;
  camera: Camera;
  orbit: Orbit;
  color: ColorBy;
  /** The two layouts of the comparison "pair": `m.METHOD` or `d.` and the beginning of a result's digest; null for the usual one. */
  left: string | null;
  right: string | null;
  /** Whether both look from the same place; the right one's own place otherwise. */
  linked: boolean;
  rightEye: Eye;
  chapter: Chapter;
  /** Input features that lie along the two axes in the chapter "pixels". */
  features: readonly [number, number] | null;
  palette: PaletteName;
  insets: boolean;
  tool: Tool;
  /** Whether the panel for an observation of one's own is open. */
  trying: boolean;
  evolution: Evolution;
  neurons: Neurons;
  weights: Weights;
  classes: Classes;
}

/** The workspace without what changes many times a second while a person moves the picture. */
export type Still = Omit<Workspace, "camera" | "orbit" | "rightEye" | "evolution" | "weights"> & { evolution: StillEvolution; weights: StillWeights };
export const MOVING = ["camera", "orbit", "rightEye"] as const;

export const INITIAL: Workspace = {
  view: "overview",
  run: null,
  epoch: null,
  layer: null,
  method: null,
  parameters: {},
  comparison: "training",
  hiddenClasses: [],
  selection: [],
  primary: null,
  units: [],
  unit: null,
  camera: HOME,
  orbit: FRONT,
  color: "class",
  left: null,
  right: null,
  linked: true,
  rightEye: { camera: HOME, orbit: FRONT },
  chapter: "pixels",
  features: null,
  palette: "category10",
  insets: false,
  tool: "pan",
  trying: false,
  evolution: EVOLUTION,
  neurons: NEURONS,
  weights: WEIGHTS,
  classes: CLASSES,
};

export type SelectionMode = "replace" | "add" | "remove";

/** The selection after a gesture; rows stay ascending and unique. Both lists are ascending. */
export function combine(current: readonly number[], found: readonly number[], mode: SelectionMode): number[] {
  if (mode === "replace") {
    return [...found].sort((a, b) => a - b);
  }
  const rows: number[] = [];
  const sorted = [...found].sort((a, b) => a - b);
  let [one, two] = [0, 0];
  while (one < current.length || two < sorted.length) {
    const [a, b] = [current[one] ?? Infinity, sorted[two] ?? Infinity];
    if (mode === "add" || (a < b && mode === "remove")) {
      rows.push(Math.min(a, b));
    }
    one += a <= b ? 1 : 0;
    two += b <= a ? 1 : 0;
  }
  return rows;
}

/** Cmd or Ctrl adds, Alt removes, otherwise the gesture starts over. */
export function selectionMode(keys: { ctrlKey: boolean; metaKey: boolean; altKey: boolean }): SelectionMode {
  if (keys.altKey) {
    return "remove";
  }
  return keys.ctrlKey || keys.metaKey ? "add" : "replace";
}
