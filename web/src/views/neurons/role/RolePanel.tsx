import { type FormEvent, useEffect, useState } from "react";
import { type Situation, useApp, useWorkspace } from "../../../parts/app";
import { exactText, useMarks } from "../../../parts/coloring";
import { capital, measured, percent } from "../../../parts/words";
import type { Pooling } from "../../../state/units";
import { unitColorText } from "../../../state/unitColor";
import { DataTable, NothingHere, PanelFrame, type PanelProps, saveTable, UnitButton } from "../common/PanelFrame";
import { flagsOf, lookAtUnit, type UnitFlags, type UnitPlace, unitCount, unitWord, useFlags, useUnitPlace } from "../common/place";
import { ClassProfile } from "./ClassProfile";
import { Distribution } from "./Distribution";
import { Extremes } from "./Extremes";
import { IncomingWeights } from "./IncomingWeights";
import { type Incoming, type Profile, roleSentence } from "./profile";
import { SmallProjection } from "./SmallProjection";

const ID = "role-panel";

/** What one neuron does: when it is active, for whom, and what comes into it. */
export function RolePanel({ situation, table = false }: PanelProps) {
  const { unit } = useWorkspace();
  const place = useUnitPlace(situation);
  const flags = useFlags(typeof place === "string" ? null : place);
  if (typeof place === "string") {
    return <NothingHere testId={ID} title="No neuron to look at." text={place} />;
  }
  const count = unitCount(place, flags);
  if (unit === null || unit >= count) {
    const text = unit === null ? "Click one in the map or in the list, or write its number." : `${place.layer.name} has the ${unitWord(place)}s 0 to ${count - 1}; this link asks for ${unit}.`;
    return (
      <NothingHere testId={ID} title={unit === null ? "Choose a neuron." : `There is no ${unitWord(place)} ${unit} here.`} text={text}>
        <Chooser count={count} unit={null} />
      </NothingHere>
    );
  }
  return <Role situation={situation} place={place} unit={unit} flags={flags} count={count} table={table} />;
}

interface RoleProps {
  situation: Situation;
  place: UnitPlace;
  unit: number;
  flags: UnitFlags | undefined;
  count: number;
  table: boolean;
}

function Role({ situation, place, unit, flags, count, table }: RoleProps) {
  const { library, store } = useApp();
  const marks = useMarks(null);
  const profile = library.json<Profile>(place.path("profile", { unit }));
  const incoming = library.json<Incoming>(place.path("incoming", { unit }));
  const column = library.array(place.path("activation", { unit }))?.values;
  const values = column instanceof Float32Array ? column : null;
  const { study, observations, predictions } = situation;
  const names = study.dataset.classNames;
  const color = unitColorText({ layer: place.layer.name, unit, pooling: place.pooling });
  const title = `${capital(unitWord(place))} ${unit} of ${place.words}`;
  const openSender = (other: number, layer: string, pooling: Pooling | null) =>
    lookAtUnit(store, other, { layer, units: [], neurons: { ...store.get().neurons, panel: "role", ...(pooling === null ? {} : { pooling }) } });
  const save = () => {
    const head = ["id", ...(names.length > 0 ? ["label"] : []), ...(predictions === null ? [] : ["prediction"]), "activation"];
    const rows = Array.from(values ?? [], (value, row) => [observations.ids[row], ...(names.length > 0 ? [names[observations.labels[row]]] : []), ...(predictions === null ? [] : [names[predictions.winner[row]]]), exactText(value)]);
    saveTable(situation, title, head, rows);
  };
  const asTable = () => (profile === undefined ? null : <RoleTable profile={profile} situation={situation} values={values} title={title} />);
  return (
    <PanelFrame
      testId={ID}
      title={<span data-testid="role-title">{title}</span>}
      sentence={profile === undefined ? "Reading its activations." : roleSentence(profile, names)}
      table={table}
      asTable={profile === undefined ? undefined : asTable}
      onSave={values === null ? undefined : save}
      actions={<Chooser count={count} unit={unit} />}
    >
      <div className="role-row">
        <button type="button" className="primary-button" data-testid="color-projection" onClick={() => store.change({ view: "projection", color })}>
          Colour the projection by it
        </button>
        <button type="button" className="secondary-button" title="The same colours over all kept epochs" onClick={() => store.change({ view: "compare", comparison: "epochs", color })}>
          Over the epochs
        </button>
        <Flags unit={unit} flags={flags} onOpen={(other) => lookAtUnit(store, other)} />
      </div>
      {profile !== undefined && (
        <div className="role-parts" data-unit={profile.unit}>
          <div className="unit-stack">
            <SmallProjection situation={situation} place={place} color={color} />
            <Distribution profile={profile} />
          </div>
          <div className="unit-stack">
            {names.length > 0 && <ClassProfile profile={profile} names={names} colors={marks?.colors ?? []} />}
            <Figures profile={profile} />
            {incoming !== undefined && <IncomingWeights incoming={incoming} onOpen={(other, layer) => openSender(other, layer, incoming.senderPooling ?? null)} />}
          </div>
          <div className="unit-stack">
            <Extremes title="Strongest for" rows={profile.top} values={values} situation={situation} colors={marks?.colors ?? []} testId="top-images" />
            <Extremes title="Weakest for" rows={profile.low} values={values} situation={situation} colors={marks?.colors ?? []} testId="low-images" />
          </div>
        </div>
      )}
    </PanelFrame>
  );
}

function Figures({ profile }: { profile: Profile }) {
  const { mean, deviation, min, max, frequency } = profile;
  const figures = [["mean", measured(mean)], ["deviation", measured(deviation)], ["lowest", measured(min)], ["highest", measured(max)], [min < 0 ? "above its mean" : "above 0", percent(frequency)]];
  return (
    <dl className="unit-figures" data-testid="role-figures">
      {figures.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** What is odd about it, and which others do the same. */
function Flags({ unit, flags, onOpen }: { unit: number; flags: UnitFlags | undefined; onOpen(unit: number): void }) {
  if (flags === undefined) {
    return null;
  }
  const { dead, alwaysOn, twins } = flagsOf(unit, flags);
  return (
    <span className="unit-flags" data-testid="role-flags">
      {dead && <span className="unit-flag" title="The same value for every observation">dead</span>}
      {alwaysOn && <span className="unit-flag" title="Above 0 for every observation">always on</span>}
      {twins.length > 0 && (
        <span className="unit-flag">
          as good as equal to {twins.slice(0, 6).map((twin) => <UnitButton key={twin} unit={twin} onOpen={onOpen} />)}
          {twins.length > 6 && ` and ${twins.length - 6} more`}
        </span>
      )}
    </span>
  );
}

/** To the neighbour, or to a number. */
function Chooser({ count, unit }: { count: number; unit: number | null }) {
  const { store } = useApp();
  const [draft, setDraft] = useState(unit === null ? "" : String(unit));
  useEffect(() => setDraft(unit === null ? "" : String(unit)), [unit]);
  const wanted = Number(draft);
  const usable = /^\d+$/.test(draft.trim()) && wanted < count;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (usable) {
      store.change({ unit: wanted });
    }
  };
  return (
    <form className="unit-chooser" onSubmit={submit}>
      {unit !== null && (
        <button type="button" className="tool" aria-label="The neuron before" title="The neuron before" disabled={unit === 0} onClick={() => store.change({ unit: unit - 1 })}>
          ‹
        </button>
      )}
      <input inputMode="numeric" autoComplete="off" aria-label={`Number of a neuron, 0 to ${count - 1}`} placeholder={`0–${count - 1}`} value={draft} aria-invalid={draft !== "" && !usable} data-testid="unit-number" onChange={(event) => setDraft(event.target.value)} />
      {unit !== null && (
        <button type="button" className="tool" aria-label="The next neuron" title="The next neuron" disabled={unit >= count - 1} onClick={() => store.change({ unit: unit + 1 })}>
          ›
        </button>
      )}
      {unit === null && (
        <button type="submit" className="secondary-button" disabled={!usable}>
          Show
        </button>
      )}
    </form>
  );
}

function RoleTable({ profile, situation, values, title }: { profile: Profile; situation: Situation; values: Float32Array | null; title: string }) {
  const { study, observations } = situation;
  const names = study.dataset.classNames;
  const number = (value: number | null | undefined) => (value === null || value === undefined ? "–" : measured(value));
  const observed = (rows: readonly number[]) => rows.map((row) => [`#${observations.ids[row]}`, names[observations.labels[row]] ?? "–", values === null ? "–" : exactText(values[row])]);
  return (
    <div className="unit-tables">
      {names.length > 0 && <DataTable caption={`${title}: activation per class`} head={["class", "mean", "deviation"]} rows={names.map((name, label) => [label === profile.best ? `${name} (best)` : name, number(profile.classMean[label]), number(profile.classDeviation[label])])} />}
      <DataTable caption="Strongest for" head={["id", "class", "activation"]} rows={observed(profile.top)} />
      <DataTable caption="Weakest for" head={["id", "class", "activation"]} rows={observed(profile.low)} />
    </div>
  );
}
