/** The observations' pictures: rows of the sample as pixels, ready for canvases. */
import type { ImageShape } from "../server/types";

export interface ImageSource {
  shape: ImageShape;
  /** [channel, row, col] of one observation; null while it is not here */
  row(row: number): Uint8Array | null;
}

/** One image as RGBA pixels: one channel is grey, three are red, green and blue. */
export function pixels(image: Uint8Array, { channels, rows, cols }: ImageShape): Uint8ClampedArray<ArrayBuffer> {
  const size = rows * cols;
  const rgba = new Uint8ClampedArray(size * 4);
  for (let pixel = 0; pixel < size; pixel++) {
    for (let channel = 0; channel < 3; channel++) {
      rgba[pixel * 4 + channel] = image[(channels >= 3 ? channel * size : 0) + pixel];
    }
    rgba[pixel * 4 + 3] = 255;
  }
  return rgba;
}

/** Draws one observation at its own size into a canvas, pixel for pixel; leaves an empty square while it is not here. */
export function drawObservation(canvas: HTMLCanvasElement, source: ImageSource, row: number): void {
  const { rows, cols } = source.shape;
  const image = source.row(row);
  canvas.width = cols;
  canvas.height = rows;
  if (image !== null) {
    canvas.getContext("2d")!.putImageData(new ImageData(pixels(image, source.shape), cols, rows), 0, 0);
  }
}

/** One observation as a PNG address, for SVG files. */
export function dataUrl(source: ImageSource, row: number): string {
  const canvas = document.createElement("canvas");
  drawObservation(canvas, source, row);
  return canvas.toDataURL("image/png");
}
