package io.inscape.projection.tsne;

/// How similar two points of the layout are: `w = (1 + d^2 / a)^-((a + 1) / 2)`, Student's t with a
/// degrees of freedom, less a constant.
///
/// @param freedom degrees of freedom a; 1 is t-SNE's own
/// @param lessOne whether 1 is taken off, which keeps digits where all weights are close to 1
record Similarity(double freedom, boolean lessOne) {
  /// The similarity at a squared distance.
  double of(double squared) {
    if (freedom == 1) {
      return lessOne ? -squared / (1 + squared) : 1 / (1 + squared);
    }
    double exponent = -0.5 * (freedom + 1) * Math.log1p(squared / freedom);
    return lessOne ? Math.expm1(exponent) : Math.exp(exponent);
  }

  /// What a difference is multiplied with, beside the probability, in the gradient: minus twice the
  /// slope of `ln w` by the squared distance, over 2.
  double steepness(double squared) {
    return strength() / (1 + squared / freedom);
  }

  /// The steepness at distance 0.
  double strength() {
    return 0.5 * (freedom + 1) / freedom;
  }
}
