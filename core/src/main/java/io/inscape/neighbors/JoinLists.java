package io.inscape.neighbors;

import io.inscape.matrix.Workers;
import java.util.Arrays;

/// For every row a few of those it knows and of those that know it, new ones and old ones apart: a
/// sample by a hash of the pair, so that the same rows are taken on any number of threads.
final class JoinLists {
  private static final int STRIPES = 4096;

  private final int size;
  private final long[] fresh; // [row * size + slot]: hash, number; sorted
  private final long[] known;
  private final Object[] locks = new Object[STRIPES];

  JoinLists(int rows, int size) {
    this.size = size;
    fresh = new long[Math.multiplyExact(rows, size)];
    known = new long[fresh.length];
    Arrays.setAll(locks, _ -> new Object());
  }

  /// Draws the lists.
  ///
  /// @return how many neighbours in the graph were new
  long draw(NeighborGraph graph, int rows, long salt, Workers workers) {
    Arrays.fill(fresh, Long.MAX_VALUE);
    Arrays.fill(known, Long.MAX_VALUE);
    double news =
        workers.sumChunks(
            rows,
            1024,
            (from, to) -> {
              long count = 0;
              for (int row = from; row < to; row++) {
                for (int neighbor = 0; neighbor < graph.k(); neighbor++) {
                  int other = graph.number(row, neighbor);
                  boolean isNew = graph.isNew(row, neighbor);
                  count += isNew ? 1 : 0;
                  long hash = hash(row, other, salt);
                  offer(isNew ? fresh : known, row, hash | other);
                  offer(isNew ? fresh : known, other, hash | row);
                }
              }
              return count;
            });
    return (long) news;
  }

  /// Marks the neighbours that were drawn as old.
  ///
  /// @return how many neighbours are still new
  long age(NeighborGraph graph, int rows, long salt, Workers workers) {
    double left =
        workers.sumChunks(
            rows,
            1024,
            (from, to) -> {
              long count = 0;
              for (int row = from; row < to; row++) {
                long last = fresh[row * size + size - 1];
                for (int neighbor = 0; neighbor < graph.k(); neighbor++) {
                  if (graph.isNew(row, neighbor)) {
                    int other = graph.number(row, neighbor);
                    if ((hash(row, other, salt) | other) <= last) {
                      graph.age(row, neighbor);
                    } else {
                      count++;
                    }
                  }
                }
              }
              return count;
            });
    return (long) left;
  }

  /// Copies a row's new ones.
  ///
  /// @return how many there are
  int fresh(int row, int[] target, int from) {
    return copy(fresh, row, target, from);
  }

  /// Copies a row's old ones.
  ///
  /// @return how many there are
  int known(int row, int[] target, int from) {
    return copy(known, row, target, from);
  }

  private int copy(long[] lists, int row, int[] target, int from) {
    int count = 0;
    while (count < size && lists[row * size + count] != Long.MAX_VALUE) {
      target[from + count] = (int) lists[row * size + count];
      count++;
    }
    return count;
  }

  private void offer(long[] lists, int row, long entry) {
    int last = row * size + size - 1;
    if (entry >= lists[last]) {
      return;
    }
    synchronized (locks[row & (STRIPES - 1)]) {
      if (entry >= lists[last]) {
        return;
      }
      int at = Arrays.binarySearch(lists, row * size, last + 1, entry);
      if (at < 0) {
        at = -at - 1;
        System.arraycopy(lists, at, lists, at + 1, last - at);
        lists[at] = entry;
      }
    }
  }

  /// A hash of the pair in the upper half, the same both ways round, never negative.
  private static long hash(int row, int other, long salt) {
    long pair = (long) Math.min(row, other) << 32 | Math.max(row, other);
    return mix(pair ^ salt) & 0x7fffffff00000000L;
  }

  /// The finaliser of SplitMix64.
  static long mix(long bits) {
    long z = (bits ^ (bits >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
