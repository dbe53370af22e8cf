import type { ReactNode } from "react";
import type { BoxMarks } from "../../draw/boxPicture";
import { rampCss } from "../../draw/ramp";
import { Icon } from "../../parts/Icon";
import { useApp, useCell, useWorkspace } from "../../parts/app";
import { percent, whole } from "../../parts/words";
import { type Outcomes, threshold } from "../../state/outcomes";
import { Slide } from "./Slide";
import { useClasses } from "./useClasses";

interface BoxControlsProps {
  outcomes: Outcomes | null;
  marks: BoxMarks;
  wrongCount: number;
  classCount: number;
  table: boolean;
  onTable(): void;
  children: ReactNode;
}

/** What the boxes' colour, frame and triangle mean, and how to change it. */
export function BoxControls({ outcomes, marks, wrongCount, classCount, table, onTable, children }: BoxControlsProps) {
  const { store } = useApp();
  const theme = useCell(useApp().theme);
  const { hiddenClasses } = useWorkspace();
  const [{ fill, often }, change] = useClasses();
  const epochs = outcomes?.epochs.length ?? 0;
  const times = threshold(often, epochs);
  const marked = outcomes === null ? 0 : marks.often.reduce((sum, one) => sum + one, 0);
  const usual = Math.floor(epochs / 2);
  return (
    <div className="box-controls" role="group" aria-label="What the boxes show">
      <div className="segments" role="group" aria-label="Colour of the boxes">
        <button type="button" aria-pressed={fill === "score"} data-testid="fill-score" title="Colour: the score of the predicted class" onClick={() => change({ fill: "score" })}>
          Score
        </button>
        <button type="button" aria-pressed={fill === "class"} data-testid="fill-class" title="Colour: the true class, paler where the score is low" onClick={() => change({ fill: "class" })}>
          True class
        </button>
      </div>
      <span className="box-ramp" role="img" aria-label={`${fill === "score" ? "Colours run from dark" : "Classes' hues run from pale"} at ${percent(1 / classCount, 0)} to ${fill === "score" ? "bright" : "full"} at 100 %`}>
        <span>{percent(1 / classCount, 0)}</span>
        <i style={{ background: fill === "score" ? rampCss(theme) : "linear-gradient(to right, color-mix(in srgb, var(--text) 18%, var(--surface)), var(--text-2))" }} />
        <span>100 %</span>
      </span>
      <span className="box-key" title="The network puts it into another class than its own at this epoch">
        <svg width="12" height="16" viewBox="0 0 12 16" aria-hidden="true">
          <rect className="key-frame" x="1" y="1" width="10" height="14" />
          <rect className="key-fill" x="3.500" y="3.500" width="5" height="9" />
        </svg>
        wrong <strong data-testid="wrong-count">{whole(wrongCount)}</strong>
      </span>
      {epochs > 1 ? (
        <label className="box-key often" title={`A triangle marks what is wrong in more than so many of the kept epochs${often === null ? "; more than half of them unless you say otherwise" : ""}`}>
          <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
            <path className="key-triangle" d="M6 1.500 11 10.500H1z" />
          </svg>
          <span>
            wrong in more than <strong>{times}</strong> of {epochs} epochs: <strong data-testid="often-count">{whole(marked)}</strong>
          </span>
          <Slide
            id="often"
            min={0}
            max={epochs - 1}
            step={1}
            value={times}
            label="A triangle marks what is wrong in more than so many kept epochs"
            text={`more than ${times} of ${epochs} epochs`}
            onChange={(value, track) => change({ often: value === usual ? null : value }, track)}
          />
        </label>
      ) : (
        <span className="box-key secondary">{epochs === 1 ? "One epoch is kept: nothing to compare it with." : ""}</span>
      )}
      {hiddenClasses.length > 0 && (
        <button type="button" className="quiet" title="Classes are hidden in the projection and step back here" onClick={() => store.change({ hiddenClasses: [] })}>
          Show all classes
        </button>
      )}
      <span className="box-tools">
        <button type="button" className="tool" title="The boxes as a table (T)" aria-label="The boxes as a table (T)" aria-pressed={table} data-testid="table-toggle" onClick={onTable}>
          <Icon name="table" />
        </button>
        {children}
      </span>
    </div>
  );
}
