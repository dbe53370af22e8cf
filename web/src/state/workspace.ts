/** What the person looks at: one state for every view. All of it but the theme lives in the URL (see url.ts). */
import type { Parameters } from "../server/types";

export const VIEWS = ["overview", "projection", "compare"] as const;
export type ViewName = (typeof VIEWS)[number];

export const COMPARISONS = ["training", "epochs", "layers"] as const;
/** training: one layer before and after; epochs: one layer over all kept epochs; layers: all layers at one epoch. */
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
  camera: Camera;
  palette: PaletteName;
  insets: boolean;
  tool: Tool;
}

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
  camera: HOME,
  palette: "category10",
  insets: false,
  tool: "pan",
};

export type SelectionMode = "replace" | "add" | "remove";

/** The selection after a gesture; rows stay ascending and unique. */
export function combine(current: readonly number[], found: readonly number[], mode: SelectionMode): number[] {
  const rows = new Set(mode === "replace" ? [] : current);
  for (const row of found) {
    if (mode === "remove") {
      rows.delete(row);
    } else {
      rows.add(row);
    }
  }
  return [...rows].sort((a, b) => a - b);
}

/** Cmd or Ctrl adds, Alt removes, otherwise the gesture starts over. */
export function selectionMode(keys: { ctrlKey: boolean; metaKey: boolean; altKey: boolean }): SelectionMode {
  if (keys.altKey) {
    return "remove";
  }
  return keys.ctrlKey || keys.metaKey ? "add" : "replace";
}
