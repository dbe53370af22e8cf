package io.inscape.projection;

import io.inscape.matrix.Kernels;
import io.inscape.matrix.Matrix;
import io.inscape.matrix.Rng;
import io.inscape.matrix.Workers;
import io.inscape.projection.mds.Dissimilarities;
import io.inscape.projection.params.MdsStart;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/// Classical multidimensional scaling: the positions whose scalar products are nearest to those
/// that the dissimilarities stand for.
///
/// `B = -1/2 J D^2 J` with `J` taking the mean off; the axes are the leading eigenvectors of `B`,
/// scaled by the roots of their eigenvalues. For Euclidean distances between rows these are the
/// principal component scores, so from data they are found that way, which costs `n d` per step of
/// the search against `n^2`, without the `n^2 d / 2` of the table. Of each axis the position of
/// largest magnitude is positive when found from dissimilarities, the loading when from data. An
/// axis whose eigenvalue is not positive is zero.
public final class ClassicalMds {
  private static final int BLOCK = Kernels.BLOCK;
  private static final int ROWS_PER_CHUNK = 64;

  private ClassicalMds() {}

  /// From data.
  ///
  /// @param data rows = observations
  /// @param dimensions 2 or 3
  /// @param seed starts the search; the result does not depend on it beyond rounding
  /// @param workers do the arithmetic
  /// @return the layout
  public static Layout of(Matrix data, int dimensions, long seed, Workers workers) {
    return Layout.of(Pca.of(data, dimensions, seed, workers).scores());
  }

  /// From dissimilarities.
  ///
  /// @param table dissimilarities of at least one observation
  /// @param dimensions 2 or 3
  /// @param seed starts the search; the result does not depend on it beyond rounding
  /// @param workers do the arithmetic
  /// @return the layout
  public static Layout of(Dissimilarities table, int dimensions, long seed, Workers workers) {
    int count = table.count();
    double[][] axes =
        new Krylov(block -> centredSquares(table, block, workers), count, dimensions).leading(seed);
    double[] block = new double[count * BLOCK];
    for (int dim = 0; dim < dimensions; dim++) {
      for (int i = 0; i < count; i++) {
        block[i * BLOCK + dim] = axes[dim][i];
      }
    }
    double[] image = centredSquares(table, block, workers);
    float[] values = new float[count * dimensions];
    for (int dim = 0; dim < dimensions; dim++) {
      double eigenvalue = 0;
      for (int i = 0; i < count; i++) {
        eigenvalue += image[i * BLOCK + dim] * axes[dim][i];
      }
      double length = Math.sqrt(Math.max(0, eigenvalue)) * table.scale() * sign(axes[dim]);
      for (int i = 0; i < count; i++) {
        values[i * dimensions + dim] = (float) (axes[dim][i] * length);
      }
    }
    return Layout.of(Matrix.of(count, dimensions, values));
  }

  /// `-1/2 J D^2 J` times a block of vectors.
  private static double[] centredSquares(Dissimilarities table, double[] block, Workers workers) {
    int count = table.count();
    double[] centred = block.clone();
    takeMeansOff(centred);
    double[] image = new double[block.length];
    workers.forEachChunk(
        count,
        ROWS_PER_CHUNK,
        (_, from, to) -> {
          float[] squares = new float[(to - from) * count];
          double[] product = new double[(to - from) * BLOCK];
          table.squares(from, to, squares);
          Kernels.multiply(squares, 0, to - from, count, centred, product);
          for (int at = 0; at < product.length; at++) {
            image[from * BLOCK + at] = -0.5 * product[at];
          }
        });
    takeMeansOff(image);
    return image;
  }

  private static void takeMeansOff(double[] block) {
    double[] sum = new double[BLOCK];
    for (int at = 0; at < block.length; at++) {
      sum[at % BLOCK] += block[at];
    }
    for (int at = 0; at < block.length; at++) {
      block[at] -= sum[at % BLOCK] * BLOCK / block.length;
    }
  }

  private static double sign(double[] axis) {
    double largest = Arrays.stream(axis).map(Math::abs).max().orElse(0);
    for (double value : axis) {
      if (Math.abs(value) >= largest * (1 - 1e-9)) {
        return value < 0 ? -1 : 1;
      }
    }
    return 1;
  }

  /// Puts a little noise on axes without extent. Dissimilarities that no space has may fill fewer
  /// axes than there are, and a descent never leaves a line by itself.
  static Layout withoutFlatAxes(Layout layout, double deviation, long seed) {
    int dimensions = layout.dimensions();
    float[] values = layout.toArray();
    RandomGenerator random = Rng.of(seed, "MDS flat axes");
    for (int dim = 0; dim < dimensions; dim++) {
      boolean flat = true;
      for (int at = dim; at < values.length; at += dimensions) {
        flat &= values[at] == 0;
      }
      for (int at = dim; flat && at < values.length; at += dimensions) {
        values[at] = (float) (deviation * random.nextGaussian());
      }
    }
    return Layout.of(Matrix.of(layout.observations(), dimensions, values));
  }

  /// A start for a descent, `[dim][observation]`: classical, or normal noise of a given size.
  static float[][] start(MdsStart start, Layout classical, double deviation, long seed) {
    int dimensions = classical.dimensions();
    float[] values = classical.toArray();
    RandomGenerator random = Rng.of(seed, "MDS start");
    float[][] positions = new float[dimensions][classical.observations()];
    for (int i = 0; i < classical.observations(); i++) {
      for (int dim = 0; dim < dimensions; dim++) {
        positions[dim][i] =
            switch (start) {
              case CLASSICAL -> values[i * dimensions + dim];
              case RANDOM -> (float) (deviation * random.nextGaussian());
            };
      }
    }
    return positions;
  }
}
