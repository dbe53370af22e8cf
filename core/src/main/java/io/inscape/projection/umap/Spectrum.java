package io.inscape.projection.umap;

import io.inscape.matrix.Rng;
import io.inscape.matrix.SymmetricEigen;
import io.inscape.matrix.Workers;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The leading eigenvectors, after the constant one, of a connected graph's random walk `D^-1 W`,
/// by block subspace iteration with Chebyshev filters.
///
/// These are the eigenvectors u of the normalised Laplacian `I - D^-1/2 W D^-1/2` of the smallest
/// eigenvalues, times `D^-1/2`. A round applies a polynomial of the walk that damps all eigenvalues
/// below the block's least and lifts those above; then the best vectors of the block are taken out
/// (Rayleigh-Ritz in the inner product of D). Blocks are float, sums double.
final class Spectrum {
  static final int BLOCK = UmapKernels.BLOCK;
  private static final int FIRST_DEGREE = 24; // of the polynomial; grows by half each round
  private static final int LARGEST_DEGREE = 300;
  private static final int MOST_PRODUCTS = 800; // with the walk, in all
  private static final double FIRST_CUT = 0.8;
  private static final double LARGEST_CUT = 0.9999;
  static final double CLOSE = 0.1; // residual over the distance of the eigenvalue from 1
  private static final double CLOSE_ENOUGH = 1e-5; // a residual near what floats can do
  private static final double DEPENDENT =
      1e-10; // share of the largest eigenvalue of the Gram matrix
  private static final int ROWS_PER_CHUNK = 2048;

  private final FuzzyGraph graph;
  private final int wanted;
  private final Workers workers;
  private final int count;
  private final float[] degree;
  private final float[] inverseDegree;
  private double totalDegree;
  private float[] block; // [vertex * BLOCK + c]
  private float[] image;
  private float[] spare;
  private double[] values = new double[BLOCK];
  private double residual = Double.POSITIVE_INFINITY;

  Spectrum(FuzzyGraph graph, int wanted, long seed, Workers workers) {
    this.graph = graph;
    this.wanted = wanted;
    this.workers = workers;
    count = graph.vertices();
    degree = new float[count];
    inverseDegree = new float[count];
    for (int i = 0; i < count; i++) {
      double sum = 0;
      for (int at = graph.rowStart()[i]; at < graph.rowStart()[i + 1]; at++) {
        sum += graph.weight()[at];
      }
      degree[i] = (float) sum;
      inverseDegree[i] = sum > 0 ? (float) (1 / sum) : 0;
      totalDegree += degree[i];
    }
    block = new float[Math.multiplyExact(count, BLOCK)];
    image = new float[block.length];
    spare = new float[block.length];
    RandomGenerator random = Rng.of(seed, "umap spectrum");
    for (int at = 0; at < block.length; at++) {
      block[at] = random.nextFloat() - 0.5f;
    }
  }

  /// Iterates until the wanted vectors stand; returns the last residual, relative to the distance
  /// of the least wanted eigenvalue from 1, at best 0.
  double solve() {
    double cut = FIRST_CUT;
    int order = FIRST_DEGREE;
    for (int products = 0; products < MOST_PRODUCTS; products += order) {
      filter(cut, order);
      if (rayleighRitz()) {
        break;
      }
      cut = Math.clamp(values[BLOCK - 1], cut, LARGEST_CUT);
      order = Math.min(order + order / 2, LARGEST_DEGREE);
    }
    return residual;
  }

  /// The wanted vectors times `D^1/2`: eigenvectors of the normalised Laplacian, `[vertex * wanted
  /// + c]`.
  float[] vectors() {
    float[] result = new float[count * wanted];
    for (int i = 0; i < count; i++) {
      for (int c = 0; c < wanted; c++) {
        result[i * wanted + c] = (float) (Math.sqrt(degree[i]) * block[i * BLOCK + c]);
      }
    }
    return result;
  }

  /// Eigenvalues of the random walk, largest first, after the 1 of the constant vector.
  double[] values() {
    return values.clone();
  }

  /// Applies the Chebyshev polynomial that is small on [-1, cut].
  private void filter(double cut, int order) {
    float centre = (float) ((cut - 1) / 2);
    float scale = (float) (2 / (cut + 1));
    deflate(block);
    walk(block, image);
    combine(image, block, null, scale, -centre * scale);
    float[] before = block;
    float[] now = image;
    for (int done = 1; done < order; done++) {
      walk(now, spare);
      combine(spare, now, before, 2 * scale, -2 * centre * scale);
      float[] freed = before;
      before = now;
      now = spare;
      spare = freed;
    }
    block = now;
    image = before;
    deflate(block);
    normalise(block);
  }

  private void walk(float[] in, float[] out) {
    workers.forEachChunk(
        count,
        ROWS_PER_CHUNK,
        (_, from, to) ->
            UmapKernels.average(
                graph.rowStart(), graph.index(), graph.weight(), inverseDegree, in, out, from, to));
  }

  /// `target = first * target + second * now - before`.
  private void combine(
      float[] target, float[] now, float @Nullable [] before, float first, float second) {
    workers.forEachChunk(
        count,
        ROWS_PER_CHUNK,
        (_, from, to) -> {
          for (int at = from * BLOCK; at < to * BLOCK; at++) {
            float sum = Math.fma(first, target[at], second * now[at]);
            target[at] = before == null ? sum : sum - before[at];
          }
        });
  }

  /// Takes the constant vector out of every column.
  private void deflate(float[] vectors) {
    double[] mean = columnSums(vectors, false);
    workers.forEachChunk(
        count,
        ROWS_PER_CHUNK,
        (_, from, to) -> {
          for (int at = from * BLOCK; at < to * BLOCK; at++) {
            vectors[at] -= (float) (mean[at % BLOCK] / totalDegree);
          }
        });
  }

  /// Scales every column to unit length in the inner product of D.
  private void normalise(float[] vectors) {
    double[] squares = columnSums(vectors, true);
    float[] factor = new float[BLOCK];
    for (int c = 0; c < BLOCK; c++) {
      factor[c] = squares[c] > 0 ? (float) (1 / Math.sqrt(squares[c])) : 0;
    }
    workers.forEachChunk(
        count,
        ROWS_PER_CHUNK,
        (_, from, to) -> {
          for (int at = from * BLOCK; at < to * BLOCK; at++) {
            vectors[at] *= factor[at % BLOCK];
          }
        });
  }

  private double[] columnSums(float[] vectors, boolean squared) {
    double[][] partial = new double[Math.ceilDiv(count, ROWS_PER_CHUNK)][BLOCK];
    workers.forEachChunk(
        count,
        ROWS_PER_CHUNK,
        (chunk, from, to) -> {
          double[] sum = partial[chunk];
          for (int i = from; i < to; i++) {
            for (int c = 0; c < BLOCK; c++) {
              double value = vectors[i * BLOCK + c];
              sum[c] += degree[i] * (squared ? value * value : value);
            }
          }
        });
    return added(partial);
  }

  private static double[] added(double[][] partial) {
    double[] total = new double[partial[0].length];
    for (double[] part : partial) {
      for (int c = 0; c < total.length; c++) {
        total[c] += part[c];
      }
    }
    return total;
  }

  /// Turns the block into its Ritz vectors; returns whether the wanted ones are eigenvectors.
  private boolean rayleighRitz() {
    walk(block, image);
    double[][] gram = products(block, block);
    double[][] projected = products(block, image);
    SymmetricEigen basis = SymmetricEigen.of(gram);
    double[][] white = new double[BLOCK][BLOCK]; // rows: coefficients of an orthonormal basis
    for (int r = 0; r < BLOCK; r++) {
      double length = basis.values()[r];
      for (int c = 0; c < BLOCK && length > DEPENDENT * basis.values()[0]; c++) {
        white[r][c] = basis.vectors()[r][c] / Math.sqrt(length);
      }
    }
    double[][] inside = new double[BLOCK][BLOCK];
    for (int r = 0; r < BLOCK; r++) {
      for (int s = 0; s < BLOCK; s++) {
        inside[r][s] = bilinear(white[r], projected, white[s]);
      }
    }
    boolean[] missing = new boolean[BLOCK];
    for (int r = 0; r < BLOCK; r++) {
      missing[r] = isZero(white[r]);
      if (missing[r]) {
        inside[r][r] = -1; // behind all that there is
      }
    }
    SymmetricEigen ritz = SymmetricEigen.of(inside);
    double[][] turn = new double[BLOCK][BLOCK]; // [old column][new column]
    for (int c = 0; c < BLOCK; c++) {
      for (int r = 0; r < BLOCK; r++) {
        for (int old = 0; old < BLOCK; old++) {
          turn[old][c] += ritz.vectors()[c][r] * white[r][old];
        }
      }
    }
    values = ritz.values();
    rotate(block, turn);
    rotate(image, turn);
    return converged();
  }

  private boolean converged() {
    double[][] partial = new double[Math.ceilDiv(count, ROWS_PER_CHUNK)][BLOCK];
    workers.forEachChunk(
        count,
        ROWS_PER_CHUNK,
        (chunk, from, to) -> {
          for (int i = from; i < to; i++) {
            for (int c = 0; c < BLOCK; c++) {
              double rest = image[i * BLOCK + c] - values[c] * block[i * BLOCK + c];
              partial[chunk][c] += degree[i] * rest * rest;
            }
          }
        });
    double[] squares = added(partial);
    double worst = 0;
    for (int c = 0; c < wanted; c++) {
      double size = Math.sqrt(squares[c]);
      worst = Math.max(worst, size <= CLOSE_ENOUGH ? 0 : size / Math.max(1 - values[c], 1e-300));
    }
    residual = worst;
    return worst <= CLOSE;
  }

  private static double bilinear(double[] left, double[][] matrix, double[] right) {
    double sum = 0;
    for (int r = 0; r < left.length; r++) {
      for (int s = 0; s < right.length; s++) {
        sum += left[r] * 0.5 * (matrix[r][s] + matrix[s][r]) * right[s];
      }
    }
    return sum;
  }

  private static boolean isZero(double[] row) {
    for (double value : row) {
      if (value != 0) {
        return false;
      }
    }
    return true;
  }

  /// `a' D b`.
  private double[][] products(float[] a, float[] b) {
    double[][] partial = new double[Math.ceilDiv(count, ROWS_PER_CHUNK)][BLOCK * BLOCK];
    workers.forEachChunk(
        count,
        ROWS_PER_CHUNK,
        (chunk, from, to) -> {
          double[] sum = partial[chunk];
          for (int i = from; i < to; i++) {
            for (int r = 0; r < BLOCK; r++) {
              double left = (double) degree[i] * a[i * BLOCK + r];
              for (int s = 0; s < BLOCK; s++) {
                sum[r * BLOCK + s] += left * b[i * BLOCK + s];
              }
            }
          }
        });
    double[] total = added(partial);
    double[][] square = new double[BLOCK][BLOCK];
    for (int at = 0; at < total.length; at++) {
      square[at / BLOCK][at % BLOCK] = total[at];
    }
    return square;
  }

  private void rotate(float[] vectors, double[][] turn) {
    workers.forEachChunk(
        count,
        ROWS_PER_CHUNK,
        (_, from, to) -> {
          double[] row = new double[BLOCK];
          for (int i = from; i < to; i++) {
            for (int c = 0; c < BLOCK; c++) {
              row[c] = 0;
              for (int old = 0; old < BLOCK; old++) {
                row[c] += turn[old][c] * vectors[i * BLOCK + old];
              }
            }
            for (int c = 0; c < BLOCK; c++) {
              vectors[i * BLOCK + c] = (float) row[c];
            }
          }
        });
  }
}
