package io.inscape.study.unit;

import io.inscape.matrix.Matrix;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// What of a layer counts as a unit: each of its values, or each channel of maps.
public enum UnitPooling {
  /// Every stored value is a unit.
  NONE,

  /// Every channel is a unit, with the mean over its positions as its activation.
  MEAN,

  /// Every channel is a unit, with the largest value over its positions as its activation.
  MAX;

  /// The pooling of its name in JSON and commands.
  ///
  /// @param name such as `mean`
  /// @return the pooling
  /// @throws IllegalArgumentException if there is none of that name
  public static UnitPooling named(String name) {
    return Arrays.stream(values())
        .filter(pooling -> pooling.label().equals(name))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "pooling must be none, mean or max, got \"" + name + "\""));
  }

  /// {@return its name in JSON and commands, such as `mean`}
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// {@return what is meant where nobody chose: the mean for maps, else none}
  ///
  /// @param shape of the layer, `[channel, row, col]` for maps
  public static UnitPooling usual(List<Integer> shape) {
    return spatial(shape) ? MEAN : NONE;
  }

  /// {@return how many units a layer has}
  ///
  /// @param shape of the layer
  public int units(List<Integer> shape) {
    return shape.getFirst() * (this == NONE ? positions(shape) : 1);
  }

  /// {@return how many stored values, side by side, make one unit}
  ///
  /// @param shape of the layer
  public int width(List<Integer> shape) {
    return this == NONE ? 1 : positions(shape);
  }

  /// {@return whether a layer has channels of positions}
  ///
  /// @param shape of the layer
  static boolean spatial(List<Integer> shape) {
    return shape.size() > 1;
  }

  private static int positions(List<Integer> shape) {
    int positions = 1;
    for (int size : shape.subList(1, shape.size())) {
      positions *= size;
    }
    return positions;
  }

  /// The units of rows that are in memory.
  ///
  /// @param rows stored values, rows = observations
  /// @param width how many side by side make one unit, see [#width]
  /// @return rows = observations, columns = units
  public Matrix of(Matrix rows, int width) {
    int units = rows.cols() / width;
    return Matrix.filled(
        rows.rows(),
        units,
        target -> {
          float[] values = new float[rows.cols()];
          for (int row = 0; row < rows.rows(); row++) {
            rows.copyRow(row, values, 0);
            for (int unit = 0; unit < units; unit++) {
              target[row * units + unit] = of(values, unit * width, (unit + 1) * width);
            }
          }
        });
  }

  /// The activation of the unit that some values make.
  float of(float[] values, int from, int to) {
    if (this == MAX) {
      float most = values[from];
      for (int at = from + 1; at < to; at++) {
        most = Math.max(most, values[at]);
      }
      return most;
    }
    double sum = 0;
    for (int at = from; at < to; at++) {
      sum += values[at];
    }
    return (float) (sum / (to - from)); // of one value, that value
  }
}
