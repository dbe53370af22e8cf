/** Keys of the view: digits choose a class, J and K go through the ranked neurons, Escape lets go of neurons. */
import { useEffect, useRef } from "react";
import { type Situation, useApp } from "../../../parts/app";
import { ranking, type Scores } from "../../../state/units";

export function useUnitKeys(situation: Situation, scores: Scores | null): void {
  const { store } = useApp();
  const latest = useRef({ situation, scores });
  latest.current = { situation, scores };
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const target = event.target as HTMLElement;
      const typing = target.matches?.("input:not([type=checkbox]), select, textarea, [contenteditable]") || document.querySelector("dialog[open], details.menu[open]") !== null;
      if (typing || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) {
        return;
      }
      const { neurons, unit, units } = store.get();
      const names = latest.current.situation.study.dataset.classNames;
      if (/^\d$/.test(event.key)) {
        event.preventDefault();
        const label = Number(event.key);
        if (label < names.length) {
          store.change({ neurons: { ...neurons, chosen: neurons.chosen === label ? null : label } });
        }
        return;
      }
      const by = { j: 1, k: -1 }[event.key];
      const { scores: known } = latest.current;
      if (by !== undefined && known !== null && neurons.chosen !== null && neurons.chosen < known.classes) {
        event.preventDefault();
        const order = ranking(known, neurons.chosen);
        const at = unit === null ? -1 : order.indexOf(unit);
        const next = order[Math.max(0, Math.min(order.length - 1, at + by))];
        if (next !== undefined && next !== unit) {
          store.change({ unit: next });
        }
        return;
      }
      if (event.key === "Escape" && (unit !== null || units.length > 0)) {
        event.preventDefault();
        store.change({ unit: null, units: [] });
      }
    };
    // Before the page's own keys, which would hide classes of observations.
    document.addEventListener("keydown", press, true);
    return () => document.removeEventListener("keydown", press, true);
  }, [store]);
}
