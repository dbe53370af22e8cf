import type { SequenceQuality } from "../../server/types";
import { decimals, percent } from "../../parts/words";
import { useNearestStep } from "./useMoment";

/** How far to trust the present step: aligned as it is drawn, unaligned, and in its own space. */
export function StepNumbers({ quality, short = false }: { quality: SequenceQuality; short?: boolean }) {
  const nearest = useNearestStep(quality.steps.length);
  const step = quality.steps[nearest];
  if (step === undefined) {
    return null;
  }
  const share = (value: number | null | undefined) => (value == null ? "–" : percent(value));
  const labelled = step.alignedNeighborhoodHit != null;
  return (
    <dl className="quality step-quality" data-testid="step-quality" title={step.warning ?? undefined}>
      {labelled ? (
        <>
          <div title={`Of each point's ${quality.k} nearest neighbours in this picture at ${step.name}, the share with its class`} data-warning={step.warning !== null}>
            <dt>NH aligned</dt>
            <dd>{share(step.alignedNeighborhoodHit)}</dd>
          </div>
          {!short && (
            <div title="The same in a layout of this step alone">
              <dt>unaligned</dt>
              <dd>{share(step.unalignedNeighborhoodHit)}</dd>
            </div>
          )}
          <div title="The same among the activations themselves">
            <dt>own space</dt>
            <dd>{share(step.ownNeighborhoodHit)}</dd>
          </div>
        </>
      ) : (
        <div title="Whether points that are near in the picture are near in the step's own space; 1 is perfect">
          <dt>trust</dt>
          <dd>{step.alignedTrustworthiness == null ? "–" : decimals(step.alignedTrustworthiness)}</dd>
        </div>
      )}
      {!short && (
        <div title="Scale-optimal stress of this step: how badly distances are kept; 0 is perfect">
          <dt>stress</dt>
          <dd>{step.alignedStress == null ? "–" : decimals(step.alignedStress)}</dd>
        </div>
      )}
    </dl>
  );
}
