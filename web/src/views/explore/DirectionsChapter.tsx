import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { type Situation } from "../../parts/app";
import { whole } from "../../parts/words";
import { Chapter, ChapterPlane } from "./Chapter";
import { along, centred, meanImage, painted, type PixelColumns, principal, pulled, scattered, unit } from "./linear";
import { PixelGrid } from "./PixelGrid";
import { useColumns } from "./useColumns";

/** The weights of the two axes. */
type Pair = readonly [Float32Array, Float32Array];
type Brush = 1 | -1 | 0;
const BRUSHES: [Brush, string][] = [[1, "Add"], [-1, "Take"], [0, "Wipe"]];
const AXES = ["across", "up"] as const;

/** Any straight view: each axis is an image of weights, painted by hand or pulled at. */
export function DirectionsChapter({ situation }: { situation: Situation }) {
  const columns = useColumns(situation.observations.pictures);
  if (situation.observations.pictures === null) {
    return (
      <div className="empty" role="status">
        <h3>These data are no images.</h3>
        <p>Directions are painted on images. The other chapters work with any vectors.</p>
      </div>
    );
  }
  if (columns === null) {
    return (
      <div className="empty" role="status">
        <h3>Reading the pixels</h3>
      </div>
    );
  }
  return <Directions columns={columns} situation={situation} />;
}

/** Units of the picture per unit of a weighted sum, so that the first view fills the panel and later ones stay comparable. */
function reach(sums: readonly Float32Array[]): number {
  let most = 1e-9;
  for (const axis of sums) {
    for (const value of axis) {
      most = Math.max(most, Math.abs(value));
    }
  }
  return 1 / most;
}

function Directions({ columns, situation }: { columns: PixelColumns; situation: Situation }) {
  const { study, observations } = situation;
  const { count, pictures } = observations;
  const cols = pictures!.shape.cols;
  const mean = useMemo(() => meanImage(columns), [columns]);
  const start = useMemo(() => principal(columns), [columns]);
  const [weights, setWeights] = useState<Pair>(start);
  const [brush, setBrush] = useState<Brush>(1);
  const scale = useMemo(() => reach(start.map((direction) => along(columns, direction, mean))), [columns, start, mean]);
  const layout = useMemo(() => {
    const [xs, ys] = weights.map((direction) => along(columns, direction, mean).map((value) => value * scale));
    return scattered(count, columns.rows, xs, ys);
  }, [weights, columns, mean, scale, count]);

  // Many pointer events may come before the next picture: they add up and are drawn once.
  const newest = useRef<Pair>([start[0], start[1]]);
  const frame = useRef(0);
  const change = useCallback((by: (before: Pair) => Pair) => {
    newest.current = by(newest.current);
    cancelAnimationFrame(frame.current);
    frame.current = requestAnimationFrame(() => setWeights(newest.current));
  }, []);
  useEffect(() => () => cancelAnimationFrame(frame.current), []);

  const at = useMemo(() => new Map(Array.from(columns.rows, (row, index) => [row, index])), [columns]);
  const pull = useCallback(
    (row: number, byX: number, byY: number) => {
      const index = at.get(row);
      if (index !== undefined) {
        const image = centred(columns, index, mean);
        change(([x, y]) => [pulled(x, image, byX / scale), pulled(y, image, byY / scale)]);
      }
    },
    [at, columns, mean, scale, change],
  );
  const set = (axis: 0 | 1, direction: Float32Array) => change(([x, y]) => (axis === 0 ? [direction, y] : [x, direction]));
  const paint = (axis: 0 | 1) => (_: number, row: number, col: number) =>
    change((before) => {
      const most = before[axis].reduce((high, value) => Math.max(high, Math.abs(value)), 0.02);
      const next = painted(before[axis], cols, row, col, brush * most * 0.35);
      return axis === 0 ? [next, before[1]] : [before[0], next];
    });
  const names = study.dataset.classNames;
  return (
    <Chapter
      picture={
        <ChapterPlane situation={situation} layout={layout} fixed onPull={pull} description={`${columns.rows.length} observations along two painted directions.`}>
          {columns.rows.length < count && (
            <p className="thinned">
              {whole(columns.rows.length)} of {whole(count)} images, taken evenly
            </p>
          )}
        </ChapterPlane>
      }
    >
      <p>
        Instead of one pixel, an axis can weigh all of them: blue-green ones push an image one way, brown ones the other. It begins with the two directions in which the images differ most (PCA).
      </p>
      <div className="weight-images">
        {([0, 1] as const).map((axis) => (
          <div key={axis}>
            <span className="weight-title">{axis === 0 ? "→ across" : "↑ up"}</span>
            <PixelGrid id={`weights-${AXES[axis]}`} values={weights[axis]} cols={cols} signed stroke label={`Weights of the axis ${AXES[axis]}`} onPixel={paint(axis)} />
            <Preset axis={axis} names={names} start={start} columns={columns} labels={observations.labels} onSet={(direction) => set(axis, direction)} />
          </div>
        ))}
      </div>
      <div className="chapter-row">
        <span className="field">Brush</span>
        <div className="segments" role="group" aria-label="Brush">
          {BRUSHES.map(([value, text]) => (
            <button key={text} type="button" aria-pressed={brush === value} onClick={() => setBrush(value)}>
              {text}
            </button>
          ))}
        </div>
        <button type="button" className="quiet" data-testid="directions-home" onClick={() => change(() => [start[0], start[1]])}>
          Start over
        </button>
      </div>
      <p className="sentence">
        <strong>Pull a point</strong>: the axes turn so that it follows, and images like it come along. Paint on the axes to do it by hand. No straight view pulls all classes apart, however long one tries.
      </p>
    </Chapter>
  );
}

interface PresetProps {
  axis: 0 | 1;
  names: readonly string[];
  start: readonly Float32Array[];
  columns: PixelColumns;
  labels: Uint16Array;
  onSet(direction: Float32Array): void;
}

/** Directions to take: where images differ most, or from one class to the others. */
function Preset({ axis, names, start, columns, labels, onSet }: PresetProps) {
  const choose = (value: string) => {
    if (value.startsWith("pca")) {
      onSet(start[Number(value.slice(3))]);
    } else if (value.startsWith("class")) {
      const label = Number(value.slice(5));
      const [inside, outside] = [meanImage(columns, (row) => labels[row] === label), meanImage(columns, (row) => labels[row] !== label)];
      onSet(unit(inside.map((value, pixel) => value - outside[pixel])));
    }
  };
  return (
    <select value="" aria-label={`Direction for the axis ${AXES[axis]}`} data-testid={`direction-${AXES[axis]}`} onChange={(event) => choose(event.target.value)}>
      <option value="">Choose …</option>
      <option value="pca0">Most spread</option>
      <option value="pca1">Second most</option>
      {names.map((name, label) => (
        <option key={label} value={`class${label}`}>
          Towards class {name}
        </option>
      ))}
    </select>
  );
}
