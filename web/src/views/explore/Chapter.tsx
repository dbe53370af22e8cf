import { useCallback, useState } from "react";
import { type Situation } from "../../parts/app";
import { Still } from "../../parts/Still";
import type { Dims, KeptResult } from "../../state/library";
import { Plane } from "../projection/Plane";

/** Words and controls on the left, the picture on the right. */
export function Chapter({ children, picture }: { children: React.ReactNode; picture: React.ReactNode }) {
  return (
    <div className="chapter">
      <div className="chapter-words" tabIndex={0} role="group" aria-label="About this picture">
        {children}
      </div>
      <div className="chapter-picture">{picture}</div>
    </div>
  );
}

interface ChapterPlaneProps {
  situation: Situation;
  layout: Float32Array;
  dims?: Dims;
  live?: boolean;
  kept?: KeptResult | null;
  fixed?: boolean;
  description: string;
  onPull?: (row: number, byX: number, byY: number) => void;
  children?: React.ReactNode;
}

/** The picture of a chapter; without WebGL a still one. */
export function ChapterPlane({ situation, layout, dims = 2, live = false, kept = null, fixed = false, description, onPull, children }: ChapterPlaneProps) {
  const [broken, setBroken] = useState<string | null>(null);
  const failed = useCallback((message: string) => setBroken(message), []);
  const common = { layout, dims, kept, predictions: situation.predictions };
  if (broken !== null) {
    return <Still {...common} label={description} />;
  }
  return (
    <Plane {...common} live={live} waiting={false} fixed={fixed} description={description} onFailed={failed} plain {...(onPull === undefined ? {} : { onPull })}>
      {children}
    </Plane>
  );
}
