import type { JobTrace } from "../state/library";
import { isActive } from "../state/results";
import { useApp } from "./app";
import { Icon } from "./Icon";
import { whole } from "./words";

/** A job's progress in words and as a bar, with what one can do about it. */
export function JobProgress({ trace, compact = false }: { trace: JobTrace; compact?: boolean }) {
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
        {job.energy !== null && <> · KL {job.energy.toFixed(3)}</>}
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

/** The energy that the method lowers, step by step. */
function Energy({ trace }: { trace: JobTrace }) {
  const { energy, job } = trace;
  if (energy.length < 2) {
    return null;
  }
  const top = Math.max(...energy.map((point) => point.energy));
  const bottom = Math.min(...energy.map((point) => point.energy));
  const points = energy.map((point) => {
    const x = (point.iteration / Math.max(1, job.iterations)) * WIDTH;
    const y = 2 + (1 - (point.energy - bottom) / (top - bottom || 1)) * (HEIGHT - 4);
    return `${x.toFixed(1)},${y.toFixed(1)}`;
  });
  return (
    <svg className="energy" width={WIDTH} height={HEIGHT} role="img" aria-label={`Energy, from ${top.toFixed(3)} to ${energy[energy.length - 1].energy.toFixed(3)}`}>
      <polyline points={points.join(" ")} />
    </svg>
  );
}
