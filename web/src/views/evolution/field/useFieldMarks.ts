/** Trails and points in the colours of the fields that they follow, where the person wants that. */
import { useMemo } from "react";
import { fieldTrail } from "../../../draw/fieldStyle";
import type { TrailMarks } from "../../../draw/trailScene";
import { useEvolution } from "../../../parts/app";
import type { SequenceShown } from "../shown";
import { useAssignment } from "./useField";

export function useFieldMarks(marks: TrailMarks | null, shown: SequenceShown | null): TrailMarks | null {
  const [{ assigned, field, fields }] = useEvolution();
  const of = useAssignment(assigned && field !== "none" && fields > 1 ? (shown?.digest ?? null) : null);
  return useMemo(() => {
    if (marks === null || of === null || of.length !== marks.labels.length) {
      return marks;
    }
    return { ...marks, groups: { of, ramps: Array.from({ length: fields }, (_, at) => fieldTrail(at)) } };
  }, [marks, of, fields]);
}
