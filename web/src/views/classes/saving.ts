/** What of the classes a person takes away: tables with ids, and pictures. */
import type { Theme } from "../../draw/palette";
import type { Situation } from "../../parts/app";
import { download, provenance } from "../../parts/saving";
import { epochWords } from "../../parts/words";
import { FARED, fared, type Outcomes, scoreOf, type Suspect, threshold } from "../../state/outcomes";
import { saveSheet } from "../weights/saving";
import { type BoxesShown, boxSheet, confusionSheet } from "./sheets";

type Value = string | number;

const cell = (value: Value): string => (/[",\n]/.test(String(value)) ? `"${String(value).replaceAll('"', '""')}"` : String(value));

/** Lines that say where the rows come from, the columns' names, the rows. */
export function tableText(about: readonly string[], names: readonly string[], rows: Iterable<readonly Value[]>): string {
  const lines = [...about.map((line) => `# ${line}`), names.map(cell).join(",")];
  for (const row of rows) {
    lines.push(row.map(cell).join(","));
  }
  return `${lines.join("\n")}\n`;
}

function about(situation: Situation, outcomes: Outcomes): string[] {
  return [...provenance(situation, null), `kept epochs ${outcomes.epochs.join(" ")}`];
}

function save(text: string, name: string): void {
  download(`${name}.csv`, new Blob([text], { type: "text/csv" }));
}

/** Observations that changed between right and wrong, with what they were taken for at each epoch. */
export function flipsText(rows: readonly number[], situation: Situation, outcomes: Outcomes): string {
  const { observations, study } = situation;
  const names = study.dataset.classNames;
  const heads = ["id", "label", ...FARED, ...outcomes.epochs.map((epoch) => `epoch_${epoch}`)];
  return tableText(about(situation, outcomes), heads, rows.map((row) => [observations.ids[row], names[observations.labels[row]], ...fared(outcomes, row), ...outcomes.predictions.map(({ winner }) => names[winner[row]])]));
}

export const saveFlips = (rows: readonly number[], situation: Situation, outcomes: Outcomes): void => save(flipsText(rows, situation, outcomes), `inscape-flips-${situation.run?.name ?? "run"}`);

export function suspectsText(found: readonly Suspect[], sure: number, situation: Situation, outcomes: Outcomes): string {
  const { observations, study } = situation;
  const names = study.dataset.classNames;
  const lines = [...about(situation, outcomes), `wrong with a score of at least ${sure} in more than half of the kept epochs`];
  const heads = ["id", "label", "network_says", "sure_epochs", "mean_score", ...FARED];
  return tableText(lines, heads, found.map(({ row, says, times, score }) => [observations.ids[row], names[observations.labels[row]], names[says], times, Number(score.toFixed(6)), ...fared(outcomes, row)]));
}

export const saveSuspects = (found: readonly Suspect[], sure: number, situation: Situation, outcomes: Outcomes): void =>
  save(suspectsText(found, sure, situation, outcomes), `inscape-suspects-${situation.run?.name ?? "run"}`);

/** All boxes of this epoch, column by column in the order of the picture. */
export function boxesText(rows: ArrayLike<number>, situation: Situation, outcomes: Outcomes, often: number | null): string {
  const { observations, study, predictions, epoch } = situation;
  if (predictions === null) {
    throw new Error(`the predictions of epoch ${epoch} are not here yet, so there is nothing to save; wait until the boxes are drawn`);
  }
  const names = study.dataset.classNames;
  const times = threshold(often, outcomes.epochs.length);
  const lines = [...about(situation, outcomes), `epoch ${epoch}; often_wrong: wrong in more than ${times} of ${outcomes.epochs.length} kept epochs`];
  const heads = ["predicted", "id", "label", "score", "wrong", "often_wrong", ...FARED];
  return tableText(lines, heads, Array.from(rows, (row) => [
    names[predictions.winner[row]], observations.ids[row], names[observations.labels[row]], Number(scoreOf(predictions, row).toFixed(6)),
    predictions.wrong[row], outcomes.wrong[row] > times ? 1 : 0, ...fared(outcomes, row),
  ]));
}

export const saveBoxes = (...asked: Parameters<typeof boxesText>): void => save(boxesText(...asked), `inscape-classes-${asked[1].run?.name ?? "run"}-epoch-${asked[1].epoch}`);

/** Counts of true against predicted classes. */
export function confusionText(counts: Uint32Array, situation: Situation): string {
  const names = situation.study.dataset.classNames;
  const lines = [...provenance(situation, null), `epoch ${situation.epoch}; rows: true class, columns: predicted class`];
  return tableText(lines, ["true", ...names], names.map((name, label) => [name, ...counts.subarray(label * names.length, (label + 1) * names.length)]));
}

export const saveConfusion = (counts: Uint32Array, situation: Situation): void => save(confusionText(counts, situation), `inscape-confusion-${situation.run?.name ?? "run"}-epoch-${situation.epoch}`);

/** All columns of boxes as a picture. */
export const saveBoxPicture = (kind: "svg" | "png", situation: Situation, shown: BoxesShown): Promise<void> => saveSheet(kind, `classes-${situation.run?.name ?? "run"}-epoch-${situation.epoch}`, boxSheet(situation, shown));

export function saveConfusionPicture(kind: "svg" | "png", situation: Situation, counts: Uint32Array, theme: Theme): Promise<void> {
  const title = `Confusion matrix of ${situation.run?.name ?? "the run"} ${epochWords(situation.epoch ?? 0)}`;
  return saveSheet(kind, `confusion-${situation.run?.name ?? "run"}-epoch-${situation.epoch}`, confusionSheet(situation, counts, title, theme));
}
