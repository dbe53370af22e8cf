package io.inscape.weight;

/// Sorts finite floats: three passes over eleven bits each.
final class RadixSort {
  private static final int BITS = 11;
  private static final int SIZE = 1 << BITS;
  private static final int PASSES = 3;

  private RadixSort() {}

  /// The weights as whole numbers in the same order, ascending.
  static int[] keys(float[] weights) {
    int[] keys = new int[weights.length];
    int[] other = new int[weights.length];
    int[] counts = new int[PASSES * SIZE];
    for (int i = 0; i < keys.length; i++) {
      int bits = Float.floatToRawIntBits(weights[i] + 0f); // no negative zero: it equals the other
      int key = bits ^ ((bits >> 31) | Integer.MIN_VALUE);
      keys[i] = key;
      counts[key & (SIZE - 1)]++;
      counts[SIZE + ((key >>> BITS) & (SIZE - 1))]++;
      counts[2 * SIZE + (key >>> (2 * BITS))]++;
    }
    for (int pass = 0; pass < PASSES; pass++) {
      int sum = 0;
      for (int digit = pass * SIZE; digit < (pass + 1) * SIZE; digit++) {
        int count = counts[digit];
        counts[digit] = sum;
        sum += count;
      }
      for (int key : keys) {
        int digit = pass * SIZE + ((key >>> (pass * BITS)) & (SIZE - 1));
        other[counts[digit]] = key;
        counts[digit]++;
      }
      int[] swapped = keys;
      keys = other;
      other = swapped;
    }
    return keys;
  }

  /// The weight of a key.
  static float weight(int key) {
    return Float.intBitsToFloat(key ^ (~(key >> 31) | Integer.MIN_VALUE));
  }
}
