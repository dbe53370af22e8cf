import { useEffect, useMemo } from "react";
import type { EpochMetrics, Run } from "../server/types";
import { findResult, INPUT_LAYER } from "../state/results";
import { type Situation, useApp, useCell, useLibrary, useWorkspace } from "./app";
import { useSize } from "./gesture";
import { Icon } from "./Icon";
import { useNearestStep } from "../views/evolution/useMoment";
import { StepAxis } from "../views/evolution/StepAxis";
import { EpochAxis } from "../views/weights/EpochAxis";
import { hasMetrics, hasNetworks } from "../state/brought";
import { epochPosition, neighbourEpoch } from "./timeScale";
import { percent, whole } from "./words";

const PLAY_MS = 1100;
const [LEFT, RIGHT, TOP, CURVES, TICKS] = [14, 14, 8, 46, 22];

/** Time along the bottom of every view, and the layers as a second axis. */
export function TimeAxis({ situation }: { situation: Situation | null }) {
  const run = situation?.run ?? null;
  const { view } = useWorkspace();
  if (situation === null || run === null) {
    const words = situation?.study.dataset.kind === "vectors" ? "These are vectors without a network, so there are no epochs and no layers." : "Epochs appear here as soon as a run starts.";
    return <footer className="time empty-time">{words}</footer>;
  }
  if (view === "evolution") {
    return (
      <footer className="time" data-testid="time">
        <StepAxis situation={situation} />
        <Layers situation={situation} />
      </footer>
    );
  }
  if (view === "weights" && hasNetworks(run)) {
    return (
      <footer className="time" data-testid="time">
        <EpochAxis situation={situation} />
        <Layers situation={situation} />
      </footer>
    );
  }
  return (
    <footer className="time" data-testid="time">
      <Playing run={run} epoch={situation.epoch} />
      <Axis run={run} epoch={situation.epoch} situation={situation} />
      {hasMetrics(run) || run.brought == null ? <Readout run={run} epoch={situation.epoch} /> : <p className="no-readout">No loss or accuracy is known of this run.</p>}
      <Layers situation={situation} />
    </footer>
  );
}

function Playing({ run, epoch }: { run: Run; epoch: number | null }) {
  const { store, playing: cell } = useApp();
  const playing = useCell(cell);
  const kept = run.snapshots;
  useEffect(() => {
    if (!playing) {
      return undefined;
    }
    const timer = setTimeout(() => {
      const next = neighbourEpoch(kept, epoch, 1);
      if (next === epoch) {
        cell.set(false);
      } else {
        store.change({ epoch: next }, "along");
      }
    }, PLAY_MS);
    return () => clearTimeout(timer);
  }, [playing, epoch, kept, cell, store]);
  const step = (by: 1 | -1) => store.change({ epoch: neighbourEpoch(kept, epoch, by) });
  return (
    <div className="playing">
      <div className="playing-buttons">
        <button type="button" className="tool" title="Previous kept epoch (←)" aria-label="Previous kept epoch" onClick={() => step(-1)}>
          <Icon name="back" />
        </button>
        <button type="button" className="tool" data-testid="play" title="Play (space)" aria-label={playing ? "Stop playing" : "Play through the epochs"} onClick={() => togglePlay(store, cell, run, epoch)}>
          <Icon name={playing ? "pause" : "play"} />
        </button>
        <button type="button" className="tool" title="Next kept epoch (→)" aria-label="Next kept epoch" onClick={() => step(1)}>
          <Icon name="forward" />
        </button>
      </div>
      <div className="epoch-name" data-testid="epoch">
        Epoch <strong>{epoch ?? "–"}</strong>
        <span> of {Math.max(0, ...run.plannedEpochs)}</span>
      </div>
    </div>
  );
}

/** Plays on from here, or from the start when the last kept epoch is shown. */
export function togglePlay(
  store: ReturnType<typeof useApp>["store"],
  cell: ReturnType<typeof useApp>["playing"],
  run: Run,
  epoch: number | null,
): void {
  if (!cell.get() && neighbourEpoch(run.snapshots, epoch, 1) === epoch) {
    store.change({ epoch: neighbourEpoch(run.snapshots, null, 1) }, "along");
  }
  cell.set(!cell.get());
}

/** Kept epochs are ticks; a filled one has the projection of the shown layer already. */
function Axis({ run, epoch, situation }: { run: Run; epoch: number | null; situation: Situation }) {
  const { store } = useApp();
  const { parameters } = useWorkspace();
  const { summaries } = useLibrary();
  const { layer, method } = situation;
  const projected = (at: number) => findResult(summaries, { run: run.name, epoch: at, layer }, method, parameters) !== null;
  const [attach, size] = useSize();
  const last = Math.max(1, ...run.plannedEpochs, ...run.snapshots);
  const width = (size?.width ?? 0) - LEFT - RIGHT;
  const x = (at: number) => LEFT + epochPosition(at, last) * width;
  const floor = TOP + CURVES;
  return (
    <div className="axis" ref={attach}>
      {width > 0 && (
        <svg width={width + LEFT + RIGHT} height={floor + TICKS} aria-hidden="true">
          <line className="axis-line" x1={LEFT} x2={LEFT + width} y1={floor} y2={floor} />
          <Curves run={run} x={x} />
          <Training run={run} x={x} floor={floor} />
          {run.plannedEpochs.filter((at) => !run.snapshots.includes(at)).map((at) => (
            <line key={at} className="tick planned" x1={x(at)} x2={x(at)} y1={floor - 3} y2={floor + 3} />
          ))}
          {epoch !== null && <line className="now" x1={x(epoch)} x2={x(epoch)} y1={TOP - 4} y2={floor} />}
        </svg>
      )}
      {width > 0 &&
        thinned(run.snapshots, x).map(({ at, labelled }) => (
          <button
            key={at}
            type="button"
            className="epoch-tick"
            data-testid={`epoch-${at}`}
            aria-label={`Epoch ${at}`}
            aria-pressed={at === epoch}
            data-projected={projected(at)}
            title={`Epoch ${at}${projected(at) ? `: ${method.title} of ${layer} is kept` : ""}`}
            style={{ left: x(at), top: floor - 12 }}
            onClick={() => store.change({ epoch: at })}
          >
            <span className="mark" />
            <span className="epoch-label">{labelled || at === epoch ? at : ""}</span>
          </button>
        ))}
    </div>
  );
}

/** Labels only where there is room for them. */
function thinned(snapshots: readonly number[], x: (at: number) => number): { at: number; labelled: boolean }[] {
  let free = -Infinity;
  return snapshots.map((at) => {
    const labelled = x(at) >= free;
    free = labelled ? x(at) + 26 : free;
    return { at, labelled };
  });
}

function Curves({ run, x }: { run: Run; x: (at: number) => number }) {
  const { metrics } = run;
  const highest = Math.max(...metrics.flatMap((row) => [row.trainLoss, row.testLoss]).filter(Number.isFinite), 1e-9);
  const y = (share: number) => TOP + (1 - share) * CURVES;
  // What was not measured of a network that was brought leaves a gap.
  const path = (value: (row: EpochMetrics) => number) =>
    metrics.filter((row) => Number.isFinite(value(row))).map((row) => `${x(row.epoch).toFixed(1)},${y(value(row)).toFixed(1)}`).join(" ");
  return (
    <>
      <polyline className="curve loss train" points={path((row) => row.trainLoss / highest)} />
      <polyline className="curve loss" points={path((row) => row.testLoss / highest)} />
      <polyline className="curve accuracy train" points={path((row) => row.trainAccuracy)} />
      <polyline className="curve accuracy" points={path((row) => row.testAccuracy)} />
    </>
  );
}

/** How far the epoch in training has come, on the axis itself. */
function Training({ run, x, floor }: { run: Run; x: (at: number) => number; floor: number }) {
  const { progress } = run;
  if (progress === null || run.state !== "training") {
    return null;
  }
  const start = Math.max(0, progress.epoch - 1);
  const end = start + progress.imagesDone / Math.max(1, progress.imagesTotal);
  return <line className="in-training" x1={x(start)} x2={x(end)} y1={floor} y2={floor} />;
}

function Readout({ run, epoch }: { run: Run; epoch: number | null }) {
  const row = useMemo(() => run.metrics.find((metrics) => metrics.epoch === epoch), [run.metrics, epoch]);
  const cells = (name: string, test: string, train: string) => (
    <tr>
      <th scope="row">
        <i className={`key ${name}`} /> {name}
      </th>
      <td>{test}</td>
      <td>{train}</td>
    </tr>
  );
  return (
    <table className="readout" aria-label="Loss and accuracy at this epoch">
      <thead>
        <tr>
          <td />
          <th scope="col">test</th>
          <th scope="col">train</th>
        </tr>
      </thead>
      <tbody>
        {cells("accuracy", known(row?.testAccuracy, percent), known(row?.trainAccuracy, percent))}
        {cells("loss", known(row?.testLoss, (loss) => loss.toFixed(3)), known(row?.trainLoss, (loss) => loss.toFixed(3)))}
      </tbody>
    </table>
  );
}

const known = (value: number | null | undefined, write: (value: number) => string): string => (value == null || !Number.isFinite(value) ? "–" : write(value));

function Layers({ situation }: { situation: Situation }) {
  const { store, steps: cell } = useApp();
  const { view, evolution } = useWorkspace();
  const steps = useCell(cell);
  const nearest = useNearestStep(steps.length);
  const { run, study } = situation;
  // Where layers are the steps, the present one is marked, and a click goes to its moment.
  const passing = view === "evolution" && evolution.by === "layer";
  const layer = passing ? (steps[nearest]?.layer ?? "") : view === "evolution" ? (steps[0]?.layer ?? situation.layer) : situation.layer;
  const choose = (name: string) => {
    const at = steps.findIndex((step) => step.layer === name);
    if (!passing) {
      const { weights } = store.get();
      // A layer that only another model has gives way to the one that is chosen here.
      store.change(weights.layer === null ? { layer: name } : { layer: name, weights: { ...weights, layer: null } });
    } else if (at >= 0) {
      store.change({ evolution: { ...store.get().evolution, at } }, "along");
    }
  };
  const { shape, columns } = study.dataset;
  const layers = [
    { name: INPUT_LAYER, title: "Input", units: shape === null ? (columns ?? 0) : shape.channels * shape.rows * shape.cols },
    ...(run?.layers ?? []).filter(({ name }) => name !== INPUT_LAYER),
  ];
  return (
    <div className="layers" role="group" aria-label="Layers">
      <span className="layers-title">Layer</span>
      {layers.map(({ name, title, units }) => (
        <button
          key={name}
          type="button"
          className="layer"
          data-testid={`layer-${name}`}
          aria-pressed={name === layer}
          title={`${title}: ${whole(units)} ${name === INPUT_LAYER ? "features" : "units"} (↑ and ↓ step through the layers)`}
          disabled={view === "evolution" && (passing ? !steps.some((step) => step.layer === name) : name === INPUT_LAYER)}
          onClick={() => choose(name)}
        >
          {name}
          <span className="count">{whole(units)}</span>
        </button>
      ))}
    </div>
  );
}
