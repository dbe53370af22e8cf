import { type ReactNode, useState } from "react";
import type { Situation } from "../../../parts/app";
import { download, provenance } from "../../../parts/saving";

/** Every panel takes the page's table switch (key T), and has a button of its own. */
export interface PanelProps {
  situation: Situation;
  table?: boolean;
}

interface FrameProps {
  testId: string;
  title: ReactNode;
  sentence?: ReactNode;
  /** Buttons beside "Table" and "CSV". */
  actions?: ReactNode;
  table: boolean;
  /** The same as a table; without one there is no button. */
  asTable?: (() => ReactNode) | undefined;
  onSave?: (() => void) | undefined;
  children?: ReactNode;
}

/** What all panels of this view have: a header in words, a table instead of the picture, a file to take away. */
export function PanelFrame({ testId, title, sentence, actions, table, asTable, onSave, children }: FrameProps) {
  const [own, setOwn] = useState<boolean | null>(null);
  const shown = asTable !== undefined && (own ?? table);
  return (
    <section className="unit-panel" data-testid={testId}>
      <header>
        <div>
          <h2>{title}</h2>
          {sentence !== undefined && <p className="sentence">{sentence}</p>}
        </div>
        <div className="role-actions">
          {actions}
          {asTable !== undefined && (
            <button type="button" className="quiet" aria-pressed={shown} title="The same as a table" data-testid={`${testId}-table`} onClick={() => setOwn(!shown)}>
              {shown ? "Picture" : "Table"}
            </button>
          )}
          {onSave !== undefined && (
            <button type="button" className="quiet" title="Save the numbers as CSV" data-testid={`${testId}-csv`} onClick={onSave}>
              CSV
            </button>
          )}
        </div>
      </header>
      {shown ? asTable() : children}
    </section>
  );
}

/** In place of a panel: why there is nothing, and what to do. */
export function NothingHere({ testId, title, text, children }: { testId: string; title: string; text: string; children?: ReactNode }) {
  return (
    <section className="unit-panel" data-testid={testId}>
      <div className="unit-empty" role="status" data-testid={`${testId}-empty`}>
        <h3>{title}</h3>
        <p>{text}</p>
        {children}
      </div>
    </section>
  );
}

type Cell = string | number | null;

export const csvCell = (value: Cell): string => {
  const text = value === null ? "" : String(value);
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

export const csvTable = (lines: readonly string[], head: readonly string[], rows: readonly (readonly Cell[])[]): string =>
  [...lines.map((line) => `# ${line}`), head.map(csvCell).join(","), ...rows.map((row) => row.map(csvCell).join(",")), ""].join("\n");

/** A table as a file, with where it comes from in its first lines. */
export function saveTable(situation: Situation, words: string, head: readonly string[], rows: readonly (readonly Cell[])[], more: readonly string[] = []): void {
  const text = csvTable([...provenance(situation, null), words, ...more], head, rows);
  download(`inscape-${words.replace(/[^\w.-]+/g, "-").slice(0, 80)}.csv`, new Blob([text], { type: "text/csv" }));
}

/** A table that scrolls by itself, with its caption and a header per column. */
export function DataTable({ caption, head, rows }: { caption: string; head: readonly string[]; rows: readonly (readonly ReactNode[])[] }) {
  return (
    <div className="unit-table" tabIndex={0} role="group" aria-label={caption}>
      <table>
        <caption>{caption}</caption>
        <thead>
          <tr>
            {head.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, at) => (
            <tr key={at}>
              {row.map((value, column) =>
                column === 0 ? (
                  <th key={column} scope="row">
                    {value}
                  </th>
                ) : (
                  <td key={column}>{value}</td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** A neuron's number that goes to its role. */
export function UnitButton({ unit, onOpen, title }: { unit: number; onOpen(unit: number): void; title?: string }) {
  return (
    <button type="button" className="unit-chip" data-unit={unit} title={title ?? `Show the role of neuron ${unit}`} onClick={() => onOpen(unit)}>
      {unit}
    </button>
  );
}
