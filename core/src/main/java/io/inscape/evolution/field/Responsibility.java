package io.inscape.evolution.field;

/// Which trajectories a field stands on, and which it does not speak for.
///
/// The responsibility of a trajectory is the part of its motion that the field explains,
///
///     (mean of |a'|^2  -  mean of |X(a) - a'|^2)  /  mean of |a'|^2 over all trajectories,
///
/// means over time, X its own field. It is high for a trajectory that is fast and close to the field.
/// 1 is what a trajectory of the usual speed has that the field describes without error; 0 is one at
/// rest, or one that the field says nothing about; below 0 the field is worse than none for it, as
/// for a trajectory against the stream. The mean over all trajectories, each counted by its duration,
/// is the share of all motion that the fields explain.
///
/// The outlier score is the dissimilarity relative to the motion there is,
///
///     mean of |X(a) - a'|^2  /  (mean of |a'|^2 + mean of |X(a)|^2 + a tenth of the usual |a'|^2),
///
/// from 0 to below 2: 0 goes with the field, 1 is across it or at rest in it, 2 would be exactly
/// against it. The tenth keeps what hardly moves in a place where nothing moves from counting as odd.
/// The dissimilarity itself would put the fastest trajectories first, for it grows with the square of
/// the speed. Both scores are 0 where nothing moves.
public final class Responsibility {
  private static final double QUIET = .1;

  private final float[] responsibility;
  private final float[] outlier;

  private Responsibility(float[] responsibility, float[] outlier) {
    this.responsibility = responsibility;
    this.outlier = outlier;
  }

  /// Scores all trajectories of a fit.
  ///
  /// @param fields the fit
  /// @return the scores
  public static Responsibility of(VectorFields fields) {
    float[] responsibility = new float[fields.trajectories()];
    float[] outlier = new float[fields.trajectories()];
    double usual = fields.squaredSpeed();
    double[] field = fields.squaredField();
    for (int trajectory = 0; trajectory < outlier.length; trajectory++) {
      double error = fields.squaredError(trajectory);
      responsibility[trajectory] = (float) share(fields.squaredSpeed(trajectory) - error, usual);
      double motion = fields.squaredSpeed(trajectory) + field[trajectory] + QUIET * usual;
      outlier[trajectory] = (float) share(error, motion);
    }
    return new Responsibility(responsibility, outlier);
  }

  /// A share of motion; 0 of none.
  static double share(double part, double whole) {
    return whole > 0 ? part / whole : 0;
  }

  /// {@return the responsibility of each trajectory; the greatest stand most behind the field}
  public float[] responsibility() {
    return responsibility.clone();
  }

  /// {@return the outlier score of each trajectory, in [0, 2); the greatest agree least with their
  /// field}
  public float[] outlier() {
    return outlier.clone();
  }
}
