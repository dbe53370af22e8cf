import { type FormEvent, useEffect, useState } from "react";
import type { Parameter, Parameters, Run } from "../../server/types";
import { type Situation, useApp, useEvolution } from "../../parts/app";
import { MethodSelect } from "../../parts/MethodSelect";
import { changedParameters } from "../../state/results";
import { type By, SEQUENCES } from "../../state/evolution";
import { comparableRuns, hiddenLayers } from "../../state/sequences";
import { Field } from "../projection/Field";
import { arranged, parse, problem } from "../projection/fields";
import type { Sought } from "./useSequence";

const NAMES: Record<By, string> = { epoch: "Epochs", layer: "Layers", run: "Runs" };
const TEXTS: Record<By, string> = {
  epoch: "The steps are the kept epochs of one layer",
  layer: "The steps are the layers of one snapshot, of whatever width",
  run: "The steps are the runs that have this layer",
};
/** These show without opening the rest. */
const FIRST = ["lambda", "perplexity"];

/** What the steps are, how they are laid out, and the one button that computes. */
export function SequenceForm({ situation, sought, control }: { situation: Situation; sought: Sought; control: Run | null }) {
  const { library, steps: stepsCell } = useApp();
  const [evolution, change] = useEvolution();
  const { study } = situation;
  const { source, method, match, running } = sought;
  const [drafts, setDrafts] = useState<Record<string, string>>({});
  useEffect(() => setDrafts({}), [method?.name, evolution.parameters]);
  if (method === null) {
    return null;
  }
  const { first: usual, groups: rest } = arranged(method);
  const every = [...usual, ...rest.flatMap(({ parameters }) => parameters)];
  const first = every.filter(({ name }) => FIRST.includes(name));
  const groups = [{ title: "", parameters: usual.filter(({ name }) => !FIRST.includes(name)) }, ...rest.map((group) => ({ ...group, parameters: group.parameters.filter(({ name }) => !FIRST.includes(name)) }))].filter(
    ({ parameters }) => parameters.length > 0,
  );
  const problems = every.map((parameter) => problem(parameter, drafts[parameter.name])).filter((text) => text !== null);
  const drafted = (): Parameters => {
    const values = { ...evolution.parameters };
    for (const parameter of every) {
      const draft = drafts[parameter.name];
      if (draft !== undefined) {
        values[parameter.name] = parse(parameter, draft);
      }
    }
    return changedParameters(method, values);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (problems.length === 0 && source !== null) {
      const parameters = drafted();
      change({ method: method.name, parameters });
      void library.sequence(source, method.name, parameters);
    }
  };
  const field = (parameter: Parameter) => (
    <Field
      key={parameter.name}
      parameter={parameter}
      value={drafts[parameter.name] ?? String(evolution.parameters[parameter.name] ?? parameter.default)}
      onChange={(text) => setDrafts({ ...drafts, [parameter.name]: text })}
      invalid={problem(parameter, drafts[parameter.name])}
    />
  );
  const dirty = Object.keys(drafts).length > 0;
  const kept = match !== null && match.differs.length === 0 && !match.otherSteps && !dirty;
  const refused = study.readOnly === true ? "This study is open for reading only: nothing can be computed in it" : (problems[0] ?? (kept ? "This result is kept already" : method.text));
  const moveTo = (by: By) => {
    stepsCell.set([]);
    change({ by, at: null, from: 0, to: null, region: null });
  };
  return (
    <form className="method" onSubmit={submit} data-testid="sequence-form" noValidate>
      <div className="segments" role="group" aria-label="What the steps are">
        {SEQUENCES.map((by) => (
          <button key={by} type="button" aria-pressed={evolution.by === by} data-testid={`by-${by}`} title={TEXTS[by]} onClick={() => moveTo(by)}>
            {NAMES[by]}
          </button>
        ))}
      </div>
      <StepChoice situation={situation} />
      <MethodSelect methods={study.alignments ?? []} method={method.name} id="alignment" onChoose={(next) => change({ method: next.name, parameters: {}, region: null })} />
      {first.map(field)}
      {groups.length > 0 && (
        <details className="menu more">
          <summary className="quiet" data-testid="more">
            {Object.keys(evolution.parameters).some((name) => !FIRST.includes(name)) ? "More (changed)" : "More"}
          </summary>
          <div className="menu-items more-fields">
            <p className="more-text">{method.text}</p>
            {groups.map(({ title, parameters }) => (
              <fieldset key={title}>
                {title !== "" && <legend>{title}</legend>}
                {parameters.map(field)}
              </fieldset>
            ))}
            <button type="button" className="quiet" onClick={() => change({ parameters: {} })}>
              Back to defaults
            </button>
          </div>
        </details>
      )}
      <button type="submit" className="primary-button" data-testid="compute" disabled={running !== null || study.readOnly === true || source === null || problems.length > 0 || kept} title={refused}>
        {kept ? "Kept" : "Compute"}
      </button>
      <label className="field" title={control === null ? "This study has no run that learned from shuffled labels yet" : `The same of ${control.name}, which learned from shuffled labels, side by side`}>
        <input type="checkbox" checked={evolution.control} data-testid="control-toggle" disabled={evolution.by === "run"} onChange={(event) => change({ control: event.target.checked })} />
        control
      </label>
      {problems.length > 0 && (
        <span className="problem" role="alert">
          {problems[0]}
        </span>
      )}
    </form>
  );
}

/** Which epochs, layers or runs, in a menu; and the epoch where the steps are something else. */
function StepChoice({ situation }: { situation: Situation }) {
  const { store } = useApp();
  const [evolution, change] = useEvolution();
  const { study, run, epoch, layer } = situation;
  if (run === null) {
    return null;
  }
  const again = { at: null, from: 0, to: null, region: null };
  const menu = (all: readonly string[], chosen: readonly string[] | null, apply: (names: string[] | null) => void, what: string) => {
    const on = chosen ?? all;
    const toggle = (name: string) => {
      const next = all.filter((one) => (one === name ? !on.includes(name) : on.includes(one)));
      apply(next.length === all.length ? null : next);
    };
    return (
      <details className="menu more step-choice">
        <summary className="quiet" data-testid="steps-menu">
          {on.length === all.length ? `all ${all.length}` : `${on.length} of ${all.length}`}
        </summary>
        <div className="menu-items step-items" role="group" aria-label={what}>
          {all.map((name) => (
            <label key={name} className="field">
              <input type="checkbox" checked={on.includes(name)} disabled={on.includes(name) && on.length <= 2} onChange={() => toggle(name)} />
              {name}
            </label>
          ))}
        </div>
      </details>
    );
  };
  const epochs = [...run.snapshots].sort((a, b) => a - b);
  const epochSelect = (
    <label className="field">
      <span>epoch</span>
      <select value={epoch ?? ""} data-testid="at-epoch" onChange={(event) => store.change({ epoch: Number(event.target.value), evolution: { ...store.get().evolution, region: null } })}>
        {epochs.map((one) => (
          <option key={one} value={one}>
            {one}
          </option>
        ))}
      </select>
    </label>
  );
  switch (evolution.by) {
    case "epoch":
      return menu(epochs.map(String), evolution.epochs?.map(String) ?? null, (names) => change({ epochs: names?.map(Number) ?? null, ...again }), "Epochs");
    case "layer":
      return (
        <>
          {menu(["input", ...hiddenLayers(run)], evolution.layers, (layers) => change({ layers, ...again }), "Layers")}
          {epochSelect}
        </>
      );
    case "run":
      return (
        <>
          {epoch !== null && menu(comparableRuns(study, run, epoch, layer), evolution.runs, (runs) => change({ runs, ...again }), "Runs")}
          {epochSelect}
        </>
      );
  }
}
