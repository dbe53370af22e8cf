package io.inscape.projection;

import io.inscape.matrix.Kernels;
import io.inscape.matrix.Rng;
import io.inscape.matrix.SymmetricEigen;
import io.inscape.matrix.Workers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/// The leading eigenvectors of a symmetric operator, such as `X' X` for centred rows X, by a block
/// Krylov method with full reorthogonalisation, Rayleigh-Ritz and restarts. Products run in double;
/// the covariance matrix is never formed.
///
/// Blocks of 8 vectors are grown from a random start. The residual of a Ritz pair is known from the
/// last block; the search ends when those of the wanted pairs are below a tolerance times the
/// largest eigenvalue, or when the whole space is spanned. Eigenvalues repeated up to 8 times are
/// found with all their vectors.
final class Krylov {
  private static final int BLOCK = Kernels.BLOCK;
  private static final int MOST_BLOCKS = 12; // then restart: 96 vectors
  private static final int KEPT_BLOCKS = 2; // the best 16 Ritz vectors
  private static final int CHECKED_EVERY = 3;
  private static final int MOST_RESTARTS = 100;
  static final double EXACT = 1e-11; // as far as double goes
  private static final double DEPENDENT =
      1e-10; // what is left of a vector that lay in the span of the others
  private static final int ROWS_PER_CHUNK = 64;
  private static final int MOST_PARTS = 32; // partial sums kept at once

  private final UnaryOperator<double[]> operator; // of a block, [index * BLOCK + c]
  private final int depth;
  private final int wanted;
  private final double tolerance; // of a residual, as a share of the largest eigenvalue
  private final List<double[]> basis = new ArrayList<>(); // [depth * BLOCK + c] each
  private final double[][] projected = new double[MOST_BLOCKS * BLOCK][MOST_BLOCKS * BLOCK];

  /// For `X' X` of rows X.
  ///
  /// @param x `[row * depth + col]`, centred; not modified
  Krylov(float[] x, int rows, int depth, int wanted, double tolerance, Workers workers) {
    this(block -> gram(x, rows, depth, block, workers), depth, wanted, tolerance);
  }

  /// For any symmetric operator whose eigenvalue of largest magnitude is positive.
  ///
  /// @param operator applied to blocks of vectors, `[index * BLOCK + c]`
  Krylov(UnaryOperator<double[]> operator, int depth, int wanted) {
    this(operator, depth, wanted, EXACT);
  }

  private Krylov(UnaryOperator<double[]> operator, int depth, int wanted, double tolerance) {
    this.tolerance = tolerance;
    this.operator = operator;
    this.depth = depth;
    this.wanted = wanted;
  }

  /// Finds the leading vectors, `[component][col]`, of unit length or zero where there is no
  /// variance left.
  double[][] leading(long seed) {
    double[] block = start(seed);
    for (int restart = 0; ; restart++) {
      while (true) {
        basis.add(block);
        double[] image = operator.apply(block);
        double[][] remainder = orthogonalise(image);
        block = image;
        int blocks = basis.size();
        boolean full = blocks == MOST_BLOCKS;
        boolean spanned = blocks * BLOCK >= depth || isZero(remainder);
        if (full || spanned || blocks % CHECKED_EVERY == 0) {
          SymmetricEigen eigen = SymmetricEigen.of(copyOfProjected(blocks * BLOCK));
          if (spanned || converged(eigen, remainder) || restart == MOST_RESTARTS) {
            return unpack(eigen);
          }
          if (full) {
            restart(eigen);
            break;
          }
        }
      }
    }
  }

  private double[] start(long seed) {
    RandomGenerator random = Rng.of(seed, "principal components");
    double[] block = new double[depth * BLOCK];
    Arrays.setAll(block, _ -> random.nextGaussian());
    orthonormalise(block);
    return block;
  }

  /// X' (X v), in chunks whose partial sums are added in order.
  private static double[] gram(float[] x, int rows, int depth, double[] block, Workers workers) {
    double[] scores = new double[rows * BLOCK];
    int chunk = Math.max(ROWS_PER_CHUNK, Math.ceilDiv(rows, MOST_PARTS));
    double[][] partial = new double[Math.ceilDiv(rows, chunk)][];
    workers.forEachChunk(
        rows,
        chunk,
        (number, from, to) -> {
          double[] part = new double[depth * BLOCK];
          Kernels.multiply(x, from, to, depth, block, scores);
          Kernels.multiplyTransposed(x, from, to, depth, scores, part);
          partial[number] = part;
        });
    double[] sum = partial[0];
    for (int number = 1; number < partial.length; number++) {
      double[] part = partial[number];
      for (int at = 0; at < sum.length; at++) {
        sum[at] += part[at];
      }
    }
    return sum;
  }

  /// Takes the basis out of the image of the last block, notes the projected matrix, and makes what
  /// is left orthonormal. Returns the triangular factor of the rest.
  private double[][] orthogonalise(double[] image) {
    int last = (basis.size() - 1) * BLOCK;
    double size = norm(image);
    for (int pass = 0; pass < 2; pass++) {
      for (int number = 0; number < basis.size(); number++) {
        double[][] overlap = overlap(basis.get(number), image);
        subtract(basis.get(number), overlap, image);
        if (pass == 0) {
          for (int r = 0; r < BLOCK; r++) {
            for (int c = 0; c < BLOCK; c++) {
              projected[number * BLOCK + r][last + c] = overlap[r][c];
              projected[last + c][number * BLOCK + r] = overlap[r][c];
            }
          }
        }
      }
    }
    if (norm(image) <= 1e-14 * size) { // rounding, nothing else
      Arrays.fill(image, 0);
    }
    return orthonormalise(image);
  }

  /// Gram-Schmidt, twice; a vector in the span of the ones before becomes zero. Returns the
  /// triangular factor.
  private double[][] orthonormalise(double[] block) {
    double[][] factor = new double[BLOCK][BLOCK];
    for (int c = 0; c < BLOCK; c++) {
      double before = Math.sqrt(dot(block, c, block, c));
      for (int pass = 0; pass < 2; pass++) {
        for (int b = 0; b < c; b++) {
          double overlap = dot(block, b, block, c);
          factor[b][c] += overlap;
          for (int at = 0; at < block.length; at += BLOCK) {
            block[at + c] -= overlap * block[at + b];
          }
        }
      }
      double after = Math.sqrt(dot(block, c, block, c));
      boolean gone = !(after > DEPENDENT * before);
      factor[c][c] = gone ? 0 : after;
      for (int at = 0; at < block.length; at += BLOCK) {
        block[at + c] = gone ? 0 : block[at + c] / after;
      }
    }
    return factor;
  }

  private boolean converged(SymmetricEigen eigen, double[][] remainder) {
    int last = (basis.size() - 1) * BLOCK;
    for (int component = 0; component < wanted; component++) {
      double squared = 0;
      for (int r = 0; r < BLOCK; r++) {
        double sum = 0;
        for (int c = 0; c < BLOCK; c++) {
          sum += remainder[r][c] * eigen.vectors()[component][last + c];
        }
        squared += sum * sum;
      }
      if (!(Math.sqrt(squared) <= tolerance * eigen.values()[0])) {
        return false;
      }
    }
    return true;
  }

  private void restart(SymmetricEigen eigen) {
    List<double[]> kept = new ArrayList<>();
    for (int number = 0; number < KEPT_BLOCKS; number++) {
      kept.add(combine(eigen, number * BLOCK, BLOCK));
    }
    basis.clear();
    basis.addAll(kept);
    for (double[] row : projected) {
      Arrays.fill(row, 0);
    }
    for (int at = 0; at < KEPT_BLOCKS * BLOCK; at++) {
      projected[at][at] = eigen.values()[at];
    }
  }

  /// Ritz vectors as a block.
  private double[] combine(SymmetricEigen eigen, int first, int count) {
    double[] block = new double[depth * BLOCK];
    for (int number = 0; number < basis.size(); number++) {
      double[] source = basis.get(number);
      for (int c = 0; c < count; c++) {
        double[] weight = eigen.vectors()[first + c];
        for (int at = 0; at < block.length; at += BLOCK) {
          double sum = 0;
          for (int b = 0; b < BLOCK; b++) {
            sum += weight[number * BLOCK + b] * source[at + b];
          }
          block[at + c] += sum;
        }
      }
    }
    return block;
  }

  private double[][] unpack(SymmetricEigen eigen) {
    double[] block = combine(eigen, 0, wanted);
    double[][] vectors = new double[wanted][depth];
    for (int component = 0; component < wanted; component++) {
      if (eigen.values()[component] > 0 && eigen.values()[component] > 1e-14 * eigen.values()[0]) {
        for (int col = 0; col < depth; col++) {
          vectors[component][col] = block[col * BLOCK + component];
        }
      }
    }
    return vectors;
  }

  private double[][] copyOfProjected(int size) {
    double[][] copy = new double[size][];
    Arrays.setAll(copy, row -> Arrays.copyOf(projected[row], size));
    return copy;
  }

  private static double[][] overlap(double[] left, double[] right) {
    double[][] sums = new double[BLOCK][BLOCK];
    for (int at = 0; at < left.length; at += BLOCK) {
      for (int r = 0; r < BLOCK; r++) {
        double value = left[at + r];
        double[] row = sums[r];
        for (int c = 0; c < BLOCK; c++) {
          row[c] += value * right[at + c];
        }
      }
    }
    return sums;
  }

  private static void subtract(double[] from, double[][] overlap, double[] image) {
    for (int at = 0; at < image.length; at += BLOCK) {
      for (int r = 0; r < BLOCK; r++) {
        double value = from[at + r];
        for (int c = 0; c < BLOCK; c++) {
          image[at + c] -= value * overlap[r][c];
        }
      }
    }
  }

  private static double dot(double[] left, int leftCol, double[] right, int rightCol) {
    double sum = 0;
    for (int at = 0; at < left.length; at += BLOCK) {
      sum += left[at + leftCol] * right[at + rightCol];
    }
    return sum;
  }

  private static double norm(double[] block) {
    double sum = 0;
    for (double value : block) {
      sum += value * value;
    }
    return Math.sqrt(sum);
  }

  private static boolean isZero(double[][] factor) {
    for (int c = 0; c < BLOCK; c++) {
      if (factor[c][c] != 0) {
        return false;
      }
    }
    return true;
  }
}
