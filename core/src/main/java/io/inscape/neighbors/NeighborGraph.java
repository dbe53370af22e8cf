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
  ///
  /// Whoever is seen in the list without the lock has been in it, and need not come in again;
  /// whoever is too far for a list out of date is too far.
  void offer(int row, int other, float squared) {
    long offered = key(other, squared);
    int from = row * k;
    if (key[from + k - 1] > offered && key[find(from, offered)] >>> 1 != offered >>> 1) {
      synchronized (locks[row & (STRIPES - 1)]) {
        insert(from, offered);
      }
    }
  }

  /// Offers a neighbour to a row that no other thread is looking at.
  void offerAlone(int row, int other, float squared) {
    insert(row * k, key(other, squared));
  }

  private static long key(int other, float squared) {
    return (long) Float.floatToRawIntBits(squared) << 32 | (long) other << 1 | 1;
  }

  private void insert(int from, long offered) {
    int last = from + k - 1;
    if (key[last] > offered) {
      int at = find(from, offered);
      if (key[at] >>> 1 != offered >>> 1) {
        System.arraycopy(key, at, key, at + 1, last - at);
        key[at] = offered;
      }
    }
  }

  /// The first of a list that is not before the key, or the last. Written without branches: they
  /// would be mispredicted.
  private int find(int from, long offered) {
    long wanted = offered & ~1L;
    int low = from;
    for (int length = k; length > 1; ) {
      int part = length >>> 1;
      low += key[low + part - 1] < wanted ? part : 0;
      length -= part;
    }
    return low;
  }
}
