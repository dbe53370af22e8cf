import { Icon, type IconName } from "../../parts/Icon";
import { percent, whole } from "../../parts/words";
import type { CheckFacts, ViewFacts } from "../../server/imports";
import type { Study } from "../../server/types";
import { readingFields, standsWithField } from "../../state/import/reading";
import { givesOtherClasses, type ImportSession, type ImportState } from "../../state/import/session";
import { ActivationsCard } from "./ActivationsCard";
import { DataCard } from "./DataCard";
import { InputCard } from "./InputCard";
import { ModelCard } from "./ModelCard";

export interface CardProps {
  state: ImportState;
  session: ImportSession;
  study: Study | null;
  disabled: boolean;
}

/** What the server made of the files, with everything that can be corrected. */
export function Understood({ state, session, study, disabled }: CardProps) {
  const { understanding, looking, lookError } = state;
  if (understanding === null) {
    return (
      <>
        {lookError !== null && <LookError sentence={lookError} session={session} />}
        {looking && (
          <p className="looking" role="status">
            <i aria-hidden="true" /> Looking at the files
          </p>
        )}
      </>
    );
  }
  const { model, data, input, check, views, problems } = understanding;
  const activations = understanding.activations ?? null;
  // What stands with the field that it is about is not said twice.
  const elsewhere = data !== null && standsWithField(readingFields(data, state), data, state) ? problems.filter((one) => one !== data.problem) : problems;
  const classes = data?.classes ?? study?.dataset.classNames ?? [];
  return (
    <section className="understood" aria-label="What was understood" data-testid="understood" aria-busy={looking} data-looking={looking}>
      <header>
        <h2>What was understood</h2>
        <span className="looking" role="status" data-shown={looking}>
          {looking && (
            <>
              <i aria-hidden="true" /> Looking again
            </>
          )}
        </span>
      </header>
      {lookError !== null && <LookError sentence={lookError} session={session} />}
      {elsewhere.length > 0 && <Problems problems={elsewhere} />}
      {check !== null && <Check check={check} classes={classes.length} />}
      {givesOtherClasses(understanding) && <WithoutPredictions state={state} session={session} disabled={disabled} />}
      <div className="understood-columns">
        <div>
          {model !== null && <ModelCard model={model} state={state} session={session} disabled={disabled} />}
          {activations !== null && <ActivationsCard activations={activations} joins={study !== null} />}
          {views.length > 0 && activations === null && <Views views={views} />}
        </div>
        <div>
          {data !== null && <DataCard data={data} state={state} session={session} disabled={disabled} />}
          {views.length > 0 && activations !== null && <Views views={views} />}
          {activations === null && (input !== null || data !== null) && <InputCard input={input} images={(data?.kind ?? study?.dataset.kind ?? "images") === "images"} texts={(data?.kind ?? study?.dataset.kind) === "texts"} state={state} session={session} disabled={disabled} usual={study?.pipeline ?? "scale"} />}
        </div>
      </div>
    </section>
  );
}

function LookError({ sentence, session }: { sentence: string; session: ImportSession }) {
  return (
    <div className="look-error" role="alert" data-testid="look-error">
      <Icon name="warning" />
      <p>{sentence}</p>
      <button type="button" className="quiet" onClick={session.lookAgain}>
        Look again
      </button>
    </div>
  );
}

function Problems({ problems }: { problems: readonly string[] }) {
  return (
    <ul className="import-problems" role="alert" data-testid="problems">
      {problems.map((problem) => (
        <li key={problem}>
          <Icon name="warning" /> {problem}
        </li>
      ))}
    </ul>
  );
}

/** For a network of other classes: it can be taken all the same, for what its layers do. */
function WithoutPredictions({ state, session, disabled }: Omit<CardProps, "study">) {
  return (
    <div className="field-block" data-testid="without-predictions">
      <label className="field-line check-field">
        <input type="checkbox" checked={state.choices.withoutPredictions} disabled={disabled} aria-describedby="without-help" onChange={(event) => session.choose({ withoutPredictions: event.target.checked })} />
        <span>Take it without predictions</span>
      </label>
      <p className="sentence" id="without-help">
        For what its layers make of the data: its answers are left out, so nothing is right or wrong. Without this tick a network of other classes is not imported.
      </p>
    </div>
  );
}

/** So many standard errors above chance an accuracy must lie to mean something. */
const SURELY = 3;

/** Whether so few or so bad answers could come from guessing. */
export function byChance(accuracy: number, of: number, classes: number): boolean {
  if (classes < 2 || of < 1) {
    return false;
  }
  const chance = 1 / classes;
  return accuracy <= chance + SURELY * Math.sqrt((chance * (1 - chance)) / of);
}

/** The first sanity check: does the network know these data? */
function Check({ check, classes }: { check: CheckFacts; classes: number }) {
  const { accuracy, of, epoch, sentence } = check;
  const guessed = accuracy !== null && byChance(accuracy, of, classes);
  const refused = accuracy === null && check.suspicious === true;
  return (
    <div className="sanity" data-testid="check" data-tone={guessed || refused ? "bad" : accuracy === null ? "none" : "good"} role={guessed || refused ? "alert" : "status"}>
      <Icon name={guessed || refused ? "warning" : accuracy === null ? "reduced" : "yes"} />
      <p>
        {accuracy !== null && <strong title={`after epoch ${epoch}, of ${whole(of)} observations`}>{percent(accuracy)}</strong>} {sentence}
        {guessed && ` Guessing among ${whole(classes)} classes gets ${percent(1 / classes)}. If this network is trained, its input is prepared differently, or its classes come in another order: compare the pictures under “What the network is given”.`}
      </p>
    </div>
  );
}

const STANDING: Record<ViewFacts["available"], { icon: IconName; text: string }> = {
  yes: { icon: "yes", text: "available" },
  reduced: { icon: "reduced", text: "reduced" },
  no: { icon: "no", text: "not" },
};

function Views({ views }: { views: readonly ViewFacts[] }) {
  return (
    <section className="card facts" aria-label="Views">
      <h3>What can be looked at</h3>
      <table className="view-table" data-testid="views">
        <thead>
          <tr>
            <th scope="col">View</th>
            <th scope="col">Available</th>
            <th scope="col">Why</th>
          </tr>
        </thead>
        <tbody>
          {views.map(({ view, title, available, why }) => (
            <tr key={view} data-available={available}>
              <th scope="row">{title}</th>
              <td>
                <span className="standing">
                  <Icon name={STANDING[available].icon} /> {STANDING[available].text}
                </span>
              </td>
              <td>{why}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
