package io.inscape.projection.umap;

/// Edges in rows, each due in a rhythm of its own: a clock that runs `rate` further per sweep and
/// is due when it passes 2^32. The clocks start spread evenly.
///
/// @param rowStart where each point's edges begin; as many points as whole groups hold, one more
/// @param partner the other ends
/// @param rate unsigned, see [#rate(double)]
@SuppressWarnings("ArrayRecordComponent") // kept within the package, never compared
record ClockedEdges(int[] rowStart, int[] partner, int[] rate) {
  private static final int LANES = UmapKernels.LANES;

  /// The rate of an edge that is due in a share of all sweeps, from 0 to 1.
  static int rate(double share) {
    return (int) Math.min((long) (share * 0x1p32), 0xffffffffL);
  }

  double share(int edge) {
    return Integer.toUnsignedLong(rate[edge]) * 0x1p-32;
  }

  /// Room for the partners of a group of points, whichever of the points [from, to) are in it.
  int[] scratch(int from, int to) {
    int longest = 0;
    for (int i = from; i < to; i++) {
      longest = Math.max(longest, rowStart[i + 1] - rowStart[i]);
    }
    return new int[LANES * (longest + 1)]; // there is always room for one more
  }

  /// Gathers the partners of a point's edges that are due; returns how many.
  ///
  /// @param point the point
  /// @param lane where to put them, `[step * LANES + lane]`
  /// @param time number of the sweep, from 1
  /// @param partners receives them
  int due(int point, int lane, int time, int[] partners) {
    int found = lane;
    int end = rowStart[point + 1];
    for (int at = rowStart[point]; at < end; at++) {
      int beat = rate[at];
      int clock = at * UmapKernels.WEYL + beat * time;
      partners[found] = partner[at];
      found += clock + Integer.MIN_VALUE < beat + Integer.MIN_VALUE ? LANES : 0;
    }
    return (found - lane) / LANES;
  }
}
