package io.inscape.neuron;

/// How alike two units are, by their activations over the observations. All take a unit and its
/// inverted copy for alike: the dissimilarity is one less the absolute value.
public enum NeuronMeasure {
  /// Pearson's correlation: alike when one is a multiple of the other plus a constant.
  PEARSON,

  /// The cosine of the angle: alike when one is a multiple of the other.
  COSINE,

  /// Spearman's rank correlation: alike when one rises whenever the other does.
  SPEARMAN
}
