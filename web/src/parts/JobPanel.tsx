import type { JobTrace, TaskTrace } from "../state/library";
import { isActive } from "../state/results";
import { useApp } from "./app";
import { Icon } from "./Icon";
import { energyName, wantsLog } from "../state/energy";
import { curvePath } from "./EnergyChart";
import { measured, whole } from "./words";

/** A job's progress in words and as a bar, with what one can do about it. */
export function JobProgress({ trace, compact = false }: { trace: JobTrace | TaskTrace; compact?: boolean }) {
  const { library } = useApp();
  const { job } = trace;
  if (!isActive(job)) {
    return job.state === "failed" ? (
      <p role="alert" className="problem">
        {job.error ?? "The analysis failed and gave no reason."} Change the parameters and compute again.
      </p>
    ) : null;
  }
  const step = job.iterations > 0 && job.iteration > 0 ? `step ${whole(job.iteration)} of ${whole(job.iterations)}` : job.stage;
  const text = job.state === "queued" ? "Waiting for its turn" : job.state === "paused" ? `Paused at ${step}` : step;
  if (compact) {
    return (
      <div className="job compact" data-testid="job" data-state={job.state}>
        <span className="job-text">{text}</span>
        <progress value={job.fraction} max={1} aria-label={`Progress of ${job.method}`} />
      </div>
    );
  }
  return (
    <div className="job" data-testid="job" data-state={job.state}>
      <span className="job-text" aria-live="off">
        {text}
        {job.energy !== null && (
          <>
            {" "}
            · {energyName(job.method)} {measured(job.energy)}
          </>
        )}
      </span>
      <progress value={job.fraction} max={1} aria-label={`Progress of ${job.method}`} />
      <Energy trace={trace} />
      {job.state === "running" && (
        <button type="button" className="tool" title="Pause" aria-label="Pause" onClick={() => void library.pause(job.id)}>
          <Icon name="pause" />
        </button>
      )}
      {job.state === "paused" && (
        <button type="button" className="tool" title="Go on" aria-label="Go on" onClick={() => void library.resume(job.id)}>
          <Icon name="play" />
        </button>
      )}
      <button type="button" className="tool" title="Cancel" aria-label="Cancel" data-testid="cancel" onClick={() => void library.cancel(job.id)}>
        <Icon name="stop" />
      </button>
    </div>
  );
}

const [WIDTH, HEIGHT] = [132, 28];

/** The curve in small; the inspector has it with its axes. */
function Energy({ trace }: { trace: JobTrace | TaskTrace }) {
  const { energy, job } = trace;
  if (energy.length < 2) {
    return null;
  }
  const log = wantsLog(energy);
  const points = curvePath(energy, job.iterations, log, WIDTH, HEIGHT - 4).map(([x, y]) => `${x.toFixed(1)},${(y + 2).toFixed(1)}`);
  const words = `${energyName(job.method)}, from ${measured(energy[0].energy)} to ${measured(energy[energy.length - 1].energy)}`;
  return (
    <svg className="energy" width={WIDTH} height={HEIGHT} role="img" aria-label={words}>
      <polyline points={points.join(" ")} />
    </svg>
  );
}
