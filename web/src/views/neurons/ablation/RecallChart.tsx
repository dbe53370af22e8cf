import { percent } from "../../../parts/words";
import { type AblationReport, axisStart, changes, points } from "./report";

interface Line {
  key: string;
  name: string;
  color: string;
  before: number;
  after: number;
  control: number;
  low: number;
  high: number;
}

/** Before and after for all and for each class, with random neurons beside: what the drop must be compared with. */
export function RecallChart({ report, names, colors, count }: { report: AblationReport; names: readonly string[]; colors: readonly string[]; count: number }) {
  const { accuracy } = report;
  const control = accuracy.control.length === 0 ? [accuracy.before] : accuracy.control;
  const mean = control.reduce((sum, value) => sum + value, 0) / control.length;
  const lines: Line[] = [
    { key: "all", name: "all", color: "var(--text)", before: accuracy.before, after: accuracy.after, control: mean, low: Math.min(...control), high: Math.max(...control) },
    ...changes(report).map(({ label, before, after, control: random, deviation }) => ({ key: String(label), name: names[label] ?? String(label), color: colors[label] ?? "#888888", before, after, control: random, low: Math.max(0, random - deviation), high: Math.min(1, random + deviation) })),
  ];
  const start = axisStart(lines.flatMap(({ before, after, low }) => [before, after, low]));
  const at = (value: number): string => `${(100 * (Math.max(start, value) - start)) / (1 - start)}%`;
  const wide = (from: number, to: number): string => `${(100 * Math.max(0, to - Math.max(start, from))) / (1 - start)}%`;
  return (
    <figure className="unit-figure">
      <figcaption>
        Accuracy, and recall per class
        <span className="recall-legend">
          <span>
            <i className="dot open" /> before
          </span>
          <span>
            <i className="dot" /> after
          </span>
          <span>
            <i className="band" /> {count} random, mean and spread
          </span>
        </span>
      </figcaption>
      <table className="bars recall" data-testid="recall">
        <thead>
          <tr>
            <th scope="col">class</th>
            <td aria-hidden="true" className="recall-scale">
              <span>{Math.round(start * 100)}</span>
              <span>{Math.round(50 * (1 + start))}</span>
              <span>100 %</span>
            </td>
            <th scope="col">before</th>
            <th scope="col">after</th>
            <th scope="col">change</th>
            <th scope="col">random</th>
          </tr>
        </thead>
        <tbody>
          {lines.map(({ key, name, color, before, after, control: random, low, high }) => (
            <tr key={key} data-class={key} className={key === "all" ? "strong" : ""}>
              <th scope="row">{name}</th>
              <td className="bar-cell" style={{ "--class": color } as React.CSSProperties} title={`${name}: ${percent(before)} before, ${percent(after)} after; random neurons ${percent(random)} (${percent(low)} to ${percent(high)})`}>
                <span className="track" />
                <span className="band" style={{ left: at(low), width: wide(low, high) }} />
                <span className="random" style={{ left: at(random) }} />
                <span className="span" style={{ left: at(Math.min(before, after)), width: wide(Math.min(before, after), Math.max(before, after)) }} />
                <span className="dot open" style={{ left: at(before) }} />
                <span className="dot" style={{ left: at(after) }} />
              </td>
              <td className="bar-number">{percent(before)}</td>
              <td className="bar-number">{percent(after)}</td>
              <td className="bar-number" data-testid={`change-${key}`}>
                {signed(after - before)}
              </td>
              <td className="bar-number" data-testid={`random-${key}`}>
                {signed(random - before)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </figure>
  );
}

const signed = (change: number): string => `${points(change) === "0" ? "" : change < 0 ? "−" : "+"}${points(change)}`;
