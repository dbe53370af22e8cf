import type { Outcomes } from "../../state/outcomes";
import { scoreOf } from "../../state/outcomes";
import { percent } from "../../parts/words";

/** More epochs than this are bars without a gap. */
const SPACED = 30;

/** One observation through the kept epochs: a bar per epoch, as high as its score, hollow where it is wrong. */
export function History({ row, outcomes, epoch, names, width, height = 22 }: { row: number; outcomes: Outcomes; epoch: number | null; names: readonly string[]; width: number; height?: number }) {
  const { epochs, predictions } = outcomes;
  const step = Math.min(18, width / Math.max(1, epochs.length));
  const gap = epochs.length > SPACED ? 0 : 2;
  const words = predictions.map((at, index) => `epoch ${epochs[index]} ${names[at.winner[row]]} ${percent(scoreOf(at, row), 0)}${at.wrong[row] === 1 ? ", wrong" : ""}`);
  return (
    <svg className="history" width={Math.max(step * epochs.length, 1)} height={height + 4} role="img" aria-label={words.join("; ")}>
      {predictions.map((at, index) => {
        const tall = Math.max(3, scoreOf(at, row) * height);
        const hollow = at.wrong[row] === 1;
        const line = hollow && step - gap >= 4 ? 1 : 0;
        return (
          <g key={epochs[index]}>
            <rect className={hollow ? (line > 0 ? "wrong-bar" : "wrong-bar solid") : "right-bar"} x={index * step + line / 2} y={height - tall + line / 2} width={Math.max(1, step - gap - line)} height={tall - line} />
            {epochs[index] === epoch && <rect className="now-bar" x={index * step} y={height + 2} width={Math.max(1, step - gap)} height="2" />}
          </g>
        );
      })}
    </svg>
  );
}
