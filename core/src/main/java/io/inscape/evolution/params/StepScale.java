package io.inscape.evolution.params;

/// What the distances of a step are divided by before steps are compared.
public enum StepScale {
  /// The largest distance of the step itself, so that growth from step to step is not seen.
  OWN,

  /// The largest distance of all steps, so that a step whose distances grow spreads out.
  COMMON
}
