/** What every part of the page reaches for: the workspace, the library, the pointer, the theme. */
import { createContext, useCallback, useContext, useMemo, useSyncExternalStore } from "react";
import type { Theme } from "../draw/palette";
import type { Library, LibraryState, Observations } from "../state/library";
import type { Predictions } from "../state/predictions";
import { type Evolution, momentOf, type PASSING, type StillEvolution } from "../state/evolution";
import { isActive, lastHiddenLayer, lastSnapshot, leadingRun, sourceOf } from "../state/results";
import type { ImportSession } from "../state/import/session";
import type { Step } from "../state/sequences";
import type { Tried } from "../state/tried";
import type { Store, Track } from "../state/store";
import type { PASSING_WEIGHTS, StillWeights, Weights } from "../state/weights";
import type { Camera, Eye, Orbit, Still, Workspace } from "../state/workspace";
import type { Method, Run, Source, Study } from "../server/types";

/** What the pointer is on. Shared by all panels, never kept. */
export interface Pointer {
  row: number | null;
  emphasis: number | null;
  /** The unit that is pointed at; left out where nobody shows units. */
  unit?: number | null;
}

export interface Cell<T> {
  get(): T;
  set(value: T): void;
  subscribe(listener: () => void): () => void;
}

export function createCell<T>(initial: T): Cell<T> {
  let value = initial;
  const listeners = new Set<() => void>();
  return {
    get: () => value,
    set: (next) => {
      if (next !== value) {
        value = next;
        listeners.forEach((listener) => listener());
      }
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

export interface App {
  store: Store;
  library: Library;
  /** The import that is under way; it goes on while a person looks at other views. */
  imports: ImportSession;
  pointer: Cell<Pointer>;
  theme: Cell<Theme>;
  playing: Cell<boolean>;
  /** The steps of the sequence that the evolution shows; empty elsewhere. */
  steps: Cell<readonly Step[]>;
  /** An observation of the person's own, and where it lies. */
  tried: Cell<Tried>;
  /** Where a view puts its own panels in the inspector. */
  side: Cell<HTMLElement | null>;
}

export const AppContext = createContext<App | null>(null);

export function useApp(): App {
  const app = useContext(AppContext);
  if (app === null) {
    throw new Error("a part of the page was drawn outside of the page");
  }
  return app;
}

export function useCell<T>(cell: Cell<T>): T {
  return useSyncExternalStore(cell.subscribe, cell.get);
}

/** The workspace without the camera: what uses it is not drawn anew with every movement. */
export function useWorkspace(): Still {
  const { store } = useApp();
  return useSyncExternalStore(store.subscribe, store.still);
}

/** The evolution's part without what passes while it plays, and how to change any of it. */
export function useEvolution(): [StillEvolution, (part: Partial<Evolution>, track?: Track) => void] {
  const { store } = useApp();
  const { evolution } = useWorkspace();
  const change = useCallback((part: Partial<Evolution>, track?: Track) => store.change({ evolution: { ...store.get().evolution, ...part } }, track), [store]);
  return [evolution, change];
}

/** One part of the evolution that passes while it plays, as it changes. */
export function usePassing<K extends (typeof PASSING)[number]>(key: K): Evolution[K] {
  const { store } = useApp();
  return useSyncExternalStore(store.subscribe, () => store.get().evolution[key]);
}

/** The same of the weights' part, which the network's view shares. */
export function useWeights(): [StillWeights, (part: Partial<Weights>, track?: Track) => void] {
  const { store } = useApp();
  const { weights } = useWorkspace();
  const change = useCallback((part: Partial<Weights>, track?: Track) => store.change({ weights: { ...store.get().weights, ...part } }, track), [store]);
  return [weights, change];
}

/** One part of it that passes while a person slides, plays or pans. */
export function usePassingWeights<K extends (typeof PASSING_WEIGHTS)[number]>(key: K): Weights[K] {
  const { store } = useApp();
  return useSyncExternalStore(store.subscribe, () => store.get().weights[key]);
}

/** Where the person stands, as it changes; `right` is the second picture's own place when the two are not linked. */
export function useEye(right = false): [Eye, (change: { camera?: Camera; orbit?: Orbit }) => void] {
  const { store } = useApp();
  const camera = useSyncExternalStore(store.subscribe, () => (right ? store.get().rightEye.camera : store.get().camera));
  const orbit = useSyncExternalStore(store.subscribe, () => (right ? store.get().rightEye.orbit : store.get().orbit));
  return useMemo(() => {
    const eye = { camera, orbit };
    const move = (change: { camera?: Camera; orbit?: Orbit }) =>
      store.change(right ? { rightEye: { ...store.get().rightEye, ...change } } : change, "along");
    return [eye, move];
  }, [camera, orbit, right, store]);
}

export function useLibrary(): LibraryState {
  const { library } = useApp();
  return useSyncExternalStore(library.subscribe, library.get);
}

/** The workspace with its gaps filled from the study: what is really shown. */
export interface Situation {
  study: Study;
  observations: Observations;
  run: Run | null;
  epoch: number | null;
  layer: string;
  method: Method;
  source: Source | null;
  predictions: Predictions | null;
  /** A sentence when the link asks for something that the study does not have. */
  missing: string | null;
}

export function useSituation(): Situation | null {
  const { library } = useApp();
  const workspace = useWorkspace();
  const { study, observations, summaries, jobs } = useLibrary();
  const present = usePresentEpoch();
  if (study === null || observations === null || study.methods.length === 0) {
    return null;
  }
  const seen = [...summaries, ...jobs.map(({ job }) => job).filter(isActive)].map(({ source }) => source);
  const resolved = resolve(workspace, study, seen);
  const chosen = present === null ? resolved : { ...resolved, epoch: present };
  const { run, epoch } = chosen;
  const kept = run !== null && epoch !== null && run.snapshots.includes(epoch);
  const predictions = kept ? (library.predictions(run.name, epoch) ?? null) : null;
  return { study, observations, predictions, ...chosen };
}

/** Where epochs are the steps of the shown sequence, the one that is nearest to the present moment; null elsewhere. */
function usePresentEpoch(): number | null {
  const { store, steps: cell } = useApp();
  const { view, evolution } = useWorkspace();
  const steps = useCell(cell);
  const nearest = useSyncExternalStore(store.subscribe, () => Math.round(momentOf(store.get().evolution, steps.length).at));
  return view === "evolution" && evolution.by === "epoch" ? (steps[nearest]?.epoch ?? null) : null;
}

/**
 * Fills what the workspace leaves open: the leading run, its last hidden layer, and the newest epoch that there is a picture of (or
 * just the newest).
 */
export function resolve(workspace: Pick<Workspace, "run" | "epoch" | "layer" | "method">, study: Study, seen: readonly Source[]) {
  const asked = study.runs.find(({ name }) => name === workspace.run);
  const run = asked ?? leadingRun(study.runs);
  const layers = ["input", ...(run?.layers.map(({ name }) => name) ?? [])];
  const known = workspace.layer !== null && layers.includes(workspace.layer);
  const layer = known ? workspace.layer! : ((run === null ? null : lastHiddenLayer(run)) ?? "input");
  const pictured = run?.snapshots.filter((at) => seen.some((source) => source.run === run.name && source.epoch === at && source.layer === layer)) ?? [];
  const epoch = workspace.epoch ?? pictured[pictured.length - 1] ?? (run === null ? null : lastSnapshot(run));
  const method =
    study.methods.find(({ name }) => name === workspace.method) ??
    study.methods.find(({ name }) => name === "tsne") ??
    study.methods[0];
  return { run, epoch, layer, method, source: sourceOf(run?.name ?? null, epoch, layer), missing: missing(workspace, study, asked, layers) };
}

function missing(workspace: Pick<Workspace, "run" | "layer">, study: Study, asked: Run | undefined, layers: string[]): string | null {
  if (workspace.run !== null && asked === undefined) {
    const names = study.runs.map(({ name }) => name).join(", ") || "none yet";
    return `This link asks for the run “${workspace.run}”, which this study does not have. Its runs: ${names}.`;
  }
  if (workspace.layer !== null && !layers.includes(workspace.layer)) {
    return `This link asks for the layer “${workspace.layer}”, which this run does not have. Its layers: ${layers.join(", ")}.`;
  }
  return null;
}
