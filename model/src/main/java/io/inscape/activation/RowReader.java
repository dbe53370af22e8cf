package io.inscape.activation;

/// Rows of numbers that lie somewhere, as 32-bit floats, read piece by piece; safe for any number
/// of threads until it is closed.
public interface RowReader extends AutoCloseable {
  /// {@return how many rows there are}
  int rows();

  /// {@return how many columns there are}
  int cols();

  /// Copies a part of one row.
  ///
  /// @param row which one, in `[0, rows)`
  /// @param from the first column
  /// @param to one past the last column, at most [#cols()]
  /// @param target where the numbers go, 64-bit ones rounded to 32 bits
  /// @param offset the index of the first number in the target
  void copy(int row, int from, int to, float[] target, int offset);

  /// Gives back what it holds; reading afterwards fails.
  @Override
  void close();
}
