import type { JobTrace } from "../../state/library";
import type { Parameters } from "../../server/types";
import { type Situation, useApp, useWorkspace } from "../../parts/app";
import { sourceWords, whole } from "../../parts/words";

interface EmptyProps {
  situation: Situation;
  trace: JobTrace | null;
  loading: boolean;
  wrongShape: boolean;
  /** The workspace's when left out. */
  parameters?: Parameters;
}

/** In place of a picture: why there is none, and what to do next. */
export function Empty({ situation, trace, loading, wrongShape, parameters: given }: EmptyProps) {
  const { library, store } = useApp();
  const workspace = useWorkspace();
  const parameters = given ?? workspace.parameters;
  const { source, method, run, epoch, study } = situation;
  if (wrongShape) {
    return <Message title="This layout does not fit the sample." text={`It should have ${whole(study.sample.count)} points. Was the study changed while the page was open? Reload the page.`} />;
  }
  if (source === null) {
    return <Message title="No run yet." text="The input can be projected without one: choose “input” among the layers. Runs appear above as soon as they start." />;
  }
  if (source.layer !== "input" && run !== null && epoch !== null && !run.snapshots.includes(epoch)) {
    const kept = run.snapshots.join(", ");
    const next = run.state === "training" ? "It appears on the time axis when training gets there." : "Choose one on the time axis.";
    return (
      <Message title={`Epoch ${epoch} of ${run.name} is not kept${run.state === "training" ? " yet" : ""}.`} text={`Kept epochs: ${kept || "none yet"}. ${next}`}>
        {run.snapshots.length > 0 && (
          <button type="button" className="primary-button" onClick={() => store.change({ epoch: null })}>
            Show the newest
          </button>
        )}
      </Message>
    );
  }
  if (trace?.job.state === "failed") {
    return <Message title="The projection failed." text={`${trace.job.error ?? "No reason was given."} Change the parameters below and compute again.`} />;
  }
  if (loading) {
    return <Message title="Loading the layout" text="" />;
  }
  if (trace !== null && ["queued", "running", "paused"].includes(trace.job.state)) {
    const queued = trace.job.state === "queued";
    return <Message title={queued ? "Waiting for its turn" : `Working on it: ${trace.job.stage}`} text={queued ? "One analysis runs at a time." : "The points appear with the first layout."} />;
  }
  return (
    <Message title={`No ${method.title} of ${sourceWords(source)} with these parameters yet.`} text="Nothing is computed before you ask; afterwards the result is kept in the study.">
      <button type="button" className="primary-button" data-testid="compute-empty" onClick={() => void library.project(source, method.name, parameters)}>
        Compute it
      </button>
    </Message>
  );
}

function Message({ title, text, children }: { title: string; text: string; children?: React.ReactNode }) {
  return (
    <div className="empty" data-testid="empty" role="status">
      <h3>{title}</h3>
      {text !== "" && <p>{text}</p>}
      {children}
    </div>
  );
}
