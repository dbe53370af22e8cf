import type { ResultSummary } from "../../../server/types";
import { type Situation, useApp, useCell, useLibrary, useWorkspace } from "../../../parts/app";
import { useColoring, valueText } from "../../../parts/coloring";
import { ScaleLegend } from "../../../parts/ScaleLegend";
import { Still } from "../../../parts/Still";
import { sourceTitle, sourceWords } from "../../../parts/words";
import { JobProgress } from "../../../parts/JobPanel";
import { findJob, findResult, isActive } from "../../../state/results";
import type { UnitColorText } from "../../../state/unitColor";
import type { UnitPlace } from "../common/place";

/** The picture that a neuron is shown on: of its own layer with the present method, else by any; else of any layer at its epoch. */
export function pictureFor(summaries: readonly ResultSummary[], place: UnitPlace, exact: ResultSummary | null): ResultSummary | null {
  const here = summaries.filter(({ source }) => source.run === place.run.name && source.epoch === place.epoch);
  return exact ?? here.find(({ source }) => source.layer === place.layer.name) ?? here[0] ?? null;
}

/** The observations coloured by the neuron's activation. */
export function SmallProjection({ situation, place, color }: { situation: Situation; place: UnitPlace; color: UnitColorText }) {
  const { library } = useApp();
  const { parameters } = useWorkspace();
  const { summaries, jobs } = useLibrary();
  const { source, method, predictions, study } = situation;
  const exact = source === null ? null : (findResult(summaries, source, method, parameters)?.summary ?? null);
  const chosen = pictureFor(summaries, place, exact);
  const kept = chosen === null ? null : (library.result(chosen.digest) ?? null);
  const coloring = useColoring(predictions, kept, color);
  const job = source === null ? null : findJob(jobs.map((trace) => trace.job), source, method, parameters);
  const running = jobs.find((trace) => trace.job === job && isActive(trace.job));
  if (chosen === null) {
    return (
      <figure className="unit-figure">
        <figcaption>The observations coloured by it</figcaption>
        <div className="unit-picture">
          <div className="multiple-empty">
            {running === undefined ? (
              <>
                <p>No projection of {place.words} is kept yet.</p>
                {source !== null && study.readOnly !== true && (
                  <button type="button" className="secondary-button" onClick={() => void library.project(source, method.name, parameters)}>
                    Compute {method.title}
                  </button>
                )}
              </>
            ) : (
              <JobProgress trace={running} compact />
            )}
          </div>
        </div>
      </figure>
    );
  }
  const title = study.methods.find(({ name }) => name === chosen.method)?.title ?? chosen.method;
  return (
    <figure className="unit-figure" data-testid="role-projection" data-ready={kept !== null && coloring.scale !== null}>
      <figcaption>
        The observations coloured by it <span className="secondary">{sourceTitle(chosen.source)}, {title}</span>
      </figcaption>
      <div className="unit-picture">
        {kept !== null && coloring.scale !== null && (
          <Still layout={kept.layout} dims={kept.dims} predictions={predictions} kept={kept} color={color} label={`${sourceWords(chosen.source)}, ${title}, coloured by ${coloring.title}`} />
        )}
      </div>
      <ScaleLegend coloring={{ ...coloring, text: "" }} />
      <Reading coloring={coloring} situation={situation} />
    </figure>
  );
}

/** What the pointer is on, in digits. */
function Reading({ coloring, situation }: { coloring: ReturnType<typeof useColoring>; situation: Situation }) {
  const { row } = useCell(useApp().pointer);
  const { observations, study } = situation;
  const names = study.dataset.classNames;
  return (
    <p className="unit-reading" data-testid="role-reading" aria-hidden="true">
      {row === null || row >= observations.count ? "Point at an observation to read its activation." : `#${observations.ids[row]}${names.length > 0 ? `, class ${names[observations.labels[row]]}` : ""}: ${valueText(coloring, row)}`}
    </p>
  );
}
