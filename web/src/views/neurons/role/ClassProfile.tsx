import { measured } from "../../../parts/words";
import { type Profile, profileRange } from "./profile";

/** Mean activation per class, with what lies within one standard deviation; the best class marked. */
export function ClassProfile({ profile, names, colors }: { profile: Profile; names: readonly string[]; colors: readonly string[] }) {
  const { classMean, classDeviation, best, mean } = profile;
  const [low, high] = profileRange(classMean, classDeviation);
  const at = (value: number) => (100 * (value - low)) / (high - low);
  const zero = at(0);
  return (
    <table className="bars unit-profile" data-testid="class-profile">
      <caption>
        Mean per class <span className="secondary">| over all, – deviation</span>
      </caption>
      <tbody>
        {names.map((name, label) => {
          const value = classMean[label];
          const deviation = classDeviation[label] ?? 0;
          if (value === null || value === undefined) {
            return (
              <tr key={label}>
                <th scope="row">{name}</th>
                <td colSpan={2} className="secondary">
                  no observation
                </td>
              </tr>
            );
          }
          const [from, to] = [at(Math.min(0, value)), at(Math.max(0, value))];
          return (
            <tr key={label} className={label === best ? "strong" : ""} data-best={label === best} title={`${name}: ${measured(value)} ± ${measured(deviation)}`}>
              <th scope="row">
                {name}
                {label === best && <span className="best-mark"> best</span>}
              </th>
              <td className="bar-cell">
                <span className="signed-bar" style={{ left: `${from}%`, width: `${to - from}%`, background: colors[label] }} />
                <span className="whisker" style={{ left: `${at(value - deviation)}%`, width: `${at(value + deviation) - at(value - deviation)}%` }} />
                <span className="bar-tick" style={{ left: `${at(mean)}%` }} />
                {low < 0 && <span className="zero-line" style={{ left: `${zero}%` }} />}
              </td>
              <td className="bar-number">{measured(value)}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
