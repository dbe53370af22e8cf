import type { Situation } from "../../../parts/app";
import { JobProgress } from "../../../parts/JobPanel";
import { epochWords, whole } from "../../../parts/words";
import type { TaskTrace } from "../../../state/library";
import type { TaskSummary } from "../../../server/types";
import { useAsking } from "./actions";
import type { Units, UnitScores } from "./useUnits";

interface NoMapProps {
  situation: Situation;
  units: Units;
  found: { match: TaskSummary | null; known: boolean; trace: TaskTrace | null; running: TaskTrace | null };
  dead: readonly number[] | null;
  kind: "map" | "trails";
  epoch: number;
  scores: UnitScores;
}

/** In place of a map: why there is none, and what to do next. */
export function NoMap({ situation, units, found, dead, kind, epoch, scores }: NoMapProps) {
  const ask = useAsking(situation, units);
  const { layer } = units.place;
  const where = kind === "map" ? `${layer} ${epochWords(epoch)}` : `${layer} through the epochs`;
  if (found.running !== null) {
    return (
      <Message title={found.running.job.state === "queued" ? "Waiting for its turn" : `Working on ${kind === "map" ? "the map" : "the trails"}`} text={found.running.job.state === "queued" ? "One analysis runs at a time." : ""}>
        <JobProgress trace={found.running} compact />
      </Message>
    );
  }
  if (found.match !== null && dead !== null && units.count - dead.length === 0) {
    return <Message title={`All ${whole(units.count)} neurons of ${where} are dead.`} text="Each says the same for every observation of the sample, so there is nothing to lay out. Look at another layer or epoch." />;
  }
  if (found.match !== null && dead !== null && units.count - dead.length === 1) {
    return <Message title={units.count === 1 ? `${layer} has one neuron only.` : `Only one neuron of ${where} is live.`} text="A map shows how neurons go together, and takes two. Its role is shown under “Role”." />;
  }
  if (found.match !== null || !found.known) {
    return <Message title="Loading the map" text="" />;
  }
  if (units.count < 2) {
    return <Message title={`${layer} has one neuron only.`} text="A map shows how neurons go together, and takes two. Its role is shown under “Role”." />;
  }
  const failed = found.trace?.job.state === "failed";
  const both = kind === "map" && units.labelled && scores.match === null && scores.running === null;
  return (
    <Message
      title={failed ? `The ${kind === "map" ? "map" : "trails"} could not be computed.` : kind === "map" ? `No map of the neurons of ${where} with these options yet.` : `No trails of the neurons of ${layer} yet.`}
      text={failed ? `${found.trace?.job.error ?? "No reason was given."} Change the options below and compute again.` : units.readOnly ? "This study is open for reading only: nothing can be computed in it." : "Nothing is computed before you ask; afterwards the result is kept in the study."}
    >
      {!units.readOnly && (
        <button
          type="button"
          className="primary-button"
          data-testid="compute-empty"
          onClick={() => {
            if (kind === "trails") {
              ask.trails();
              return;
            }
            ask.map(epoch);
            if (both) {
              ask.scores(epoch);
            }
          }}
        >
          {kind === "trails" ? "Compute the trails" : both ? "Compute map and scores" : "Compute the map"}
        </button>
      )}
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
