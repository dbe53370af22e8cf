import { useState } from "react";
import { whole } from "../../../parts/words";

/** Who is taken for whom, before and after. */
export function Confusion({ before, after, names }: { before: number[][]; after: number[][]; names: readonly string[] }) {
  const [then, setThen] = useState(false);
  const shown = then ? before : after;
  const most = Math.max(1, ...shown.flatMap((row, label) => row.filter((_, other) => other !== label)));
  return (
    <figure className="unit-figure" data-testid="ablation-confusion">
      <figcaption>
        Confusion <span className="secondary">rows: true class, columns: what the network says</span>
      </figcaption>
      <div className="segments small-segments" role="group" aria-label="Confusion before or after">
        {[true, false].map((earlier) => (
          <button key={String(earlier)} type="button" aria-pressed={then === earlier} onClick={() => setThen(earlier)}>
            {earlier ? "Before" : "After"}
          </button>
        ))}
      </div>
      <div className="confusion-frame" tabIndex={0} role="group" aria-label={`Confusion ${then ? "before" : "after"}`}>
        <table className="small-confusion">
          <thead>
            <tr>
              <td />
              {names.map((name, label) => (
                <th key={label} scope="col" title={name}>
                  {short(name)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((row, label) => (
              <tr key={label}>
                <th scope="row" title={names[label]}>
                  {short(names[label] ?? String(label))}
                </th>
                {row.map((value, other) => (
                  <td
                    key={other}
                    className={label === other ? "right" : value > 0 ? "taken" : ""}
                    style={{ "--share": label === other ? 0 : value / most } as React.CSSProperties}
                    title={`${names[label]} taken for ${names[other]}: ${whole(value)}${after[label][other] === before[label][other] ? "" : `, ${then ? "after" : "before"} ${whole((then ? after : before)[label][other])}`}`}
                  >
                    {value === 0 ? "" : value}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </figure>
  );
}

const short = (name: string): string => (name.length > 5 ? `${name.slice(0, 4)}.` : name);
