import { useEffect } from "react";
import { useApp, useEvolution, useLibrary } from "../../../parts/app";
import { JobProgress } from "../../../parts/JobPanel";
import { likeThis, RunProgress } from "../../../parts/RunProgress";
import { decimals, percent } from "../../../parts/words";
import type { Parameters, Run, SequenceReport, SequenceSource } from "../../../server/types";
import { COHERENCE, type Contrast, contrasts, type Honesty, readHonesty } from "../../../state/honesty";
import { isActive } from "../../../state/results";
import { alignmentOf, controlRun, findSequence, findSequenceTask, sequenceOf } from "../../../state/sequences";
import type { PanelProps } from "../slots";
import type { SequenceShown } from "../shown";

/** Runs trained for this panel: when one is complete, its sequence follows without another click. */
const wanted = new Set<string>();

/** The same network, trained on labels that mean nothing: what of the picture comes without learning. */
export function ControlPart({ situation, shown, honesty }: PanelProps & { shown: SequenceShown; honesty: Honesty }) {
  const { study } = situation;
  const source = shown.source;
  const run = source.by === "run" ? null : (study.runs.find(({ name }) => name === source.run) ?? null);
  return (
    <section className="control" data-testid="control-part" aria-labelledby="control-title">
      <h4 id="control-title">Control: the same with shuffled labels</h4>
      {run === null ? (
        <p className="sentence">Choose epochs or layers as steps to see a run with shuffled labels beside them.</p>
      ) : run.shuffledLabels ? (
        <p className="sentence">This run itself learned from shuffled labels.</p>
      ) : (
        <Twin run={run} situation={situation} shown={shown} honesty={honesty} />
      )}
    </section>
  );
}

type TwinProps = Pick<PanelProps, "situation"> & { run: Run; shown: SequenceShown; honesty: Honesty };

function Twin({ run, situation, shown, honesty }: TwinProps) {
  const { library } = useApp();
  const { study } = situation;
  const twin = controlRun(study, run);
  const readOnly = study.readOnly === true;
  const busy = study.runs.find(({ state }) => state === "training");
  if (twin !== null && twin.state === "training") {
    return <RunProgress run={twin} stop={!readOnly} />;
  }
  if (twin !== null && twin.snapshots.length >= 2 && (twin.state === "complete" || twin.state === "interrupted")) {
    return <TwinSequence twin={twin} {...{ run, situation, shown, honesty }} />;
  }
  const train = async () => {
    const started = await library.train({ like: run.name, shuffleLabels: true });
    if (started !== null) {
      wanted.add(started.name);
    }
  };
  const time = likeThis(run);
  return (
    <>
      <p className="sentence">What would this picture look like if there were nothing to learn? Trains {run.name} again on labels in random order{time === "" ? "" : `, ${time}`}.</p>
      {twin?.state === "failed" && (
        <p className="problem" role="alert">
          {twin.error ?? `The training of ${twin.name} failed and gave no reason.`}
        </p>
      )}
      <button
        type="button"
        className="secondary-button"
        data-testid="train-control"
        disabled={readOnly || busy !== undefined}
        title={readOnly ? "This study is open for reading only: nothing can be trained in it" : busy !== undefined ? `${busy.name} is training; one run at a time` : undefined}
        onClick={() => void train()}
      >
        Train the control
      </button>
      {(readOnly || busy !== undefined) && <p className="secondary">{readOnly ? "This study is open for reading only." : `Possible when the training of ${busy!.name} is done.`}</p>}
    </>
  );
}

/** The same sequence of the control: on its way, still to be asked for, or set beside the real one. */
function TwinSequence({ run, twin, situation, shown, honesty }: TwinProps & { twin: Run }) {
  const { library } = useApp();
  const { tasks } = useLibrary();
  const [evolution, change] = useEvolution();
  const { study } = situation;
  const method = alignmentOf(study, shown.match?.summary.method ?? evolution.method);
  const source: SequenceSource | null = sequenceOf(shown.source, twin);
  const parameters: Parameters = shown.match?.summary.parameters ?? evolution.parameters;
  const kept = library.kept("sequence");
  const match = method === null || source === null ? null : findSequence(kept ?? [], source, method, parameters, study);
  const task = method === null || source === null ? null : findSequenceTask(tasks, source, method, parameters, study);
  const report = match === null ? undefined : library.taskResult<SequenceReport>(match.summary.digest)?.report;
  const active = task !== null && isActive(task.job);
  const readOnly = study.readOnly === true;
  const key = `${twin.name} ${twin.state}`;
  const lacking = kept !== undefined && match === null && !active && !readOnly && method !== null && source !== null;
  const ask = () => {
    wanted.delete(twin.name);
    if (method !== null && source !== null) {
      void library.sequence(source, method.name, parameters);
      change({ control: true }, "along");
    }
  };
  useEffect(() => {
    if (lacking && wanted.has(twin.name)) {
      ask();
    }
  }, [lacking, key]);
  if (active) {
    return <JobProgress trace={task} />;
  }
  if (match === null) {
    return (
      <>
        {task?.job.state === "failed" && (
          <p className="problem" role="alert">
            {task.job.error}
          </p>
        )}
        <p className="sentence">{readOnly ? `No such sequence of ${twin.name} is kept, and this study is open for reading only.` : `${twin.name} is trained. The same steps of it are not laid out yet.`}</p>
        {lacking && (
          <button type="button" className="secondary-button" data-testid="lay-out-control" onClick={ask}>
            Lay out its steps
          </button>
        )}
      </>
    );
  }
  return (
    <>
      <ContrastTable rows={contrasts(honesty, readHonesty(report))} last={honesty.steps[honesty.steps.length - 1]?.name ?? ""} real={run.name} control={twin.name} />
      <p className="sentence" data-testid="coherence">
        {COHERENCE}
      </p>
      <label className="check">
        <input type="checkbox" checked={evolution.control} data-testid="control-beside" onChange={(event) => change({ control: event.target.checked })} /> Show it beside
      </label>
    </>
  );
}

function ContrastTable({ rows, last, real, control }: { rows: readonly Contrast[]; last: string; real: string; control: string }) {
  const text = (share: boolean, value: number | null) => (value === null ? "–" : share ? percent(value) : decimals(value, 2));
  return (
    <table className="contrast" data-testid="contrast">
      <caption>At the last step, {last}</caption>
      <thead>
        <tr>
          <td />
          <th scope="col" title={`The run ${real}`}>
            real
          </th>
          <th scope="col" title={`The run ${control}`}>
            shuffled
          </th>
        </tr>
      </thead>
      {[0, 2].map((from) => (
        <tbody key={from}>
          <tr>
            <th scope="rowgroup" colSpan={3} title={rows[from].text}>
              {rows[from].figure}
            </th>
          </tr>
          {rows.slice(from, from + 2).map(({ figure, where, share, real: one, control: two }) => (
            <tr key={where} data-row={`${figure}, ${where}`}>
              <th scope="row">{where}</th>
              <td>{text(share, one)}</td>
              <td>{text(share, two)}</td>
            </tr>
          ))}
        </tbody>
      ))}
    </table>
  );
}
