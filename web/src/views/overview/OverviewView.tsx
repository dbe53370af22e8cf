import { lazy, Suspense } from "react";
import type { Job, Run, Study, Task, TaskKind } from "../../server/types";
import { isTask } from "../../state/library";
import { sequenceWords } from "../../state/sequences";
import { type Situation, useApp, useLibrary } from "../../parts/app";
import { JobProgress } from "../../parts/JobPanel";
import { Findings } from "../../parts/findings/Findings";
import { SaveMenu } from "../../parts/SaveMenu";
import { saveMultiples } from "../compare/saving";
import { Legend } from "../../parts/Legend";
import { Multiple, type Panel } from "../../parts/Multiple";
import { datasetTitle, duration, percent, runState, sourceTitle, whole } from "../../parts/words";
import { Unavailable } from "../../parts/Unavailable";
import { hasMetrics, hasScores, inputOf, labelsOf, thingsOf } from "../../state/brought";
import { dimensionsOf, findResult, isActive, lastHiddenLayer, lastSnapshot } from "../../state/results";
import { advice, headline } from "./advice";

const CurveChart = lazy(async () => ({ default: (await import("./CurveChart")).CurveChart }));

/** Where a person lands. */
export function OverviewView({ situation }: { situation: Situation }) {
  const { library } = useApp();
  const { summaries } = useLibrary();
  const { study, run, method } = situation;
  const first = findResult(summaries, { layer: "input" }, method, {});
  const { dataset, sample } = study;
  const vectors = dataset.kind === "vectors";
  const labelled = dataset.classNames.length > 0;
  const known = run === null ? null : { run, method, summaries, classNames: dataset.classNames, input: inputOf(study) };
  return (
    <div className="overview-frame">
      <div className="overview" tabIndex={0} role="group" aria-label="Overview">
        <header className="overview-head">
          <SaveMenu onSave={(kind) => void saveMultiples(kind, `${datasetTitle(dataset.name)}${run === null ? "" : `, ${run.name}`}`, "overview").catch((error: unknown) => library.notify(error))} />
          <h2 data-testid="title">{known === null ? (vectors ? `${datasetTitle(dataset.name)} in pictures` : `What a network makes of ${datasetTitle(dataset.name)}`) : headline(known)}</h2>
          <p className="sentence">
            Each point is one of {whole(sample.count)} {sample.split === "all" ? "" : `${sample.split} `}{thingsOf(study)} of {datasetTitle(dataset.name)}, the same in every picture
            {labelled ? "; its colour is its class. Neighborhood hit (NH): of each point's nearest neighbours in the picture, the share with its class." : labelsOf(study) === "values" ? "; its colour is the number that the data give it." : "."}
          </p>
        </header>
        <Activity />
        {run === null ? <NoRun situation={situation} /> : <BeforeAfter run={run} situation={situation} />}
        <Findings situation={situation} />
        {study.runs.length > 0 && (
          <div className="overview-lower">
            <div className="overview-left">
              <section className="card charts" aria-label="Learning curves">
                <Curves runs={study.runs} current={run?.name ?? null} />
              </section>
              <Runs runs={study.runs} current={run} />
            </div>
            {known !== null && <Next known={known} />}
          </div>
        )}
      </div>
      <Legend predictions={null} kept={first === null ? null : (library.result(first.summary.digest) ?? null)} wrongCount={null} several />
    </div>
  );
}

/** Without a network there are still the data themselves: what is kept of them, or how to get it. */
function NoRun({ situation }: { situation: Situation }) {
  const { store } = useApp();
  const { summaries, jobs } = useLibrary();
  const vectors = situation.study.dataset.kind === "vectors";
  const active = jobs.map(({ job }) => job).filter((job) => isActive(job) && job.source.layer === "input");
  const pictured = situation.study.methods
    .filter((method) => findResult(summaries, { layer: "input" }, method, {}) !== null || active.some((job) => job.method === method.name && dimensionsOf(method, job.parameters) === dimensionsOf(method, {})))
    .slice(0, 3);
  if (pictured.length > 0) {
    return (
      <section className="before-after" aria-label="Pictures of the data">
        {pictured.map((method) => (
          <Multiple key={method.name} panel={{ source: { layer: "input" }, title: method.title }} situation={{ ...situation, method }} parameters={{}} />
        ))}
      </section>
    );
  }
  return (
    <div className="empty card" role="status">
      <h3>{vectors ? "No picture of these vectors yet." : "This study has no run yet."}</h3>
      {vectors ? (
        <p>Choose a method and compute a layout; it is kept in the study.</p>
      ) : (
        <p>
          Train one into it: <code>./inscape train mnist --model mlp --study DIR</code>. It appears here while it trains. The data themselves can be looked at already.
        </p>
      )}
      <button type="button" className="primary-button" onClick={() => store.change({ view: "projection", layer: "input" })}>
        Project the {vectors ? "vectors" : inputOf(situation.study)}
      </button>
    </div>
  );
}

/** Pixels, the untrained network, the trained one; while it trains, the newest epoch that there is a picture of. */
export function beforeAfterPanels(run: Run, pictured: readonly number[], input = "Raw pixels"): Panel[] {
  const layer = lastHiddenLayer(run) ?? "input";
  const last = Math.max(...run.plannedEpochs, lastSnapshot(run) ?? 0);
  const soFar = Math.max(0, ...pictured);
  const shown = run.state !== "training" ? (lastSnapshot(run) ?? last) : soFar > 0 ? soFar : last;
  const panels: Panel[] = [{ source: { layer: "input" }, title: input }];
  const first = run.snapshots[0] ?? 0;
  panels.push({ source: { run: run.name, epoch: first, layer }, title: first === 0 ? `${layer}, untrained` : `${layer}, epoch ${first}` });
  if (shown !== first) {
    panels.push({ source: { run: run.name, epoch: shown, layer }, title: `${layer}, epoch ${shown}${shown < last && run.state === "training" ? " so far" : ""}` });
  }
  return panels;
}

function BeforeAfter({ run, situation }: { run: Run; situation: Situation }) {
  const { summaries, jobs } = useLibrary();
  const layer = lastHiddenLayer(run);
  const pictured = [...summaries, ...jobs.map(({ job }) => job).filter(isActive)]
    .filter(({ source, method }) => source.run === run.name && source.layer === layer && method === situation.method.name)
    .map(({ source }) => source.epoch ?? 0);
  return (
    <section className="before-after" aria-label="Before and after training">
      {beforeAfterPanels(run, pictured, `Raw ${inputOf(situation.study)}`).map((panel) => (
        <Multiple key={panel.title} panel={panel} situation={situation} parameters={{}} />
      ))}
    </section>
  );
}

/** Only the curves that somebody measured. */
function Curves({ runs, current }: { runs: Run[]; current: string | null }) {
  const any = (measure: (row: Run["metrics"][number]) => number) => runs.some(({ metrics, plannedEpochs, state }) => metrics.some((row) => Number.isFinite(measure(row))) || (state === "training" && plannedEpochs.length > 0));
  const [accuracy, loss] = [any((row) => row.testAccuracy), any((row) => row.testLoss)];
  if (!accuracy && !loss) {
    return <Unavailable small title="No learning curves" why={runs.some((run) => hasScores(run) && !hasMetrics(run)) ? "Losses and accuracies were not recorded with the checkpoints, and without labels they cannot be measured." : "Without scores of classes there is no accuracy, and losses were not recorded with the checkpoints."} />;
  }
  return (
    <Suspense fallback={null}>
      {accuracy && <CurveChart runs={runs} current={current} measure="accuracy" />}
      {loss && <CurveChart runs={runs} current={current} measure="loss" />}
    </Suspense>
  );
}

/** What Inscape is doing right now: training with speed and time left, analyses with progress. */
function Activity() {
  const { study, jobs, tasks } = useLibrary();
  const training = study?.runs.filter((run) => run.state === "training") ?? [];
  const active = [...jobs, ...tasks].filter(({ job }) => isActive(job));
  if (training.length === 0 && active.length === 0) {
    return null;
  }
  return (
    <section className="activity card" aria-label="In progress" data-testid="activity">
      {training.map((run) => (
        <TrainingLine key={run.name} run={run} />
      ))}
      {active.slice(0, 2).map((trace) => (
        <div key={trace.job.id} className="activity-line">
          <span className="activity-name">{jobTitle(trace.job, study)}</span>
          <JobProgress trace={trace} />
        </div>
      ))}
      {active.length > 2 && <p className="sentence">and {active.length - 2} more analyses wait for their turn</p>}
    </section>
  );
}

const TASK_TITLES: Record<TaskKind, string> = {
  sequence: "Evolution",
  bundle: "Bundles",
  field: "Vector field",
  probe: "Probes",
  units: "Neuron projection",
  "trails-of-units": "Trails of neurons",
  scores: "Discriminative neurons",
  activity: "Activity of neurons",
  ablation: "Ablation",
  clusters: "Clusters within classes",
  findings: "Findings",
};

function jobTitle(job: Job | Task, study: Study | null): string {
  if (!isTask(job)) {
    return sourceTitle(job.source);
  }
  const { source } = job;
  const about = source.by === undefined || study === null ? "" : ` of ${sequenceWords(source, study)}`;
  return `${TASK_TITLES[job.kind]}${about}`;
}

function TrainingLine({ run }: { run: Run }) {
  const { progress } = run;
  const last = Math.max(...run.plannedEpochs, 0);
  if (progress === null) {
    return (
      <div className="activity-line">
        <span className="activity-name">Training {run.name}</span>
        <span className="job-text">is about to start</span>
      </div>
    );
  }
  const done = (progress.epoch - 1 + progress.imagesDone / Math.max(1, progress.imagesTotal)) / Math.max(1, last);
  return (
    <div className="activity-line" data-testid="training">
      <span className="activity-name">Training {run.name}</span>
      <span className="job-text">
        epoch {progress.epoch} of {last} · {whole(progress.imagesDone)} of {whole(progress.imagesTotal)} images · {whole(progress.imagesPerSecond)} images/s ·{" "}
        {duration(progress.secondsLeft)} left
      </span>
      <progress value={Math.min(1, done)} max={1} aria-label={`Training of ${run.name}`} />
    </div>
  );
}

function Next({ known }: { known: Parameters<typeof advice>[0] }) {
  const { store } = useApp();
  return (
    <section className="card next" aria-label="What to look at next">
      <h3>What to look at next</h3>
      <ul>
        {advice(known).map(({ title, text, change }) => (
          <li key={title}>
            <button type="button" onClick={() => store.change(change)}>
              <strong>{title}</strong>
              <span>{text}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Runs({ runs, current }: { runs: Run[]; current: Run | null }) {
  const { store } = useApp();
  return (
    <table className="runs-table" aria-label="Runs">
      <thead>
        <tr>
          {["Run", "Network", "Parameters", "Labels", "Seed", "Epoch", "Accuracy", "State"].map((name) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {runs.map((run) => {
          const newest = run.metrics[run.metrics.length - 1];
          return (
            <tr key={run.name} aria-current={run === current ? "true" : undefined}>
              <th scope="row">
                <button type="button" className="quiet" onClick={() => store.change({ run: run.name, epoch: null, layer: null })}>
                  {run.name}
                </button>
              </th>
              <td>{run.architecture}</td>
              <td>{run.parameterCount > 0 ? whole(run.parameterCount) : "–"}</td>
              <td>{run.brought == null ? (run.shuffledLabels ? "shuffled" : "true") : "–"}</td>
              <td>{run.brought == null ? run.seed : "–"}</td>
              <td>{lastSnapshot(run) ?? "–"}</td>
              <td>{newest && Number.isFinite(newest.testAccuracy) ? percent(newest.testAccuracy, 2) : "–"}</td>
              <td>{run.error ?? runState(run)}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
