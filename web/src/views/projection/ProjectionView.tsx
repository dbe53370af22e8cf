import { useCallback, useEffect, useState } from "react";
import { Locator } from "../../draw/locator";
import type { Picture } from "../../draw/exports";
import { type Situation, useApp, useLibrary, useWorkspace } from "../../parts/app";
import { useColoring, useMarks } from "../../parts/coloring";
import { JobProgress } from "../../parts/JobPanel";
import { Legend } from "../../parts/Legend";
import { Still } from "../../parts/Still";
import { QualityNumbers, QualitySentence } from "../../parts/Quality";
import { pointPicture, provenance, saveCsv, savePicture } from "../../parts/saving";
import { parameterWords, sourceTitle, sourceWords, whole } from "../../parts/words";
import { fitLayout } from "../../draw/camera";
import type { Dims, KeptResult } from "../../state/library";
import type { Predictions } from "../../state/predictions";
import { useShown } from "../../parts/useShown";
import { findResult } from "../../state/results";
import { Empty } from "./Empty";
import { MethodForm } from "./MethodForm";
import { Plane } from "./Plane";
import { PointTable } from "./PointTable";
import { Tools } from "./Tools";
import { TriedMarks } from "../place/TriedMarks";

/** So many epochs of the same layer are fetched ahead, so that stepping through time does not wait. */
const MOST_AHEAD = 24;

/** Without WebGL: the same points, hover and lasso, but no zoom. */
function Plain(props: { layout: Float32Array; dims: Dims; predictions: Predictions | null; kept: KeptResult | null; reason: string; title: string }) {
  const { layout, dims, predictions, kept, reason, title } = props;
  return (
    <>
      <Still layout={layout} dims={dims} predictions={predictions} kept={kept} label={title} />
      <p className="plain-note" role="status">
        Drawn without WebGL, so there is no zoom ({reason}).
      </p>
    </>
  );
}

/** One projection, large. */
export function ProjectionView({ situation, table, onTable }: { situation: Situation; table: boolean; onTable(): void }) {
  const { library, store } = useApp();
  const workspace = useWorkspace();
  const { summaries } = useLibrary();
  const [broken, setBroken] = useState<string | null>(null);
  const { source, method, predictions, study, epoch, run } = situation;

  const { match, kept, trace, running, layout, dims, live, sized } = useShown(source, method, workspace.parameters);
  const settledResult = running === null ? kept : null;
  const marks = useMarks(predictions, settledResult);
  const coloring = useColoring(predictions, settledResult);

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
  const picture = (): Picture | null => {
    if (kept === null || marks === null) {
      return null;
    }
    const { camera, orbit } = store.get();
    const locator = new Locator(fitLayout(kept.layout, kept.dims), kept.dims, orbit);
    return pointPicture(situation, { title, provenance: provenance(situation, kept), flat: locator.flat(), depth: locator.depth(), marks, coloring, camera });
  };

  const save = (kind: "svg" | "png" | "csv") => {
    const name = `inscape-${source === null ? "" : sourceWords(source).replaceAll(" ", "-")}-${method.name}`;
    if (kind === "csv") {
      saveCsv(null, situation, kept, name);
      return;
    }
    const complete = picture();
    if (complete !== null) {
      savePicture(kind, complete, name).catch((error: unknown) => library.notify(error));
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
        {sized && layout !== null && broken === null ? (
          <Plane
            layout={layout}
            dims={dims}
            live={live}
            waiting={running?.layout == null && kept === null}
            predictions={predictions}
            kept={settledResult}
            description={`${title}: ${whole(study.sample.count)} points coloured by ${coloring.title.toLowerCase()}. The same as a table: press T.`}
            onFailed={failed}
          >
            <TriedMarks digest={settledResult?.result.digest ?? null} layout={layout} dims={dims} />
          </Plane>
        ) : sized && layout !== null ? (
          <Plain layout={layout} dims={dims} predictions={predictions} kept={kept} reason={broken ?? ""} title={title} />
        ) : (
          <Empty situation={situation} trace={trace} loading={match !== null} wrongShape={layout !== null} />
        )}
        {table && sized && layout !== null && <PointTable situation={situation} kept={live ? null : kept} layout={layout} dims={dims} />}
        <Tools space={dims === 3} images={situation.observations.pictures !== null} onTable={onTable} table={table} onSave={save} ready={kept !== null} digest={kept?.result.digest ?? null} />
      </div>
      <Legend predictions={predictions} kept={settledResult} wrongCount={predictions?.wrongCount ?? null} />
      <div className="method-row">
        <MethodForm situation={situation} busy={running !== null} kept={match !== null && match.differs.length === 0} />
        {source?.layer === "input" && run !== null && epoch !== null && predictions !== null && (
          <span className="aside">triangles: wrong by {run.name}, epoch {epoch}</span>
        )}
      </div>
    </div>
  );
}
