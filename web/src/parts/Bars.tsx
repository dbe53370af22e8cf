/** One bar per class with its number; a table to screen readers. */
export function Bars({
  title,
  names,
  values,
  colors,
  text,
  strong,
  full,
  nonzero = false,
  ticks,
  tickText,
}: {
  title: string;
  names: readonly string[];
  values: readonly number[];
  colors: readonly string[];
  text: (value: number) => string;
  /** The class to stress. */
  strong?: number;
  /** The value of a full bar; the largest value when left out. */
  full?: number;
  /** Leaves classes with nothing out. */
  nonzero?: boolean;
  /** Another value per class, marked on the bar, and what it is. */
  ticks?: readonly number[] | undefined;
  tickText?: string;
}) {
  const most = full ?? Math.max(...values, 1e-9);
  return (
    <table className="bars">
      <caption>{title}</caption>
      <tbody>
        {names.map((name, label) => nonzero && values[label] === 0 ? null : (
          <tr key={label} className={label === strong ? "strong" : ""} title={ticks?.[label] === undefined ? undefined : `${tickText} ${text(ticks[label])}`}>
            <th scope="row">{name}</th>
            <td className="bar-cell">
              <span className="bar" style={{ width: `${(100 * values[label]) / most}%`, background: colors[label] }} />
              {ticks?.[label] !== undefined && <span className="bar-tick" style={{ left: `${(100 * ticks[label]) / most}%` }} />}
            </td>
            <td className="bar-number">{text(values[label])}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
