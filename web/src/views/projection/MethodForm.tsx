import { type FormEvent, useEffect, useState } from "react";
import type { Method, Parameter, Parameters } from "../../server/types";
import { type Situation, useApp, useWorkspace } from "../../parts/app";
import { DimensionSwitch, MethodSelect } from "../../parts/MethodSelect";
import { carriedOver, changedParameters, dimensionsOf } from "../../state/results";
import { Field } from "./Field";
import { arranged, parse, problem } from "./fields";

/** Method and parameters, made from what the server says about them. Nothing is computed before "Compute". */
export function MethodForm({ situation, busy, kept }: { situation: Situation; busy: boolean; kept: boolean }) {
  const { store, library } = useApp();
  const workspace = useWorkspace();
  const { study, method, source } = situation;
  const [drafts, setDrafts] = useState<Record<string, string>>({});
  useEffect(() => setDrafts({}), [method.name, workspace.parameters]);

  const { first, groups } = arranged(method);
  const shown = [...first, ...groups.flatMap(({ parameters }) => parameters)];
  const problems = shown.map((parameter) => problem(parameter, drafts[parameter.name])).filter((text) => text !== null);

  const drafted = (): Parameters => {
    const values = { ...workspace.parameters };
    for (const parameter of shown) {
      const draft = drafts[parameter.name];
      if (draft !== undefined) {
        values[parameter.name] = parse(parameter, draft);
      }
    }
    return values;
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (problems.length === 0 && source !== null) {
      const parameters = changedParameters(method, drafted());
      store.change({ method: method.name, parameters });
      void library.project(source, method.name, parameters);
    }
  };
  const choose = (next: Method) => store.change({ method: next.name, parameters: carriedOver(next, workspace.parameters) });
  const setDimensions = (dimensions: 2 | 3) =>
    store.change({ method: method.name, parameters: changedParameters(method, { ...(problems.length === 0 ? drafted() : workspace.parameters), dimensions }) });
  const field = (parameter: Parameter) => (
    <Field
      key={parameter.name}
      parameter={parameter}
      value={drafts[parameter.name] ?? String(workspace.parameters[parameter.name] ?? parameter.default)}
      onChange={(text) => setDrafts({ ...drafts, [parameter.name]: text })}
      invalid={problem(parameter, drafts[parameter.name])}
    />
  );
  const rest = groups.flatMap(({ parameters }) => parameters);
  const dirty = Object.keys(drafts).length > 0;
  return (
    <form className="method" onSubmit={submit} data-testid="method-form" noValidate>
      <MethodSelect methods={study.methods} method={method.name} onChoose={choose} />
      <DimensionSwitch method={method} dims={dimensionsOf(method, workspace.parameters)} onChoose={setDimensions} />
      {first.map(field)}
      {rest.length > 0 && (
        <details className="menu more">
          <summary className="quiet" data-testid="more">
            {rest.some(({ name }) => workspace.parameters[name] !== undefined) ? "More (changed)" : "More"}
          </summary>
          <div className="menu-items more-fields">
            <p className="more-text">{method.text}</p>
            {groups.map(({ title, parameters }) => (
              <fieldset key={title}>
                {title !== "" && <legend>{title}</legend>}
                {parameters.map(field)}
              </fieldset>
            ))}
            <button type="button" className="quiet" onClick={() => store.change({ parameters: carriedOver(method, workspace.parameters) })}>
              Back to defaults
            </button>
          </div>
        </details>
      )}
      <button
        type="submit"
        className="primary-button"
        data-testid="compute"
        disabled={busy || study.readOnly === true || source === null || problems.length > 0 || (kept && !dirty)}
        title={study.readOnly === true ? "This study is open for reading only: nothing can be computed in it" : problems[0] ?? (kept && !dirty ? "This result is kept already" : method.text)}
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
