/** What a run or a study that was brought may lack, and the sentences that say so. */
import type { Run, Study } from "../server/types";
import { INPUT_LAYER } from "./results";

export type Labels = "classes" | "values" | "none";

/** What is known of each observation; servers that do not say know classes or nothing. */
export const labelsOf = ({ dataset }: Study): Labels => dataset.labels ?? (dataset.classNames.length > 0 ? "classes" : "none");

/** Whether a run's network answers with a score per class. */
export const hasScores = (run: Run | null): boolean => run !== null && (run.answers ?? "classes") === "classes" && hasNetworks(run);

/** Whether there are networks behind a run's activations. */
export const hasNetworks = (run: Run | null): boolean => run !== null && run.brought !== "activations";

/** Whether a study is of activations that were made elsewhere, with no data for a network. */
export const isOfActivations = (study: Study | null): boolean => study !== null && study.runs.some((run) => !hasNetworks(run));

/** Whether its predictions can be compared with labels. */
export const canBeWrong = (run: Run | null, study: Study): boolean => hasScores(run) && labelsOf(study) === "classes" && study.dataset.classNames.length > 0;

/** Whether anything was measured of it after some epoch. */
export const hasMetrics = (run: Run | null): boolean => run !== null && run.metrics.length > 0;

export interface Why {
  title: string;
  text: string;
}

/** Why a run has no predictions to show; null where it has. */
export function whyNoScores(run: Run, study: Study): Why | null {
  if (!hasNetworks(run)) {
    return { title: `${run.name} is activations without a network.`, text: "They were made elsewhere and brought as files, so there is no output to read a class from. Projection, Evolution and Neurons show them." };
  }
  if (run.answers === "values") {
    return { title: `${run.name} answers with numbers, not with classes.`, text: "Nothing is right or wrong here as it is with classes. Its layers are under Projection, Evolution and Neurons, where colour can mean a number." };
  }
  if (run.answers === "none") {
    return { title: `${run.name} has no scores of classes.`, text: "It reconstructs or embeds its input, and names no class. Its layers are under Projection, Evolution and Neurons." };
  }
  if (labelsOf(study) !== "classes") {
    return { title: labelsOf(study) === "values" ? "These data have numbers instead of classes." : "These data have no labels.", text: "Right and wrong are known only where each observation has a class. Make the study from data with classes to see them here." };
  }
  return null;
}

export const noNetwork = (run: Run): Why => ({
  title: `${run.name} is activations without a network.`,
  text: "They were made elsewhere and brought as files, so there are no weights and no graph to show. Import the network itself, ./inscape import --model, to see them; Projection, Evolution and Neurons work as they are.",
});

/** Why nothing new can be placed among a layer's observations; null where it can. */
export const whyNotPlaced = ({ run, layer }: { run: Run | null; layer: string | null }): string | null =>
  run === null || hasNetworks(run) || layer === INPUT_LAYER ? null : `${run.name} is activations without a network, so nothing new can be run through it to find its place.`;

/** Why there are no findings about a run; null where there may be. */
export function whyNoFindings(run: Run, study: Study): string | null {
  const none = whyNoScores(run, study);
  return none === null ? null : `Findings test what a network calls each observation against its class. ${none.title}`;
}

/** What one observation of the study is called, many of them. */
export const thingsOf = ({ dataset }: Study): string => ({ images: "images", vectors: "rows", texts: "texts" })[dataset.kind ?? "images"];

/** What the input is before any layer: "pixels". */
export const inputOf = ({ dataset }: Study): string => ({ images: "pixels", vectors: "numbers", texts: "tokens" })[dataset.kind ?? "images"];
