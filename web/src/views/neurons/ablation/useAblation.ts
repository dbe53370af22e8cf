/** Which neurons are to be switched off, what is known of them, and the kept or running ablation of exactly those. */
import { useMemo } from "react";
import type { TaskSummary } from "../../../server/types";
import { useApp, useLibrary, useWorkspace } from "../../../parts/app";
import type { TaskTrace } from "../../../state/library";
import { isActive } from "../../../state/results";
import type { Replacement } from "../../../state/unitRoles";
import { isAbout, type UnitPlace } from "../common/place";
import { sameUnits, strongestFor } from "./report";

export interface Switched {
  /** Ascending. */
  units: readonly number[];
  /** The scores are missing that would say which they are. */
  unscored: boolean;
  scoring: TaskTrace | null;
}

export function useSwitched(place: UnitPlace, classes: number): Switched {
  const { library } = useApp();
  const { units: chosen, neurons } = useWorkspace();
  const { tasks } = useLibrary();
  const { offClass, offCount } = neurons.roles;
  const summary = library.kept("scores")?.findLast(({ source }) => isAbout(place, source)) ?? null;
  const wanted = offClass !== null && offClass < classes && summary !== null;
  const scores = wanted ? library.tensor(summary.digest, "scores")?.values : undefined;
  const means = wanted ? library.tensor(summary.digest, "mean")?.values : undefined;
  const overall = wanted ? library.tensor(summary.digest, "overall")?.values : undefined;
  const units = useMemo(() => {
    if (offClass === null) {
      return chosen;
    }
    return scores === undefined || means === undefined || overall === undefined ? [] : strongestFor(offClass, offCount, scores, means, overall);
  }, [offClass, offCount, chosen, scores, means, overall]);
  const scoring = tasks.findLast(({ job }) => job.kind === "scores" && isActive(job) && isAbout(place, job.source)) ?? null;
  return { units, unscored: offClass !== null && library.kept("scores") !== undefined && summary === null, scoring };
}

export interface Ablation {
  match: TaskSummary | null;
  trace: TaskTrace | null;
  /** Other kept ablations of this layer. */
  others: readonly TaskSummary[];
}

export function useAblation(place: UnitPlace, units: readonly number[], replacement: Replacement): Ablation {
  const { library } = useApp();
  const { tasks } = useLibrary();
  const kept = (library.kept("ablation") ?? []).filter(({ source }) => isAbout(place, source));
  const fits = ({ parameters }: { parameters: TaskSummary["parameters"] }) => sameUnits(parameters.units, units) && String(parameters.replacement ?? "zero").toLowerCase() === replacement;
  const match = kept.findLast(fits) ?? null;
  const trace = tasks.findLast(({ job }) => job.kind === "ablation" && isAbout(place, job.source) && fits(job)) ?? null;
  return { match, trace, others: kept.filter((one) => one !== match) };
}
