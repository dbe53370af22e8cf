import { useRef, useState } from "react";
import { rgbToHex } from "../../draw/palette";
import { GREY, type Ramp } from "../../draw/trailColors";
import type { TrailMarks } from "../../draw/trailScene";
import { type Situation, useApp, useEvolution, useWorkspace } from "../../parts/app";
import { MOST_HIGHLIGHTED } from "../../state/evolution";
import { isolateClass, toggleClass } from "../../state/legend";
import type { Step } from "../../state/sequences";

/** More classes than this get a search field. */
const MANY = 12;

export const rampCss = (ramp: Ramp): string => `linear-gradient(to right, ${[0, 15, 31, 47, 63].map((step) => rgbToHex(ramp[step])).join(", ")})`;

/** Hue is the class, brightness is time: click hides, double click shows alone; or classes are highlighted and the others grey. */
export function TrailLegend({ situation, marks, steps }: { situation: Situation; marks: TrailMarks | null; steps: readonly Step[] }) {
  const { store, pointer } = useApp();
  const { hiddenClasses } = useWorkspace();
  const [evolution, change] = useEvolution();
  const [choosing, setChoosing] = useState(false);
  const [filter, setFilter] = useState("");
  const waiting = useRef<{ label: number; before: readonly number[] } | null>(null);
  const { study } = situation;
  const names = study.dataset.classNames;
  const { highlight } = evolution;
  const highlighting = choosing || highlight.length > 0;

  const mark = (label: number) => {
    if (highlight.includes(label)) {
      change({ highlight: highlight.filter((other) => other !== label) });
    } else if (highlight.length < MOST_HIGHLIGHTED) {
      change({ highlight: [...highlight, label].sort((a, b) => a - b) });
    }
  };
  const hide = (label: number, clicks: number) => {
    const last = waiting.current;
    if (clicks === 2 && last?.label === label) {
      waiting.current = null;
      store.change({ hiddenClasses: isolateClass(last.before, label, names.length) }, "along");
      return;
    }
    waiting.current = { label, before: hiddenClasses };
    store.change({ hiddenClasses: toggleClass(hiddenClasses, label) });
  };
  const leave = () => {
    setChoosing(false);
    change({ highlight: [] });
  };
  const emphasise = (label: number | null) => pointer.set({ ...pointer.get(), emphasis: label });
  const shown = names.map((name, label) => ({ name, label })).filter(({ name }) => name.toLowerCase().includes(filter.toLowerCase()));
  return (
    <div className="legend trail-legend" role="group" aria-label="Colours" data-testid="legend">
      <span className="time-ramp" title="Brightness is time, in every hue">
        <span className="ramp-end">{steps[0]?.name ?? "early"}</span>
        <i className="ramp" style={{ backgroundImage: rampCss(GREY) }} />
        <span className="ramp-end">{steps.at(-1)?.name ?? "late"}</span>
      </span>
      {names.length > MANY && <input type="search" value={filter} placeholder="Find a class" aria-label="Find a class" onChange={(event) => setFilter(event.target.value)} />}
      <div className="legend-items" role="group" aria-label={highlighting ? "Classes to highlight" : "Classes"}>
        {shown.map(({ name, label }) => (
          <button
            key={label}
            type="button"
            className="legend-item"
            data-testid={`legend-${label}`}
            aria-pressed={highlighting ? highlight.includes(label) : !hiddenClasses.includes(label)}
            data-highlight={highlighting}
            title={highlighting ? `Class ${name}: click highlights it, up to ${MOST_HIGHLIGHTED} at a time` : `Class ${name}: ${study.sample.classCounts[label]} observations. Click hides or shows, double click shows it alone.`}
            onClick={(event) => (highlighting ? mark(label) : hide(label, event.detail))}
            onPointerEnter={() => emphasise(label)}
            onPointerLeave={() => emphasise(null)}
          >
            <i className="ramp" style={{ backgroundImage: rampCss(marks?.ramps[label] ?? GREY) }} />
            <span className="legend-name">{name}</span>
          </button>
        ))}
      </div>
      {names.length === 0 && <span className="scale-note">These data have no labels: all trails have one hue.</span>}
      {names.length > 0 && (
        <button type="button" className="quiet show-all" hidden={hiddenClasses.length === 0} onClick={() => store.change({ hiddenClasses: [] })} title="Show all classes (A)">
          All
        </button>
      )}
      {names.length > 1 && (
        <label className="field class-means" title="The mean trail of each class, thick, with its name">
          <input type="checkbox" checked={evolution.classMeans} disabled={evolution.trails === "none"} data-testid="class-means" onChange={(event) => change({ classMeans: event.target.checked })} />
          class means
        </label>
      )}
      {names.length > 1 && (
        <button
          type="button"
          className="quiet highlight-toggle"
          aria-pressed={highlighting}
          data-testid="highlight"
          title={`Choose up to ${MOST_HIGHLIGHTED} classes that keep their colours; the others turn grey. With the colours that everybody can tell apart (eye) they have four safe hues.`}
          onClick={() => (highlighting ? leave() : setChoosing(true))}
        >
          {highlighting ? "All in colour" : "Highlight"}
        </button>
      )}
    </div>
  );
}
