package io.inscape.weight;

/// What a Hinton diagram shows of a matrix of weights: a square in each cell whose area is the size
/// of the weight. Immutable.
///
/// Where there are more rows or columns than there is room for, a cell is the mean of a block of
/// weights. The full cell stands for the least power of two that is not below the greatest shown
/// size, so that diagrams of neighbouring epochs mostly agree in scale. A block with a weight that
/// is not finite is NaN.
public final class HintonDiagram {
  private final int rows;
  private final int cols;
  private final int block;
  private final float[] values; // [row * cols + col]
  private final double scale;

  private HintonDiagram(int rows, int cols, int block, float[] values, double scale) {
    this.rows = rows;
    this.cols = cols;
    this.block = block;
    this.values = values;
    this.scale = scale;
  }

  /// The diagram of a matrix of weights.
  ///
  /// @param weights `[sender * receivers + receiver]`; not modified
  /// @param senders how many rows, at least 1
  /// @param receivers how many columns, at least 1
  /// @param most cells in a row and in a column, at least 1
  /// @return the diagram, in blocks of the least size that has no more cells
  /// @throws IllegalArgumentException if there are not so many weights
  public static HintonDiagram of(float[] weights, int senders, int receivers, int most) {
    if (senders < 1 || receivers < 1 || weights.length != (long) senders * receivers) {
      throw new IllegalArgumentException(
          "a Hinton diagram of "
              + senders
              + " x "
              + receivers
              + " cannot have "
              + weights.length
              + " weights");
    }
    if (most < 1) {
      throw new IllegalArgumentException("a Hinton diagram needs at least 1 cell, got " + most);
    }
    int block = Math.ceilDiv(Math.max(senders, receivers), most);
    int rows = Math.ceilDiv(senders, block);
    int cols = Math.ceilDiv(receivers, block);
    float[] values = new float[rows * cols];
    for (int row = 0; row < rows; row++) {
      for (int col = 0; col < cols; col++) {
        values[row * cols + col] =
            mean(
                weights,
                receivers,
                row * block,
                Math.min(senders, (row + 1) * block),
                col * block,
                Math.min(receivers, (col + 1) * block));
      }
    }
    return new HintonDiagram(rows, cols, block, values, powerOfTwo(greatest(values)));
  }

  @SuppressWarnings("TooManyParameters") // a rectangle has four sides
  private static float mean(
      float[] weights, int receivers, int top, int bottom, int left, int right) {
    double sum = 0;
    for (int row = top; row < bottom; row++) {
      for (int col = left; col < right; col++) {
        sum += weights[row * receivers + col];
      }
    }
    float mean = (float) (sum / ((double) (bottom - top) * (right - left)));
    return Float.isFinite(mean) ? mean : Float.NaN;
  }

  private static double greatest(float[] values) {
    double greatest = 0;
    for (float value : values) {
      if (Math.abs(value) > greatest) {
        greatest = Math.abs(value);
      }
    }
    return greatest;
  }

  /// The size that fills a cell where a number is the greatest shown.
  ///
  /// @param value at least 0
  /// @return the least power of two that is not below it; 1 for 0
  public static double powerOfTwo(double value) {
    if (value == 0) {
      return 1;
    }
    double power = Math.scalb(1.0, Math.getExponent(value));
    return power < value ? 2 * power : power;
  }

  /// The same weights in another scale, such as that of another epoch.
  ///
  /// @param full the size that fills a cell, at least the greatest that is shown
  /// @return the diagram
  /// @throws IllegalArgumentException if a square would not fit its cell
  public HintonDiagram withScale(double full) {
    if (!(full >= greatest(values)) || !(full > 0) || Double.isInfinite(full)) {
      throw new IllegalArgumentException(
          "the scale must be at least the greatest size shown, "
              + greatest(values)
              + ", got "
              + full);
    }
    return new HintonDiagram(rows, cols, block, values, full);
  }

  /// {@return how many rows of cells there are; senders go down}
  public int rows() {
    return rows;
  }

  /// {@return how many columns of cells there are; receivers go right}
  public int cols() {
    return cols;
  }

  /// {@return how many weights a cell covers on each side, less at the right and lower border}
  public int block() {
    return block;
  }

  /// {@return the size that fills a cell}
  public double scale() {
    return scale;
  }

  /// The weight of a cell.
  ///
  /// @param row from 0
  /// @param col from 0
  /// @return the weight, or the mean of its block; NaN where a weight is not finite
  public float value(int row, int col) {
    return values[row * cols + col];
  }

  /// The side of a cell's square.
  ///
  /// @param row from 0
  /// @param col from 0
  /// @return in sides of the cell, 0 to 1; NaN where a weight is not finite
  public double side(int row, int col) {
    return Math.sqrt(Math.abs((double) value(row, col)) / scale);
  }
}
