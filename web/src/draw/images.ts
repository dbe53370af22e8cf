/** The observations' pictures: rows of the sample as pixels, ready for canvases. */
import type { ImageShape } from "../server/types";

export interface ImageSource {
  /** [observation, channel, row, col] */
  images: Uint8Array;
  shape: ImageShape;
}

/** One observation as RGBA pixels: one channel is grey, three are red, green and blue. */
export function pixels({ images, shape }: ImageSource, row: number): Uint8ClampedArray<ArrayBuffer> {
  const { channels, rows, cols } = shape;
  const size = rows * cols;
  const start = row * channels * size;
  const rgba = new Uint8ClampedArray(size * 4);
  for (let pixel = 0; pixel < size; pixel++) {
    for (let channel = 0; channel < 3; channel++) {
      rgba[pixel * 4 + channel] = images[start + (channels >= 3 ? channel * size : 0) + pixel];
    }
    rgba[pixel * 4 + 3] = 255;
  }
  return rgba;
}

/** Draws one observation at its own size into a canvas, pixel for pixel. */
export function drawObservation(canvas: HTMLCanvasElement, source: ImageSource, row: number): void {
  const { rows, cols } = source.shape;
  canvas.width = cols;
  canvas.height = rows;
  canvas.getContext("2d")!.putImageData(new ImageData(pixels(source, row), cols, rows), 0, 0);
}

/** One observation as a PNG address, for SVG files. */
export function dataUrl(source: ImageSource, row: number): string {
  const canvas = document.createElement("canvas");
  drawObservation(canvas, source, row);
  return canvas.toDataURL("image/png");
}
