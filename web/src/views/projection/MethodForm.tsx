import { type FormEvent, useEffect, useState } from "react";
import type { Method, Parameter, Parameters, ParameterValue } from "../../server/types";
import { type Situation, useApp, useWorkspace } from "../../parts/app";
import { parameterLabel } from "../../parts/words";
import { changedParameters } from "../../state/results";

/** Parameters that show without opening the rest. */
const FIRST = ["perplexity", "neighbors", "seed"];
/** The page draws planes; other numbers of axes are for other faces of Inscape. */
const FIXED = ["dimensions"];

/** Method and parameters, made from what the server says about them. Nothing is computed before "Compute". */
export function MethodForm({ situation, busy, kept }: { situation: Situation; busy: boolean; kept: boolean }) {
  const { store, library } = useApp();
  const workspace = useWorkspace();
  const { study, method, source } = situation;
  const [drafts, setDrafts] = useState<Record<string, string>>({});
  useEffect(() => setDrafts({}), [method.name, workspace.parameters]);

  const shown = method.parameters.filter(({ name }) => !FIXED.includes(name));
  const first = shown.filter(({ name }) => FIRST.includes(name));
  const rest = shown.filter(({ name }) => !FIRST.includes(name));
  const problems = shown.map((parameter) => problem(parameter, drafts[parameter.name])).filter((text) => text !== null);

  const commit = (): Parameters => {
    const values = { ...workspace.parameters };
    for (const parameter of shown) {
      const draft = drafts[parameter.name];
      if (draft !== undefined) {
        values[parameter.name] = parse(parameter, draft);
      }
    }
    const changed = changedParameters(method, values);
    store.change({ method: method.name, parameters: changed });
    return changed;
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (problems.length === 0 && source !== null) {
      const parameters = commit();
      void library.project(source, method.name, parameters);
    }
  };
  const choose = (next: Method) => store.change({ method: next.name, parameters: {} });
  const field = (parameter: Parameter) => (
    <Field
      key={parameter.name}
      parameter={parameter}
      value={drafts[parameter.name] ?? String(workspace.parameters[parameter.name] ?? parameter.default)}
      onChange={(text) => setDrafts({ ...drafts, [parameter.name]: text })}
      invalid={problem(parameter, drafts[parameter.name])}
    />
  );
  const dirty = Object.keys(drafts).length > 0;
  return (
    <form className="method" onSubmit={submit} data-testid="method-form" noValidate>
      <div className="segments" role="group" aria-label="Method">
        {study.methods.map((candidate) => (
          <button key={candidate.name} type="button" aria-pressed={candidate.name === method.name} title={candidate.text} data-testid={`method-${candidate.name}`} onClick={() => choose(candidate)}>
            {candidate.title}
          </button>
        ))}
      </div>
      {first.map(field)}
      {rest.length > 0 && (
        <details className="menu more">
          <summary className="quiet">
            {rest.some(({ name }) => workspace.parameters[name] !== undefined) ? "More (changed)" : "More"}
          </summary>
          <div className="menu-items more-fields">
            {rest.map(field)}
            <button type="button" className="quiet" onClick={() => store.change({ parameters: {} })}>
              Back to defaults
            </button>
          </div>
        </details>
      )}
      <button
        type="submit"
        className="primary-button"
        data-testid="compute"
        disabled={busy || source === null || problems.length > 0 || (kept && !dirty)}
        title={problems[0] ?? (kept && !dirty ? "This result is kept already" : method.text)}
      >
        {kept && !dirty ? "Kept" : "Compute"}
      </button>
      {problems.length > 0 && (
        <span className="problem" role="alert">
          {problems[0]}
        </span>
      )}
    </form>
  );
}

function Field({ parameter, value, onChange, invalid }: { parameter: Parameter; value: string; onChange(text: string): void; invalid: string | null }) {
  const { name, kind, text, choices } = parameter;
  const common = { "aria-invalid": invalid !== null, "data-testid": `parameter-${name}` };
  if (kind === "boolean") {
    return (
      <label className="field" title={text}>
        <span>{parameterLabel(name)}</span>
        <input type="checkbox" checked={value === "true"} onChange={(event) => onChange(String(event.target.checked))} {...common} />
      </label>
    );
  }
  return (
    <label className="field" title={text}>
      <span>{parameterLabel(name)}</span>
      {kind === "choice" && choices ? (
        <select value={value} onChange={(event) => onChange(event.target.value)} {...common}>
          {choices.map((choice) => (
            <option key={choice}>{choice}</option>
          ))}
        </select>
      ) : (
        <input inputMode="decimal" autoComplete="off" value={value} onChange={(event) => onChange(event.target.value)} {...common} />
      )}
    </label>
  );
}

function parse({ kind }: Parameter, text: string): ParameterValue {
  if (kind === "boolean") {
    return text === "true";
  }
  const trimmed = text.trim();
  const numeric = kind === "number" || kind === "integer" || (kind === "autoOrNumber" && trimmed !== "auto");
  return numeric ? Number(trimmed) : trimmed;
}

/** Why a field's text cannot be used; null when it can. */
export function problem(parameter: Parameter, text: string | undefined): string | null {
  const { name, kind, min, max } = parameter;
  if (text === undefined || kind === "boolean" || kind === "choice" || kind === "text") {
    return null;
  }
  const label = parameterLabel(name);
  if (kind === "autoOrNumber" && text.trim() === "auto") {
    return null;
  }
  const value = text.trim() === "" ? Number.NaN : Number(text);
  if (!Number.isFinite(value) || (kind === "integer" && !Number.isInteger(value))) {
    const expected = kind === "integer" ? "a whole number" : kind === "autoOrNumber" ? "auto or a number" : "a number";
    return `${label} must be ${expected}, got “${text}”`;
  }
  if (min != null && (value < min || (parameter.minExclusive === true && value === min))) {
    return `${label} must be ${parameter.minExclusive === true ? "more than" : "at least"} ${min}, got ${value}`;
  }
  if (max != null && (value > max || (parameter.maxExclusive === true && value === max))) {
    return `${label} must be ${parameter.maxExclusive === true ? "less than" : "at most"} ${max}, got ${value}`;
  }
  return null;
}
