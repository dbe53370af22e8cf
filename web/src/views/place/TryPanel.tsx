import { useCallback, useState } from "react";
import { type Situation, useApp, useWorkspace } from "../../parts/app";
import { whyNotPlaced } from "../../state/brought";
import { looksLikeMnist } from "../../state/tried";
import { DrawingPad } from "./DrawingPad";
import { PlacementFacts } from "./PlacementFacts";
import { TextBox } from "./TextBox";
import { type Drawing, usePlacing } from "./usePlacing";

interface TryProps {
  situation: Situation;
  /** The kept layout to place into; null while there is none. */
  digest: string | null;
  /** Of a sequence: the step that is looked at. */
  step?: number | null;
}

/** A drawing, a file, a text or a changed observation of one's own, placed into the shown layout. */
export function TryPanel(props: TryProps) {
  const { store } = useApp();
  const { trying } = useWorkspace();
  const { shape, kind } = props.situation.study.dataset;
  if (shape === null && kind !== "texts") {
    return null;
  }
  return (
    <section className="try-panel" data-testid="try" aria-label="Try your own">
      <header>
        <h3>Try your own</h3>
        <button type="button" className="quiet" data-testid="try-toggle" aria-expanded={trying} onClick={() => store.change({ trying: !trying })}>
          {trying ? "Close" : kind === "texts" ? "Write one" : "Draw or open one"}
        </button>
      </header>
      {trying && <Opened {...props} />}
    </section>
  );
}

function Opened({ situation, digest, step = null }: TryProps) {
  const { dataset } = situation.study;
  const texts = dataset.kind === "texts";
  const why = whyNotPlaced(situation);
  const [drawing, setDrawing] = useState<Drawing | null>(null);
  const [centre, setCentre] = useState(looksLikeMnist(dataset.name));
  const { placeAgain } = usePlacing(digest, step, drawing, centre);
  const changed = useCallback(
    (now: Drawing | null) => {
      setDrawing(now);
      placeAgain();
    },
    [placeAgain],
  );
  if (why !== null) {
    return (
      <p className="sentence" data-testid="try-why">
        {why}
      </p>
    );
  }
  return (
    <>
      {digest === null && <p className="sentence">A new observation is placed into a kept layout. Compute this one first.</p>}
      {texts ? (
        <TextBox situation={situation} onChange={changed} />
      ) : (
        <>
          <DrawingPad situation={situation} shape={dataset.shape!} onChange={changed} onObservation={() => setCentre(false)} />
          <label className="try-centre">
            <input type="checkbox" data-testid="try-centre" checked={centre} onChange={(event) => setCentre(event.target.checked)} />
            Centre and scale as MNIST
          </label>
        </>
      )}
      <PlacementFacts situation={situation} />
    </>
  );
}
