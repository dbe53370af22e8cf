import { type ReactNode, useEffect, useState } from "react";
import { useApp, useCell, useLibrary } from "./app";
import { TextOf } from "./Seen";
import { Thumb } from "./Thumb";
import type { Predictions } from "../state/predictions";
import { percent } from "./words";
import { type Coloring, numberText, valueText } from "./coloring";

const DELAY_MS = 125;
/** As in the style sheet. */
const CARD_WIDTH = 232;
/** Room that a card takes below the pointer's height, without and with a text. */
const [LOW, TALL] = [112, 200];

/** The ring around the point under the pointer appears at once, the card a moment later, so that nothing flickers. */
export function HoverMark({
  position,
  predictions,
  coloring,
  width,
  height,
  card,
  more,
}: {
  /** Where a row lies, in pixels of the panel; null while it is not shown. */
  position: (row: number) => [number, number] | null;
  coloring?: Coloring | null;
  predictions: Predictions | null;
  width: number;
  height: number;
  card: boolean;
  /** What a view adds at the card's end, and how high that is. */
  more?: { height: number; of: (row: number) => ReactNode };
}) {
  const { pointer } = useApp();
  const { row } = useCell(pointer);
  const [shown, setShown] = useState<number | null>(null);
  useEffect(() => {
    if (row === null) {
      setShown(null);
      return undefined;
    }
    const timer = setTimeout(() => setShown(row), DELAY_MS);
    return () => clearTimeout(timer);
  }, [row]);
  const at = row === null ? null : position(row);
  if (row === null || at === null) {
    return null;
  }
  const [x, y] = at;
  return (
    <>
      <span className="ring" style={{ transform: `translate(${x}px, ${y}px)` }} />
      {card && shown === row && <Card row={row} x={x} y={y} predictions={predictions} coloring={coloring ?? null} width={width} height={height - (more?.height ?? 0)}>{more?.of(row)}</Card>}
    </>
  );
}

function Card(props: { row: number; x: number; y: number; predictions: Predictions | null; coloring: Coloring | null; width: number; height: number; children?: ReactNode }) {
  const { row, x, y, predictions, coloring, width, height, children } = props;
  const { study, observations } = useLibrary();
  if (study === null || observations === null) {
    return null;
  }
  const names = study.dataset.classNames;
  const winner = predictions?.winner[row];
  const wrong = predictions?.wrong[row] === 1;
  const left = x + 16 + CARD_WIDTH > width ? x - 16 - CARD_WIDTH : x + 16;
  const texts = observations.texts !== null;
  const top = Math.max(4, Math.min(height - (texts ? TALL : LOW), y - 48));
  return (
    <div className={`hover-card${texts ? " with-text" : ""}`} data-testid="hover-card" data-row={row} style={{ left, top }} role="status">
      {texts ? <TextOf row={row} /> : observations.pictures !== null && <Thumb row={row} edge={84} />}
      <dl>
        {names.length > 0 && (
          <>
            <dt>label</dt>
            <dd>{names[observations.labels[row]]}</dd>
          </>
        )}
        {predictions !== null && winner !== undefined && (
          <>
            <dt>predicted</dt>
            <dd className={wrong ? "wrong" : ""}>{names[winner]}</dd>
            <dt>score</dt>
            <dd>{percent(predictions.scores[row * predictions.classCount + winner])}</dd>
          </>
        )}
        {observations.values !== null && (
          <>
            <dt>value</dt>
            <dd data-testid="hover-label">{numberText(observations.values[row])}</dd>
          </>
        )}
        {coloring?.scale != null && coloring.by !== "value" && (
          <>
            <dt>{coloring.title.toLowerCase()}</dt>
            <dd data-testid="hover-value">{valueText(coloring, row)}</dd>
          </>
        )}
        <dt>id</dt>
        <dd>#{observations.ids[row]}</dd>
      </dl>
      {children}
    </div>
  );
}
