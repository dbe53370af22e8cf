import { useMemo, useState } from "react";
import { rampCss } from "../../../draw/ramp";
import { signedCss } from "../../../draw/signed";
import { type Situation, useApp, useCell, useWorkspace } from "../../../parts/app";
import { capital, measured, whole } from "../../../parts/words";
import type { Column } from "../../../server/columns";
import { type RowKey, type UnitRoles, withoutSubset } from "../../../state/unitRoles";
import { DataTable, NothingHere, PanelFrame, type PanelProps, saveTable, UnitButton } from "../common/PanelFrame";
import { lookAtUnit, type UnitPlace, unitCount, useFlags, useUnitPlace } from "../common/place";
import { Define } from "./Define";
import { Differences } from "./Differences";
import { Heat, type HeatRow } from "./Heat";
import { difference, listed, rangeOf, sortedUnits, subsetBody, type SubsetRow } from "./rows";
import { useMeans } from "./useMeans";

const ID = "subsets-panel";
const PAGE = 60;

/** Subsets of the data against neurons: what is active for whom, and what tells two subsets apart. */
export function SubsetsPanel({ situation, table = false }: PanelProps) {
  const place = useUnitPlace(situation);
  if (typeof place === "string") {
    return <NothingHere testId={ID} title="No neurons to look at." text={place} />;
  }
  return <Subsets situation={situation} place={place} table={table} />;
}

function Subsets({ situation, place, table }: { situation: Situation; place: UnitPlace; table: boolean }) {
  const { store } = useApp();
  const { selection, neurons, unit } = useWorkspace();
  const { roles } = neurons;
  const flags = useFlags(place);
  const { observations, predictions, study } = situation;
  const names = study.dataset.classNames;
  const rows = useMemo(() => listed(roles, selection, observations.labels, observations.ids, predictions, names), [roles, selection, observations, predictions, names]);
  const means = useMeans(place.path("subsets"), rows, observations.count);
  const count = unitCount(place, flags);
  const indexOf = (key: RowKey | null) => (key === null ? -1 : rows.findIndex((row) => row.key === key));
  const [a, b] = [indexOf(roles.minuend), indexOf(roles.subtrahend)];
  const [membersA, membersB] = [rows[a]?.rows ?? [], rows[b]?.rows ?? []];
  const comparing = membersA.length > 0 && (b < 0 || membersB.length > 0) && a !== b;
  const answer = useCompared(comparing, place, membersA, b < 0 ? null : membersB, observations.count);
  const compared = answer?.values instanceof Float32Array ? answer.values : null;
  const units = answer?.shape[1] ?? means.find(({ values }) => values !== null)?.values?.length ?? count;
  const minus = useMemo(() => (compared === null ? null : difference(compared.subarray(0, units), compared.subarray(units, 2 * units))), [compared, units]);
  const sortValues = roles.sort === "difference" ? minus : (means[indexOf(roles.sort)]?.values ?? null);
  const order = useMemo(() => (sortValues === null ? Array.from({ length: units }, (_, at) => at) : sortedUnits(sortValues)), [sortValues, units]);
  const change = (part: Partial<UnitRoles>) => {
    const now = store.get().neurons;
    store.change({ neurons: { ...now, roles: { ...now.roles, ...part } } });
  };
  const open = (chosen: number) => lookAtUnit(store, chosen);
  const [titleA, titleB] = [rows[a]?.title ?? "", b < 0 ? "all others" : rows[b].title];
  const minusTitle = `${titleA} − ${titleB}`;
  const save = () => {
    const head = ["unit", ...rows.map(({ title }) => title), ...(minus === null ? [] : [minusTitle, "effect size d", "Welch t"])];
    const cells = (at: number) => [at, ...means.map(({ values }) => values?.[at] ?? null), ...(minus === null ? [] : [minus[at], compared![2 * units + at], compared![3 * units + at]])];
    const lines = rows.map(({ title, rows: members }) => `${title}: ${members?.length ?? 0} observations, ids ${(members ?? []).slice(0, 2000).map((row) => observations.ids[row]).join(" ")}`);
    saveTable(situation, `means of subsets in ${place.words}`, head, order.map(cells), lines);
  };
  const heat: HeatRow[] = [...rows.map(({ title }, at) => ({ title, values: means[at].values, signed: false, old: means[at].old })), ...(comparing ? [{ title: minusTitle, values: minus, signed: true, old: minus === null }] : [])];
  const asTable = () => (
    <DataTable
      caption={`Mean activation of each row in ${place.words}, the first ${Math.min(200, order.length)} of ${whole(order.length)} neurons in this order`}
      head={["neuron", ...heat.map(({ title }, at) => (heat.findIndex((other) => other.title === title) === at ? title : `${title} (${at + 1})`))]}
      rows={order.slice(0, 200).map((at) => [<UnitButton key={at} unit={at} onOpen={open} />, ...heat.map(({ values }) => (values === null ? "–" : measured(values[at])))])}
    />
  );
  return (
    <PanelFrame
      testId={ID}
      title={`Subsets of the data in ${place.words}`}
      sentence="A row is a subset or one observation, a column is a neuron, and a cell's colour is the subset's mean activation. Take A and B to subtract one row from another."
      table={table}
      asTable={rows.length === 0 ? undefined : asTable}
      onSave={rows.length === 0 ? undefined : save}
    >
      <Define situation={situation} />
      {rows.length === 0 ? (
        <Beginning situation={situation} onChange={change} />
      ) : (
        <Matrix
          rows={rows}
          heat={heat}
          order={order}
          roles={roles}
          unit={unit}
          place={place}
          onChange={change}
          onOpen={open}
          onRemove={(at) => store.change({ neurons: { ...neurons, roles: withoutSubset(roles, at) } })}
          onKeep={() => change({ subsets: [...roles.subsets, { name: "", of: { kind: "rows", rows: selection } }] })}
          onSelect={(members) => store.change({ selection: [...members] })}
        />
      )}
      {comparing &&
        (compared === null ? (
          <p className="sentence" role="status">
            Comparing {titleA} with {titleB}
          </p>
        ) : (
          <Differences values={compared} units={units} a={titleA} b={titleB} onOpen={open} />
        ))}
      {rows.length > 0 && !comparing && <p className="sentence">{a === b && a >= 0 ? "A and B are the same row: choose another." : "Press A at a row to compare it with all other observations, and B at a second one to compare the two."}</p>}
    </PanelFrame>
  );
}

/** The answer to "how does A differ from B": [4, unit] mean of A, mean of B, effect size, t. */
function useCompared(wanted: boolean, place: UnitPlace, one: readonly number[], other: readonly number[] | null, observations: number): Column | undefined {
  const { library } = useApp();
  const body = useMemo(() => (wanted ? { a: subsetBody(one, observations), b: other === null ? null : subsetBody(other, observations) } : null), [wanted, one, other, observations]);
  return body === null ? undefined : library.answer(place.path("compare"), body);
}

/** While there is no row: what one could begin with. */
function Beginning({ situation, onChange }: { situation: Situation; onChange(part: Partial<UnitRoles>): void }) {
  const { study, predictions } = situation;
  const names = study.dataset.classNames;
  const all = names.slice(0, 30).map((_, label) => ({ name: "", of: { kind: "class" as const, label } }));
  return (
    <div className="unit-empty" role="status">
      <h3>No rows yet.</h3>
      <p>Add one above, or draw a lasso around points in any view: the selection becomes a row here and follows you.</p>
      <div className="role-row">
        {names.length > 0 && (
          <button type="button" className="primary-button" data-testid="all-classes" onClick={() => onChange({ subsets: all, minuend: 0, sort: "difference" })}>
            One row per class
          </button>
        )}
        {predictions !== null && predictions.wrongCount > 0 && (
          <button type="button" className="secondary-button" onClick={() => onChange({ subsets: [{ name: "", of: { kind: "wrong" } }], minuend: 0, sort: "difference" })}>
            Misclassified against all others
          </button>
        )}
      </div>
    </div>
  );
}

interface MatrixProps {
  rows: readonly SubsetRow[];
  heat: readonly HeatRow[];
  order: readonly number[];
  roles: UnitRoles;
  unit: number | null;
  place: UnitPlace;
  onChange(part: Partial<UnitRoles>): void;
  onOpen(unit: number): void;
  onRemove(at: number): void;
  onKeep(): void;
  onSelect(rows: readonly number[]): void;
}

function Matrix({ rows, heat, order, roles, unit, place, onChange, onOpen, onRemove, onKeep, onSelect }: MatrixProps) {
  const theme = useCell(useApp().theme);
  const [read, setRead] = useState<{ row: number; unit: number } | null>(null);
  const [page, setPage] = useState(0);
  const last = Math.max(0, Math.ceil(order.length / PAGE) - 1);
  const at = Math.min(page, last);
  const units = order.slice(at * PAGE, (at + 1) * PAGE);
  const plain = heat.filter(({ signed, values }) => !signed && values !== null).map(({ values }) => values!);
  const [low, high] = rangeOf(plain);
  const signed = heat.find((row) => row.signed);
  const [least, greatest] = signed?.values ? rangeOf([signed.values]) : [0, 0];
  const most = Math.max(-least, greatest);
  const value = read === null ? undefined : heat[read.row]?.values?.[read.unit];
  const toggle = (key: "minuend" | "subtrahend", row: RowKey) => onChange({ [key]: roles[key] === row ? null : row });
  const sortedBy = roles.sort === null ? "by number" : roles.sort === "difference" ? `by ${signed?.title ?? "number"}` : `by ${rows.find(({ key }) => key === roles.sort)?.title ?? "number"}`;
  return (
    <div className="subsets" data-testid="subsets" data-rows={rows.length} data-busy={heat.some(({ values, old }) => values === null || old)}>
      <div className="subset-names">
        <button type="button" className="quiet small subset-corner" aria-pressed={roles.sort === null} title="Order the neurons by their numbers" onClick={() => onChange({ sort: null })}>
          {capital(sortedBy)}
        </button>
        {rows.map(({ key, title, rows: members, kept }) => (
          <div key={key} className="subset-name" data-row={key}>
            <button type="button" className="subset-title" aria-pressed={roles.sort === key} title={`${title}: ${whole(members?.length ?? 0)} observations. Order the neurons by this row.`} onClick={() => onChange({ sort: key })}>
              <span>{title}</span> <span className="count">{members === null ? "…" : whole(members.length)}</span>
            </button>
            <button type="button" className="subset-side" aria-pressed={roles.minuend === key} aria-label={`Take ${title} as A`} title="A: subtract B from this row" data-testid={`a-${key}`} onClick={() => toggle("minuend", key)}>
              A
            </button>
            <button type="button" className="subset-side" aria-pressed={roles.subtrahend === key} aria-label={`Take ${title} as B`} title="B: subtract this row from A" data-testid={`b-${key}`} onClick={() => toggle("subtrahend", key)}>
              B
            </button>
            {kept ? (
              <>
                <button type="button" className="subset-side" aria-label={`Select the observations of ${title}`} title="Select its observations" onClick={() => members !== null && onSelect(members)}>
                  ◌
                </button>
                <button type="button" className="subset-side" aria-label={`Remove ${title}`} title="Remove this row" data-testid={`remove-${key}`} onClick={() => onRemove(Number(key))}>
                  ×
                </button>
              </>
            ) : (
              <button type="button" className="subset-side keep" title="Keep this selection as a row" data-testid="keep-selection" onClick={onKeep}>
                Keep
              </button>
            )}
          </div>
        ))}
        {signed !== undefined && (
          <div className="subset-name">
            <button type="button" className="subset-title" aria-pressed={roles.sort === "difference"} title={`${signed.title}. Order the neurons by this difference.`} data-testid="sort-difference" onClick={() => onChange({ sort: "difference" })}>
              <span>{signed.title}</span>
            </button>
          </div>
        )}
      </div>
      <Heat
        rows={heat}
        units={units}
        low={low}
        high={high}
        most={most}
        chosen={unit}
        label={`${heat.length} rows of mean activations of ${units.length} neurons of ${place.words}, ${sortedBy}. Arrow keys walk, Enter opens the neuron. The same as a table: press Table.`}
        onRead={setRead}
        onOpen={onOpen}
      />
      <div className="subset-foot">
        <span className="unit-ends">
          <span>{measured(low)}</span>
          <i style={{ background: rampCss(theme) }} />
          <span>{measured(high)}</span>
        </span>
        {signed?.values && (
          <span className="unit-ends">
            <span>−{measured(most)}</span>
            <i style={{ background: signedCss("activations", theme) }} />
            <span>+{measured(most)}</span>
          </span>
        )}
        <span className="unit-reading" role="status" data-testid="subset-reading">
          {read === null ? "" : `${heat[read.row]?.title}, neuron ${read.unit}: ${value === undefined ? "not known" : measured(value)}`}
        </span>
        <span className="subset-pages">
          <button type="button" className="quiet small" disabled={at === 0} onClick={() => setPage(at - 1)}>
            Previous
          </button>
          {whole(at * PAGE + 1)}–{whole(Math.min(order.length, (at + 1) * PAGE))} of {whole(order.length)}
          <button type="button" className="quiet small" disabled={at === last} onClick={() => setPage(at + 1)}>
            Next
          </button>
        </span>
      </div>
    </div>
  );
}
