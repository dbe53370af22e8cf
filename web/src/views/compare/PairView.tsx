import { useCallback, useState } from "react";
import { type Situation, useApp, useLibrary, useWorkspace } from "../../parts/app";
import { JobProgress } from "../../parts/JobPanel";
import { QualityNumbers } from "../../parts/Quality";
import { Still } from "../../parts/Still";
import { useShown } from "../../parts/useShown";
import { sourceTitle, whole } from "../../parts/words";
import { Empty } from "../projection/Empty";
import { Plane } from "../projection/Plane";
import { methodSpec, type Pane, paneOf, resultSpec, resultTitle, usualSpecs } from "./pair";

/** Any two layouts, large: one selection, one pointer, one legend, and one camera unless the person parts them. */
export function PairView({ situation }: { situation: Situation }) {
  const { store } = useApp();
  const workspace = useWorkspace();
  const { summaries } = useLibrary();
  const usual = usualSpecs(situation);
  const panes = ([workspace.left ?? usual[0], workspace.right ?? usual[1]] as const).map(
    (spec, at) => paneOf(spec, situation, summaries, workspace) ?? paneOf(usual[at], situation, summaries, workspace)!,
  );
  return (
    <div className="pair" data-testid="pair">
      {panes.map((pane, at) => (
        <PairPanel
          key={at}
          pane={pane}
          situation={situation}
          right={at === 1}
          apart={at === 1 && !workspace.linked}
          onChoose={(spec) => store.change(at === 0 ? { left: spec } : { right: spec })}
        />
      ))}
    </div>
  );
}

interface PairPanelProps {
  pane: Pane;
  situation: Situation;
  right: boolean;
  apart: boolean;
  onChoose(spec: string): void;
}

function PairPanel({ pane, situation, right, apart, onChoose }: PairPanelProps) {
  const { library } = useApp();
  const { summaries } = useLibrary();
  const [broken, setBroken] = useState<string | null>(null);
  const failed = useCallback((message: string) => setBroken(message), []);
  const { source, method, parameters } = pane;
  const { kept, running, trace, match, layout, dims, live, sized } = useShown(source, method, parameters);
  const { study } = situation;
  const run = study.runs.find(({ name }) => name === source?.run) ?? situation.run;
  const epoch = source?.epoch ?? situation.epoch;
  const hasSnapshot = run !== null && epoch !== null && run.snapshots.includes(epoch);
  const predictions = hasSnapshot ? (library.predictions(run.name, epoch) ?? null) : null;
  const title = `${source === null ? situation.layer : sourceTitle(source)}, ${method.title}`;
  return (
    <section className="pair-panel" aria-label={title} data-testid={right ? "pair-right" : "pair-left"}>
      <header>
        <select value={pane.spec} aria-label={right ? "Layout on the right" : "Layout on the left"} data-testid={right ? "choose-right" : "choose-left"} onChange={(event) => onChoose(event.target.value)}>
          <optgroup label={`Methods on ${source === null ? situation.layer : sourceTitle(situation.source ?? source)}`}>
            {study.methods.map((candidate) => (
              <option key={candidate.name} value={methodSpec(candidate)}>
                {candidate.title}
              </option>
            ))}
          </optgroup>
          {summaries.length > 0 && (
            <optgroup label="Kept layouts">
              {summaries.map((summary) => (
                <option key={summary.digest} value={resultSpec(summary)}>
                  {resultTitle(summary, study.methods)}
                </option>
              ))}
            </optgroup>
          )}
        </select>
        {running !== null ? <JobProgress trace={running} /> : kept !== null && <QualityNumbers quality={kept.result.quality} />}
      </header>
      <div className="pair-plane">
        {sized && layout !== null ? (
          broken === null ? (
            <Plane
              layout={layout}
              dims={dims}
              live={live}
              waiting={running?.layout == null && kept === null}
              predictions={predictions}
              kept={live ? null : kept}
              description={`${title}: ${whole(study.sample.count)} points.`}
              right={apart}
              leading={!right}
              onFailed={failed}
            />
          ) : (
            <Still layout={layout} dims={dims} predictions={predictions} kept={live ? null : kept} label={title} />
          )
        ) : (
          <Empty situation={{ ...situation, source, method }} parameters={parameters} trace={trace} loading={match !== null} wrongShape={layout !== null} />
        )}
      </div>
    </section>
  );
}
