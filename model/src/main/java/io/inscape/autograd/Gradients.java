package io.inscape.autograd;

/// What a pass keeps a tape for.
public enum Gradients {
  /// Nothing: the pass only computes values, and frees each as soon as no later one needs it.
  NONE,
  /// The trainable parameters.
  PARAMETERS,
  /// The input and the trainable parameters.
  INPUT_AND_PARAMETERS
}
