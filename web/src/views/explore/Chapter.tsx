import { useCallback, useState } from "react";
import { fitLayout } from "../../draw/camera";
import { Locator } from "../../draw/locator";
import { type Situation, useApp } from "../../parts/app";
import { useColoring, useMarks } from "../../parts/coloring";
import { pointPicture, provenance, savePicture } from "../../parts/saving";
import { SaveMenu } from "../../parts/SaveMenu";
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
  const { library, store } = useApp();
  const marks = useMarks(situation.predictions, kept, true);
  const coloring = useColoring(situation.predictions, kept);
  const save = (kind: "svg" | "png") => {
    if (marks === null) {
      return;
    }
    const { camera, orbit, chapter } = store.get();
    const locator = new Locator(fixed ? layout : fitLayout(layout, dims), dims, dims === 3 ? orbit : { yaw: 0, pitch: 0 });
    const lines = kept === null ? [...provenance(situation, null), `${description}${live ? " Still moving." : ""} Inscape ${situation.study.version}`] : provenance(situation, kept);
    const picture = pointPicture(situation, { title: description.replace(/\.$/, ""), provenance: lines, flat: locator.flat(), depth: locator.depth(), marks, coloring, camera });
    savePicture(kind, picture, `inscape-explore-${chapter}`).catch((error: unknown) => library.notify(error));
  };
  const common = { layout, dims, kept, predictions: situation.predictions };
  if (broken !== null) {
    return <Still {...common} label={description} />;
  }
  return (
    <>
      <Plane {...common} live={live} waiting={false} fixed={fixed} description={description} onFailed={failed} plain {...(onPull === undefined ? {} : { onPull })}>
        {children}
      </Plane>
      <SaveMenu className="chapter-save" onSave={save} />
    </>
  );
}
