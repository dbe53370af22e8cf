/** Files that the person takes away from the evolution. */
import { type FieldStill, trailsPng, type TrailPicture, trailsSvg } from "../../draw/trailStill";
import type { TrailMarks } from "../../draw/trailScene";
import type { Situation } from "../../parts/app";
import { hooks } from "../../parts/hooks";
import { download, provenance } from "../../parts/saving";
import { decimals, percent } from "../../parts/words";
import { type Evolution, momentOf } from "../../state/evolution";
import { sequenceWords } from "../../state/sequences";
import type { Camera } from "../../state/workspace";
import type { Library } from "../../state/library";
import { fieldStill, fieldWords } from "./field/still";
import type { FieldShown } from "./field/useField";
import type { SequenceShown } from "./shown";
import { stepText } from "./StepAxis";
import type { Bundled } from "./useSequence";

export interface ToSave {
  situation: Situation;
  shown: SequenceShown;
  bundled: Bundled;
  marks: TrailMarks;
  /** The field that is shown; null where none is. */
  field: FieldShown | null;
  evolution: Evolution;
  camera: Camera;
  title: string;
}

export async function saveEvolution(kind: "svg" | "png" | "csv", saved: ToSave, library: Library): Promise<void> {
  const name = `inscape-evolution-${sequenceWords(saved.shown.source, saved.situation.study).replaceAll(/[^\w.-]+/g, "-")}`;
  if (kind === "csv") {
    download(`${name}.csv`, new Blob(slicesCsv(saved), { type: "text/csv" }));
  } else {
    const still = saved.field === null ? null : await fieldStill(library, saved.field, saved.shown, saved.evolution);
    const whole = picture(saved, still);
    download(`${name}.${kind}`, kind === "svg" ? new Blob([trailsSvg(whole)], { type: "image/svg+xml" }) : await trailsPng(whole));
  }
}

/** What is on the canvas, for a picture of the same size. */
export function picture({ situation, shown, bundled, marks, field, evolution, camera, title }: ToSave, still: FieldStill | null): TrailPicture {
  const moment = momentOf(evolution, shown.steps.length);
  return {
    title,
    provenance: words({ situation, shown, bundled, field, marks, evolution }),
    layouts: shown.layouts.map((value, at) => (value - shown.fit.middle[at % 2]) / shown.fit.half),
    trails: bundled.trails,
    marks,
    lines: evolution.trails !== "none",
    means: evolution.classMeans,
    ...moment,
    strength: evolution.trails === "bundled" && bundled.summary !== null ? evolution.strength : 0,
    stepNames: shown.steps.map(({ name }) => name),
    classNames: marks.groups === undefined ? situation.study.dataset.classNames : marks.groups.ramps.map((_, at) => `field ${at + 1}`),
    field: still,
    camera,
    size: hooks.planeSize(),
  };
}

function words({ situation, shown, bundled, field, marks, evolution }: Pick<ToSave, "situation" | "shown" | "bundled" | "evolution"> & Partial<Pick<ToSave, "field" | "marks">>): string[] {
  const { study } = situation;
  const lines = provenance({ ...situation, predictions: null }, null);
  const settings = (parameters: object) => Object.entries(parameters).map(([name, value]) => `${name} ${value}`).join(", ");
  if (shown.result !== null) {
    lines.push(`${sequenceWords(shown.source, study)} (${shown.steps.map(({ name }) => name).join(", ")}), ${shown.result.method}: ${settings(shown.result.parameters)}; Inscape ${shown.result.version}, result ${shown.result.digest.slice(0, 12)}`);
  }
  const { at, from, to } = momentOf(evolution, shown.steps.length);
  const trails = evolution.trails === "none" ? "points alone" : bundled.summary === null || evolution.trails === "straight" ? "straight trails" : `trails bundled at ${percent(evolution.strength, 0)} (${settings(bundled.summary.parameters)}; result ${bundled.summary.digest.slice(0, 12)})`;
  lines.push(`${trails} from ${stepText(from, shown.steps)} to ${stepText(to, shown.steps)}, points at ${stepText(at, shown.steps)}; hue is the ${marks?.groups === undefined ? "class" : "field that each follows"}, dark is early, bright is late`);
  if (field != null) {
    lines.push(fieldWords(field, evolution));
  }
  const quality = shown.report?.quality;
  if (quality !== undefined) {
    const figures = quality.steps.map((step) =>
      step.alignedNeighborhoodHit == null ? `${step.name}: stress ${step.alignedStress == null ? "–" : decimals(step.alignedStress)}` : `${step.name}: ${percent(step.alignedNeighborhoodHit)} aligned, ${percent(step.ownNeighborhoodHit ?? Number.NaN)} in its own space`,
    );
    lines.push(`${quality.steps[0]?.alignedNeighborhoodHit == null ? "" : "neighborhood hit "}${figures.join("; ")}`);
  }
  return lines;
}

const cell = (text: string): string => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** All slices as a table: one row per observation and step, in the layout's own units. */
export function slicesCsv({ situation, shown, bundled, evolution }: Pick<ToSave, "situation" | "shown" | "bundled" | "evolution">): string[] {
  const { ids, labels } = situation.observations;
  const names = situation.study.dataset.classNames;
  const head = words({ situation, shown, bundled, evolution }).map((line) => `# ${line}\n`);
  const pieces = [...head, "id,label,step,name,x,y\n"];
  shown.steps.forEach(({ name }, step) => {
    let text = "";
    for (let row = 0; row < shown.observations; row++) {
      const at = (step * shown.observations + row) * 2;
      text += `${ids[row]},${cell(names[labels[row]] ?? "")},${step},${cell(name)},${shown.layouts[at]},${shown.layouts[at + 1]}\n`;
    }
    pieces.push(text);
  });
  return pieces;
}
