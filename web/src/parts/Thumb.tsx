import { memo, useEffect, useRef } from "react";
import { drawObservation } from "../draw/images";
import { useLibrary } from "./app";

/** One observation's picture, its own pixels enlarged without smoothing. */
export const Thumb = memo(function Thumb({ row, edge }: { row: number; edge: number }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { observations } = useLibrary();
  useEffect(() => {
    if (canvas.current !== null && observations !== null && row < observations.labels.length) {
      drawObservation(canvas.current, observations, row);
    }
  }, [observations, row]);
  return <canvas ref={canvas} className="thumb" data-row={row} style={{ width: edge, height: edge }} aria-hidden="true" />;
});
