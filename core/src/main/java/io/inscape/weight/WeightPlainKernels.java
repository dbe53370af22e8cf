package io.inscape.weight;

import static io.inscape.weight.WeightKernels.LANES;

/// The plain twin of [WeightVectorKernels]: the same sums in the same order.
final class WeightPlainKernels {
  private WeightPlainKernels() {}

  static Moments moments(float[] weights, int from, int to, float pilot, float threshold) {
    double[] sums = new double[LANES];
    double[] squares = new double[LANES];
    float min = Float.POSITIVE_INFINITY;
    float max = Float.NEGATIVE_INFINITY;
    int near = 0;
    for (int i = from; i < to; i++) {
      float weight = weights[i];
      min = Math.min(min, weight);
      max = Math.max(max, weight);
      near += Math.abs(weight) <= threshold ? 1 : 0;
      double difference = (double) weight - pilot;
      int lane = (i - from) % LANES;
      sums[lane] += difference;
      squares[lane] = Math.fma(difference, difference, squares[lane]);
    }
    return new Moments(min, max, Moments.fold(sums), Moments.fold(squares), near);
  }

  static void bins(float[] weights, int from, int to, float scale, int first, int[] bins) {
    for (int i = from; i < to; i++) {
      float scaled = weights[i] * scale;
      int whole = (int) scaled;
      bins[i - from] = (whole > scaled ? whole - 1 : whole) - first;
    }
  }

  static int take(float[] weights, int from, int to, float[] ends, float[] target, int at) {
    int next = at;
    for (int i = from; i < to; i++) {
      float weight = weights[i];
      if ((weight >= ends[0] && weight <= ends[1])
          || (weight >= ends[2] && weight <= ends[3])
          || (weight >= ends[4] && weight <= ends[5])) {
        target[next] = weight;
        next++;
      }
    }
    return next;
  }
}
