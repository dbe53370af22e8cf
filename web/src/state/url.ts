/**
 * The workspace as a URL fragment and back: `#view=projection&run=mlp&epoch=5&layer=fc4&method=tsne&p.perplexity=50&p.seed=1`.
 * Keys that people edit by hand are words; what is at its default is left out; what cannot be understood is ignored.
 */
import type { Parameters } from "../server/types";
import { classesEntries, classesOf } from "./classes";
import { evolutionEntries, evolutionOf, optionValue } from "./evolution";
import { neuronsEntries, neuronsOf } from "./neurons";
import { weightsEntries, weightsOf } from "./weights";
import { decodeRows, encodeRows } from "./codec";
import { type Camera, CHAPTERS, COMPARISONS, FRONT, HOME, INITIAL, isColorBy, type Orbit, VIEWS, type Workspace } from "./workspace";

const PARAMETER = "p.";

export function toFragment(workspace: Workspace): string {
  const entries: [string, string][] = [["view", workspace.view]];
  const put = (key: string, value: string | number | null) => {
    if (value !== null && value !== "") {
      entries.push([key, String(value)]);
    }
  };
  put("run", workspace.run);
  put("epoch", workspace.epoch);
  put("layer", workspace.layer);
  put("method", workspace.method);
  for (const name of Object.keys(workspace.parameters).sort()) {
    put(PARAMETER + name, String(workspace.parameters[name]));
  }
  put("compare", workspace.comparison === INITIAL.comparison ? null : workspace.comparison);
  put("hide", workspace.hiddenClasses.join("."));
  put("select", rowsText(workspace.selection));
  put("look", workspace.primary);
  put("color", workspace.color === INITIAL.color ? null : workspace.color);
  put("camera", otherThan(cameraText(workspace.camera), cameraText(HOME)));
  put("orbit", otherThan(orbitText(workspace.orbit), orbitText(FRONT)));
  put("left", workspace.left);
  put("right", workspace.right);
  put("cameras", workspace.linked ? null : "apart");
  if (!workspace.linked) {
    put("camera2", otherThan(cameraText(workspace.rightEye.camera), cameraText(HOME)));
    put("orbit2", otherThan(orbitText(workspace.rightEye.orbit), orbitText(FRONT)));
  }
  put("chapter", workspace.chapter === INITIAL.chapter ? null : workspace.chapter);
  put("features", workspace.features === null ? null : workspace.features.join("."));
  put("palette", workspace.palette === INITIAL.palette ? null : workspace.palette);
  put("images", workspace.insets ? "on" : null);
  put("tool", workspace.tool === INITIAL.tool ? null : workspace.tool);
  put("try", workspace.trying ? "on" : null);
  put("units", rowsText(workspace.units));
  put("unit", workspace.unit);
  entries.push(...evolutionEntries(workspace.evolution), ...neuronsEntries(workspace.neurons), ...weightsEntries(workspace.weights), ...classesEntries(workspace.classes));
  return entries.map(([key, value]) => `${encodeURIComponent(key)}=${encodeURIComponent(value)}`).join("&");
}

export function fromFragment(fragment: string): Workspace {
  const entries = new Map<string, string>();
  for (const [key, value] of new URLSearchParams(fragment.replace(/^#/, ""))) {
    entries.set(key, value);
  }
  const oneOf = <T extends string>(key: string, allowed: readonly T[], otherwise: T): T =>
    allowed.find((value) => value === entries.get(key)) ?? otherwise;
  return {
    view: oneOf("view", VIEWS, INITIAL.view),
    run: entries.get("run") ?? null,
    epoch: whole(entries.get("epoch")),
    layer: entries.get("layer") ?? null,
    method: entries.get("method") ?? null,
    parameters: parameters(entries),
    comparison: oneOf("compare", COMPARISONS, INITIAL.comparison),
    hiddenClasses: classes(entries.get("hide")),
    selection: decodeRows(entries.get("select") ?? "") ?? [],
    primary: whole(entries.get("look")),
    color: isColorBy(entries.get("color") ?? "") ? (entries.get("color") as Workspace["color"]) : INITIAL.color,
    camera: camera(entries.get("camera")),
    orbit: orbit(entries.get("orbit")),
    left: pane(entries.get("left")),
    right: pane(entries.get("right")),
    linked: entries.get("cameras") !== "apart",
    rightEye: { camera: camera(entries.get("camera2")), orbit: orbit(entries.get("orbit2")) },
    chapter: oneOf("chapter", CHAPTERS, INITIAL.chapter),
    features: features(entries.get("features")),
    palette: oneOf("palette", ["category10", "safe"] as const, INITIAL.palette),
    insets: entries.get("images") === "on",
    tool: oneOf("tool", ["pan", "lasso", "marquee"] as const, INITIAL.tool),
    trying: entries.get("try") === "on",
    units: decodeRows(entries.get("units") ?? "") ?? [],
    unit: whole(entries.get("unit")),
    evolution: evolutionOf(entries),
    neurons: neuronsOf(entries),
    weights: weightsOf(entries),
    classes: classesOf(entries),
  };
}

const otherThan = (text: string, usual: string): string | null => (text === usual ? null : text);

/** A selection may have a million rows, and its text is asked for with every movement of the camera. */
const texts = new WeakMap<readonly number[], string>();

function rowsText(rows: readonly number[]): string {
  const text = texts.get(rows) ?? encodeRows(rows);
  texts.set(rows, text);
  return text;
}

const orbitText = ({ yaw, pitch }: Orbit): string => [yaw, pitch].map((value) => Number(value.toFixed(2))).join(",");

function orbit(text: string | undefined): Orbit {
  const [yaw, pitch, ...more] = (text ?? "").split(",").map(Number);
  const usable = more.length === 0 && Number.isFinite(yaw) && Number.isFinite(pitch) && Math.abs(pitch) <= 90;
  return usable && text !== "" ? { yaw, pitch } : FRONT;
}

const pane = (text: string | undefined): string | null => (/^[md]\.[\w.-]{1,80}$/.test(text ?? "") ? text! : null);

function features(text: string | undefined): readonly [number, number] | null {
  const [one, two, ...more] = (text ?? "").split(".").map((part) => whole(part));
  return one == null || two == null || more.length > 0 ? null : [one, two];
}

const cameraText = ({ x, y, scale }: Camera): string => [x, y, scale].map((value) => Number(value.toFixed(4))).join(",");

function camera(text: string | undefined): Camera {
  const values = (text ?? "").split(",").map(Number);
  const [x, y, scale] = values;
  const usable = values.length === 3 && values.every(Number.isFinite) && scale > 0;
  return usable ? { x, y, scale } : HOME;
}

function whole(text: string | undefined): number | null {
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : null;
}

function classes(text: string | undefined): number[] {
  const found = (text ?? "").split(".").map((part) => whole(part));
  return [...new Set(found.filter((value) => value !== null))].sort((a, b) => a - b);
}

function parameters(entries: Map<string, string>): Parameters {
  const found: Parameters = {};
  for (const [key, value] of entries) {
    if (key.startsWith(PARAMETER)) {
      found[key.slice(PARAMETER.length)] = optionValue(value);
    }
  }
  return found;
}
