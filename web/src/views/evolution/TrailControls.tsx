import { type Situation, useApp, useEvolution, usePassing } from "../../parts/app";
import { JobProgress } from "../../parts/JobPanel";
import { percent } from "../../parts/words";
import { type Evolution, type Trails, TRAILS } from "../../state/evolution";
import { bundleParameters, findMade } from "../../state/sequences";
import { BundleOptions } from "./BundleOptions";
import type { SequenceShown } from "./shown";
import type { Bundled } from "./useSequence";

const NAMES: Record<Trails, string> = { bundled: "Bundled", straight: "Straight", none: "None" };
const TEXTS: Record<Trails, string> = {
  bundled: "Trails that run alike are drawn together; only their first and last positions stay where they are",
  straight: "Straight lines from step to step",
  none: "Points alone",
};

interface TrailControlsProps {
  situation: Situation;
  shown: SequenceShown | null;
  bundled: Bundled | null;
  control: Bundled | null;
}

/** How trails are drawn; bundles are asked for by choosing them, never by opening the view. */
export function TrailControls({ situation, shown, bundled, control }: TrailControlsProps) {
  const { library } = useApp();
  const [evolution, change] = useEvolution();
  const strength = usePassing("strength");
  const { study } = situation;
  const options = study.bundle ?? [];
  const digest = shown?.digest ?? null;
  const has = (name: string) => options.some((option) => option.name === name);

  /** Takes a choice over, and asks for its bundle where trails are bundled and none is kept. */
  const choose = (part: Partial<Evolution>) => {
    const next = { ...evolution, ...part };
    change(part);
    const chosen = bundleParameters(options, next as Evolution);
    const kept = library.kept("bundle") ?? [];
    if (next.trails === "bundled" && digest !== null && study.readOnly !== true && findMade(kept, "bundle", digest, options, chosen) === null) {
      void library.ask({ kind: "bundle", of: digest, parameters: chosen });
    }
  };
  const missing = evolution.trails === "bundled" && digest !== null && bundled !== null && bundled.summary === null && bundled.running === null;
  const controlMissing = evolution.trails === "bundled" && control !== null && control.summary === null && control.running === null;
  const running = bundled?.running ?? control?.running ?? null;
  const ink = bundled?.report?.ink;
  return (
    <div className="trail-controls" role="group" aria-label="Trails" data-testid="trail-controls">
      <div className="segments" role="group" aria-label="How trails are drawn">
        {TRAILS.map((name) => (
          <button key={name} type="button" aria-pressed={evolution.trails === name} data-testid={`trails-${name}`} title={TEXTS[name]} onClick={() => choose({ trails: name })}>
            {NAMES[name]}
          </button>
        ))}
      </div>
      {evolution.trails === "bundled" && (
        <>
          {bundled?.summary != null && <label className="field strength" title={ink?.bundled80 != null && ink.straight ? `At 80 % the trails cover ${percent(1 - ink.bundled80 / ink.straight, 0)} less of the picture${ink.classRight80 == null ? "" : `, and ${percent(ink.classRight80, 0)} of that still shows the right class`}` : "0 % is straight"}>
            <span className="unseen">Strength of bundling</span>
            <input type="range" min={0} max={1} step={0.01} value={strength} data-testid="strength" aria-valuetext={`${Math.round(strength * 100)} %`} onChange={(event) => change({ strength: Number(event.target.value) }, "along")} />
            <output>{Math.round(strength * 100)} %</output>
          </label>}
          {has("grouping") && (
            <label className="field" title="Which trails attract each other: those of one class, or all; by direction, trails that run opposite ways lie side by side instead of in one bundle">
              <span className="unseen">Bundles</span>
              <select
                value={`${evolution.grouping} ${evolution.direction}`}
                data-testid="grouping"
                onChange={(event) => {
                  const [grouping, direction] = event.target.value.split(" ") as [Evolution["grouping"], Evolution["direction"]];
                  choose({ grouping, direction });
                }}
              >
                <option value="class mixed">per class</option>
                {has("direction") && <option value="class separated">per class, by direction</option>}
                <option value="all mixed">over all</option>
                {has("direction") && <option value="all separated">over all, by direction</option>}
              </select>
            </label>
          )}
          <BundleOptions options={options} onChoose={(bundling) => choose({ bundling })} />
        </>
      )}
      {running !== null ? (
        <JobProgress trace={running} compact />
      ) : missing || controlMissing ? (
        <button
          type="button"
          className="secondary-button"
          data-testid="bundle-ask"
          disabled={study.readOnly === true}
          title={bundled?.failed?.job.error ?? "These trails are not bundled yet, so they are drawn straight"}
          onClick={() => {
            if (missing) {
              bundled.ask();
            }
            if (controlMissing) {
              control.ask();
            }
          }}
        >
          Bundle{missing ? "" : " the control"}
        </button>
      ) : null}
    </div>
  );
}
