import { type KeyboardEvent, type PointerEvent as ReactPointerEvent, useEffect, useMemo, useRef } from "react";
import type { Run } from "../../server/types";
import { momentOf } from "../../state/evolution";
import type { Step } from "../../state/sequences";
import { type Situation, useApp, useCell, useEvolution, usePassing } from "../../parts/app";
import { useSize } from "../../parts/gesture";
import { Icon } from "../../parts/Icon";
import { reducedMotion } from "../../parts/theme";
import { useNearestStep, usePresent } from "./useMoment";
import { useSought } from "./useSequence";

const [LEFT, RIGHT, TOP, CURVES, TICKS] = [34, 34, 8, 42, 26];
/** Steps per second at speed 1. */
const PACE = 0.9;
const SPEEDS = [0.25, 0.5, 1, 2, 4];

/** Time of the evolution: its steps, the present, and the part whose trails are drawn. */
export function StepAxis({ situation }: { situation: Situation }) {
  const { steps: cell } = useApp();
  const { steps } = useSought(situation);
  useEffect(() => {
    cell.set(steps);
    return () => cell.set([]);
  }, [cell, steps]);
  return steps.length < 2 ? (
    <div className="playing step-none">A sequence needs two steps.</div>
  ) : (
    <>
      <Player steps={steps} />
      <Track steps={steps} run={situation.run} />
    </>
  );
}

/** The step before or after a moment. */
export function neighbourStep(at: number, steps: number, by: 1 | -1): number {
  const next = by === 1 ? Math.floor(at + 1e-6) + 1 : Math.ceil(at - 1e-6) - 1;
  return Math.max(0, Math.min(steps - 1, next));
}

/** Goes to the step before or after the present. */
export function goToNeighbour({ store, steps, playing }: ReturnType<typeof useApp>, by: 1 | -1): void {
  const count = steps.get().length;
  const { evolution } = store.get();
  playing.set(false);
  if (count > 0) {
    store.change({ evolution: { ...evolution, at: neighbourStep(momentOf(evolution, count).at, count, by) } }, "along");
  }
}

/** Plays on from here, or from the beginning of the brushed part when its end is shown. */
export function togglePassing({ store, steps, playing }: ReturnType<typeof useApp>): void {
  const count = steps.get().length;
  const { evolution } = store.get();
  const { at, from, to } = momentOf(evolution, count);
  if (!playing.get() && (at >= to - 1e-6 || at < from)) {
    store.change({ evolution: { ...evolution, at: from } }, "along");
  }
  playing.set(!playing.get() && count >= 2);
}

function Player({ steps }: { steps: readonly Step[] }) {
  const app = useApp();
  const playing = useCell(app.playing);
  const [{ speed }, change] = useEvolution();
  usePlaying(steps.length, speed);
  const nearest = useNearestStep(steps.length);
  return (
    <div className="playing">
      <div className="playing-buttons">
        <button type="button" className="tool" title="Previous step (←)" aria-label="Previous step" onClick={() => goToNeighbour(app, -1)}>
          <Icon name="back" />
        </button>
        <button type="button" className="tool" data-testid="play" title="Play (space)" aria-label={playing ? "Stop playing" : "Play through the steps"} onClick={() => togglePassing(app)}>
          <Icon name={playing ? "pause" : "play"} />
        </button>
        <button type="button" className="tool" title="Next step (→)" aria-label="Next step" onClick={() => goToNeighbour(app, 1)}>
          <Icon name="forward" />
        </button>
        <label className="speed">
          <span className="unseen">Speed</span>
          <select value={speed} title="Speed" data-testid="speed" onChange={(event) => change({ speed: Number(event.target.value) }, "along")}>
            {[...new Set([...SPEEDS, speed])].sort((a, b) => a - b).map((value) => (
              <option key={value} value={value}>
                {value}×
              </option>
            ))}
          </select>
        </label>
      </div>
      <div className="epoch-name" data-testid="step" aria-live="off">
        <strong>{steps[nearest]?.name}</strong>
        <span>
          {" "}
          · {nearest + 1} of {steps.length}
        </span>
      </div>
    </div>
  );
}

/** Moves the present on while it plays; with reduced motion from step to step instead of in between. */
function usePlaying(steps: number, speed: number): void {
  const { store, playing: cell } = useApp();
  const playing = useCell(cell);
  useEffect(() => {
    if (!playing) {
      return undefined;
    }
    const jumps = reducedMotion();
    let last = performance.now();
    let carried = 0;
    let frame = 0;
    const pass = (time: number) => {
      const now = store.get().evolution;
      const { at, to } = momentOf(now, steps);
      const passed = (Math.max(0, time - last) / 1000) * PACE * speed;
      last = time;
      carried = jumps ? carried + passed : passed;
      const by = jumps ? Math.floor(carried) : carried;
      carried -= jumps ? by : carried;
      if (by > 0) {
        const next = Math.min(to, jumps ? neighbourStep(at, steps, 1) : at + by);
        store.change({ evolution: { ...now, at: next } }, "along");
        if (next >= to) {
          cell.set(false);
          return;
        }
      }
      frame = requestAnimationFrame(pass);
    };
    frame = requestAnimationFrame(pass);
    return () => cancelAnimationFrame(frame);
  }, [playing, steps, speed, cell, store]);
  useEffect(() => () => cell.set(false), [cell]);
}

function Track({ steps, run }: { steps: readonly Step[]; run: Run | null }) {
  const { store } = useApp();
  const [evolution, change] = useEvolution();
  const [attach, size] = useSize();
  const holder = useRef<HTMLDivElement | null>(null);
  const last = steps.length - 1;
  const width = (size?.width ?? 0) - LEFT - RIGHT;
  const floor = TOP + CURVES;
  const x = (at: number) => LEFT + (at / last) * width;
  const [fromRaw, toRaw] = [usePassing("from"), usePassing("to")];
  const { from, to } = momentOf({ at: null, from: fromRaw, to: toRaw }, steps.length);
  const present = usePresent(steps.length);
  const nearest = Math.round(present);
  const all = from === 0 && to === last;
  const moment = (event: { clientX: number }) => {
    const box = holder.current!.getBoundingClientRect();
    return Math.max(0, Math.min(last, ((event.clientX - box.left - LEFT) / Math.max(1, width)) * last));
  };
  const brush = (one: number, two: number) => {
    const [low, high] = [Math.min(one, two), Math.max(one, two)];
    const end = high >= last - 1e-3 ? null : Number(high.toFixed(3));
    change({ from: Number(low.toFixed(3)), to: end }, "along");
  };
  const drag = useRef<{ moves: "new" | "from" | "to"; start: number } | null>(null);
  const press = (moves: "new" | "from" | "to") => (event: ReactPointerEvent) => {
    if (event.button === 0) {
      event.stopPropagation();
      event.currentTarget.setPointerCapture(event.pointerId);
      drag.current = { moves, start: moment(event) };
    }
  };
  const follow = (event: ReactPointerEvent) => {
    const { moves, start } = drag.current ?? { moves: null, start: 0 };
    const here = snapped(moment(event));
    if (moves === "new" && Math.abs(moment(event) - start) * (width / last) > 4) {
      brush(snapped(start), here);
    } else if (moves === "from" && here < to) {
      brush(here, to);
    } else if (moves === "to" && here > from) {
      brush(from, here);
    }
  };
  const release = (event: ReactPointerEvent) => {
    const { moves, start } = drag.current ?? { moves: null, start: 0 };
    drag.current = null;
    if (moves === "new" && Math.abs(moment(event) - start) * (width / last) <= 4) {
      change({ at: start }, "along");
    }
  };
  const nudge = (which: "from" | "to") => (event: KeyboardEvent) => {
    const by = { ArrowLeft: -1, ArrowRight: 1, Home: -last, End: last }[event.key];
    if (by !== undefined) {
      event.preventDefault();
      event.stopPropagation();
      const value = Math.max(0, Math.min(last, (which === "from" ? from : to) + by));
      if (which === "from" ? value < to : value > from) {
        brush(which === "from" ? value : from, which === "from" ? to : value);
      }
    }
  };
  const slide = (event: KeyboardEvent) => {
    const by = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1 }[event.key] as 1 | -1 | undefined;
    if (by !== undefined) {
      event.preventDefault();
      change({ at: neighbourStep(momentOf(store.get().evolution, steps.length).at, steps.length, by) }, "along");
    }
  };
  const handle = (which: "from" | "to") => (
    <span
      className="brush-handle"
      role="slider"
      tabIndex={0}
      aria-label={which === "from" ? "Trails begin at" : "Trails end at"}
      aria-valuemin={0}
      aria-valuemax={last}
      aria-valuenow={which === "from" ? from : to}
      aria-valuetext={stepText(which === "from" ? from : to, steps)}
      data-testid={`brush-${which}`}
      title={`Trails ${which === "from" ? "begin" : "end"} at ${stepText(which === "from" ? from : to, steps)}: drag, or arrow keys`}
      style={{ left: x(which === "from" ? from : to), top: TOP, height: CURVES }}
      onPointerDown={press(which)}
      onPointerMove={follow}
      onPointerUp={release}
      onKeyDown={nudge(which)}
    />
  );
  const labels = useMemo(() => thinned(steps, (at) => LEFT + (at / last) * width), [steps, width, last]);
  return (
    <>
      <div
        className="axis steps"
        data-testid="step-axis"
        ref={(element) => {
          holder.current = element;
          attach(element);
        }}
      >
        {width > 0 && (
          <>
            <svg
              className="brushing-ground"
              width={width + LEFT + RIGHT}
              height={floor + TICKS}
              aria-hidden="true"
              onPointerDown={press("new")}
              onPointerMove={follow}
              onPointerUp={release}
              onDoubleClick={() => change({ from: 0, to: null })}
            >
              <rect className="brush-all" x={LEFT} y={TOP} width={width} height={CURVES} />
              <rect className="brush" data-testid="brush" x={x(from)} y={TOP} width={Math.max(0, x(to) - x(from))} height={CURVES} />
              <Curves steps={steps} run={run} x={x} />
              {steps.map((_, at) => (
                <line key={at} className="step-tick" x1={x(at)} x2={x(at)} y1={floor - 4} y2={floor} />
              ))}
              <line className="now" x1={x(present)} x2={x(present)} y1={TOP - 4} y2={floor} />
            </svg>
            {handle("from")}
            {handle("to")}
            <input
              type="range"
              className="present"
              data-testid="present"
              min={0}
              max={last}
              step={0.01}
              value={present}
              aria-label="Present step"
              aria-valuetext={stepText(present, steps)}
              style={{ left: LEFT - 8, width: width + 16, top: floor - 9 }}
              onChange={(event) => change({ at: Number(event.target.value) }, "along")}
              onKeyDown={slide}
            />
            {labels.map(({ at, text }) => (
              <button key={at} type="button" className="step-label" data-testid={`step-${at}`} aria-label={steps[at].name} aria-pressed={present === at} data-near={at === nearest} style={{ left: x(at), top: floor + 6 }} onClick={() => change({ at }, "along")}>
                {text}
              </button>
            ))}
          </>
        )}
      </div>
      <div className="brush-words">
        <span>{all ? "Trails of all steps" : `Trails from ${stepText(from, steps)} to ${stepText(to, steps)}`}</span>
        {all ? (
          <span className="secondary">Drag over the curves to draw a part of them only.</span>
        ) : (
          <button type="button" className="quiet" data-testid="brush-clear" onClick={() => change({ from: 0, to: null })}>
            All steps
          </button>
        )}
        {evolution.by === "epoch" && (
          <span className="axis-keys">
            <i className="key" /> accuracy <i className="key loss" /> loss (test)
          </span>
        )}
      </div>
    </>
  );
}

/** Near a step means the step. */
function snapped(at: number): number {
  const step = Math.round(at);
  return Math.abs(at - step) < 0.08 ? step : at;
}

/** "epoch 5", "a third of the way from epoch 1 to epoch 5". */
export function stepText(at: number, steps: readonly Step[]): string {
  const step = Math.floor(at + 1e-6);
  const share = at - step;
  return share < 1e-3 || step >= steps.length - 1 ? steps[Math.min(step, steps.length - 1)].name : `${Math.round(share * 100)} % after ${steps[step].name}`;
}

/** Names only where there is room for them; epochs by their number. */
function thinned(steps: readonly Step[], x: (at: number) => number): { at: number; text: string }[] {
  const epochs = steps.every(({ name }) => /^epoch \d+$/.test(name));
  const found: { at: number; text: string }[] = [];
  let free = -Infinity;
  steps.forEach(({ name }, at) => {
    const text = epochs && steps.length > 6 ? name.slice("epoch ".length) : name;
    const half = text.length * 3.8 + 6;
    if (x(at) - half >= free) {
      found.push({ at, text });
      free = x(at) + half;
    }
  });
  return found;
}

/** Accuracy and loss on the test images, where epochs are the steps. */
function Curves({ steps, run, x }: { steps: readonly Step[]; run: Run | null; x: (at: number) => number }) {
  const same = steps.every((step) => step.run === run?.name && step.layer === steps[0].layer);
  if (run === null || !same || run.metrics.length < 2) {
    return null;
  }
  const place = (epoch: number): number | null => {
    const after = steps.findIndex((step) => step.epoch >= epoch);
    if (after < 0 || epoch < steps[0].epoch) {
      return null;
    }
    const [a, b] = [steps[Math.max(0, after - 1)].epoch, steps[after].epoch];
    return after === 0 ? 0 : after - 1 + (epoch - a) / Math.max(1e-9, b - a);
  };
  const highest = Math.max(...run.metrics.map(({ testLoss }) => testLoss).filter(Number.isFinite), 1e-9);
  const path = (value: (row: Run["metrics"][number]) => number) =>
    run.metrics
      .map((row) => ({ at: place(row.epoch), share: value(row) }))
      .filter(({ at, share }) => at !== null && Number.isFinite(share))
      .map(({ at, share }) => `${x(at!).toFixed(1)},${(TOP + (1 - share) * CURVES).toFixed(1)}`)
      .join(" ");
  return (
    <>
      <polyline className="curve loss" points={path(({ testLoss }) => testLoss / highest)} />
      <polyline className="curve accuracy" points={path(({ testAccuracy }) => testAccuracy)} />
    </>
  );
}
