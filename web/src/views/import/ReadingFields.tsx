import { useEffect, useState } from "react";
import type { DataFacts } from "../../server/imports";
import { readingProblem, type ReadingField, readingFields } from "../../state/import/reading";
import type { ImportSession, ImportState } from "../../state/import/session";
import { Field } from "./Field";

interface ReadingFieldsProps {
  data: DataFacts;
  state: ImportState;
  session: ImportSession;
  disabled: boolean;
}

/** How the files are to be read, where that can be said: the labels' column of tables, the tokenizer of texts. */
export function ReadingFields({ data, state, session, disabled }: ReadingFieldsProps) {
  const fields = readingFields(data, state);
  const problem = (field: ReadingField) => readingProblem(field, fields, data, state);
  return (
    <>
      {fields.includes("label") && <LabelColumn problem={problem("label")} state={state} session={session} disabled={disabled} />}
      {fields.includes("tokenizer") && <Tokenizer problem={problem("tokenizer")} state={state} session={session} disabled={disabled} />}
      {fields.includes("tokens") && <Tokens problem={problem("tokens")} state={state} session={session} disabled={disabled} />}
    </>
  );
}

type OneField = Omit<ReadingFieldsProps, "data"> & { problem: string | null };

function LabelColumn({ problem, state, session, disabled }: OneField) {
  return (
    <Field label="Column of the labels" problem={problem} help="The column, or the array of a file of arrays, with the class or number of each row. Left empty: the one called label, class, target or y, or else a table's last column of texts.">
      {(ids) => (
        <input
          {...ids}
          value={state.choices.label ?? ""}
          disabled={disabled}
          spellCheck={false}
          placeholder="found by its name"
          data-testid="label-column"
          onChange={(event) => session.choose({ label: event.target.value === "" ? null : event.target.value })}
        />
      )}
    </Field>
  );
}

/** As the server takes it: from the root, or from a drive. */
const WHOLE_PATH = /^(\/|[A-Za-z]:[\\/])/;

function Tokenizer({ problem, state, session, disabled }: OneField) {
  const { tokenizer } = state.choices;
  const [text, setText] = useState(tokenizer ?? "");
  useEffect(() => setText((now) => (tokenizer === null || now.trim() === tokenizer ? now : tokenizer)), [tokenizer]);
  const wrong = text.trim() !== "" && !WHOLE_PATH.test(text.trim());
  return (
    <Field label="Tokenizer" problem={wrong ? "A whole path is needed, such as /home/ada/model/tokenizer.json." : problem} help="The whole path of the network's tokenizer.json or vocab.txt on this machine. Left empty: the one that was brought beside the texts or the model.">
      {(ids) => (
        <input
          {...ids}
          value={text}
          disabled={disabled}
          spellCheck={false}
          placeholder="the one beside the texts or the model"
          data-testid="tokenizer"
          onChange={(event) => {
            const next = event.target.value.trim();
            setText(event.target.value);
            if (next === "" || WHOLE_PATH.test(next)) {
              session.choose({ tokenizer: next === "" ? null : next });
            }
          }}
        />
      )}
    </Field>
  );
}

function Tokens({ problem, state, session, disabled }: OneField) {
  const { tokens } = state.choices;
  const [text, setText] = useState(tokens === null ? "" : String(tokens));
  useEffect(() => setText((now) => (tokens === null || Number(now) === tokens ? now : String(tokens))), [tokens]);
  const wrong = text !== "" && !(/^\d{1,6}$/.test(text) && Number(text) >= 2);
  return (
    <Field label="Tokens" problem={wrong ? `A text has room for 2 tokens or more, a whole number; “${text}” is none.` : problem} help="So long every text becomes: longer ones are cut, shorter ones filled up. Left empty: as the longest text, at most 128.">
      {(ids) => (
        <input
          {...ids}
          inputMode="numeric"
          className="count-field"
          value={text}
          disabled={disabled}
          placeholder="longest"
          data-testid="tokens"
          onChange={(event) => {
            const next = event.target.value.trim();
            setText(next);
            if (next === "") {
              session.choose({ tokens: null });
            } else if (/^\d{1,6}$/.test(next) && Number(next) >= 2) {
              session.choose({ tokens: Number(next) });
            }
          }}
        />
      )}
    </Field>
  );
}
