import { useMemo } from "react";
import { rgbToHex } from "../../../draw/palette";
import { RAMP, ramp, trailHues } from "../../../draw/trailColors";
import { useMarks } from "../../../parts/coloring";
import { useEvolution, useWorkspace } from "../../../parts/app";

/** A share of a ramp that reads on the panels' ground in both themes. */
const MIDDLE = Math.round(0.55 * (RAMP - 1));

/** [class], the hues of the trails, for what stands beside them. */
export function useTrailColors(): string[] {
  const marks = useMarks(null);
  const { palette } = useWorkspace();
  const [{ highlight }] = useEvolution();
  return useMemo(
    () => (marks === null ? [] : trailHues(palette, marks.theme, marks.colors.length, highlight).map((hue) => rgbToHex(ramp(hue)[MIDDLE]))),
    [marks, palette, highlight],
  );
}
