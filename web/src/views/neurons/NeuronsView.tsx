import { type Situation, useApp, useWorkspace } from "../../parts/app";
import { JobProgress } from "../../parts/JobPanel";
import { useSize } from "../../parts/gesture";
import { capital, epochWords, parameterWords, whole } from "../../parts/words";
import { type Arrangement, ARRANGEMENTS, type Panel, PANELS } from "../../state/neurons";
import { INPUT_LAYER, lastHiddenLayer } from "../../state/results";
import { compactnessWords, meanSpread, spreadWords } from "../../state/units";
import { AblationPanel } from "./ablation/AblationPanel";
import { ActivityPanel } from "./activity/ActivityPanel";
import { useActions } from "./map/actions";
import { useUnitKeys } from "./map/keys";
import { MapNumbers, MapPanel, Side } from "./map/MapPanel";
import { Message } from "./map/NoMap";
import { type UnitMap, type UnitScores, type UnitTrails, useUnitMap, useUnits, useUnitScores, useUnitTrails } from "./map/useUnits";
import { RolePanel } from "./role/RolePanel";
import { SubsetsPanel } from "./subsets/SubsetsPanel";

const PANEL_TITLES: Record<Panel, string> = { map: "Map", role: "Role", subsets: "Subsets", ablation: "Ablation", activity: "Activity" };
const PANEL_TEXTS: Record<Panel, string> = {
  map: "All neurons of the layer as points: near where they go together",
  role: "What the chosen neuron does",
  subsets: "Sets of observations against neurons",
  ablation: "What the network loses without some neurons",
  activity: "How active the layer is, over the epochs",
};
const ARRANGEMENT_TITLES: Record<Arrangement, string> = { one: "One epoch", pair: "Before and after", trails: "Trails" };

/** The neurons of a layer: where they lie, which classes they tell, and what they do. */
export function NeuronsView({ situation, table, onTable }: { situation: Situation; table: boolean; onTable(): void }) {
  const { neurons } = useWorkspace();
  const units = useUnits(situation);
  const epoch = units?.place.epoch ?? null;
  const snapshots = situation.run?.snapshots ?? [];
  const before = neurons.before !== null && snapshots.includes(neurons.before) ? neurons.before : snapshots.length === 0 ? 0 : Math.min(...snapshots);
  const map = useUnitMap(units, epoch);
  const scores = useUnitScores(units, epoch);
  const beforeScores = useUnitScores(neurons.arrangement === "pair" ? units : null, before);
  const trails = useUnitTrails(units, neurons.arrangement === "trails");
  useUnitKeys(situation, scores.scores);
  if (units === null) {
    return <NoUnits situation={situation} />;
  }
  const { layer } = units.place;
  const what = units.spatial && units.place.pooling !== "none" ? "Channels" : "Neurons";
  const ways = neurons.arrangement === "trails";
  const when = ways ? `through ${trails.epochs.length > 1 ? `${trails.epochs.length} epochs` : "the epochs"}` : neurons.arrangement === "pair" ? `${epochWords(before)} and ${epochWords(units.place.epoch)}` : epochWords(units.place.epoch);
  const method = ways ? units.trails : units.method;
  const title = neurons.panel === "map" ? `${what} of ${layer} ${when}, ${method.title}` : `${what} of ${layer} ${epochWords(units.place.epoch)}`;
  const settings = neurons.panel === "map" ? parameterWords(method, (ways ? trails : map).match?.parameters ?? neurons.parameters) : "";
  return (
    <div className="neurons projection" data-testid="neurons">
      <header className="panel-header">
        <div>
          <h2 data-testid="title">
            {title}
            {settings !== "" && <span className="secondary"> {settings}</span>}
          </h2>
          <Words situation={situation} map={map} scores={scores} before={neurons.arrangement === "pair" ? { epoch: before, scores: beforeScores } : null} trails={ways ? trails : null} />
        </div>
        {neurons.panel === "map" && !ways && <MapNumbers map={map} units={units} />}
      </header>
      <Choices />
      {neurons.panel === "map" ? (
        <Body situation={situation}>
          <MapPanel situation={situation} units={units} map={map} scores={scores} trails={trails} before={before} beforeScores={beforeScores} title={title} table={table} onTable={onTable} />
        </Body>
      ) : (
        <div className="unit-room" data-panel={neurons.panel}>
          {neurons.panel === "role" && <RolePanel situation={situation} table={table} />}
          {neurons.panel === "subsets" && <SubsetsPanel situation={situation} table={table} />}
          {neurons.panel === "ablation" && <AblationPanel situation={situation} table={table} />}
          {neurons.panel === "activity" && <ActivityPanel situation={situation} table={table} />}
        </div>
      )}
      {neurons.panel !== "map" && <Side situation={situation} units={units} scores={scores} map={map} />}
    </div>
  );
}

/** So wide is the map's room that the chosen neuron's role stands beside it. */
const ROOM_FOR_BOTH = 1180;

function Body({ situation, children }: { situation: Situation; children: React.ReactNode }) {
  const { unit } = useWorkspace();
  const [attach, size] = useSize();
  const both = unit !== null && size !== null && size.width >= ROOM_FOR_BOTH;
  return (
    <div className={`unit-body${both ? " with-role" : ""}`} ref={attach}>
      <div className="unit-map">{children}</div>
      {both && (
        <div className="unit-room" data-panel="role">
          <RolePanel situation={situation} />
        </div>
      )}
    </div>
  );
}

function Choices() {
  const { neurons } = useWorkspace();
  const actions = useActions();
  return (
    <div className="unit-choices">
      <div className="segments" role="group" aria-label="What is shown of the neurons">
        {PANELS.map((panel) => (
          <button key={panel} type="button" aria-pressed={neurons.panel === panel} data-testid={`panel-${panel}`} title={PANEL_TEXTS[panel]} onClick={() => actions.change({ panel })}>
            {PANEL_TITLES[panel]}
          </button>
        ))}
      </div>
      {neurons.panel === "map" && (
        <div className="segments" role="group" aria-label="Epochs on the map">
          {ARRANGEMENTS.map((arrangement) => (
            <button key={arrangement} type="button" aria-pressed={neurons.arrangement === arrangement} data-testid={`show-${arrangement}`} onClick={() => actions.change({ arrangement })}>
              {ARRANGEMENT_TITLES[arrangement]}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}

interface WordsProps {
  situation: Situation;
  map: UnitMap;
  scores: UnitScores;
  before: { epoch: number; scores: UnitScores } | null;
  trails: UnitTrails | null;
}

const MEASURES: Record<string, string> = { pearson: "1 − |r|, r the correlation", cosine: "1 − |cosine|", spearman: "1 − |ρ|, ρ the rank correlation" };

/** Under the title: what runs, or how far to trust what is shown. */
function Words({ situation, map, scores, before, trails }: WordsProps) {
  const { neurons } = useWorkspace();
  const running = (trails ?? map).running ?? scores.running ?? before?.scores.running ?? null;
  if (running !== null) {
    return <JobProgress trace={running} />;
  }
  const failed = scores.trace?.job.state === "failed" ? scores.trace : null;
  if (failed !== null && scores.match === null) {
    return <JobProgress trace={failed} />;
  }
  const names = situation.study.dataset.classNames;
  const chosen = neurons.chosen !== null && neurons.chosen < names.length ? neurons.chosen : null;
  const compact = chosen === null ? null : (scores.report?.compactness[chosen] ?? null);
  const earlier = chosen === null ? null : (before?.scores.report?.compactness[chosen] ?? null);
  const spread = spreadWords(meanSpread(scores.report?.spread ?? []));
  const parts = [
    trails !== null && trails.match !== null ? `One line per neuron that is live at every epoch: dark early, bright late${trails.excluded > 0 ? `; ${whole(trails.excluded)} are not` : ""}` : "",
    trails === null && compact === null && map.report !== null ? `Near means that two neurons go together: distance ${MEASURES[map.report.measure] ?? map.report.measure}` : "",
    compact === null ? "" : `Class ${names[chosen!]}: ${compactnessWords(compact)}${earlier === null ? "" : `; ${epochWords(before!.epoch)} ratio ${(earlier.top / Math.max(1e-9, earlier.all)).toFixed(2).replace(/^0/, "")}`}`,
    capital(spread),
  ].filter((part) => part !== "");
  return (
    <p className="sentence" data-testid="unit-words">
      {parts.length === 0 ? "A point is a neuron; near means that two go together over the observations." : `${parts.join(". ")}.`}
    </p>
  );
}

/** There are no neurons to look at: why, and where there are. */
function NoUnits({ situation }: { situation: Situation }) {
  const { store } = useApp();
  const { run, epoch, layer, study } = situation;
  const last = run === null ? null : lastHiddenLayer(run);
  const newest = run === null ? null : (run.snapshots[run.snapshots.length - 1] ?? null);
  return (
    <div className="neurons projection" data-testid="neurons">
      <header className="panel-header">
        <div>
          <h2 data-testid="title">Neurons</h2>
          <p className="sentence">What each neuron of a layer does, and which class it tells.</p>
        </div>
      </header>
      <div className="plane-frame">
        {run === null ? (
          <Message title="There is no network here yet." text={study.dataset.kind === "vectors" ? "This study is about vectors without a network, so there are no neurons." : "Neurons appear as soon as a run has a kept epoch."} />
        ) : layer === INPUT_LAYER ? (
          <Message title="The input has pixels or features, not neurons." text="Choose a layer below.">
            {last !== null && (
              <button type="button" className="primary-button" data-testid="to-layer" onClick={() => store.change({ layer: last })}>
                Show {last}
              </button>
            )}
          </Message>
        ) : (
          <Message title={epoch === null ? `${run.name} has no kept epoch yet.` : `Epoch ${epoch} of ${run.name} is not kept.`} text={run.snapshots.length === 0 ? "It appears on the time axis when training gets there." : `Kept epochs: ${run.snapshots.join(", ")}.`}>
            {newest !== null && (
              <button type="button" className="primary-button" onClick={() => store.change({ epoch: newest })}>
                Show epoch {newest}
              </button>
            )}
          </Message>
        )}
      </div>
    </div>
  );
}
