import type { Run } from "../server/types";
import { useApp } from "./app";
import { Icon } from "./Icon";
import { duration } from "./words";

/** Share of a run's training that is done. */
export function trained({ progress, plannedEpochs }: Run): number {
  const last = Math.max(1, ...plannedEpochs);
  return progress === null ? 0 : Math.max(0, Math.min(1, (progress.epoch - 1 + progress.imagesDone / Math.max(1, progress.imagesTotal)) / last));
}

/** How far a run's training has come, in words and as a bar, with a way to end it. */
export function RunProgress({ run, stop = true }: { run: Run; stop?: boolean }) {
  const { library } = useApp();
  const { progress } = run;
  const last = Math.max(0, ...run.plannedEpochs);
  const text = progress === null ? `Training of ${run.name} is about to start` : `Training ${run.name}: epoch ${progress.epoch} of ${last}, ${duration(progress.secondsLeft)} left`;
  return (
    <div className="run-progress" data-testid="run-progress" data-run={run.name}>
      <span>{text}</span>
      <progress value={trained(run)} max={1} aria-label={`Training of ${run.name}`} />
      {stop && (
        <button type="button" className="tool" title="End the training; complete epochs are kept" aria-label={`End the training of ${run.name}`} onClick={() => void library.stopRun(run.name)}>
          <Icon name="stop" />
        </button>
      )}
    </div>
  );
}

/** About how long a run like this one trains, in words; empty while nobody knows. */
export function likeThis(run: Run): string {
  const seconds = run.metrics.reduce((sum, epoch) => sum + epoch.seconds, 0);
  return seconds > 0 ? `about ${duration(seconds)}` : "";
}
