package io.inscape.evolution.params;

/// The options of one way to lay out a sequence.
public sealed interface AlignmentParams
    permits ChainedParams, DynamicTsneParams, IndependentParams, JointParams, VffParams {
  /// {@return the method's short name, such as `vff`}
  String method();

  /// {@return the seed of every random choice}
  long seed();
}
