package io.inscape.neuron;

import io.inscape.matrix.Kernels;
import io.inscape.matrix.Workers;
import java.util.Arrays;

/// Each live unit's activations as a vector of length 1, prepared for products of all pairs.
///
/// Cut into blocks of observations: products are summed in float within a block, the blocks in
/// double.
final class UnitVectors {
  private static final int BLOCK = 1024;
  private static final int UNITS_PER_CHUNK = 16;
  private static final int PANEL = Kernels.PANEL;

  private final int count;
  private final int observations;
  private final int panels;
  private final float[][] rows; // [block][unit * depth + observation in block]
  private final float[][][] packed; // [block][panel][observation in block * PANEL + unit in panel]

  private UnitVectors(int count, int observations) {
    this.count = count;
    this.observations = observations;
    panels = Math.ceilDiv(count, PANEL);
    int blocks = Math.ceilDiv(observations, BLOCK);
    rows = new float[blocks][];
    packed = new float[blocks][panels][];
    for (int block = 0; block < blocks; block++) {
      rows[block] = new float[count * depth(block)];
    }
  }

  static UnitVectors of(Columns columns, int[] units, NeuronMeasure measure, Workers workers) {
    UnitVectors vectors = new UnitVectors(units.length, columns.observations());
    workers.forEachChunk(
        units.length,
        UNITS_PER_CHUNK,
        (_, from, to) -> {
          double[] values = new double[columns.observations()];
          for (int at = from; at < to; at++) {
            read(columns, units[at], measure, values);
            scale(values, measure != NeuronMeasure.COSINE);
            vectors.put(at, values);
          }
        });
    workers.forEachChunk(vectors.panels, 1, (panel, _, _) -> vectors.pack(panel));
    return vectors;
  }

  private static void read(Columns columns, int unit, NeuronMeasure measure, double[] target) {
    int base = unit * target.length;
    if (measure == NeuronMeasure.SPEARMAN) {
      rank(columns.values(), base, target);
    } else {
      for (int i = 0; i < target.length; i++) {
        target[i] = columns.values()[base + i];
      }
    }
  }

  /// Ranks from 0; equal values share the mean of theirs.
  private static void rank(float[] values, int base, double[] target) {
    long[] order = new long[target.length];
    for (int i = 0; i < order.length; i++) {
      int bits = Float.floatToIntBits(values[base + i] + 0f); // both zeros are one
      order[i] = (long) (bits ^ ((bits >> 31) & Integer.MAX_VALUE)) << 32 | i;
    }
    Arrays.sort(order);
    for (int from = 0; from < order.length; ) {
      int to = from + 1;
      while (to < order.length && order[to] >> 32 == order[from] >> 32) {
        to++;
      }
      for (int at = from; at < to; at++) {
        target[(int) order[at]] = 0.5 * (from + to - 1);
      }
      from = to;
    }
  }

  private static void scale(double[] values, boolean centred) {
    double mean = 0;
    if (centred) {
      for (double value : values) {
        mean += value;
      }
      mean /= values.length;
    }
    double squares = 0;
    for (int i = 0; i < values.length; i++) {
      values[i] -= mean;
      squares += values[i] * values[i];
    }
    double scale = squares == 0 ? 0 : 1 / Math.sqrt(squares);
    for (int i = 0; i < values.length; i++) {
      values[i] *= scale;
    }
  }

  private void put(int at, double[] values) {
    for (int block = 0; block < rows.length; block++) {
      int depth = depth(block);
      for (int k = 0; k < depth; k++) {
        rows[block][at * depth + k] = (float) values[block * BLOCK + k];
      }
    }
  }

  private int depth(int block) {
    return Math.min(BLOCK, observations - block * BLOCK);
  }

  private void pack(int panel) {
    int first = panel * PANEL;
    int width = Math.min(PANEL, count - first);
    for (int block = 0; block < rows.length; block++) {
      int depth = depth(block);
      float[] target = new float[depth * PANEL];
      for (int r = 0; r < width; r++) {
        for (int k = 0; k < depth; k++) {
          target[k * PANEL + r] = rows[block][(first + r) * depth + k];
        }
      }
      packed[block][panel] = target;
    }
  }

  /// Dissimilarities `1 - |product|` of some units to all, `[(unit - from) * count + other]`.
  void dissimilarities(int from, int to, float[] target) {
    int size = to - from;
    double[] sum = new double[size * PANEL];
    float[] part = new float[size * PANEL];
    for (int panel = 0; panel < panels; panel++) {
      Arrays.fill(sum, 0);
      for (int block = 0; block < rows.length; block++) {
        Kernels.products(
            rows[block], from, size, depth(block), packed[block][panel], part, 0, PANEL);
        for (int at = 0; at < sum.length; at++) {
          sum[at] += part[at];
        }
      }
      int width = Math.min(PANEL, count - panel * PANEL);
      for (int row = 0; row < size; row++) {
        for (int other = 0; other < width; other++) {
          int col = panel * PANEL + other;
          double product = Math.abs(sum[row * PANEL + other]);
          target[row * count + col] = col == from + row ? 0 : (float) Math.max(0, 1 - product);
        }
      }
    }
  }
}
