package io.inscape.matrix;

/// Eigenvalues and eigenvectors of a small symmetric matrix by cyclic Jacobi rotations, in double.
///
/// @param values largest first
/// @param vectors `[eigenvalue][component]`, orthonormal; not to be modified
@SuppressWarnings("ArrayRecordComponent") // passed on within this library, never compared
public record SymmetricEigen(double[] values, double[][] vectors) {
  private static final int MOST_SWEEPS = 60;

  /// Decomposes.
  ///
  /// @param matrix square and symmetric; destroyed
  /// @return the decomposition
  public static SymmetricEigen of(double[][] matrix) {
    int n = matrix.length;
    double[][] vectors = new double[n][n]; // row i becomes the i-th eigenvector
    for (int i = 0; i < n; i++) {
      vectors[i][i] = 1;
    }
    for (int sweep = 0; sweep < MOST_SWEEPS && rotateAll(matrix, vectors); sweep++) {
      // until a whole sweep found nothing to rotate
    }
    return sorted(matrix, vectors);
  }

  private static boolean rotateAll(double[][] a, double[][] vectors) {
    boolean rotated = false;
    for (int p = 0; p < a.length; p++) {
      for (int q = p + 1; q < a.length; q++) {
        double tiny = 1e-17 * Math.sqrt(Math.abs(a[p][p]) * Math.abs(a[q][q]));
        if (Math.abs(a[p][q]) > tiny && Math.abs(a[p][q]) > Double.MIN_NORMAL) {
          rotate(a, vectors, p, q);
          rotated = true;
        }
      }
    }
    return rotated;
  }

  private static void rotate(double[][] a, double[][] vectors, int p, int q) {
    double theta = (a[q][q] - a[p][p]) / (2 * a[p][q]);
    double t = Math.copySign(1, theta) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
    if (Double.isInfinite(theta * theta)) {
      t = 1 / (2 * theta);
    }
    double c = 1 / Math.sqrt(t * t + 1);
    double s = t * c;
    double app = a[p][p] - t * a[p][q];
    double aqq = a[q][q] + t * a[p][q];
    mix(a[p], a[q], c, s);
    for (int k = 0; k < a.length; k++) {
      a[k][p] = a[p][k];
      a[k][q] = a[q][k];
    }
    a[p][p] = app;
    a[q][q] = aqq;
    a[p][q] = 0;
    a[q][p] = 0;
    mix(vectors[p], vectors[q], c, s);
  }

  private static void mix(double[] first, double[] second, double c, double s) {
    for (int k = 0; k < first.length; k++) {
      double x = first[k];
      double y = second[k];
      first[k] = c * x - s * y;
      second[k] = s * x + c * y;
    }
  }

  private static SymmetricEigen sorted(double[][] a, double[][] vectors) {
    int n = a.length;
    double[] values = new double[n];
    double[][] ordered = new double[n][];
    boolean[] taken = new boolean[n];
    for (int at = 0; at < n; at++) {
      int best = -1;
      for (int i = 0; i < n; i++) {
        if (!taken[i] && (best < 0 || a[i][i] > a[best][best])) {
          best = i;
        }
      }
      taken[best] = true;
      values[at] = a[best][best];
      ordered[at] = vectors[best];
    }
    return new SymmetricEigen(values, ordered);
  }
}
