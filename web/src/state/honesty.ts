/** How much of an aligned sequence the alignment made: reads a sequence's quality and says it in words. */
import { finite } from "./quality";

/** One step; every figure may be missing, those about classes are where data have no labels. */
export interface StepHonesty {
  step: number;
  name: string;
  constant: boolean;
  ownHit: number | null;
  alignedHit: number | null;
  unalignedHit: number | null;
  alignedStress: number | null;
  unalignedStress: number | null;
  alignedTrust: number | null;
  unalignedTrust: number | null;
  ownRatio: number | null;
  alignedRatio: number | null;
  unalignedRatio: number | null;
  warning: string | null;
}

export interface Stability {
  pearson: number | null;
  spearman: number | null;
  normalizedStress: number | null;
}

export interface Honesty {
  steps: StepHonesty[];
  k: number | null;
  aligned: Stability | null;
  unaligned: Stability | null;
  warnings: string[];
}

type Json = Record<string, unknown>;

const record = (value: unknown): Json | null => (typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Json) : null);
const text = (value: unknown): string | null => (typeof value === "string" && value !== "" ? value : null);

/** Reads a sequence's `report`; null where it has no quality yet. */
export function readHonesty(report: unknown): Honesty | null {
  const quality = record(record(report)?.quality);
  if (quality === null || !Array.isArray(quality.steps)) {
    return null;
  }
  const names = record(report)?.names;
  const steps = quality.steps.map((entry, at): StepHonesty => {
    const step = record(entry) ?? {};
    return {
      step: finite(step.step) ?? at,
      name: text(step.name) ?? (Array.isArray(names) ? text(names[at]) : null) ?? `step ${at}`,
      constant: step.constant === true,
      ownHit: finite(step.ownNeighborhoodHit),
      alignedHit: finite(step.alignedNeighborhoodHit),
      unalignedHit: finite(step.unalignedNeighborhoodHit),
      alignedStress: finite(step.alignedStress),
      unalignedStress: finite(step.unalignedStress),
      alignedTrust: finite(step.alignedTrustworthiness),
      unalignedTrust: finite(step.unalignedTrustworthiness),
      ownRatio: finite(step.ownClassRatio),
      alignedRatio: finite(step.alignedClassRatio),
      unalignedRatio: finite(step.unalignedClassRatio),
      warning: text(step.warning),
    };
  });
  const said = Array.isArray(quality.warnings) ? quality.warnings.map(text).filter((one) => one !== null) : [];
  const warnings = [...new Set([...said, ...steps.map(({ warning }) => warning).filter((one) => one !== null)])];
  return { steps, k: finite(quality.k), aligned: stability(quality.aligned), unaligned: stability(quality.unaligned), warnings };
}

function stability(value: unknown): Stability | null {
  const found = record(value);
  return found === null
    ? null
    : { pearson: finite(found.pearson), spearman: finite(found.spearman), normalizedStress: finite(found.normalizedStress) };
}

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;

/** Steps whose picture the server warns of: it shows more class structure than the layer has. */
export const inflated = ({ steps }: Honesty): StepHonesty[] =>
  steps.filter(({ warning, constant, ownHit, alignedHit }) => warning !== null && !constant && ownHit !== null && alignedHit !== null && alignedHit > ownHit);

/** The answer in one or two sentences. */
export function verdict(honesty: Honesty): string {
  const { steps } = honesty;
  const dead = steps.filter(({ constant }) => constant).length;
  const deadText = dead === 0 ? "" : ` At ${dead} of ${steps.length} steps all observations have the same activations: what is drawn there is alignment alone.`;
  if (steps.every(({ ownHit, alignedHit }) => ownHit === null || alignedHit === null)) {
    return `Without labels only stress and stability can say how far to trust this picture.${deadText}`;
  }
  const made = inflated(honesty);
  if (made.length === 0) {
    return `At no step does the aligned picture separate the classes better than the layer itself does, beyond chance.${deadText}`;
  }
  const worst = made.reduce((a, b) => (b.alignedHit! - b.ownHit! > a.alignedHit! - a.ownHit! ? b : a));
  const where = made.length === 1 ? `At ${worst.name}` : `At ${made.length} of ${steps.length} steps, most at ${worst.name}`;
  return (
    `${where}, alignment shows class structure that the layer does not have: ` +
    `neighborhood hit ${percent(worst.alignedHit!)} in the picture, ${percent(worst.ownHit!)} in the layer's own space.${deadText}`
  );
}

/** Points of neighborhood hit that must come from other steps before it is worth a sentence. */
const WORTH_SAYING = 0.05;

/** Where a step's picture owes class structure to the other steps, even where the layer has that structure; null where none does. */
export function lent({ steps }: Honesty): string | null {
  const gain = ({ alignedHit, unalignedHit }: StepHonesty) => (alignedHit === null || unalignedHit === null ? 0 : alignedHit - unalignedHit);
  const most = steps.reduce<StepHonesty | null>((best, step) => (best === null || gain(step) > gain(best) ? step : best), null);
  return most === null || gain(most) < WORTH_SAYING
    ? null
    : `At ${most.name}, ${(gain(most) * 100).toFixed(1)} points of the neighborhood hit come from the other steps: laid out by itself it has ${percent(most.unalignedHit!)}.`;
}

/** What alignment cost and what it bought, in one sentence; null where the server gave no numbers. */
export function bargain({ aligned, unaligned, steps }: Honesty): string | null {
  const mean = (of: (step: StepHonesty) => number | null) => {
    const known = steps.map(of).filter((value) => value !== null);
    return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length;
  };
  const [with_, without] = [mean(({ alignedStress }) => alignedStress), mean(({ unalignedStress }) => unalignedStress)];
  if (with_ === null || without === null || aligned?.pearson == null || unaligned?.pearson == null) {
    return null;
  }
  return (
    `Movement in the picture follows movement in the layer with correlation ${aligned.pearson.toFixed(2)} ` +
    `(${unaligned.pearson.toFixed(2)} without alignment); the price is a mean stress of ${with_.toFixed(3)} instead of ${without.toFixed(3)}.`
  );
}

/** One line of the table that sets the real run beside the one with shuffled labels. */
export interface Contrast {
  figure: string;
  text: string;
  where: "own space" | "picture";
  share: boolean;
  real: number | null;
  control: number | null;
}

const FIGURES = [
  { figure: "Neighborhood hit", text: "share of the nearest neighbours that have the same class", share: true, own: "ownHit", picture: "alignedHit" },
  { figure: "Between / within classes", text: "mean distance between classes over mean distance within them", share: false, own: "ownRatio", picture: "alignedRatio" },
] as const;

/** The numbers of the last step that do tell learning from its absence. */
export function contrasts(real: Honesty, control: Honesty | null): Contrast[] {
  const [one, two] = [real.steps[real.steps.length - 1], control?.steps[control.steps.length - 1]];
  return FIGURES.flatMap(({ figure, text, share, own, picture }) => [
    { figure, text, share, where: "own space" as const, real: one?.[own] ?? null, control: two?.[own] ?? null },
    { figure, text, share, where: "picture" as const, real: one?.[picture] ?? null, control: two?.[picture] ?? null },
  ]);
}

export const COHERENCE =
  "How smooth and coherent the field looks does not tell them apart: with shuffled labels a field can be just as coherent, or more. Only the numbers above can.";
