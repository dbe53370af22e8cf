import type { Quality } from "../server/types";
import { type Figure, figures, finite, hitCurve, hitOf, type HitPoint, standsOn } from "../state/quality";
import { decimals, percent } from "./words";

function hitText(quality: Quality): string {
  const [own, chance] = [finite(quality.neighborhoodHitOwnSpace), finite(quality.neighborhoodHitBaseline)];
  return (
    `Neighborhood hit: the share of each observation's ${quality.k ?? "nearest"} nearest neighbours in the picture that have its class.` +
    (own === null ? "" : ` In the layer's own space it is ${percent(own)}`) +
    (chance === null ? "" : `; with classes scattered at random it would be ${percent(chance)}.`)
  );
}

const trustText = (quality: Quality): string =>
  `Trustworthiness: how far the ${quality.trustworthinessK ?? ""} nearest neighbours in the picture are near in the layer's own space too; 1 is perfect, about 0.5 is chance.`;

/** The two numbers that say how far to trust a picture. */
export function QualityNumbers({ quality }: { quality: Quality }) {
  const [hit, trust] = [hitOf(quality), finite(quality.trustworthiness)];
  return (
    <dl className="quality" data-testid="quality">
      {hit !== null && (
        <div title={hitText(quality)}>
          <dt>NH</dt>
          <dd>{percent(hit)}</dd>
        </div>
      )}
      {trust !== null && (
        <div title={trustText(quality)}>
          <dt>trust</dt>
          <dd>{decimals(trust)}</dd>
        </div>
      )}
    </dl>
  );
}

/** The same numbers in a sentence. */
export function QualitySentence({ quality }: { quality: Quality }) {
  const [hit, own, chance, trust] = [hitOf(quality), finite(quality.neighborhoodHitOwnSpace), finite(quality.neighborhoodHitBaseline), finite(quality.trustworthiness)];
  return (
    <p className="sentence" data-testid="quality-sentence">
      {hit !== null && (
        <>
          Of each point's {quality.k} nearest neighbours in this picture, <strong title={hitText(quality)}>{percent(hit)}</strong> have its class (neighborhood hit)
          {own !== null && `; ${percent(own)} in the layer's own space`}
          {chance !== null && `, ${percent(chance)} by chance`}.{" "}
        </>
      )}
      {trust !== null && (
        <>
          Trustworthiness <strong title={trustText(quality)}>{decimals(trust)}</strong> of 1.
        </>
      )}
    </p>
  );
}

const written = ({ share }: Figure, value: number | null): string => (value === null ? "" : share ? percent(value) : decimals(value));

/** All figures, each beside the own space and chance where they are known, with a line that says what it means. */
export function QualityBlock({ quality, total }: { quality: Quality; total: number }) {
  const found = figures(quality);
  const stands = standsOn(quality, total);
  const compared = found.some(({ own, baseline }) => own !== null || baseline !== null);
  if (found.length === 0) {
    return null;
  }
  return (
    <table className="quality-block" data-testid="quality-block">
      <caption>How far to trust it</caption>
      <thead>
        <tr>
          <th scope="col">
            <span className="unseen">figure</span>
          </th>
          <th scope="col">picture</th>
          {compared && <th scope="col" title="The same figure among the activations or inputs themselves, before projecting">own space</th>}
          {compared && <th scope="col" title="What a picture with its points scattered at random would get">chance</th>}
        </tr>
      </thead>
      {found.map((figure) => (
        <tbody key={figure.key} data-figure={figure.key}>
          <tr>
            <th scope="row">{figure.title}</th>
            <td>{written(figure, figure.value)}</td>
            {compared && <td>{written(figure, figure.own)}</td>}
            {compared && <td>{written(figure, figure.baseline)}</td>}
          </tr>
          {figure.text !== "" && (
            <tr className="explains">
              <td colSpan={compared ? 4 : 2}>
                {figure.text}
                {figure.key === "neighborhoodHit" && <HitCurve curve={hitCurve(quality)} />}
              </td>
            </tr>
          )}
        </tbody>
      ))}
      {stands !== null && (
        <tfoot>
          <tr>
            <td colSpan={compared ? 4 : 2}>{stands}</td>
          </tr>
        </tfoot>
      )}
    </table>
  );
}

const [WIDTH, HEIGHT, LEFT, BOTTOM] = [248, 76, 34, 18];

/** The hit over the number of neighbours that are asked, beside the own space. */
function HitCurve({ curve }: { curve: HitPoint[] }) {
  if (curve.length < 2) {
    return null;
  }
  const values = curve.flatMap(({ hit, own }) => (own === null ? [hit] : [hit, own]));
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const [first, last] = [curve[0].k, curve[curve.length - 1].k];
  const x = (k: number) => LEFT + (Math.log(k / first) / Math.log(last / first)) * (WIDTH - LEFT - 8);
  const y = (value: number) => 6 + (1 - (high > low ? (value - low) / (high - low) : 0.5)) * (HEIGHT - BOTTOM - 12);
  const line = (of: (point: HitPoint) => number | null) =>
    curve.flatMap((point) => (of(point) === null ? [] : [`${x(point.k).toFixed(1)},${y(of(point)!).toFixed(1)}`])).join(" ");
  const words = curve.map(({ k, hit, own }) => `${k} neighbours ${percent(hit)}${own === null ? "" : `, own space ${percent(own)}`}`).join("; ");
  return (
    <svg className="hit-curve" width={WIDTH} height={HEIGHT} role="img" aria-label={`Neighborhood hit by number of neighbours: ${words}`}>
      <title>Solid: the picture; dashed: the own space; over the number of neighbours</title>
      {(high > low ? [high, low] : [low]).map((value) => (
        <text key={value} x={LEFT - 4} y={y(value)} dy="0.32em" textAnchor="end">
          {Math.round(value * 100)} %
        </text>
      ))}
      <polyline className="own" points={line(({ own }) => own)} />
      <polyline points={line(({ hit }) => hit)} />
      {curve.map(({ k, hit }) => (
        <circle key={k} cx={x(k)} cy={y(hit)} r="2" />
      ))}
      {curve.filter((_, at) => at % Math.ceil(curve.length / 6) === 0 || at === curve.length - 1).map(({ k }) => (
        <text key={k} x={x(k)} y={HEIGHT - 4} textAnchor="middle">
          {k}
        </text>
      ))}
    </svg>
  );
}
