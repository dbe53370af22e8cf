import { useMemo } from "react";
import { gradient, LEVELS, shade } from "../../../draw/unitColors";
import { rampCss } from "../../../draw/ramp";
import { classColors } from "../../../draw/palette";
import { type Situation, useApp, useCell, useWorkspace } from "../../../parts/app";
import { measured, whole } from "../../../parts/words";
import { MEANINGS, type Meaning } from "../../../state/neurons";
import { useActions } from "./actions";
import type { UnitPainting } from "./useUnitPaint";
import type { UnitScores } from "./useUnits";

export const MEANING_TITLES: Record<Meaning, string> = { best: "Best class", scores: "Scores of a class", contrast: "Class against all" };

interface UnitLegendProps {
  situation: Situation;
  painting: UnitPainting | null;
  scores: UnitScores;
  live: Int32Array | null;
  /** Trails have the colours of the best classes at the end, dark early and bright late. */
  trails: boolean;
}

/** What colours mean, and the classes with how many neurons tell each best. A click chooses the class. */
export function UnitLegend({ situation, painting, scores: found, live, trails }: UnitLegendProps) {
  const { pointer, theme } = useApp();
  const { neurons, palette } = useWorkspace();
  const now = useCell(theme);
  const actions = useActions();
  const names = situation.study.dataset.classNames;
  const { best } = found;
  const counts = useMemo(() => {
    const all = new Array<number>(names.length).fill(0);
    live?.forEach((unit) => {
      const label = best?.[unit] ?? -1;
      if (label >= 0) {
        all[label]++;
      }
    });
    return all;
  }, [best, live, names.length]);
  if (names.length === 0) {
    return (
      <div className="legend unit-legend">
        <span className="secondary">These data have no labels, so no neuron tells a class: all points have one colour.</span>
      </div>
    );
  }
  const emphasise = (label: number | null) => pointer.set({ ...pointer.get(), emphasis: label });
  const choose = (label: number) => actions.change({ chosen: neurons.chosen === label ? null : label });
  const colors = painting?.colors ?? classColors(palette, now, names.length);
  // Numbers have a range to show in the same line.
  const counted = best !== null && (trails || painting?.meaning === "best");
  const turn = (meaning: Meaning) => actions.change(meaning !== "best" && neurons.chosen === null ? { meaning, chosen: 0 } : { meaning });
  return (
    <div className="legend unit-legend" data-testid="unit-legend">
      {!trails && (
        <label className="field">
          <span className="unseen">Colour</span>
          <select value={neurons.meaning} data-testid="meaning" title="What a neuron's colour means" onChange={(event) => turn(event.target.value as Meaning)}>
            {MEANINGS.map((meaning) => (
              <option key={meaning} value={meaning}>
                {MEANING_TITLES[meaning]}
              </option>
            ))}
          </select>
        </label>
      )}
      <div className="legend-items" role="group" aria-label="Classes: choose one">
        {names.map((name, label) => (
          <button
            key={label}
            type="button"
            className="legend-item unit-class"
            data-testid={`class-${label}`}
            aria-pressed={neurons.chosen === label}
            title={`Class ${name}${best === null ? "" : `: ${whole(counts[label])} neurons tell it best`}. Click ranks neurons by it.`}
            onClick={() => choose(label)}
            onPointerEnter={() => emphasise(label)}
            onPointerLeave={() => emphasise(null)}
            onFocus={() => emphasise(null)}
          >
            <span className="swatch" style={{ "--class": colors[label] } as React.CSSProperties} />
            <span className="legend-name">{name}</span>
            {counted && <span className="count">{counts[label]}</span>}
          </button>
        ))}
      </div>
      {painting !== null && <Ramp painting={painting} chosen={neurons.chosen} name={neurons.chosen === null ? "" : (names[neurons.chosen] ?? "")} trails={trails} />}
    </div>
  );
}

function Ramp({ painting, chosen, name, trails }: { painting: UnitPainting; chosen: number | null; name: string; trails: boolean }) {
  const { scale, diverging, meaning, colors, theme } = painting;
  if (trails) {
    return <Line title="" low="early" high="late" css="linear-gradient(to right, #55585c, #c5c9ce)" words="Trails are dark early and bright late" />;
  }
  if (diverging !== null) {
    const reach = measured(diverging.reach);
    return <Line title="" low={`≤ −${reach}`} middle="0" high={`≥ ${reach}`} css={gradient(diverging.colors)} words={`Mean in class ${name} less the mean over all: blue below, red above, from −${reach} to ${reach}`} />;
  }
  if (scale !== null) {
    const [low, high] = [`${scale.below ? "≤ " : ""}${measured(scale.low)}`, `${scale.above ? "≥ " : ""}${measured(scale.high)}`];
    return <Line title="score" low={low} high={high} css={rampCss(theme)} words={`Score for class ${name}: dark at ${low}, bright at ${high}`} />;
  }
  if (meaning === null) {
    return <span className="secondary">no scores yet</span>;
  }
  const steps = Array.from({ length: 9 }, (_, at) => shade(colors[chosen ?? 0] ?? "#888888", Math.round((at / 8) * (LEVELS - 1)), theme));
  return <Line title="score" low="low" high="high" css={`linear-gradient(to right, ${steps.join(", ")})`} words="Hue is the class that a neuron tells best; the more saturated, the higher its score among the scores for that class" />;
}

function Line({ title, low, high, middle, css, words }: { title: string; low: string; high: string; middle?: string; css: string; words: string }) {
  return (
    <span className="unit-ramp" role="img" aria-label={words} title={words} data-testid="unit-ramp">
      {title !== "" && <span className="unit-ramp-title">{title}</span>}
      <span>{low}</span>
      <i style={{ background: css }}>{middle !== undefined && <b>{middle}</b>}</i>
      <span>{high}</span>
    </span>
  );
}
