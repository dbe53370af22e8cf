package io.inscape.matrix;

import java.util.Objects;
import java.util.function.Consumer;

/// A dense matrix of finite floats, row-major; rows are observations, columns are units, features
/// or dimensions.
///
/// Immutable: values are copied in and copied out. A matrix may have no rows or no columns.
public final class Matrix {
  /// The longest array that every JVM allocates.
  private static final long MOST_VALUES = Integer.MAX_VALUE - 8L;

  private final int rows;
  private final int cols;
  private final float[] values; // [row * cols + col]

  private Matrix(int rows, int cols, float[] values) {
    this.rows = rows;
    this.cols = cols;
    this.values = values;
  }

  /// A matrix of the given values.
  ///
  /// @param rows number of rows, at least 0
  /// @param cols number of columns, at least 0
  /// @param values row after row, exactly `rows * cols` of them, all finite; copied
  /// @return the matrix
  /// @throws IllegalArgumentException if the sizes do not fit, or a value is NaN or infinite (named
  ///   by row and column)
  public static Matrix of(int rows, int cols, float[] values) {
    int length = length(rows, cols);
    if (values.length != length) {
      throw new IllegalArgumentException(
          "a matrix of "
              + rows
              + " x "
              + cols
              + " takes "
              + length
              + " values, got "
              + values.length);
    }
    return checked(rows, cols, values.clone());
  }

  /// A matrix that is filled in place, for one too large to exist twice.
  ///
  /// @param rows number of rows, at least 0
  /// @param cols number of columns, at least 0
  /// @param filler gets the array of `rows * cols` zeros to write the values to, row after row; it
  ///   must not keep the array
  /// @return the matrix
  /// @throws IllegalArgumentException if the sizes do not fit an array, or a value is NaN or
  ///   infinite (named by row and column)
  public static Matrix filled(int rows, int cols, Consumer<float[]> filler) {
    float[] values = new float[length(rows, cols)];
    filler.accept(values);
    return checked(rows, cols, values);
  }

  /// Takes the array over without copying it; the caller gives it up.
  static Matrix checked(int rows, int cols, float[] values) {
    for (int at = 0; at < values.length; at++) {
      if (!Float.isFinite(values[at])) {
        throw new IllegalArgumentException(
            "matrix values must be finite, got "
                + values[at]
                + " at row "
                + at / cols
                + ", column "
                + at % cols);
      }
    }
    return new Matrix(rows, cols, values);
  }

  /// {@return the number of rows}
  public int rows() {
    return rows;
  }

  /// {@return the number of columns}
  public int cols() {
    return cols;
  }

  /// One value.
  ///
  /// @param row in [0, rows)
  /// @param col in [0, cols)
  /// @return the value there
  public float get(int row, int col) {
    Objects.checkIndex(row, rows);
    Objects.checkIndex(col, cols);
    return values[row * cols + col];
  }

  /// {@return a copy of all values, row after row}
  public float[] toArray() {
    return values.clone();
  }

  /// Copies one row.
  ///
  /// @param row in [0, rows)
  /// @param target receives `cols` values
  /// @param offset where in `target` the first value goes
  public void copyRow(int row, float[] target, int offset) {
    Objects.checkIndex(row, rows);
    System.arraycopy(values, row * cols, target, offset, cols);
  }

  /// A matrix of some rows, in the order asked for; a row may appear more than once.
  ///
  /// @param selected row numbers, each in [0, rows); not modified
  /// @return a matrix of `selected.length` rows
  public Matrix selectRows(int[] selected) {
    float[] picked = new float[length(selected.length, cols)];
    for (int at = 0; at < selected.length; at++) {
      copyRow(selected[at], picked, at * cols);
    }
    return new Matrix(selected.length, cols, picked);
  }

  /// The values themselves, for the kernels of this package; not to be modified.
  float[] values() {
    return values;
  }

  @Override
  public String toString() {
    return "Matrix " + rows + " x " + cols;
  }

  private static int length(int rows, int cols) {
    if (rows < 0 || cols < 0) {
      throw new IllegalArgumentException(
          "a matrix needs at least 0 rows and columns, got " + rows + " x " + cols);
    }
    long length = (long) rows * cols;
    if (length > MOST_VALUES) {
      throw new IllegalArgumentException(
          "a matrix holds at most "
              + MOST_VALUES
              + " values, "
              + rows
              + " x "
              + cols
              + " would be "
              + length
              + "; take fewer observations");
    }
    return (int) length;
  }
}
