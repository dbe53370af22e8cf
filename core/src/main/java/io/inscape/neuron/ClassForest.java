package io.inscape.neuron;

import io.inscape.matrix.Rng;
import io.inscape.matrix.Workers;
import java.util.Arrays;
import java.util.stream.IntStream;

/// A forest of extremely randomized trees that tells one class from all others.
final class ClassForest {
  private static final int TREES_PER_CHUNK = 8;

  private final Columns columns;
  private final ForestParams params;
  private final Workers workers;

  ClassForest(Columns columns, ForestParams params, Workers workers) {
    this.columns = columns;
    this.params = params;
    this.workers = workers;
  }

  /// How important each unit is for telling a class: the mean over the trees of the unit's share of
  /// what the tree's cuts gain, scaled to sum 1; zeros if no tree has a cut that gains.
  ///
  /// @param labels class of each observation
  /// @param target the class
  /// @return one value per unit
  double[] importances(int[] labels, int target) {
    int[] hits = IntStream.range(0, labels.length).filter(i -> labels[i] == target).toArray();
    int[] others = IntStream.range(0, labels.length).filter(i -> labels[i] != target).toArray();
    double[][] partial = new double[Math.ceilDiv(params.trees(), TREES_PER_CHUNK)][];
    workers.forEachChunk(
        params.trees(),
        TREES_PER_CHUNK,
        (chunk, from, to) -> {
          TreeGrower grower = new TreeGrower(columns, hits, others, params);
          double[] sum = new double[columns.units()];
          double[] gain = new double[columns.units()];
          for (int tree = from; tree < to; tree++) {
            Arrays.fill(gain, 0);
            grower.grow(Rng.of(params.seed(), "class " + target + " tree " + tree), gain);
            addShares(gain, sum);
          }
          partial[chunk] = sum;
        });
    double[] sum = new double[columns.units()];
    for (double[] some : partial) {
      for (int unit = 0; unit < sum.length; unit++) {
        sum[unit] += some[unit];
      }
    }
    double[] importance = new double[sum.length];
    addShares(sum, importance);
    return importance;
  }

  private static void addShares(double[] gain, double[] sum) {
    double total = 0;
    for (double value : gain) {
      total += value;
    }
    if (total > 0) {
      for (int unit = 0; unit < gain.length; unit++) {
        sum[unit] += gain[unit] / total;
      }
    }
  }
}
