import { useEffect, useState } from "react";
import { type Situation, useApp, useWeights } from "../../parts/app";
import { measured } from "../../parts/words";
import type { Distance } from "../../state/distributions";
import { encoded, type Standing, useAt, useChooseLayer } from "./standing";

/** The server is asked where the slider comes to rest, not on its way. */
const RESTS_MS = 400;

/** How far the weights of two models, or of two epochs of one, are from each other. */
export function Distances({ situation, standing }: { situation: Situation; standing: Standing }) {
  const { library } = useApp();
  const [{ against }, change] = useWeights();
  const choose = useChooseLayer(situation);
  const at = useRested(useAt(situation, standing.epochs));
  const { chosen, reports } = standing;
  const nearest = (run: string): number | null => reports.get(run)?.epochs.findLast(({ epoch }) => epoch <= at)?.epoch ?? null;
  const one = chosen[0]?.name;
  if (one === undefined || !reports.has(one)) {
    return null;
  }
  const two = against === null && chosen.length > 1 ? chosen[1].name : one;
  const from = two !== one ? nearest(two) : (against ?? reports.get(one)!.epochs[0]?.epoch ?? null);
  const to = nearest(one);
  const same = two === one && from === to;
  const answer = from === null || to === null || same ? undefined : library.json<{ tensors: readonly Distance[] }>(`weights/distances?a=${encoded(one)}/${to}&b=${encoded(two)}/${from}`);
  return (
    <section className="distances" aria-labelledby="distances-title" data-testid="distances">
      <h2 id="distances-title">How far apart</h2>
      <label className="field">
        <span>
          {one}, epoch {to ?? "–"} and
        </span>
        <select value={against ?? "other"} data-testid="against" onChange={(event) => change({ against: event.target.value === "other" ? null : Number(event.target.value) })}>
          <option value="other">{chosen.length > 1 ? `${chosen[1].name}, epoch ${nearest(chosen[1].name) ?? "–"}` : `its epoch ${reports.get(one)!.epochs[0]?.epoch ?? "–"}`}</option>
          {reports.get(one)!.epochs.map(({ epoch }) => (
            <option key={epoch} value={epoch}>
              its epoch {epoch}
            </option>
          ))}
        </select>
      </label>
      {same ? (
        <p className="sentence">The same epoch of the same model: move the slider, or choose another.</p>
      ) : answer === undefined ? (
        <p className="sentence" role="status">
          Measuring
        </p>
      ) : (
        <table>
          <thead>
            <tr>
              <th scope="col">layer</th>
              <th scope="col" title="Kolmogorov-Smirnov: the largest difference between the two cumulative distributions, 0 to 1">
                KS
              </th>
              <th scope="col" title="how far values would have to be moved on average to make one distribution the other">
                Wasserstein
              </th>
            </tr>
          </thead>
          <tbody>
            {answer.tensors.map((tensor, at) => (
              <Row key={`${tensor.layer} ${tensor.kind} ${at}`} tensor={tensor} current={tensor.layer === standing.layer && tensor.kind === standing.kind} onChoose={() => choose(tensor.layer)} />
            ))}
          </tbody>
        </table>
      )}
      {answer !== undefined && !same && <Exactness tensors={answer.tensors} />}
    </section>
  );
}

function Row({ tensor, current, onChoose }: { tensor: Distance; current: boolean; onChoose(): void }) {
  const { layer, kind, ks, wasserstein, exact, why } = tensor;
  const name = (
    <th scope="row">
      <button type="button" className="quiet" onClick={onChoose}>
        {layer}
      </button>
      <span className="secondary">{kind}</span>
    </th>
  );
  if (ks == null || wasserstein == null) {
    return (
      <tr>
        {name}
        <td colSpan={2} className="why">
          {why ?? "no distance"}
        </td>
      </tr>
    );
  }
  return (
    <tr aria-current={current ? "true" : undefined} title={exact === true ? "exact, from all values" : `from the histograms: KS within ${spanned(ks, tensor.ksMost, (value) => value.toFixed(3))}, Wasserstein within ${spanned(tensor.wassersteinLeast, tensor.wassersteinMost, measured)}`}>
      {name}
      <td>
        {exact === true ? ks.toFixed(3) : spanned(ks, tensor.ksMost, (value) => value.toFixed(3))}
      </td>
      <td>
        {measured(wasserstein)}
        {exact !== true && <span className="within">{spanned(tensor.wassersteinLeast, tensor.wassersteinMost, measured)}</span>}
      </td>
    </tr>
  );
}

/** "0.012 to 0.014", or one number where both are written the same. */
function spanned(least: number | null | undefined, most: number | null | undefined, words: (value: number) => string): string {
  const [low, high] = [least, most].map((value) => (value == null ? "?" : words(value)));
  return low === high ? low : `${low} to ${high}`;
}

function Exactness({ tensors }: { tensors: readonly Distance[] }) {
  const measuredOnes = tensors.filter(({ ks }) => ks != null);
  const exact = measuredOnes.filter((tensor) => tensor.exact === true).length;
  const words =
    measuredOnes.length === 0 ? "" : exact === measuredOnes.length ? "All are exact: snapshots of both are kept." : exact === 0 ? "From the histograms, within the ranges shown: no snapshot of one of the two is kept." : `${exact} of ${measuredOnes.length} are exact; the others come from histograms, within the ranges shown.`;
  return <p className="sentence" data-testid="exactness">{words}</p>;
}

function useRested(at: number): number {
  const [rested, setRested] = useState(at);
  useEffect(() => {
    const timer = setTimeout(() => setRested(at), RESTS_MS);
    return () => clearTimeout(timer);
  }, [at]);
  return rested;
}
