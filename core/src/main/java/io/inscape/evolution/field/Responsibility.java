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
/// The outlier score is the dissimilarity in the same unit: mean of |X(a) - a'|^2 over the mean of
/// |a'|^2 of all trajectories, at least 0. Both are 0 where nothing moves.
public final class Responsibility {
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
    for (int trajectory = 0; trajectory < outlier.length; trajectory++) {
      double error = fields.squaredError(trajectory);
      responsibility[trajectory] = (float) share(fields.squaredSpeed(trajectory) - error, usual);
      outlier[trajectory] = (float) share(error, usual);
    }
    return new Responsibility(responsibility, outlier);
  }

  /// Motion explained as a share of the usual squared speed.
  static double share(double squared, double usual) {
    return usual > 0 ? squared / usual : 0;
  }

  /// {@return the responsibility of each trajectory; the greatest stand most behind the field}
  public float[] responsibility() {
    return responsibility.clone();
  }

  /// {@return the outlier score of each trajectory; the greatest agree least with their field}
  public float[] outlier() {
    return outlier.clone();
  }
}
