package io.inscape.weight;

import io.inscape.matrix.Workers;

/// The first look at a tensor: range, mean, what is not finite, and the upper bits that the
/// quartiles start from.
final class Scan {
  /// Weights per chunk.
  static final int CHUNK = 1 << 16;

  /// Up to here sorting is as fast.
  static final int FEW = 1 << 13;

  private final float[] weights;
  private final Part[] parts;
  private final int[] upper; // empty for few weights
  private final int nan;
  private final int infinite;
  private final float min;
  private final float max;
  private final double mean;

  /// What a chunk holds; the sums are of the finite weights.
  private record Part(int nan, int infinite, float min, float max, double sum) {
    boolean sound() {
      return nan == 0 && infinite == 0;
    }
  }

  Scan(float[] weights, Workers workers) {
    this.weights = weights;
    this.parts = new Part[Math.ceilDiv(weights.length, CHUNK)];
    Tables tables = new Tables(() -> new int[Ranks.BUCKETS]);
    boolean many = weights.length > FEW;
    workers.forEachChunk(
        weights.length,
        CHUNK,
        (chunk, from, to) -> {
          parts[chunk] = part(weights, from, to);
          if (many) {
            tables.with(table -> Ranks.countUpper(weights, from, to, table));
          }
        });
    this.upper = many ? tables.sum() : new int[0];
    int noNumbers = 0;
    int infinities = 0;
    double sum = 0;
    float least = Float.POSITIVE_INFINITY;
    float greatest = Float.NEGATIVE_INFINITY;
    for (Part part : parts) {
      noNumbers += part.nan;
      infinities += part.infinite;
      sum += part.sum;
      least = Math.min(least, part.min);
      greatest = Math.max(greatest, part.max);
    }
    this.nan = noNumbers;
    this.infinite = infinities;
    this.min = least;
    this.max = greatest;
    this.mean = sum / (weights.length - noNumbers - infinities);
  }

  float[] weights() {
    return weights;
  }

  int nan() {
    return nan;
  }

  int infinite() {
    return infinite;
  }

  int finite() {
    return weights.length - nan - infinite;
  }

  float min() {
    return min;
  }

  float max() {
    return max;
  }

  double mean() {
    return mean;
  }

  int[] upper() {
    return upper;
  }

  boolean sound(int chunk) {
    return parts[chunk].sound();
  }

  /// Whether all finite weights of a chunk lie in bins.
  boolean within(int chunk, Bins bins) {
    return parts[chunk].min >= bins.first() && parts[chunk].max <= bins.last();
  }

  /// The finite weights of [from, to).
  static float[] finite(float[] weights, int from, int to) {
    float[] kept = new float[to - from];
    int count = 0;
    for (int i = from; i < to; i++) {
      if (Float.isFinite(weights[i])) {
        kept[count] = weights[i];
        count++;
      }
    }
    return java.util.Arrays.copyOf(kept, count);
  }

  private static Part part(float[] weights, int from, int to) {
    Part quick = sums(weights, from, to, 0, 0);
    if (Double.isFinite(quick.sum)) {
      return quick;
    }
    int nan = 0;
    for (int i = from; i < to; i++) {
      nan += Float.isNaN(weights[i]) ? 1 : 0;
    }
    float[] finite = finite(weights, from, to);
    return sums(finite, 0, finite.length, nan, to - from - finite.length - nan);
  }

  /// Eight sums, added in a fixed order. The sum of all is finite just when every weight is.
  private static Part sums(float[] weights, int from, int to, int nan, int infinite) {
    double s0 = 0, s1 = 0, s2 = 0, s3 = 0, s4 = 0, s5 = 0, s6 = 0, s7 = 0;
    float min = Float.POSITIVE_INFINITY;
    float max = Float.NEGATIVE_INFINITY;
    for (int i = from; i < to; i++) {
      float weight = weights[i];
      if (weight < min) {
        min = weight;
      }
      if (weight > max) {
        max = weight;
      }
    }
    int i = from;
    for (; i + 8 <= to; i += 8) {
      s0 += weights[i];
      s1 += weights[i + 1];
      s2 += weights[i + 2];
      s3 += weights[i + 3];
      s4 += weights[i + 4];
      s5 += weights[i + 5];
      s6 += weights[i + 6];
      s7 += weights[i + 7];
    }
    for (; i < to; i++) {
      s0 += weights[i];
    }
    double sum = ((s0 + s1) + (s2 + s3)) + ((s4 + s5) + (s6 + s7));
    return new Part(nan, infinite, min, max, sum);
  }
}
