/** The matrix behind a Hinton diagram: all of it where it is small enough, or the part that is looked at. */
import { useRef } from "react";
import type { WeightMatrix } from "../../../draw/hinton";
import { useApp } from "../../../parts/app";
import { tensorOf, type WeightReport } from "../../../state/distributions";
import { keptUpTo, type WindowOf } from "../../../state/weights";
import { encoded } from "../standing";

/** What the server says of a matrix. */
interface About {
  senders: number;
  receivers: number;
}

/** The server gives no more rows or columns at once. */
const MOST = 1024;
/** Rows and columns of means that stand for a larger matrix. */
const COARSE = 256;

export interface Seen {
  senders: number;
  receivers: number;
  matrix: WeightMatrix;
  /** Of the matrix in the whole: its first sender and receiver, and weights per side of each of its cells. */
  from: readonly [number, number];
  unit: number;
  /** Whether the matrix is the whole, weight by weight. */
  whole: boolean;
  /** The epoch whose weights these are. */
  epoch: number;
  run: string;
  tensor: string;
}

/** @return what is here; while another epoch's weights are on their way the last ones stay */
export function useMatrix(run: string, snapshots: readonly number[], report: WeightReport | undefined, layer: string | null, at: number, window: WindowOf | null): Seen | null {
  const { library } = useApp();
  const before = useRef<Seen | null>(null);
  const tensor = layer === null ? undefined : tensorOf(report, layer, "weights");
  const epoch = keptUpTo(snapshots, at);
  if (tensor === undefined || epoch === null) {
    return null;
  }
  const path = `runs/${encoded(run)}/epochs/${epoch}/matrix`;
  const about = library.json<About>(`runs/${encoded(run)}/epochs/${keptUpTo(snapshots, snapshots[0] ?? 0) ?? epoch}/matrix/about?tensor=${encoded(tensor.tensor)}`);
  const stay = before.current?.run === run && before.current.tensor === tensor.tensor ? before.current : null;
  if (about === undefined) {
    return stay;
  }
  const { senders, receivers } = about;
  const whole = senders <= MOST && receivers <= MOST;
  const [top, bottom, left, right] = whole ? [0, senders, 0, receivers] : clipped(window, senders, receivers);
  const fine = bottom - top <= MOST && right - left <= MOST;
  const most = fine ? MOST : COARSE;
  const part = whole ? "" : `&from=${top}&to=${bottom}&left=${left}&right=${right}`;
  const column = library.array(`${path}?tensor=${encoded(tensor.tensor)}${part}&cells=${most}`);
  if (column === undefined || !(column.values instanceof Float32Array)) {
    return stay;
  }
  const [rows, cols] = column.shape;
  const unit = Math.ceil(Math.max(bottom - top, right - left) / most);
  const known = stay?.matrix.values === column.values ? stay : { senders, receivers, matrix: { rows, cols, values: column.values }, from: [top, left] as const, unit, whole, epoch, run, tensor: tensor.tensor };
  before.current = known;
  return known;
}

function clipped(window: WindowOf | null, senders: number, receivers: number): WindowOf {
  const [top, bottom, left, right] = window ?? [0, senders, 0, receivers];
  return top < senders && left < receivers ? [top, Math.min(bottom, senders), left, Math.min(right, receivers)] : [0, senders, 0, receivers];
}
