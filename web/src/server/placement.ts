/** What the server says of a new observation (docs/http.md, POST api/place/{digest}). */

export interface PlacedNeighbour {
  observation: number;
  distance: number;
  label: number | null;
}

export interface PlacedUnit {
  unit: number;
  activation: number;
  mean: number;
  /** Standard deviations above the sample's mean; null for a unit that never varies. */
  z: number | null;
}

export interface PlacedStep {
  name: string;
  source: { run?: string; epoch?: number; layer: string };
  percentile: number;
  prediction: number[] | null;
}

export interface Placement {
  digest: string;
  kind: "projection" | "sequence";
  method: string;
  /** The vectors that neighbours and units are about. */
  source: { run?: string; epoch?: number; layer: string };
  step: number;
  position: number[];
  /** One for each step; of a projection the one. */
  positions: number[][];
  steps: PlacedStep[];
  neighbours: PlacedNeighbour[];
  inputNeighbours: PlacedNeighbour[];
  metric: string;
  prediction: number[] | null;
  units: PlacedUnit[];
  unusual: PlacedUnit[];
  pooling: string | null;
  input: { shape: number[]; low: number; high: number; mean: number; pixels: string | null; made: string };
  far: { percentile: number; nearest: number; median: number; of: number; warning: string | null };
  quality: { observations: number; median: number; upper: number; chance: number; sentence: string };
}
