package io.inscape.projection.tsne;

import io.inscape.matrix.Workers;
import java.util.Arrays;
import java.util.concurrent.ConcurrentLinkedQueue;

/// Convolves a rectangular grid with t-SNE's similarity kernel, by Fourier transforms of the grid
/// padded to twice its size.
///
/// The kernel is sampled at the grid's spacing and divided, in the Fourier domain, by the square of
/// the cubic spline's response, so that spline coefficients go in (what points spread with the
/// cubic B-spline) and spline coefficients come out (what points read with the same spline).
final class Convolution {
  private static final int LANES = TsneKernels.LANES;
  private static final int PAIR = 2 * LANES; // one block is the real part, its neighbour the other

  private final int width;
  private final int height;
  private final int stride;
  private final Transform across; // along x
  private final Transform along; // along y
  private final Workers workers;
  private final ConcurrentLinkedQueue<float[][]> desks = new ConcurrentLinkedQueue<>();
  private final int columns; // blocks of 16 frequencies along x
  private final float[] re; // [(block * stride + y) * LANES + lane]
  private final float[] im;
  private final float[] kernel; // [(block * my + frequency along y) * LANES + lane]

  /// Prepares the kernel.
  ///
  /// @param width nodes along x
  /// @param height nodes along y
  /// @param spacing between nodes
  /// @param weight the kernel
  /// @param workers do the arithmetic
  Convolution(int width, int height, double spacing, Similarity weight, Workers workers) {
    this.width = width;
    this.height = height;
    this.workers = workers;
    stride = Math.ceilDiv(height, PAIR) * PAIR;
    across = Transform.of(2 * width);
    along = Transform.of(2 * height);
    columns = Math.ceilDiv(width + 1, LANES);
    re = new float[columns * stride * LANES];
    im = new float[columns * stride * LANES];
    kernel = new float[columns * along.length() * LANES];
    prepare(spacing, weight);
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  /// {@return the distance between two rows of a grid}
  int stride() {
    return stride;
  }

  /// {@return an empty grid, `[x * stride + y]`}
  float[] grid() {
    return new float[width * stride];
  }

  /// Convolves in place.
  void apply(float[] grid) {
    workers.forEachChunk(stride / PAIR, 1, (block, _, _) -> forward(grid, block * PAIR));
    workers.forEachChunk(columns, 1, (block, _, _) -> multiply(block));
    workers.forEachChunk(stride / PAIR, 1, (block, _, _) -> backward(grid, block * PAIR));
  }

  /// Transforms 32 columns of the grid along x: 16 as the real part, 16 as the imaginary one.
  private void forward(float[] grid, int y) {
    int length = across.length();
    float[][] desk = desk();
    float[][] values = {desk[0], desk[1]};
    Arrays.fill(desk[0], width * LANES, length * LANES, 0);
    Arrays.fill(desk[1], width * LANES, length * LANES, 0);
    for (int x = 0; x < width; x++) {
      System.arraycopy(grid, x * stride + y, values[0], x * LANES, LANES);
      System.arraycopy(grid, x * stride + y + LANES, values[1], x * LANES, LANES);
    }
    float[][] out = across.run(values, new float[][] {desk[2], desk[3]});
    for (int k = 0; k <= width; k++) {
      int at = k * LANES;
      int mirror = k == 0 ? 0 : (length - k) * LANES;
      int target = ((k / LANES) * stride + y) * LANES + k % LANES;
      for (int lane = 0; lane < LANES; lane++) {
        float r = out[0][at + lane];
        float i = out[1][at + lane];
        float mr = out[0][mirror + lane];
        float mi = out[1][mirror + lane];
        int first = target + lane * LANES;
        int second = first + LANES * LANES;
        re[first] = r + mr; // twice the transform of the first sixteen
        im[first] = i - mi;
        re[second] = i + mi;
        im[second] = mr - r;
      }
    }
    desks.add(desk);
  }

  /// Goes along y for 16 frequencies of x, multiplies with the kernel, and comes back.
  private void multiply(int block) {
    int length = along.length();
    float[][] desk = desk();
    float[][] values = {desk[0], desk[1]};
    Arrays.fill(desk[0], height * LANES, length * LANES, 0);
    Arrays.fill(desk[1], height * LANES, length * LANES, 0);
    int begin = block * stride * LANES;
    System.arraycopy(re, begin, values[0], 0, height * LANES);
    System.arraycopy(im, begin, values[1], 0, height * LANES);
    float[][] spare = {desk[2], desk[3]};
    float[][] out = along.run(values, spare);
    int factor = block * length * LANES;
    for (int at = 0; at < length * LANES; at++) {
      out[0][at] *= kernel[factor + at];
      out[1][at] *= kernel[factor + at];
    }
    float[][] other = along.endsInSpare() ? values : spare;
    float[][] back = along.run(new float[][] {out[1], out[0]}, new float[][] {other[1], other[0]});
    System.arraycopy(back[1], 0, re, begin, height * LANES);
    System.arraycopy(back[0], 0, im, begin, height * LANES);
    desks.add(desk);
  }

  private void backward(float[] grid, int y) {
    int length = across.length();
    float[][] desk = desk();
    float[][] values = {desk[0], desk[1]}; // real and imaginary part exchanged
    for (int k = 0; k <= width; k++) {
      int at = k * LANES;
      int mirror = k == 0 ? 0 : (length - k) * LANES;
      int source = ((k / LANES) * stride + y) * LANES + k % LANES;
      for (int lane = 0; lane < LANES; lane++) {
        int first = source + lane * LANES;
        int second = first + LANES * LANES;
        values[1][mirror + lane] = re[first] + im[second];
        values[0][mirror + lane] = re[second] - im[first];
        values[1][at + lane] = re[first] - im[second];
        values[0][at + lane] = im[first] + re[second];
      }
    }
    float[][] out = across.run(values, new float[][] {desk[2], desk[3]});
    for (int x = 0; x < width; x++) {
      System.arraycopy(out[1], x * LANES, grid, x * stride + y, LANES);
      System.arraycopy(out[0], x * LANES, grid, x * stride + y + LANES, LANES);
    }
    desks.add(desk);
  }

  /// Four arrays to work on, kept from block to block.
  private float[][] desk() {
    float[][] free = desks.poll();
    return free != null ? free : new float[4][Math.max(across.length(), along.length()) * LANES];
  }

  private void prepare(double spacing, Similarity weight) {
    int length = along.length();
    int rows = Math.ceilDiv(height + 1, PAIR) * PAIR;
    float[] half = new float[columns * rows * LANES]; // [(block * rows + y) * LANES + lane]
    workers.forEachChunk(
        rows / PAIR, 1, (block, _, _) -> sample(spacing, weight, block * PAIR, rows, half));
    workers.forEachChunk(
        columns,
        1,
        (block, _, _) -> {
          float[][] values = new float[2][length * LANES];
          for (int y = 0; y < length; y++) {
            int mirror = y <= height ? y : length - y;
            System.arraycopy(half, (block * rows + mirror) * LANES, values[0], y * LANES, LANES);
          }
          float[][] out = along.run(values, new float[2][length * LANES]);
          for (int y = 0; y < length; y++) {
            for (int lane = 0; lane < LANES; lane++) {
              int k = block * LANES + lane;
              double response = response(k, across.length()) * response(y, length);
              kernel[(block * length + y) * LANES + lane] =
                  k > width ? 0 : (float) (out[0][y * LANES + lane] * response);
            }
          }
        });
  }

  /// Transforms 32 columns of the kernel along x; it is even, so the transforms are real.
  private void sample(double spacing, Similarity weight, int y, int rows, float[] half) {
    int length = across.length();
    float[][] values = new float[2][length * LANES];
    for (int x = 0; x <= width; x++) {
      for (int lane = 0; lane < PAIR; lane++) {
        double squared = spacing * spacing * ((double) x * x + (double) (y + lane) * (y + lane));
        float sampled = (float) weight.of(squared);
        float[] part = values[lane / LANES];
        part[x * LANES + lane % LANES] = sampled;
        if (x > 0 && x < width) {
          part[(length - x) * LANES + lane % LANES] = sampled;
        }
      }
    }
    float[][] out = across.run(values, new float[2][length * LANES]);
    for (int k = 0; k <= width; k++) {
      for (int lane = 0; lane < PAIR; lane++) {
        half[((k / LANES) * rows + y + lane) * LANES + k % LANES] =
            out[lane / LANES][k * LANES + lane % LANES];
      }
    }
  }

  /// The division by the spline's response, by the length of the transform, and by the two of
  /// [#forward], spread over the two axes.
  private static double response(int frequency, int length) {
    double spline = (2 + Math.cos(2 * Math.PI * frequency / length)) / 3;
    return Math.sqrt(0.5) / (spline * spline * length);
  }
}
