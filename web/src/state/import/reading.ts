/** Which ways of reading the data can be said of what was brought, and which of them a problem is about. */
import type { DataFacts } from "../../server/imports";
import type { Brought, ImportState } from "./session";

export type ReadingField = "label" | "tokenizer" | "tokens";

const TABLE = /\.(csv|tsv|parquet|npz|h5|hdf5)$/i;
const WORDS: Record<ReadingField, RegExp> = {
  tokens: /\btokens?\b/i,
  tokenizer: /tokenizer/i,
  label: /--label|column of the labels|one array of labels/i,
};

const anyPath = (brought: Brought | null, test: RegExp): boolean =>
  brought !== null && (brought.kind === "files" ? brought.files.some(({ path }) => test.test(path)) : brought.kind === "path" && test.test(brought.path));

/** The fields that make sense for the data. What was said stays, so that it can be taken back. */
export function readingFields({ kind, problem }: DataFacts, { data, choices }: Pick<ImportState, "data" | "choices">): ReadingField[] {
  if (data === null) {
    return [];
  }
  const read = problem === null;
  const texts = (read && kind === "texts") || choices.tokenizer !== null || choices.tokens !== null || (!read && (WORDS.tokenizer.test(problem) || anyPath(data, /\.txt$/i)));
  const table = (read && kind === "vectors" && data.kind !== "name") || choices.label !== null || (!read && WORDS.label.test(problem)) || ((!read || kind === "texts") && anyPath(data, TABLE));
  return [...(table ? (["label"] as const) : []), ...(texts ? (["tokenizer", "tokens"] as const) : [])];
}

/** The sentence that stands with a field: each problem at one place only. */
export function readingProblem(field: ReadingField, fields: readonly ReadingField[], data: DataFacts, state: Pick<ImportState, "lookError">): string | null {
  const problem = state.lookError ?? data.problem;
  if (problem === null) {
    return null;
  }
  const about = (["tokenizer", "label", "tokens"] as const).find((one) => fields.includes(one) && WORDS[one].test(problem));
  return about === field ? problem : null;
}

/** Whether a problem of the data already stands with a field. */
export const standsWithField = (fields: readonly ReadingField[], data: DataFacts, state: Pick<ImportState, "lookError">): boolean => fields.some((field) => readingProblem(field, fields, data, state) !== null);
