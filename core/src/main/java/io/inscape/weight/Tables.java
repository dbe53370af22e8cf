package io.inscape.weight;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Tables of counts, as many as there are threads at work: whole numbers, so that their sum does
/// not depend on who counted what.
final class Tables {
  private final ConcurrentLinkedQueue<int[]> free = new ConcurrentLinkedQueue<>();
  private final Supplier<int[]> maker;

  Tables(Supplier<int[]> maker) {
    this.maker = maker;
  }

  /// Lends a table that nobody else has meanwhile; what it holds already must stay.
  void with(Consumer<int[]> use) {
    int[] lent = free.poll();
    int[] table = lent == null ? maker.get() : lent;
    use.accept(table);
    free.add(table);
  }

  /// All tables, once nobody has one any more.
  Iterable<int[]> all() {
    return free;
  }

  /// The sum of all tables.
  int[] sum() {
    int[] sum = maker.get();
    for (int[] table : free) {
      for (int at = 0; at < sum.length; at++) {
        sum[at] += table[at];
      }
    }
    return sum;
  }
}
