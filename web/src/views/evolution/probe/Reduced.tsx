import { useApp } from "../../../parts/app";
import { likeThis, RunProgress } from "../../../parts/RunProgress";
import { percent, whole } from "../../../parts/words";
import type { Run } from "../../../server/types";
import { epochsOfBoth, lastMetrics, reducedOf, sister } from "../../../state/probe";

interface ReducedProps {
  run: Run;
  runs: readonly Run[];
  readOnly: boolean;
  /** Whether the probes say that layers can go. */
  suggested: boolean;
}

/** The proof of the advice: the network without those layers, trained, and both beside each other. */
export function Reduced({ run, runs, readOnly, suggested }: ReducedProps) {
  const { library } = useApp();
  const reduced = reducedOf(run);
  if (reduced === null || run.shuffledLabels) {
    return null;
  }
  const other = sister(runs, run, reduced.architecture);
  const busy = runs.find(({ state }) => state === "training");
  if (other?.state === "training") {
    return <RunProgress run={other} stop={!readOnly} />;
  }
  if (other !== null && lastMetrics(other) !== null && other.state !== "failed") {
    return <Beside runs={[run, other]} />;
  }
  const time = likeThis(run);
  return (
    <div className="reduced" data-testid="reduced">
      <p className="sentence">
        {suggested ? "To see whether that is so, train" : "To compare, train"} {reduced.architecture}, {reduced.text}
        {time === "" ? "" : `; at most ${time}`}.
      </p>
      {other?.state === "failed" && (
        <p className="problem" role="alert">
          {other.error ?? `The training of ${other.name} failed and gave no reason.`}
        </p>
      )}
      <button
        type="button"
        className="secondary-button"
        data-testid="train-reduced"
        disabled={readOnly || busy !== undefined}
        title={readOnly ? "This study is open for reading only: nothing can be trained in it" : busy !== undefined ? `${busy.name} is training; one run at a time` : undefined}
        onClick={() => void library.train({ like: run.name, architecture: reduced.architecture })}
      >
        Train the reduced network ({reduced.architecture})
      </button>
      {(readOnly || busy !== undefined) && <p className="secondary">{readOnly ? "This study is open for reading only." : `Possible when the training of ${busy!.name} is done.`}</p>}
    </div>
  );
}

const MOST_EPOCHS = 4;

/** Test accuracy of both after the epochs that both have, and what each costs. */
function Beside({ runs }: { runs: readonly [Run, Run] }) {
  const [full, reduced] = runs;
  const epochs = epochsOfBoth(full, reduced, MOST_EPOCHS);
  const at = (run: Run, epoch: number) => run.metrics.find((row) => row.epoch === epoch)?.testAccuracy ?? null;
  const last = epochs[epochs.length - 1];
  const [one, two] = last === undefined ? [null, null] : [at(full, last), at(reduced, last)];
  const points = one === null || two === null ? null : (two - one) * 100;
  return (
    <div className="reduced" data-testid="beside">
      <table className="contrast">
        <caption>Test accuracy in % after epoch</caption>
        <thead>
          <tr>
            <td />
            {epochs.map((epoch) => (
              <th key={epoch} scope="col">
                {epoch}
              </th>
            ))}
            <th scope="col">weights</th>
          </tr>
        </thead>
        <tbody>
          {runs.map((run) => (
            <tr key={run.name} data-run={run.name}>
              <th scope="row">
                {run.name} {run.name !== run.architecture && <span className="secondary">{run.architecture}</span>}
              </th>
              {epochs.map((epoch) => (
                <td key={epoch}>{at(run, epoch) === null ? "–" : (at(run, epoch)! * 100).toFixed(1)}</td>
              ))}
              <td title={`${whole(run.parameterCount)} weights`}>{run.parameterCount.toLocaleString("en", { notation: "compact", maximumSignificantDigits: 3 })}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {points !== null && (
        <p className="sentence" data-testid="difference">
          {Math.abs(points) < 0.05
            ? "Both are equally accurate."
            : `${reduced.name} is ${Math.abs(points).toFixed(1)} points ${points > 0 ? "more" : "less"} accurate, with ${percent(reduced.parameterCount / Math.max(1, full.parameterCount), 0)} of the weights.`}
        </p>
      )}
    </div>
  );
}
