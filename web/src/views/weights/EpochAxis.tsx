import { useEffect } from "react";
import { type Situation, useApp, useCell, usePassingWeights, useWeights, useWorkspace } from "../../parts/app";
import { useSize } from "../../parts/gesture";
import { Icon } from "../../parts/Icon";
import { epochPosition } from "../../parts/timeScale";
import { percent } from "../../parts/words";
import { besideEpoch, keptUpTo } from "../../state/weights";
import { accuracyColor, type Standing, useAt, useStanding } from "./standing";

const PLAY_MS = 600;
const [LEFT, RIGHT, TOP, CURVES, TICKS] = [14, 22, 8, 44, 26];
/** After so long without a step the epoch is the epoch of all views. */
const SETTLED_MS = 350;

/** Time of the weights: every trained epoch, also those without a snapshot. */
export function EpochAxis({ situation }: { situation: Situation }) {
  const standing = useStanding(situation);
  const { epochs } = standing;
  const at = useAt(situation, epochs);
  const [, change] = useWeights();
  const go = (epoch: number) => change({ at: epoch }, "along");
  useSettling(situation);
  usePlaying(epochs, at, go);
  useEpochKeys(epochs, at, go);
  return (
    <>
      <Player epochs={epochs} at={at} go={go} situation={situation} />
      <Track standing={standing} at={at} go={go} situation={situation} />
      <Accuracies standing={standing} at={at} />
    </>
  );
}

/** While epochs pass nothing is asked of the server; where they come to rest all views follow. */
function useSettling(situation: Situation): void {
  const { store } = useApp();
  const { epoch } = useWorkspace();
  const at = usePassingWeights("at");
  const [, change] = useWeights();
  const snapshots = situation.run?.snapshots ?? [];
  useEffect(() => {
    // An epoch that was chosen in another view meanwhile counts.
    if (at !== null && epoch !== null && snapshots.length > 0 && keptUpTo(snapshots, at) !== epoch) {
      change({ at: null }, "along");
    }
  }, []);
  useEffect(() => {
    const kept = at === null ? null : keptUpTo(snapshots, at);
    const timer = setTimeout(() => {
      if (kept !== null && kept !== store.get().epoch && store.get().view === "weights") {
        store.change({ epoch: kept }, "along");
      }
    }, SETTLED_MS);
    return () => clearTimeout(timer);
  }, [at]);
}

function usePlaying(epochs: readonly number[], at: number, go: (epoch: number) => void): void {
  const { playing: cell } = useApp();
  const playing = useCell(cell);
  useEffect(() => {
    if (!playing) {
      return undefined;
    }
    const timer = setTimeout(() => {
      const next = besideEpoch(epochs, at, 1);
      if (next === at) {
        cell.set(false);
      } else {
        go(next);
      }
    }, PLAY_MS);
    return () => clearTimeout(timer);
  }, [playing, at, epochs]);
  useEffect(() => () => cell.set(false), [cell]);
}

/** The page's arrow keys step through kept epochs; here through all. What has the focus and keys of its own keeps them. */
function useEpochKeys(epochs: readonly number[], at: number, go: (epoch: number) => void): void {
  const { playing } = useApp();
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const target = event.target as HTMLElement;
      const own = target.matches?.("input, select, textarea, [data-keys='own']") || (event.key === " " && target.matches?.("button, a, summary"));
      if (own || event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]") !== null) {
        return;
      }
      const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key] as 1 | -1 | undefined;
      if (by !== undefined) {
        event.preventDefault();
        playing.set(false);
        go(besideEpoch(epochs, at, by));
      } else if (event.key === " ") {
        event.preventDefault();
        toggle(playing, epochs, at, go);
      }
    };
    addEventListener("keydown", press, true);
    return () => removeEventListener("keydown", press, true);
  }, [epochs, at]);
}

/** Plays on from here, or from the first epoch when the last is shown. */
function toggle(playing: ReturnType<typeof useApp>["playing"], epochs: readonly number[], at: number, go: (epoch: number) => void): void {
  if (!playing.get() && at === epochs[epochs.length - 1]) {
    go(epochs[0]);
  }
  playing.set(!playing.get() && epochs.length > 1);
}

interface Stepping {
  at: number;
  go(epoch: number): void;
  situation: Situation;
}

function Player({ epochs, at, go, situation }: Stepping & { epochs: readonly number[] }) {
  const { playing: cell } = useApp();
  const playing = useCell(cell);
  const kept = situation.run?.snapshots.includes(at) === true;
  const step = (by: 1 | -1) => {
    cell.set(false);
    go(besideEpoch(epochs, at, by));
  };
  return (
    <div className="playing">
      <div className="playing-buttons">
        <button type="button" className="tool" title="Previous epoch (←)" aria-label="Previous epoch" onClick={() => step(-1)}>
          <Icon name="back" />
        </button>
        <button type="button" className="tool" data-testid="play" title="Play (space)" aria-label={playing ? "Stop playing" : "Play through the epochs"} onClick={() => toggle(cell, epochs, at, go)}>
          <Icon name={playing ? "pause" : "play"} />
        </button>
        <button type="button" className="tool" title="Next epoch (→)" aria-label="Next epoch" onClick={() => step(1)}>
          <Icon name="forward" />
        </button>
      </div>
      <div className="epoch-name" data-testid="epoch">
        Epoch <strong>{at}</strong>
        <span> of {epochs[epochs.length - 1] ?? "–"}</span>
        {!kept && <span title="Its weights were counted while training; the views of activations show the last kept epoch before it."> · counted</span>}
      </div>
    </div>
  );
}

function Track({ standing, at, go, situation }: Stepping & { standing: Standing }) {
  const { theme: cell } = useApp();
  const theme = useCell(cell);
  const [attach, size] = useSize();
  const { epochs, chosen, scale } = standing;
  const last = Math.max(1, ...epochs);
  const width = (size?.width ?? 0) - LEFT - RIGHT;
  const floor = TOP + CURVES;
  const x = (epoch: number) => LEFT + epochPosition(epoch, last) * width;
  const index = Math.max(0, epochs.indexOf(at));
  let free = -Infinity;
  return (
    <div className="axis steps" data-testid="epoch-axis" ref={attach}>
      {width > 0 && epochs.length > 0 && (
        <>
          <svg width={width + LEFT + RIGHT} height={floor + TICKS} aria-hidden="true">
            <line className="axis-line" x1={LEFT} x2={LEFT + width} y1={floor} y2={floor} />
            {chosen.map((run) => (
              <polyline key={run.name} className="curve accuracy" data-run={run.name} points={run.metrics.filter(({ testAccuracy }) => Number.isFinite(testAccuracy)).map(({ epoch, testAccuracy }) => `${x(epoch).toFixed(1)},${(TOP + (1 - testAccuracy) * CURVES).toFixed(1)}`).join(" ")} />
            ))}
            {chosen.map((run) => run.metrics.filter(({ epoch, testAccuracy }) => epoch === at && Number.isFinite(testAccuracy)).map(({ testAccuracy }) => <circle key={run.name} cx={x(at)} cy={TOP + (1 - testAccuracy) * CURVES} r="4" fill={accuracyColor(scale, testAccuracy, theme)} stroke="var(--surface)" />))}
            {epochs.map((epoch) => (
              <circle key={epoch} className="trained-epoch" data-kept={situation.run?.snapshots.includes(epoch)} cx={x(epoch)} cy={floor} r="3" />
            ))}
            <line className="now" x1={x(at)} x2={x(at)} y1={TOP - 4} y2={floor} />
          </svg>
          <input
            type="range"
            className="present"
            data-testid="epoch-slider"
            min={0}
            max={epochs.length - 1}
            step={1}
            value={index}
            aria-label="Epoch"
            aria-valuetext={`epoch ${at}`}
            style={{ left: LEFT - 8, width: width + 16, top: floor - 9, opacity: evenly(last) ? 1 : 0 }}
            onChange={(event) => go(epochs[Number(event.target.value)])}
          />
          {epochs.map((epoch) => {
            if (x(epoch) < free) {
              return null;
            }
            free = x(epoch) + 26;
            return (
              <button key={epoch} type="button" className="step-label" tabIndex={-1} data-testid={`epoch-${epoch}`} aria-label={`Epoch ${epoch}`} aria-pressed={epoch === at} data-near={epoch === at} style={{ left: x(epoch), top: floor + 6 }} onClick={() => go(epoch)}>
                {epoch}
              </button>
            );
          })}
        </>
      )}
    </div>
  );
}

/** The slider's thumb lies where its epoch does only where epochs are evenly spread. */
const evenly = (last: number): boolean => epochPosition(1, last) === 1 / last;

/** Test accuracy of each chosen model at this epoch, the newest choices last. */
function Accuracies({ standing, at }: { standing: Standing; at: number }) {
  const { theme: cell } = useApp();
  const theme = useCell(cell);
  return (
    <table className="readout" aria-label="Test accuracy at this epoch">
      <tbody>
        {standing.chosen.map((run) => {
          const accuracy = standing.reports.get(run.name)?.epochs.find(({ epoch }) => epoch === at)?.testAccuracy ?? run.metrics.find(({ epoch }) => epoch === at)?.testAccuracy;
          return (
            <tr key={run.name}>
              <th scope="row">
                <i className="accuracy-dot" style={{ background: accuracyColor(standing.scale, accuracy, theme) }} /> {run.name}
              </th>
              <td>{accuracy == null || !Number.isFinite(accuracy) ? "–" : percent(accuracy)}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
