/** The steps between a picture and what a network is given, as text that the server reads and as a list that a person edits. */

export interface Step {
  name: string;
  numbers: number[];
}

export interface StepKind {
  name: string;
  title: string;
  text: string;
  /** Its settings when it is added. */
  usual: number[];
  /** What the settings are called, in their order; those of `standardise` depend on how many there are. */
  settings: string[];
}

export const STEP_KINDS: readonly StepKind[] = [
  { name: "resize", title: "Resize", text: "the shorter side to so many pixels, or rows and columns", usual: [256], settings: ["rows", "columns"] },
  { name: "crop", title: "Crop", text: "the middle, so many pixels square, or rows and columns", usual: [224], settings: ["rows", "columns"] },
  { name: "scale", title: "Scale", text: "0 to 255 becomes 0 to 1", usual: [], settings: [] },
  { name: "standardise", title: "Standardise", text: "subtract a mean, divide by a deviation, for all channels or each", usual: [0.5, 0.5], settings: ["mean", "deviation"] },
  { name: "bgr", title: "Blue first", text: "channels as blue, green, red", usual: [], settings: [] },
  { name: "hwc", title: "Channels last", text: "rows, columns, channels", usual: [], settings: [] },
  { name: "grey", title: "Grey", text: "one channel from three", usual: [], settings: [] },
  { name: "rgb", title: "Three channels", text: "three equal channels from grey", usual: [], settings: [] },
  { name: "blur", title: "Blur", text: "Gaussian, in pixels", usual: [1], settings: ["sigma"] },
  { name: "sobel", title: "Edges", text: "size of the Sobel gradient", usual: [], settings: [] },
];

export interface Preset {
  title: string;
  /** Steps that bring the numbers into their range; sizes stay as they are. */
  range: string;
}

export const PRESETS: readonly Preset[] = [
  { title: "0 to 255", range: "" },
  { title: "0 to 1", range: "scale" },
  { title: "−1 to 1", range: "scale,standardise(0.5,0.5)" },
  { title: "MNIST", range: "scale,standardise(0.1307,0.3081)" },
  { title: "CIFAR-10", range: "scale,standardise(0.4914,0.4822,0.4465,0.247,0.2435,0.2616)" },
  { title: "ImageNet", range: "scale,standardise(0.485,0.456,0.406,0.229,0.224,0.225)" },
];

const STEP = /^\s*([a-z]+)\s*(?:\(([^()]*)\))?\s*(,|$)/;

/** The steps of a text; a sentence where it cannot be read. */
export function parseSteps(text: string): Step[] | string {
  const steps: Step[] = [];
  let rest = text.trim();
  if (rest === "" || rest === "none") {
    return steps;
  }
  for (let more = true; more; ) {
    const found = STEP.exec(rest);
    if (found === null) {
      return `Cannot read “${rest.slice(0, 40)}”. Steps are written like scale,standardise(0.13,0.31).`;
    }
    const numbers = found[2] === undefined || found[2].trim() === "" ? [] : found[2].split(",").map((one) => Number(one.trim() || Number.NaN));
    if (!numbers.every(Number.isFinite)) {
      return `The settings of ${found[1]} must be numbers, got “${found[2]}”.`;
    }
    steps.push({ name: found[1], numbers });
    rest = rest.slice(found[0].length);
    more = found[3] === ",";
  }
  return steps;
}

export const stepText = ({ name, numbers }: Step): string => (numbers.length === 0 ? name : `${name}(${numbers.join(",")})`);

/** The text of steps; "none" where there are none. */
export const stepsText = (steps: readonly Step[]): string => (steps.length === 0 ? "none" : steps.map(stepText).join(","));

const isRange = ({ name }: Step): boolean => name === "scale" || name === "standardise";

/** Steps with another range of numbers, in the place of the old one; the other steps stay. */
export function withRange(steps: readonly Step[], preset: Preset): Step[] {
  const range = parseSteps(preset.range) as Step[];
  const first = steps.findIndex(isRange);
  const kept = steps.filter((step) => !isRange(step));
  const before = first < 0 ? kept.filter(({ name }) => name !== "hwc").length : steps.slice(0, first).filter((step) => !isRange(step)).length;
  return [...kept.slice(0, before), ...range, ...kept.slice(before)];
}

/** The preset whose range the steps have; null for none of them. */
export function presetOf(steps: readonly Step[]): Preset | null {
  const range = stepsText(steps.filter(isRange));
  return PRESETS.find((preset) => stepsText(parseSteps(preset.range) as Step[]) === range) ?? null;
}

/** What the numbers of a step are called. */
export function settingNames(step: Step): string[] {
  const kind = STEP_KINDS.find(({ name }) => name === step.name);
  if (step.name !== "standardise") {
    return step.numbers.map((_, at) => (step.numbers.length === 1 && (step.name === "resize" || step.name === "crop") ? "pixels" : (kind?.settings[at] ?? `number ${at + 1}`)));
  }
  const channels = step.numbers.length / 2;
  return step.numbers.map((_, at) => `${at < channels ? "mean" : "deviation"}${channels === 1 ? "" : ` of channel ${(at % channels) + 1}`}`);
}
