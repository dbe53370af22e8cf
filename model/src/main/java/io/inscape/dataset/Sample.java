package io.inscape.dataset;

import io.inscape.matrix.Rng;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/// Seeded samples of observations.
public final class Sample {
  private Sample() {}

  /// Draws observations without replacement.
  ///
  /// A larger sample with the same seed contains the smaller one.
  ///
  /// @param available how many there are to choose from
  /// @param count how many to draw, in `[0, available]`
  /// @param seed any value; the same one gives the same sample everywhere
  /// @return their indices, ascending
  /// @throws IllegalArgumentException when more are asked for than there are
  public static int[] draw(int available, int count, long seed) {
    if (count < 0 || count > available) {
      throw new IllegalArgumentException(
          "a sample must have 0 to " + available + " observations, got " + count);
    }
    RandomGenerator random = Rng.of(seed, "sample");
    int[] order = new int[available];
    Arrays.setAll(order, i -> i);
    for (int i = 0; i < count; i++) { // the first steps of a Fisher-Yates shuffle
      int j = random.nextInt(i, available);
      int drawn = order[j];
      order[j] = order[i];
      order[i] = drawn;
    }
    int[] sample = Arrays.copyOf(order, count);
    Arrays.sort(sample);
    return sample;
  }
}
