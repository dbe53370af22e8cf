package io.inscape.training;

import io.inscape.autograd.DropoutMask;
import io.inscape.matrix.Rng;
import io.inscape.matrix.Workers;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// Dropout masks that depend on seed, epoch, batch, dropout node and position only, not on what was
/// drawn before: a resumed run drops what an undisturbed one would have dropped, on any number of
/// threads.
///
/// Each position is hashed with two keys (an integer finaliser with low bias, 32 bits); the mask
/// has a resolution of 2^-24.
final class SeededMasks {
  private static final int CHUNK = 1 << 16; // values per task
  private static final int BLOCK = 2048; // values per copy
  private static final int RESOLUTION = 1 << 24;
  private static final int GOLDEN =
      0x9e3779b9; // 2^32 / golden ratio: spreads consecutive positions

  private final long[] keys = new long[2];
  private final Workers workers;

  SeededMasks(long seed, int epoch, Workers workers) {
    var stream = Rng.of(seed, "dropout-epoch-" + epoch);
    keys[0] = stream.nextLong();
    keys[1] = stream.nextLong();
    this.workers = workers;
  }

  /// The masks of one batch.
  DropoutMask ofBatch(int batch) {
    return (dropout, ratio, mask) -> fill(((long) batch << 16) | dropout, ratio, mask);
  }

  private void fill(long stream, double ratio, MemorySegment mask) {
    int first = (int) (mix(keys[0] + stream) >>> 32);
    int second = (int) (mix(keys[1] ^ mix(stream)) >>> 32);
    int threshold = (int) Math.round((1 - ratio) * RESOLUTION);
    int kept = Float.floatToRawIntBits((float) (1 / (1 - ratio)));
    int count = Math.toIntExact(mask.byteSize() / Float.BYTES);
    workers.forEachChunk(
        count,
        CHUNK,
        (_, from, to) -> {
          int[] block = new int[BLOCK];
          for (int start = from; start < to; start += BLOCK) {
            int values = Math.min(BLOCK, to - start);
            hash(block, first + start * GOLDEN, second);
            select(block, threshold, kept);
            long offset = (long) start * Float.BYTES;
            MemorySegment.copy(block, 0, mask, ValueLayout.JAVA_INT, offset, values);
          }
        });
  }

  private static void hash(int[] block, int first, int second) {
    for (int i = 0; i < block.length; i++) {
      int z = first + i * GOLDEN;
      z = ((z ^ (z >>> 16)) * 0x21f0aaad) ^ second;
      z = (z ^ (z >>> 15)) * 0x735a2d97;
      block[i] = z ^ (z >>> 15);
    }
  }

  /// Without a branch: the sign of `draw - threshold` says whether the value is kept.
  private static void select(int[] block, int threshold, int kept) {
    for (int i = 0; i < block.length; i++) {
      block[i] = (((block[i] >>> 8) - threshold) >> 31) & kept;
    }
  }

  /// The finaliser of SplitMix64.
  private static long mix(long bits) {
    long z = bits + 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
