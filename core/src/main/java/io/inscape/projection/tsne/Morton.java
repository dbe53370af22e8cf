package io.inscape.projection.tsne;

import io.inscape.matrix.Workers;

/// The order of points along the Z curve of Morton, by which neighbours in space are mostly
/// neighbours in memory.
final class Morton {
  private static final int INDEX_BITS = 31;
  private static final long INDEX_MASK = (1L << INDEX_BITS) - 1;
  private static final int POINTS_PER_CHUNK = 4096;

  private Morton() {}

  /// Halvings of the box per dimension.
  static int levels(int dimensions) {
    return dimensions == 2 ? 16 : 10;
  }

  /// The cell numbers of points with the points' own numbers behind them, not yet sorted.
  static long[] keys(float[][] position, int count, Extent extent, Workers workers) {
    long[] keys = new long[count];
    int dimensions = position.length;
    int levels = levels(dimensions);
    double width = extent.largest();
    double scale = width > 0 ? (1 << levels) / width : 0;
    workers.forEachChunk(
        count,
        POINTS_PER_CHUNK,
        (_, from, to) -> {
          for (int i = from; i < to; i++) {
            long code = 0;
            for (int dim = 0; dim < dimensions; dim++) {
              double cell = ((double) position[dim][i] - extent.low()[dim]) * scale;
              int clipped = Math.min((1 << levels) - 1, (int) cell);
              code |= (dimensions == 2 ? apart2(clipped) : apart3(clipped)) << dim;
            }
            keys[i] = code << INDEX_BITS | i;
          }
        });
    return keys;
  }

  static int index(long key) {
    return (int) (key & INDEX_MASK);
  }

  /// Which of the children of a cell at a level a key belongs to.
  static int child(long key, int level, int dimensions) {
    int shift = INDEX_BITS + dimensions * (levels(dimensions) - 1 - level);
    return (int) (key >>> shift) & ((1 << dimensions) - 1);
  }

  /// One zero between bits.
  private static long apart2(int value) {
    long spread = value;
    spread = (spread | spread << 8) & 0x00ff00ffL;
    spread = (spread | spread << 4) & 0x0f0f0f0fL;
    spread = (spread | spread << 2) & 0x33333333L;
    return (spread | spread << 1) & 0x55555555L;
  }

  /// Two zeros between bits.
  private static long apart3(int value) {
    long spread = value;
    spread = (spread | spread << 16) & 0x030000ffL;
    spread = (spread | spread << 8) & 0x0300f00fL;
    spread = (spread | spread << 4) & 0x030c30c3L;
    return (spread | spread << 2) & 0x09249249L;
  }
}
