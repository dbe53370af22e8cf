import { memo, useEffect, useRef, useSyncExternalStore } from "react";
import { drawObservation } from "../draw/images";
import type { Pictures } from "../state/pictures";
import { useLibrary } from "./app";

/** One observation's picture, its own pixels enlarged without smoothing; an empty square while it is on its way. */
export const Thumb = memo(function Thumb({ row, edge }: { row: number; edge: number }) {
  const { observations } = useLibrary();
  const pictures = observations?.pictures ?? null;
  return pictures === null || row >= pictures.count ? null : <Shown row={row} edge={edge} pictures={pictures} />;
});

function Shown({ row, edge, pictures }: { row: number; edge: number; pictures: Pictures }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const here = useSyncExternalStore(pictures.subscribe, () => pictures.has(row));
  useEffect(() => {
    if (canvas.current !== null) {
      drawObservation(canvas.current, pictures, row);
    }
  }, [pictures, row, here]);
  return <canvas ref={canvas} className="thumb" data-row={row} data-here={here} style={{ width: edge, height: edge }} aria-hidden="true" />;
}
