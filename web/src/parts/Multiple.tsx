import { useMemo } from "react";
import type { Parameters, Run, Source } from "../server/types";
import type { JobTrace } from "../state/library";
import { isActive } from "../state/results";
import { type Situation, useApp, useWorkspace } from "./app";
import { useShown } from "./useShown";
import { JobProgress } from "./JobPanel";
import { QualityNumbers } from "./Quality";
import { Still } from "./Still";
import { duration, sourceWords } from "./words";

export interface Panel {
  source: Source;
  title: string;
}

/** When a picture can be expected whose epoch is still to be trained. */
function comes(run: Run, epoch: number): string {
  const { progress } = run;
  const last = Math.max(...run.plannedEpochs);
  const time = progress !== null && epoch === last ? `, in about ${duration(progress.secondsLeft)}` : "";
  return `Comes when training has reached epoch ${epoch}${time}`;
}

/** A small multiple: picture, title, neighborhood hit and trustworthiness. */
export function Multiple({ panel, situation, parameters }: { panel: Panel; situation: Situation; parameters: Parameters }) {
  const { store, library } = useApp();
  const { view } = useWorkspace();
  const { method, study } = situation;
  const { source } = panel;
  const { match, kept, trace, running, layout, dims, live, sized } = useShown(source, method, parameters);
  const run = study.runs.find(({ name }) => name === source.run) ?? null;
  const hasSnapshot = run !== null && run.snapshots.includes(source.epoch ?? -1);
  const predictions = run !== null && hasSnapshot ? (library.predictions(run.name, source.epoch!) ?? null) : null;
  // Epoch and run of the picture, not those that are looked at.
  const share = useMemo(() => ({ title: `${panel.title}, ${method.title}`, situation: { ...situation, run: run ?? situation.run, epoch: source.epoch ?? situation.epoch } }), [panel.title, method, situation, run, source.epoch]);
  const open = () => store.change({ view: "projection", layer: source.layer, run: source.run ?? store.get().run, epoch: source.epoch ?? store.get().epoch });
  const words = `${sourceWords(source)}, ${method.title}`;
  const id = `${source.run ?? "input"}-${source.epoch ?? ""}-${source.layer}`;
  return (
    <figure className="multiple" data-testid="multiple" data-source={id} data-ready={kept !== null}>
      <div className="multiple-picture">
        {sized && layout !== null ? <Still layout={layout} dims={dims} predictions={predictions} kept={live ? null : kept} label={words} share={share} /> : <Waiting panel={panel} run={run} trace={trace} loading={match !== null} />}
      </div>
      <figcaption>
        <button type="button" className="multiple-title" title={view === "overview" ? "Open it large" : `Open ${words} large`} onClick={open}>
          {panel.title}
        </button>
        {kept !== null && running === null && <QualityNumbers quality={kept.result.quality} />}
        {running !== null && <JobProgress trace={running} compact />}
        {running !== null && view === "compare" && (
          <button type="button" className="quiet" onClick={() => void library.cancel(running.job.id)}>
            Cancel
          </button>
        )}
      </figcaption>
    </figure>
  );

  function Waiting(props: { panel: Panel; run: Run | null; trace: JobTrace | null; loading: boolean }) {
    const running = props.trace !== null && isActive(props.trace.job);
    if (props.loading || running) {
      return <p className="multiple-empty">{props.loading ? "Loading" : props.trace?.job.state === "queued" ? "Waiting for its turn" : props.trace?.job.stage}</p>;
    }
    if (source.layer !== "input" && !hasSnapshot) {
      return <p className="multiple-empty">{run?.state === "training" ? comes(run, source.epoch ?? 0) : `Epoch ${source.epoch} is not kept`}</p>;
    }
    return (
      <div className="multiple-empty">
        {props.trace?.job.state === "failed" && <p role="alert">{props.trace.job.error}</p>}
        <button type="button" className="secondary-button" onClick={() => void library.project(source, method.name, parameters)}>
          Compute
        </button>
      </div>
    );
  }
}
