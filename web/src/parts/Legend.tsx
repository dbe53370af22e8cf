import { useRef, useState } from "react";
import { isolateClass, toggleClass } from "../state/legend";
import { useApp, useWorkspace } from "./app";

/** More classes than this get a search field and a scroll bar. */
const MANY = 12;

/** Classes with counts: click hides, double click isolates, pointing highlights. */
export function Legend({ names, counts, colors, wrongCount }: { names: string[]; counts: number[]; colors: readonly string[]; wrongCount: number | null }) {
  const { store, pointer } = useApp();
  const { hiddenClasses } = useWorkspace();
  const [filter, setFilter] = useState("");
  const waiting = useRef<{ label: number; before: readonly number[] } | null>(null);

  /** The browser counts clicks, at the pace that the person's system is set to. */
  const click = (label: number, clicks: number) => {
    const last = waiting.current;
    if (clicks === 2 && last?.label === label) {
      waiting.current = null;
      store.change({ hiddenClasses: isolateClass(last.before, label, names.length) }, "along");
      return;
    }
    waiting.current = { label, before: hiddenClasses };
    store.change({ hiddenClasses: toggleClass(hiddenClasses, label) });
  };
  const emphasise = (label: number | null) => pointer.set({ ...pointer.get(), emphasis: label });

  const shown = names.map((name, label) => ({ name, label })).filter(({ name }) => name.toLowerCase().includes(filter.toLowerCase()));
  return (
    <div className="legend" role="group" aria-label="Classes" data-testid="legend">
      {names.length > MANY && (
        <input type="search" value={filter} placeholder="Find a class" aria-label="Find a class" onChange={(event) => setFilter(event.target.value)} />
      )}
      <div className="legend-items">
        {shown.map(({ name, label }) => (
          <button
            key={label}
            type="button"
            className="legend-item"
            data-testid={`legend-${label}`}
            aria-pressed={!hiddenClasses.includes(label)}
            title={`Class ${name}: ${counts[label]} observations. Click hides or shows, double click shows it alone.`}
            onClick={(event) => click(label, event.detail)}
            onPointerEnter={() => emphasise(label)}
            onPointerLeave={() => emphasise(null)}
          >
            <span className="swatch" style={{ "--class": colors[label] } as React.CSSProperties} />
            <span className="legend-name">{name}</span>
            <span className="count">{counts[label]}</span>
          </button>
        ))}
      </div>
      {/* Its room is always taken: a legend that shifts between two clicks makes the second one miss. */}
      <button type="button" className="quiet show-all" hidden={hiddenClasses.length === 0} onClick={() => store.change({ hiddenClasses: [] })} title="Show all classes (A)">
        All
      </button>
      {wrongCount !== null && (
        <span className="legend-glyph" title="Observations that the network puts into another class at this epoch">
          <svg width="14" height="14" viewBox="0 0 14 14" aria-hidden="true">
            <path d="M7 2 12.500 11.500H1.500z" />
          </svg>
          misclassified <span className="count">{wrongCount}</span>
        </span>
      )}
    </div>
  );
}
