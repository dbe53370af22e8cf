package io.inscape.study.ablation;

import io.inscape.matrix.Matrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which class a network takes the observations of each class for.
final class Confusion {
  private final int[][] counts; // [class][class that it is taken for]
  private final int observations;

  private Confusion(int classes, int observations) {
    this.counts = new int[classes][classes];
    this.observations = observations;
  }

  /// @param scores rows = observations, columns = classes; of equal scores the first counts
  /// @param labels the class of each observation
  static Confusion of(Matrix scores, int[] labels) {
    Confusion confusion = new Confusion(scores.cols(), labels.length);
    int[] winners = winners(scores);
    for (int row = 0; row < labels.length; row++) {
      confusion.counts[labels[row]][winners[row]]++;
    }
    return confusion;
  }

  /// The class of the largest score of each observation.
  static int[] winners(Matrix scores) {
    int[] winners = new int[scores.rows()];
    float[] row = new float[scores.cols()];
    for (int at = 0; at < winners.length; at++) {
      scores.copyRow(at, row, 0);
      for (int c = 1; c < row.length; c++) {
        winners[at] = row[c] > row[winners[at]] ? c : winners[at];
      }
    }
    return winners;
  }

  double accuracy() {
    int right = 0;
    for (int c = 0; c < counts.length; c++) {
      right += counts[c][c];
    }
    return (double) right / observations;
  }

  /// By class; null where a class has no observation.
  List<@Nullable Double> recall() {
    List<@Nullable Double> recall = new ArrayList<>();
    for (int c = 0; c < counts.length; c++) {
      int total = Arrays.stream(counts[c]).sum();
      recall.add(total == 0 ? null : (Double) ((double) counts[c][c] / total));
    }
    return recall;
  }

  List<List<Integer>> toLists() {
    return Arrays.stream(counts).map(row -> Arrays.stream(row).boxed().toList()).toList();
  }
}
