import { useEffect, useState } from "react";
import { FIELD_COLORS } from "../../../draw/fieldStyle";
import { useEvolution } from "../../../parts/app";
import { JobProgress } from "../../../parts/JobPanel";
import { measured, whole } from "../../../parts/words";
import { type Evolution, FIELDS, type FieldLook } from "../../../state/evolution";
import { FIELD_LIMITS } from "../../../state/fields";
import { reducedMotion } from "../../../parts/theme";
import type { FieldControlsProps } from "../slots";
import { FieldLegend } from "./FieldLegend";
import { isActive } from "../../../state/results";
import { type FieldState, useField } from "./useField";

const LOOKS: Record<FieldLook, { title: string; text: string }> = {
  none: { title: "None", text: "No field" },
  lines: { title: "Lines", text: "Evenly spaced lines along the field; arrowheads say which way" },
  particles: { title: "Particles", text: "Particles that drift with the field; their tails thin out towards where they came from" },
};

/** Everything that decides how the field over the trails is fitted and drawn. */
export function FieldControls({ situation, shown, brushing, onBrushing }: FieldControlsProps) {
  const [evolution, change] = useEvolution();
  const sequence = shown?.digest ?? null;
  const field = useField(sequence);
  const on = evolution.field !== "none";
  const readOnly = situation.study.readOnly === true;
  const choose = (look: FieldLook) => {
    change({ field: look });
    if (look !== "none" && field.match === null && !readOnly) {
      field.ask({});
    }
  };
  return (
    <section className="field-controls" aria-label="Vector field" data-testid="field-controls" data-ready={field.shown !== null && !field.stale}>
      <div className="field-row">
        <h3>Field</h3>
        <div className="segments" role="group" aria-label="How the field is drawn">
          {FIELDS.map((look) => (
            <button key={look} type="button" aria-pressed={evolution.field === look} title={LOOKS[look].text} disabled={sequence === null} data-testid={`field-${look}`} onClick={() => choose(look)}>
              {LOOKS[look].title}
            </button>
          ))}
        </div>
        {on && field.shown !== null && <Brush active={brushing} onChange={onBrushing} />}
        {on && field.shown !== null && <FieldLegend shown={field.shown} />}
        {evolution.field === "lines" && <Distance />}
        {on && <Options field={field} readOnly={readOnly} />}
        {on && <FieldStatus field={field} readOnly={readOnly} />}
      </div>
      {on && <Fields field={field} />}
    </section>
  );
}

/** Turns drags in the picture into regions of the field. */
function Brush({ active, onChange }: { active: boolean; onChange(active: boolean): void }) {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const typing = (event.target as HTMLElement).matches?.("input, select, textarea, [contenteditable]");
      if (event.key === "b" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
        onChange(!active);
      }
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  }, [active, onChange]);
  return (
    <button type="button" className="tool wide" aria-pressed={active} data-testid="field-brush" title="Brush the field: drag a rectangle (with the lasso, around a place) and see who passes there (B)" onClick={() => onChange(!active)}>
      <svg className="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
        <path d="M3 13c2.200 0 3-1 3-2.300S5.200 8.500 4.200 8.500 2.500 9.500 2.500 10.700 2 12.500 3 13z M5.600 9.300 12.200 2.700a1.200 1.200 0 0 1 1.700 1.700L7.200 11" strokeWidth="1.300" />
      </svg>
      Brush
    </button>
  );
}

function Distance() {
  const [evolution, change] = useEvolution();
  const [low, high] = FIELD_LIMITS.separation;
  return <Slider label="Gap" text="How far apart lines are, as a share of the field's width" id="separation" value={evolution.separation} {...{ low, high }} step={0.001} shown={(value) => `${(value * 100).toFixed(1)} %`} onSlide={(separation) => change({ separation }, "along")} onRelease={() => undefined} />;
}

/** How the field is fitted: each change fits another one, which is kept. */
function Options({ field, readOnly }: { field: FieldState; readOnly: boolean }) {
  const [evolution, change] = useEvolution();
  const fit = (part: Partial<Evolution>) => {
    change(part);
    field.ask(part);
  };
  const [least, most] = FIELD_LIMITS.smoothness;
  const blocked = readOnly ? "This study is open for reading only: no other field can be fitted in it" : undefined;
  const { shown } = field;
  return (
    <details className="menu field-options">
      <summary className="quiet" data-testid="field-options">
        Options
      </summary>
      <div className="menu-items more-fields">
        <Slider label="Grid" text={blocked ?? "Vertices per side of the grid on which the field is fitted"} id="grid" value={evolution.grid} low={FIELD_LIMITS.grid[0]} high={FIELD_LIMITS.grid[1]} step={5} disabled={readOnly} shown={(value) => `${value} × ${value}`} onRelease={(grid) => fit({ grid })} />
        <Slider
          label="Smoothness"
          text={blocked ?? "How much a smooth field counts against one that follows each trajectory"}
          id="smoothness"
          value={Math.log10(evolution.smoothness)}
          low={Math.log10(least)}
          high={Math.log10(most)}
          step={0.05}
          disabled={readOnly}
          shown={(value) => String(Number((10 ** value).toPrecision(2)))}
          onRelease={(value) => fit({ smoothness: Number((10 ** value).toPrecision(2)) })}
        />
        <label className="field" title={blocked ?? "Vector Field k-Means: trajectories are dealt out to so many fields, each to the one it follows best"}>
          <span>Number of fields</span>
          <select value={evolution.fields} disabled={readOnly} data-testid="fields" onChange={(event) => fit({ fields: Number(event.target.value), shownField: null })}>
            {[1, 2, 3, 4, 5, 6].map((count) => (
              <option key={count}>{count}</option>
            ))}
          </select>
        </label>
        {shown !== null && (
          <p className="more-text" data-testid="field-status">
            Blank where no trajectory passes: {(shown.blank * 100).toFixed(0)} % of the box.
            {!Number.isNaN(shown.report.energy) && ` Energy of the fit ${measured(shown.report.energy)}`}
            {!Number.isNaN(shown.report.smoothnessEnergy) && `, ${measured(shown.report.smoothnessEnergy)} of it from smoothness`}.
          </p>
        )}
      </div>
    </details>
  );
}

interface SliderProps {
  label: string;
  text: string;
  id: string;
  value: number;
  low: number;
  high: number;
  step: number;
  disabled?: boolean;
  shown(value: number): string;
  onSlide?(value: number): void;
  /** The person has let go of it. */
  onRelease(value: number): void;
}

/** A slider that says its value; what is costly waits until it is let go of. */
function Slider({ label, text, id, value, low, high, step, disabled = false, shown, onSlide, onRelease }: SliderProps) {
  const [draft, setDraft] = useState<number | null>(null);
  useEffect(() => setDraft(null), [value]);
  const now = draft ?? value;
  const release = () => {
    if (draft !== null && draft !== value) {
      onRelease(draft);
    }
  };
  return (
    <label className="field slider" title={text}>
      <span>{label}</span>
      <input
        type="range"
        min={low}
        max={high}
        step={step}
        value={now}
        disabled={disabled}
        aria-valuetext={shown(now)}
        data-testid={id}
        onChange={(event) => {
          setDraft(Number(event.target.value));
          onSlide?.(Number(event.target.value));
        }}
        onPointerUp={release}
        onKeyUp={release}
        onBlur={release}
      />
      <output>{shown(now)}</output>
    </label>
  );
}

/** Which of several fields is shown, each with its colour and the number of its trajectories. */
function Fields({ field }: { field: FieldState }) {
  const [evolution, change] = useEvolution();
  const { shown } = field;
  if (shown === null || shown.grid.fields < 2) {
    return null;
  }
  const sizes = shown.report.sizes;
  return (
    <div className="field-row">
      <div className="field-choice" role="group" aria-label="Which field is shown">
        <button type="button" aria-pressed={evolution.shownField === null} data-testid="shown-all" onClick={() => change({ shownField: null })}>
          All fields
        </button>
        {Array.from({ length: shown.grid.fields }, (_, at) => (
          <button key={at} type="button" aria-pressed={evolution.shownField === at} data-testid={`shown-${at}`} title={`Only field ${at + 1}, which ${whole(sizes[at] ?? 0)} trajectories follow`} onClick={() => change({ shownField: at })}>
            <i style={{ background: FIELD_COLORS[at] }} />
            Field {at + 1} <span className="count">{whole(sizes[at] ?? 0)}</span>
          </button>
        ))}
      </div>
      <label className="check" title="Colours trails and points by the field that they follow instead of by class">
        <input type="checkbox" checked={evolution.assigned} data-testid="assigned" onChange={(event) => change({ assigned: event.target.checked })} /> Colour trails by field
      </label>
    </div>
  );
}

/** What is being fitted, what went wrong, or that there is nothing to show. */
function FieldStatus({ field, readOnly }: { field: FieldState; readOnly: boolean }) {
  const [evolution] = useEvolution();
  const { task, shown, stale, match } = field;
  if (task !== null && (task.job.state !== "done" || match === null)) {
    return (
      <div className="field-status">
        <JobProgress trace={task} compact={isActive(task.job)} />
      </div>
    );
  }
  if (match === null) {
    return (
      <p className="field-status" data-testid="field-missing">
        {readOnly ? "No such field is kept, and this study is open for reading only." : stale ? "Another field is shown." : "Not fitted yet."}
        {!readOnly && field.known && (
          <button type="button" className="secondary-button" data-testid="fit-field" onClick={() => field.ask({})}>
            Fit the field
          </button>
        )}
      </p>
    );
  }
  if (shown === null) {
    return <p className="field-status secondary">Loading the field</p>;
  }
  return evolution.field === "particles" && reducedMotion() ? <p className="field-status secondary" title="Particles stand still because your system asks for less motion">Still: reduced motion</p> : null;
}
