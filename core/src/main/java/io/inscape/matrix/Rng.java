package io.inscape.matrix;

import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// Seeded streams of random numbers, one per purpose.
///
/// Two purposes never share a stream, so adding a draw in one place does not change what another
/// place sees. The same seed and purpose give the same numbers on every machine.
public final class Rng {
  private static final RandomGeneratorFactory<RandomGenerator> FACTORY =
      RandomGeneratorFactory.of("L64X128MixRandom");

  private Rng() {}

  /// A fresh stream for one purpose.
  ///
  /// @param seed the run's seed, any value
  /// @param purpose what the numbers are for, such as `init`; part of the stream's identity
  /// @return a generator at the start of its stream; not safe for use by several threads
  public static RandomGenerator of(long seed, String purpose) {
    long hash = 0xcbf29ce484222325L; // FNV-1a, 64 bits
    for (byte octet : purpose.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (octet & 0xff)) * 0x100000001b3L;
    }
    return FACTORY.create(mix(seed ^ mix(hash)));
  }

  /// The finaliser of SplitMix64: spreads every bit of its input over the whole result.
  private static long mix(long bits) {
    long z = (bits ^ (bits >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
