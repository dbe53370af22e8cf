package io.inscape.evolution;

import io.inscape.matrix.Rng;
import java.util.Arrays;
import java.util.BitSet;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/// Which observations are laid out pair by pair, and which follow them.
///
/// @param sample row numbers, ascending
/// @param others all other row numbers, ascending
@SuppressWarnings("ArrayRecordComponent") // kept within the package, never compared
record Split(int[] sample, int[] others) {
  /// All observations, if there are no more than asked for; else as many drawn at random.
  static Split draw(int observations, int most, long seed) {
    int[] rows = IntStream.range(0, observations).toArray();
    if (observations <= most) {
      return new Split(rows, new int[0]);
    }
    RandomGenerator random = Rng.of(seed, "VFF sample");
    for (int at = 0; at < most; at++) {
      int other = random.nextInt(at, observations);
      int row = rows[at];
      rows[at] = rows[other];
      rows[other] = row;
    }
    int[] sample = Arrays.copyOf(rows, most);
    Arrays.sort(sample);
    BitSet drawn = new BitSet(observations);
    for (int row : sample) {
      drawn.set(row);
    }
    return new Split(
        sample, IntStream.range(0, observations).filter(row -> !drawn.get(row)).toArray());
  }
}
