package io.inscape.study.finding;

import io.inscape.matrix.Matrix;

/// What a network takes the test images for.
///
/// @param counts `[true class][predicted class]`
/// @param images how many
/// @param errors how many of them are wrong
@SuppressWarnings("ArrayRecordComponent") // stays in this package
record Confusions(int[][] counts, int images, int errors) {
  static Confusions of(int[] labels, Matrix scores) {
    int classes = scores.cols();
    int[][] counts = new int[classes][classes];
    int errors = 0;
    for (int row = 0; row < labels.length; row++) {
      int predicted = largest(scores, row);
      counts[labels[row]][predicted]++;
      errors += predicted == labels[row] ? 0 : 1;
    }
    return new Confusions(counts, labels.length, errors);
  }

  private static int largest(Matrix scores, int row) {
    int best = 0;
    for (int col = 1; col < scores.cols(); col++) {
      if (scores.get(row, col) > scores.get(row, best)) {
        best = col;
      }
    }
    return best;
  }

  int of(int label) {
    int sum = 0;
    for (int count : counts[label]) {
      sum += count;
    }
    return sum;
  }

  int right(int label) {
    return counts[label][label];
  }

  int right() {
    return images - errors;
  }

  /// The share of the largest class: what guessing always that one gets right.
  double chance() {
    int largest = 0;
    for (int label = 0; label < counts.length; label++) {
      largest = Math.max(largest, of(label));
    }
    return (double) largest / images;
  }

  /// How much of an error would fall on a pair of classes if errors were spread as often as a class
  /// is mistaken and as often as it is guessed wrongly: the share, for all pairs together 1.
  double expected(int one, int other) {
    int classes = counts.length;
    double[] mistaken = new double[classes];
    double[] guessed = new double[classes];
    for (int label = 0; label < classes; label++) {
      for (int predicted = 0; predicted < classes; predicted++) {
        if (label != predicted) {
          mistaken[label] += counts[label][predicted];
          guessed[predicted] += counts[label][predicted];
        }
      }
    }
    double all = 0;
    for (int label = 0; label < classes; label++) {
      for (int predicted = 0; predicted < classes; predicted++) {
        all += label == predicted ? 0 : mistaken[label] * guessed[predicted];
      }
    }
    double both = mistaken[one] * guessed[other] + mistaken[other] * guessed[one];
    return all == 0 ? 0 : both / all;
  }
}
