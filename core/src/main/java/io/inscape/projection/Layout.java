package io.inscape.projection;

import io.inscape.matrix.Matrix;

/// Positions of observations in two or three dimensions.
public final class Layout {
  private final Matrix positions;

  private Layout(Matrix positions) {
    this.positions = positions;
  }

  /// A layout of given positions.
  ///
  /// @param positions rows = observations, columns = dimensions, 2 or 3 of them
  /// @return the layout
  /// @throws IllegalArgumentException if there are fewer than 2 or more than 3 columns
  public static Layout of(Matrix positions) {
    if (positions.cols() < 2 || positions.cols() > 3) {
      throw new IllegalArgumentException(
          "a layout has 2 or 3 dimensions, got " + positions.cols() + " columns");
    }
    return new Layout(positions);
  }

  /// {@return the number of observations}
  public int observations() {
    return positions.rows();
  }

  /// {@return the number of dimensions, 2 or 3}
  public int dimensions() {
    return positions.cols();
  }

  /// {@return the positions, rows = observations, columns = dimensions}
  public Matrix positions() {
    return positions;
  }

  /// {@return a copy of the positions, `[observation * dimensions + dim]`}
  public float[] toArray() {
    return positions.toArray();
  }
}
