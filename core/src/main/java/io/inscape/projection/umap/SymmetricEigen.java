package io.inscape.projection.umap;

/// Eigenvalues and eigenvectors of a symmetric matrix of a few rows, by Jacobi rotations.
///
/// @param values largest first
/// @param vectors `[eigenvalue][component]`, orthonormal
@SuppressWarnings("ArrayRecordComponent") // kept within the package, never compared
record SymmetricEigen(double[] values, double[][] vectors) {
  private static final int MOST_SWEEPS = 60;

  /// Decomposes.
  ///
  /// @param matrix destroyed
  static SymmetricEigen of(double[][] matrix) {
    int n = matrix.length;
    double[][] vectors = new double[n][n];
    for (int i = 0; i < n; i++) {
      vectors[i][i] = 1;
    }
    boolean rotated = true;
    for (int sweep = 0; sweep < MOST_SWEEPS && rotated; sweep++) {
      rotated = false;
      for (int p = 0; p < n; p++) {
        for (int q = p + 1; q < n; q++) {
          double tiny = 1e-16 * (Math.abs(matrix[p][p]) + Math.abs(matrix[q][q]));
          if (Math.abs(matrix[p][q]) > Math.max(tiny, Double.MIN_NORMAL)) {
            rotate(matrix, vectors, p, q);
            rotated = true;
          }
        }
      }
    }
    return sorted(matrix, vectors);
  }

  private static void rotate(double[][] a, double[][] vectors, int p, int q) {
    double angle = 0.5 * Math.atan2(2 * a[p][q], a[q][q] - a[p][p]);
    double c = Math.cos(angle);
    double s = Math.sin(angle);
    mix(a[p], a[q], c, s);
    for (double[] row : a) {
      double first = row[p];
      row[p] = c * first - s * row[q];
      row[q] = s * first + c * row[q];
    }
    a[p][q] = 0;
    a[q][p] = 0;
    mix(vectors[p], vectors[q], c, s);
  }

  private static void mix(double[] first, double[] second, double c, double s) {
    for (int k = 0; k < first.length; k++) {
      double x = first[k];
      first[k] = c * x - s * second[k];
      second[k] = s * x + c * second[k];
    }
  }

  private static SymmetricEigen sorted(double[][] a, double[][] vectors) {
    int n = a.length;
    double[] values = new double[n];
    double[][] ordered = new double[n][];
    for (int i = 0; i < n; i++) {
      int place = 0; // how many are larger, or as large and before
      for (int j = 0; j < n; j++) {
        place += a[j][j] > a[i][i] || (a[j][j] == a[i][i] && j < i) ? 1 : 0;
      }
      values[place] = a[i][i];
      ordered[place] = vectors[i];
    }
    return new SymmetricEigen(values, ordered);
  }
}
