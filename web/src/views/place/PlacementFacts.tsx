import { useEffect, useMemo, useRef, useState } from "react";
import { pixels } from "../../draw/images";
import { type Situation, useApp, useCell } from "../../parts/app";
import { useMarks } from "../../parts/coloring";
import { Bars } from "../../parts/Bars";
import { Seen } from "../../parts/Seen";
import { decimals, measured, percent } from "../../parts/words";
import type { PlacedNeighbour, Placement } from "../../server/placement";
import { thingsOf } from "../../state/brought";
import { bytesOf } from "../../state/tried";
import { lookAtUnit } from "../neurons/common/place";

/** So many classes have a bar. */
const CLASSES = 10;

/** What is known of what was drawn: prediction, neighbours, units, and how far to trust its place. */
export function PlacementFacts({ situation }: { situation: Situation }) {
  const { tried } = useApp();
  const { placement, problem, asking } = useCell(tried);
  return (
    <div className="try-facts" data-testid="try-facts" data-asking={asking}>
      <p className="unseen" role="status">
        {placement === null ? "" : said(placement, situation.study.dataset.classNames)}
      </p>
      {problem !== null && (
        <p className="problem" role="alert">
          {problem}
        </p>
      )}
      {placement !== null && <Facts placement={placement} situation={situation} />}
    </div>
  );
}

function said({ prediction, neighbours, far }: Placement, names: readonly string[]): string {
  const winner = prediction === null ? -1 : prediction.indexOf(Math.max(...prediction));
  return [
    winner < 0 ? "" : `Taken for ${names[winner]}, ${percent(prediction![winner], 0)}.`,
    neighbours.length === 0 ? "" : `Nearest observation: ${neighbours[0].observation}${neighbours[0].label === null ? "" : `, class ${names[neighbours[0].label]}`}.`,
    far.warning === null ? "" : "Nothing in the sample is like it.",
  ].join(" ");
}

function Facts({ placement, situation }: { placement: Placement; situation: Situation }) {
  const marks = useMarks(null);
  const { prediction, far, quality, source, input } = placement;
  const names = situation.study.dataset.classNames;
  const most = useMemo(() => (prediction === null ? [] : strongest(prediction)), [prediction]);
  return (
    <>
      {far.warning !== null && (
        <p className="warning" data-testid="try-far">
          Far from everything: {far.warning}.
        </p>
      )}
      <div className="try-input">
        {input.pixels !== null && <ExactInput placement={placement} />}
        <p className="sentence">
          The network&rsquo;s exact input, {situation.observations.texts === null ? input.shape.join(" × ") : `${input.shape[0]} tokens`}, numbers from {measured(input.low)} to {measured(input.high)}
          {situation.observations.texts === null ? `: ${input.made}` : ""}.
        </p>
      </div>
      {prediction !== null && (
        <Bars
          title={`Prediction${source.epoch === undefined ? "" : ` by ${source.run}, epoch ${source.epoch}`}`}
          names={most.map((label) => names[label] ?? String(label))}
          values={most.map((label) => prediction[label])}
          colors={most.map((label) => marks?.colors[label] ?? "")}
          text={(value) => (value < 0.0005 ? "0" : percent(value, value > 0.9995 ? 0 : 1))}
          strong={most.indexOf(prediction.indexOf(Math.max(...prediction)))}
          full={1}
        />
      )}
      <Neighbours title={`Nearest in ${source.layer}`} neighbours={placement.neighbours} names={names} />
      {placement.inputNeighbours.length > 0 && <Neighbours title={`Nearest as ${thingsOf(situation.study)}`} neighbours={placement.inputNeighbours} names={names} />}
      {source.run !== undefined && <Units placement={placement} />}
      <p className="sentence" data-testid="try-quality">
        How far to trust the place: {quality.sentence}. Its nearest neighbour is nearer than those of {Math.round(100 - far.percentile)} % of the sample are to theirs.
      </p>
    </>
  );
}

/** The most probable classes, in the order of the classes. */
function strongest(prediction: readonly number[]): number[] {
  const order = prediction.map((_, label) => label).sort((a, b) => prediction[b] - prediction[a] || a - b);
  return order.slice(0, CLASSES).sort((a, b) => a - b);
}

function ExactInput({ placement: { input } }: { placement: Placement }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [channels, rows, cols] = input.shape;
  useEffect(() => {
    if (canvas.current !== null && input.pixels !== null) {
      canvas.current.width = cols;
      canvas.current.height = rows;
      canvas.current.getContext("2d")!.putImageData(new ImageData(pixels(bytesOf(input.pixels), { channels, rows, cols }), cols, rows), 0, 0);
    }
  }, [input.pixels, channels, rows, cols]);
  return <canvas ref={canvas} className="thumb" data-testid="try-input" role="img" aria-label="The image as the network gets it" />;
}

function Neighbours({ title, neighbours, names }: { title: string; neighbours: readonly PlacedNeighbour[]; names: readonly string[] }) {
  const { store, pointer } = useApp();
  const hovered = useCell(pointer).row;
  const hover = (row: number | null) => pointer.set({ ...pointer.get(), row });
  return (
    <div className="try-neighbours">
      <h4>{title}</h4>
      <div className="images">
        {neighbours.map(({ observation, distance, label }) => (
          <button
            key={observation}
            type="button"
            className={`image${observation === hovered ? " hovered" : ""}`}
            data-row={observation}
            aria-label={`Observation ${observation}${label === null ? "" : `, class ${names[label]}`}, distance ${measured(distance)}`}
            title={`${label === null ? "" : `${names[label]}, `}distance ${measured(distance)}`}
            onPointerEnter={() => hover(observation)}
            onPointerLeave={() => hover(null)}
            onClick={() => store.change({ primary: observation })}
          >
            <Seen row={observation} edge={36} />
          </button>
        ))}
      </div>
    </div>
  );
}

function Units({ placement }: { placement: Placement }) {
  const { store } = useApp();
  const [unusual, setUnusual] = useState(false);
  const { source, units, pooling } = placement;
  const word = pooling === "none" ? "neuron" : "channel";
  const go = (unit: number) => lookAtUnit(store, unit, { run: source.run!, epoch: source.epoch!, layer: source.layer });
  return (
    <div className="try-units">
      <h4>
        <label>
          <span className="unseen">Which units</span>
          <select value={unusual ? "unusual" : "strongest"} onChange={(event) => setUnusual(event.target.value === "unusual")}>
            <option value="strongest">Strongest {word}s</option>
            <option value="unusual">Most unusual {word}s</option>
          </select>
        </label>
      </h4>
      <table className="try-table">
        <thead>
          <tr>
            <th scope="col">{word}</th>
            <th scope="col">activation</th>
            <th scope="col" title="Standard deviations above its mean over the sample">
              z
            </th>
          </tr>
        </thead>
        <tbody>
          {(unusual ? placement.unusual : units).slice(0, 8).map(({ unit, activation, z }) => (
            <tr key={unit}>
              <th scope="row">
                <button type="button" className="quiet" data-testid={`try-unit-${unit}`} title={`What ${word} ${unit} does`} onClick={() => go(unit)}>
                  {unit}
                </button>
              </th>
              <td>{measured(activation)}</td>
              <td>{z === null ? "–" : decimals(z, 1)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
