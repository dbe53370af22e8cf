package io.inscape.projection.umap;

/// The membership strength of two points of the layout at distance x, `1 / (1 + a x^2b)`.
///
/// @param a above 0
/// @param b above 0
public record MembershipCurve(double a, double b) {
  private static final int SAMPLES = 300;
  private static final int MOST_ROUNDS = 500;
  private static final double TOLERANCE = 1e-12; // of the step, relative

  /// The curve nearest, by least squares at 300 distances from 0 to three spreads, to 1 below the
  /// least distance and `exp(-(x - minDist) / spread)` above.
  ///
  /// @param minDist how close points may lie without being told apart, from 0 to the spread
  /// @param spread how fast the strength falls beyond, above 0
  /// @return the curve
  public static MembershipCurve fit(double minDist, double spread) {
    double[] x = new double[SAMPLES];
    double[] wanted = new double[SAMPLES];
    for (int at = 0; at < SAMPLES; at++) {
      x[at] = 3 * spread * at / (SAMPLES - 1);
      wanted[at] = x[at] < minDist ? 1 : Math.exp(-(x[at] - minDist) / spread);
    }
    return descend(x, wanted, spread);
  }

  /// Levenberg-Marquardt on ln(a) and b, the distances in units of the spread.
  private static MembershipCurve descend(double[] x, double[] wanted, double spread) {
    double[] at = {0, 1};
    double damping = 1e-3;
    double[] system = normalEquations(x, wanted, spread, at);
    for (int round = 0; round < MOST_ROUNDS; round++) {
      double[] step = solve(system, damping);
      double[] next = {at[0] + step[0], at[1] + step[1]};
      double[] tried = normalEquations(x, wanted, spread, next);
      if (next[1] > 0 && tried[5] <= system[5]) {
        at = next;
        system = tried;
        damping = Math.max(damping / 10, 1e-15);
        if (Math.abs(step[0]) + Math.abs(step[1]) < TOLERANCE) {
          break;
        }
      } else {
        damping *= 10;
        if (damping > 1e12) {
          break; // no step helps any more
        }
      }
    }
    return new MembershipCurve(Math.exp(at[0]) * Math.pow(spread, -2 * at[1]), at[1]);
  }

  /// The sums J'J (three), J'r (two) and r'r.
  private static double[] normalEquations(double[] x, double[] wanted, double spread, double[] at) {
    double[] sums = new double[6];
    for (int sample = 0; sample < x.length; sample++) {
      double scaled = x[sample] / spread;
      double power = scaled == 0 ? 0 : Math.exp(at[0]) * Math.pow(scaled, 2 * at[1]);
      double strength = 1 / (1 + power);
      double byLogA = -power * strength * strength;
      double byB = scaled == 0 ? 0 : 2 * Math.log(scaled) * byLogA;
      double rest = wanted[sample] - strength;
      sums[0] += byLogA * byLogA;
      sums[1] += byLogA * byB;
      sums[2] += byB * byB;
      sums[3] += byLogA * rest;
      sums[4] += byB * rest;
      sums[5] += rest * rest;
    }
    return sums;
  }

  private static double[] solve(double[] sums, double damping) {
    double first = sums[0] * (1 + damping);
    double second = sums[2] * (1 + damping);
    double determinant = first * second - sums[1] * sums[1];
    return new double[] {
      (second * sums[3] - sums[1] * sums[4]) / determinant,
      (first * sums[4] - sums[1] * sums[3]) / determinant
    };
  }
}
