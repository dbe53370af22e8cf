/** How things are called and written, in one place. */
import type { Method, Parameters, Run, Source } from "../server/types";
import { changedParameters, INPUT_LAYER } from "../state/results";

export const percent = (share: number, digits = 1): string => `${(share * 100).toFixed(digits)} %`;

export const whole = (value: number): string => Math.round(value).toLocaleString("en");

export const decimals = (value: number, digits = 3): string => value.toFixed(digits);

/** A number of unknown size, with three digits that count and its unit. */
export function measured(value: number, unit = ""): string {
  const size = Math.abs(value);
  if (size >= 100_000) {
    const short = value.toLocaleString("en", { notation: "compact", maximumSignificantDigits: 3 });
    return unit === "" ? short : `${short} ${unit}`;
  }
  const text = size !== 0 && size < 0.001 ? value.toExponential(1) : Number(value.toPrecision(3)).toLocaleString("en", { maximumFractionDigits: 6 });
  return unit === "" ? text : `${text} ${unit}`;
}

export function duration(seconds: number): string {
  if (!Number.isFinite(seconds)) {
    return "unknown";
  }
  const rounded = Math.max(0, Math.round(seconds));
  const minutes = Math.floor(rounded / 60);
  return minutes === 0 ? `${rounded} s` : `${minutes} min ${rounded % 60} s`;
}

/** Data sets that have a name of their own are written with it. */
export function datasetTitle(name: string): string {
  return { mnist: "MNIST", "fashion-mnist": "Fashion-MNIST", cifar10: "CIFAR-10", "cifar-10": "CIFAR-10", svhn: "SVHN" }[name] ?? name;
}

export const layerWords = (layer: string): string => (layer === INPUT_LAYER ? "the input" : layer);

export function epochWords(epoch: number): string {
  return epoch === 0 ? "before training" : `after epoch ${epoch}`;
}

/** "fc4 after epoch 5", "the input". */
export function sourceWords(source: Source): string {
  return source.layer === INPUT_LAYER
    ? layerWords(source.layer)
    : `${source.layer} ${epochWords(source.epoch ?? 0)}`;
}

/** What of a method's parameters is not at its default, in words; empty when all are. */
export function parameterWords(method: Method, parameters: Parameters): string {
  return Object.entries(changedParameters(method, parameters))
    .map(([name, value]) => (name === "dimensions" ? `${value}-D` : `${parameterLabel(name)} ${value}`))
    .join(", ");
}

/** "schedule.exaggerationIterations" reads "exaggeration iterations". */
export function parameterLabel(name: string): string {
  const last = name.slice(name.lastIndexOf(".") + 1);
  return last.replace(/([a-z])([A-Z])/g, (_, before: string, after: string) => `${before} ${after.toLowerCase()}`);
}

export function runState(run: Run): string {
  return { training: "training", complete: "complete", interrupted: "interrupted", failed: "failed" }[run.state] ?? run.state;
}

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** The same at the beginning of a title; a layer's own name keeps its case. */
export function sourceTitle(source: Source): string {
  return source.layer === INPUT_LAYER ? capital(layerWords(source.layer)) : sourceWords(source);
}
