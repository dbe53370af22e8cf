import type { Quality } from "../server/types";
import { decimals, percent } from "./words";

const HIT = (quality: Quality) =>
  `Neighborhood hit: the share of each observation's ${quality.k} nearest neighbours in the picture that have its class. ` +
  `In the layer's own space it is ${percent(quality.neighborhoodHitOwnSpace)}; with classes scattered at random it would be ${percent(quality.neighborhoodHitBaseline)}.`;

const TRUST = (quality: Quality) =>
  `Trustworthiness: how far the ${quality.trustworthinessK} nearest neighbours in the picture are near in the layer's own space too; 1 is perfect, about 0.5 is chance.`;

/** The two numbers that say how far to trust a picture. */
export function QualityNumbers({ quality }: { quality: Quality }) {
  return (
    <dl className="quality" data-testid="quality">
      <div title={HIT(quality)}>
        <dt>NH</dt>
        <dd>{percent(quality.neighborhoodHit)}</dd>
      </div>
      <div title={TRUST(quality)}>
        <dt>trust</dt>
        <dd>{decimals(quality.trustworthiness)}</dd>
      </div>
    </dl>
  );
}

/** The same numbers in a sentence. */
export function QualitySentence({ quality }: { quality: Quality }) {
  return (
    <p className="sentence" data-testid="quality-sentence">
      Of each point's {quality.k} nearest neighbours in this picture,{" "}
      <strong title={HIT(quality)}>{percent(quality.neighborhoodHit)}</strong> have its class (neighborhood hit);{" "}
      {percent(quality.neighborhoodHitOwnSpace)} in the layer's own space, {percent(quality.neighborhoodHitBaseline)} by
      chance. Trustworthiness <strong title={TRUST(quality)}>{decimals(quality.trustworthiness)}</strong> of 1.
    </p>
  );
}
