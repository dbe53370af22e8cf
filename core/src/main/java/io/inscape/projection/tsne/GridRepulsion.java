package io.inscape.projection.tsne;

import io.inscape.matrix.Workers;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The repulsion in the plane as a potential: every point spreads a unit charge over the 16 nearest
/// nodes of a grid with the cubic B-spline, one convolution turns charges into the potential `P(y)
/// = sum_j w(|y - y_j|)`, and points read it and its slope with the same spline: `Z = sum_i P(y_i)
/// - n`, `push_i = -1/2 grad P(y_i)`.
///
/// The nodes are 0.3 units apart, close enough for a kernel that is one unit wide (closer for
/// heavier tails, whose peak is sharper); for a map of a few units they are closer, so that there
/// are always some. The grid covers the map and no more. Charges are spread strip by strip in the
/// order of the points, so that the sums do not depend on the number of threads.
final class GridRepulsion implements Repulsion {
  /// Most nodes along an axis.
  static final int MOST_NODES = 4096;

  private static final double SPACING = 0.3;
  private static final int LEAST_CELLS = 16;
  private static final int MARGIN = 4; // nodes that the spline reaches beyond the points
  private static final double SMALL = 2; // extent below which weights are close to 1
  private static final int STRIP = 16; // rows of nodes
  private static final int POINTS_PER_CHUNK = 4096;
  private static final double LEAST_SPACING = 1e-30;

  private final int count;
  private final double freedom;
  private final Workers workers;
  private final int[] order; // points by strip
  private final byte[] strip; // of each point
  private final double[] partial;
  private double spacing;
  private boolean small;
  private double originX;
  private double originY;
  private @Nullable Convolution convolution;
  private float[] grid = new float[0];

  GridRepulsion(int count, double freedom, Workers workers) {
    this.count = count;
    this.freedom = freedom;
    this.workers = workers;
    order = new int[count];
    strip = new byte[count];
    partial = new double[Math.ceilDiv(count, POINTS_PER_CHUNK)];
  }

  /// The nodes that an axis of a map takes.
  static int nodes(double size, double spacing) {
    return Transform.goodLength(2 * ((int) Math.ceil(size / spacing) + MARGIN)) / 2;
  }

  /// Whether a grid can cover a map.
  static boolean fits(Extent extent, double freedom) {
    return extent.largest() / spacing(extent.largest(), freedom) <= MOST_NODES - 2 * MARGIN;
  }

  static double spacing(double largest, double freedom) {
    double spacing = SPACING * Math.sqrt(Math.min(1, freedom));
    while (largest < LEAST_CELLS * spacing && spacing > LEAST_SPACING) {
      spacing /= 2;
    }
    return spacing;
  }

  @Override
  public double compute(float[][] position, Extent extent, float[][] push) {
    spread(position, extent);
    double offset = small ? count : 0;
    workers.forEachChunk(
        count,
        POINTS_PER_CHUNK,
        (chunk, from, to) -> partial[chunk] = read(position, from, to, push, offset));
    double sum = 0;
    for (double part : partial) {
      sum += part;
    }
    return sum;
  }

  /// Puts up the potential of the points.
  void spread(float[][] position, Extent extent) {
    Convolution current = fit(extent);
    Arrays.fill(grid, 0);
    int strips = Math.ceilDiv(current.width(), STRIP);
    int[] begin = sort(position[0], strips);
    for (int parity = 0; parity < 2; parity++) { // neighbouring strips overlap
      int first = parity;
      workers.forEachChunk(
          (strips + 1 - parity) / 2,
          1,
          (half, _, _) -> charge(position, begin[2 * half + first], begin[2 * half + first + 1]));
    }
    current.apply(grid);
  }

  /// Chooses a grid that covers the map, and keeps the present one while it fits.
  private Convolution fit(Extent extent) {
    double largest = extent.largest();
    double wanted = spacing(largest, freedom);
    boolean close = largest < SMALL;
    int width = nodes(extent.size(0), wanted);
    int height = nodes(extent.size(1), wanted);
    Convolution current = convolution;
    if (current == null
        || wanted != spacing
        || close != small
        || !keeps(current.width(), width)
        || !keeps(current.height(), height)) {
      spacing = wanted;
      small = close;
      current = new Convolution(width, height, spacing, new Similarity(freedom, small), workers);
      convolution = current;
      grid = current.grid();
    }
    originX = 0.5 * ((double) extent.low()[0] + extent.high()[0] - (current.width() - 1) * spacing);
    originY =
        0.5 * ((double) extent.low()[1] + extent.high()[1] - (current.height() - 1) * spacing);
    return current;
  }

  private static boolean keeps(int present, int needed) {
    return present >= needed && present <= needed * 1.2;
  }

  /// Orders the points by strip, within a strip by number. Returns where strips begin.
  private int[] sort(float[] x, int strips) {
    int chunks = partial.length;
    int[][] next = new int[chunks][strips];
    workers.forEachChunk(
        count,
        POINTS_PER_CHUNK,
        (chunk, from, to) -> {
          for (int i = from; i < to; i++) {
            int s = (int) ((x[i] - originX) / spacing) / STRIP;
            strip[i] = (byte) s;
            next[chunk][s]++;
          }
        });
    int[] begin = new int[strips + 1];
    int at = 0;
    for (int s = 0; s < strips; s++) {
      begin[s] = at;
      for (int[] chunk : next) {
        int size = chunk[s];
        chunk[s] = at;
        at += size;
      }
    }
    begin[strips] = at;
    workers.forEachChunk(
        count,
        POINTS_PER_CHUNK,
        (chunk, from, to) -> {
          int[] mine = next[chunk];
          for (int i = from; i < to; i++) {
            order[mine[strip[i] & 0xff]++] = i;
          }
        });
    return begin;
  }

  private void charge(float[][] position, int from, int to) {
    float[] x = position[0];
    float[] y = position[1];
    int stride = stride();
    double inverse = 1 / spacing;
    for (int at = from; at < to; at++) {
      int i = order[at];
      double u = (x[i] - originX) * inverse;
      double v = (y[i] - originY) * inverse;
      int column = (int) u;
      int row = (int) v;
      float s = (float) (u - column);
      float t = (float) (v - row);
      float w0 = Spline.last(t);
      float w1 = Spline.second(t);
      float w2 = Spline.second(1 - t);
      float w3 = Spline.first(t);
      int node = (column - 1) * stride + row - 1;
      add(node, Spline.last(s), w0, w1, w2, w3);
      add(node + stride, Spline.second(s), w0, w1, w2, w3);
      add(node + 2 * stride, Spline.second(1 - s), w0, w1, w2, w3);
      add(node + 3 * stride, Spline.first(s), w0, w1, w2, w3);
    }
  }

  private void add(int node, float factor, float w0, float w1, float w2, float w3) {
    float[] values = grid;
    values[node] += factor * w0;
    values[node + 1] += factor * w1;
    values[node + 2] += factor * w2;
    values[node + 3] += factor * w3;
  }

  private int stride() {
    Convolution current = convolution;
    return current == null ? 0 : current.stride();
  }

  /// Reads the forces on some points; returns the sum of their potentials, less what each does to
  /// itself.
  private double read(float[][] position, int from, int to, float[][] push, double offset) {
    float[] x = position[0];
    float[] y = position[1];
    float[] values = grid;
    int stride = stride();
    double inverse = 1 / spacing;
    double sum = 0;
    float halfSlope = (float) (-0.5 * inverse);
    for (int i = from; i < to; i++) {
      double u = (x[i] - originX) * inverse;
      double v = (y[i] - originY) * inverse;
      int column = (int) u;
      int row = (int) v;
      float s = (float) (u - column);
      float t = (float) (v - row);
      float w0 = Spline.last(t);
      float w1 = Spline.second(t);
      float w2 = Spline.second(1 - t);
      float w3 = Spline.first(t);
      float d0 = Spline.lastSlope(t);
      float d1 = Spline.secondSlope(t);
      float d2 = -Spline.secondSlope(1 - t);
      float d3 = Spline.firstSlope(t);
      float potential = 0;
      float slopeX = 0;
      float slopeY = 0;
      for (int a = 0; a < 4; a++) {
        int node = (column - 1 + a) * stride + row - 1;
        float g0 = values[node];
        float g1 = values[node + 1];
        float g2 = values[node + 2];
        float g3 = values[node + 3];
        float level = g0 * w0 + g1 * w1 + (g2 * w2 + g3 * w3);
        float rise = g0 * d0 + g1 * d1 + (g2 * d2 + g3 * d3);
        float weight = Spline.value(a, s);
        potential += weight * level;
        slopeX += Spline.slope(a, s) * level;
        slopeY += weight * rise;
      }
      push[0][i] = slopeX * halfSlope;
      push[1][i] = slopeY * halfSlope;
      sum += potential + offset - 1; // less its own
    }
    return sum;
  }

  /// What the points do to others: the potential they put up, read at any place of the map (beyond
  /// it, at its nearest place).
  Placement.Field field(float[][] position, Extent extent) {
    spread(position, extent);
    double offset = small ? count : 0;
    return (at, push) -> {
      double u = node(at[0], extent, 0, originX);
      double v = node(at[1], extent, 1, originY);
      float s = (float) (u - (int) u);
      float t = (float) (v - (int) v);
      int corner = ((int) u - 1) * stride() + (int) v - 1;
      double potential = 0;
      double slopeX = 0;
      double slopeY = 0;
      for (int a = 0; a < 4; a++) {
        for (int b = 0; b < 4; b++) {
          double charge = grid[corner + a * stride() + b];
          potential += charge * Spline.value(a, s) * Spline.value(b, t);
          slopeX += charge * Spline.slope(a, s) * Spline.value(b, t);
          slopeY += charge * Spline.value(a, s) * Spline.slope(b, t);
        }
      }
      push[0] = -0.5 * slopeX / spacing;
      push[1] = -0.5 * slopeY / spacing;
      return potential + offset;
    };
  }

  private double node(double at, Extent extent, int dim, double origin) {
    double within = Math.clamp(at, extent.low()[dim], extent.high()[dim]);
    return (within - origin) / spacing;
  }
}
