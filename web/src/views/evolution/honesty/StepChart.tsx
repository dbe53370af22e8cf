import { useSize } from "../../../parts/gesture";

export type Mark = "disc" | "ring" | "square";

export interface Series {
  name: string;
  text: string;
  mark: Mark;
  /** [step]; null where there is no number */
  values: readonly (number | null)[];
}

interface StepChartProps {
  title: string;
  text: string;
  series: readonly Series[];
  /** Names of the steps. */
  names: readonly string[];
  format(value: number): string;
  /** The values that the axis must span at least. */
  span?: readonly [number, number];
  /** The step whose numbers are told beside the names. */
  at: number;
  onStep(step: number): void;
  /** Steps that the server warns of. */
  warned?: ReadonlySet<number>;
  id: string;
}

const [HEIGHT, LEFT, RIGHT, TOP, BOTTOM] = [82, 52, 8, 8, 18];

/** Up to three lines over the steps; the numbers of one step beside their names; the rest in the table. */
export function StepChart({ title, text, series, names, format, span, at, onStep, warned, id }: StepChartProps) {
  const [attach, size] = useSize();
  const width = Math.max(160, size?.width ?? 240);
  const known = series.flatMap(({ values }) => values).filter((value) => value !== null);
  if (known.length === 0) {
    return null;
  }
  const low = Math.min(...known, span?.[0] ?? Infinity);
  const high = Math.max(...known, span?.[1] ?? -Infinity);
  const room = high > low ? (high - low) * 0.04 : 0.5;
  const last = Math.max(1, names.length - 1);
  const x = (step: number) => LEFT + (step / last) * (width - LEFT - RIGHT);
  const y = (value: number) => TOP + (1 - (value - low + room) / (high - low + 2 * room)) * (HEIGHT - TOP - BOTTOM);
  const every = Math.max(1, Math.ceil((names.length * 52) / (width - LEFT)));
  const labelled = names.map((_, step) => step).filter((step) => step % every === 0 && (step === last || last - step >= every * 0.8 || step === 0));
  const words = series.map(({ name, values }) => `${name} ${values.map((value) => (value === null ? "none" : format(value))).join(", ")}`).join("; ");
  const half = (width - LEFT - RIGHT) / last / 2;
  return (
    <figure className="step-chart" ref={attach} data-testid={`chart-${id}`}>
      <figcaption title={text}>
        <strong>{title}</strong>
        <ul>
          {series.map(({ name, mark, values, text: meaning }) => (
            <li key={name} title={meaning} data-series={mark}>
              <svg width="12" height="12" aria-hidden="true">
                <Glyph mark={mark} x={6} y={6} />
              </svg>
              {name} <b>{values[at] == null ? "–" : format(values[at])}</b>
            </li>
          ))}
        </ul>
      </figcaption>
      <svg width={width} height={HEIGHT} role="img" aria-label={`${title} over ${names.length} steps: ${words}`}>
        <line className="now" x1={x(at)} x2={x(at)} y1={TOP - 4} y2={HEIGHT - BOTTOM + 3} />
        {[high, low].map((value) => (
          <g key={value}>
            <line className="grid" x1={LEFT - 6} x2={width - RIGHT} y1={y(value)} y2={y(value)} />
            <text x={LEFT - 12} y={y(value)} dy="0.32em" textAnchor="end">
              {format(value)}
            </text>
          </g>
        ))}
        {warned !== undefined && [...warned].map((step) => <rect key={step} className="warned" x={x(step) - 6} width="12" y={TOP - 4} height={HEIGHT - TOP - BOTTOM + 6} />)}
        {series.map(({ name, mark, values }) => (
          <g key={name} data-series={mark}>
            {pieces(values).map((piece) => (
              <polyline key={piece[0]} points={piece.map((step) => `${x(step).toFixed(1)},${y(values[step]!).toFixed(1)}`).join(" ")} />
            ))}
            {values.map((value, step) => value !== null && (names.length <= 24 || step === at) && <Glyph key={step} mark={mark} x={x(step)} y={y(value)} />)}
          </g>
        ))}
        {labelled.map((step) => (
          <text key={step} x={x(step)} y={HEIGHT - 4} textAnchor={step === 0 ? "start" : step === last ? "end" : "middle"}>
            {short(names[step])}
          </text>
        ))}
        {names.map((name, step) => (
          <rect key={step} className="hit" x={x(step) - half} width={Math.min(2 * half, width - x(step) + half)} y="0" height={HEIGHT} onClick={() => onStep(step)}>
            <title>{`${name}: ${series.map((one) => `${one.name} ${one.values[step] == null ? "–" : format(one.values[step])}`).join(", ")}`}</title>
          </rect>
        ))}
      </svg>
    </figure>
  );
}

/** "epoch 10" is "10" on an axis that is all epochs. */
const short = (name: string): string => name.replace(/^epoch /, "");

/** Runs of steps that have a number. */
function pieces(values: readonly (number | null)[]): number[][] {
  const found: number[][] = [];
  values.forEach((value, step) => {
    const piece = found[found.length - 1];
    if (value !== null && piece?.[piece.length - 1] === step - 1) {
      piece.push(step);
    } else if (value !== null) {
      found.push([step]);
    }
  });
  return found;
}

function Glyph({ mark, x, y }: { mark: Mark; x: number; y: number }) {
  return mark === "square" ? <rect className="glyph" x={x - 3} y={y - 3} width="6" height="6" transform={`rotate(45 ${x} ${y})`} /> : <circle className={`glyph ${mark}`} cx={x} cy={y} r="3.2" />;
}
