/** The vector field of a sequence as the workspace wants it: kept, on its way, or still to be asked for. */
import { useCallback, useMemo, useRef } from "react";
import { blankShare, type FieldGrid, fieldGrid, speedRange } from "../../../draw/fieldGrid";
import { useApp, useLibrary, useWorkspace } from "../../../parts/app";
import type { FieldReport, TaskResult, TaskSummary } from "../../../server/types";
import type { Evolution } from "../../../state/evolution";
import { FIELD_DEFAULTS, type FieldParameters, fieldReport, findField, sameField } from "../../../state/fields";
import type { TaskTrace } from "../../../state/library";
import { isActive } from "../../../state/results";

export interface FieldShown {
  digest: string;
  report: FieldReport;
  /** What it was fitted with. */
  parameters: FieldParameters;
  grid: FieldGrid;
  range: { low: number; high: number; most: number };
  /** Share of the box where there are no data. */
  blank: number;
}

export interface FieldState {
  /** Whether it is known yet which fields are kept. */
  known: boolean;
  match: TaskSummary | null;
  shown: FieldShown | null;
  /** Whether `shown` has other settings than those asked for. */
  stale: boolean;
  /** The newest job for these settings while it is under way, or when it failed. */
  task: TaskTrace | null;
  ask(change: Partial<Evolution>): void;
}

export const wantedField = ({ grid, smoothness, fields }: Pick<Evolution, "grid" | "smoothness" | "fields">): FieldParameters => ({ grid, smoothness, fields });

/** Fields that have been put together, by digest: more than one part of the page asks for the same. */
const read = new Map<string, FieldShown>();

function useShownField(summary: TaskSummary | null): FieldShown | null {
  const { library } = useApp();
  const digest = summary?.digest;
  const known = digest === undefined ? undefined : read.get(digest);
  const needed = known === undefined ? digest : undefined;
  const result = needed === undefined ? undefined : library.taskResult(needed);
  const values = needed === undefined ? undefined : library.tensor(needed, "field");
  const coverage = needed === undefined ? undefined : library.tensor(needed, "coverage");
  return useMemo(() => {
    if (known !== undefined || result === undefined || values === undefined || coverage === undefined) {
      return known ?? null;
    }
    const shown = assembled(result, Float32Array.from(values.values), Float32Array.from(coverage.values));
    if (shown !== null) {
      read.set(shown.digest, shown);
    }
    return shown;
  }, [known, result, values, coverage]);
}

function assembled(result: TaskResult, values: Float32Array, coverage: Float32Array): FieldShown | null {
  const report = fieldReport(result);
  if (report === null) {
    return null;
  }
  const grid = fieldGrid(report.box, report.grid, values, coverage);
  const blank = Array.from({ length: grid.fields }, (_, which) => blankShare(grid, which)).reduce((least, share) => Math.min(least, share), 1);
  return { digest: result.digest, report, parameters: { ...FIELD_DEFAULTS, ...result.parameters }, grid, range: speedRange(grid), blank };
}

export function useField(sequence: string | null): FieldState {
  const { library } = useApp();
  const { tasks } = useLibrary();
  const { evolution } = useWorkspace();
  const asked = wantedField(evolution);
  const kept = library.kept("field");
  const match = sequence === null ? null : findField(kept ?? [], sequence, asked);
  const fitting = useShownField(evolution.field === "none" ? null : match);
  // While another field is on its way the old one stays, so that the picture does not blink.
  const before = useRef<{ sequence: string | null; shown: FieldShown | null }>({ sequence, shown: null });
  const shown = fitting ?? (before.current.sequence === sequence ? before.current.shown : null);
  before.current = { sequence, shown };
  const about = tasks.filter(({ job }) => job.kind === "field" && sequence !== null && job.source.of === sequence && sameField(asked, job.parameters));
  const newest = about.find(({ job }) => isActive(job)) ?? about[about.length - 1] ?? null;
  const task = newest !== null && (isActive(newest.job) || (newest.job.state === "failed" && match === null)) ? newest : null;
  const { grid, smoothness, fields } = asked;
  const ask = useCallback(
    (change: Partial<Evolution>) => {
      const wanted = wantedField({ grid, smoothness, fields, ...change });
      if (sequence !== null && library.get().study?.readOnly !== true && findField(library.kept("field") ?? [], sequence, wanted) === null) {
        const parameters = Object.fromEntries(Object.entries(wanted).filter(([name, value]) => FIELD_DEFAULTS[name as keyof FieldParameters] !== value));
        void library.ask({ kind: "field", of: sequence, parameters });
      }
    },
    [library, sequence, grid, smoothness, fields],
  );
  return { known: kept !== undefined, match, shown, stale: shown !== null && shown.digest !== match?.digest, task, ask };
}

/** Which field each observation follows; null while unknown, or while there is only one. */
export function useAssignment(sequence: string | null): ArrayLike<number> | null {
  const { library } = useApp();
  const { match, shown } = useField(sequence);
  const several = shown !== null && shown.grid.fields > 1 && match !== null;
  const column = several ? library.tensor(match.digest, "assignment") : undefined;
  return column?.values ?? null;
}
