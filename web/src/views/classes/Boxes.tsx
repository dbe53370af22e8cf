import { type KeyboardEvent, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { boxAt, boxesIn, cornersOf, type Grid, gridOf, neighbourBox, roomFor } from "../../draw/boxes";
import { type Arrangement, type BoxMarks, drawBoxes } from "../../draw/boxPicture";
import { Pace } from "../../draw/pace";
import { type Situation, useApp, useWorkspace } from "../../parts/app";
import { type Target, useGesture, useSize } from "../../parts/gesture";
import { HoverMark } from "../../parts/HoverCard";
import { hooks } from "../../parts/hooks";
import { LassoPath } from "../../parts/LassoPath";
import { reducedMotion } from "../../parts/theme";
import { percent } from "../../parts/words";
import { type Columns, type Outcomes, scoreOf } from "../../state/outcomes";
import type { Predictions } from "../../state/predictions";
import { combine } from "../../state/workspace";
import { ColumnHeads, HEADS } from "./ColumnHeads";
import { History } from "./History";

const MOVE_MS = 300;
const MORE = { height: 34, width: 208 };
const KEYS = ["ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight", "Home", "End"];

interface BoxesProps {
  situation: Situation;
  predictions: Predictions;
  outcomes: Outcomes | null;
  columns: Columns;
  /** The classes that have a column. */
  classes: readonly number[];
  marks: BoxMarks;
  description: string;
}

/** The columns of boxes: a canvas as large as what is in sight, over a plane as large as it needs to be. */
export function Boxes({ situation, predictions, outcomes, columns, classes, marks, description }: BoxesProps) {
  const { store } = useApp();
  const { primary } = useWorkspace();
  const [attach, size] = useSize();
  const [scroll, setScroll] = useState({ left: 0, top: 0 });
  const scroller = useRef<HTMLDivElement | null>(null);
  const [said, setSaid] = useState("");
  const room = useMemo(() => ({ width: size?.width ?? 0, height: Math.max(0, (size?.height ?? 0) - HEADS) }), [size]);
  const letters = situation.study.dataset.classNames.reduce((most, name) => Math.max(most, name.length), 0);
  const grid = useMemo(() => gridOf(columns, classes, room, roomFor(letters)), [columns, classes, room, letters]);
  const arrangement = useMemo((): Arrangement => ({ corners: cornersOf(columns, grid), wide: grid.wide, tall: grid.tall }), [columns, grid]);
  const { canvas, pace, drawn } = useDrawing(arrangement, marks, room, scroll);
  const names = situation.study.dataset.classNames;

  const position = useCallback(
    (row: number): [number, number] | null => {
      const [x, y] = [arrangement.corners[row * 2], arrangement.corners[row * 2 + 1]];
      return row * 2 >= arrangement.corners.length || Number.isNaN(x) ? null : [x + (grid.wide - 1) / 2 - scroll.left, y + (grid.tall - 1) / 2 - scroll.top];
    },
    [arrangement, grid, scroll],
  );
  const target = useMemo(
    (): Target => ({
      nearest: ({ x, y }) => boxAt(columns, grid, x + scroll.left, y + scroll.top),
      enclosed: (outline) => {
        const [xs, ys] = [outline.map(({ x }) => x + scroll.left), outline.map(({ y }) => y + scroll.top)];
        return boxesIn(columns, grid, { left: Math.min(...xs), right: Math.max(...xs), top: Math.min(...ys), bottom: Math.max(...ys) });
      },
    }),
    [columns, grid, scroll],
  );
  // Nothing is panned here: every drag is a rubber band.
  const gesture = useGesture(() => target, "marquee");

  const element = useRef<HTMLDivElement>(null);
  useEffect(
    () => hooks.showPlane({ count: marks.of.length, position, visible: (row) => grid.at[predictions.winner[row]] >= 0, drawn, element: element.current!, rate: () => pace.rate() }),
    [marks.of.length, position, grid, predictions, drawn, pace],
  );

  const go = (event: KeyboardEvent) => {
    const at = store.get().primary;
    if (event.key === "Enter" && at !== null) {
      const { selection } = store.get();
      store.change({ selection: combine(selection, [at], selection.includes(at) ? "remove" : "add") });
      event.preventDefault();
    }
    if (!KEYS.includes(event.key) || event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    event.preventDefault();
    const row = neighbourBox(columns, grid, predictions.winner, at, event.key);
    if (row !== null) {
      store.change({ primary: row }, "along");
      reveal(scroller.current, arrangement, grid, row);
      setSaid(`#${situation.observations.ids[row]}, predicted ${names[predictions.winner[row]]} with ${percent(scoreOf(predictions, row))}${predictions.wrong[row] === 1 ? `, but it is ${names[situation.observations.labels[row]]}` : ""}`);
    }
  };
  const ring = primary === null ? null : position(primary);
  const inRoom = (at: [number, number] | null) => at !== null && at[0] >= 0 && at[1] >= 0 && at[0] <= room.width && at[1] <= room.height;
  return (
    <div className="boxes" style={{ "--wide": `${grid.wide + 5}px`, "--tall": `${grid.tall + 5}px` } as React.CSSProperties}>
      <div
        className="boxes-scroll"
        ref={(found) => {
          scroller.current = found;
          attach(found);
        }}
        tabIndex={0}
        role="group"
        aria-label="Columns of predicted classes"
        onKeyDown={go}
        onScroll={({ currentTarget: { scrollLeft: left, scrollTop: top } }) => setScroll({ left, top })}
      >
        <div className="boxes-plane" style={{ width: grid.width, height: grid.height + HEADS }}>
          <ColumnHeads situation={situation} predictions={predictions} columns={columns} grid={grid} />
          <div ref={element} className="boxes-view" data-testid="boxes" role="img" aria-label={description} style={{ width: room.width, height: room.height }} {...gesture.handlers}>
            <canvas ref={canvas} style={{ width: room.width, height: room.height }} aria-hidden="true" />
            <LassoPath path={gesture.path} />
          </div>
        </div>
      </div>
      <div className="boxes-over" style={{ top: HEADS, width: room.width, height: room.height }}>
        {ring !== null && inRoom(ring) && <span className="ring primary-ring" style={{ transform: `translate(${ring[0]}px, ${ring[1]}px)` }} />}
        <HoverMark
          position={(row) => {
            const at = position(row);
            return inRoom(at) ? at : null;
          }}
          predictions={predictions}
          width={room.width}
          height={room.height}
          card
          {...(outcomes === null ? {} : { more: { height: MORE.height, of: (row) => <Told row={row} situation={situation} outcomes={outcomes} names={names} /> } })}
        />
      </div>
      <p className="unseen" aria-live="polite">
        {said}
      </p>
    </div>
  );
}

/** What the card adds: how it went over the kept epochs. */
function Told({ row, situation, outcomes, names }: { row: number; situation: Situation; outcomes: Outcomes; names: readonly string[] }) {
  const { epochs, wrong } = outcomes;
  return (
    <div className="card-history">
      <History row={row} outcomes={outcomes} epoch={situation.epoch} names={names} width={MORE.width - 96} />
      <span>
        wrong in {wrong[row]} of {epochs.length}
      </span>
    </div>
  );
}

/** Scrolls so far that a box can be seen. */
function reveal(scroller: HTMLElement | null, { corners }: Arrangement, { wide, tall }: Grid, row: number): void {
  if (scroller === null) {
    return;
  }
  const [x, y] = [corners[row * 2], corners[row * 2 + 1]];
  const { clientWidth, clientHeight, scrollLeft, scrollTop } = scroller;
  scroller.scrollLeft = Math.max(x + wide + 8 - clientWidth, Math.min(scrollLeft, x - 8));
  scroller.scrollTop = Math.max(y + tall + 8 - (clientHeight - HEADS), Math.min(scrollTop, y - 8));
}

/** Draws when something changed, and moves boxes from where they were to where they belong. */
function useDrawing(arrangement: Arrangement, marks: BoxMarks, room: { width: number; height: number }, scroll: { left: number; top: number }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [pace] = useState(() => new Pace());
  const [drawn, setDrawn] = useState(false);
  const state = useRef<{ from: Arrangement; to: Arrangement; began: number; frame: number; room: typeof room } | null>(null);
  const latest = useRef({ marks, scroll, room });
  latest.current = { marks, scroll, room };

  const draw = useCallback(() => {
    const [element, now] = [canvas.current, state.current];
    const { marks: seen, scroll: at, room: inner } = latest.current;
    if (element === null || now === null || inner.width === 0 || inner.height === 0) {
      return;
    }
    cancelAnimationFrame(now.frame);
    const ratio = devicePixelRatio || 1;
    const [width, height] = [Math.round(inner.width * ratio), Math.round(inner.height * ratio)];
    if (element.width !== width || element.height !== height) {
      element.width = width;
      element.height = height;
    }
    const context = element.getContext("2d")!;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    const share = now.from === now.to ? 1 : Math.min(1, (performance.now() - now.began) / MOVE_MS);
    drawBoxes(context, now.from, now.to, eased(share), seen, { ...at, ...inner });
    pace.frame();
    if (share < 1) {
      pace.ask();
      now.frame = requestAnimationFrame(draw);
    } else {
      now.from = now.to;
      setDrawn(true);
    }
  }, [pace]);

  useEffect(() => {
    const old = state.current;
    const moves = old !== null && old.room === room && old.to !== arrangement && old.to.corners.length === arrangement.corners.length && !reducedMotion();
    const began = performance.now();
    const from = !moves ? arrangement : between(old!, began);
    cancelAnimationFrame(old?.frame ?? 0);
    state.current = { from, to: arrangement, began, frame: 0, room };
    draw();
  }, [arrangement, room, draw]);
  useEffect(draw, [marks, scroll, draw]);
  useEffect(() => () => cancelAnimationFrame(state.current?.frame ?? 0), []);
  return { canvas, pace, drawn };
}

const eased = (share: number): number => (share < 0.5 ? 2 * share * share : 1 - (2 - 2 * share) ** 2 / 2);

/** Where boxes are at this moment of a movement. */
function between({ from, to, began }: { from: Arrangement; to: Arrangement; began: number }, now: number): Arrangement {
  const share = eased(Math.min(1, (now - began) / MOVE_MS));
  if (from === to || share >= 1) {
    return to;
  }
  const corners = from.corners.map((value, at) => (Number.isNaN(value) ? to.corners[at] : value + (to.corners[at] - value) * share));
  return { corners, wide: from.wide + (to.wide - from.wide) * share, tall: from.tall + (to.tall - from.tall) * share };
}
