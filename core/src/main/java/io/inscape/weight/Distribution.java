package io.inscape.weight;

import org.jspecify.annotations.Nullable;

/// How the weights of one tensor are distributed.
///
/// Weights that are NaN or infinite, as a diverged training leaves them, are counted on their own;
/// everything else is about the finite ones.
///
/// @param count all weights
/// @param nan of these, those that are no number
/// @param infinite of these, those that are infinite, of either sign
/// @param nearZero of the finite ones, those of at most the threshold's size
/// @param summary of the finite ones; null where there is none
/// @param histogram of the finite ones; null where there is none
public record Distribution(
    int count,
    int nan,
    int infinite,
    int nearZero,
    @Nullable Summary summary,
    @Nullable Histogram histogram) {
  /// {@return how many weights are finite}
  public int finite() {
    return count - nan - infinite;
  }

  /// {@return whether every weight is finite}
  public boolean sound() {
    return nan == 0 && infinite == 0;
  }

  /// {@return the share of the finite weights that is near zero, 0 where there is none}
  public double nearZeroShare() {
    return finite() == 0 ? 0 : (double) nearZero / finite();
  }
}
