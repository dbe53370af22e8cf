package io.inscape.evolution.dtsne;

/// The implicit half of a step: where points go that want to be somewhere and pay for being far
/// from where they are at the steps next to this one.
///
/// Per point and dimension, with `z_t` where the descent alone would go at step t, `s_t` how
/// readily it goes, and the weight c: solves `x_t + c s_t (2 x_t - x_(t-1) - x_(t+1)) = z_t` (one
/// neighbour less at both ends), which minimises `sum_t (x_t - z_t)^2 / 2 s_t + c / 2 sum_t (x_t -
/// x_(t+1))^2`. Thomas' elimination, with all differences taken out of the pivots beforehand: every
/// sum is of positive terms, so no weight is too large; for a weight without bound all x_t become
/// the mean of z_t weighted by 1 / s_t. Values are relative to those of the first step, so that
/// equal ones stay equal to the last bit.
///
/// Holds the points of one chunk; to be used by one thread.
final class Coupling {
  private final int steps;
  private final double weight;
  private final double[][] wanted; // [step][point], becomes the solution
  private final double[][] readiness; // [step][point], s_t
  private final double[][] carried; // [step][point], what is handed on to the next step
  private final double[] kept; // [point]
  private final double[] origin; // [point], z of the first step

  Coupling(int steps, int points, double weight) {
    this.steps = steps;
    this.weight = weight;
    wanted = new double[steps][points];
    readiness = new double[steps][points];
    carried = new double[steps][points];
    kept = new double[points];
    origin = new double[points];
  }

  /// Where to put the z of a step.
  double[] wanted(int step) {
    return wanted[step];
  }

  /// Where to put the s of a step, all above 0.
  double[] readiness(int step) {
    return readiness[step];
  }

  /// The z of the first step; x, as left by [#solve], is relative to this.
  double[] origin() {
    return origin;
  }

  /// Solves: [#wanted] becomes x less the first step's z.
  ///
  /// @param points how many are filled in
  void solve(int points) {
    System.arraycopy(wanted[0], 0, origin, 0, points);
    for (int step = 0; step < steps; step++) {
      double[] z = wanted[step];
      for (int i = 0; i < points; i++) {
        z[i] -= origin[i];
      }
    }
    eliminate(points);
    for (int step = steps - 2; step >= 0; step--) {
      double[] x = wanted[step];
      double[] next = wanted[step + 1];
      double[] share = carried[step];
      for (int i = 0; i < points; i++) {
        x[i] += share[i] * next[i];
      }
    }
  }

  /// Forward: `x_t = d_t + k_t x_(t+1)` with `h_t = 1 + c s_t (1 - k_(t-1))`, `k_t = c s_t / (h_t +
  /// c s_t)`, `1 - k_t = h_t / (h_t + c s_t)`.
  private void eliminate(int points) {
    java.util.Arrays.fill(kept, 0, points, 0);
    for (int step = 0; step < steps; step++) {
      boolean last = step == steps - 1;
      double[] d = wanted[step];
      double[] before = step == 0 ? d : wanted[step - 1];
      double[] s = readiness[step];
      double[] k = carried[step];
      double first = step == 0 ? 0 : 1; // nothing comes from before the first step
      double onward = last ? 0 : 1;
      for (int i = 0; i < points; i++) {
        double pull = weight * s[i];
        double h = 1 + pull * kept[i];
        double inverse = 1 / (h + onward * pull);
        d[i] = (d[i] + first * pull * before[i]) * inverse;
        k[i] = onward * pull * inverse;
        kept[i] = h * inverse;
      }
    }
  }
}
