package io.inscape.projection.umap;

/// What one sweep over the points needs besides their positions.
///
/// @param count number of points; random partners are drawn from [0, count)
/// @param alpha step size
/// @param a of the [MembershipCurve]
/// @param b of the [MembershipCurve]
/// @param repulsion strength of the repulsion
/// @param negatives random partners per edge
/// @param key of the sweep's random numbers
record Sweep(int count, float alpha, float a, float b, float repulsion, int negatives, int key) {

  static Sweep of(
      int count,
      double alpha,
      MembershipCurve curve,
      DescentSettings settings,
      int negatives,
      int number) {
    int seed = (int) (settings.seed() ^ settings.seed() >>> 32);
    return new Sweep(
        count,
        (float) alpha,
        (float) curve.a(),
        (float) curve.b(),
        (float) settings.repulsion(),
        negatives,
        UmapKernels.mix(UmapKernels.mix(seed) + number * UmapKernels.WEYL));
  }

  /// What multiplies `d^2b` in the coefficient of a pull.
  float pullPower() {
    return -2 * a * b;
  }

  /// What a push has in its place.
  float pushConstant() {
    return 2 * repulsion * b;
  }
}
