import { useEffect, useState } from "react";
import type { Parameter, Parameters } from "../../server/types";
import { useEvolution } from "../../parts/app";
import { same } from "../../state/results";
import { Field } from "../projection/Field";
import { parse, problem } from "../projection/fields";

/** These have controls of their own. */
const ELSEWHERE = ["grouping", "direction"];

/** The other options of bundling, in a menu; they are taken over together. */
export function BundleOptions({ options, onChoose }: { options: readonly Parameter[]; onChoose(bundling: Parameters): void }) {
  const [{ bundling }] = useEvolution();
  const [drafts, setDrafts] = useState<Record<string, string>>({});
  useEffect(() => setDrafts({}), [bundling]);
  const shown = options.filter(({ name }) => !ELSEWHERE.includes(name));
  if (shown.length === 0) {
    return null;
  }
  const problems = shown.map((option) => problem(option, drafts[option.name])).filter((text) => text !== null);
  const apply = () => {
    const values: Parameters = {};
    for (const option of shown) {
      const draft = drafts[option.name];
      const value = draft === undefined ? (bundling[option.name] ?? option.default) : parse(option, draft);
      if (!same(value, option.default)) {
        values[option.name] = value;
      }
    }
    onChoose(values);
  };
  return (
    <details className="menu more">
      <summary className="quiet" data-testid="bundle-more">
        {Object.keys(bundling).length > 0 ? "More (changed)" : "More"}
      </summary>
      <div className="menu-items more-fields">
        {shown.map((option) => (
          <Field
            key={option.name}
            parameter={option}
            value={drafts[option.name] ?? String(bundling[option.name] ?? option.default)}
            onChange={(text) => setDrafts({ ...drafts, [option.name]: text })}
            invalid={problem(option, drafts[option.name])}
          />
        ))}
        {problems.length > 0 && (
          <span className="problem" role="alert">
            {problems[0]}
          </span>
        )}
        <div className="menu-buttons">
          <button type="button" className="quiet" onClick={() => onChoose({})}>
            Back to defaults
          </button>
          <button type="button" className="primary-button" disabled={problems.length > 0 || Object.keys(drafts).length === 0} onClick={apply}>
            Bundle
          </button>
        </div>
      </div>
    </details>
  );
}
