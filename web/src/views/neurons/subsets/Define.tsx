import { type FormEvent, useState } from "react";
import { type Situation, useApp, useWorkspace } from "../../../parts/app";
import { whole } from "../../../parts/words";
import { cleanName, MOST_SUBSETS, sameSubset, type Subset } from "../../../state/unitRoles";
import { rowsOf } from "./rows";

const KINDS = ["class", "taken", "wrong", "selection", "primary"] as const;
type Kind = (typeof KINDS)[number];

/** A new row: a class, what is taken for another, all wrong ones, the selection, or the one observation that is looked at. */
export function Define({ situation }: { situation: Situation }) {
  const { store } = useApp();
  const { selection, primary, neurons } = useWorkspace();
  const { observations, predictions, study } = situation;
  const names = study.dataset.classNames;
  const [chosen, setKind] = useState<Kind>("class");
  const [label, setLabel] = useState(0);
  const [predicted, setPredicted] = useState(1);
  const [name, setName] = useState("");
  const offered: Record<Kind, string | null> = {
    class: names.length > 0 ? "a class" : null,
    taken: names.length > 0 && predictions !== null ? "true A, predicted B" : null,
    wrong: predictions !== null && names.length > 0 ? `all misclassified (${whole(predictions.wrongCount)})` : null,
    selection: selection.length > 0 ? `the selection (${whole(selection.length)})` : null,
    primary: primary !== null && primary < observations.count ? `the observation #${observations.ids[primary]}` : null,
  };
  const kind = offered[chosen] === null ? KINDS.find((each) => offered[each] !== null) : chosen;
  const made: Record<Kind, Subset> = {
    class: { kind: "class", label },
    taken: { kind: "taken", label, predicted },
    wrong: { kind: "wrong" },
    selection: { kind: "rows", rows: selection },
    primary: { kind: "rows", rows: primary === null ? [] : [primary] },
  };
  if (kind === undefined) {
    return <p className="sentence">These data have no classes. Draw a lasso around points in any view: the selection becomes a row here.</p>;
  }
  const of = made[kind];
  const members = rowsOf(of, observations.labels, predictions)?.length ?? 0;
  const there = neurons.roles.subsets.some((subset) => sameSubset(subset.of, of));
  const full = neurons.roles.subsets.length >= MOST_SUBSETS;
  const add = (event: FormEvent) => {
    event.preventDefault();
    const now = store.get().neurons;
    store.change({ neurons: { ...now, roles: { ...now.roles, subsets: [...now.roles.subsets, { name: cleanName(name), of }] } } });
    setName("");
  };
  const reason = there ? "It is a row already" : full ? `At most ${MOST_SUBSETS} rows` : members === 0 ? "No observation is like that at this epoch" : `Add ${whole(members)} observations as a row`;
  return (
    <form className="role-row define" onSubmit={add}>
      <label className="field">
        <span>New row</span>
        <select value={kind} data-testid="subset-kind" onChange={(event) => setKind(event.target.value as Kind)}>
          {KINDS.filter((each) => offered[each] !== null).map((each) => (
            <option key={each} value={each}>
              {offered[each]}
            </option>
          ))}
        </select>
      </label>
      {(kind === "class" || kind === "taken") && <ClassSelect title={kind === "taken" ? "True class" : "Class"} names={names} value={label} testId="subset-class" onChange={setLabel} />}
      {kind === "taken" && (
        <>
          <span className="secondary">taken for</span>
          <ClassSelect title="Predicted class" names={names} value={predicted} testId="subset-predicted" onChange={setPredicted} />
        </>
      )}
      <input value={name} maxLength={40} placeholder="name, if you like" aria-label="Name of the row" data-testid="subset-name" onChange={(event) => setName(event.target.value)} />
      <button type="submit" className="secondary-button" data-testid="subset-add" disabled={there || full || members === 0} title={reason}>
        Add {members > 0 ? whole(members) : ""}
      </button>
      {members === 0 && <span className="secondary">No observation is like that at this epoch.</span>}
    </form>
  );
}

function ClassSelect({ title, names, value, testId, onChange }: { title: string; names: readonly string[]; value: number; testId: string; onChange(label: number): void }) {
  return (
    <select value={value} aria-label={title} data-testid={testId} onChange={(event) => onChange(Number(event.target.value))}>
      {names.map((name, label) => (
        <option key={label} value={label}>
          {name}
        </option>
      ))}
    </select>
  );
}
