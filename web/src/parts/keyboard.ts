/** The page's keys. A field that is being typed in keeps its keys to itself. */
import { useEffect, useRef } from "react";
import { toggleClass } from "../state/legend";
import { INPUT_LAYER } from "../state/results";
import { clampScale } from "../draw/camera";
import { spun } from "../draw/orbit";
import { type Camera, FRONT, HOME, type Orbit, type Tool, type ViewName } from "../state/workspace";
import { type App, type Situation, useApp } from "./app";
import { goToNeighbour, togglePassing } from "../views/evolution/StepAxis";
import { togglePlay } from "./TimeAxis";
import { neighbourEpoch } from "./timeScale";

export interface Commands {
  help(): void;
  search(): void;
  table(): void;
}

const TOOLS: Record<string, Tool> = { h: "pan", l: "lasso", m: "marquee" };
const VIEWS: Record<string, ViewName> = { o: "overview", p: "projection", c: "compare", v: "evolution", n: "neurons", w: "weights", k: "classes", d: "network", e: "explore", b: "import" };
const GO_MS = 1200;

export function useKeyboard(situation: Situation | null, commands: Commands): void {
  const app = useApp();
  const latest = useRef({ situation, commands });
  latest.current = { situation, commands };
  useEffect(() => {
    let went = 0;
    const press = (event: KeyboardEvent) => {
      if (typing(event) || event.defaultPrevented || document.querySelector("dialog[open]") !== null) {
        return;
      }
      const following = performance.now() - went < GO_MS;
      went = event.key === "g" ? performance.now() : 0;
      if (following && event.key in VIEWS) {
        app.store.change({ view: VIEWS[event.key] });
        return;
      }
      if (handle(event, app, latest.current.situation, latest.current.commands)) {
        event.preventDefault();
      }
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  }, [app]);
}

function typing(event: KeyboardEvent): boolean {
  const target = event.target as HTMLElement;
  return target.matches?.("input, select, textarea, [contenteditable]") ?? false;
}

function handle(event: KeyboardEvent, app: App, situation: Situation | null, commands: Commands): boolean {
  const { store } = app;
  if (event.ctrlKey || event.metaKey) {
    return undo(event, store);
  }
  if (event.altKey) {
    return false;
  }
  const key = event.key;
  if (turns(key, store) || zooms(key, store)) {
    return true;
  }
  if (key in TOOLS) {
    store.change({ tool: TOOLS[key] }, "along");
    return true;
  }
  if (/^\d$/.test(key)) {
    const classes = situation?.study.dataset.classNames.length ?? 0;
    if (Number(key) < classes) {
      store.change({ hiddenClasses: toggleClass(store.get().hiddenClasses, Number(key)) });
    }
    return true;
  }
  const evolves = store.get().view === "evolution";
  const action: Record<string, () => void> = {
    "?": commands.help,
    "/": commands.search,
    t: commands.table,
    a: () => store.change({ hiddenClasses: [] }),
    f: () => store.change({ camera: HOME, orbit: FRONT, rightEye: { camera: HOME, orbit: FRONT } }, "along"),
    i: () => store.change({ insets: !store.get().insets }, "along"),
    Escape: () => store.change({ selection: [], primary: null }),
    ArrowLeft: () => (evolves ? goToNeighbour(app, -1) : step(app, situation, -1)),
    ArrowRight: () => (evolves ? goToNeighbour(app, 1) : step(app, situation, 1)),
    ArrowUp: () => layer(app, situation, -1),
    ArrowDown: () => layer(app, situation, 1),
    " ": () => (evolves ? togglePassing(app) : situation?.run && togglePlay(store, app.playing, situation.run, situation.epoch)),
  };
  if (key === " " && (event.target as HTMLElement).matches?.("button, a, summary")) {
    return false;
  }
  action[key]?.();
  return key in action;
}

/** Degrees per press. */
const TURN = 6;
const TURNS: Record<string, [number, number]> = { ArrowLeft: [-TURN, 0], ArrowRight: [TURN, 0], ArrowUp: [0, -TURN], ArrowDown: [0, TURN] };

type Place = { camera?: Camera; orbit?: Orbit };

/** The picture that keys mean: the one with the focus or under the pointer. */
function pointedAt(selector: string, store: App["store"]): { eye: Required<Place>; move(place: Place): void } | null {
  const found = document.querySelector<HTMLElement>(`${selector}:focus`) ?? document.querySelector<HTMLElement>(`${selector}:hover`);
  if (found === null) {
    return null;
  }
  const { camera, orbit, rightEye } = store.get();
  return found.dataset.eye === "right"
    ? { eye: rightEye, move: (place) => store.change({ rightEye: { ...rightEye, ...place } }, "along") }
    : { eye: { camera, orbit }, move: (place) => store.change(place, "along") };
}

/** Arrow keys turn a picture in three dimensions; elsewhere they step through epochs and layers. */
function turns(key: string, store: App["store"]): boolean {
  const by = TURNS[key];
  const place = by === undefined ? null : pointedAt('[data-dims="3"]', store);
  if (place === null) {
    return false;
  }
  place.move({ orbit: spun(place.eye.orbit, ...by) });
  return true;
}

function zooms(key: string, store: App["store"]): boolean {
  const factor = { "+": 1.25, "=": 1.25, "-": 0.8 }[key];
  const place = factor === undefined ? null : pointedAt("[data-dims]", store);
  if (place === null) {
    return false;
  }
  const { camera } = place.eye;
  place.move({ camera: { ...camera, scale: clampScale(camera.scale * factor!) } });
  return true;
}

function undo(event: KeyboardEvent, store: App["store"]): boolean {
  if (event.key.toLowerCase() !== "z") {
    return false;
  }
  store.travel(event.shiftKey ? 1 : -1);
  return true;
}

function step({ store }: App, situation: Situation | null, by: 1 | -1): void {
  if (situation?.run) {
    store.change({ epoch: neighbourEpoch(situation.run.snapshots, situation.epoch, by) });
  }
}

function layer({ store }: App, situation: Situation | null, by: 1 | -1): void {
  if (situation !== null) {
    const names = [INPUT_LAYER, ...(situation.run?.layers.map(({ name }) => name) ?? [])];
    const at = names.indexOf(situation.layer) + by;
    store.change({ layer: names[Math.max(0, Math.min(names.length - 1, at))] });
  }
}
