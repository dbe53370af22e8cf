import type { ReactNode } from "react";
import { type Situation, useApp, useWorkspace } from "../../../parts/app";
import { useMarks } from "../../../parts/coloring";
import { JobProgress } from "../../../parts/JobPanel";
import { percent, whole } from "../../../parts/words";
import { isActive } from "../../../state/results";
import type { Track } from "../../../state/store";
import { MOST_OFF, type Replacement, type UnitRoles } from "../../../state/unitRoles";
import { NothingHere, PanelFrame, type PanelProps, saveTable, UnitButton } from "../common/PanelFrame";
import { lookAtUnit, sourceOfUnits, type UnitPlace, unitCount, useFlags, useUnitPlace } from "../common/place";
import { Confusion } from "./Confusion";
import { Moved } from "./Moved";
import { RecallChart } from "./RecallChart";
import { ablationSentence, type AblationReport, changes } from "./report";
import { useAblation, useSwitched } from "./useAblation";

const ID = "ablation-panel";
/** Neurons that are named one by one. */
const MOST_NAMED = 40;
const CONTROLS = 5;
/** The slider's end: more than that is not a matter of which ones any more. */
const MOST_SLID = 400;

/** Switches neurons off and measures what the network still can do, beside as many random ones. */
export function AblationPanel({ situation }: PanelProps) {
  const place = useUnitPlace(situation);
  if (typeof place === "string") {
    return <NothingHere testId={ID} title="Nothing to switch off." text={place} />;
  }
  return <Switching situation={situation} place={place} />;
}

function Switching({ situation, place }: { situation: Situation; place: UnitPlace }) {
  const { store, library } = useApp();
  const { neurons } = useWorkspace();
  const { roles } = neurons;
  const marks = useMarks(null);
  const { study } = situation;
  const names = study.dataset.classNames;
  const switched = useSwitched(place, names.length);
  const { units } = switched;
  const { match, trace, others } = useAblation(place, units, roles.replacement);
  const result = match === null ? undefined : library.taskResult<AblationReport>(match.digest);
  const report = result?.report;
  const columnOf = (name: string) => (result?.columns[name] === undefined ? undefined : library.tensor(result.digest, name));
  const [layout, predictionsAfter] = [columnOf("layout"), columnOf("predictionsAfter")];
  const change = (part: Partial<UnitRoles>, track: Track = "step") => {
    const now = store.get().neurons;
    store.change({ neurons: { ...now, roles: { ...now.roles, ...part } } }, track);
  };
  const running = trace !== null && isActive(trace.job);
  const run = () => void library.ask({ kind: "ablation", source: sourceOfUnits(place), parameters: { units, replacement: roles.replacement, controls: CONTROLS } });
  const title = units.length === 0 ? `What neurons of ${place.words} are needed for` : `${place.words} without ${whole(units.length)} ${units.length === 1 ? "neuron" : "neurons"}`;
  const save = () => {
    if (report !== undefined) {
      const rows = changes(report).map(({ label, before, after, control, deviation }) => [names[label], before, after, control, deviation]);
      const more = [`units switched off: ${units.join(" ")}; replaced by ${roles.replacement}`, `accuracy before ${report.accuracy.before}, after ${report.accuracy.after}, with random units ${report.accuracy.control.join(" ")}`];
      saveTable(situation, title, ["class", "recall before", "recall after", "recall with random units, mean", "deviation"], rows, more);
    }
  };
  return (
    <PanelFrame testId={ID} title={title} sentence={report === undefined ? WHY : <strong data-testid="ablation-sentence">{ablationSentence(report, names, units.length)}</strong>} table={false} onSave={report === undefined ? undefined : save}>
      <Choice situation={situation} place={place} roles={roles} units={units} onChange={change}>
        <button type="button" className="primary-button" data-testid="ablate" disabled={units.length === 0 || running || match !== null || study.readOnly === true} title={study.readOnly === true ? "This study is open for reading only" : units.length === 0 ? "Choose neurons first" : match !== null ? "This result is kept already" : `Measure on all ${whole(study.dataset.testCount)} test images`} onClick={run}>
          {match !== null ? "Kept" : "Run"}
        </button>
      </Choice>
      {switched.unscored && (
        <div className="unit-note" role="status">
          {switched.scoring !== null ? (
            <JobProgress trace={switched.scoring} />
          ) : (
            <>
              <span>Which neurons speak for a class is not known yet for {place.words}.</span>
              <button type="button" className="secondary-button" disabled={study.readOnly === true} onClick={() => void library.ask({ kind: "scores", source: sourceOfUnits(place), method: "extra-trees", parameters: {} })}>
                Score the neurons
              </button>
            </>
          )}
        </div>
      )}
      {trace !== null && <JobProgress trace={trace} />}
      {units.length > 0 && (
        <p className="role-row role-chips" data-testid="switched">
          <span className="secondary">Switched off:</span>
          {units.slice(0, MOST_NAMED).map((unit) => (
            <UnitButton key={unit} unit={unit} onOpen={(chosen) => lookAtUnit(store, chosen)} />
          ))}
          {units.length > MOST_NAMED && <span className="secondary">and {whole(units.length - MOST_NAMED)} more</span>}
        </p>
      )}
      {report !== undefined ? (
        <>
          <div className="ablation-parts">
            <div className="unit-stack">
              <RecallChart report={report} names={names} colors={marks?.colors ?? []} count={units.length} />
              {names.length > 0 && report.confusionAfter.length > 0 && <Confusion before={report.confusionBefore} after={report.confusionAfter} names={names} />}
            </div>
            {layout !== undefined && <Moved layout={layout} layer={report.lastHidden ?? null} predictionsAfter={predictionsAfter} situation={situation} />}
          </div>
          <p className="sentence">
            Accuracy goes from {percent(report.accuracy.before)} to {percent(report.accuracy.after)} on all test images; {whole(report.changed)} of the {whole(study.sample.count)} observations of the sample are put into another class than before.
          </p>
        </>
      ) : (
        units.length === 0 && <Advice place={place} classes={names.length} chosenByClass={roles.offClass !== null} onChange={change} />
      )}
      {others.length > 0 && (
        <p className="role-row">
          <span className="secondary">Kept for this layer:</span>
          {others.slice(-8).map(({ digest, parameters }) => {
            const off = Array.isArray(parameters.units) ? (parameters.units as unknown as number[]) : [];
            const replacement = String(parameters.replacement ?? "zero").toLowerCase() as Replacement;
            return (
              <button
                key={digest}
                type="button"
                className="unit-chip"
                title={`Without ${off.slice(0, 20).join(", ")}${off.length > 20 ? " …" : ""}`}
                onClick={() => {
                  const now = store.get().neurons;
                  store.change({ units: [...off].sort((a, b) => a - b), neurons: { ...now, roles: { ...now.roles, offClass: null, replacement } } });
                }}
              >
                {off.length === 1 ? `neuron ${off[0]}` : `${off.length} neurons`}
                {replacement === "mean" ? ", mean" : ""}
              </button>
            );
          })}
        </p>
      )}
    </PanelFrame>
  );
}

const WHY = "Switched-off neurons say nothing any more. What the network then gets wrong is what they were needed for, if as many random ones do not do the same.";

interface ChoiceProps {
  situation: Situation;
  place: UnitPlace;
  roles: UnitRoles;
  units: readonly number[];
  onChange(part: Partial<UnitRoles>, track?: Track): void;
  children: ReactNode;
}

/** Which ones, and what stands in their place. */
function Choice({ situation, place, roles, units, onChange, children }: ChoiceProps) {
  const flags = useFlags(place);
  const { units: chosen, neurons } = useWorkspace();
  const names = situation.study.dataset.classNames;
  const known = neurons.chosen ?? 0;
  const most = Math.min(MOST_SLID, MOST_OFF, Math.max(1, unitCount(place, flags) - 1));
  const byClass = roles.offClass !== null;
  return (
    <div className="role-row">
      <div className="segments" role="group" aria-label="Which neurons">
        <button type="button" aria-pressed={!byClass} data-testid="off-chosen" onClick={() => onChange({ offClass: null })}>
          The chosen ({whole(chosen.length)})
        </button>
        <button type="button" aria-pressed={byClass} disabled={names.length === 0} title={names.length === 0 ? "These data have no classes" : undefined} data-testid="off-class" onClick={() => onChange({ offClass: roles.offClass ?? known })}>
          The strongest of a class
        </button>
      </div>
      {byClass && (
        <>
          <select value={roles.offClass ?? known} aria-label="Class" data-testid="off-class-select" onChange={(event) => onChange({ offClass: Number(event.target.value) })}>
            {names.map((name, label) => (
              <option key={label} value={label}>
                {name}
              </option>
            ))}
          </select>
          <label className="field">
            <span>how many</span>
            <input type="range" min="1" max={most} value={Math.min(roles.offCount, most)} data-testid="off-count" onChange={(event) => onChange({ offCount: Number(event.target.value) }, "along")} />
            <output>{units.length > 0 && units.length < roles.offCount ? `${units.length} (all that are)` : roles.offCount}</output>
          </label>
        </>
      )}
      <label className="field" title="Zero silences a neuron; its mean leaves what follows at its usual level">
        <span>instead</span>
        <select value={roles.replacement} data-testid="replacement" onChange={(event) => onChange({ replacement: event.target.value as Replacement })}>
          <option value="zero">zero</option>
          <option value="mean">its mean</option>
        </select>
      </label>
      {children}
    </div>
  );
}

function Advice({ place, classes, chosenByClass, onChange }: { place: UnitPlace; classes: number; chosenByClass: boolean; onChange(part: Partial<UnitRoles>): void }) {
  const { neurons } = useWorkspace();
  if (chosenByClass) {
    return null;
  }
  return (
    <div className="unit-empty" role="status" data-testid={`${ID}-empty`}>
      <h3>No neuron is chosen.</h3>
      <p>Choose some in the map of {place.layer.name} (Shift-drag) or in a list here, or take the strongest of a class.</p>
      {classes > 0 && (
        <button type="button" className="primary-button" onClick={() => onChange({ offClass: neurons.chosen ?? 0 })}>
          The strongest of a class
        </button>
      )}
    </div>
  );
}
