import { useMemo } from "react";
import { useApp, useLibrary } from "../../../parts/app";
import { JobProgress } from "../../../parts/JobPanel";
import { epochWords } from "../../../parts/words";
import type { Run } from "../../../server/types";
import { readProbe } from "../../../state/probe";
import { isActive } from "../../../state/results";
import type { PanelProps } from "../slots";
import { LayerTable } from "./LayerTable";
import { Reduced } from "./Reduced";

/** "Does this layer add anything?": a linear probe and the own space's neighborhood hit for every layer. */
export function ProbePanel({ situation }: PanelProps) {
  const { run, epoch, study } = situation;
  const labelled = study.dataset.classNames.length > 0;
  return (
    <section className="probe" data-testid="probe" aria-labelledby="probe-title">
      <h3 id="probe-title">Does each layer add anything?</h3>
      {run === null || epoch === null ? (
        <p className="sentence">Probes are fitted to the layers of a run; this study has none yet.</p>
      ) : !labelled ? (
        <p className="sentence">Probes need labels, and these data have none.</p>
      ) : !run.snapshots.includes(epoch) ? (
        <p className="sentence">
          {run.name} is not kept at epoch {epoch}. Choose one of its epochs on the time axis.
        </p>
      ) : (
        <Probed run={run} epoch={epoch} situation={situation} />
      )}
    </section>
  );
}

function Probed({ run, epoch, situation }: { run: Run; epoch: number; situation: PanelProps["situation"] }) {
  const { library } = useApp();
  const { tasks } = useLibrary();
  const { study } = situation;
  const readOnly = study.readOnly === true;
  const about = (source: { run?: unknown; epoch?: unknown }) => source.run === run.name && source.epoch === epoch;
  const kept = library.kept("probe");
  const match = kept?.findLast(({ source }) => about(source)) ?? null;
  const own = tasks.filter(({ job }) => job.kind === "probe" && about(job.source));
  const task = own.find(({ job }) => isActive(job)) ?? own[own.length - 1] ?? null;
  const report = match === null ? undefined : library.taskResult(match.digest)?.report;
  const probe = useMemo(() => readProbe(report), [report]);
  if (task !== null && isActive(task.job)) {
    return <JobProgress trace={task} />;
  }
  if (match === null) {
    return (
      <>
        <p className="sentence">Fits a linear classifier to each layer of {run.name} {epochWords(epoch)}: where it does as well as on the last layer, the layers after it add nothing.</p>
        {task?.job.state === "failed" && (
          <p className="problem" role="alert">
            {task.job.error ?? "The probes failed and gave no reason."}
          </p>
        )}
        {readOnly ? (
          <p className="secondary">No probes are kept for it, and this study is open for reading only.</p>
        ) : (
          <button type="button" className="secondary-button" data-testid="probe-layers" disabled={kept === undefined} onClick={() => void library.ask({ kind: "probe", source: { run: run.name, epoch }, parameters: {} })}>
            Probe the layers
          </button>
        )}
      </>
    );
  }
  if (probe === null) {
    return <p className="sentence">Loading the probes</p>;
  }
  return (
    <>
      <LayerTable probe={probe} run={run} epoch={epoch} />
      {probe.advice !== "" && (
        <p className="advice" data-testid="advice">
          {probe.advice}
        </p>
      )}
      <Reduced run={run} runs={study.runs} readOnly={readOnly} suggested={probe.drop.length > 0} />
    </>
  );
}
