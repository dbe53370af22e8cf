/** The images of up to five thousand observations, pixel by pixel: loaded once per study. */
import { useEffect, useState } from "react";
import { useApp } from "../../parts/app";
import type { Pictures } from "../../state/pictures";
import { type PixelColumns, pixelColumns } from "./linear";

const MOST = 5120;
const BLOCK = 128;

let loaded: { pictures: Pictures; columns: PixelColumns } | null = null;

/** Blocks that lie evenly over all observations. */
export function spread(count: number): [number, number][] {
  if (count <= MOST) {
    return [[0, count]];
  }
  const blocks = MOST / BLOCK;
  return Array.from({ length: blocks }, (_, at) => {
    const from = Math.floor((at * (count - BLOCK)) / (blocks - 1));
    return [from, from + BLOCK];
  });
}

async function load(pictures: Pictures): Promise<PixelColumns> {
  const ranges = spread(pictures.count);
  const parts = await Promise.all(ranges.map(([from, to]) => pictures.range(from, to)));
  const total = parts.reduce((sum, part) => sum + part.length, 0);
  const images = new Uint8Array(total);
  let at = 0;
  for (const part of parts) {
    images.set(part, at);
    at += part.length;
  }
  const rows = Uint32Array.from(ranges.flatMap(([from, to]) => Array.from({ length: to - from }, (_, step) => from + step)));
  const { channels, rows: height, cols } = pictures.shape;
  return pixelColumns(rows, images, channels, height * cols);
}

/** null while they are on their way, and for data without images. */
export function useColumns(pictures: Pictures | null): PixelColumns | null {
  const { library } = useApp();
  const [columns, setColumns] = useState<PixelColumns | null>(loaded !== null && loaded.pictures === pictures ? loaded.columns : null);
  useEffect(() => {
    let here = true;
    if (pictures !== null && columns === null) {
      load(pictures).then(
        (found) => {
          loaded = { pictures, columns: found };
          if (here) {
            setColumns(found);
          }
        },
        (error: unknown) => library.notify(error),
      );
    }
    return () => {
      here = false;
    };
  }, [pictures, columns, library]);
  return columns;
}
