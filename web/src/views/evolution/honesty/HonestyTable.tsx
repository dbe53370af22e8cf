import { decimals, percent } from "../../../parts/words";
import type { Honesty, StepHonesty } from "../../../state/honesty";

const share = (value: number | null): string => (value === null ? "–" : percent(value));
const plain = (value: number | null): string => (value === null ? "–" : decimals(value));

const GROUPS: readonly { name: string; columns: readonly { name: string; of: (step: StepHonesty) => string }[] }[] = [
  {
    name: "Neighborhood hit",
    columns: [
      { name: "aligned", of: ({ alignedHit }) => share(alignedHit) },
      { name: "unaligned", of: ({ unalignedHit }) => share(unalignedHit) },
      { name: "own", of: ({ ownHit }) => share(ownHit) },
    ],
  },
  {
    name: "Stress",
    columns: [
      { name: "aligned", of: ({ alignedStress }) => plain(alignedStress) },
      { name: "unaligned", of: ({ unalignedStress }) => plain(unalignedStress) },
    ],
  },
  {
    name: "Trustworthiness",
    columns: [
      { name: "aligned", of: ({ alignedTrust }) => plain(alignedTrust) },
      { name: "unaligned", of: ({ unalignedTrust }) => plain(unalignedTrust) },
    ],
  },
  {
    name: "Between / within",
    columns: [
      { name: "aligned", of: ({ alignedRatio }) => plain(alignedRatio) },
      { name: "unaligned", of: ({ unalignedRatio }) => plain(unalignedRatio) },
      { name: "own", of: ({ ownRatio }) => plain(ownRatio) },
    ],
  },
];

/** Every number of every step. */
export function HonestyTable({ honesty }: { honesty: Honesty }) {
  return (
    <details className="honesty-numbers">
      <summary className="quiet" data-testid="honesty-numbers">
        All numbers of all steps
      </summary>
      <div className="honesty-scroll" tabIndex={0} role="region" aria-label="All numbers of all steps">
        <table data-testid="honesty-table">
          <thead>
            <tr>
              <th scope="col" rowSpan={2}>
                step
              </th>
              {GROUPS.map(({ name, columns }) => (
                <th key={name} scope="colgroup" colSpan={columns.length}>
                  {name}
                </th>
              ))}
            </tr>
            <tr>
              {GROUPS.flatMap(({ name: group, columns }) =>
                columns.map(({ name }) => (
                  <th key={`${group}-${name}`} scope="col">
                    {name}
                  </th>
                )),
              )}
            </tr>
          </thead>
          <tbody>
            {honesty.steps.map((step) => (
              <tr key={step.step} className={step.warning === null ? "" : "warned"} title={step.warning ?? undefined}>
                <th scope="row">
                  {step.name}
                  {step.constant && <span className="secondary"> constant</span>}
                </th>
                {GROUPS.flatMap(({ name: group, columns }) => columns.map(({ name, of }) => <td key={`${group}-${name}`}>{of(step)}</td>))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
