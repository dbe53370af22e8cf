package io.inscape.projection.tsne;

/// What all points do to each other: `Z = sum_{i != j} w_ij` and `push_i = sum_j w_ij s_ij (y_i -
/// y_j)`, with the similarity w and its steepness s (for t-SNE's own kernel both are `1 / (1 +
/// d^2)`).
sealed interface Repulsion permits ExactRepulsion, TreeRepulsion, GridRepulsion {
  /// Computes both.
  ///
  /// @param position one padded array per dimension; not modified
  /// @param extent where the points are
  /// @param push receives the forces, one padded array per dimension
  /// @return Z
  double compute(float[][] position, Extent extent, float[][] push);
}
