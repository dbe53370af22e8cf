/** Which two layouts stand side by side. */
import type { Method, Parameters, ResultSummary, Source } from "../../server/types";
import type { Situation } from "../../parts/app";
import { parameterWords, sourceTitle } from "../../parts/words";
import { carriedOver, changedParameters } from "../../state/results";
import type { Workspace } from "../../state/workspace";

export interface Pane {
  /** As the URL says it. */
  spec: string;
  source: Source | null;
  method: Method;
  parameters: Parameters;
}

const PREFIX = 12;

export const methodSpec = (method: Method): string => `m.${method.name}`;
export const resultSpec = ({ digest }: ResultSummary): string => `d.${digest.slice(0, PREFIX)}`;

/** What a pane shows: a method on the current source, or one kept result. */
export function paneOf(spec: string, situation: Situation, summaries: readonly ResultSummary[], workspace: Pick<Workspace, "parameters">): Pane | null {
  const { study, source, method } = situation;
  const rest = spec.slice(2);
  if (spec.startsWith("m.")) {
    const chosen = study.methods.find(({ name }) => name === rest);
    const parameters = chosen?.name === method.name ? workspace.parameters : chosen && carriedOver(chosen, workspace.parameters);
    return chosen === undefined ? null : { spec, source, method: chosen, parameters: parameters ?? {} };
  }
  const summary = summaries.find(({ digest }) => digest.startsWith(rest));
  const by = study.methods.find(({ name }) => name === summary?.method);
  return summary === undefined || by === undefined ? null : { spec, source: summary.source, method: by, parameters: changedParameters(by, summary.parameters) };
}

/** The current method on the left, and another one on the right. */
export function usualSpecs({ study, method }: Situation): [string, string] {
  const others = study.methods.filter(({ name }) => name !== method.name);
  const preferred = ["umap", "tsne", "pca"].map((name) => others.find((other) => other.name === name)).find((found) => found !== undefined);
  return [methodSpec(method), methodSpec(preferred ?? others[0] ?? method)];
}

/** Kept results in words, newest last; equal words are told apart by the digest. */
export function resultTitle(summary: ResultSummary, methods: readonly Method[]): string {
  const method = methods.find(({ name }) => name === summary.method);
  const words = method === undefined ? "" : parameterWords(method, summary.parameters);
  return `${sourceTitle(summary.source)}, ${method?.title ?? summary.method}${words === "" ? "" : ` (${words})`}`;
}
