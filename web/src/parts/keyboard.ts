/** The page's keys. A field that is being typed in keeps its keys to itself. */
import { useEffect, useRef } from "react";
import { toggleClass } from "../state/legend";
import { INPUT_LAYER } from "../state/results";
import { HOME, type Tool, type ViewName } from "../state/workspace";
import { type App, type Situation, useApp } from "./app";
import { togglePlay } from "./TimeAxis";
import { neighbourEpoch } from "./timeScale";

export interface Commands {
  help(): void;
  search(): void;
  table(): void;
}

const TOOLS: Record<string, Tool> = { h: "pan", l: "lasso", m: "marquee" };
const VIEWS: Record<string, ViewName> = { o: "overview", p: "projection", c: "compare" };
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
  const action: Record<string, () => void> = {
    "?": commands.help,
    "/": commands.search,
    t: commands.table,
    a: () => store.change({ hiddenClasses: [] }),
    f: () => store.change({ camera: HOME }, "along"),
    i: () => store.change({ insets: !store.get().insets }, "along"),
    Escape: () => store.change({ selection: [], primary: null }),
    ArrowLeft: () => step(app, situation, -1),
    ArrowRight: () => step(app, situation, 1),
    ArrowUp: () => layer(app, situation, -1),
    ArrowDown: () => layer(app, situation, 1),
    " ": () => situation?.run && togglePlay(store, app.playing, situation.run, situation.epoch),
  };
  if (key === " " && (event.target as HTMLElement).matches?.("button, a, summary")) {
    return false;
  }
  action[key]?.();
  return key in action;
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
