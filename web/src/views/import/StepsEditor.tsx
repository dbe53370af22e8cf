import { useEffect, useState } from "react";
import { Icon } from "../../parts/Icon";
import { parseSteps, presetOf, PRESETS, settingNames, type Step, STEP_KINDS, stepsText, withRange } from "../../state/import/steps";

interface StepsEditorProps {
  text: string;
  /** Whether a person said so, not the server. */
  chosen: boolean;
  images: boolean;
  disabled: boolean;
  onChange(text: string | null): void;
}

/** Steps that only pictures know. */
const OF_IMAGES = ["resize", "crop", "bgr", "hwc", "grey", "rgb", "blur", "sobel"];

/** Preprocessing as a list of steps and as text; both say the same. */
export function StepsEditor({ text, chosen, images, disabled, onChange }: StepsEditorProps) {
  const [draft, setDraft] = useState(text);
  useEffect(() => setDraft(text), [text]);
  const parsed = parseSteps(draft);
  const steps = typeof parsed === "string" ? null : parsed;
  const set = (next: readonly Step[]) => onChange(stepsText(next));
  const kinds = STEP_KINDS.filter(({ name }) => images || !OF_IMAGES.includes(name));
  return (
    <fieldset className="prepare-steps" disabled={disabled} data-testid="steps">
      <legend>Preprocessing</legend>
      <div className="steps-range">
        <label>
          <span>Range</span>
          <select
            aria-label="Range of the numbers"
            data-testid="preset"
            value={steps === null ? "" : (presetOf(steps)?.title ?? "")}
            onChange={(event) => {
              const preset = PRESETS.find(({ title }) => title === event.target.value);
              if (preset !== undefined && steps !== null) {
                set(withRange(steps, preset));
              }
            }}
          >
            <option value="" disabled>
              of your own
            </option>
            {PRESETS.map(({ title }) => (
              <option key={title} value={title}>
                {title}
              </option>
            ))}
          </select>
        </label>
        <label>
          <span>Add</span>
          <select
            aria-label="Add a step"
            data-testid="add-step"
            value=""
            onChange={(event) => {
              const kind = STEP_KINDS.find(({ name }) => name === event.target.value);
              if (kind !== undefined && steps !== null) {
                set([...steps, { name: kind.name, numbers: [...kind.usual] }]);
              }
            }}
          >
            <option value="">a step</option>
            {kinds.map(({ name, title, text: words }) => (
              <option key={name} value={name}>
                {title}: {words}
              </option>
            ))}
          </select>
        </label>
        {chosen && (
          <button type="button" className="quiet" onClick={() => onChange(null)}>
            As proposed
          </button>
        )}
      </div>
      <ol className="step-list">
        {steps?.map((step, at) => (
          <StepItem key={`${at} ${step.name}`} step={step} first={at === 0} onChange={(next) => set(steps.flatMap((other, place) => (place === at ? (next === null ? [] : [next]) : [other])))} onEarlier={() => set(steps.map((other, place) => (place === at - 1 ? step : place === at ? steps[at - 1] : other)))} />
        ))}
        {steps?.length === 0 && <li className="sentence">Nothing is done to the numbers.</li>}
      </ol>
      <label className="steps-text">
        <span>As text</span>
        <input
          value={draft}
          spellCheck={false}
          data-testid="steps-text"
          aria-invalid={steps === null}
          aria-describedby={steps === null ? "steps-problem" : undefined}
          onChange={(event) => {
            setDraft(event.target.value);
            if (typeof parseSteps(event.target.value) !== "string") {
              onChange(event.target.value.trim() === "" ? "none" : event.target.value);
            }
          }}
        />
      </label>
      {steps === null && (
        <p className="problem" id="steps-problem" role="alert">
          {parsed as string}
        </p>
      )}
    </fieldset>
  );
}

interface StepItemProps {
  step: Step;
  first: boolean;
  onChange(step: Step | null): void;
  onEarlier(): void;
}

function StepItem({ step, first, onChange, onEarlier }: StepItemProps) {
  const kind = STEP_KINDS.find(({ name }) => name === step.name);
  const names = settingNames(step);
  const title = kind?.title ?? step.name;
  return (
    <li className="step" data-step={step.name}>
      <span className="step-title" title={kind?.text}>
        {title}
      </span>
      <span className="step-numbers">
        {step.numbers.map((value, at) => (
          <NumberField key={at} label={`${title}, ${names[at]}`} title={names[at]} value={value} onChange={(next) => onChange({ ...step, numbers: step.numbers.map((old, place) => (place === at ? next : old)) })} />
        ))}
      </span>
      <button type="button" className="tool small" disabled={first} aria-label={`${title} earlier`} title="Earlier" onClick={onEarlier}>
        <Icon name="up" />
      </button>
      <button type="button" className="tool small" aria-label={`Without ${title}`} title="Without this step" onClick={() => onChange(null)}>
        <Icon name="close" />
      </button>
    </li>
  );
}

function NumberField({ label, title, value, onChange }: { label: string; title: string; value: number; onChange(value: number): void }) {
  const [text, setText] = useState(String(value));
  useEffect(() => setText((now) => (Number(now) === value && now.trim() !== "" ? now : String(value))), [value]);
  const usable = text.trim() !== "" && Number.isFinite(Number(text));
  return (
    <input
      inputMode="decimal"
      aria-label={label}
      title={title}
      value={text}
      aria-invalid={!usable}
      onChange={(event) => {
        setText(event.target.value);
        const next = Number(event.target.value);
        if (event.target.value.trim() !== "" && Number.isFinite(next)) {
          onChange(next);
        }
      }}
    />
  );
}
