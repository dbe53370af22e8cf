import { type PointerEvent, useMemo, useState } from "react";
import { barsPath, binAt, edgeOf, type Frame, heightOf, heightTicks, type Heights, outlinePath, ridgeFrame, ticks, timeColor, xOf } from "../../draw/histogram";
import { TRAIL_GROUND, TRAIL_INK } from "../../draw/trailColors";
import type { Theme } from "../../draw/palette";
import { measured, percent, whole } from "../../parts/words";
import { epochIndex, type Histograms, type RunHistogram } from "../../state/distributions";
import type { Mode } from "../../state/weights";

export interface Drawn {
  all: Histograms;
  one: RunHistogram;
  heights: Heights;
  mode: Mode;
  at: number;
  theme: Theme;
  /** Colour of the accuracy at each of the run's epochs. */
  colors: readonly string[];
  /** [epoch of the run] */
  means: readonly (number | null)[];
}

export const PLOT_MARGINS = { left: 56, right: 10, top: 8, bottom: 24 };

export const frameOf = (width: number, height: number): Frame => ({ left: PLOT_MARGINS.left, right: width - PLOT_MARGINS.right, top: PLOT_MARGINS.top, bottom: height - PLOT_MARGINS.bottom });

/** One model's histogram at an epoch, or those of all epochs over or behind each other. */
export function Plot({ drawn, width, height, label }: { drawn: Drawn; width: number; height: number; label: string }) {
  const [pointed, setPointed] = useState<number | null>(null);
  const { all, one, at } = drawn;
  const frame = frameOf(width, height);
  const index = epochIndex(one.epochs, at);
  const point = (event: PointerEvent<SVGSVGElement>) => setPointed(binAt(all, frame, event.clientX - event.currentTarget.getBoundingClientRect().left));
  const count = pointed === null || index < 0 ? null : one.counts[index][pointed];
  return (
    <div className="histogram" data-mode={drawn.mode}>
      <svg width={width} height={height} role="img" aria-label={label} data-testid={`histogram-${one.run}`} data-epoch={one.epochs[index]} onPointerMove={point} onPointerLeave={() => setPointed(null)}>
        <Marks drawn={drawn} frame={frame} />
        {pointed !== null && <rect className="pointed-bin" x={xOf(all, frame, edgeOf(all, pointed))} width={(frame.right - frame.left) / all.bins} y={frame.top} height={frame.bottom - frame.top} />}
      </svg>
      {pointed !== null && count !== null && (
        <span className="pointed-words" style={{ left: frame.left + 4, top: frame.top }}>
          {measured(edgeOf(all, pointed))} to {measured(edgeOf(all, pointed + 1))}: {whole(count)} of {whole(one.outOf[index])}
        </span>
      )}
    </div>
  );
}

/** All that is drawn, for the page and for files. */
export function Marks({ drawn, frame }: { drawn: Drawn; frame: Frame }) {
  const { all, one, heights, mode, at, means } = drawn;
  const index = epochIndex(one.epochs, at);
  const floor = xOf(all, frame, 0);
  const mean = means[index] ?? null;
  const zero = floor >= frame.left && floor <= frame.right;
  return (
    <>
      {mode === "overlay" && <rect x={frame.left} y={frame.top} width={frame.right - frame.left} height={frame.bottom - frame.top} fill={TRAIL_GROUND[drawn.theme]} />}
      <Axes drawn={drawn} frame={frame} />
      {zero && <line className="zero" x1={floor} x2={floor} y1={frame.top} y2={frame.bottom} stroke={mode === "overlay" ? TRAIL_INK : "currentColor"} strokeOpacity="0.55" strokeDasharray="2 3" />}
      {mode === "single" && index >= 0 && <path className="bars" data-testid="bars" d={barsPath(all, frame, one.counts[index], Math.max(1, one.outOf[index]), heights)} fill={drawn.colors[index]} />}
      {mode === "overlay" && <Overlay drawn={drawn} frame={frame} index={index} />}
      {mode === "ridge" && <Ridge drawn={drawn} frame={frame} index={index} />}
      {mode !== "ridge" && mean !== null && <line className="mean" data-testid="mean" data-value={mean} x1={xOf(all, frame, mean)} x2={xOf(all, frame, mean)} y1={frame.top} y2={frame.bottom} stroke={meanColor(drawn)} strokeWidth="1.75" />}
    </>
  );
}

const meanColor = ({ mode, theme }: Pick<Drawn, "mode" | "theme">): string => (mode === "overlay" || theme === "dark" ? "#ff6a5f" : "#c8201a");

function Axes({ drawn: { all, heights, mode }, frame }: { drawn: Drawn; frame: Frame }) {
  const across = ticks(edgeOf(all, 0), edgeOf(all, all.bins), Math.max(2, Math.floor((frame.right - frame.left) / 90)));
  const up = mode === "ridge" ? [] : heightTicks(heights, Math.max(1, Math.floor((frame.bottom - frame.top) / 34)));
  const y = (share: number) => frame.bottom - heightOf(heights, share) * (frame.bottom - frame.top);
  return (
    <g className="axes" fontSize="12" fill="currentColor" fillOpacity="0.8" stroke="none">
      <line x1={frame.left} x2={frame.right} y1={frame.bottom + 0.5} y2={frame.bottom + 0.5} stroke="currentColor" strokeOpacity="0.35" />
      {across.map((value) => (
        <g key={value}>
          <line x1={xOf(all, frame, value)} x2={xOf(all, frame, value)} y1={frame.bottom} y2={frame.bottom + 4} stroke="currentColor" strokeOpacity="0.5" />
          <text x={xOf(all, frame, value)} y={frame.bottom + 17} textAnchor="middle" fontWeight={value === 0 ? 700 : 400}>
            {measured(value)}
          </text>
        </g>
      ))}
      {up.map((share) => (
        <g key={share}>
          <line x1={frame.left} x2={frame.right} y1={y(share)} y2={y(share)} stroke={mode === "overlay" ? TRAIL_INK : "currentColor"} strokeOpacity="0.13" />
          <text x={frame.left - 6} y={Math.max(frame.top + 9, y(share) + 4)} textAnchor="end">
            {shareText(share)}
          </text>
        </g>
      ))}
    </g>
  );
}

const shareText = (share: number): string => (share === 0 ? "0" : share >= 0.0995 ? percent(share, 0) : `${Number((share * 100).toPrecision(2))} %`);

/** Outlines of all epochs on a dark ground: dark early, bright late; the present one stands out. */
function Overlay({ drawn: { all, one, heights }, frame, index }: { drawn: Drawn; frame: Frame; index: number }) {
  const paths = useMemo(() => one.counts.map((counts, at) => outlinePath(all, frame, counts, one.outOf[at], heights)), [one, all, heights, frame.right, frame.bottom]);
  const last = Math.max(1, paths.length - 1);
  return (
    <g fill="none" data-testid="overlay">
      {paths.map((path, at) => (
        <path key={at} d={path} stroke={timeColor(at / last)} strokeWidth="1.2" strokeOpacity="0.9" />
      ))}
      {index >= 0 && <path d={paths[index]} stroke={TRAIL_INK} strokeWidth="2.25" data-testid="present-outline" />}
    </g>
  );
}

/** Epochs behind each other, the first at the back, each in the colour of its accuracy. */
function Ridge({ drawn: { all, one, heights, colors, means, theme }, frame, index }: { drawn: Drawn; frame: Frame; index: number }) {
  const rows = useMemo(
    () => one.counts.map((counts, at) => {
      const own = ridgeFrame(frame, at, one.counts.length);
      return { path: outlinePath(all, own, counts, one.outOf[at], heights, true), top: own.top, bottom: own.bottom };
    }),
    [one, all, heights, frame.right, frame.bottom],
  );
  let free = -Infinity;
  return (
    <g data-testid="ridge">
      {rows.map(({ path, top, bottom }, at) => {
        const mean = means[at];
        const named = bottom >= free || at === index;
        free = named ? bottom + 13 : free;
        return (
          <g key={at}>
            <path d={path} fill={colors[at]} fillOpacity="0.82" stroke={at === index ? "var(--text)" : "var(--surface)"} strokeWidth={at === index ? 2 : 0.8} />
            {mean != null && <line className="mean" data-testid={at === index ? "mean" : undefined} data-value={mean} x1={xOf(all, frame, mean)} x2={xOf(all, frame, mean)} y1={at === index ? top : bottom - (bottom - top) / 3} y2={bottom} stroke={meanColor({ mode: "ridge", theme })} strokeWidth={at === index ? 2 : 1} />}
            {named && (
              <text x={frame.left - 6} y={bottom + 3} textAnchor="end" fontSize="12" fill="currentColor" fontWeight={at === index ? 700 : 400} fillOpacity={at === index ? 1 : 0.75}>
                {one.epochs[at]}
              </text>
            )}
          </g>
        );
      })}
    </g>
  );
}
