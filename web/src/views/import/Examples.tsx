import { useEffect, useMemo, useRef, useState } from "react";
import { exampleImages, type ExampleImages, examplePixels } from "../../draw/examples";
import { measured, whole } from "../../parts/words";
import type { Column } from "../../server/columns";

/** So many channels of the chosen example are drawn one by one. */
const CHANNELS = 6;
/** So many numbers of a row are written out. */
const WRITTEN = 8;

/** Up to twelve observations exactly as the network sees them. */
export function Examples({ examples }: { examples: Column<Float32Array> }) {
  const images = useMemo(() => exampleImages(examples), [examples]);
  return images === null ? <Rows examples={examples} /> : <Pictures images={images} />;
}

function Pictures({ images }: { images: ExampleImages }) {
  const [asked, setAsked] = useState(0);
  const chosen = Math.min(asked, images.count - 1);
  const { count, channels, rows, cols, facts } = images;
  const names = channels === 3 ? ["first (red, unless blue comes first)", "second", "third"] : [];
  return (
    <div className="examples" data-testid="examples">
      <p className="sentence">
        {count === 1 ? "One observation" : `${whole(count)} observations`} as the network sees them, {channels} × {rows} × {cols}. For the eye each channel runs from its lowest number, black, to its highest, white.
      </p>
      <div className="example-grid">
        {Array.from({ length: count }, (_, example) => (
          <button key={example} type="button" aria-pressed={example === chosen} aria-label={`Example ${example + 1}`} onClick={() => setAsked(example)}>
            <Picture images={images} example={example} channel={null} />
          </button>
        ))}
      </div>
      <div className="example-channels">
        {facts.slice(0, CHANNELS).map(({ low, high, mean }, channel) => (
          <figure key={channel}>
            <Picture images={images} example={chosen} channel={channel} />
            <figcaption title={names[channel]}>
              <strong>{channels === 1 ? "The channel" : `Channel ${channel + 1}`}</strong>
              <span>
                {measured(low)} to {measured(high)}
              </span>
              <span>mean {measured(mean)}</span>
            </figcaption>
          </figure>
        ))}
        {channels > CHANNELS && <p className="sentence">and {whole(channels - CHANNELS)} more channels</p>}
      </div>
    </div>
  );
}

function Picture({ images, example, channel }: { images: ExampleImages; example: number; channel: number | null }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { rows, cols } = images;
  useEffect(() => {
    const context = canvas.current?.getContext("2d");
    context?.putImageData(new ImageData(examplePixels(images, example, channel), cols, rows), 0, 0);
  }, [images, example, channel, rows, cols]);
  return <canvas ref={canvas} width={cols} height={rows} aria-hidden="true" data-small={Math.max(rows, cols) < 64} />;
}

/** Vectors and token numbers are written, not drawn. */
function Rows({ examples }: { examples: Column<Float32Array> }) {
  const [count, ...rest] = examples.shape;
  const columns = rest.reduce((product, axis) => product * axis, 1);
  const shown = Math.min(columns, WRITTEN);
  return (
    <div className="examples" data-testid="examples">
      <p className="sentence">
        {count === 1 ? "One observation" : `${whole(count)} observations`} as the network sees them, {whole(columns)} numbers each{columns > WRITTEN ? `; the first ${WRITTEN}:` : ":"}
      </p>
      <div className="scroll-table" tabIndex={0} role="group" aria-label="The network's input in numbers">
        <table className="fact-table example-rows">
          <tbody>
            {Array.from({ length: count }, (_, row) => (
              <tr key={row}>
                <th scope="row">{row + 1}</th>
                {Array.from({ length: shown }, (_, column) => (
                  <td key={column} className="number">
                    {measured(examples.values[row * columns + column])}
                  </td>
                ))}
                {columns > shown && <td>…</td>}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}
