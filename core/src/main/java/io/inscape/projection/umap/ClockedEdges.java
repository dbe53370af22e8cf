package io.inscape.projection.umap;

/// Edges in rows, each due in a rhythm of its own: a clock that runs `rate` further per sweep and
/// is due when it passes 2^32. The clocks start spread evenly.
///
/// @param rowStart where each point's edges begin, one more than points
/// @param partner the other ends
/// @param rate unsigned, see [#rate(double)]
@SuppressWarnings("ArrayRecordComponent") // kept within the package, never compared
record ClockedEdges(int[] rowStart, int[] partner, int[] rate) {
  /// The rate of an edge that is due in a share of all sweeps, from 0 to 1.
  static int rate(double share) {
    return (int) Math.min((long) (share * 0x1p32), 0xffffffffL);
  }

  double share(int edge) {
    return Integer.toUnsignedLong(rate[edge]) * 0x1p-32;
  }

  /// Gathers the partners of a point's edges that are due; returns how many.
  ///
  /// @param row the point's
  /// @param time number of the sweep, from 1
  /// @param target receives them; there must be room for one more than the row has edges
  /// @param offset where in `target` the first goes
  int due(int row, int time, int[] target, int offset) {
    int found = offset;
    int end = rowStart[row + 1];
    for (int at = rowStart[row]; at < end; at++) {
      int beat = rate[at];
      int clock = at * UmapKernels.WEYL + beat * time;
      target[found] = partner[at];
      found += clock + Integer.MIN_VALUE < beat + Integer.MIN_VALUE ? 1 : 0;
    }
    return found - offset;
  }
}
