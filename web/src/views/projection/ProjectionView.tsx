import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { fitLayout } from "../../draw/camera";
import type { Picture } from "../../draw/exports";
import { type Situation, useApp, useLibrary, useMarks, useWorkspace } from "../../parts/app";
import { hooks } from "../../parts/hooks";
import { JobProgress } from "../../parts/JobPanel";
import { Legend } from "../../parts/Legend";
import { Still } from "../../parts/Still";
import { QualityNumbers, QualitySentence } from "../../parts/Quality";
import { provenance, saveCsv, savePng, saveSvg } from "../../parts/saving";
import { parameterWords, sourceTitle, sourceWords } from "../../parts/words";
import type { Predictions } from "../../state/predictions";
import { findJob, findResult, isActive } from "../../state/results";
import { Empty } from "./Empty";
import { MethodForm } from "./MethodForm";
import { Plane } from "./Plane";
import { PointTable } from "./PointTable";
import { Tools } from "./Tools";

/** So many epochs of the same layer are fetched ahead, so that stepping through time does not wait. */
const MOST_AHEAD = 24;

/** Without WebGL: the same points, hover and lasso, but no zoom. */
function Plain({ layout, predictions, reason, title }: { layout: Float32Array; predictions: Predictions | null; reason: string; title: string }) {
  return (
    <>
      <Still layout={layout} predictions={predictions} label={title} />
      <p className="plain-note" role="status">
        Drawn without WebGL, so there is no zoom ({reason}).
      </p>
    </>
  );
}

/** One projection, large. */
export function ProjectionView({ situation, table, onTable }: { situation: Situation; table: boolean; onTable(): void }) {
  const { library } = useApp();
  const workspace = useWorkspace();
  const { summaries, jobs } = useLibrary();
  const [broken, setBroken] = useState<string | null>(null);
  const marks = useMarks(situation.predictions?.wrong ?? null);
  const { source, method, predictions, study, epoch, run } = situation;

  const match = source === null ? null : findResult(summaries, source, method, workspace.parameters);
  const kept = match === null ? null : (library.result(match.summary.digest) ?? null);
  const job = source === null ? null : findJob(jobs.map((trace) => trace.job), source, method, workspace.parameters);
  const trace = jobs.find((candidate) => candidate.job === job) ?? null;
  const running = trace !== null && isActive(trace.job) ? trace : null;
  // While another kept layout is on its way the old one stays, so that points glide instead of blinking.
  const before = useRef<Float32Array | null>(null);
  const layout = running?.layout ?? kept?.layout ?? (match !== null ? before.current : null);
  before.current = layout;
  const live = running?.layout != null;
  const sized = layout !== null && layout.length === situation.observations.labels.length * 2;

  useEffect(() => {
    for (const at of run?.snapshots.slice(-MOST_AHEAD) ?? []) {
      const other = findResult(summaries, { run: run!.name, epoch: at, layer: situation.layer }, method, workspace.parameters);
      if (other !== null) {
        library.result(other.summary.digest);
        library.predictions(run!.name, at);
      }
    }
  }, [run, summaries, situation.layer, method, workspace.parameters, library]);

  const title = `${source === null ? situation.layer : sourceTitle(source)}, ${method.title}`;
  const settings = parameterWords(method, match?.summary.parameters ?? workspace.parameters);
  const failed = useCallback((message: string) => setBroken(message), []);
  const counts = study.sample.classCounts;

  const picture = useMemo((): Omit<Picture, "size" | "insets"> | null => {
    if (kept === null || marks === null) {
      return null;
    }
    return {
      title,
      provenance: provenance(situation, kept),
      fitted: fitLayout(kept.layout),
      marks,
      classNames: study.dataset.classNames,
      counts,
      camera: workspace.camera,
      images: situation.observations,
    };
  }, [kept, marks, title, situation, study, counts, workspace.camera]);

  const save = (kind: "svg" | "png" | "csv") => {
    const name = `inscape-${source === null ? "" : sourceWords(source).replaceAll(" ", "-")}-${method.name}`;
    if (kind === "csv") {
      saveCsv(Array.from(situation.observations.labels.keys()), situation, kept, name);
    } else if (picture !== null) {
      const complete = { ...picture, size: hooks.planeSize(), insets: hooks.insets() };
      if (kind === "svg") {
        saveSvg(complete, name);
      } else {
        savePng(complete, name).catch((error: unknown) => library.notify(error));
      }
    }
  };

  return (
    <div className="projection">
      <header className="panel-header">
        <div>
          <h2 data-testid="title">
            {title}
            {settings !== "" && <span className="secondary"> {settings}</span>}
          </h2>
          {running !== null ? (
            <JobProgress trace={running} />
          ) : kept !== null ? (
            <QualitySentence quality={kept.result.quality} />
          ) : (
            <p className="sentence">{method.text}</p>
          )}
        </div>
        {kept !== null && running === null && <QualityNumbers quality={kept.result.quality} />}
      </header>
      <div className="plane-frame">
        {sized && broken === null ? (
          <Plane
            layout={layout}
            live={live}
            waiting={running?.layout == null && kept === null}
            predictions={predictions}
            description={`${title}: ${study.sample.count} points coloured by class. The same as a table: press T.`}
            onFailed={failed}
          />
        ) : sized ? (
          <Plain layout={layout} predictions={predictions} reason={broken ?? ""} title={title} />
        ) : (
          <Empty situation={situation} trace={trace} loading={match !== null} wrongShape={layout !== null} />
        )}
        {table && sized && <PointTable situation={situation} kept={live ? null : kept} layout={layout} />}
        <Tools onTable={onTable} table={table} onSave={save} ready={kept !== null} />
      </div>
      <Legend names={study.dataset.classNames} counts={counts} colors={marks?.colors ?? []} wrongCount={predictions?.wrongCount ?? null} />
      <div className="method-row">
        <MethodForm situation={situation} busy={running !== null} kept={match !== null && match.differs.length === 0} />
        {source?.layer === "input" && run !== null && epoch !== null && predictions !== null && (
          <span className="aside">triangles: wrong by {run.name}, epoch {epoch}</span>
        )}
      </div>
    </div>
  );
}
