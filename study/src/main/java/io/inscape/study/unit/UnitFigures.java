package io.inscape.study.unit;

import io.inscape.matrix.Matrix;
import java.util.List;
import java.util.stream.IntStream;

/// Plain figures of units: which vary, and how far on average.
@SuppressWarnings("ArrayRecordComponent") // kept within the package, never compared
record UnitFigures(float[] mean, float[] deviation, boolean[] varies) {
  static UnitFigures of(Matrix activations) {
    int units = activations.cols();
    double[] sum = new double[units];
    float[] low = new float[units];
    float[] high = new float[units];
    float[] row = new float[units];
    for (int i = 0; i < activations.rows(); i++) {
      activations.copyRow(i, row, 0);
      for (int unit = 0; unit < units; unit++) {
        sum[unit] += row[unit];
        low[unit] = i == 0 ? row[unit] : Math.min(low[unit], row[unit]);
        high[unit] = i == 0 ? row[unit] : Math.max(high[unit], row[unit]);
      }
    }
    double[] squares = new double[units];
    for (int i = 0; i < activations.rows(); i++) {
      activations.copyRow(i, row, 0);
      for (int unit = 0; unit < units; unit++) {
        double away = row[unit] - sum[unit] / activations.rows();
        squares[unit] += away * away;
      }
    }
    float[] mean = new float[units];
    float[] deviation = new float[units];
    boolean[] varies = new boolean[units];
    for (int unit = 0; unit < units; unit++) {
      mean[unit] = (float) (sum[unit] / activations.rows());
      deviation[unit] = (float) Math.sqrt(squares[unit] / activations.rows());
      varies[unit] = low[unit] != high[unit];
    }
    return new UnitFigures(mean, deviation, varies);
  }

  /// The mean of each class, `[class * units + unit]`; 0 for a class without observations.
  static float[] classMeans(Matrix activations, int[] labels, int classes) {
    int units = activations.cols();
    double[] sum = new double[classes * units];
    int[] count = new int[classes];
    float[] row = new float[units];
    for (int i = 0; i < labels.length; i++) {
      activations.copyRow(i, row, 0);
      count[labels[i]]++;
      int at = labels[i] * units;
      for (int unit = 0; unit < units; unit++) {
        sum[at + unit] += row[unit];
      }
    }
    float[] means = new float[sum.length];
    for (int at = 0; at < means.length; at++) {
      means[at] = (float) (sum[at] / Math.max(1, count[at / units]));
    }
    return means;
  }

  /// The units that vary, by rising number.
  int[] live() {
    return IntStream.range(0, varies.length).filter(unit -> varies[unit]).toArray();
  }

  /// The units that are constant, by rising number.
  List<Integer> dead() {
    return IntStream.range(0, varies.length).filter(unit -> !varies[unit]).boxed().toList();
  }

  /// A matrix of some columns.
  static Matrix columns(Matrix activations, int[] units) {
    return Matrix.filled(
        activations.rows(),
        units.length,
        target -> {
          float[] row = new float[activations.cols()];
          for (int i = 0; i < activations.rows(); i++) {
            activations.copyRow(i, row, 0);
            for (int at = 0; at < units.length; at++) {
              target[i * units.length + at] = row[units[at]];
            }
          }
        });
  }
}
