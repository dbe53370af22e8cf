import { useMemo, useRef, useState } from "react";
import type { KeptResult } from "../state/library";
import { countClasses, isolateClass, toggleClass } from "../state/legend";
import type { Predictions } from "../state/predictions";
import { useApp, useLibrary, useWorkspace } from "./app";
import { hasFixedRange } from "./coloring";
import { ColorSelect } from "./ColorSelect";
import { useColoring, useMarks } from "./coloring";
import { ScaleLegend } from "./ScaleLegend";

/** More classes than this get a search field and a scroll bar. */
const MANY = 12;

/** Ten thousand and more are rounded here; the title has the number. */
const short = (count: number): string => (count < 10_000 ? String(count) : count.toLocaleString("en", { notation: "compact", maximumSignificantDigits: 3 }));

interface LegendProps {
  predictions: Predictions | null;
  kept: KeptResult | null;
  /** How many observations the picture marks as misclassified; null where it marks none. */
  wrongCount: number | null;
  /** Whether several pictures share this legend; each may then have a range of its own. */
  several?: boolean;
}

/** What the colours mean, and the choice of it. */
export function Legend({ predictions, kept, wrongCount, several = false }: LegendProps) {
  const { store } = useApp();
  const { hiddenClasses } = useWorkspace();
  const { study, observations } = useLibrary();
  const coloring = useColoring(predictions, kept);
  const marks = useMarks(predictions, kept);
  const names = study?.dataset.classNames ?? [];
  const predicted = coloring.by === "predicted" && predictions !== null;
  const counts = useMemo(
    () => (predicted && observations !== null ? countClasses(predictions.winner, names.length) : (study?.sample.classCounts ?? [])),
    [predicted, predictions, observations, names.length, study?.sample],
  );
  const numbers = coloring.by !== "class" && coloring.by !== "predicted" && coloring.by !== "cluster";
  return (
    <div className="legend" role="group" aria-label="Colours" data-testid="legend">
      <ColorSelect kept={kept} />
      {numbers ? <ScaleLegend coloring={coloring} relative={several && !hasFixedRange(coloring.by)} /> : <Classes names={names} counts={counts} colors={marks?.colors ?? []} />}
      {(coloring.by === "predicted" || coloring.by === "cluster") && coloring.absent !== null && <span className="scale-note">{coloring.absent}</span>}
      {names.length === 0 && !numbers && <span className="scale-note">These data have no labels. Colour can mean a number instead.</span>}
      {/* Its room is always taken: a legend that shifts between two clicks makes the second one miss. */}
      {names.length > 0 && (
        <button type="button" className="quiet show-all" hidden={hiddenClasses.length === 0} onClick={() => store.change({ hiddenClasses: [] })} title="Show all classes (A)">
          All
        </button>
      )}
      {wrongCount !== null && (
        <span className="legend-glyph" title="Observations that the network puts into another class at this epoch">
          <svg width="14" height="14" viewBox="0 0 14 14" aria-hidden="true">
            <path d="M7 2 12.500 11.500H1.500z" />
          </svg>
          wrong <span className="count">{short(wrongCount)}</span>
        </span>
      )}
    </div>
  );
}

/** Classes with counts: click hides, double click isolates, pointing highlights. */
function Classes({ names, counts, colors }: { names: string[]; counts: number[]; colors: readonly string[] }) {
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
    <>
      {names.length > MANY && (
        <input type="search" value={filter} placeholder="Find a class" aria-label="Find a class" onChange={(event) => setFilter(event.target.value)} />
      )}
      <div className="legend-items" role="group" aria-label="Classes">
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
            <span className="count">{short(counts[label] ?? 0)}</span>
          </button>
        ))}
      </div>
    </>
  );
}
