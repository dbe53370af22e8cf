package io.inscape.projection.params;

/// Where UMAP's descent starts.
public enum UmapStart {
  /// The smoothest functions on the neighbour graph: eigenvectors of its normalised Laplacian.
  SPECTRAL,

  /// Principal components.
  PCA,

  /// Random positions.
  RANDOM
}
