/**
 * A canvas to draw on: an image of the data set's size, each of its pixels a square of canvas pixels, so that what is not drawn on
 * keeps its exact value. Knows nothing about React or the server.
 */
import type { ImageShape } from "../server/types";
import { pixels } from "./images";

/** About how many canvas pixels the longer side has. */
const SIDE = 280;
const MOST_UNDONE = 20;

export interface Brush {
  /** In pixels of the data set's images. */
  width: number;
  color: string;
}

export class Pad {
  readonly scale: number;
  private readonly context: CanvasRenderingContext2D;
  private readonly undone: ImageData[] = [];
  private last: [number, number] | null = null;
  private drawn = false;

  constructor(
    readonly canvas: HTMLCanvasElement,
    readonly shape: ImageShape,
  ) {
    this.scale = Math.max(1, Math.round(SIDE / Math.max(shape.rows, shape.cols)));
    canvas.width = shape.cols * this.scale;
    canvas.height = shape.rows * this.scale;
    this.context = canvas.getContext("2d", { willReadFrequently: true })!;
    this.fill();
  }

  /** Whether nothing is on it. */
  get empty(): boolean {
    return !this.drawn;
  }

  get undoable(): boolean {
    return this.undone.length > 0;
  }

  begin(x: number, y: number, brush: Brush): void {
    this.remember();
    this.last = [x, y];
    this.stroke(x, y, brush);
  }

  /** Goes on with a stroke; does nothing where none was begun. Positions are in canvas pixels. */
  stroke(x: number, y: number, { width, color }: Brush): void {
    if (this.last === null) {
      return;
    }
    const { context } = this;
    context.strokeStyle = color;
    context.lineWidth = width * this.scale;
    context.lineCap = "round";
    context.lineJoin = "round";
    context.beginPath();
    context.moveTo(...this.last);
    context.lineTo(x + 0.01, y);
    context.stroke();
    this.last = [x, y];
    this.drawn = true;
  }

  end(): void {
    this.last = null;
  }

  clear(): void {
    this.remember();
    this.fill();
    this.drawn = false;
  }

  undo(): void {
    const before = this.undone.pop();
    if (before !== undefined) {
      this.context.putImageData(before, 0, 0);
      const { data } = before;
      this.drawn = data.some((value, at) => at % 4 !== 3 && value !== 0);
    }
  }

  invert(): void {
    this.remember();
    const image = this.whole();
    image.data.forEach((value, at) => {
      image.data[at] = at % 4 === 3 ? value : 255 - value;
    });
    this.context.putImageData(image, 0, 0);
    this.drawn = true;
  }

  /** Moves everything by so many pixels of the data set. */
  shift(right: number, down: number): void {
    this.remember();
    const image = this.whole();
    this.fill();
    this.context.putImageData(image, right * this.scale, down * this.scale);
  }

  /** Starts from an image of the data set, `[channel, row, col]`. */
  observation(image: Uint8Array): void {
    const { rows, cols } = this.shape;
    const small = new OffscreenCanvas(cols, rows);
    small.getContext("2d")!.putImageData(new ImageData(pixels(image, this.shape), cols, rows), 0, 0);
    this.picture(small, false);
  }

  /** Starts from a picture of any size: all of it, its aspect kept, in the middle. */
  picture(source: ImageBitmap | OffscreenCanvas, smooth = true): void {
    this.remember();
    this.fill();
    const { canvas, context } = this;
    const scale = Math.min(canvas.width / source.width, canvas.height / source.height);
    const [width, height] = [source.width * scale, source.height * scale];
    context.imageSmoothingEnabled = smooth && (source.width !== this.shape.cols || source.height !== this.shape.rows);
    context.imageSmoothingQuality = "high";
    context.drawImage(source, (canvas.width - width) / 2, (canvas.height - height) / 2, width, height);
    this.drawn = true;
  }

  /** What is drawn, as a PNG file. */
  file(): Promise<Blob> {
    return new Promise((resolve, reject) => {
      this.canvas.toBlob((blob) => (blob === null ? reject(new Error("the drawing could not be packed as a PNG")) : resolve(blob)), "image/png");
    });
  }

  private fill(): void {
    this.context.fillStyle = "#000";
    this.context.fillRect(0, 0, this.canvas.width, this.canvas.height);
  }

  private whole(): ImageData {
    return this.context.getImageData(0, 0, this.canvas.width, this.canvas.height);
  }

  private remember(): void {
    this.undone.push(this.whole());
    if (this.undone.length > MOST_UNDONE) {
      this.undone.shift();
    }
  }
}
