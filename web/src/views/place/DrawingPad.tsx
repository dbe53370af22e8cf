import { type DragEvent, type PointerEvent, useEffect, useRef, useState } from "react";
import { Pad } from "../../draw/pad";
import { type Situation, useApp, useWorkspace } from "../../parts/app";
import type { ImageShape } from "../../server/types";
import type { Drawing } from "./usePlacing";

interface PadProps {
  situation: Situation;
  shape: ImageShape;
  onChange(drawing: Drawing | null): void;
  /** The drawing begins with an observation of the data set, which is centred already. */
  onObservation(): void;
}

const SHIFTS = [
  ["←", "left", -1, 0],
  ["→", "right", 1, 0],
  ["↑", "up", 0, -1],
  ["↓", "down", 0, 1],
] as const;

/** Where a person draws with pointer or finger, or puts a file. Everything but drawing itself can be done by keyboard. */
export function DrawingPad({ situation, shape, onChange, onObservation }: PadProps) {
  const { library } = useApp();
  const { primary } = useWorkspace();
  const canvas = useRef<HTMLCanvasElement>(null);
  const pad = useRef<Pad | null>(null);
  const chooser = useRef<HTMLInputElement>(null);
  const [width, setWidth] = useState(usualWidth(shape));
  const [color, setColor] = useState("#ffffff");
  const [undoable, setUndoable] = useState(false);
  const [empty, setEmpty] = useState(true);
  const { rows, cols, channels } = shape;
  const pictures = situation.observations.pictures;
  const image = primary === null || pictures === null || primary >= pictures.count ? null : primary;

  useEffect(() => {
    pad.current = new Pad(canvas.current!, { channels, rows, cols });
  }, [channels, rows, cols]);

  const tell = () => {
    const now = pad.current!;
    setUndoable(now.undoable);
    setEmpty(now.empty);
    onChange(now.empty ? null : now);
  };
  const act = (what: (now: Pad) => void) => () => {
    what(pad.current!);
    tell();
  };
  const at = (event: { clientX: number; clientY: number }): [number, number] => {
    const box = canvas.current!.getBoundingClientRect();
    const times = canvas.current!.width / box.width;
    return [(event.clientX - box.left) * times, (event.clientY - box.top) * times];
  };
  const brush = { width, color: channels === 3 ? color : grey(color) };
  const draw = (event: PointerEvent) => {
    const events = event.nativeEvent.getCoalescedEvents?.() ?? [];
    (events.length > 0 ? events : [event.nativeEvent]).forEach((one) => pad.current!.stroke(...at(one), brush));
  };

  const open = async (file: File | undefined) => {
    if (file === undefined) {
      return;
    }
    try {
      const picture = await createImageBitmap(file);
      pad.current!.picture(picture);
      picture.close();
      tell();
    } catch {
      library.notify(new Error(`${file.name} is no image that the browser can read; choose a PNG, JPEG, BMP or GIF file.`));
    }
  };
  const dropped = (event: DragEvent) => {
    event.preventDefault();
    void open(event.dataTransfer.files[0]);
  };
  const observation = () => {
    const pixels = image === null ? null : (pictures?.row(image) ?? null);
    if (pixels !== null) {
      onObservation();
      pad.current!.observation(pixels);
      tell();
    }
  };

  return (
    <div className="try-pad">
      <canvas
        ref={canvas}
        data-testid="try-canvas"
        style={{ aspectRatio: `${cols} / ${rows}` }}
        role="img"
        aria-label="Drawing area for pointer and finger. By keyboard: choose a file or start from the selected observation, then shift or invert it."
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          pad.current!.begin(...at(event), brush);
          tell();
        }}
        onPointerMove={(event) => {
          if (event.currentTarget.hasPointerCapture(event.pointerId)) {
            draw(event);
            tell();
          }
        }}
        onPointerUp={() => pad.current!.end()}
        onPointerCancel={() => pad.current!.end()}
        onDragOver={(event) => event.preventDefault()}
        onDrop={dropped}
      />
      <div className="try-tools">
        <label>
          Brush
          <input type="range" min={0.5} max={Math.max(4, usualWidth(shape) * 2)} step={0.25} value={width} aria-valuetext={`${width} pixels of the image`} onChange={(event) => setWidth(event.target.valueAsNumber)} />
        </label>
        <label>
          {channels === 3 ? "Colour" : "Grey"}
          <input type="color" value={color} onChange={(event) => setColor(event.target.value)} />
        </label>
        <div className="try-row">
          <button type="button" className="quiet" disabled={!undoable} onClick={act((now) => now.undo())}>
            Undo
          </button>
          <button type="button" className="quiet" data-testid="try-clear" disabled={empty} onClick={act((now) => now.clear())}>
            Clear
          </button>
          <button type="button" className="quiet" disabled={empty} onClick={act((now) => now.invert())}>
            Invert
          </button>
        </div>
        <div className="try-row" role="group" aria-label="Shift by a pixel of the image">
          {SHIFTS.map(([sign, way, right, down]) => (
            <button key={way} type="button" className="quiet" aria-label={`Shift ${way}`} disabled={empty} onClick={act((now) => now.shift(right, down))}>
              {sign}
            </button>
          ))}
        </div>
      </div>
      <div className="try-sources">
        <button type="button" className="secondary-button" onClick={() => chooser.current!.click()}>
          Choose a file
        </button>
        <button type="button" className="secondary-button" data-testid="try-observation" disabled={image === null} title={image === null ? "Click a point or an image first" : undefined} onClick={observation}>
          Selected observation
        </button>
        <input
          ref={chooser}
          type="file"
          accept="image/*"
          hidden
          data-testid="try-file"
          aria-label="Image file"
          onChange={(event) => {
            void open(event.target.files?.[0]);
            event.target.value = "";
          }}
        />
      </div>
    </div>
  );
}

/** Strokes of MNIST are a little more than two pixels wide; those on larger images as wide in proportion. */
const usualWidth = ({ rows, cols }: ImageShape): number => Math.round((2.25 * Math.max(rows, cols)) / 28 / 0.25) * 0.25;

/** The luminance of a colour: a grey image has no other. */
function grey(color: string): string {
  const [red, green, blue] = [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16));
  const value = Math.round(0.299 * red + 0.587 * green + 0.114 * blue);
  return `rgb(${value} ${value} ${value})`;
}
