package io.inscape.dataset;

import io.inscape.matrix.Matrix;
import java.util.Objects;

/// Observations that are vectors of numbers, `[observation, feature]`, read from wherever they lie;
/// safe for any number of threads.
public final class Vectors implements Content {
  /// Reads parts of rows.
  @FunctionalInterface
  public interface Rows {
    /// Copies a part of one row. May be called by several threads at once.
    ///
    /// @param observation which row
    /// @param from the first feature
    /// @param to one past the last feature
    /// @param target where the numbers go
    /// @param offset the index of the first number in the target
    void copy(int observation, int from, int to, float[] target, int offset);
  }

  private final int count;
  private final int columns;
  private final Rows rows;

  private Vectors(int count, int columns, Rows rows) {
    this.count = count;
    this.columns = columns;
    this.rows = rows;
  }

  /// Vectors from a reader.
  ///
  /// @param count how many observations, at least 1
  /// @param columns how many features each has, at least 1
  /// @param rows reads them; gives the same numbers each time
  /// @return the vectors
  /// @throws IllegalArgumentException when there are none
  public static Vectors of(int count, int columns, Rows rows) {
    if (count < 1 || columns < 1) {
      throw new IllegalArgumentException(
          "vectors need at least 1 observation and 1 feature, got " + count + " x " + columns);
    }
    return new Vectors(count, columns, rows);
  }

  /// One set of vectors followed by another.
  static Vectors joined(Vectors first, Vectors second) {
    if (first.columns != second.columns) {
      throw new IllegalArgumentException(
          "vectors of one length can be joined, got " + first.columns + " and " + second.columns);
    }
    return of(
        Math.addExact(first.count, second.count),
        first.columns,
        (observation, from, to, target, offset) -> {
          boolean head = observation < first.count;
          (head ? first : second)
              .copy(head ? observation : observation - first.count, from, to, target, offset);
        });
  }

  @Override
  public int count() {
    return count;
  }

  /// {@return how many features each observation has}
  public int columns() {
    return columns;
  }

  /// Copies some features of one observation.
  ///
  /// @param observation which one, in `[0, count)`
  /// @param from the first feature, at least 0
  /// @param to one past the last, at most [#columns()]
  /// @param target where the numbers go
  /// @param offset the index of the first number in the target
  public void copy(int observation, int from, int to, float[] target, int offset) {
    Objects.checkIndex(observation, count);
    Objects.checkFromToIndex(from, to, columns);
    rows.copy(observation, from, to, target, offset);
  }

  /// Reads chosen observations for mathematics.
  ///
  /// @param observations which ones, each in `[0, count)`; not modified
  /// @return a matrix, rows = observations in the order asked for, columns = features
  /// @throws IllegalArgumentException when they do not fit an array, or one holds NaN or infinity
  public Matrix matrix(int[] observations) {
    return Matrix.filled(
        observations.length,
        columns,
        values -> {
          for (int i = 0; i < observations.length; i++) {
            copy(observations[i], 0, columns, values, i * columns);
          }
        });
  }
}
