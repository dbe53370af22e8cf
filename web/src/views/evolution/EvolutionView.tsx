import { useCallback, useMemo, useState } from "react";
import { createPortal } from "react-dom";
import { trailMarks } from "../../draw/trailScene";
import { type Situation, useApp, useCell, useEvolution, useWorkspace } from "../../parts/app";
import { useMarks } from "../../parts/coloring";
import { JobProgress } from "../../parts/JobPanel";
import { parameterWords, whole } from "../../parts/words";
import { controlRun, sequenceWords } from "../../state/sequences";
import { Tools } from "../projection/Tools";
import { ControlPane } from "./ControlPane";
import { Movement } from "./Movement";
import { NoSequence } from "./NoSequence";
import { SequenceForm } from "./SequenceForm";
import { useField } from "./field/useField";
import { useFieldMarks } from "./field/useFieldMarks";
import { FieldControls, HonestyPanel, ProbePanel, RegionPanel } from "./slots";
import { TriedTrail } from "../place/TriedMarks";
import { TryPanel } from "../place/TryPanel";
import type { SequenceShown } from "./shown";
import { useNearestStep } from "./useMoment";
import { StepNumbers } from "./StepNumbers";
import { StillTrails } from "./StillTrails";
import { TrailControls } from "./TrailControls";
import { TrailLegend } from "./TrailLegend";
import { TrailPlane } from "./TrailPlane";
import { TrailTable } from "./TrailTable";
import { saveEvolution } from "./saving";
import { useBundled, useShownSequence, useSought } from "./useSequence";

/** Observations through the steps of a sequence: points, trails, bundles and fields. */
export function EvolutionView({ situation, table, onTable }: { situation: Situation; table: boolean; onTable(): void }) {
  const { store, library, side } = useApp();
  const [evolution] = useEvolution();
  const { palette } = useWorkspace();
  const host = useCell(side);
  const [broken, setBroken] = useState<string | null>(null);
  const [brushing, setBrushing] = useState(false);
  const failed = useCallback((message: string) => setBroken(message), []);
  const { study, observations, predictions } = situation;
  const sought = useSought(situation);
  const shown = useShownSequence(sought, observations.count);
  const bundled = useBundled(shown, situation);
  const control = useSought(situation, true);
  const controlShown = useShownSequence(evolution.control ? control : NOTHING_SOUGHT(control), observations.count);
  const controlBundled = useBundled(controlShown, situation);
  const plain = useMarks(null, null, true);
  const marks = useMemo(() => (plain === null ? null : trailMarks({ ...plain, labels: observations.labels, scale: null }, palette, evolution.highlight)), [plain, observations.labels, palette, evolution.highlight]);
  const shownMarks = useFieldMarks(marks, shown);
  const controlMarks = useFieldMarks(marks, controlShown);
  const field = useField(evolution.field === "none" ? null : (shown?.digest ?? null));
  const { method, match, running, source, steps } = sought;
  const title = source === null ? "Evolution" : `${sequenceWords(shown?.source ?? match?.source ?? source, study)}${method === null ? "" : `, ${method.title}`}`;
  const settings = method === null ? "" : parameterWords(method, match?.summary.parameters ?? evolution.parameters);
  const trailWords = evolution.trails === "none" ? "no trails" : bundled?.summary != null ? "bundled trails" : "straight trails";
  const description = `${title}: ${whole(observations.count)} points and their ${trailWords} through ${steps.length} steps, hue is the class, dark is early and bright is late. The same as a table: press T.`;
  const beside = controlRun(study, situation.run);
  const save = (kind: "svg" | "png" | "csv") => {
    if (shown !== null && bundled !== null && marks !== null) {
      saveEvolution(kind, { situation, shown, bundled, marks: shownMarks ?? marks, field: field.shown, evolution: store.get().evolution, camera: store.get().camera, title }, library).catch((error: unknown) => library.notify(error));
    }
  };
  return (
    <div className="evolution projection">
      <header className="panel-header">
        <div>
          <h2 data-testid="title">
            {title}
            {settings !== "" && <span className="secondary"> {settings}</span>}
          </h2>
          {running !== null ? <JobProgress trace={running} /> : <Sentence shownSteps={shown?.steps.length ?? 0} method={method?.text ?? ""} otherSteps={match?.otherSteps === true} />}
        </div>
        {shown?.report != null && <StepNumbers quality={shown.report.quality} />}
      </header>
      <div className={`plane-frame trail-frame${evolution.control ? " with-control" : ""}`}>
        <div className="trail-pane">
          {shown !== null && bundled !== null && marks !== null && broken === null ? (
            <TrailPlane shown={shown} bundled={bundled} marks={shownMarks ?? marks} predictions={evolution.by === "epoch" ? predictions : null} description={description} brushing={brushing && evolution.field !== "none"} onFailed={failed}>
              <TriedTrail shown={shown} />
            </TrailPlane>
          ) : shown !== null && bundled !== null && marks !== null ? (
            <StillTrails shown={shown} bundled={bundled} marks={shownMarks ?? marks} label={description} reason={broken ?? ""} />
          ) : (
            <NoSequence situation={situation} sought={sought} />
          )}
          {evolution.control && shown !== null && <span className="pane-name">{shown.source.by === "run" ? "" : shown.source.run}</span>}
        </div>
        {evolution.control && <ControlPane situation={situation} sought={control} shown={controlShown} bundled={controlBundled} marks={controlMarks} run={beside} />}
        {table && shown !== null && <TrailTable situation={situation} shown={shown} />}
        <Tools space={false} images={false} onTable={onTable} table={table} onSave={save} ready={shown !== null} digest={shown?.result?.digest ?? null} />
      </div>
      <TrailLegend situation={situation} marks={shownMarks?.groups === undefined ? marks : null} steps={steps} />
      <div className="method-row trail-row">
        <TrailControls situation={situation} bundled={bundled} shown={shown} control={controlBundled} />
        <FieldControls situation={situation} shown={shown} brushing={brushing} onBrushing={setBrushing} />
      </div>
      <div className="method-row">
        <SequenceForm situation={situation} sought={sought} control={beside} />
      </div>
      {host !== null &&
        createPortal(
          <>
            <TrySequence situation={situation} shown={shown} />
            <HonestyPanel situation={situation} shown={shown} control={controlShown} />
            <RegionPanel situation={situation} shown={shown} control={controlShown} />
            {shown !== null && marks !== null && <Movement situation={situation} shown={shown} marks={marks} />}
            <ProbePanel situation={situation} shown={shown} control={controlShown} />
          </>,
          host,
        )}
    </div>
  );
}

/** Placed into the steps of the sequence that is shown, once it is kept. */
function TrySequence({ situation, shown }: { situation: Situation; shown: SequenceShown | null }) {
  const step = useNearestStep(shown?.steps.length ?? 1);
  return <TryPanel situation={situation} digest={shown?.digest ?? null} step={shown === null ? null : step} />;
}

/** While no control is shown nothing of it is loaded. */
const NOTHING_SOUGHT = (sought: ReturnType<typeof useSought>): ReturnType<typeof useSought> => ({ ...sought, match: null, running: null, trace: null });

function Sentence({ shownSteps, method, otherSteps }: { shownSteps: number; method: string; otherSteps: boolean }) {
  if (shownSteps === 0) {
    return <p className="sentence">{method}</p>;
  }
  return (
    <p className="sentence">
      One line per observation through {shownSteps} steps: dark early, bright late.
      {otherSteps && " More steps are kept by now than this layout has: compute it anew to see them."}
    </p>
  );
}
