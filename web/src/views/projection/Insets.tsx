import type { Inset } from "../../draw/insets";
import { Thumb } from "../../parts/Thumb";

export const INSET_EDGE = 28;
export const MOST_INSETS = 140;

/** Thumbnails beside their points, with leader lines. */
export function Insets({ placed, colorOf }: { placed: readonly Inset[]; colorOf: (row: number) => string }) {
  return (
    <div className="insets" data-testid="insets">
      <svg aria-hidden="true">
        {placed.map(({ row, x, y, pointX, pointY }) => (
          <line key={row} x1={pointX} y1={pointY} x2={x} y2={y} stroke={colorOf(row)} />
        ))}
      </svg>
      {placed.map(({ row, x, y }) => (
        <span
          key={row}
          className="inset"
          data-row={row}
          style={{ transform: `translate(${x - INSET_EDGE / 2}px, ${y - INSET_EDGE / 2}px)`, outlineColor: colorOf(row) }}
        >
          <Thumb row={row} edge={INSET_EDGE} />
        </span>
      ))}
    </div>
  );
}
