package io.inscape.projection.mds;

import io.inscape.matrix.Matrix;
import io.inscape.matrix.Workers;
import java.util.List;

/// How unlike every two observations are: a full symmetric table of floats.
///
/// Kept in panels of 16 columns, scaled by a power of two so that the largest is at most 1. Takes 4
/// n^2 bytes: 16 MB for 2,000 observations, 1.6 GB for 20,000.
public final class Dissimilarities {
  /// Columns of a panel.
  public static final int LANES = 16;

  /// The most observations whose table is made.
  public static final int MOST = 20_000;

  private static final int ROWS_PER_CHUNK = 48;

  private final int count;
  private final float[][] panels; // [column / LANES][row * LANES + column % LANES], scaled
  private final double unit;
  private final double squares;
  private final float largest;

  private Dissimilarities(int count, float[][] panels, double unit, Workers workers) {
    this.count = count;
    this.panels = panels;
    this.unit = unit;
    double sum =
        workers.sumChunks(
            panels.length,
            1,
            (panel, _) -> {
              double total = 0;
              for (float value : panels[panel]) {
                total += (double) value * value;
              }
              return total;
            });
    squares = 0.5 * sum;
    float[] most = new float[panels.length];
    workers.forEachChunk(panels.length, 1, (panel, _, _) -> most[panel] = largest(panels[panel]));
    largest = largest(most);
  }

  private static float largest(float[] values) {
    float largest = 0;
    for (float value : values) {
      largest = Math.max(largest, value);
    }
    return largest;
  }

  /// Dissimilarities given as a square table.
  ///
  /// @param table `n x n`, symmetric, no value negative, the diagonal 0
  /// @param workers do the arithmetic
  /// @return the dissimilarities
  /// @throws IllegalArgumentException if the table is not square or too large, or a value does not
  ///   fit (named by row and column)
  public static Dissimilarities ofSquare(Matrix table, Workers workers) {
    int count = table.rows();
    if (table.cols() != count) {
      throw new IllegalArgumentException(
          "a table of dissimilarities must be square, got " + count + " x " + table.cols());
    }
    for (int row = 0; row < count; row++) {
      for (int col = 0; col <= row; col++) {
        float value = table.get(row, col);
        if (value < 0 || value != table.get(col, row) || (row == col && value != 0)) {
          throw new IllegalArgumentException(
              "dissimilarities must be symmetric, at least 0, and 0 on the diagonal, got "
                  + value
                  + " at row "
                  + row
                  + ", column "
                  + col
                  + " and "
                  + table.get(col, row)
                  + " the other way round");
        }
      }
    }
    return of(count, table::get, workers);
  }

  /// Dissimilarities given one by one for the pairs (0, 1), (0, 2), ..., (1, 2), ...
  ///
  /// @param count number of observations
  /// @param values `count (count - 1) / 2` of them, finite and at least 0; not modified
  /// @param workers do the arithmetic
  /// @return the dissimilarities
  /// @throws IllegalArgumentException if the number of values does not fit, or one is not finite or
  ///   negative
  public static Dissimilarities ofCondensed(int count, float[] values, Workers workers) {
    if (count < 0 || values.length != (long) count * (count - 1) / 2) {
      throw new IllegalArgumentException(
          count
              + " observations have "
              + (long) count * (count - 1) / 2
              + " pairs, got "
              + values.length
              + " dissimilarities");
    }
    for (int at = 0; at < values.length; at++) {
      if (!(values[at] >= 0 && values[at] < Float.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            "dissimilarities must be finite and at least 0, got " + values[at] + " for pair " + at);
      }
    }
    return of(
        count,
        (row, col) -> {
          int low = Math.min(row, col);
          int high = Math.max(row, col);
          return low == high
              ? 0
              : values[(int) ((long) low * (2L * count - low - 1) / 2) + high - low - 1];
        },
        workers);
  }

  /// Euclidean distances between the rows of a matrix.
  ///
  /// @param data rows = observations
  /// @param workers do the arithmetic
  /// @return the distances
  /// @throws IllegalArgumentException if there are more than 20,000 rows
  public static Dissimilarities euclidean(Matrix data, Workers workers) {
    requireCount(data.rows());
    float[][] panels = panels(data.rows());
    EuclideanRows rows = new EuclideanRows(data, workers);
    workers.forEachChunk(
        data.rows(),
        ROWS_PER_CHUNK,
        (_, from, to) -> {
          float[] block = new float[(to - from) * rows.stride()];
          rows.distances(from, to, block);
          for (int row = from; row < to; row++) {
            int at = (row - from) * rows.stride();
            for (int panel = 0; panel < panels.length; panel++) {
              System.arraycopy(block, at + panel * LANES, panels[panel], row * LANES, LANES);
            }
          }
        });
    return new Dissimilarities(data.rows(), panels, rows.unit(), workers);
  }

  /// Some rows of a table that is made block by block.
  @FunctionalInterface
  public interface RowBlock {
    /// Fills in dissimilarities to all observations.
    ///
    /// @param from first row
    /// @param to one past the last row
    /// @param target receives `[(row - from) * count + col]`, each in [0, 1]
    void fill(int from, int to, float[] target);
  }

  /// Dissimilarities of at most 1, made block by block, for a table too large to exist twice.
  ///
  /// @param count number of observations
  /// @param rows fills in some rows, on any thread; the table must be symmetric with a diagonal of
  ///   0, which is not checked
  /// @param workers do the arithmetic
  /// @return the dissimilarities
  /// @throws IllegalArgumentException if there are more than 20,000 observations
  public static Dissimilarities ofRows(int count, RowBlock rows, Workers workers) {
    requireCount(count);
    float[][] panels = panels(count);
    workers.forEachChunk(
        count,
        ROWS_PER_CHUNK,
        (_, from, to) -> {
          float[] block = new float[(to - from) * count];
          rows.fill(from, to, block);
          for (int row = from; row < to; row++) {
            int at = (row - from) * count;
            for (int col = 0; col < count; col += LANES) {
              int width = Math.min(LANES, count - col);
              System.arraycopy(block, at + col, panels[col / LANES], row * LANES, width);
            }
          }
        });
    return new Dissimilarities(count, panels, 1, workers);
  }

  /// The mean of several tables, each over its largest value; tables of zeros are left out.
  ///
  /// @param tables at least one, all of the same observations
  /// @param workers do the arithmetic
  /// @return the mean; zeros if all tables are
  public static Dissimilarities mean(List<Dissimilarities> tables, Workers workers) {
    Dissimilarities first = tables.getFirst();
    List<Dissimilarities> counting = tables.stream().filter(table -> table.largest > 0).toList();
    float[][] panels = panels(first.count);
    workers.forEachChunk(
        panels.length,
        1,
        (panel, _, _) -> {
          float[] sum = panels[panel];
          for (Dissimilarities table : counting) {
            float[] values = table.panels[panel];
            float share = 1 / (table.largest * counting.size());
            for (int at = 0; at < sum.length; at++) {
              sum[at] = Math.fma(share, values[at], sum[at]);
            }
          }
        });
    return new Dissimilarities(first.count, panels, 1, workers);
  }

  @FunctionalInterface
  private interface Table {
    float get(int row, int col);
  }

  private static Dissimilarities of(int count, Table table, Workers workers) {
    requireCount(count);
    float largest = 0;
    for (int row = 0; row < count; row++) {
      for (int col = 0; col < row; col++) {
        largest = Math.max(largest, table.get(row, col));
      }
    }
    float[][] panels = panels(count);
    double scale = largest == 0 ? 1 : Math.scalb(1.0, -Math.getExponent(largest) - 1);
    for (int row = 0; row < count; row++) {
      for (int col = 0; col < count; col++) {
        panels[col / LANES][row * LANES + col % LANES] = (float) (table.get(row, col) * scale);
      }
    }
    return new Dissimilarities(count, panels, 1 / scale, workers);
  }

  private static float[][] panels(int count) {
    return new float[Math.ceilDiv(count, LANES)][count * LANES];
  }

  private static void requireCount(int count) {
    if (count > MOST) {
      throw new IllegalArgumentException(
          "all pairs fit in memory for at most "
              + MOST
              + " observations, got "
              + count
              + "; take a sample or the stochastic method");
    }
  }

  /// {@return the number of observations}
  public int count() {
    return count;
  }

  /// One dissimilarity.
  ///
  /// @param row in [0, count)
  /// @param col in [0, count)
  /// @return how unlike the two are
  public double get(int row, int col) {
    return panels[col / LANES][row * LANES + col % LANES] * unit;
  }

  /// {@return what a kept value of 1 is in the unit of the data}
  double unit() {
    return unit;
  }

  /// {@return the root of the mean squared dissimilarity of a pair; 0 if there is no pair}
  public double rootMeanSquare() {
    return count < 2 ? 0 : unit * Math.sqrt(2 * squares / ((double) count * (count - 1)));
  }

  /// {@return the sum of the squares of all pairs' kept values, each pair once}
  double squares() {
    return squares;
  }

  /// Some columns of all rows as they are kept, for inner loops.
  ///
  /// @param panel in [0, panelCount)
  /// @return dissimilarities over [#scale] of the columns from `panel * LANES` on, `[row * LANES +
  ///   column in panel]`, 0 for columns beyond the last; not to be modified
  public float[] panel(int panel) {
    return panels[panel];
  }

  /// {@return the number of panels: the observations over `LANES`, rounded up}
  public int panelCount() {
    return panels.length;
  }

  /// {@return the largest dissimilarity as it is kept, over [#scale]; at most 1}
  public float largestKept() {
    return largest;
  }

  /// Fills in the squares of some rows, row-major, in the unit of [#scale].
  ///
  /// @param from first row
  /// @param to one past the last row
  /// @param target receives `[(row - from) * count + col]`
  public void squares(int from, int to, float[] target) {
    for (int row = from; row < to; row++) {
      for (int col = 0; col < count; col++) {
        float value = panels[col / LANES][row * LANES + col % LANES];
        target[(row - from) * count + col] = value * value;
      }
    }
  }

  /// {@return what a dissimilarity is whose square [#squares(int, int, float[])] gives as 1}
  public double scale() {
    return unit;
  }
}
