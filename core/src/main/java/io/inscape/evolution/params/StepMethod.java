package io.inscape.evolution.params;

/// How a step is laid out on its own.
public enum StepMethod {
  /// t-SNE, from the step's principal components.
  TSNE,

  /// Metric MDS, from the step's principal components.
  SMACOF,

  /// Principal components.
  PCA
}
