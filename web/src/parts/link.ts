/** A link to exactly what is shown: gaps that the page filled by itself are pinned down in it. */
import { useState } from "react";
import { changedParameters, findResult } from "../state/results";
import { toFragment } from "../state/url";
import type { Workspace } from "../state/workspace";
import type { ResultSummary } from "../server/types";
import { type Situation, useApp, useLibrary } from "./app";

const SHOWN_MS = 1600;

export function pinned(workspace: Workspace, situation: Situation | null, summaries: readonly ResultSummary[]): Workspace {
  if (situation === null) {
    return workspace;
  }
  const { run, epoch, layer, method, source } = situation;
  const match = source === null ? null : findResult(summaries, source, method, workspace.parameters);
  return {
    ...workspace,
    run: run?.name ?? null,
    epoch,
    layer,
    method: method.name,
    parameters: match === null ? workspace.parameters : changedParameters(method, match.summary.parameters),
  };
}

export function useCopyLink(situation: Situation | null): [() => void, boolean] {
  const { store, library } = useApp();
  const { summaries } = useLibrary();
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    const fragment = toFragment(pinned(store.get(), situation, summaries));
    const url = `${location.origin}${location.pathname}#${fragment}`;
    try {
      await navigator.clipboard.writeText(url);
      setCopied(true);
      setTimeout(() => setCopied(false), SHOWN_MS);
    } catch {
      history.replaceState(history.state, "", `#${fragment}`);
      library.notify("The browser does not let pages write to the clipboard here; the address bar now holds the link.");
    }
  };
  return [() => void copy(), copied];
}
