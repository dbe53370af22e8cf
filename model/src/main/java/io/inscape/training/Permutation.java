package io.inscape.training;

import java.util.random.RandomGenerator;

/// Random orders.
final class Permutation {
  private Permutation() {}

  /// The numbers in [0, count), each order equally likely (Fisher and Yates).
  static int[] of(int count, RandomGenerator random) {
    int[] order = new int[count];
    for (int i = 0; i < count; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }
}
