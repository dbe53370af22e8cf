import { type KeyboardEvent, memo, useMemo, useRef, useState } from "react";
import { type Situation, useApp, useCell, useWorkspace } from "../../parts/app";
import { whole } from "../../parts/words";
import { type Cell, cellCounts, onlyCell, rowsOf } from "../../state/outcomes";
import type { Predictions } from "../../state/predictions";
import { combine, selectionMode } from "../../state/workspace";

/** Height of a line; lines far out of sight are left out where there are many. */
export const LINE = 21;
const MANY = 30;
const BEYOND = 8;
/** Pixels of a digit, and around a number. */
const [DIGIT, AROUND] = [7.6, 3];
/** Longer names stand on their side above the columns. */
export const UPRIGHT = 3;

/** How narrow a column of counts may be, and the room for the classes' names. */
export function widths(counts: Uint32Array, names: readonly string[]): { rim: number; cell: number } {
  const digits = whole(counts.reduce((high, count) => Math.max(high, count), 0)).length;
  return { rim: names.every((name) => name.length <= UPRIGHT) ? 44 : 88, cell: Math.max(26, Math.ceil(digits * DIGIT + AROUND)) };
}

interface ConfusionProps {
  situation: Situation;
  predictions: Predictions;
  /** [label * classes + predicted] */
  counts: Uint32Array;
}

/** True classes against predicted ones; a cell selects its observations, and the selection's cells are outlined. */
export function Confusion({ situation, predictions, counts }: ConfusionProps) {
  const { store, pointer } = useApp();
  const { selection } = useWorkspace();
  const hovered = useCell(pointer).row;
  const { observations, study } = situation;
  const names = study.dataset.classNames;
  const classCount = names.length;
  const [from, setFrom] = useState(0);
  const [focus, setFocus] = useState<Cell>({ label: 0, predicted: 0 });
  const table = useRef<HTMLTableElement>(null);
  const chosen = useMemo(() => cellCounts(predictions, observations.labels, selection), [predictions, observations.labels, selection]);
  const most = useMemo(() => counts.reduce((high, count, cell) => (cell % (classCount + 1) === 0 ? high : Math.max(high, count)), 0), [counts, classCount]);
  const pointed = hovered === null || hovered >= predictions.winner.length ? -1 : observations.labels[hovered] * classCount + predictions.winner[hovered];
  const windowed = classCount > MANY;
  const { rim, cell } = widths(counts, names);
  const upright = names.every((name) => name.length <= UPRIGHT);
  const [first, last] = windowed ? [Math.max(0, from - BEYOND), Math.min(classCount, from + 2 * BEYOND + 24)] : [0, classCount];

  const select = (label: number | null, predicted: number | null, keys: { ctrlKey: boolean; metaKey: boolean; altKey: boolean }) => {
    store.change({ selection: combine(store.get().selection, rowsOf(predictions, observations.labels, label, predicted), selectionMode(keys)) });
  };
  const go = (event: KeyboardEvent) => {
    const by = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[event.key];
    if (by === undefined || !(event.target as HTMLElement).matches("[data-cell]")) {
      return;
    }
    event.preventDefault();
    const clamp = (value: number) => Math.max(0, Math.min(classCount - 1, value));
    const next = { label: clamp(focus.label + by[0]), predicted: clamp(focus.predicted + by[1]) };
    setFocus(next);
    table.current?.querySelector<HTMLElement>(`[data-cell="${next.label * classCount + next.predicted}"]`)?.focus();
  };
  return (
    <div className="confusion-scroll" tabIndex={0} role="group" aria-label="Confusion matrix" onScroll={({ currentTarget }) => windowed && setFrom(Math.floor(currentTarget.scrollTop / LINE))}>
      <table className="confusion" ref={table} data-testid="confusion" onKeyDown={go} style={{ "--names": `${rim}px`, minWidth: rim + classCount * cell } as React.CSSProperties}>
        <caption className="unseen">Confusion matrix: rows are true classes, columns predicted ones. Arrow keys move, Enter selects.</caption>
        <thead>
          <tr>
            <th scope="col" className="corner">
              <span title="Rows are true classes, columns what the network says">true</span>
            </th>
            {names.map((name, predicted) => (
              <th key={predicted} scope="col" className={upright ? undefined : "turned"}>
                <button type="button" tabIndex={-1} aria-label={`Select all predicted ${name}`} title={`Select all that the network calls ${name}`} onClick={(event) => select(null, predicted, event)}>
                  {name}
                </button>
              </th>
            ))}
          </tr>
        </thead>
        <tbody onFocus={(event) => remember(event.target as HTMLElement, classCount, setFocus)}>
          {first > 0 && <Room lines={first} columns={classCount + 1} />}
          {names.slice(first, last).map((name, at) => {
            const label = first + at;
            return <Line key={label} label={label} name={name} names={names} counts={counts} most={most} chosen={lineOf(chosen, label, classCount)} pointed={Math.floor(pointed / classCount) === label ? pointed % classCount : -1} focus={focus.label === label ? focus.predicted : -1} select={select} />;
          })}
          {last < classCount && <Room lines={classCount - last} columns={classCount + 1} />}
        </tbody>
      </table>
    </div>
  );
}

function remember(target: HTMLElement, classCount: number, set: (cell: Cell) => void): void {
  const cell = Number(target.dataset.cell ?? Number.NaN);
  if (Number.isInteger(cell)) {
    set({ label: Math.floor(cell / classCount), predicted: cell % classCount });
  }
}

/** [predicted:count] of one line as text, so that lines without a change are not drawn again. */
const lineOf = (chosen: ReadonlyMap<number, number>, label: number, classCount: number): string =>
  [...chosen].filter(([cell]) => Math.floor(cell / classCount) === label).map(([cell, count]) => `${cell % classCount}:${count}`).join(" ");

function Room({ lines, columns }: { lines: number; columns: number }) {
  return (
    <tr aria-hidden="true" style={{ height: lines * LINE }}>
      <td colSpan={columns} />
    </tr>
  );
}

interface LineProps {
  label: number;
  name: string;
  names: readonly string[];
  counts: Uint32Array;
  most: number;
  chosen: string;
  pointed: number;
  focus: number;
  select(label: number | null, predicted: number | null, keys: { ctrlKey: boolean; metaKey: boolean; altKey: boolean }): void;
}

const Line = memo(
  function Line({ label, name, names, counts, most, chosen, pointed, focus, select }: LineProps) {
    const selected = new Map(chosen === "" ? [] : chosen.split(" ").map((pair) => pair.split(":").map(Number) as [number, number]));
    return (
      <tr style={{ height: LINE }}>
        <th scope="row">
          <button type="button" tabIndex={-1} aria-label={`Select all of class ${name}`} title={`Select all that are ${name}`} onClick={(event) => select(label, null, event)}>
            {name}
          </button>
        </th>
        {names.map((other, predicted) => {
          const count = counts[label * names.length + predicted];
          const some = selected.get(predicted) ?? 0;
          const right = predicted === label;
          const words = `${right ? `${name}, rightly called so` : `true ${name} taken for ${other}`}: ${whole(count)}${some > 0 ? `, ${whole(some)} selected` : ""}`;
          return (
            <td key={predicted} className={right ? "right" : count > 0 ? "error" : "zero"} style={{ "--share": right || most === 0 ? 0 : Math.sqrt(count / most) } as React.CSSProperties}>
              <button
                type="button"
                data-cell={label * names.length + predicted}
                data-testid={`cell-${label}-${predicted}`}
                data-selected={some === 0 ? undefined : some === count ? "all" : "some"}
                data-pointed={pointed === predicted ? "true" : undefined}
                tabIndex={focus === predicted ? 0 : -1}
                aria-label={words}
                title={words}
                aria-disabled={count === 0 ? true : undefined}
                onClick={(event) => (count > 0 ? select(label, predicted, event) : undefined)}
              >
                {count > 0 ? whole(count) : "·"}
              </button>
            </td>
          );
        })}
      </tr>
    );
  },
  (a, b) => a.counts === b.counts && a.most === b.most && a.chosen === b.chosen && a.pointed === b.pointed && a.focus === b.focus && a.names === b.names,
);

/** What the selection is in the matrix, and what can be done with it. */
export function Chosen({ situation, predictions }: { situation: Situation; predictions: Predictions }) {
  const { store } = useApp();
  const { selection } = useWorkspace();
  const { observations, study, epoch, layer, run } = situation;
  const names = study.dataset.classNames;
  const cells = useMemo(() => cellCounts(predictions, observations.labels, selection), [predictions, observations.labels, selection]);
  const only = onlyCell(cells, names.length);
  if (selection.length === 0) {
    return <p className="chosen secondary">Rows are true classes, columns what {run?.name} says.</p>;
  }
  const count = selection.filter((row) => row < predictions.winner.length).length;
  const words = only === null ? `${whole(count)} selected in ${cells.size} cells` : only.label === only.predicted ? `${whole(count)} of class ${names[only.label]}, rightly called so` : `True ${names[only.label]} taken for ${names[only.predicted]}: ${whole(count)}`;
  return (
    <p className="chosen" data-testid="chosen">
      <span title={words}>{words}</span>
      <button
        type="button"
        className="quiet"
        data-testid="compare-units"
        title={`Which units of ${layer} respond to them differently from the rest`}
        disabled={layer === "input"}
        onClick={() => store.change({ view: "neurons", run: run?.name ?? null, epoch, layer })}
      >
        Compare their units
      </button>
    </p>
  );
}
