/** Whether drags in the picture brush the field instead of selecting points: a mode of the hand, not of what is shown. */
import { createCell } from "../../../parts/app";

export const brushing = createCell(false);
