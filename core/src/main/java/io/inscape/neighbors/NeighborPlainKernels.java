package io.inscape.neighbors;

/// The plain twins of [NeighborVectorKernels]: the same sums in the same order.
final class NeighborPlainKernels {
  private NeighborPlainKernels() {}

  static boolean filter(
      float[] a,
      int row,
      int depth,
      float[] half,
      float[] limit,
      NeighborKernels.Panel panel,
      long[] hits,
      float[] out) {
    int panelRows = NeighborKernels.PANEL;
    long any = 0;
    long[] found = new long[2 * NeighborKernels.ROWS];
    for (int r = 0; r < NeighborKernels.ROWS; r++) {
      int target = r * panelRows;
      java.util.Arrays.fill(out, target, target + panelRows, 0);
      for (int k = 0; k < depth; k++) {
        float value = a[(row + r) * depth + k];
        for (int c = 0; c < panelRows; c++) {
          out[target + c] = Math.fma(value, panel.values[k * panelRows + c], out[target + c]);
        }
      }
      for (int c = 0; c < panelRows; c++) {
        float value = out[target + c] + (panel.half[c] + half[row + r]);
        out[target + c] = value;
        found[r] |= value >= limit[row + r] ? 1L << c : 0;
        found[NeighborKernels.ROWS + r] |= value >= panel.limit[c] ? 1L << c : 0;
      }
      any |= found[r] | found[NeighborKernels.ROWS + r];
    }
    if (any != 0) {
      System.arraycopy(found, 0, hits, 0, found.length);
    }
    return any != 0;
  }

  static double centre(
      float[] values,
      int offset,
      float scale,
      float[] centre,
      int centreOffset,
      int length,
      float[] out,
      int target,
      float[] sums) {
    java.util.Arrays.fill(sums, 0);
    return finishCentre(values, offset, scale, centre, centreOffset, 0, length, out, target, sums);
  }

  /// Goes on from column `from`, a multiple of `SUMS`, and adds the partial sums up.
  static double finishCentre(
      float[] values,
      int offset,
      float scale,
      float[] centre,
      int centreOffset,
      int from,
      int length,
      float[] out,
      int target,
      float[] sums) {
    for (int k = from; k < length; k++) {
      float value = values[offset + k] * scale - centre[centreOffset + k];
      out[target + k] = value;
      int slot = k % NeighborKernels.SUMS;
      sums[slot] = Math.fma(value, value, sums[slot]);
    }
    double total = 0;
    for (float sum : sums) {
      total += sum;
    }
    return total;
  }
}
