/** The places in the view that other parts fill: the field under the trails, its controls, and the panels beside the canvas. */
import type { Layer } from "@deck.gl/core";
import type { Theme } from "../../draw/palette";
import type { Situation } from "../../parts/app";
import type { SequenceShown } from "./shown";

export interface FieldPlace {
  /** null while no sequence is kept */
  shown: SequenceShown | null;
  theme: Theme;
  /** The control beside; its field is drawn as well. */
  control: boolean;
}

/** What lies under the trails. Positions are the canvas's: (layout - fit.middle) / fit.half, y upwards. */
export interface FieldPicture {
  layers: readonly Layer[];
  /** Where something moves by itself: asked before each picture for the layers of that moment, in seconds since the canvas began. */
  moving?: (seconds: number) => readonly Layer[];
  /** How strongly trails and points are drawn above it, 0..1; left out for as usual. */
  above?: number;
}

export interface FieldControlsProps {
  situation: Situation;
  shown: SequenceShown | null;
  /** Whether a drag on the canvas draws a region of the field instead of a lasso. */
  brushing: boolean;
  onBrushing(brushing: boolean): void;
}

export interface PanelProps {
  situation: Situation;
  shown: SequenceShown | null;
  control: SequenceShown | null;
}

/** In the row of controls, after those of the trails. */
export { FieldControls } from "./field/FieldControls";
export { useFieldLayers } from "./field/useFieldLayers";
/** Beside the canvas: who passes through the brushed region. */
export { RegionPanel } from "./field/RegionPanel";
/** Beside the canvas: how much of the picture alignment invented. */
export { HonestyPanel } from "./honesty/HonestyPanel";
/** Beside the canvas: which layers add anything. */
export { ProbePanel } from "./probe/ProbePanel";
