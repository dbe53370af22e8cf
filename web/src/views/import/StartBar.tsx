import { useState } from "react";
import { Icon } from "../../parts/Icon";
import { percent } from "../../parts/words";
import type { Study } from "../../server/types";
import { givesOtherClasses, type ImportSession, type ImportState } from "../../state/import/session";

const USUAL_COUNT = 2000;

/** The last step: how many observations, what the study is called, and the import itself. */
export function StartBar({ state, session, study }: { state: ImportState; session: ImportSession; study: Study | null }) {
  const { running, model, data, activations, understanding } = state;
  if (running !== null && running.state !== "failed" && running.state !== "cancelled") {
    return <Progress state={state} session={session} />;
  }
  if (model === null && data === null && activations === null && running === null) {
    return null;
  }
  const why = whyNot(state, study);
  return (
    <footer className="start-bar" data-testid="start-bar">
      {running !== null && (
        <p className={running.state === "failed" ? "problem" : "sentence"} role="alert" data-testid="import-ended">
          <Icon name="warning" /> {running.message}
        </p>
      )}
      <div className="start-fields">
        {study === null && (
          <label className="field-line">
            <span>Name of the study</span>
            <input value={state.choices.study ?? ""} placeholder={understanding?.data?.name ?? "as the data"} data-testid="study-name" onChange={(event) => session.choose({ study: event.target.value === "" ? null : event.target.value })} />
          </label>
        )}
        {study === null && <Observations state={state} session={session} />}
        <span className="sentence start-why" role="status">
          {why}
        </span>
        <button type="button" className="primary-button" disabled={why !== null} data-testid="start-import" onClick={() => void session.start()}>
          Import
        </button>
      </div>
    </footer>
  );
}

/** Why it cannot begin yet; null when it can. */
export function whyNot(state: ImportState, study: Study | null): string | null {
  const { model, data, activations, uploads, looking, lookError, understanding } = state;
  if (model === null && activations === null) {
    return "A model is missing.";
  }
  if (data === null && activations === null && study === null) {
    return "The data are missing.";
  }
  if (uploads.active) {
    return "The files are on their way.";
  }
  if (uploads.failed.length > 0) {
    return "Some files did not arrive.";
  }
  if (looking) {
    return "Looking at the files.";
  }
  if (lookError !== null || understanding === null) {
    return "The files could not be looked at.";
  }
  if (activations === null && state.choices.layers?.length === 0) {
    return "Keep at least one layer.";
  }
  if (givesOtherClasses(understanding) && !state.choices.withoutPredictions) {
    return "The network gives other classes than the data: see above.";
  }
  return understanding.ready ? null : "Something has to be corrected first: see above.";
}

function Observations({ state, session }: { state: ImportState; session: ImportSession }) {
  const { observations } = state.choices;
  const all = observations === "all";
  const [text, setText] = useState(typeof observations === "number" ? String(observations) : String(USUAL_COUNT));
  const usable = /^[1-9]\d{0,8}$/.test(text);
  return (
    <div className="field-line" role="group" aria-label="Observations to look at">
      <label>
        <span>Observations</span>
        <input
          inputMode="numeric"
          className="count-field"
          value={all ? "" : text}
          placeholder="all"
          disabled={all}
          aria-invalid={!all && !usable}
          data-testid="observations"
          onChange={(event) => {
            setText(event.target.value);
            if (/^[1-9]\d{0,8}$/.test(event.target.value)) {
              session.choose({ observations: Number(event.target.value) });
            }
          }}
        />
      </label>
      <label className="check-field">
        <input type="checkbox" checked={all} onChange={(event) => session.choose({ observations: event.target.checked ? "all" : usable ? Number(text) : USUAL_COUNT })} />
        <span>all</span>
      </label>
    </div>
  );
}

function Progress({ state, session }: { state: ImportState; session: ImportSession }) {
  const running = state.running!;
  const { progress } = running;
  const words = {
    starting: "Starting",
    running: progress?.message || progress?.stage || "Starting",
    stopping: "Stopping",
    opening: "Done. Opening the study",
    failed: "",
    cancelled: "",
  }[running.state];
  const fraction = running.state === "opening" ? 1 : (progress?.fraction ?? 0);
  return (
    <footer className="start-bar" data-testid="importing" data-state={running.state}>
      <div className="importing">
        <span role="status">{words}</span>
        <progress value={fraction} max={1} aria-label="Import" />
        <span className="number">{percent(fraction, 0)}</span>
        <button type="button" className="secondary-button" disabled={running.state !== "running"} data-testid="stop-import" onClick={() => void session.cancel()}>
          Stop
        </button>
      </div>
    </footer>
  );
}
