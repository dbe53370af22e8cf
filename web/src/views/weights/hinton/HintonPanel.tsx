import { type ReactNode, useMemo, useState } from "react";
import { type Cells, cellsOf, largest, ordered, scaleFor, SMALLEST_CELL, strongest, windowIn, zoomedWindow } from "../../../draw/hinton";
import { type Situation, useApp, useWeights } from "../../../parts/app";
import { useSize } from "../../../parts/gesture";
import { Icon } from "../../../parts/Icon";
import { measured, whole } from "../../../parts/words";
import type { WeightReport } from "../../../state/distributions";
import { type Order, ORDERS, type WindowOf } from "../../../state/weights";
import { LayerSelect } from "../Distributions";
import { type Standing, useAt } from "../standing";
import { SaveMenu } from "../WeightsView";
import { HintonCanvas, type Shown } from "./HintonCanvas";
import { saveHinton } from "./saveHinton";
import { type Seen, useMatrix } from "./useMatrix";

const ORDER_NAMES: Record<Order, string> = { none: "as they are", mean: "by mean", norm: "by norm" };
const STEP = 2;
/** Room for the names of columns above the squares. */
export const HEAD = 22;
const LISTED = 100;

interface HintonProps {
  situation: Situation;
  standing: Standing;
  table: boolean;
  onTable(): void;
  kinds: ReactNode;
}

/** Every weight of a layer as a square. */
export function HintonPanel({ situation, standing, table, onTable, kinds }: HintonProps) {
  const { store, library, theme } = useApp();
  const [weights, change] = useWeights();
  const [attach, size] = useSize();
  const [pointed, setPointed] = useState<string | null>(null);
  const at = useAt(situation, standing.epochs);
  const run = situation.run!;
  const report = standing.reports.get(run.name);
  const has = report?.tensors.some(({ layer, kind }) => layer === standing.layer && kind === "weights") === true;
  const seen = useMatrix(run.name, run.snapshots, report, has ? standing.layer : null, at, weights.window);
  const shown = useShownCells(seen, report, size, standing.layer ?? "");
  const words = shown === null ? "" : sizeWords(shown);
  const zoom = (factor: number) => shown !== null && change({ window: zoomedWindow(shown.window, factor, 0.5, 0.5, shown.seen.senders, shown.seen.receivers) }, "along");
  const title = `Weights into ${standing.layer ?? "a layer"} of ${run.name}${seen === null ? "" : seen.epoch === 0 ? ", before training" : `, after epoch ${seen.epoch}`}`;
  const save = (kind: "svg" | "png") => {
    if (shown !== null) {
      saveHinton(kind, { situation, standing, shown, title, theme: theme.get(), words: [words, scaleWords(shown, weights.scale), orderWords(weights)] }).catch((error: unknown) => library.notify(error));
    }
  };
  const open = (unit: number) => store.change({ view: "neurons", layer: standing.layer, unit, units: [unit] });
  return (
    <div className="weights hinton-view" data-testid="weights">
      <header className="panel-header">
        <div>
          <h2 data-testid="title">{title}</h2>
          <p className="sentence" data-testid="hinton-words">
            {shown === null ? "A square per weight: white is positive, black is negative, its area is the weight’s size." : words}
            {seen !== null && seen.epoch !== at && ` Epoch ${at} has no snapshot: the last one kept before it is shown.`}
          </p>
        </div>
        <div className="weights-actions">
          {kinds}
          <button type="button" className="tool" aria-pressed={table} title="The largest weights as a table (T)" aria-label="The largest weights as a table" data-testid="table-toggle" onClick={onTable}>
            <Icon name="table" />
          </button>
          <SaveMenu names={{ svg: "Diagram as SVG", png: "Diagram as PNG" }} ready={shown !== null} onSave={save} />
        </div>
      </header>
      <div className="weights-row">
        <LayerSelect situation={situation} standing={standing} of={run.name} />
        <OrderSelect axis="rows" whole={seen?.whole !== false} />
        <OrderSelect axis="cols" whole={seen?.whole !== false} />
        <div className="segments" role="group" aria-label="Scale of the squares">
          {(["run", "epoch"] as const).map((name) => (
            <button key={name} type="button" aria-pressed={weights.scale === name} data-testid={`scale-${name}`} title={name === "run" ? "the same scale for all epochs" : "each epoch’s largest weight fills its cell"} onClick={() => change({ scale: name })}>
              {name === "run" ? "One scale" : "Per epoch"}
            </button>
          ))}
        </div>
        <span className="zoom-buttons">
          <button type="button" className="tool" title="Nearer (+)" aria-label="Nearer" data-testid="hinton-in" onClick={() => zoom(STEP)}>
            <Icon name="plus" />
          </button>
          <button type="button" className="tool" title="Farther (−)" aria-label="Farther" data-testid="hinton-out" onClick={() => zoom(1 / STEP)}>
            <Icon name="minus" />
          </button>
          <button type="button" className="tool" title="All of it (0)" aria-label="All of it" data-testid="hinton-all" disabled={weights.window === null} onClick={() => change({ window: null })}>
            <Icon name="fit" />
          </button>
        </span>
      </div>
      <div className="hinton-frame">
        <div className="hinton-room" ref={attach}>
          {shown === null ? <Nothing run={run.name} report={report} layer={standing.layer} kept={run.snapshots.length > 0} /> : <HintonCanvas shown={shown} onPointed={setPointed} onOpen={open} label={`Hinton diagram: ${title}. ${words} The largest weights as a table: press T.`} />}
        </div>
        {table && shown !== null && <Strongest shown={shown} onOpen={open} />}
      </div>
      <div className="hinton-legend">
        <span className="hinton-key" aria-hidden="true">
          <i className="white" /> positive <i className="black" /> negative
        </span>
        <span data-testid="hinton-scale">{shown === null ? "" : scaleWords(shown, weights.scale)}</span>
        <output className="hinton-pointed" data-testid="hinton-pointed">
          {pointed ?? "Point at a square; drag a part to zoom."}
        </output>
      </div>
    </div>
  );
}

function OrderSelect({ axis, whole }: { axis: "rows" | "cols"; whole: boolean }) {
  const [weights, change] = useWeights();
  return (
    <label className="field" title={whole ? undefined : "So large a matrix comes in parts, which cannot be sorted as a whole."}>
      <span>{axis === "rows" ? "rows" : "columns"}</span>
      <select value={whole ? weights[axis] : "none"} disabled={!whole} data-testid={`order-${axis}`} onChange={(event) => change(axis === "rows" ? { rows: event.target.value as Order } : { cols: event.target.value as Order })}>
        {ORDERS.map((order) => (
          <option key={order} value={order}>
            {ORDER_NAMES[order]}
          </option>
        ))}
      </select>
    </label>
  );
}

function Nothing({ run, report, layer, kept }: { run: string; report: WeightReport | undefined; layer: string | null; kept: boolean }) {
  const layers = [...new Set(report?.tensors.filter(({ kind }) => kind === "weights").map((one) => one.layer) ?? [])];
  const lacks = report !== undefined && layer !== null && !layers.includes(layer);
  return (
    <p className="waiting" role="status">
      {!kept ? `${run} keeps no snapshot yet, and its single weights are in snapshots only.` : lacks ? `${run} has no layer ${layer}. It has ${layers.join(", ")}.` : "Reading the weights"}
    </p>
  );
}

/** The cells that fit into the room, in their order and with their scale. */
function useShownCells(seen: Seen | null, report: WeightReport | undefined, size: { width: number; height: number } | null, layer: string): Shown | null {
  const [weights] = useWeights();
  const rowOrder = useMemo(() => (seen === null ? null : ordered(seen.matrix, "rows", seen.whole ? weights.rows : "none")), [seen, weights.rows]);
  const colOrder = useMemo(() => (seen === null ? null : ordered(seen.matrix, "cols", seen.whole ? weights.cols : "none")), [seen, weights.cols]);
  return useMemo(() => {
    if (seen === null || size === null || rowOrder === null || colOrder === null || size.height <= HEAD) {
      return null;
    }
    const window: WindowOf = windowIn(seen.senders, seen.receivers, weights.window);
    const own: WindowOf = seen.whole ? window : [0, seen.matrix.rows, 0, seen.matrix.cols];
    const [mostRows, mostCols] = [(size.height - HEAD) / SMALLEST_CELL, (size.width - HEAD * 2) / SMALLEST_CELL].map((most) => Math.max(1, Math.floor(most)));
    const cells = cellsOf(seen.matrix, rowOrder, colOrder, own, mostRows, mostCols);
    const outward = (edges: readonly number[], from: number, count: number) => edges.map((edge) => Math.min(count, from + edge * seen.unit));
    const placed: Cells = seen.whole ? cells : {
      ...cells, perRow: cells.perRow * seen.unit, perCol: cells.perCol * seen.unit,
      rowEdges: outward(cells.rowEdges, seen.from[0], seen.senders), colEdges: outward(cells.colEdges, seen.from[1], seen.receivers),
    };
    const single = placed.perRow * placed.perCol === 1;
    const extremes = (report?.epochs ?? []).map(({ epoch, tensors }) => {
      const one = tensors.find(({ tensor }) => tensor === seen.tensor);
      return { epoch, most: Math.max(Math.abs(one?.min ?? 0), Math.abs(one?.max ?? 0)) };
    });
    const ofRun = Math.max(0, ...extremes.map(({ most }) => most));
    const ofEpoch = extremes.find(({ epoch }) => epoch === seen.epoch)?.most || largest(seen.matrix.values);
    const scale = weights.scale === "run" ? scaleFor(placed, ofRun || ofEpoch) : single ? ofEpoch || 1 : largest(placed.values) || 1;
    return { cells: placed, window, scale, rowOrder, colOrder, seen, size, layer, sorted: seen.whole && (weights.rows !== "none" || weights.cols !== "none") };
  }, [seen, size, rowOrder, colOrder, weights.window, weights.scale, report, layer]);
}

/** How large the matrix is and what a cell stands for, in words. */
export function sizeWords({ cells, seen, window: [top, bottom, left, right] }: Shown): string {
  const all = `${whole(seen.senders)} senders × ${whole(seen.receivers)} receivers`;
  const part = bottom - top < seen.senders || right - left < seen.receivers ? `, of which ${whole(bottom - top)} × ${whole(right - left)} are shown` : "";
  const single = cells.perRow * cells.perCol === 1;
  return `${all}${part}. ${single ? "A square is a weight: its area is the weight’s size." : `A square is the mean of ${cells.perRow} × ${cells.perCol} weights: come nearer to see each by itself.`}`;
}

/** What a full cell stands for. */
function scaleWords({ cells, scale }: Shown, of: "run" | "epoch"): string {
  const single = cells.perRow * cells.perCol === 1;
  return `full cell ${measured(scale)}, ${single ? `the largest weight of ${of === "run" ? "all epochs" : "this epoch"}` : of === "run" ? "for all epochs while all means fit" : "the largest mean shown"}`;
}

const orderWords = ({ rows, cols }: { rows: Order; cols: Order }): string => `rows are senders, ${ORDER_NAMES[rows]}; columns are receivers, ${ORDER_NAMES[cols]}`;

/** The same as numbers: the largest weights of what is shown. */
function Strongest({ shown, onOpen }: { shown: Shown; onOpen(unit: number): void }) {
  const { seen, rowOrder, colOrder, window } = shown;
  const own: WindowOf = seen.whole ? window : [0, seen.matrix.rows, 0, seen.matrix.cols];
  const rows = strongest(seen.matrix, rowOrder, colOrder, own, LISTED);
  return (
    <div className="point-table weights-table" data-testid="weights-table" tabIndex={0} aria-label="The largest weights as a table">
      <table>
        <caption>
          The {rows.length} largest of the {whole((own[1] - own[0]) * (own[3] - own[2]))} {seen.unit > 1 ? `means of ${seen.unit} × ${seen.unit} weights` : "weights"} that are shown
        </caption>
        <thead>
          <tr>
            {["from", "to", "weight"].map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ from, to, value }) => (
            <tr key={`${from} ${to}`}>
              <th scope="row">{seen.from[0] + from * seen.unit}</th>
              <td>
                <button type="button" className="quiet" title={`Look at unit ${seen.from[1] + to * seen.unit}`} onClick={() => onOpen(seen.from[1] + to * seen.unit)}>
                  {seen.from[1] + to * seen.unit}
                </button>
              </td>
              <td>{measured(value)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
