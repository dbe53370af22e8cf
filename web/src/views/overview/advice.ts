/** What the numbers say, and what to look at next. Only what is known, never a guess. */
import type { ResultSummary, Method, Run } from "../../server/types";
import { hitOf } from "../../state/quality";
import { findResult, lastHiddenLayer, lastSnapshot, type Match } from "../../state/results";
import type { Workspace } from "../../state/workspace";
import { capital, percent } from "../../parts/words";

export interface Advice {
  title: string;
  text: string;
  change: Partial<Workspace>;
}

export interface Known {
  run: Run;
  method: Method;
  summaries: readonly ResultSummary[];
  classNames: readonly string[];
  /** What the input is called, in the plural. */
  input?: string;
}

/** The three pictures of the overview: pixels, untrained, trained; null while not kept. */
export function beforeAfter({ run, method, summaries }: Known): { input: Match | null; before: Match | null; after: Match | null } {
  const layer = lastHiddenLayer(run) ?? "input";
  const last = lastSnapshot(run);
  const at = (epoch: number) => findResult(summaries, { run: run.name, epoch, layer }, method, {});
  return {
    input: findResult(summaries, { layer: "input" }, method, {}),
    before: at(0),
    after: last === null || last === 0 ? null : at(last),
  };
}

/** One sentence about what training did to the last hidden layer. */
export function headline(known: Known): string {
  const { run } = known;
  const { input, before, after } = beforeAfter(known);
  const layer = lastHiddenLayer(run) ?? "the last layer";
  const hit = (match: Match | null) => (match === null ? null : hitOf(match.summary.quality));
  const [raw, untrained, trained] = [hit(input), hit(before), hit(after)];
  if (trained !== null && untrained !== null) {
    const pixels = raw === null ? "" : `; raw ${known.input ?? "pixels"} have ${percent(raw)}`;
    const verb = trained >= untrained ? "lifts" : "lowers";
    return `Training ${verb} the neighborhood hit of ${layer} from ${percent(untrained)} to ${percent(trained)}${pixels}.`;
  }
  if (untrained !== null && raw !== null) {
    const word = untrained < raw ? "blurs" : "keeps";
    return `Untrained, ${layer} ${word} what the ${known.input ?? "pixels"} show: NH ${percent(untrained)} against ${percent(raw)}.`;
  }
  return run.brought == null ? `What ${run.name} makes of the data, before and after training.` : `What ${run.name} makes of the data${run.snapshots.length > 1 ? ", from its first epoch to its last" : ""}.`;
}

export function advice(known: Known): Advice[] {
  const { run, classNames } = known;
  const last = lastSnapshot(run);
  const layer = lastHiddenLayer(run);
  const found: Advice[] = [];
  const evolves = run.snapshots.length >= 2;
  if (last === null || layer === null) {
    return found;
  }
  const newest = run.metrics.find((row) => row.epoch === last);
  if (last > 0) {
    found.push({
      title: "What every layer does",
      text: `${capital(known.input ?? "pixels")} and ${run.layers.length} layers of ${run.name} side by side after epoch ${last}.`,
      change: { view: "compare", comparison: "layers", run: run.name, epoch: last, layer },
    });
    found.push(
      evolves
        ? { title: "How it learned", text: `The way of every observation through ${run.snapshots.length} kept epochs of ${layer}.`, change: { view: "evolution", run: run.name, layer } }
        : { title: "What was kept", text: `${layer} at its kept epoch.`, change: { view: "compare", comparison: "epochs", run: run.name, layer } },
    );
  }
  if (newest !== undefined && last > 0 && newest.testRecall.length === classNames.length) {
    const weakest = newest.testRecall.indexOf(Math.min(...newest.testRecall));
    found.push({
      title: `Class ${classNames[weakest]} lags`,
      text: `Its recall is ${percent(newest.testRecall[weakest])}, the lowest. See where its observations lie.`,
      change: {
        view: "projection",
        run: run.name,
        epoch: last,
        layer,
        hiddenClasses: classNames.map((_, label) => label).filter((label) => label !== weakest),
      },
    });
  }
  found.push({
    title: "Look closely",
    text: `${layer} large: hover to look closer, Shift-drag to select.`,
    change: { view: "projection", run: run.name, epoch: last, layer, hiddenClasses: [] },
  });
  return found.slice(0, 4);
}
