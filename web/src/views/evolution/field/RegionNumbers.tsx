import { type FormEvent, useEffect, useState } from "react";
import { boundsOf, boxPolygon, isBox, type Polygon } from "../../../state/fields";

const SIDES = ["left", "right", "bottom", "top"] as const;
type Side = (typeof SIDES)[number];

/** The region as a box in numbers, for those who cannot or would rather not drag. */
export function RegionNumbers({ polygon, onSet }: { polygon: Polygon; onSet(polygon: Polygon): void }) {
  const [left, bottom, right, top] = boundsOf(polygon);
  const now: Record<Side, number> = { left, right, bottom, top };
  const [drafts, setDrafts] = useState<Partial<Record<Side, string>>>({});
  useEffect(() => setDrafts({}), [polygon]);
  const value = (side: Side): number => (drafts[side] === undefined ? now[side] : drafts[side].trim() === "" ? Number.NaN : Number(drafts[side]));
  const wrong = SIDES.find((side) => !Number.isFinite(value(side)));
  const problem =
    wrong !== undefined
      ? `${wrong} must be a number, got “${drafts[wrong] ?? ""}”`
      : value("left") >= value("right")
        ? `left must be less than right, got ${value("left")} and ${value("right")}`
        : value("bottom") >= value("top")
          ? `bottom must be less than top, got ${value("bottom")} and ${value("top")}`
          : null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (problem === null) {
      onSet(boxPolygon([value("left"), value("bottom"), value("right"), value("top")]));
    }
  };
  return (
    <details className="region-numbers">
      <summary className="quiet" data-testid="region-numbers">
        The region in numbers
      </summary>
      <form onSubmit={submit} noValidate>
        {SIDES.map((side) => (
          <label key={side} className="field">
            <span>{side}</span>
            <input inputMode="decimal" autoComplete="off" data-testid={`region-${side}`} value={drafts[side] ?? String(Number(now[side].toPrecision(4)))} onChange={(event) => setDrafts({ ...drafts, [side]: event.target.value })} />
          </label>
        ))}
        <button type="submit" className="secondary-button" data-testid="region-apply" disabled={problem !== null}>
          {isBox(polygon) ? "Set the box" : "Make it a box"}
        </button>
      </form>
      {problem !== null && (
        <p className="problem" role="alert">
          {problem}
        </p>
      )}
    </details>
  );
}
