import { useEffect, useMemo, useState } from "react";
import { type Situation, useApp, useWorkspace } from "../../parts/app";
import { Chapter, ChapterPlane } from "./Chapter";
import { hair, meanImage, tellingPixels } from "./linear";
import { PixelGrid } from "./PixelGrid";
import { useColumns } from "./useColumns";

/** The simplest picture: two of the numbers as the two axes. */
export function PixelsChapter({ situation }: { situation: Situation }) {
  const { store, library } = useApp();
  const workspace = useWorkspace();
  const { study, observations } = situation;
  const { pictures, count } = observations;
  const columns = useColumns(pictures);
  const [next, setNext] = useState<0 | 1>(0);
  const most = pictures === null ? (study.dataset.columns ?? 2) : pictures.shape.rows * pictures.shape.cols;
  const suggested = useMemo((): [number, number] | null => (columns !== null ? tellingPixels(columns) : pictures === null ? [0, Math.min(1, most - 1)] : null), [columns, pictures, most]);
  const asked = workspace.features?.every((feature) => feature < most) ? workspace.features : suggested;
  const values = usePair(asked, library);
  const layout = useMemo(() => (values === null ? null : placed(values, count)), [values, count]);
  const mean = useMemo(() => (columns === null ? null : meanImage(columns)), [columns]);
  const choose = (at: 0 | 1, feature: number) => {
    const pair: [number, number] = [asked?.[0] ?? 0, asked?.[1] ?? 1];
    pair[at] = feature;
    store.change({ features: pair });
    setNext(at === 0 ? 1 : 0);
  };
  const cols = pictures?.shape.cols ?? 0;
  const name = (feature: number) => (pictures === null ? `feature ${feature}` : `pixel in row ${Math.floor(feature / cols) + 1}, column ${(feature % cols) + 1}`);
  return (
    <Chapter
      picture={
        layout === null || asked === null ? (
          <div className="empty" role="status">
            <h3>Reading the {pictures === null ? "features" : "pixels"}</h3>
          </div>
        ) : (
          <ChapterPlane situation={situation} layout={layout} fixed description={`All ${count} observations by ${name(asked[0])} and ${name(asked[1])}.`}>
            <div className="pixel-axes" aria-hidden="true">
              <span className="axis-across">
                {name(asked[0])}: {pictures === null ? "low → high" : "dark → bright"}
              </span>
              <span className="axis-up">
                {name(asked[1])}: {pictures === null ? "low → high" : "dark → bright"}
              </span>
            </div>
          </ChapterPlane>
        )
      }
    >
      <p>
        {pictures === null
          ? "A row is a list of numbers. Take two of them: one says how far right a row lies, the other how far up."
          : "An image is a list of numbers, one per pixel. Take two of them: one says how far right an image lies, the other how far up. Click the two pixels on the mean of all images."}
      </p>
      {mean !== null && asked !== null && (
        <>
          <PixelGrid
            id="pixel-picker"
            values={mean}
            cols={cols}
            label={`Mean image. The next pixel becomes the ${next === 0 ? "horizontal" : "vertical"} axis`}
            marks={[{ pixel: asked[0], text: "x" }, { pixel: asked[1], text: "y" }]}
            onPixel={(pixel) => choose(next, pixel)}
          />
          <div className="chapter-row">
            <span className="field">Next click sets</span>
            <div className="segments" role="group" aria-label="Axis that the next click sets">
              {(["x", "y"] as const).map((axis, at) => (
                <button key={axis} type="button" aria-pressed={next === at} onClick={() => setNext(at as 0 | 1)}>
                  {axis}
                </button>
              ))}
            </div>
          </div>
        </>
      )}
      {pictures === null && asked !== null && (
        <div className="chapter-row">
          {([0, 1] as const).map((at) => (
            <label key={at} className="field">
              {at === 0 ? "across" : "up"}
              <input type="number" min={0} max={most - 1} value={asked[at]} data-testid={`feature-${at}`} onChange={(event) => choose(at, Math.max(0, Math.min(most - 1, Math.round(Number(event.target.value) || 0))))} />
            </label>
          ))}
        </div>
      )}
      <p className="sentence">
        {pictures === null
          ? "Most pairs say little by themselves: what is apart in all dimensions lies on top of each other in two."
          : "Most pixels say little by themselves: the classes lie on top of each other. A pixel that is bright in one class and dark in another separates them a little."}
      </p>
      <p className="sentence">Points are moved by a hair, so that equal ones do not hide each other.</p>
    </Chapter>
  );
}

/** [observation * 2 + axis]; null while it is on its way. */
function usePair(pair: readonly [number, number] | null, library: ReturnType<typeof useApp>["library"]): Float32Array | null {
  const [values, setValues] = useState<Float32Array | null>(null);
  const [one, two] = pair ?? [null, null];
  useEffect(() => {
    let here = true;
    if (one !== null && two !== null) {
      library.features([one, two]).then(
        (found) => here && setValues(found),
        (error: unknown) => library.notify(error),
      );
    }
    return () => {
      here = false;
    };
  }, [one, two, library]);
  return values;
}

/** Each axis spans the panel by itself: the two numbers need not have the same range. */
function placed(values: Float32Array, count: number): Float32Array {
  const layout = new Float32Array(count * 2);
  for (const axis of [0, 1]) {
    let [low, high] = [Infinity, -Infinity];
    for (let row = 0; row < count; row++) {
      low = Math.min(low, values[row * 2 + axis]);
      high = Math.max(high, values[row * 2 + axis]);
    }
    for (let row = 0; row < count; row++) {
      layout[row * 2 + axis] = ((values[row * 2 + axis] - low) / (high - low || 1) - 0.5) * 1.76 + hair(row, axis) * 0.05;
    }
  }
  return layout;
}
