package io.inscape.quality;

import io.inscape.matrix.Matrix;
import java.util.Arrays;

/// A space of few columns: distances from differences, column by column.
final class NarrowSpace implements Space {
  private final float[][] columns; // [col][row], scaled
  private final int references;
  private final double scale;

  NarrowSpace(Matrix points, int[] order, int references) {
    this.references = references;
    columns = new float[points.cols()][order.length];
    float largest = 0;
    for (int row = 0; row < order.length; row++) {
      for (int col = 0; col < columns.length; col++) {
        columns[col][row] = points.get(order[row], col);
        largest = Math.max(largest, Math.abs(columns[col][row]));
      }
    }
    scale = Space.scale(largest);
    for (float[] column : columns) {
      for (int row = 0; row < column.length; row++) {
        column[row] = (float) (column[row] * scale);
      }
    }
  }

  @Override
  public void fill(int from, int to, float[] target) {
    int stride = Space.stride(references);
    for (int row = from; row < to; row++) {
      int at = (row - from) * stride;
      Arrays.fill(target, at, at + stride, 0);
      for (float[] column : columns) {
        float here = column[row];
        for (int other = 0; other < references; other++) {
          float difference = column[other] - here;
          target[at + other] += difference * difference;
        }
      }
    }
  }

  @Override
  public float margin(int row, float value) {
    return value * 1e-6f + Float.MIN_NORMAL; // a dozen roundings of one unit in the last place
  }

  @Override
  public Exact exact(int row) {
    return reference -> {
      double sum = 0;
      for (float[] column : columns) {
        double difference = (double) column[row] - column[reference];
        sum += difference * difference;
      }
      return sum / (scale * scale);
    };
  }

  @Override
  public double unit() {
    return 1 / scale;
  }
}
