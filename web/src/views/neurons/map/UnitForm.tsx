import { type FormEvent, useEffect, useState } from "react";
import { type Situation, useApp, useWorkspace } from "../../../parts/app";
import { MethodSelect } from "../../../parts/MethodSelect";
import type { Method, Parameter, Parameters } from "../../../server/types";
import { changedParameters } from "../../../state/results";
import { POOLINGS, type Pooling } from "../../../state/units";
import { Field } from "../../projection/Field";
import { parse, problem } from "../../projection/fields";
import { useActions, useAsking } from "./actions";
import type { Units } from "./useUnits";

const POOLING_TEXTS: Record<Pooling, string> = { mean: "channels, mean", max: "channels, maximum", none: "every value" };

/** What of the shown epochs is there already. */
export interface Need {
  epochs: readonly number[];
  /** Epochs of which nothing is kept with these options. */
  missing: readonly number[];
  busy: boolean;
}

interface UnitFormProps {
  situation: Situation;
  units: Units;
  maps: Need;
  trails: Need;
  scores: Need;
}

/** How neurons are laid out and scored, each with its options and the button that computes. */
export function UnitForm({ situation, units, maps, trails, scores }: UnitFormProps) {
  const { store } = useApp();
  const { neurons } = useWorkspace();
  const actions = useActions();
  const ask = useAsking(situation, units);
  const ways = neurons.arrangement === "trails";
  const drafts = useDrafts(units.method, neurons.parameters);
  const measure = units.method.parameters.filter(({ name }) => name === "measure");
  const rest = ways ? [] : units.method.parameters.filter(({ name }) => name !== "measure");
  const shown = ways ? trails : maps;
  const kept = shown.missing.length === 0 && !drafts.dirty;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (drafts.problem === null) {
      store.change({ neurons: { ...store.get().neurons, parameters: drafts.values() } });
      if (ways) {
        ask.trails();
      } else {
        (drafts.dirty ? maps.epochs : maps.missing).forEach(ask.map);
      }
    }
  };
  return (
    <>
      <form className="method unit-form" onSubmit={submit} data-testid="unit-form" noValidate aria-label="Layout of the neurons">
        {!ways && <MethodSelect methods={units.methods} method={units.method.name} id="unit-method" onChoose={(method) => actions.change({ method: method.name === units.methods[0].name ? null : method.name, parameters: carried(method, neurons.parameters) })} />}
        {ways && <span className="secondary">{units.trails.title}</span>}
        {measure.map((parameter) => (
          <Field key={parameter.name} parameter={parameter} value={drafts.text(parameter)} onChange={(text) => actions.change({ parameters: changedParameters(units.method, { ...neurons.parameters, measure: text }) })} invalid={null} />
        ))}
        {units.spatial && (
          <label className="field" title="What counts as a neuron: a channel with the mean or the maximum over its positions, or every value of every map">
            <span>neurons</span>
            <select value={units.place.pooling} data-testid="pooling" onChange={(event) => store.change({ neurons: { ...neurons, pooling: event.target.value === units.usual ? null : (event.target.value as Pooling) }, units: [], unit: null })}>
              {POOLINGS.filter((pooling) => pooling !== "none" || units.layer.units <= MOST).map((pooling) => (
                <option key={pooling} value={pooling}>
                  {POOLING_TEXTS[pooling]}
                </option>
              ))}
            </select>
          </label>
        )}
        <More drafts={drafts} parameters={rest} text={units.method.text} reset={() => actions.change({ parameters: {} })} id="unit-more" />
        <Run kept={kept} busy={shown.busy} readOnly={units.readOnly} problem={drafts.problem} id="compute-map" text={ways ? "Lays out all epochs in one picture" : units.method.text}>
          {ways ? "Compute trails" : "Compute map"}
        </Run>
      </form>
      {units.labelled && <ScoresForm situation={situation} units={units} scores={scores} />}
    </>
  );
}

/** A map of more points than this is refused by the server. */
const MOST = 4000;

const carried = (method: Method, chosen: Parameters): Parameters => changedParameters({ ...method, parameters: method.parameters.filter(({ name }) => name === "measure") }, chosen);

function ScoresForm({ situation, units, scores }: { situation: Situation; units: Units; scores: Need }) {
  const { store } = useApp();
  const { neurons } = useWorkspace();
  const actions = useActions();
  const ask = useAsking(situation, units);
  const drafts = useDrafts(units.forest, neurons.forest);
  const first = units.forest.parameters.filter(({ name }) => name === "trees");
  const rest = units.forest.parameters.filter(({ name }) => name !== "trees");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (drafts.problem === null) {
      store.change({ neurons: { ...store.get().neurons, forest: drafts.values() } });
      (drafts.dirty ? scores.epochs : scores.missing).forEach(ask.scores);
    }
  };
  return (
    <form className="method unit-scores" onSubmit={submit} noValidate aria-label="Scores by class">
      <span className="unit-rule" aria-hidden="true" />
      {first.map((parameter) => (
        <Field key={parameter.name} parameter={parameter} value={drafts.text(parameter)} onChange={(text) => drafts.put(parameter, text)} invalid={problem(parameter, drafts.drafts[parameter.name])} />
      ))}
      <More drafts={drafts} parameters={rest} text={units.forest.text} reset={() => actions.change({ forest: {} })} id="scores-more" />
      <Run kept={scores.missing.length === 0 && !drafts.dirty} busy={scores.busy} readOnly={units.readOnly} problem={drafts.problem} id="compute-scores" text={units.forest.text}>
        Compute scores
      </Run>
    </form>
  );
}

interface RunProps {
  kept: boolean;
  busy: boolean;
  readOnly: boolean;
  problem: string | null;
  id: string;
  text: string;
  children: string;
}

function Run({ kept, busy, readOnly, problem: wrong, id, text, children }: RunProps) {
  const title = readOnly ? "This study is open for reading only: nothing can be computed in it" : (wrong ?? (kept ? "This result is kept already" : text));
  return (
    <>
      <button type="submit" className="primary-button" data-testid={id} disabled={kept || busy || readOnly || wrong !== null} title={title}>
        {kept ? `${children.replace("Compute ", "").replace(/^./, (letter) => letter.toUpperCase())} kept` : children}
      </button>
      {wrong !== null && (
        <span className="problem" role="alert">
          {wrong}
        </span>
      )}
    </>
  );
}

interface Drafts {
  drafts: Record<string, string>;
  dirty: boolean;
  problem: string | null;
  text(parameter: Parameter): string;
  put(parameter: Parameter, text: string): void;
  values(): Parameters;
}

/** What is typed but not asked for yet. */
function useDrafts(method: Method, chosen: Parameters): Drafts {
  const [drafts, setDrafts] = useState<Record<string, string>>({});
  useEffect(() => setDrafts({}), [method.name, chosen]);
  const wrong = method.parameters.map((parameter) => problem(parameter, drafts[parameter.name])).find((text) => text !== null) ?? null;
  return {
    drafts,
    dirty: Object.keys(drafts).length > 0,
    problem: wrong,
    text: ({ name, default: usual }) => drafts[name] ?? String(chosen[name] ?? usual),
    put: ({ name }, text) => setDrafts({ ...drafts, [name]: text }),
    values: () => {
      const all = { ...chosen };
      for (const parameter of method.parameters) {
        const draft = drafts[parameter.name];
        if (draft !== undefined) {
          all[parameter.name] = parse(parameter, draft);
        }
      }
      return changedParameters(method, all);
    },
  };
}

function More({ drafts, parameters, text, reset, id }: { drafts: Drafts; parameters: readonly Parameter[]; text: string; reset(): void; id: string }) {
  if (parameters.length === 0) {
    return null;
  }
  return (
    <details className="menu more">
      <summary className="quiet" data-testid={id}>
        More
      </summary>
      <div className="menu-items more-fields">
        <p className="more-text">{text}</p>
        {parameters.map((parameter) => (
          <Field key={parameter.name} parameter={parameter} value={drafts.text(parameter)} onChange={(next) => drafts.put(parameter, next)} invalid={problem(parameter, drafts.drafts[parameter.name])} />
        ))}
        <button type="button" className="quiet" onClick={reset}>
          Back to defaults
        </button>
      </div>
    </details>
  );
}
