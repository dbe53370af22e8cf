import { lazy, Suspense, useCallback, useMemo, useState } from "react";
import type { Column } from "../../../server/columns";
import type { Situation } from "../../../parts/app";
import { Still } from "../../../parts/Still";
import { whole } from "../../../parts/words";
import { readPredictions } from "../../../state/predictions";
import { moment } from "./moment";

const Plane = lazy(async () => ({ default: (await import("../../projection/Plane")).Plane }));

/** The last hidden layer before and after, in one space: the points glide from one to the other. */
export function Moved({ layout, layer, predictionsAfter, situation }: { layout: Column; layer: string | null; predictionsAfter: Column | undefined; situation: Situation }) {
  const [share, setShare] = useState(1);
  const [live, setLive] = useState(false);
  const [broken, setBroken] = useState(false);
  const failed = useCallback(() => setBroken(true), []);
  const { observations, predictions } = situation;
  const { values } = layout;
  const points = useMemo(() => moment(values as Float32Array, share), [values, share]);
  const after = useMemo(() => {
    const scores = predictionsAfter?.values;
    return scores instanceof Float32Array && scores.length === observations.count * (predictionsAfter?.shape[1] ?? 0) ? readPredictions(scores, predictionsAfter!.shape[1], observations.labels) : null;
  }, [predictionsAfter, observations]);
  const shown = share < 0.5 ? predictions : (after ?? predictions);
  const go = (to: number) => {
    setLive(false);
    setShare(to);
  };
  if (values.length !== observations.count * 4) {
    return null;
  }
  const label = `${layer ?? "The last hidden layer"} ${share < 0.5 ? "before" : "after"}, ${whole(observations.count)} points coloured by class`;
  return (
    <figure className="unit-figure moved" data-testid="moved" data-share={share}>
      <figcaption>
        {layer ?? "The last hidden layer"} before and after <span className="secondary">both in one space, so that a move is a change</span>
      </figcaption>
      <div className="unit-picture">
        {broken ? (
          <Still layout={points} dims={2} predictions={shown} label={label} color="class" />
        ) : (
          <Suspense fallback={null}>
            <Plane layout={points} dims={2} live={live} waiting={false} predictions={shown} kept={null} description={label} fixed onFailed={failed} />
          </Suspense>
        )}
      </div>
      <div className="role-row">
        <div className="segments small-segments" role="group" aria-label="Before or after">
          <button type="button" aria-pressed={share === 0} data-testid="moved-before" onClick={() => go(0)}>
            Before
          </button>
          <button type="button" aria-pressed={share === 1} data-testid="moved-after" onClick={() => go(1)}>
            After
          </button>
        </div>
        <input
          type="range"
          min="0"
          max="1"
          step="0.02"
          value={share}
          aria-label="From before to after"
          aria-valuetext={`${Math.round(share * 100)} % of the way from before to after`}
          onChange={(event) => {
            setLive(true);
            setShare(Number(event.target.value));
          }}
        />
        {shown !== null && (
          <span className="count">
            {whole(shown.wrongCount)} of {whole(observations.count)} wrong
          </span>
        )}
      </div>
    </figure>
  );
}
