import { useCallback, useState } from "react";
import type { TrailMarks } from "../../draw/trailScene";
import type { Situation } from "../../parts/app";
import { JobProgress } from "../../parts/JobPanel";
import { whole } from "../../parts/words";
import type { Run } from "../../server/types";
import { Message, NoSequence } from "./NoSequence";
import type { SequenceShown } from "./shown";
import { StepNumbers } from "./StepNumbers";
import { StillTrails } from "./StillTrails";
import { TrailPlane } from "./TrailPlane";
import type { Bundled, Sought } from "./useSequence";

interface ControlPaneProps {
  situation: Situation;
  sought: Sought;
  shown: SequenceShown | null;
  bundled: Bundled | null;
  marks: TrailMarks | null;
  run: Run | null;
}

/** The same steps of the run that learned from shuffled labels, at the same moment and from the same place. */
export function ControlPane({ situation, sought, shown, bundled, marks, run }: ControlPaneProps) {
  const [broken, setBroken] = useState<string | null>(null);
  const failed = useCallback((message: string) => setBroken(message), []);
  const description = `Control: ${run?.name ?? ""}, trained on shuffled labels, ${whole(shown?.observations ?? 0)} points through ${sought.steps.length} steps.`;
  return (
    <section className="trail-pane control-pane" aria-label="Control" data-testid="control">
      {run === null ? (
        <Message title="No control run yet." text="A run that learned from shuffled labels shows what alignment makes of a network that has nothing to find. Train one beside the figures on the right." />
      ) : sought.source === null ? (
        <Message title="No control for this sequence." text="Runs are its steps already; choose epochs or layers." />
      ) : shown !== null && bundled !== null && marks !== null ? (
        broken === null ? (
          <TrailPlane shown={shown} bundled={bundled} marks={marks} predictions={null} description={description} control brushing={false} onFailed={failed} />
        ) : (
          <StillTrails shown={shown} bundled={bundled} marks={marks} label={description} reason={broken} />
        )
      ) : (
        <NoSequence situation={{ ...situation, run }} sought={sought} control />
      )}
      {run !== null && shown !== null && <span className="pane-name">{run.name}: shuffled labels</span>}
      {sought.running !== null && (
        <div className="pane-job">
          <JobProgress trace={sought.running} compact />
        </div>
      )}
      {shown?.report != null && sought.running === null && (
        <div className="pane-numbers">
          <StepNumbers quality={shown.report.quality} short />
        </div>
      )}
    </section>
  );
}
