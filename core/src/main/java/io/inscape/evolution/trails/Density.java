package io.inscape.evolution.trails;

import io.inscape.matrix.Workers;
import java.util.Arrays;
import java.util.concurrent.ConcurrentLinkedQueue;

/// A density image of samples and what it says about where to go.
///
/// Samples are dealt to the four pixels around them in whole numbers, so the order in which threads
/// add them up does not matter; then the image is convolved with `K(x) K(y)`, `K(u) = 1 - (u/R)^2`
/// within the radius R. Only the rectangle around the samples is touched.
final class Density {
  private static final int ROWS_PER_CHUNK = 32;
  private static final int SAMPLES_PER_CHUNK = 1 << 15;
  private static final int MOST_PARTS = 16; // of a pixel per axis

  private final int width;
  private final int height;
  private final float[] counted; // [row * width + col], then the density
  private final float[] between; // convolved along rows
  private final ConcurrentLinkedQueue<int[]> images = new ConcurrentLinkedQueue<>(); // all zero
  private final Workers workers;
  private int left;
  private int bottom;
  private int right;
  private int top;

  Density(Frame frame, Workers workers) {
    width = frame.width();
    height = frame.height();
    this.workers = workers;
    counted = new float[width * height];
    between = new float[width * height];
  }

  /// The weight of a sample in an image.
  @FunctionalInterface
  interface Weight {
    /// {@return the weight, from 0 to 1}
    ///
    /// @param sample number of the sample
    float of(int sample);
  }

  /// Makes the image of some samples.
  ///
  /// @param x columns of all samples, in pixels
  /// @param y rows of all samples, in pixels
  /// @param from first sample
  /// @param to one past the last
  /// @param weight of each sample
  /// @param radius of the kernel, at least 1 pixel and less than the frame's margin
  void build(float[] x, float[] y, int from, int to, Weight weight, int radius) {
    bound(x, y, from, to, radius);
    count(x, y, from, to, weight);
    convolve(radius);
  }

  /// The density at a place.
  float at(float x, float y) {
    return interpolated(counted, x, y);
  }

  /// Half the density's slope along a row: the difference of the places one pixel to each side, by
  /// two.
  float slopeX(float x, float y) {
    return .5f * (interpolated(counted, x + 1, y) - interpolated(counted, x - 1, y));
  }

  /// The same along a column.
  float slopeY(float x, float y) {
    return .5f * (interpolated(counted, x, y + 1) - interpolated(counted, x, y - 1));
  }

  /// The total variation of the image: the sum over pixels of the length of the gradient.
  double variation() {
    double sum = 0;
    for (int row = bottom; row < top - 1; row++) {
      for (int col = left; col < right - 1; col++) {
        int at = row * width + col;
        sum += Math.hypot(counted[at + 1] - counted[at], counted[at + width] - counted[at]);
      }
    }
    return sum;
  }

  private float interpolated(float[] image, float x, float y) {
    int col = (int) x;
    int row = (int) y;
    float fx = x - col;
    float fy = y - row;
    int at = row * width + col;
    float low = image[at] + fx * (image[at + 1] - image[at]);
    float high = image[at + width] + fx * (image[at + width + 1] - image[at + width]);
    return low + fy * (high - low);
  }

  /// The rectangle that the kernel reaches, and one pixel for the slopes; the rest is stale.
  private void bound(float[] x, float[] y, int from, int to, int radius) {
    float leastX = Float.POSITIVE_INFINITY;
    float leastY = Float.POSITIVE_INFINITY;
    float greatestX = 0;
    float greatestY = 0;
    for (int s = from; s < to; s++) {
      leastX = Math.min(leastX, x[s]);
      greatestX = Math.max(greatestX, x[s]);
      leastY = Math.min(leastY, y[s]);
      greatestY = Math.max(greatestY, y[s]);
    }
    left = Math.max(0, (int) leastX - radius - 1);
    bottom = Math.max(0, (int) leastY - radius - 1);
    right = Math.min(width, (int) greatestX + radius + 3);
    top = Math.min(height, (int) greatestY + radius + 3);
  }

  private void count(float[] x, float[] y, int from, int to, Weight weight) {
    int parts = parts(to - from);
    workers.forEachChunk(
        to - from,
        SAMPLES_PER_CHUNK,
        (_, begin, end) -> {
          int[] image = images.poll();
          if (image == null) {
            image = new int[width * height];
          }
          for (int s = from + begin; s < from + end; s++) {
            deal(image, x[s], y[s], parts * parts * weight.of(s));
          }
          images.add(image);
        });
    float unit = 1f / (parts * parts);
    int[][] all = images.toArray(int[][]::new);
    workers.forEachChunk(
        top - bottom,
        ROWS_PER_CHUNK,
        (_, begin, end) -> {
          for (int row = bottom + begin; row < bottom + end; row++) {
            collect(all, row * width + left, row * width + right, unit);
          }
        });
  }

  /// How finely a sample is dealt: so that all of them at one place do not overflow.
  private static int parts(int samples) {
    int parts = MOST_PARTS;
    while (parts > 1 && (long) samples * (parts * parts + 2) > Integer.MAX_VALUE) {
      parts /= 2;
    }
    return parts;
  }

  private void deal(int[] image, float x, float y, float amount) {
    int col = (int) x;
    int row = (int) y;
    float fx = x - col;
    float high = (y - row) * amount;
    float low = amount - high;
    int at = row * width + col;
    image[at] += (int) (low * (1 - fx) + .5f);
    image[at + 1] += (int) (low * fx + .5f);
    image[at + width] += (int) (high * (1 - fx) + .5f);
    image[at + width + 1] += (int) (high * fx + .5f);
  }

  /// Adds the threads' images up and leaves them at zero.
  private void collect(int[][] all, int from, int to, float unit) {
    int[] sum = all[0];
    for (int number = 1; number < all.length; number++) {
      int[] image = all[number];
      for (int at = from; at < to; at++) {
        sum[at] += image[at];
      }
      Arrays.fill(image, from, to, 0);
    }
    for (int at = from; at < to; at++) {
      counted[at] = unit * sum[at];
    }
    Arrays.fill(sum, from, to, 0);
  }

  private void convolve(int radius) {
    float[] kernel = kernel(radius);
    workers.forEachChunk(
        top - bottom,
        ROWS_PER_CHUNK,
        (_, begin, end) -> {
          for (int row = bottom + begin; row < bottom + end; row++) {
            Arrays.fill(between, row * width + left, row * width + right, 0);
            for (int tap = -radius; tap <= radius; tap++) {
              int first = Math.max(left, left - tap);
              int last = Math.min(right, right - tap);
              addScaled(
                  counted,
                  row * width + first + tap,
                  between,
                  row * width + first,
                  last - first,
                  kernel[tap + radius]);
            }
          }
        });
    workers.forEachChunk(
        top - bottom,
        ROWS_PER_CHUNK,
        (_, begin, end) -> {
          for (int row = bottom + begin; row < bottom + end; row++) {
            int at = row * width + left;
            Arrays.fill(counted, at, row * width + right, 0);
            int first = Math.max(-radius, bottom - row);
            int last = Math.min(radius, top - 1 - row);
            for (int tap = first; tap <= last; tap++) {
              addScaled(between, at + tap * width, counted, at, right - left, kernel[tap + radius]);
            }
          }
        });
  }

  /// `target += factor * source`; no sum is longer than this, so vectors change no bit.
  private static void addScaled(
      float[] source, int from, float[] target, int at, int length, float factor) {
    for (int k = 0; k < length; k++) {
      target[at + k] += factor * source[from + k];
    }
  }

  static float[] kernel(int radius) {
    float[] kernel = new float[2 * radius + 1];
    for (int tap = -radius; tap <= radius; tap++) {
      double u = tap / (double) (radius + 1); // the outermost taps count too
      kernel[tap + radius] = (float) (1 - u * u);
    }
    return kernel;
  }
}
