package io.inscape.evolution.trails;

import java.util.Arrays;
import java.util.stream.IntStream;

/// Trails sorted by class; within a class they keep their order.
final class Groups {
  private final int[] order; // trail numbers
  private final int[] starts; // where each class begins in order, and at last the number of trails

  private Groups(int[] order, int[] starts) {
    this.order = order;
    this.starts = starts;
  }

  static Groups one(int trails) {
    return new Groups(IntStream.range(0, trails).toArray(), new int[] {0, trails});
  }

  static Groups of(int[] labels) {
    long[] keys = new long[labels.length];
    Arrays.setAll(keys, trail -> ((long) labels[trail] << 32) | trail);
    Arrays.sort(keys);
    int[] order = new int[keys.length];
    Arrays.setAll(order, at -> (int) keys[at]);
    int[] starts =
        IntStream.rangeClosed(0, keys.length)
            .filter(at -> at == 0 || at == keys.length || keys[at] >> 32 != keys[at - 1] >> 32)
            .toArray();
    return new Groups(order, starts);
  }

  int count() {
    return starts.length - 1;
  }

  int trails() {
    return order.length;
  }

  /// The trail at a place of the order.
  int trail(int place) {
    return order[place];
  }

  /// The first place of a class.
  int from(int group) {
    return starts[group];
  }

  /// One past its last place.
  int to(int group) {
    return starts[group + 1];
  }
}
