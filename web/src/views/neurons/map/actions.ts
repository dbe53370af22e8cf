/** What a person does with neurons: choosing a class, looking at one neuron, selecting some, asking for what is not kept. */
import { useMemo } from "react";
import { type App, type Situation, useApp } from "../../../parts/app";
import type { Subject } from "../../../parts/gesture";
import type { Neurons } from "../../../state/neurons";
import type { Track } from "../../../state/store";
import { unitSource } from "../../../state/units";
import { combine, type SelectionMode } from "../../../state/workspace";
import type { Units } from "./useUnits";

export interface Actions {
  change(part: Partial<Neurons>, track?: Track): void;
  look(unit: number | null): void;
  select(units: readonly number[], mode?: SelectionMode): void;
  /** Into the selection or out of it. */
  toggle(unit: number): void;
  hover(unit: number | null): void;
}

function actionsOf({ store, pointer }: App): Actions {
  return {
    change: (part, track) => store.change({ neurons: { ...store.get().neurons, ...part } }, track),
    look: (unit) => {
      if (unit !== store.get().unit) {
        store.change({ unit });
      }
    },
    select: (units, mode = "replace") => store.change({ units: combine(store.get().units, units, mode) }),
    toggle: (unit) => {
      const { units } = store.get();
      store.change({ units: combine(units, [unit], units.includes(unit) ? "remove" : "add") });
    },
    hover: (unit) => {
      if ((pointer.get().unit ?? null) !== unit) {
        pointer.set({ ...pointer.get(), unit });
      }
    },
  };
}

export function useActions(): Actions {
  const app = useApp();
  return useMemo(() => actionsOf(app), [app]);
}

/** Points of a plane as neurons, for gestures. */
export function useUnitSubject(live: Int32Array): Subject {
  const { store } = useApp();
  const actions = useActions();
  return useMemo(
    () => ({
      hover: (row) => actions.hover(row === null ? null : live[row]),
      select: (rows, mode) => actions.select(rows.map((row) => live[row]), mode),
      click: (row, mode, toggles) => {
        if (row === null) {
          actions.look(null);
        } else if (toggles) {
          actions.toggle(live[row]);
        } else if (mode === "replace") {
          actions.look(live[row]);
        } else {
          store.change({ units: combine(store.get().units, [live[row]], mode), unit: live[row] });
        }
      },
    }),
    [live, actions, store],
  );
}

/** Asks for what is not kept yet. */
export function useAsking(situation: Situation, units: Units | null) {
  const { library, store } = useApp();
  return useMemo(() => {
    const source = (epoch: number) => unitSource({ ...units!.place, epoch }, units!.usual);
    return {
      map: (epoch: number) => void library.ask({ kind: "units", source: source(epoch), method: units!.method.name, parameters: store.get().neurons.parameters }),
      scores: (epoch: number) => void library.ask({ kind: "scores", source: source(epoch), method: units!.forest.name, parameters: store.get().neurons.forest }),
      trails: () => {
        const { run, layer, pooling } = source(0);
        const { measure } = store.get().neurons.parameters;
        void library.ask({ kind: "trails-of-units", source: { run, layer, ...(pooling === undefined ? {} : { pooling }) }, method: units!.trails.name, parameters: measure === undefined ? {} : { measure } });
      },
    };
  }, [library, store, units, situation.run]);
}
