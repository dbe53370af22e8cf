package io.inscape.evolution.quality;

import io.inscape.evolution.LayoutSequence;
import io.inscape.evolution.Sequence;
import io.inscape.matrix.Kernels;
import io.inscape.matrix.Matrix;
import io.inscape.matrix.Workers;
import io.inscape.quality.RankCorrelation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/// Whether observations move in the layouts as they move in the data [Vernier2020].
///
/// With `u_it = |x_i[t+1] - x_i[t]|` in the data and `v_it = |y_i[t+1] - y_i[t]|` in the layouts,
/// over all observations and transitions together: their correlations, and how far they are from
/// proportional. Nothing in the data moves comparably between steps of different widths: there the
/// four are null and only the movement is known.
///
/// @param pearson correlation of u and v, from -1 to 1; 1 if both are constant, 0 if one of them is
/// @param spearman the same of their ranks, equal values sharing the mean rank
/// @param normalizedStress `sum (u / max u - v / max v)^2 / sum (u / max u)^2`, 0 and up; if
///   nothing moves in the data, 0 if nothing does in the layouts and 1 otherwise
/// @param standardizedStress the same of u and v less their means over their deviations: `2 (1 -
///   pearson)`
/// @param movement of each transition: mean of v over the deviation of the layout's coordinates
///   from their means, root mean square over both its steps; 0 if both layouts are points at one
///   place
public record TemporalStability(
    @Nullable Double pearson,
    @Nullable Double spearman,
    @Nullable Double normalizedStress,
    @Nullable Double standardizedStress,
    List<Double> movement) {
  private static final int ROWS_PER_CHUNK = 256;

  /// Copies the list.
  public TemporalStability {
    movement = List.copyOf(movement);
  }

  /// Measures.
  ///
  /// @param data the observations in their own spaces
  /// @param layouts the same observations and steps
  /// @param workers do the arithmetic
  /// @return the measure, the same bits on any number of threads
  /// @throws IllegalArgumentException if steps or observations differ in number
  /// @throws CancellationException if the calling thread is interrupted
  public static TemporalStability of(Sequence data, LayoutSequence layouts, Workers workers) {
    requireFit(data, layouts);
    List<Matrix> drawn = new ArrayList<>();
    for (int step = 0; step < layouts.steps(); step++) {
      drawn.add(layouts.step(step).positions());
    }
    float[] inLayout = moved(drawn, workers);
    List<Double> movement = new ArrayList<>();
    for (int step = 0; step + 1 < drawn.size(); step++) {
      movement.add(movement(inLayout, step, drawn.get(step), drawn.get(step + 1)));
    }
    if (!data.sameWidth()) {
      return new TemporalStability(null, null, null, null, movement);
    }
    List<Matrix> own = new ArrayList<>();
    for (int step = 0; step < data.steps(); step++) {
      own.add(data.step(step));
    }
    float[] inData = moved(own, workers);
    double pearson = pearson(inData, inLayout);
    return new TemporalStability(
        pearson,
        spearman(inData, inLayout, workers),
        stress(inData, inLayout),
        2 * (1 - pearson),
        movement);
  }

  static void requireFit(Sequence data, LayoutSequence layouts) {
    if (layouts.steps() != data.steps() || layouts.observations() != data.observations()) {
      throw new IllegalArgumentException(
          "the layouts have "
              + layouts.steps()
              + " steps of "
              + layouts.observations()
              + " observations but the data have "
              + data.steps()
              + " of "
              + data.observations());
    }
  }

  /// How far every observation moves in every transition, `[transition * observations +
  /// observation]`.
  private static float[] moved(List<Matrix> steps, Workers workers) {
    int count = steps.getFirst().rows();
    int cols = steps.getFirst().cols();
    float[] moved = new float[(steps.size() - 1) * count];
    for (int step = 0; step + 1 < steps.size(); step++) {
      Matrix before = steps.get(step);
      Matrix after = steps.get(step + 1);
      int offset = step * count;
      workers.forEachChunk(
          count,
          ROWS_PER_CHUNK,
          (_, from, to) -> {
            float[] rows = new float[2 * cols];
            for (int row = from; row < to; row++) {
              before.copyRow(row, rows, 0);
              after.copyRow(row, rows, cols);
              moved[offset + row] =
                  (float) Math.sqrt(Kernels.squaredDistance(rows, 0, rows, cols, cols));
            }
          });
    }
    return moved;
  }

  private static double movement(float[] moved, int transition, Matrix before, Matrix after) {
    int count = before.rows();
    double sum = 0;
    for (int row = 0; row < count; row++) {
      sum += moved[transition * count + row];
    }
    double deviation = Math.sqrt((variance(before) + variance(after)) / 2);
    return deviation == 0 ? 0 : sum / count / deviation;
  }

  /// Mean square of the coordinates less the means of their columns.
  private static double variance(Matrix layout) {
    double squares = 0;
    for (int col = 0; col < layout.cols(); col++) {
      double mean = 0;
      for (int row = 0; row < layout.rows(); row++) {
        mean += layout.get(row, col);
      }
      mean /= layout.rows();
      for (int row = 0; row < layout.rows(); row++) {
        squares += (layout.get(row, col) - mean) * (layout.get(row, col) - mean);
      }
    }
    return squares / ((double) layout.rows() * layout.cols());
  }

  private static double pearson(float[] u, float[] v) {
    double meanU = mean(u);
    double meanV = mean(v);
    double uu = 0;
    double uv = 0;
    double vv = 0;
    for (int at = 0; at < u.length; at++) {
      uu += (u[at] - meanU) * (u[at] - meanU);
      uv += (u[at] - meanU) * (v[at] - meanV);
      vv += (v[at] - meanV) * (v[at] - meanV);
    }
    boolean constantU = constant(u);
    boolean constantV = constant(v);
    if (constantU || constantV) {
      return constantU == constantV ? 1 : 0;
    }
    return Math.clamp(uv / (Math.sqrt(uu) * Math.sqrt(vv)), -1, 1);
  }

  private static boolean constant(float[] values) {
    for (float value : values) {
      if (value != values[0]) {
        return false;
      }
    }
    return true;
  }

  private static double mean(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  private static double spearman(float[] u, float[] v, Workers workers) {
    long[] pairs = new long[u.length];
    Arrays.setAll(pairs, at -> RankCorrelation.pair(u[at], v[at]));
    return RankCorrelation.of(pairs, workers);
  }

  private static double stress(float[] u, float[] v) {
    double mostU = largest(u);
    double mostV = largest(v);
    if (mostU == 0) {
      return mostV == 0 ? 0 : 1;
    }
    double error = 0;
    double total = 0;
    for (int at = 0; at < u.length; at++) {
      double wanted = u[at] / mostU;
      double found = mostV == 0 ? 0 : v[at] / mostV;
      error += (wanted - found) * (wanted - found);
      total += wanted * wanted;
    }
    return error / total;
  }

  private static double largest(float[] values) {
    double largest = 0;
    for (float value : values) {
      largest = Math.max(largest, value);
    }
    return largest;
  }

  /// {@return the components by their names, for JSON}
  public Map<String, @Nullable Object> toMap() {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("pearson", pearson);
    map.put("spearman", spearman);
    map.put("normalizedStress", normalizedStress);
    map.put("standardizedStress", standardizedStress);
    map.put("movement", movement);
    return map;
  }
}
