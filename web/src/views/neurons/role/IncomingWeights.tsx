import { useEffect, useRef, useState } from "react";
import { signedCss, signedRamp, signedStep } from "../../../draw/signed";
import { useApp, useCell } from "../../../parts/app";
import { measured, whole } from "../../../parts/words";
import { asPictures, type Incoming } from "./profile";

/** Kernels that are drawn; a unit may have hundreds. */
const MOST_KERNELS = 64;

/** What comes into a neuron: its weights as a picture where they have places, its strongest senders otherwise. */
export function IncomingWeights({ incoming, onOpen }: { incoming: Incoming; onOpen(unit: number, layer: string): void }) {
  const { weights, bias, senders, sender, strongest, shape } = incoming;
  const pictures = asPictures(shape, weights.length);
  const of = pictures === null || pictures.channels === 1 ? `${whole(senders)} weights` : `${whole(pictures.channels)} kernels of ${pictures.rows} x ${pictures.cols}`;
  return (
    <figure className="unit-figure unit-incoming" data-testid="incoming">
      <figcaption>
        What comes in <span className="secondary">{of} from {sender === null || sender === "input" ? "the input" : sender}{bias !== null && bias !== undefined ? `, bias ${measured(bias)}` : ""}</span>
      </figcaption>
      {pictures !== null && <WeightPictures weights={weights} {...pictures} />}
      {strongest.length > 0 && sender !== null && sender !== "input" && <Senders strongest={strongest} sender={sender} onOpen={onOpen} />}
      {pictures === null && strongest.length === 0 && <p className="sentence">{incoming.why ?? "This layer takes its values without weights of its own."}</p>}
    </figure>
  );
}

function Senders({ strongest, sender, onOpen }: { strongest: Incoming["strongest"]; sender: string; onOpen(unit: number, layer: string): void }) {
  const most = Math.max(...strongest.map(({ weight }) => Math.abs(weight)), 1e-12);
  return (
    <table className="bars unit-profile" data-testid="senders">
      <caption>Strongest senders in {sender}</caption>
      <tbody>
        {strongest.map(({ unit, weight }) => {
          const share = (50 * Math.abs(weight)) / most;
          return (
            <tr key={unit}>
              <th scope="row">
                <button type="button" className="unit-chip" title={`Show the role of neuron ${unit} of ${sender}`} onClick={() => onOpen(unit, sender)}>
                  {unit}
                </button>
              </th>
              <td className="bar-cell">
                <span className={`signed-bar ${weight < 0 ? "negative" : "positive"}`} style={{ left: `${weight < 0 ? 50 - share : 50}%`, width: `${share}%` }} />
                <span className="zero-line" style={{ left: "50%" }} />
              </td>
              <td className="bar-number">{measured(weight)}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

interface PicturesProps {
  weights: readonly number[];
  channels: number;
  rows: number;
  cols: number;
}

/** All on one scale, 0 in its middle. */
function WeightPictures({ weights, channels, rows, cols }: PicturesProps) {
  const theme = useCell(useApp().theme);
  const [read, setRead] = useState<string | null>(null);
  const most = weights.reduce((found, weight) => Math.max(found, Math.abs(weight)), 0);
  const shown = Math.min(channels, MOST_KERNELS);
  const edge = channels === 1 ? 168 : Math.max(24, Math.min(72, cols * 10));
  const [least, largest] = [Math.min(...weights), Math.max(...weights)];
  return (
    <>
      <div className="kernels" role="img" aria-label={`Incoming weights as ${channels === 1 ? "a picture" : `${channels} pictures`}, brown below 0 and green above, from ${measured(least)} to ${measured(largest)}`}>
        {Array.from({ length: shown }, (_, channel) => (
          <Kernel key={channel} weights={weights} channel={channel} channels={channels} rows={rows} cols={cols} most={most} edge={edge} onRead={setRead} />
        ))}
      </div>
      {shown < channels && <p className="secondary">{whole(channels - shown)} more kernels are not drawn.</p>}
      <div className="unit-ends signed-ends">
        <span>−{measured(most)}</span>
        <i style={{ background: signedCss("weights", theme) }} />
        <span>{measured(most)}</span>
      </div>
      <p className="unit-reading" aria-hidden="true">
        {read ?? "Point at it to read a weight."}
      </p>
    </>
  );
}

function Kernel(props: PicturesProps & { channel: number; most: number; edge: number; onRead(text: string | null): void }) {
  const { weights, channel, channels, rows, cols, most, edge, onRead } = props;
  const theme = useCell(useApp().theme);
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const element = canvas.current!;
    [element.width, element.height] = [cols, rows];
    const picture = new ImageData(cols, rows);
    const colors = signedRamp("weights", theme);
    for (let at = 0; at < rows * cols; at++) {
      const [red, green, blue] = colors[signedStep(weights[channel * rows * cols + at], most)];
      picture.data.set([red, green, blue, 255], at * 4);
    }
    element.getContext("2d")!.putImageData(picture, 0, 0);
  }, [weights, channel, rows, cols, most, theme]);
  const point = (event: React.PointerEvent) => {
    const box = event.currentTarget.getBoundingClientRect();
    const col = Math.min(cols - 1, Math.max(0, Math.floor(((event.clientX - box.left) / box.width) * cols)));
    const row = Math.min(rows - 1, Math.max(0, Math.floor(((event.clientY - box.top) / box.height) * rows)));
    const place = `row ${row}, column ${col}${channels > 1 ? ` of kernel ${channel}` : ""}`;
    onRead(`${measured(weights[(channel * rows + row) * cols + col])} at ${place}`);
  };
  return <canvas ref={canvas} className="kernel" style={{ width: edge, height: (edge * rows) / cols }} onPointerMove={point} onPointerLeave={() => onRead(null)} />;
}
