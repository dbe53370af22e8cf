package io.inscape.neighbors;

import java.util.Arrays;

/// The nearest neighbours known so far of every row, and which of them are new.
///
/// A list is sorted by distance, then by number, and holds whoever is nearest of all that were
/// offered: in what order they came, and on which threads, does not matter.
final class NeighborGraph {
  private static final int STRIPES = 4096;
  private static final long NOBODY = (long) Float.floatToIntBits(Float.POSITIVE_INFINITY) << 32;

  private final int k;
  private final long[] key; // [row * k + neighbor]: distance's bits, number << 1 | new
  private final Object[] locks = new Object[STRIPES];

  NeighborGraph(int rows, int k) {
    this.k = k;
    key = new long[Math.multiplyExact(rows, k)];
    Arrays.fill(key, NOBODY | 0xffffffffL);
    Arrays.setAll(locks, _ -> new Object());
  }

  int k() {
    return k;
  }

  /// {@return the squared distance of the last of a row's list; may be out of date, then it is too
  /// large}
  float reach(int row) {
    return Float.intBitsToFloat((int) (key[row * k + k - 1] >>> 32));
  }

  int number(int row, int neighbor) {
    return (int) key[row * k + neighbor] >>> 1;
  }

  boolean isNew(int row, int neighbor) {
    return (key[row * k + neighbor] & 1) != 0;
  }

  void age(int row, int neighbor) {
    key[row * k + neighbor] &= ~1L;
  }

  /// Offers a neighbour to a row, on any thread.
  void offer(int row, int other, float squared) {
    if (squared <= reach(row)) {
      synchronized (locks[row & (STRIPES - 1)]) {
        offerAlone(row, other, squared);
      }
    }
  }

  /// Offers a neighbour to a row that no other thread is looking at.
  void offerAlone(int row, int other, float squared) {
    long offered = (long) Float.floatToIntBits(squared) << 32 | (long) other << 1 | 1;
    int from = row * k;
    int to = from + k;
    if (key[to - 1] <= offered) {
      return;
    }
    int low = from;
    int high = to - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (key[middle] >>> 1 < offered >>> 1) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    if (key[low] >>> 1 != offered >>> 1) {
      System.arraycopy(key, low, key, low + 1, to - 1 - low);
      key[low] = offered;
    }
  }
}
