import { type Situation, useApp, useLibrary, useWorkspace } from "../../../parts/app";
import { JobProgress } from "../../../parts/JobPanel";
import { measured, percent, whole } from "../../../parts/words";
import { isActive } from "../../../state/results";
import { DataTable, NothingHere, PanelFrame, type PanelProps, saveTable, UnitButton } from "../common/PanelFrame";
import { isAbout, lookAtUnit, type UnitFlags, type UnitPlace, useFlags, useUnitPlace } from "../common/place";
import { Perplexities } from "./Perplexities";
import { type ActivityReport, activitySentence, figure, FLAG_WORDS, flagged, type FlagName, flagSentence } from "./report";
import { UnitScatter } from "./UnitScatter";

const ID = "activity-panel";
/** Neurons of one kind that are named one by one. */
const MOST_NAMED = 60;

/** How active a layer is while it learns, and which of its neurons do nothing, too much, or the same as others. */
export function ActivityPanel({ situation, table = false }: PanelProps) {
  const place = useUnitPlace(situation);
  if (typeof place === "string") {
    return <NothingHere testId={ID} title="No activity to show." text={place} />;
  }
  return <Activity situation={situation} place={place} table={table} />;
}

function Activity({ situation, place, table }: { situation: Situation; place: UnitPlace; table: boolean }) {
  const { store, library } = useApp();
  const { tasks } = useLibrary();
  const { study } = situation;
  const flags = useFlags(place);
  const figures = library.array(place.path("figures"));
  const match = library.kept("activity")?.findLast(({ source }) => isAbout(place, source, true)) ?? null;
  const report = match === null ? undefined : library.taskResult<ActivityReport>(match.digest)?.report;
  const trace = tasks.findLast(({ job }) => job.kind === "activity" && isAbout(place, job.source, true)) ?? null;
  const running = trace !== null && isActive(trace.job);
  const units = figures?.shape[1] ?? 0;
  const values = figures?.values instanceof Float32Array ? figures.values : null;
  const odd = flags === undefined ? null : flagged(flags);
  const open = (unit: number) => lookAtUnit(store, unit);
  const missing = report === undefined ? [] : place.run.snapshots.filter((epoch) => !report.epochs.includes(epoch));
  const signed = values !== null && figure(values, units, "min").some((value) => value < 0);
  const source = { run: place.run.name, layer: place.layer.name, ...(place.pooling === null ? {} : { pooling: place.pooling }) };
  const measure = () => void library.ask({ kind: "activity", source, parameters: {} });
  const title = `Activity of ${place.layer.name} in ${place.run.name}`;
  const unitRows = () => Array.from({ length: units }, (_, unit) => [unit, ...(["mean", "deviation", "min", "max", "frequency"] as const).map((name) => figure(values!, units, name)[unit]), flagWords(unit, odd)] as (number | string)[]);
  const save = () => saveTable(situation, `activity of ${place.words}`, ["unit", "mean", "deviation", "min", "max", "frequency", "flags"], unitRows(), report === undefined ? [] : report.epochs.map((epoch, at) => `epoch ${epoch}: median perplexity ${report.median[at]}, observations per bin ${report.histogram[at].join(" ")}`).concat(`edges of the bins: ${report.bins.join(" ")}`));
  const asTable = () => (
    <div className="unit-tables">
      {report !== undefined && <DataTable caption="Per epoch" head={["epoch", "median perplexity", "dead", "always on", "duplicates"]} rows={report.epochs.map((epoch, at) => [epoch, report.median[at] === null ? "–" : measured(report.median[at]!), report.flags[at]?.dead ?? "–", report.flags[at]?.alwaysOn ?? "–", report.flags[at]?.duplicates ?? "–"])} />}
      {values !== null && (
        <DataTable
          caption={`Neurons of ${place.words}${units > 1000 ? ", the first 1,000; the CSV has all" : ""}`}
          head={["neuron", "mean", "deviation", "lowest", "highest", "active for", "flags"]}
          rows={unitRows().slice(0, 1000).map(([unit, mean, deviation, min, max, frequency, words]) => [<UnitButton key={unit} unit={Number(unit)} onOpen={open} />, ...[mean, deviation, min, max].map((value) => measured(Number(value))), percent(Number(frequency)), words])}
        />
      )}
    </div>
  );
  return (
    <PanelFrame
      testId={ID}
      title={title}
      sentence={report === undefined ? "How many neurons an observation makes active (its perplexity), epoch by epoch: while the histogram still changes the layer still learns." : activitySentence(report)}
      table={table}
      asTable={values === null ? undefined : asTable}
      onSave={values === null ? undefined : save}
    >
      {report !== undefined ? (
        <>
          <Perplexities report={report} epoch={place.epoch} />
          {missing.length > 0 && (
            <div className="unit-note" role="status">
              <span>
                {whole(missing.length)} kept {missing.length === 1 ? "epoch is" : "epochs are"} newer than this.
              </span>
              {!running && (
                <button type="button" className="secondary-button" disabled={study.readOnly === true} onClick={measure}>
                  Measure anew
                </button>
              )}
            </div>
          )}
        </>
      ) : running || match !== null ? null : (
        <div className="unit-note" role="status" data-testid={`${ID}-empty`}>
          <span>The activity over the {whole(place.run.snapshots.length)} kept epochs is not measured yet; nothing is computed before you ask.</span>
          <button type="button" className="primary-button" data-testid="measure-activity" disabled={study.readOnly === true} title={study.readOnly === true ? "This study is open for reading only" : undefined} onClick={measure}>
            Measure it
          </button>
        </div>
      )}
      {trace !== null && <JobProgress trace={trace} />}
      <div className="activity-parts">
        {values !== null && odd !== null && <UnitScatter max={figure(values, units, "max")} frequency={figure(values, units, "frequency")} odd={odd} frequencyWords={signed ? "the share of observations above its own mean" : "the share of observations above 0"} onOpen={open} />}
        {flags !== undefined && odd !== null && <Odd place={place} flags={flags} odd={odd} onOpen={open} />}
      </div>
    </PanelFrame>
  );
}

const flagWords = (unit: number, odd: Record<FlagName, number[]> | null): string =>
  (Object.keys(FLAG_WORDS) as FlagName[])
    .filter((name) => odd?.[name].includes(unit))
    .map((name) => FLAG_WORDS[name].title.toLowerCase().replace(/s$/, ""))
    .join(", ");

const GLYPHS: Record<FlagName, string> = { dead: "M3 3 11 11M11 3 3 11", alwaysOn: "M2 2h10v10H2z", duplicates: "M7 1 13 7 7 13 1 7z" };

/** The odd neurons by kind; one click makes all of a kind the chosen ones. */
function Odd({ place, flags, odd, onOpen }: { place: UnitPlace; flags: UnitFlags; odd: Record<FlagName, number[]>; onOpen(unit: number): void }) {
  const { store } = useApp();
  const { unit } = useWorkspace();
  return (
    <div className="unit-stack" data-testid="flags">
      <h3>Odd ones {place.words.slice(place.layer.name.length + 1)}</h3>
      <p className="sentence">{flagSentence(flags)}</p>
      {(Object.keys(FLAG_WORDS) as FlagName[]).map((name) => (
        <div key={name} className="odd" data-flag={name}>
          <h4>
            <svg width="14" height="14" viewBox="0 0 14 14" className={`glyph-${name}`} aria-hidden="true">
              <path d={GLYPHS[name]} />
            </svg>{" "}
            {FLAG_WORDS[name].title} <span className="count">{whole(odd[name].length)}</span> <span className="secondary">{FLAG_WORDS[name].text}</span>
            {odd[name].length > 0 && (
              <button type="button" className="quiet small" data-testid={`choose-${name}`} onClick={() => store.change({ units: odd[name] })}>
                Choose all
              </button>
            )}
          </h4>
          <div className="role-row role-chips">
            {name === "duplicates" ? (
              flags.duplicates.slice(0, MOST_NAMED / 2).map(([a, b]) => (
                <span key={`${a}-${b}`} className="twins">
                  <Chip unit={a} chosen={unit} onOpen={onOpen} />=<Chip unit={b} chosen={unit} onOpen={onOpen} />
                </span>
              ))
            ) : (
              odd[name].slice(0, MOST_NAMED).map((each) => <Chip key={each} unit={each} chosen={unit} onOpen={onOpen} />)
            )}
            {(name === "duplicates" ? flags.duplicates.length > MOST_NAMED / 2 : odd[name].length > MOST_NAMED) && <span className="secondary">and more: the table has all</span>}
          </div>
        </div>
      ))}
    </div>
  );
}

function Chip({ unit, chosen, onOpen }: { unit: number; chosen: number | null; onOpen(unit: number): void }) {
  return (
    <button type="button" className="unit-chip" aria-pressed={unit === chosen} title={`Show the role of neuron ${unit}`} onClick={() => onOpen(unit)}>
      {unit}
    </button>
  );
}
