import { type Situation, useApp, useEvolution } from "../../parts/app";
import { sequenceWords } from "../../state/sequences";
import type { Sought } from "./useSequence";

/** In place of a picture: why there is none, and what to do next. */
export function NoSequence({ situation, sought, control = false }: { situation: Situation; sought: Sought; control?: boolean }) {
  const { library } = useApp();
  const [evolution] = useEvolution();
  const { study, run } = situation;
  const { source, method, match, trace, running, known } = sought;
  if (study.dataset.kind === "vectors" && run === null) {
    return <Message title="These are vectors without a network." text="There is no training to follow here. On files of several steps, ./inscape evolve does the same at the command line." />;
  }
  if ((study.alignments ?? []).length === 0 || method === null) {
    return <Message title="This server cannot lay out sequences." text="A newer Inscape aligns the epochs and layers of a run." />;
  }
  if (run === null) {
    return <Message title="No run yet." text="Its epochs appear here as soon as training starts." />;
  }
  if (source === null) {
    return <Message title="A sequence needs at least two steps." text={evolution.by === "run" ? "This study has one run with this layer at this epoch; another appears here when it is trained." : "Keep more epochs, or choose more steps below."} />;
  }
  if (trace?.job.state === "failed") {
    return <Message title="The layouts failed." text={`${trace.job.error ?? "No reason was given."} Change the parameters below and compute again.`} />;
  }
  if (!known || match !== null) {
    return <Message title="Loading the layouts" text="" />;
  }
  if (running !== null) {
    const queued = running.job.state === "queued";
    return <Message title={queued ? "Waiting for its turn" : `Working on it: ${running.job.stage}`} text={queued ? "One analysis runs at a time." : "The points appear with the first layouts."} />;
  }
  return (
    <Message title={`No ${method.title} of ${control ? "the control, " : ""}${sequenceWords(source, study)}, with these parameters yet.`} text="Nothing is computed before you ask; afterwards the result is kept in the study.">
      <button type="button" className="primary-button" data-testid={control ? "compute-control" : "compute-empty"} disabled={study.readOnly === true} onClick={() => void library.sequence(source, method.name, evolution.parameters)}>
        Compute it
      </button>
    </Message>
  );
}

export function Message({ title, text, children }: { title: string; text: string; children?: React.ReactNode }) {
  return (
    <div className="empty" data-testid="empty" role="status">
      <h3>{title}</h3>
      {text !== "" && <p>{text}</p>}
      {children}
    </div>
  );
}
